"""Coupons and their ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class CouponRow:
    """A coupon: 12 symbols of code, what it is worth, what is left of it (None where it has no amount)."""

    id: int
    code: str
    kind: str
    offer: Offer
    currency: str
    balance: Money | None
    minimum_order: Money | None
    status: str
    issued_at: datetime
    valid_through: date
    void_reason: str
    customer: str
    customer_id: int
    notice_id: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry of a coupon's ledger; the amounts add up to its balance."""

    at: datetime
    kind: str
    amount: Money | None
    order_number: str | None


COLUMNS = (
    "c.id, c.code, c.kind, c.value_minor, c.rate, c.gift, c.currency, c.balance_minor, c.status, c.issued_at, c.valid_through, "
    "c.minimum_order_minor, c.void_reason, (SELECT name FROM customer WHERE id = c.customer_id), c.customer_id, c.notice_id"
)


def coupon_row(view: View, coupon_id: int) -> CouponRow:
    row = view.one(f"SELECT {COLUMNS} FROM coupon c WHERE c.id = ?", (coupon_id,))
    if row is None:
        raise NotFoundError("coupon", f"with the number {coupon_id}")
    return coupon_of_columns(row)


def coupons_of_customer(view: View, customer_id: int) -> list[CouponRow]:
    """The customer's coupons, newest first."""
    rows = view.all(f"SELECT {COLUMNS} FROM coupon c WHERE c.customer_id = ? ORDER BY c.id DESC", (customer_id,))
    return [coupon_of_columns(row) for row in rows]


def ledger(view: View, coupon_id: int) -> list[LedgerRow]:
    """A coupon's entries, oldest first."""
    rows = view.all(
        "SELECT e.at, e.kind, e.amount_minor, c.currency, o.order_number FROM coupon_entry e JOIN coupon c ON c.id = e.coupon_id "
        "LEFT JOIN orders o ON o.id = e.order_id WHERE e.coupon_id = ? ORDER BY e.id",
        (coupon_id,),
    )
    return [
        LedgerRow(parse_instant(at), kind, Money(amount, currency) if amount is not None else None, number)
        for at, kind, amount, currency, number in rows
    ]


def coupon_of_columns(row: Sequence[Any]) -> CouponRow:
    """A coupon from a row of COLUMNS."""
    key, code, kind, value, rate, gift, currency, balance = row[:8]
    status, issued, valid, minimum, void_reason, customer, customer_id, notice_id = row[8:]
    return CouponRow(
        id=key,
        code=code,
        kind=kind,
        offer=Offer(OfferKind(kind), Money(value, currency) if value is not None else None, rate, gift),
        currency=currency,
        balance=Money(balance, currency) if balance is not None else None,
        minimum_order=Money(minimum, currency) if minimum is not None else None,
        status=status,
        issued_at=parse_instant(issued),
        valid_through=date.fromisoformat(valid),
        void_reason=void_reason,
        customer=customer,
        customer_id=customer_id,
        notice_id=notice_id,
    )
