"""The shop's things as JSON documents. Money is {"amount", "currency"}, days and instants ISO 8601, unknown is null."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from orderdesk.domain.changes import AllocationShift
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import Money
from orderdesk.services.apologies import Apology, ApologyRun
from orderdesk.services.import_results import FileResult, ImportResult
from orderdesk.services.steps import Step
from orderdesk.storage.queries.coupons import CouponRow, LedgerRow
from orderdesk.storage.queries.customers import CustomerRow
from orderdesk.storage.queries.history import HistoryRow
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.storage.queries.order_detail import LineRow, OrderRecord
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.storage.queries.products import ProductRow

Document = dict[str, Any]


def money(amount: Money | None) -> Document | None:
    return None if amount is None else {"amount": str(amount.amount), "currency": amount.currency}


def iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def offer(given: Offer | None) -> Document | None:
    if given is None:
        return None
    return {"kind": given.kind.value, "value": offer_value(given)}


def offer_value(given: Offer) -> Any:
    """What an offer is worth: money, a rate in percent, a gift's name; None for free shipping."""
    return money(given.amount) if given.amount else given.rate if given.rate is not None else given.gift


def shifts(moved: Iterable[AllocationShift]) -> list[Document]:
    return [{"order_number": shift.order_number, "sku": shift.sku, "from": shift.before, "to": shift.after} for shift in moved]


def step(made: Step) -> Document:
    return {"gained": shifts(made.gained), "lost": shifts(made.lost), "over_allocated": made.over_allocated}


def line(row: LineRow) -> Document:
    return {
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
    }


def order(row: OrderRow, lines: Iterable[LineRow]) -> Document:
    return {
        "order_number": row.number,
        "number": row.number,
        "channel": row.channel,
        "customer": row.customer,
        "placed_at": iso(row.placed_at),
        "status": row.status,
        "flags": flags(row),
        "lines": [line(each) for each in lines],
        "told_at": iso(row.told_at),
    }


def flags(row: OrderRow) -> list[str]:
    raised = {"overdue": row.overdue, "not_told": bool(row.units_short) and not row.told, "told": row.told}
    return [name for name, holds in raised.items() if holds]


def full_order(detail: OrderRecord) -> Document:
    """Everything that came in with the order, under the names that files give it; money is text here."""
    row, to = detail.row, detail.address
    return {
        **order(row, ()),
        "order_date": iso(row.placed_on),
        "paid_date": iso(row.paid_on),
        "buyer_name": detail.buyer_name,
        "buyer_username": detail.username,
        "email": detail.email,
        "ship_to": {
            "name": to.name,
            "line1": to.line1,
            "line2": to.line2,
            "city": to.city,
            "region": to.region,
            "postal": to.postal_code,
            "country": to.country,
            "phone": detail.phone,
        },
        "currency": detail.currency,
        "shipping": _amount(detail.shipping),
        "tax": _amount(detail.tax),
        "discount": _amount(detail.discount),
        "coupon": detail.coupon_codes,
        "shipped": row.status == "shipped",
        "cancelled": detail.canceled,
        "external_id": detail.external_id,
        "lines": [_full_line(each) for each in detail.lines],
    }


def _full_line(row: LineRow) -> Document:
    return {
        **line(row),
        "line_id": row.line_id,
        "quantity": row.ordered,
        "unit_price": _amount(row.unit_price),
        "fulfilled": row.shipped == row.ordered - row.canceled and row.shipped > 0,
        "quantity_shipped": row.shipped,
    }


def notice(row: NoticeRow) -> Document:
    return {
        "kind": row.kind,
        "order_numbers": list(row.order_numbers),
        "customer": row.customer,
        "prepared_at": iso(row.reserved_at),
        "told_at": iso(row.told_at),
        "told_by": row.told_by,
        "voided_at": iso(row.voided_at),
        "new_date": iso(row.new_date),
        "concern": row.concern,
        "letter": str(row.letter_path),
        "coupon": str(row.coupon_path) if row.coupon_path else None,
        "coupon_code": row.coupon.code if row.coupon else None,
    }


def event(row: HistoryRow) -> Document:
    return {
        "id": row.event_id,
        "at": iso(row.at),
        "kind": row.kind,
        "summary": row.summary,
        "detail": row.detail,
        "undone": row.undone,
    }


def coupon(row: CouponRow, ledger: Iterable[LedgerRow]) -> Document:
    return {
        "code": row.code,
        "kind": row.kind,
        "value": offer_value(row.offer),
        "balance": money(row.balance),
        "status": row.status,
        "valid_through": iso(row.valid_through),
        "customer": row.customer,
        "ledger": [
            {"at": iso(entry.at), "kind": entry.kind, "amount": money(entry.amount), "order_number": entry.order_number}
            for entry in ledger
        ],
    }
