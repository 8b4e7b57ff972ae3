"""Which offer is made by default: the seller's own rules, and what holds where none of them fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.goodwill import Offer, OfferKind, default_offer, parse_offer
from orderdesk.domain.money import Money, money_or_none

USUAL, NO_OFFER = "usual", "none"
USUAL_MONTHS, MOST_MONTHS = 12, 120


@dataclass(frozen=True, slots=True)
class OfferRule:
    """Whose wait gets which offer. Amounts are minor units of the shop's currency, None is no bound.

    The conditions: `channel` ("" is any), at least `days_late`, a delayed value of at least `value_from_minor`, and where
    `told_before` only customers who had a letter about an earlier backorder. What they get: `offer` as `parse_offer` reads it,
    USUAL or NO_OFFER, to be used on orders of at least `minimum_order_minor`, for so many `months`.
    """

    offer: str = USUAL
    channel: str = ""
    days_late: int = 0
    value_from_minor: int | None = None
    told_before: bool = False
    minimum_order_minor: int | None = None
    months: int = USUAL_MONTHS

    def require_sound(self, currency: str) -> None:
        """Raise InvalidValueError, which names the field, for a rule that can't be in a shop of that currency."""
        for name, least in (("days_late", 0), ("value_from_minor", 0), ("minimum_order_minor", 1)):
            number = getattr(self, name)
            if number is not None and number < least:
                shown = str(Money(number, currency)) if name.endswith("_minor") else str(number)
                raise InvalidValueError(name.removesuffix("_minor"), shown, f"{least} or more")
        if not 1 <= self.months <= MOST_MONTHS:
            raise InvalidValueError("months", str(self.months), f"1 to {MOST_MONTHS} months")
        try:
            self._offer(currency)
        except InvalidValueError as error:
            raise InvalidValueError("offer", self.offer, f"{error.expected}; {USUAL} or {NO_OFFER}") from error
        if self.channel == "amazon" and self.offer != NO_OFFER:
            raise InvalidValueError("offer", self.offer, f"{NO_OFFER}, since Amazon forbids coupons that lead buyers away")

    def fits(self, case: Situation) -> bool:
        """Whether all of the conditions hold. Amounts are never converted: a rule that names one is for the shop's currency."""
        return (
            self.channel in ("", case.channel)
            and (case.days_late is None or case.days_late >= self.days_late)
            and case.delayed.minor >= (self.value_from_minor or 0)
            and case.told_before >= self.told_before
            and (case.delayed.currency == case.shop_currency or not self._names_money(case.shop_currency))
        )

    def choose(self, case: Situation) -> Chosen:
        """What the rule gives, never an amount above the price of what is late."""
        if self.offer == NO_OFFER:
            return Chosen(None)
        minimum = money_or_none(self.minimum_order_minor, case.shop_currency)
        offer = self._offer(case.delayed.currency) or default_offer(case.delayed)
        if offer.amount is not None and case.delayed.minor:  # a price that is not known bounds nothing
            offer = replace(offer, amount=min(offer.amount, case.delayed))
        return Chosen(offer, minimum, self.months)

    def _offer(self, currency: str) -> Offer | None:
        """The offer that the rule names itself."""
        return None if self.offer in (USUAL, NO_OFFER) else parse_offer(self.offer, currency)

    def _names_money(self, currency: str) -> bool:
        offer = self._offer(currency)
        bounds = (self.value_from_minor, self.minimum_order_minor, offer and offer.amount)
        return any(bound is not None for bound in bounds)


@dataclass(frozen=True, slots=True)
class Situation:
    """A delay as the rules see it: the channel of the oldest order, and the price of all that is late.

    `days_late` is the longest delay of a line, from the day promised for it, or the day of the letter where none was, to the
    new date; None where a new date is not known, which is later than any. `told_before`: of an earlier backorder.
    """

    channel: str
    days_late: int | None
    delayed: Money
    told_before: bool
    shop_currency: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The offer to make, None for none; the smallest order that its coupon may be used on, None for any; its validity."""

    offer: Offer | None
    minimum_order: Money | None = None
    months: int = USUAL_MONTHS


def standing_offer(rules: Iterable[OfferRule], channel: str) -> str:
    """What every order of a channel gets, as its rules name it; "" where that depends on the order, or has conditions itself.

    NO_OFFER where some get none. A gift depends on the order: it is none where it is dearer than what is late.
    """
    possible = []
    for rule in (*rules, OfferRule()):
        if rule.channel in ("", channel):
            possible.append(rule)
            if not (rule.days_late or rule.value_from_minor or rule.told_before):
                break
    offers = {each.offer for each in possible}
    if NO_OFFER in offers:
        return NO_OFFER
    offer = offers.pop()
    return "" if offers or offer.startswith(OfferKind.GIFT + ":") or any(each.minimum_order_minor for each in possible) else offer


def choose(rules: Iterable[OfferRule], case: Situation) -> Chosen:
    """What the first rule that fits gives; without one the usual offer, for the usual time."""
    return next((rule for rule in rules if rule.fits(case)), OfferRule()).choose(case)
