"""What a coupon takes off the order that it is used on."""

from __future__ import annotations

from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.orders import Order


def taken_off(offer: Offer, balance: Money | None, order: Order, *, asked: Money | None, included: bool) -> Money | None:
    """What using the coupon takes off the order; None for a gift, and where the order's prices or shipping are not known.

    Never more than is left to pay, but for what was `asked` of a gift card, and for what the order's discount has `included`
    since it came in.
    """
    if offer.kind is OfferKind.GIFT_CARD and asked is not None and balance is not None:
        return min(asked, balance)
    worth = _worth(offer, balance, order)
    to_pay = order.to_pay_minor
    if worth is None or to_pay is None or included:
        return worth
    return min(worth, Money(max(to_pay, 0), order.currency))


def _worth(offer: Offer, balance: Money | None, order: Order) -> Money | None:
    match offer.kind:
        case OfferKind.AMOUNT | OfferKind.GIFT_CARD:
            return balance
        case OfferKind.PERCENT if offer.rate is not None and order.lines_minor is not None:
            return Money(order.lines_minor, order.currency).percent(offer.rate)
        case OfferKind.FREE_SHIPPING if order.shipping_minor is not None:
            return Money(order.shipping_minor, order.currency)
        case _:
            return None
