"""Amounts as files print them: `12.34`, `$1,433.66`, `USD 5`, `116,99 €`, `(3.00)`, `--`."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel.core import get_global

AMOUNT = "an amount such as 12.50"
BARE_DOLLAR = "$"

# Read in this order: the longer spelling of a currency before the shorter one in it.
_SYMBOLS = {
    "US $": "USD", "US$": "USD", "AU $": "AUD", "AU$": "AUD", "A$": "AUD", "CA $": "CAD", "CA$": "CAD", "C $": "CAD", "C$": "CAD",
    "NZ $": "NZD", "NZ$": "NZD", "HK $": "HKD", "HK$": "HKD", "S$": "SGD", "MX$": "MXN", "R$": "BRL",
    "$": BARE_DOLLAR, "£": "GBP", "€": "EUR", "¥": "JPY", "₩": "KRW", "₹": "INR", "₪": "ILS", "zł": "PLN", "Kč": "CZK",
    "Fr.": "CHF",
}  # fmt: skip

DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN")
"""The currencies a bare `$` may stand for, likeliest first."""

_SYMBOL = re.compile("|".join(re.escape(symbol) for symbol in _SYMBOLS))
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_SPACES = re.compile("[\\s\u202f]")
_DIGITS = r"[0-9]{1,3}(?:GROUP[0-9]{3})+|[0-9]{1,2}(?:GROUP[0-9]{2})+GROUP[0-9]{3}|[0-9]+"  # the second as in India
_LIMIT = Decimal(10) ** 12


def _pattern(mark: str, group: str) -> re.Pattern[str]:
    whole = _DIGITS.replace("GROUP", group)
    return re.compile(rf"(?P<whole>{whole})?(?:{re.escape(mark)}(?P<part>[0-9]{{1,12}}))?")


_READINGS = {".": _pattern(".", "[,']"), ",": _pattern(",", "[.']")}
_OTHER = {".": ",", ",": "."}


@cache
def _tender() -> frozenset[str]:
    """Every currency that is or was money somewhere: old orders have old ones. Metals, funds and test codes are none."""
    used = get_global("territory_currencies").values()
    return frozenset(code for territory in used for code, _, _, is_tender in territory if is_tender)


def is_currency(code: str) -> bool:
    """Whether there is, or was, such a currency (ISO 4217, three capitals)."""
    return code in _tender()


def may_mean(named: str, currency: str) -> bool:
    """Whether an amount that names one may be in the other: a bare `$` is any dollar."""
    return named == currency or (named == BARE_DOLLAR and currency in DOLLARS)


class NamedAmount(Decimal):
    """An amount whose cell says in which currency it is: an ISO 4217 code or BARE_DOLLAR."""

    __slots__ = ("currency",)
    currency: str

    @classmethod
    def of(cls, number: Decimal, currency: str) -> NamedAmount:
        """The number, said to be in that currency."""
        amount = cls(number)
        amount.currency = currency
        return amount


def read_amount(printed: str, mark: str) -> Decimal | None:
    """The number of an amount, without its currency; None for `--`. ValueError for anything else.

    `mark` is the file's decimal mark; an amount that makes sense with the other one only is read with that.
    """
    text = without_currency(printed)
    if text in ("--", "-") and text == printed:
        return None
    negative = text.startswith("-") or (text.startswith("(") and text.endswith(")"))
    digits = _SPACES.sub("", text.removeprefix("-").removeprefix("(").removesuffix(")"))
    match = _READINGS[mark].fullmatch(digits) or _READINGS[_OTHER[mark]].fullmatch(digits)
    if match is None or not digits:
        raise ValueError(printed)
    number = Decimal(f"{re.sub('[^0-9]', '', match['whole'] or '0')}.{match['part'] or '0'}") if match["part"] else _whole(match)
    if number >= _LIMIT:
        raise ValueError(printed)
    return -number if negative else number


def without_currency(printed: str) -> str:
    """An amount without the signs and codes of currencies."""
    return _CODE.sub("", _SYMBOL.sub("", printed)).strip()


def _whole(match: re.Match[str]) -> Decimal:
    return Decimal(re.sub("[^0-9]", "", match["whole"]))


def currency_of(printed: str) -> str | None:
    """The currency an amount names: an ISO 4217 code, BARE_DOLLAR, or None where it names none."""
    if code := _CODE.search(printed):
        return code.group()
    symbol = _SYMBOL.search(printed)
    return _SYMBOLS[symbol.group()] if symbol else None
