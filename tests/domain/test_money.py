"""Money: whole minor units, half up, of one currency at a time."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.errors import CurrencyMismatchError, InvalidValueError
from orderdesk.domain.money import Money, minor_digits

AMOUNTS = st.integers(0, 10**9)


@given(AMOUNTS, st.integers(0, 100))
def test_a_percentage_is_rounded_half_up_to_the_minor_unit(minor: int, rate: int) -> None:
    exact = (Decimal(minor) * rate / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert Money(minor, "USD").percent(rate).minor == exact


@pytest.mark.parametrize(
    ("minor", "rate", "expected"), [(5, 10, 1), (4, 10, 0), (15, 10, 2), (1005, 10, 101), (6400, 10, 640), (1, 50, 1)]
)
def test_half_a_cent_goes_up(minor: int, rate: int, expected: int) -> None:
    assert Money(minor, "USD").percent(rate) == Money(expected, "USD")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", "USD", 1250),
        ("1.005", "USD", 101),
        ("0.1", "EUR", 10),
        ("250", "JPY", 250),
        ("0.5", "JPY", 1),
        ("1.2345", "KWD", 1235),
        ("-1.005", "USD", -101),
    ],
)
def test_amounts_as_written_become_minor_units(text: str, currency: str, minor: int) -> None:
    assert Money.of(text, currency) == Money(minor, currency)


@given(st.integers(1 - 10**12, 10**12 - 1), st.sampled_from(["USD", "JPY", "KWD", "EUR", "KRW"]))
def test_what_is_written_reads_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert str(money) == f"{money.amount} {currency}"
    assert -int(money.amount.as_tuple().exponent) == minor_digits(currency)


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "-Infinity", "sNaN", "1,50", "1e99", "9" * 40])
def test_what_is_no_finite_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Money.of(text, "USD")


@pytest.mark.parametrize(("most", "currency"), [("999999999999.99", "USD"), ("999999999999", "JPY"), ("999999999999.999", "KWD")])
def test_an_amount_is_below_a_million_million_whole_units_of_any_currency(most: str, currency: str) -> None:
    assert Money.of(most, currency).amount == Decimal(most)
    for more in ("1000000000000", "-1000000000000", "9" * 40):
        with pytest.raises(InvalidValueError) as refused:
            Money.of(more, currency)
        assert refused.value.expected == "an amount between -1,000,000,000,000 and 1,000,000,000,000"


@pytest.mark.parametrize(
    ("text", "currency", "minor"), [("12.5", "USD", 1250), (".5", "EUR", 50), ("7.500", "USD", 750), ("5", "JPY", 5)]
)
def test_what_is_typed_is_that_amount(text: str, currency: str, minor: int) -> None:
    assert Money.typed(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"), [("1.234", "USD"), ("0.5", "JPY"), ("1_0", "USD"), ("\u0665", "USD"), ("1e3", "USD")]
)
def test_what_is_typed_is_refused_rather_than_changed(text: str, currency: str) -> None:
    with pytest.raises(InvalidValueError):
        Money.typed(text, currency)


def test_currencies_are_never_mixed() -> None:
    with pytest.raises(CurrencyMismatchError):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(CurrencyMismatchError):
        Money(1, "USD") - Money(1, "EUR")
    assert Money(250, "USD") * 3 - Money(50, "USD") == Money(700, "USD")


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_only_amounts_of_one_currency_are_compared(compare: Callable[[Money, Money], bool]) -> None:
    assert compare(Money(5, "USD"), Money(6, "USD")) is compare(5, 6)
    assert compare(Money(5, "USD"), Money(5, "USD")) is compare(5, 5)
    for other in (Money(600, "JPY"), Money(500, "JPY")):
        with pytest.raises(CurrencyMismatchError):
            compare(Money(500, "USD"), other)
    assert Money(500, "USD") != Money(500, "JPY")
