"""Coupons by code: find, redeem, void; each exactly once, whoever else tries at the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orderdesk.domain.coupons import CouponStatus, printed
from orderdesk.domain.days import spelled_out
from orderdesk.domain.errors import CouponError, InvalidValueError
from orderdesk.domain.goodwill import OfferKind
from orderdesk.domain.money import Money
from orderdesk.services.shop import local_day
from orderdesk.services.steps import Step, step_of
from orderdesk.storage import coupon_ledger
from orderdesk.storage.notices import add_entry
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.coupons import CouponRow, LedgerRow, coupon_row, ledger
from orderdesk.storage.queries.shop import shop_profile
from orderdesk.storage.store import Store
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Redemption:
    """A coupon after it was used, and what was applied to the order; `applied` is None for free shipping, percent and gifts.

    `other_customer` is whose order it was used on, where it was made out to somebody else.
    """

    coupon: CouponRow
    applied: Money | None
    other_customer: str | None


def find_coupon(store: Store, typed_code: str) -> CouponRow:
    """A coupon by its code as typed. Raises CouponError for a mistyped or unknown code."""
    with store.read() as view:
        return coupon_row(view, lookup.coupon_id(view, typed_code))


def coupon_ledger_of(store: Store, typed_code: str) -> list[LedgerRow]:
    """Every entry of a coupon's ledger, oldest first."""
    with store.read() as view:
        return ledger(view, lookup.coupon_id(view, typed_code))


def redeem_coupon(store: Store, typed_code: str, order_number: str, *, amount: Money | None = None, now: datetime) -> Redemption:
    """Use a coupon on an order. Of a gift card at most its balance is applied (all of it without `amount`), and the rest stays.

    Raises CouponError where it was used up, voided, has expired, or is in another currency than the order.
    """
    with store.begin("redeem", "", now=now, undoable=False) as transaction:
        view = transaction.view
        coupon = coupon_row(view, lookup.coupon_id(view, typed_code))
        order = transaction.order(lookup.order_id(view, order_number))
        _require_currency(coupon, order.currency)
        today = local_day(shop_profile(view), now)
        applied = _applied(coupon, amount)
        if not coupon_ledger.spend(transaction, coupon.id, applied.minor if applied else None, today):
            raise CouponError(*_why_unusable(view, coupon))
        if coupon_ledger.was_applied(transaction, coupon.id, order.id):
            raise CouponError(
                f"Coupon {printed(coupon.code)} was applied to order {order.order_number} before.",
                "What is left of it is for another order.",
            )
        add_entry(transaction, coupon.id, "redeemed", -applied.minor if applied else None, order_id=order.id)
        transaction.describe(f"Redeemed coupon {printed(coupon.code)} on order {order.order_number}")
        used = coupon_row(view, coupon.id)
        stranger = transaction.customer(order.customer_id).name if order.customer_id != coupon.customer_id else None
    return Redemption(used, applied, stranger)


def void_coupon(store: Store, typed_code: str, reason: str, *, now: datetime) -> Step:
    """Make a coupon worthless, with a reason. Raises CouponError where it was used up or voided before."""
    if not reason.strip():
        raise InvalidValueError("reason", reason, "why the coupon is voided")
    with store.begin("void", "", now=now) as transaction:
        coupon = coupon_row(transaction.view, lookup.coupon_id(transaction.view, typed_code))
        if not coupon_ledger.void(transaction, coupon.id, reason.strip()):
            raise CouponError(*_why_unusable(transaction.view, coupon))
        add_entry(transaction, coupon.id, "voided", 0 if coupon.balance else None)
        summary = f"Voided coupon {printed(coupon.code)}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _applied(coupon: CouponRow, asked: Money | None) -> Money | None:
    if coupon.balance is None:
        if asked is not None:
            raise CouponError(f"Coupon {printed(coupon.code)} has no amount to choose.", "Redeem it without an amount.")
        return None
    if coupon.offer.kind is not OfferKind.GIFT_CARD or asked is None:
        return coupon.balance
    if asked.minor <= 0:
        raise InvalidValueError("amount", str(asked), "an amount above 0")
    _require_currency(coupon, asked.currency)
    return min(asked, coupon.balance)


def _require_currency(coupon: CouponRow, currency: str) -> None:
    if coupon.currency != currency:
        raise CouponError(
            f"Coupon {printed(coupon.code)} is in {coupon.currency}, not {currency}.",
            "A coupon is redeemed only in its own currency.",
        )


def _why_unusable(view: View, coupon: CouponRow) -> tuple[str, str]:
    code = printed(coupon.code)
    if coupon.status == CouponStatus.VOIDED:
        return f"Coupon {code} was voided: {coupon.void_reason}.", "Nothing was applied."
    if coupon.status == CouponStatus.REDEEMED:
        orders = ", ".join(dict.fromkeys(entry.order_number for entry in ledger(view, coupon.id) if entry.order_number))
        return f"Coupon {code} was used up on order {orders}.", "Nothing was applied."
    return f"Coupon {code} was valid through {spelled_out(coupon.valid_through)}.", "Nothing was applied."
