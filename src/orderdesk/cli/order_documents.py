"""Orders with their lines as JSON documents, in short or with all that came in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from orderdesk.cli.documents import Document, iso
from orderdesk.domain.money import Money
from orderdesk.domain.orders import OrderStatus
from orderdesk.storage.queries.lookup import customer_handle
from orderdesk.storage.queries.order_detail import LineRow, OrderRecord


def order(record: OrderRecord, slipped: Collection[int]) -> Document:
    """An order in short; `slipped` are the ids of those whose customers were given a date that will not hold."""
    row = record.row
    return {
        "order_number": row.number,
        "number": row.number,
        "channel": row.channel,
        "customer": row.customer,
        "placed_at": iso(row.placed_at),
        "status": row.status,
        "flags": _flags(record, slipped),
        "tags": row.tags.split(", ") if row.tags else [],
        "told_at": iso(row.told_at),
        "lines": [_line(each) for each in record.lines],
    }


def shown_order(record: OrderRecord, slipped: Collection[int]) -> Document:
    """An order as it is worked on: how it ships, what holds it, and why its lines are short."""
    lines = [{**_line(each), **_worked_on(each), "why": _why(each)} for each in record.lines]
    handle = customer_handle(record.row.customer_id)
    return {**order(record, slipped), "customer_handle": handle, **_kept_of(record), "lines": lines}


def _why(line: LineRow) -> Document | None:
    """Why a line is short: its place in the queue, who is ahead, the step that took its units, what a kit lacks.

    `ahead` and `kept` name the first few; `more_ahead` and `more_kept` count the others. `missing` are units kept for it that are
    not here.
    """
    reason = line.why
    if reason is None:
        return None
    lost = reason.lost and {"units": reason.lost.units, "summary": reason.lost.summary, "on": iso(reason.lost.on)}
    ahead, keeping = reason.ahead, reason.keeping
    first = f"{ahead.named[0].order_number} ({ahead.named[0].customer})" if ahead.named else None
    return {
        "place": reason.place,
        "units_ahead": ahead.units,
        "first": first,
        "ahead": [{name: value for name, value in asdict(each).items() if name != "by"} for each in ahead.named],
        "more_ahead": ahead.more,
        "kept": [asdict(each) for each in keeping.named],
        "more_kept": keeping.more,
        "lost": lost,
        "lacking": list(reason.lacking),
        "missing": line.over_allocated,
        "bought": [{**asdict(each), "expected_on": iso(each.expected_on)} for each in line.bought],
    }


def _kept_of(record: OrderRecord) -> Document:
    row = record.row
    return {name: getattr(row, name) for name in ("hold_reason", "note", "ship_policy", "priority")}


def _worked_on(row: LineRow) -> Document:
    """`ship_policy` is null where that of the order holds; `stand_in` says why it stands in for the line `replaces`."""
    return {name: getattr(row, name) for name in ("returned", "firm", "ship_policy", "replaces", "stand_in")}


def _flags(record: OrderRecord, slipped: Collection[int]) -> list[str]:
    row, lines = record.row, record.lines
    raised = {
        "over_allocated": any(line.over_allocated for line in lines),
        "overdue": row.overdue,
        "not_told": bool(row.units_short) and not row.told,
        "told": row.told,
        "date_slipped": row.id in slipped,
        "discontinued": any(line.discontinued and line.backordered for line in lines),
    }
    return [name for name, holds in raised.items() if holds]


def full_order(record: OrderRecord, slipped: Collection[int]) -> Document:
    """Everything that came in with the order, under the names that files give it; money is text here."""
    row, to = record.row, record.address
    return {
        **order(record, slipped),
        **_kept_of(record),
        "order_date": iso(row.placed_on),
        "paid_date": iso(row.paid_on),
        "buyer_name": record.buyer_name,
        "buyer_username": record.username,
        "email": record.email,
        "ship_to": {
            "name": to.name,
            "line1": to.line1,
            "line2": to.line2,
            "city": to.city,
            "region": to.region,
            "postal": to.postal_code,
            "country": to.country,
            "phone": record.phone,
        },
        "currency": record.currency,
        "shipping": _amount(record.shipping),
        "tax": _amount(record.tax),
        "discount": _amount(record.discount),
        "coupon": record.coupon_codes,
        "shipped": row.status is OrderStatus.SHIPPED,
        "cancelled": record.canceled,
        "external_id": record.external_id,
        "lines": [_full_line(each) for each in record.lines],
    }


def _full_line(row: LineRow) -> Document:
    return {
        **_line(row),
        **_worked_on(row),
        "line_id": row.line_id,
        "quantity": row.ordered,
        "unit_price": _amount(row.unit_price),
        "fulfilled": row.shipped == row.ordered - row.canceled and row.shipped > 0,
        "quantity_shipped": row.shipped,
    }


def _line(row: LineRow) -> Document:
    return {
        "position": row.position,
        "sku": row.sku,
        "title": row.title,
        "ordered": row.ordered,
        "allocated": row.allocated,
        "shipped": row.shipped,
        "canceled": row.canceled,
        "drop_ship": row.drop_ship,
        "backordered": row.backordered,
        "pending": row.pending,
        "status": row.status,
        "expected_on": iso(row.expected_on),
        "expected": [{"units": units, "on": iso(day)} for units, day in row.coverage.parts] if row.coverage else [],
    }


def _amount(amount: Money | None) -> str | None:
    return None if amount is None else str(amount.amount)
