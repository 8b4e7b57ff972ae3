"""When backordered units come: incoming supply laid over the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.allocation import Demand, allocate
from orderdesk.domain.layering import Delivery, Layers, expected_dates

FIFTH, TWENTIETH = date(2026, 12, 5), date(2026, 12, 20)
DAYS = st.integers(0, 60).map(lambda days: date(2026, 12, 1) + timedelta(days=days))
SUPPLY = st.lists(st.tuples(DAYS, st.integers(1, 9)), max_size=8)
SHORT = st.lists(st.integers(0, 9), max_size=10)


def layers(short: Sequence[int], supply: Sequence[tuple[date, int]]) -> list[Layers]:
    """Of lines that have nothing and are short of so many units."""
    queue = [Demand(place, units, 0, 0) for place, units in enumerate(short)]
    return expected_dates(queue, [Delivery(day, 1, units) for day, units in supply])


def test_scenario_14_layers_two_deliveries_over_four_lines() -> None:
    wanted = [Demand(place, units, 0, 0) for place, units in enumerate((3, 2, 2, 4))]
    queue = [demand._replace(allocated=share) for demand, share in zip(wanted, allocate(1, wanted), strict=True)]
    assert [demand.wanted - demand.allocated for demand in queue] == [2, 2, 2, 4]
    assert expected_dates(queue, [Delivery(TWENTIETH, 1, 3), Delivery(FIFTH, 1, 4)]) == [
        ([(2, FIFTH)], 0),
        ([(2, FIFTH)], 0),
        ([(2, TWENTIETH)], 0),
        ([(1, TWENTIETH)], 3),
    ]


def test_a_line_may_be_filled_in_parts() -> None:
    assert layers([5], [(FIFTH, 3), (TWENTIETH, 9)]) == [([(3, FIFTH), (2, TWENTIETH)], 0)]


def test_without_supply_everything_is_unknown() -> None:
    assert layers([2, 0, 1], []) == [([], 2), ([], 0), ([], 1)]


def test_units_bought_for_a_line_come_to_it_whoever_is_ahead() -> None:
    first, second = Demand(1, 3, 0, 0), Demand(2, 2, 0, 0)
    assert expected_dates([first, second], [Delivery(FIFTH, 1, 1), Delivery(TWENTIETH, 1, 3, line_id=2)]) == [
        ([(1, FIFTH), (1, TWENTIETH)], 1),
        ([(2, TWENTIETH)], 0),
    ]


@given(SHORT, SUPPLY)
def test_it_is_what_handing_out_unit_by_unit_comes_to(short: list[int], supply: list[tuple[date, int]]) -> None:
    coming = [day for day, units in sorted(supply) for _ in range(units)]
    for units, (parts, uncovered) in zip(short, layers(short, supply), strict=True):
        mine, coming = coming[:units], coming[units:]
        assert [day for count, day in _merged(parts) for _ in range(count)] == mine
        assert uncovered == units - len(mine)


def _merged(parts: list[tuple[int, date]]) -> list[tuple[int, date]]:
    assert all(count > 0 for count, _ in parts)
    return parts
