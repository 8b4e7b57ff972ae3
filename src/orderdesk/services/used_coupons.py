"""Coupons that were used on an order which changes later: too small for them by then, canceled, or wanted again."""

from __future__ import annotations

from orderdesk.domain.coupons import CouponStatus, names_code, printed
from orderdesk.domain.errors import CouponError, RefusedError
from orderdesk.domain.goodwill import OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.orders import Order
from orderdesk.storage.coupon_ledger import reopen
from orderdesk.storage.notices import add_entry
from orderdesk.storage.queries.coupons import CouponRow, UsedCoupon, coupons_used_on
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View

ENTER_PRICES = "Enter the prices of its lines first."


def require_large_enough(coupon: CouponRow, order: Order, remedy: str, *, by_coupons: int = 0) -> None:
    """Raise CouponError for an order that is smaller than the coupon wants it, or of which that is not known.

    Shipping and tax don't count, nor does what the order's discount has `by_coupons`, or by the one that it came in with.
    """
    if coupon.minimum_order is None:
        return
    goods = order.lines_minor if names_code(order.coupon_codes, coupon.code) else order.goods_minor
    wants = f"Coupon {printed(coupon.code)} is for orders of {coupon.minimum_order} or more"
    if goods is None:
        raise CouponError(f"{wants}; what order {order.order_number} costs is not known.", ENTER_PRICES)
    counted = Money(goods + by_coupons, order.currency)
    if counted < coupon.minimum_order:
        raise CouponError(f"{wants}; order {order.order_number} has {counted} of goods.", remedy)


def require_no_less(view: View, order: Order, before: int | None) -> None:
    """Raise CouponError where the order, whose goods came to `before`, has become too small for a coupon used on it.

    One that was too small before, as its channel says, may be edited all the same.
    """
    if before is None or (order.goods_minor is not None and order.goods_minor >= before):
        return
    used = coupons_used_on(view, order.id)
    for coupon in (each.coupon for each in used):
        included = names_code(order.coupon_codes, coupon.code)
        remedy = "Leave it as large, or first undo that the coupon was redeemed."
        require_large_enough(coupon, order, remedy, by_coupons=0 if included else _taken_off(order, used))


def _taken_off(order: Order, used: list[UsedCoupon]) -> int:
    """What these coupons added to the order's discount."""
    added = [each for each in used if not names_code(order.coupon_codes, each.coupon.code)]
    return sum(each.applied.minor for each in added if each.applied is not None)


def give_back(transaction: Transaction, order: Order) -> str:
    """The coupons used on an order that is canceled before anything of it was sent are good again; what the history adds, "" for
    nothing. The order's discount stays, as by it its customer has paid less.
    """
    if any(line.shipped for line in order.lines):
        return ""
    given = [each for each in coupons_used_on(transaction.view, order.id) if each.coupon.status != CouponStatus.VOIDED]
    for each in given:
        add_entry(transaction, each.coupon.id, "restored", _worth(each))
        reopen(transaction, each.coupon.id, _worth(each))
    return "".join(f"; coupon {printed(each.coupon.code)} is given back" for each in given)


def _worth(used: UsedCoupon) -> int | None:
    """What comes back to the coupon: of a gift card what it paid, of any other all that it was worth; None for no amount."""
    coupon = used.coupon
    if coupon.offer.kind is OfferKind.GIFT_CARD:
        return used.applied.minor if used.applied else 0
    return coupon.offer.amount.minor if coupon.offer.amount else None


def require_not_given_back(view: View, order: Order) -> None:
    """Raise RefusedError for an order to begin again that was canceled whole: its coupon may have been used elsewhere since."""
    if any(line.shipped for line in order.lines) or not coupons_used_on(view, order.id):
        return
    raise RefusedError(
        f"Order {order.order_number} was canceled, and the coupon used on it given back.", "Undo that, or add a new order."
    )
