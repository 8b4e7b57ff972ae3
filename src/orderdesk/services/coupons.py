"""Coupons by code: find, redeem, void; each exactly once, whoever else tries at the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from orderdesk.domain.coupons import CouponStatus, names_code, printed
from orderdesk.domain.days import spelled_out
from orderdesk.domain.errors import CouponError, InvalidValueError
from orderdesk.domain.goodwill import OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.orders import Order
from orderdesk.domain.redemptions import taken_off
from orderdesk.services.days import require_clock, shop_day
from orderdesk.services.order_lines import add_gift
from orderdesk.services.steps import Step, step_of
from orderdesk.services.used_coupons import ENTER_PRICES, require_large_enough
from orderdesk.storage import coupon_ledger
from orderdesk.storage.notices import add_entry
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.coupons import CouponRow, LedgerRow, coupon_row, coupons_used_on, is_made_for, ledger
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


class Buyer(NamedTuple):
    """Whose order it is."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Redemption:
    """A coupon after it was used, and what was taken off the order: `applied` is None for a gift, which became a line of it, and
    where the order's prices or shipping are not known.

    `other_customer` is whose order it was used on, where it was made out to somebody else; `event_id` is the step to undo.
    """

    coupon: CouponRow
    order_number: str
    applied: Money | None
    other_customer: Buyer | None
    event_id: int


def find_coupon(store: Store, typed_code: str) -> CouponRow:
    """A coupon by its code as typed. Raises CouponError for a mistyped or unknown code."""
    with store.read() as view:
        return coupon_row(view, lookup.coupon_id(view, typed_code))


def coupon_ledger_of(store: Store, typed_code: str) -> list[LedgerRow]:
    """Every entry of a coupon's ledger, oldest first."""
    with store.read() as view:
        return ledger(view, lookup.coupon_id(view, typed_code))


def redeem_coupon(store: Store, typed_code: str, order_number: str, *, amount: Money | None = None, now: datetime) -> Redemption:
    """Use a coupon on an order: its worth becomes discount of the order, a gift a line of it, in one step.

    Of a gift card at most its balance is applied (without `amount` no more than is left to pay), and the rest stays. Raises
    CouponError where it was used up, voided, has expired, is in another currency, for a later or larger order, or takes off
    nothing.
    """
    with store.begin("redeem", "", now=now) as transaction:
        order = transaction.order(lookup.order_id(transaction.view, order_number))
        done = redeem_within(transaction, typed_code, order, amount, now=now)
        transaction.describe(f"Redeemed coupon {printed(done.coupon.code)} on order {order.order_number}")
    return done


def redeem_within(transaction: Transaction, typed_code: str, order: Order, amount: Money | None, *, now: datetime) -> Redemption:
    """The same as a part of a step about the order."""
    view = transaction.view
    coupon = coupon_row(view, lookup.coupon_id(view, typed_code))
    require_clock(shop_day(view, now), f"coupon {printed(coupon.code)} was made on", coupon.issued_on)
    _require_currency(coupon, order.currency)
    if order.canceled_on is not None:
        raise CouponError(f"Order {order.order_number} is canceled.", "Check its number; the coupon is for another order.")
    included = names_code(order.coupon_codes, coupon.code)
    applied = _applied(coupon, order, amount, included=included)
    if not coupon_ledger.spend(transaction, coupon.id, applied.minor if applied else None, shop_day(view, now)):
        raise CouponError(_why_unusable(coupon), "Nothing was applied.")
    if coupon_ledger.was_applied(transaction, coupon.id, order.id):
        raise CouponError(
            f"Coupon {printed(coupon.code)} was applied to order {order.order_number} before.",
            "What is left of it is for another order.",
        )
    _require_later(view, coupon, order)
    _require_known_share(coupon, order, applied, included=included)
    require_large_enough(coupon, order, "Nothing was applied; keep it for a larger order.")
    _take_off(transaction, coupon, order, applied, included=included)
    stranger = _other_customer(view, order.customer_id, coupon)
    return Redemption(coupon_row(view, coupon.id), order.order_number, applied, stranger, transaction.event_id)


def redemption_on(store: Store, order_id: int) -> Redemption:
    """How the last coupon was used on an order that took one."""
    with store.read() as view:
        used, order = coupons_used_on(view, order_id)[0], view.record("orders", order_id)
        stranger = _other_customer(view, order["customer_id"], used.coupon)
        return Redemption(used.coupon, order["order_number"], used.applied, stranger, used.event_id)


def _other_customer(view: View, buyer: int, coupon: CouponRow) -> Buyer | None:
    return None if buyer == coupon.customer_id else Buyer(buyer, view.record("customer", buyer)["name"])


def void_coupon(store: Store, typed_code: str, reason: str, *, now: datetime) -> Step:
    """Make a coupon worthless, with a reason. Raises CouponError where it was used up or voided before."""
    if not reason.strip():
        raise InvalidValueError("reason", reason, "why the coupon is voided")
    with store.begin("void", "", now=now) as transaction:
        coupon = coupon_row(transaction.view, lookup.coupon_id(transaction.view, typed_code))
        if not coupon_ledger.void(transaction, coupon.id, reason.strip()):
            raise CouponError(_why_unusable(coupon), "There is nothing left of it to void.")
        add_entry(transaction, coupon.id, "voided", 0 if coupon.balance else None)
        summary = f"Voided coupon {printed(coupon.code)}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _applied(coupon: CouponRow, order: Order, asked: Money | None, *, included: bool) -> Money | None:
    if asked is not None:
        _require_choosable(coupon, asked)
    applied = taken_off(coupon.offer, coupon.balance, order, asked=asked, included=included)
    if coupon.status == CouponStatus.ISSUED and applied and not applied.minor and not included:
        free = coupon.offer.kind is OfferKind.FREE_SHIPPING and not order.shipping_minor
        raise CouponError(
            f"Order {order.order_number} {'pays no shipping' if free else 'has nothing left to pay'}.",
            "Nothing was applied; keep the coupon for another order.",
        )
    return applied


def _require_choosable(coupon: CouponRow, asked: Money) -> None:
    if coupon.offer.kind is not OfferKind.GIFT_CARD:
        raise CouponError(f"Coupon {printed(coupon.code)} has no amount to choose.", "Redeem it without an amount.")
    if asked.minor <= 0:
        raise InvalidValueError("amount", str(asked), "an amount above 0")
    _require_currency(coupon, asked.currency)


def _require_later(view: View, coupon: CouponRow, order: Order) -> None:
    """It says that it is for the next order, but for a gift card, which is spent as its bearer likes."""
    if coupon.offer.kind is not OfferKind.GIFT_CARD and is_made_for(view, coupon, order.id):
        raise CouponError(
            f"Coupon {printed(coupon.code)} was made for order {order.order_number}, and is for a later one.",
            "Nothing was applied; keep it for the customer's next order.",
        )


def _require_known_share(coupon: CouponRow, order: Order, applied: Money | None, *, included: bool) -> None:
    """A percentage of prices that are not known would take nothing off and be used up, unless the order came in with it."""
    if coupon.offer.kind is OfferKind.PERCENT and applied is None and not included:
        raise CouponError(
            f"Coupon {printed(coupon.code)} takes off {coupon.offer.rate} %; what order {order.order_number} costs is not known.",
            ENTER_PRICES,
        )


def _take_off(transaction: Transaction, coupon: CouponRow, order: Order, applied: Money | None, *, included: bool) -> None:
    """The redemption in the ledger, and what the order gets by it; what an amount has beyond the order lapses."""
    add_entry(transaction, coupon.id, "redeemed", -applied.minor if applied else None, order_id=order.id)
    if coupon.offer.kind is OfferKind.AMOUNT and coupon.balance and applied and applied < coupon.balance:
        add_entry(transaction, coupon.id, "changed", (applied - coupon.balance).minor)
    if applied is not None and not included:
        order.discount_minor = (order.discount_minor or 0) + applied.minor
    if coupon.offer.gift is not None:
        add_gift(transaction, order, coupon.offer.gift)


def _require_currency(coupon: CouponRow, currency: str) -> None:
    if coupon.currency != currency:
        raise CouponError(
            f"Coupon {printed(coupon.code)} is in {coupon.currency}, not {currency}.",
            "A coupon is redeemed only in its own currency.",
        )


def _why_unusable(coupon: CouponRow) -> str:
    code = printed(coupon.code)
    if coupon.status == CouponStatus.VOIDED:
        return f"Coupon {code} was voided: {coupon.void_reason}."
    if coupon.status == CouponStatus.REDEEMED:
        return f"Coupon {code} was used up on order{'' if len(coupon.used_on) == 1 else 's'} {', '.join(coupon.used_on)}."
    return f"Coupon {code} was valid through {spelled_out(coupon.valid_through)}."
