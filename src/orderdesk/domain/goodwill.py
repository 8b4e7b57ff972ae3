"""Goodwill offers: what the seller gives for the wait, and the offer made by default."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.money import Money, minor_digits

LONGEST_GIFT = 80


class OfferKind(StrEnum):
    FREE_SHIPPING = "free_shipping"
    PERCENT = "percent"
    AMOUNT = "amount"
    GIFT = "gift"
    GIFT_CARD = "gift_card"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a coupon is worth: exactly one of amount (AMOUNT, GIFT_CARD), rate in percent (PERCENT) or gift (GIFT) is set.

    FREE_SHIPPING has none: it pays the shipping of the next order.
    """

    kind: OfferKind
    amount: Money | None = None
    rate: int | None = None
    gift: str | None = None

    def __post_init__(self) -> None:
        needs = {OfferKind.AMOUNT: "amount", OfferKind.GIFT_CARD: "amount", OfferKind.PERCENT: "rate", OfferKind.GIFT: "gift"}
        needed = needs.get(self.kind)
        for name in ("amount", "rate", "gift"):
            if (getattr(self, name) is not None) != (name == needed):
                raise InvalidValueError("offer", self.kind, f"{needed or 'no value'} with {self.kind}")
        if self.amount is not None and self.amount.minor <= 0:
            raise InvalidValueError("offer", str(self.amount), "an amount above 0")
        if self.rate is not None and not 1 <= self.rate <= 100:
            raise InvalidValueError("offer", f"{self.rate} %", "a rate from 1 to 100 percent")
        if self.gift is not None and not self.gift.strip():
            raise InvalidValueError("offer", self.gift, "the name of the gift")


def default_offer(delayed_value: Money) -> Offer:
    """10 % of the delayed lines' price, rounded up to whole units, from 3 to 25, never more than that price.

    Currencies without a minor unit count in hundreds (300 to 2,500). Where less than one unit is left: free shipping.
    """
    least, most = usual_bounds(delayed_value.currency)
    unit = _unit(delayed_value.currency)
    tenth = -(-delayed_value.minor // (10 * unit)) * unit
    minor = min(max(tenth, least.minor), most.minor, delayed_value.minor)
    if minor < unit:
        return Offer(OfferKind.FREE_SHIPPING)
    return Offer(OfferKind.AMOUNT, amount=Money(minor, delayed_value.currency))


def usual_bounds(currency: str) -> tuple[Money, Money]:
    """The least and the most that the default offer is worth, but for what is late costing less."""
    return Money(3 * _unit(currency), currency), Money(25 * _unit(currency), currency)


def _unit(currency: str) -> int:
    """What the default offer is counted in, as minor units."""
    unit: int = 10 ** (minor_digits(currency) or 2)
    return unit


def parse_offer(text: str, currency: str) -> Offer:
    """An offer as written on the command line: `free_shipping`, `percent:10`, `amount:7.50`, `gift:Tea towel`, `gift_card:25`."""
    name, _, value = text.partition(":")
    try:
        kind = OfferKind(name.strip())
    except ValueError as error:
        raise InvalidValueError("offer", text, "one of " + ", ".join(OfferKind)) from error
    match kind:
        case OfferKind.FREE_SHIPPING:
            if value.strip():
                raise InvalidValueError("offer", text, "free_shipping with no value")
            return Offer(kind)
        case OfferKind.PERCENT:
            if not (value.strip().isascii() and value.strip().isdigit()):
                raise InvalidValueError("offer", text, "percent:10")
            return Offer(kind, rate=int(value))
        case OfferKind.GIFT:
            if len(value.strip()) > LONGEST_GIFT:
                raise InvalidValueError("offer", text, f"a gift's name of at most {LONGEST_GIFT} characters")
            return Offer(kind, gift=value.strip())
        case _:
            return Offer(kind, amount=Money.typed(value.strip(), currency))
