"""Coupon codes: 11 random symbols of Crockford's base 32 and a check symbol, printed XXXX-XXXX-XXXX."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from orderdesk.domain.days import later, months_after
from orderdesk.domain.errors import CouponError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money, money_or_none

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2010": None, "\u2011": None, "\u2013": None})
_RANDOM_SYMBOLS = 11
# Runs that would embarrass the seller on paper; U is not in the alphabet at all.
_RUDE = (
    "ASS",
    "A55",
    "CRAP",
    "DAMN",
    "D1CK",
    "FAG",
    "HATE",
    "KKK",
    "NAZ1",
    "P0RN",
    "P1SS",
    "RAPE",
    "SEX",
    "SH1T",
    "T1T",
    "WH0RE",
)


class CouponStatus(StrEnum):
    ISSUED = "issued"
    REDEEMED = "redeemed"
    VOIDED = "voided"


class CouponState(StrEnum):
    """Where a coupon stands on a day: one that was issued is open until it expires.

    NOT_GIVEN: its letter never went out, and nothing that it is about waits any more; nobody has the code.
    """

    OPEN = "open"
    NOT_GIVEN = "not_given"
    USED = "used"
    VOIDED = "voided"
    EXPIRED = "expired"


@dataclass(eq=False)
class Coupon:
    """A coupon and what is left of it. `code` has 12 symbols, no dashes; `balance_minor` is set for amounts and gift cards."""

    code: str
    notice_id: int
    customer_id: int
    kind: str
    currency: str
    issued_at: datetime
    valid_through: date
    value_minor: int | None = None
    rate: int | None = None
    gift: str | None = None
    balance_minor: int | None = None
    status: str = CouponStatus.ISSUED.value
    minimum_order_minor: int | None = None
    void_reason: str = ""
    id: int = field(init=False)

    def give(self, offer: Offer, minimum_order: Money | None = None) -> None:
        """Make the coupon worth that offer, unspent, for orders of at least that amount."""
        self.kind = offer.kind.value
        self.minimum_order_minor = minimum_order.minor if minimum_order else None
        self.value_minor = self.balance_minor = offer.amount.minor if offer.amount else None
        self.rate, self.gift = offer.rate, offer.gift

    @property
    def is_unused(self) -> bool:
        return self.status == CouponStatus.ISSUED and self.balance_minor == self.value_minor

    def renew(self, since: date, today: date) -> None:
        """Have a coupon that was given on `since` last from today on, so many months as it did from then."""
        months = next(count for count in itertools.count(1) if last_day(since, count) >= self.valid_through)
        self.valid_through = max(self.valid_through, last_day(today, months))

    @property
    def offer(self) -> Offer:
        amount = money_or_none(self.value_minor, self.currency)
        return Offer(OfferKind(self.kind), amount=amount, rate=self.rate, gift=self.gift)

    @property
    def promise(self) -> Promise:
        minimum = money_or_none(self.minimum_order_minor, self.currency)
        return Promise(self.offer, self.code, self.valid_through, minimum)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a coupon says of itself: its worth, its code (12 symbols), its last day, the smallest order it may be used on."""

    offer: Offer
    code: str
    valid_through: date
    minimum_order: Money | None = None


def last_day(given_on: date, months: int) -> date:
    """Until when a coupon lasts: never a day less than the months that it says, where the last of them has no such day."""
    last = months_after(given_on, months)
    return last if last.day == given_on.day else later(last, 1)


def check_symbol(symbols: str) -> str:
    """The symbol that makes the code whole: s = 2·(s xor v) in GF(2^5) with x^5 + x^2 + 1 over the symbols.

    Catches every single substitution and every transposition of neighbors.
    """
    state = 0
    for symbol in symbols:
        state = _doubled(state ^ _VALUE[symbol])
    return ALPHABET[state]


def new_code(choose: Callable[[str], str]) -> str:
    """A fresh code of 12 symbols without dashes; `choose` picks one symbol of the alphabet (`secrets.choice`)."""
    while True:
        symbols = "".join(choose(ALPHABET) for _ in range(_RANDOM_SYMBOLS))
        code = symbols + check_symbol(symbols)
        if not any(word in code for word in _RUDE):
            return code


def printed(code: str) -> str:
    """The code as people read it: `K7QF-9M2X-4TBV`."""
    return "-".join((code[:4], code[4:8], code[8:]))


def parse_code(typed: str) -> str:
    """The code that was meant: case, spaces, dashes, O for 0 and I or L for 1 are forgiven.

    Raises CouponError when it can't be a code; a mistyped symbol shows in the check symbol.
    """
    code = forgiven(typed)
    foreign = sorted({symbol for symbol in code if symbol not in _VALUE})
    if foreign:
        raise CouponError(
            f"{typed!r} is no coupon code: {', '.join(foreign)} never occurs in one.", "Read it again from the coupon."
        )
    if len(code) != _RANDOM_SYMBOLS + 1:
        raise CouponError(f"{typed!r} is no coupon code: it has {len(code)} symbols, not 12.", "Read it again from the coupon.")
    if check_symbol(code[:-1]) != code[-1]:
        raise CouponError(f"{typed!r} is no coupon code: one of its symbols was mistyped.", "Read it again from the coupon.")
    return code


def looks_like_a_code(typed: str) -> bool:
    """Whether a whole code may be meant, well or mistyped, rather than a name: twelve symbols, with digits or dashes."""
    symbols = forgiven(typed)
    return len(symbols) == _RANDOM_SYMBOLS + 1 and symbols.isalnum() and not typed.replace(" ", "").isalpha()


def names_code(text: str, code: str) -> bool:
    """Whether the code stands in a text, such as the codes that came in with an order."""
    return code in forgiven(text)


def forgiven(typed: str) -> str:
    """What is typed as symbols of a code, whole or not: case, spaces, dashes, O for 0 and I or L for 1 are forgiven."""
    return typed.strip().upper().translate(_FORGIVEN)


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value
