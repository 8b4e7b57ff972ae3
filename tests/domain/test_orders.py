"""Order numbers as people count, and what may happen to the units of a line."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.errors import TooManyError
from orderdesk.domain.order_numbers import number_key
from orderdesk.domain.orders import LineStatus, OrderLine, line_status

QUANTITY = st.integers(0, 8)


def _line(ordered: int, **quantities: Any) -> OrderLine:
    return OrderLine(position=1, product_id=1, sku="A", title="Lamp", ordered=ordered, eligible=True, **quantities)


def test_numbers_sort_as_people_count() -> None:
    expected = ["#1", "#2", "#10", "#999", "#1001", "#1001-2", "#1001-10", "E-2", "E-10", "T-1"]
    shuffled = random.Random(7).sample(expected, len(expected))
    assert sorted(shuffled, key=number_key) == expected


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_two_numbers_compare_as_numbers(one: int, other: int) -> None:
    assert (number_key(f"#{one}") < number_key(f"#{other}")) == (one < other)


def test_leading_zeros_count_nothing() -> None:
    assert number_key("#0010") == number_key("#10")


@st.composite
def _lines(draw: st.DrawFn) -> OrderLine:
    shipped, canceled, drop_ship, allocated, short = (draw(QUANTITY) for _ in range(5))
    ordered = shipped + canceled + drop_ship + allocated + short
    firm = draw(st.integers(0, allocated))
    return _line(max(ordered, 1), shipped=shipped, canceled=canceled, drop_ship=drop_ship, allocated=allocated, firm=firm)


def _is_sound(line: OrderLine) -> bool:
    parts = (line.shipped, line.canceled, line.drop_ship, line.allocated, line.backordered)
    return min(parts) >= 0 and sum(parts) == line.ordered and 0 <= line.firm <= line.wanted


@given(_lines(), st.integers(-1, 20))
def test_canceling_takes_backordered_then_drop_shipped_then_allocated_units(line: OrderLine, quantity: int) -> None:
    short, drop_ship, allocated, canceled = line.backordered, line.drop_ship, line.allocated, line.canceled
    if not 0 < quantity <= line.open:
        with pytest.raises(TooManyError):
            line.cancel(quantity, "Lamp")
        assert (line.backordered, line.drop_ship, line.allocated, line.canceled) == (short, drop_ship, allocated, canceled)
        return
    line.cancel(quantity, "Lamp")
    from_short = min(quantity, short)
    from_supplier = min(quantity - from_short, drop_ship)
    assert line.canceled == canceled + quantity
    assert line.backordered == short - from_short
    assert line.drop_ship == drop_ship - from_supplier
    assert line.allocated == allocated - (quantity - from_short - from_supplier)
    assert _is_sound(line)


@given(_lines(), st.integers(-1, 20))
def test_only_what_is_allocated_ships(line: OrderLine, quantity: int) -> None:
    allocated, shipped, short = line.allocated, line.shipped, line.backordered
    if not 0 < quantity <= allocated:
        with pytest.raises(TooManyError):
            line.ship(quantity, "Lamp")
    else:
        line.ship(quantity, "Lamp")
        assert (line.shipped, line.allocated, line.backordered) == (shipped + quantity, allocated - quantity, short)
    assert _is_sound(line)


@given(_lines(), st.integers(-1, 20))
def test_what_a_channel_says_was_shipped_never_exceeds_what_is_open(line: OrderLine, quantity: int) -> None:
    shipped, still_open = line.shipped, line.open
    if not 0 < quantity <= still_open:
        with pytest.raises(TooManyError):
            line.record_shipped(quantity, "Lamp")
    else:
        line.record_shipped(quantity, "Lamp")
        assert (line.shipped, line.open) == (shipped + quantity, still_open - quantity)
    assert _is_sound(line)


def test_units_that_a_channel_says_were_shipped_are_kept_for_the_line_no_more() -> None:
    line = _line(5, allocated=3, firm=3)
    line.record_shipped(2, "Lamp")
    assert (line.shipped, line.allocated, line.firm) == (2, 1, 1)
    line.record_shipped(3, "Lamp")
    assert (line.shipped, line.allocated, line.firm) == (5, 0, 0)


@given(_lines(), st.integers(-1, 50))
def test_the_quantity_ordered_never_falls_below_what_left_the_house(line: OrderLine, quantity: int) -> None:
    if quantity < max(1, line.shipped + line.canceled):
        with pytest.raises(TooManyError):
            line.change_ordered(quantity, "Lamp")
    else:
        line.change_ordered(quantity, "Lamp")
        assert line.ordered == quantity
    assert _is_sound(line)


@pytest.mark.parametrize(
    ("quantities", "status"),
    [
        ({"ordered": 2}, LineStatus.READY),
        ({"ordered": 3, "backordered": 1}, LineStatus.PARTLY_BACKORDERED),
        ({"ordered": 3, "backordered": 3}, LineStatus.BACKORDERED),
        ({"ordered": 3, "shipped": 1, "backordered": 2}, LineStatus.BACKORDERED),
        ({"ordered": 3, "drop_ship": 3}, LineStatus.AWAITING_SUPPLIER),
        ({"ordered": 3, "shipped": 1}, LineStatus.PART_SHIPPED),
        ({"ordered": 3, "shipped": 2, "canceled": 1}, LineStatus.SHIPPED),
        ({"ordered": 3, "canceled": 3}, LineStatus.CANCELED),
        ({"ordered": 3, "shipped": 3, "returned": 3}, LineStatus.RETURNED),
        ({"ordered": 3, "shipped": 3, "returned": 1}, LineStatus.SHIPPED),
        ({"ordered": 3, "pending": 3}, LineStatus.PENDING),
    ],
)
def test_the_state_of_a_line_follows_from_its_quantities(quantities: dict[str, int], status: LineStatus) -> None:
    nothing = dict.fromkeys(("shipped", "canceled", "returned", "drop_ship", "backordered", "pending"), 0)
    assert line_status(**{**nothing, **quantities}) is status
