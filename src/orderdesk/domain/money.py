"""Money as whole minor units of one currency; never a float, never converted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, Overflow
from functools import total_ordering

from typing_extensions import override

from orderdesk.domain.errors import CurrencyMismatchError, InvalidValueError

# ISO 4217: the currencies whose minor unit is not a hundredth.
_MINOR_DIGITS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}

# Whole units that nothing comes to: thousands of such amounts still add up in the store's 64 bits.
TOO_MUCH = 10**12
_TYPED = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")


def minor_digits(currency: str) -> int:
    """How many decimal places the currency has: 2 for USD, 0 for JPY."""
    return _MINOR_DIGITS.get(currency, 2)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of a currency (ISO 4217, three capitals)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: str | Decimal | int, currency: str) -> Money:
        """Money from an amount in whole units with a decimal point: `Money.of("12.50", "USD")`.

        Rounds half up to the minor unit. Raises InvalidValueError for anything that is not a finite number.
        """
        try:
            number = Decimal(amount)
            scaled = number.scaleb(minor_digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
            too_large = abs(scaled) > 10**15  # to compare is what refuses "NaN"
        except (InvalidOperation, Overflow) as error:
            raise InvalidValueError("amount", str(amount), "a number such as 12.50") from error
        if too_large:
            raise InvalidValueError("amount", str(amount), "an amount below a million million")
        return cls(int(scaled), currency)

    @classmethod
    def typed(cls, text: str, currency: str) -> Money:
        """Money as somebody typed it, digits with a decimal point, and never changed by it.

        Raises InvalidValueError for anything else, and for more decimals than the currency has.
        """
        if not _TYPED.fullmatch(text):
            raise InvalidValueError("amount", text, "a number such as 12.50")
        places = minor_digits(currency)
        if len(text.partition(".")[2].rstrip("0")) > places:
            raise InvalidValueError("amount", text, f"an amount in {currency} with at most {places} decimals")
        return cls.of(text, currency)

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, with exactly the currency's decimal places."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    @override
    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def __add__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._require_same_currency(other)
        return self.minor < other.minor

    def percent(self, rate: int) -> Money:
        """That many percent of the amount, rounded half up to the minor unit."""
        return Money((self.minor * rate * 2 + 100) // 200, self.currency)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Shares in proportion to the weights that add up to the amount exactly (largest remainder, first wins a tie)."""
        total = sum(weights)
        if total <= 0:
            raise InvalidValueError("weights", str(list(weights)), "weights that add up to more than 0")
        shares = [self.minor * weight // total for weight in weights]
        remainders = [self.minor * weight % total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda place: -remainders[place])
        for place in by_remainder[: self.minor - sum(shares)]:
            shares[place] += 1
        return [Money(share, self.currency) for share in shares]

    def _require_same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(self.currency, other.currency)


def money_or_none(minor: int | None, currency: str | None) -> Money | None:
    """The amount; None where it or its currency is unknown."""
    return None if minor is None or not currency else Money(minor, currency)
