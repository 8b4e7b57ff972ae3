"""When to order again, and how much: from sales, the supplier's days and the stash."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.reorder import Supply

# A unit every other day, twelve days for the supplier, three in the stash.
USUAL = Supply(sold_per_day=0.5, lead_time_days=12, safety_stock=3, reorder_point=None, position=9, free=9)


def test_the_suggested_point_is_what_sells_while_the_supplier_takes_its_time_and_the_stash() -> None:
    assert USUAL.suggested_point == USUAL.point == 9
    assert replace(USUAL, sold_per_day=0.51).suggested_point == 10
    assert replace(USUAL, lead_time_days=None).suggested_point == 10
    assert replace(USUAL, reorder_point=4).point == 4


@pytest.mark.parametrize(("position", "quantity"), [(10, 0), (9, 15), (0, 24), (-4, 28)])
def test_what_is_ordered_lasts_a_month_beyond_its_arrival(position: int, quantity: int) -> None:
    assert replace(USUAL, position=position).quantity == quantity


@pytest.mark.parametrize(("position", "quantity"), [(1, 0), (0, 0), (-3, 3)])
def test_what_does_not_sell_is_ordered_only_as_far_as_it_is_short(position: int, quantity: int) -> None:
    assert replace(USUAL, sold_per_day=0, safety_stock=0, position=position).quantity == quantity


@pytest.mark.parametrize(("free", "days"), [(9, 18), (0, 0), (-2, 0)])
def test_days_of_cover_are_those_that_the_shelf_lasts(free: int, days: int) -> None:
    assert replace(USUAL, free=free).days_of_cover == days
    assert replace(USUAL, free=free, sold_per_day=0).days_of_cover is None


@given(
    st.builds(
        Supply,
        sold_per_day=st.floats(0, 500),
        lead_time_days=st.none() | st.integers(0, 400),
        safety_stock=st.integers(0, 500),
        reorder_point=st.none() | st.integers(0, 500),
        position=st.integers(-5_000, 5_000),
        free=st.integers(-5_000, 5_000),
    )
)
def test_an_order_lifts_the_position_above_the_point_and_there_is_none_without_need(supply: Supply) -> None:
    assert supply.quantity >= 0
    if supply.position > supply.point or (not supply.is_watched and supply.position == 0):
        assert supply.quantity == 0
    else:
        assert supply.position + supply.quantity > supply.point or not supply.is_watched
        assert supply.position + supply.quantity >= supply.point + 30 * supply.sold_per_day
        assert supply.position + supply.quantity >= supply.safety_stock + (supply.lead_days + 30) * supply.sold_per_day - 1e-6
