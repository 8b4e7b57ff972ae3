"""When backordered units come: incoming supply laid over the queue."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.allocation import Demand, allocate
from orderdesk.domain.layering import expected_dates

FIFTH, TWENTIETH = date(2026, 12, 5), date(2026, 12, 20)
DAYS = st.integers(0, 60).map(lambda days: date(2026, 12, 1) + timedelta(days=days))
SUPPLY = st.lists(st.tuples(DAYS, st.integers(0, 9)), max_size=8)
SHORT = st.lists(st.integers(0, 9), max_size=10)


def test_scenario_14_layers_two_deliveries_over_four_lines() -> None:
    shares = allocate(1, [Demand(place, wanted, 0, 0) for place, wanted in enumerate((3, 2, 2, 4))])
    short = [wanted - share for wanted, share in zip((3, 2, 2, 4), shares, strict=True)]
    assert short == [2, 2, 2, 4]
    assert expected_dates(short, [(TWENTIETH, 3), (FIFTH, 4)]) == [
        ([(2, FIFTH)], 0),
        ([(2, FIFTH)], 0),
        ([(2, TWENTIETH)], 0),
        ([(1, TWENTIETH)], 3),
    ]


def test_a_line_may_be_filled_in_parts() -> None:
    assert expected_dates([5], [(FIFTH, 3), (TWENTIETH, 9)]) == [([(3, FIFTH), (2, TWENTIETH)], 0)]


def test_without_supply_everything_is_unknown() -> None:
    assert expected_dates([2, 0, 1], []) == [([], 2), ([], 0), ([], 1)]


@given(SHORT, SUPPLY)
def test_it_is_what_handing_out_unit_by_unit_comes_to(short: list[int], supply: list[tuple[date, int]]) -> None:
    coming = [day for day, units in sorted(supply) for _ in range(units)]
    for units, (parts, uncovered) in zip(short, expected_dates(short, supply), strict=True):
        mine, coming = coming[:units], coming[units:]
        assert [day for count, day in _merged(parts) for _ in range(count)] == mine
        assert uncovered == units - len(mine)


def _merged(parts: list[tuple[int, date]]) -> list[tuple[int, date]]:
    assert all(count > 0 for count, _ in parts)
    return parts
