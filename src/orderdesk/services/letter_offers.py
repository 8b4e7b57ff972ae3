"""What a letter offers its customer, by the seller's rules or wish, and what speaks against it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from orderdesk.domain.coupons import CouponStatus, Promise, last_day, new_code
from orderdesk.domain.errors import CurrencyMismatchError, OvertakenError, RefusedError
from orderdesk.domain.goodwill import Offer, default_offer
from orderdesk.domain.money import Money
from orderdesk.domain.offer_rules import Chosen, Situation, choose
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes, new_dates
from orderdesk.storage.queries.cases import Group, groups_to_tell
from orderdesk.storage.queries.coupons import coupon_of_notice
from orderdesk.storage.queries.goodwill import (
    channel_of,
    earnings,
    gift_cost,
    gift_price,
    orders_with_coupon,
    was_told_before,
)
from orderdesk.storage.queries.made_letters import made_letter
from orderdesk.storage.queries.notices import is_untold
from orderdesk.storage.queries.offer_rules import offer_rules
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.view import View


def promise_for(view: View, group: Group, wishes: Wishes, today: date) -> Promise | None:
    """A coupon for the group with a fresh code; None where nothing is offered.

    Raises RefusedError or CurrencyMismatchError for a wish that can't be.
    """
    chosen = _offer_for(view, group, wishes, today)
    if chosen.offer is None:
        return None
    return Promise(chosen.offer, new_code(secrets.choice), last_day(today, chosen.months), chosen.minimum_order)


def _offer_for(view: View, group: Group, wishes: Wishes, today: date) -> Chosen:
    """The offer that was wished for, or that of the seller's rules: none on Amazon, whose policy forbids leading buyers away, and
    none for orders that have had one. Raises RefusedError, CurrencyMismatchError where the wish can't be."""
    group = not_offered(view, group)
    if wishes.offer is None:
        none = group.on_amazon or not group.lines
        return Chosen(None) if none else _by_rules(view, group, wishes, today)
    if not group.lines:
        raise RefusedError(f"Order {group.order_numbers[0]} has had an offer.", "One offer is made for an order.")
    require_fitting(view, group, wishes.offer)
    return Chosen(wishes.offer)


def offer_to_order(view: View, order_id: int, today: date) -> Offer | None:
    """What the letter that lies ready about the order offers, else what one of today would; None for nothing, or nothing more."""
    groups, _ = groups_to_tell(view, [order_id], today=today)
    if not groups:
        return None
    group = groups[0]
    ready = group.notice_id if group.told_at is None else None
    if ready is None or has_coupon_in_vain(view, group):
        return _offer_for(view, group, BY_DEFAULT, today).offer
    coupon = coupon_of_notice(view, ready)
    return None if coupon is None else coupon.offer


def _by_rules(view: View, group: Group, wishes: Wishes, today: date) -> Chosen:
    """What the seller's rules give; the usual offer in the place of a gift that is dearer than what is late."""
    chosen = choose(offer_rules(view), _situation(view, group, wishes, today))
    delayed = _delayed_value(group)
    return replace(chosen, offer=default_offer(delayed)) if _is_dearer(_price(view, group, chosen.offer), delayed) else chosen


def not_offered(view: View, group: Group) -> Group:
    """The group with the lines alone of orders that no coupon was given for: one offer is made for an order."""
    had_one = orders_with_coupon(view, group)
    lines = tuple(line for line in group.lines if line.order_id not in had_one)
    return replace(group, lines=lines, currency=lines[0].currency if lines else group.currency)


def _situation(view: View, group: Group, wishes: Wishes, today: date) -> Situation:
    """The delay of a group as the rules for offers see it."""
    return Situation(
        channel=channel_of(view, group),
        days_late=_days_late(group, wishes, today),
        delayed=_delayed_value(group),
        told_before=was_told_before(view, group),
        shop_currency=profile_of(view).currency,
    )


def _days_late(group: Group, wishes: Wishes, today: date) -> int | None:
    """The longest delay of a line; None where a new date is not known."""
    pairs = zip(group.lines, new_dates(group, wishes, today), strict=True)
    late = [None if day is None else (day - (line.promised_on or today)).days for line, day in pairs]
    return None if None in late else max(days for days in late if days is not None)


def require_fitting(view: View, group: Group, offer: Offer | None) -> None:
    """Raise CurrencyMismatchError for an offer in another currency, RefusedError for one above the price of what is late, and for
    any to a buyer on Amazon."""
    if offer is None:
        return
    if group.on_amazon:
        raise RefusedError(
            f"Order {group.order_numbers[0]} is from Amazon, which forbids coupons that lead buyers away.", "Leave the offer out."
        )
    if offer.amount is not None and offer.amount.currency != group.currency:
        raise CurrencyMismatchError(offer.amount.currency, group.currency)
    price, delayed = _price(view, group, offer), _delayed_value(group)
    if _is_dearer(price, delayed):
        named = f"{offer.gift}, sold for {price}," if offer.gift else str(price)
        raise RefusedError(f"{named} is more than what is late costs.", f"Offer {delayed} at most.")


def require_living_coupon(view: View, notice_id: int) -> None:
    """Raise OvertakenError for a letter whose coupon was voided or used up: no customer gets a dead code."""
    coupon = coupon_of_notice(view, notice_id)
    if coupon is None or coupon.status == CouponStatus.ISSUED:
        return
    is_used = coupon.status == CouponStatus.REDEEMED
    remedy = f"Apologize again for a letter {'without it' if is_used else 'with a new one'}."
    if not is_untold(view, notice_id):
        remedy = "Send its text by e-mail or as a message: that goes without it."
    customer = made_letter(view, notice_id).customer
    raise OvertakenError(f"The coupon in the letter to {customer} was {'used up' if is_used else 'voided'}.", remedy)


def has_coupon_in_vain(view: View, group: Group) -> bool:
    """Whether another letter takes the place of the group's: its coupon was voided or used up, or each order has had one."""
    coupon = None if group.notice_id is None else coupon_of_notice(view, group.notice_id)
    if coupon is None:
        return False
    is_one_too_many = not coupon.used_on and not not_offered(view, group).lines
    return is_one_too_many or coupon.status != CouponStatus.ISSUED


def _price(view: View, group: Group, offer: Offer | None) -> Money | None:
    """What the customer would pay for what is offered; None where that is not known, or depends on what they order next."""
    if offer is None:
        return None
    return gift_price(view, offer.gift, group.currency) if offer.gift is not None else offer.amount


def _is_dearer(price: Money | None, delayed: Money) -> bool:
    """Whether it costs more than what is late; a price that is not known bounds nothing."""
    return price is not None and 0 < delayed.minor < price.minor


def advice(view: View, group: Group, offer: Offer | None) -> tuple[str, ...]:
    """What the seller may want to think over."""
    found = list(_beyond_earnings(view, group, offer)) if offer else []
    if was_told_before(view, group):
        found.append(f"{group.customer} has had a letter about an earlier backorder: a phone call may do more.")
    gone = dict.fromkeys(line.title for line in group.lines if line.never_arrives())
    if gone:
        found.append(f"No more will come of {', '.join(gone)}: cancel it with its refund, or send a substitute.")
    return tuple(found)


def _beyond_earnings(view: View, group: Group, offer: Offer) -> Iterator[str]:
    """That an offer takes more than the orders earn: all of that, or a larger part of a next order than they earn of theirs."""
    earned = earnings(view, group)
    if earned is None:
        return
    margin, goods = earned.margin, earned.goods
    cost = gift_cost(view, offer.gift, margin.currency) if offer.gift else offer.amount
    if cost is not None and cost.currency == margin.currency and cost > margin:
        named = f"{offer.gift}, which costs you {cost}," if offer.gift else str(cost)
        yield f"The offer of {named} is more than these orders earn ({margin})."
    if offer.rate is not None and offer.rate * goods.minor > 100 * margin.minor:
        yield f"The offer of {offer.rate} % is a larger part than these orders earn ({margin} of {goods})."


def _delayed_value(group: Group) -> Money:
    minor = sum(line.quantity * (line.unit_price_minor or 0) for line in group.lines if line.currency == group.currency)
    return Money(minor, group.currency)
