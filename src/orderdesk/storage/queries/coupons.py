"""Coupons and their ledgers."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from orderdesk.domain.coupons import CouponState, CouponStatus, forgiven
from orderdesk.domain.days import day_of
from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.order_numbers import told_apart
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View, match_words


@dataclass(frozen=True, slots=True)
class CouponRow:
    """A coupon: 12 symbols of code, what it is worth, what is left of it (None where it has no amount).

    `order_numbers` are those of its letter, `used_on` those that it was used on and that have not given it back.
    """

    id: int
    code: str
    kind: str
    offer: Offer
    currency: str
    balance: Money | None
    minimum_order: Money | None
    status: str
    issued_at: datetime
    issued_on: date
    valid_through: date
    void_reason: str
    customer: str
    customer_id: int
    notice_id: int
    order_numbers: tuple[str, ...]
    used_on: tuple[str, ...]
    is_given: bool

    def state(self, today: date) -> CouponState:
        """Where the coupon stands on a day of the shop; each state is one of COUPON_FILTERS."""
        if self.status == CouponStatus.ISSUED:
            in_time = CouponState.OPEN if self.is_given else CouponState.NOT_GIVEN
            return in_time if self.valid_through >= today else CouponState.EXPIRED
        return CouponState.USED if self.status == CouponStatus.REDEEMED else CouponState.VOIDED

    def left(self, today: date) -> Money | None:
        """What may still be taken off with it: nothing once it is void or has expired."""
        return None if self.state(today) in (CouponState.VOIDED, CouponState.EXPIRED) else self.balance


@dataclass(frozen=True, slots=True)
class CouponsView:
    """What a list of coupons shows: a filter, a search for the beginning of a code or a customer, an order of columns."""

    filter: str = "all"
    search: str = ""
    sort: paging.Sort = (("issued", True),)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry of a coupon's ledger; the amounts add up to its balance."""

    at: datetime
    kind: str
    amount: Money | None
    order_number: str | None


@dataclass(frozen=True, slots=True)
class UsedCoupon:
    """A coupon that was used on an order, and what it took off: None for a gift, and where the order's prices were not known."""

    at: datetime
    event_id: int
    coupon: CouponRow
    applied: Money | None


# The uses that stand: an order that is canceled before anything of it was sent gives back what was used on it.
SPENT = "(SELECT u.* FROM redemption u JOIN orders o ON o.id = u.order_id AND o.status <> 'canceled')"
# Whether its letter went out or still may, as something that it is about waits; who brings the code to the shop has it anyway.
_GIVEN = """(EXISTS (SELECT 1 FROM notice n WHERE n.id = {coupon}.notice_id
        AND (n.told_at IS NOT NULL OR n.kind IN ('good_news', 'cancellation')))
    OR EXISTS (SELECT 1 FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id JOIN orders o ON o.id = l.order_id
        WHERE nl.notice_id = {coupon}.notice_id AND o.notice_id = nl.notice_id)
    OR EXISTS (SELECT 1 FROM delivery d WHERE d.notice_id = {coupon}.notice_id)
    OR EXISTS (SELECT 1 FROM redemption r WHERE r.coupon_id = {coupon}.id))"""
_IN_TIME = "{coupon}.status = 'issued' AND {coupon}.valid_through >= :today"


def is_open(coupon: str) -> str:
    """The condition that a coupon of that name in a query can still be used, by somebody who has it."""
    return f"{_IN_TIME} AND {_GIVEN}".format(coupon=coupon)


COLUMNS = (
    "c.id, c.code, c.kind, c.value_minor, c.rate, c.gift, c.currency, c.balance_minor, c.status, c.issued_at, c.valid_through, "
    "c.minimum_order_minor, c.void_reason, (SELECT name FROM customer WHERE id = c.customer_id), c.customer_id, c.notice_id, "
    "(SELECT json_group_array(json_array(channel, order_number)) FROM (SELECT DISTINCT o.channel, o.order_number FROM notice_line nl "
    "JOIN order_line l ON l.id = nl.order_line_id JOIN orders o ON o.id = l.order_id WHERE nl.notice_id = c.notice_id "
    "ORDER BY o.placed_at, o.number_key)), "
    f"(SELECT json_group_array(o.order_number ORDER BY r.event_id) FROM {SPENT} r JOIN orders o ON o.id = r.order_id "
    "WHERE r.coupon_id = c.id), " + _GIVEN.format(coupon="c")
)
_FILTERS = {
    "all": "",
    "open": is_open("t"),
    "not_given": f"{_IN_TIME} AND NOT {_GIVEN}".format(coupon="t"),
    "used": "t.status = 'redeemed'",
    "voided": "t.status = 'voided'",
    "expired": "t.status = 'issued' AND t.valid_through < :today",
}
COUPON_FILTERS = tuple(_FILTERS)
_SORTS = {
    "code": "t.code {}",
    "customer": "(SELECT name FROM customer WHERE id = t.customer_id) COLLATE NOCASE {}",
    "kind": "t.kind {}",
    "balance": "t.balance_minor {} NULLS LAST",
    "status": "t.status {}",
    "issued": "t.issued_at {}",
    "valid_through": "t.valid_through {}",
}
# The beginning of a code, or of a word of what is known of the customer.
_FOUND = """(t.code >= :code AND t.code < :code || '~' AND :code <> ''
    OR t.customer_id IN (SELECT rowid FROM customer_search WHERE customer_search MATCH :words))"""


def coupon_ids(view: View, wanted: CouponsView, *, today: date) -> array[int]:
    """Ids of every coupon of the view, in its order; `today` is the day where the shop is."""
    found, values = _searched(wanted.search)
    conditions = " AND ".join(condition for condition in (_FILTERS[wanted.filter], found) if condition)
    where = f"WHERE {conditions}" if conditions else ""
    order = paging.order_by(wanted.sort, _SORTS, "t.id DESC", first="t.code = :code" if values else "")
    return paging.ids(view, f"SELECT t.id FROM coupon t {where} {order}", {"today": today.isoformat(), **values})


def coupon_rows(view: View, ids: Sequence[int]) -> list[CouponRow]:
    """The rows of these ids, in their order."""
    page = f"SELECT {COLUMNS} FROM json_each(:ids) j CROSS JOIN coupon c ON c.id = j.value ORDER BY j.key"
    zone = shop_zone(view)
    return [coupon_of_columns(row, zone) for row in view.all(page, {"ids": paging.as_json(ids)})]


def coupon_counts(view: View, *, search: str = "", today: date) -> dict[str, int]:
    """How many coupons each filter would show."""
    found, values = _searched(search)
    where = f"WHERE {found}" if found else ""
    return paging.count_each(
        view, "coupon", _FILTERS, "t.id, t.notice_id, t.status, t.valid_through", where, {"today": today.isoformat(), **values}
    )


def _searched(search: str) -> tuple[str, dict[str, str]]:
    words = match_words(search)
    return (_FOUND, {"words": words, "code": forgiven(search)}) if words else ("", {})


def coupon_row(view: View, coupon_id: int) -> CouponRow:
    row = view.one(f"SELECT {COLUMNS} FROM coupon c WHERE c.id = ?", (coupon_id,))
    if row is None:
        raise NotFoundError("coupon", f"with the number {coupon_id}")
    return coupon_of_columns(row, shop_zone(view))


def coupon_of_notice(view: View, notice_id: int) -> CouponRow | None:
    """The coupon in a letter."""
    row = view.one(f"SELECT {COLUMNS} FROM coupon c WHERE c.notice_id = ?", (notice_id,))
    return None if row is None else coupon_of_columns(row, shop_zone(view))


def is_made_for(view: View, coupon: CouponRow, order_id: int) -> bool:
    """Whether the order is one of those that the coupon's letter is about."""
    return bool(
        view.value(
            "SELECT EXISTS (SELECT 1 FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id "
            "WHERE nl.notice_id = ? AND l.order_id = ?)",
            (coupon.notice_id, order_id),
        )
    )


def coupons_of_customer(view: View, customer_id: int) -> list[CouponRow]:
    """The customer's coupons, newest first."""
    rows = view.all(f"SELECT {COLUMNS} FROM coupon c WHERE c.customer_id = ? ORDER BY c.id DESC", (customer_id,))
    zone = shop_zone(view)
    return [coupon_of_columns(row, zone) for row in rows]


# What a redo took again is in the file as a mere change: the redemption itself stands since its undo is undone.
# It is that of the step that the undo had taken back, or of the first one where those were several.
_LEDGER = """
SELECT e.at, iif(again.order_id IS NULL, e.kind, 'redeemed'), coalesce(e.amount_minor, again.amount_minor), c.currency, o.order_number
FROM coupon_entry e JOIN coupon c ON c.id = e.coupon_id
LEFT JOIN coupon_entry again ON e.kind = 'changed' AND coalesce(e.amount_minor, -1) < 0 AND again.id = (
    SELECT r.id FROM event u JOIN coupon_entry r ON r.coupon_id = e.coupon_id AND r.kind = 'redeemed'
    WHERE u.undone_by = e.event_id AND r.event_id BETWEEN u.undoes AND u.id ORDER BY r.id LIMIT 1)
LEFT JOIN orders o ON o.id = coalesce(e.order_id, again.order_id)
WHERE e.coupon_id = ? ORDER BY e.id
"""


def ledger(view: View, coupon_id: int) -> list[LedgerRow]:
    """A coupon's entries, oldest first."""
    return [
        LedgerRow(parse_instant(at), kind, money_or_none(amount, currency), number)
        for at, kind, amount, currency, number in view.all(_LEDGER, (coupon_id,))
    ]


def coupons_used_on(view: View, order_id: int) -> list[UsedCoupon]:
    """The coupons used on an order, the last one first."""
    rows = view.all(
        f"SELECT r.at, r.event_id, -r.amount_minor, {COLUMNS} FROM redemption r JOIN coupon c ON c.id = r.coupon_id "
        "WHERE r.order_id = ? ORDER BY r.event_id DESC",
        (order_id,),
    )
    zone, found = shop_zone(view), []
    for at, event_id, applied, *columns in rows:
        coupon = coupon_of_columns(columns, zone)
        money = money_or_none(applied, coupon.currency)
        found.append(UsedCoupon(parse_instant(at), event_id, coupon, money))
    return found


def coupon_of_columns(row: Sequence[Any], zone: tzinfo | None) -> CouponRow:
    """A coupon from a row of COLUMNS, its days those of the time zone."""
    key, code, kind, value, rate, gift, currency, balance = row[:8]
    status, issued, valid, minimum, void_reason, customer, customer_id, notice_id, numbers, used_on, given = row[8:]
    return CouponRow(
        id=key,
        code=code,
        kind=kind,
        offer=Offer(OfferKind(kind), money_or_none(value, currency), rate, gift),
        currency=currency,
        balance=money_or_none(balance, currency),
        minimum_order=money_or_none(minimum, currency),
        status=status,
        issued_at=parse_instant(issued),
        issued_on=day_of(parse_instant(issued), zone),
        valid_through=date.fromisoformat(valid),
        void_reason=void_reason,
        customer=customer,
        customer_id=customer_id,
        notice_id=notice_id,
        order_numbers=told_apart(json.loads(numbers)),
        used_on=tuple(json.loads(used_on)),
        is_given=bool(given),
    )
