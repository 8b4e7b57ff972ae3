"""Coupons for people: what is left of one, what has happened to it, what it took off an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from orderdesk.cli import texts
from orderdesk.cli.context import Context
from orderdesk.domain.coupons import CouponState, printed
from orderdesk.services.coupons import Redemption
from orderdesk.storage.queries.coupons import CouponRow, LedgerRow, UsedCoupon
from orderdesk.storage.queries.lookup import customer_handle


def coupon(context: Context, row: CouponRow, ledger: Iterable[LedgerRow]) -> str:
    """A coupon with its ledger."""
    balance = row.left(context.today)
    left = f", {balance} left" if balance and balance.minor else ""
    head = f"Coupon {printed(row.code)} for {row.customer}: {standing(row, context.today).lower()}{left}"
    head += f", valid through {row.valid_through}."
    why = [f"Voided: {texts.one_line(row.void_reason)}"] if row.void_reason else []
    return "\n".join([head, *why, *(f"  {_entry(context, each)}" for each in ledger)])


def standing(row: CouponRow, today: date) -> str:
    """Where the coupon stands, in the words of the window."""
    state = row.state(today)
    return "Redeemed" if state is CouponState.USED else texts.words(state)


def _entry(context: Context, entry: LedgerRow) -> str:
    order = f"order {entry.order_number}" if entry.order_number else ""
    amount = "" if entry.amount is None else str(entry.amount)
    return "  ".join(filter(None, (str(context.day_of(entry.at)), entry.kind, amount, order)))


def used(context: Context, row: UsedCoupon) -> str:
    """A coupon that was used on an order."""
    worth = f"{row.applied} off" if row.applied is not None else row.coupon.offer.gift or texts.words(row.coupon.kind)
    return f"{context.day_of(row.at)}  {printed(row.coupon.code)}  {texts.one_line(worth)}"


def redeemed(done: Redemption) -> str:
    """What was taken off by using a coupon."""
    worth = f"{done.applied} applied" if done.applied is not None else "redeemed"
    return f"Coupon {printed(done.coupon.code)}: {worth}."


def notes(done: Redemption) -> Iterator[str]:
    """What is worth a word after a coupon was used."""
    other, coupon = done.other_customer, done.coupon
    if other is not None and other.name == coupon.customer:
        handles = customer_handle(coupon.customer_id), customer_handle(other.id)
        yield f"It was made out to {coupon.customer} ({handles[0]}); the order is from {other.name} ({handles[1]})."
    elif other is not None:
        yield f"It was made out to {coupon.customer}; the order is from {other.name}."
