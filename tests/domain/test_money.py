"""Money: whole minor units, half up, and shares that add up to the cent."""

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
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(AMOUNTS, WEIGHTS)
def test_shares_add_up_to_the_amount_and_each_is_its_part_to_the_cent(minor: int, weights: list[int]) -> None:
    shares = Money(minor, "USD").split(weights)
    assert sum(share.minor for share in shares) == minor
    for share, weight in zip(shares, weights, strict=True):
        exact = Decimal(minor) * weight / sum(weights)
        assert abs(share.minor - exact) < 1
        assert share.minor == 0 or weight > 0


@given(AMOUNTS, WEIGHTS)
def test_the_largest_remainders_get_the_odd_cents(minor: int, weights: list[int]) -> None:
    total = sum(weights)
    shares = Money(minor, "USD").split(weights)
    rounded_up = [
        minor * weight % total for share, weight in zip(shares, weights, strict=True) if share.minor > minor * weight // total
    ]
    rounded_down = [
        minor * weight % total for share, weight in zip(shares, weights, strict=True) if share.minor == minor * weight // total
    ]
    assert min(rounded_up, default=total) >= max(rounded_down, default=0)


def test_the_first_wins_a_tie() -> None:
    assert [share.minor for share in Money(100, "USD").split([1, 1, 1])] == [34, 33, 33]
    assert [share.minor for share in Money(5, "USD").split([1, 0, 1, 1])] == [2, 0, 2, 1]


def test_weights_of_nothing_are_refused() -> None:
    with pytest.raises(InvalidValueError):
        Money(100, "USD").split([0, 0])


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


@given(st.integers(-(10**12), 10**12), st.sampled_from(["USD", "JPY", "KWD", "EUR", "KRW"]))
def test_what_is_written_reads_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert str(money) == f"{money.amount} {currency}"
    assert -int(money.amount.as_tuple().exponent) == minor_digits(currency)


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "-Infinity", "sNaN", "1,50", "1e99", "9" * 40])
def test_what_is_no_finite_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Money.of(text, "USD")


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
