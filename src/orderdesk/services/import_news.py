"""What a file says of a known order that is news: neither how it is, nor what the seller has changed since it was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from orderdesk.domain.coupons import names_code
from orderdesk.domain.orders import PaidStatus
from orderdesk.domain.shop import ADDRESS_PARTS
from orderdesk.exchange.records import LineRecord, OrderRecord, minor_units
from orderdesk.services.import_moments import is_paid
from orderdesk.storage import bulk
from orderdesk.storage.bulk import KnownLine
from orderdesk.storage.view import View

_COMPARED = (
    *("currency", "external_id", "paid", "ship_by", "hold", "hold_reason", "priority", "ship_policy", "on_credit", "canceled_on"),
    *("coupon_codes", "shipping_minor", "tax_minor", "discount_minor", "stated_total_minor"),
    *("buyer_name", "email", "phone", "username", "note", "tags", *(f"ship_{part}" for part in ADDRESS_PARTS)),
)

Facts = dict[str, Any]


class KnownOrder(NamedTuple):
    """An order as the shop has it, with the lines that the seller took off, and what the shop's own coupons took off it."""

    id: int
    facts: Facts
    lines: Sequence[KnownLine]
    dropped: Sequence[KnownLine]
    taken_off: Sequence[tuple[str, int]]


class LineNews(NamedTuple):
    """What a file says of a line; `id` is None for one that the order does not have yet."""

    said: LineRecord
    id: int | None
    facts: Facts


def known_orders(view: View, ids: Sequence[int]) -> dict[int, KnownOrder]:
    """These orders by id."""
    rows = bulk.rows_by_id(view, "orders", _COMPARED, ids)
    lines, dropped, taken_off = bulk.lines_of(view, ids), bulk.lines_taken_off(view, ids), bulk.taken_off(view, ids)
    return {
        key: KnownOrder(key, row, lines.get(key, []), dropped.get(key, []), taken_off.get(key, [])) for key, row in rows.items()
    }


def order_news(view: View, record: OrderRecord, known: KnownOrder) -> Facts:
    """The facts of the order itself."""
    said = _said(record, known)
    news = {name: value for name, value in said.items() if value not in (None, "") and value != known.facts[name]}
    if not news:
        return news
    before = bulk.as_last_imported(view, "orders", known.id, known.facts)
    own = {**news, "discount_minor": minor_units(record.discount, record.currency or "")}
    if before.get("canceled_on") is not None:
        own["canceled_on"] = before["canceled_on"]
    return {name: value for name, value in news.items() if own[name] != before.get(name)}


def line_news(view: View, record: OrderRecord, known: KnownOrder) -> list[LineNews]:
    """The lines of which the file says something new, and those that are new."""
    news = []
    pairs = _matched(record.lines, known.lines)
    missing = _matched([said for said, line in pairs if line is None], known.dropped)
    for said, line in pairs:
        if line is not None and (facts := _line_facts(view, said, record, line)):
            news.append(LineNews(said, line.id, facts))
    for said, dropped in missing:
        if dropped is None or said.quantity != dropped.ordered or said.shipped:
            news.append(LineNews(said, None, {}))
    return news


def _said(record: OrderRecord, known: KnownOrder) -> Facts:
    currency = record.currency or ""
    to = record.ship_to
    return {
        "external_id": record.external_id,
        "paid": 1 if is_paid(record) else None,
        "ship_by": record.ship_by and record.ship_by.isoformat(),
        "hold": 1 if record.paid_status == PaidStatus.REFUNDED else None if record.hold is None else int(record.hold),
        "hold_reason": "Refunded" if record.paid_status == PaidStatus.REFUNDED else "",
        "priority": record.priority,
        "ship_policy": record.ship_policy,
        "on_credit": None if record.on_credit is None else int(record.on_credit),
        "stated_total_minor": minor_units(record.total, currency),
        "shipping_minor": minor_units(record.shipping, currency),
        "tax_minor": minor_units(record.tax, currency),
        "discount_minor": _discount(record, known),
        "coupon_codes": record.coupon,
        "canceled_on": "canceled" if record.canceled and known.facts["canceled_on"] is None else None,
        "buyer_name": record.buyer_name,
        "email": record.email,
        "phone": record.phone,
        "username": record.buyer_username,
        **{f"ship_{part}": getattr(to, part) for part in ADDRESS_PARTS},
        "note": record.note,
        "tags": record.tags,
    }


def _discount(record: OrderRecord, known: KnownOrder) -> int | None:
    """The file's discount, and what the shop's coupons took off that the channel knows nothing of."""
    said = minor_units(record.discount, record.currency or "")
    if said is None:
        return None
    codes = f"{record.coupon} {known.facts['coupon_codes']}"
    return said + sum(minor for code, minor in known.taken_off if not names_code(codes, code))


def _matched(said: Sequence[LineRecord], known: Sequence[KnownLine]) -> list[tuple[LineRecord, KnownLine | None]]:
    """Each line of the file with the shop's: by the channel's line id, else by product where one of the two has no id; where
    several have it by place.
    """
    left, found = list(known), dict[int, KnownLine]()
    for is_same in (_has_the_id, _has_the_product):
        for place, line in enumerate(said):
            same = [each for each in left if is_same(line, each)] if place not in found else []
            if same:
                found[place] = min(same, key=lambda each: abs(each.position - line.ordinal))
                left.remove(found[place])
    return [(line, found.get(place)) for place, line in enumerate(said)]


def _has_the_id(line: LineRecord, known: KnownLine) -> bool:
    return bool(line.line_id) and line.line_id == known.line_id


def _has_the_product(line: LineRecord, known: KnownLine) -> bool:
    is_told_apart = line.line_id and known.line_id
    return not is_told_apart and line.sku == known.sku and bool(line.sku or line.title == known.title)


def _line_facts(view: View, line: LineRecord, record: OrderRecord, known: KnownLine) -> Facts:
    now = known._asdict()
    said = {
        "line_id": line.line_id or None,
        "ordered": line.quantity,
        "unit_price_minor": minor_units(line.unit_price, record.currency or ""),
    }
    gone = {"shipped": line.shipped or 0, "canceled": line.canceled or 0}
    news: Facts = {name: value for name, value in said.items() if value is not None and value != now[name]}
    news |= {name: units for name, units in gone.items() if units > now[name]}
    if not news:
        return news
    before = bulk.as_last_imported(view, "order_line", known.id, now)
    fresh = {name: value for name, value in news.items() if value != before.get(name)}
    if "ordered" in news and fresh.keys() & gone and sum(gone.values()) > known.ordered:
        fresh["ordered"] = line.quantity  # of fewer they could not be gone
    return fresh
