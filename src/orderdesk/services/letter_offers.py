"""What a letter offers its customer, by the seller's rules or wish, and what speaks against it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date

from orderdesk.domain.coupons import Promise, new_code
from orderdesk.domain.days import months_after
from orderdesk.domain.errors import CurrencyMismatchError, RefusedError
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import Money
from orderdesk.domain.offer_rules import Chosen, Situation, choose
from orderdesk.services.apology_letter import Wishes, new_dates
from orderdesk.storage.queries.cases import Group
from orderdesk.storage.queries.goodwill import channel_of, margin, orders_with_coupon, was_told_before
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
    return Promise(chosen.offer, new_code(secrets.choice), months_after(today, chosen.months), chosen.minimum_order)


def _offer_for(view: View, group: Group, wishes: Wishes, today: date) -> Chosen:
    """The offer that was wished for, or that of the seller's rules: none on Amazon, whose policy forbids leading buyers away, and
    none for orders that have had one. Raises RefusedError, CurrencyMismatchError where the wish can't be."""
    group = not_offered(view, group)
    if wishes.offer is None:
        none = group.on_amazon or not group.lines
        return Chosen(None) if none else choose(offer_rules(view), _situation(view, group, wishes, today))
    if not group.lines:
        raise RefusedError(f"Order {group.order_numbers[0]} has had an offer.", "One offer is made for an order.")
    require_fitting(group, wishes.offer)
    return Chosen(wishes.offer)


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


def require_fitting(group: Group, offer: Offer | None) -> None:
    """Raise CurrencyMismatchError for an offer in another currency, RefusedError for one above the price of what is late, and for
    any to a buyer on Amazon."""
    if offer is not None and group.on_amazon:
        raise RefusedError(
            f"Order {group.order_numbers[0]} is from Amazon, which forbids coupons that lead buyers away.", "Leave the offer out."
        )
    if offer is None or offer.amount is None:
        return
    if offer.amount.currency != group.currency:
        raise CurrencyMismatchError(offer.amount.currency, group.currency)
    delayed = _delayed_value(group)
    if delayed.minor and offer.amount.minor > delayed.minor:
        raise RefusedError(f"{offer.amount} is more than what is late costs.", f"Offer {delayed} at most.")


def advice(view: View, group: Group, offer: Offer | None) -> tuple[str, ...]:
    """What the seller may want to think over."""
    earned = margin(view, group)
    found = []
    if offer and offer.amount and earned and earned.currency == offer.amount.currency and offer.amount.minor > earned.minor:
        found.append(f"The offer of {offer.amount} is more than these orders earn ({earned}).")
    if was_told_before(view, group):
        found.append(f"{group.customer} has had a letter about an earlier backorder: a phone call may do more.")
    gone = dict.fromkeys(line.title for line in group.lines if line.discontinued and line.expected_on is None)
    if gone:
        found.append(f"No more will come of {', '.join(gone)}: cancel it with its refund, or send a substitute.")
    return tuple(found)


def _delayed_value(group: Group) -> Money:
    minor = sum(line.quantity * (line.unit_price_minor or 0) for line in group.lines if line.currency == group.currency)
    return Money(minor, group.currency)
