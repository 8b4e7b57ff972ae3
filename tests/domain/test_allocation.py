"""Who gets the stock: the closed form of the rules, against giving out one unit after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.allocation import Demand, allocate, over_allocated


@st.composite
def _demands(draw: st.DrawFn) -> list[Demand]:
    """A queue; now and then with more firm units than any shelf holds."""
    wanted = draw(st.lists(st.integers(0, 9), max_size=12))
    return [Demand(place, units, draw(st.one_of(st.just(0), st.integers(0, units))), 0) for place, units in enumerate(wanted)]


ON_HAND = st.integers(0, 40)


def unit_by_unit(on_hand: int, queue: list[Demand]) -> list[int]:
    """The rules word for word: every firm unit in queue order, then every other unit in queue order, while units last."""
    shares = [0] * len(queue)
    for part in ("firm", "wanted"):
        for place, demand in enumerate(queue):
            while on_hand and shares[place] < getattr(demand, part):
                shares[place] += 1
                on_hand -= 1
    return shares


@given(ON_HAND, _demands())
def test_it_is_what_giving_out_unit_by_unit_comes_to(on_hand: int, queue: list[Demand]) -> None:
    assert allocate(on_hand, queue) == unit_by_unit(on_hand, queue)


@given(ON_HAND, _demands())
def test_never_more_than_the_shelf_holds_and_nothing_idle(on_hand: int, queue: list[Demand]) -> None:
    shares = allocate(on_hand, queue)
    assert all(0 <= share <= demand.wanted for share, demand in zip(shares, queue, strict=True))
    assert sum(shares) == min(on_hand, sum(demand.wanted for demand in queue))


@given(ON_HAND, _demands())
def test_nobody_is_served_beyond_firm_units_before_one_who_stands_ahead(on_hand: int, queue: list[Demand]) -> None:
    shares = allocate(on_hand, queue)
    for place, demand in enumerate(queue):
        if shares[place] < demand.wanted:
            assert all(shares[later] <= queue[later].firm for later in range(place + 1, len(queue)))


@given(ON_HAND, _demands())
def test_firm_units_come_first(on_hand: int, queue: list[Demand]) -> None:
    shares = allocate(on_hand, queue)
    short_of_firm = [place for place, demand in enumerate(queue) if shares[place] < demand.firm]
    if short_of_firm:
        assert sum(shares) == on_hand
        assert all(shares[place] <= queue[place].firm for place in range(len(queue)))
        assert all(shares[place] == 0 for place in range(short_of_firm[0] + 1, len(queue)))


@given(ON_HAND, _demands())
def test_over_allocated_is_what_firm_units_lack(on_hand: int, queue: list[Demand]) -> None:
    lacking = sum(max(0, demand.firm - share) for demand, share in zip(queue, allocate(on_hand, queue), strict=True))
    assert over_allocated(on_hand, queue) == lacking


@given(ON_HAND, _demands(), st.randoms(use_true_random=False))
def test_only_the_place_in_the_queue_counts_not_the_order_of_arrival(on_hand: int, queue: list[Demand], draw: object) -> None:
    arrived = list(queue)
    draw.shuffle(arrived)  # type: ignore[attr-defined]
    again = sorted(arrived, key=lambda demand: demand.line_id)
    assert allocate(on_hand, again) == allocate(on_hand, queue)


@given(ON_HAND, _demands(), st.integers(1, 9))
def test_more_stock_takes_from_nobody(on_hand: int, queue: list[Demand], more: int) -> None:
    before, after = allocate(on_hand, queue), allocate(on_hand + more, queue)
    assert all(later >= earlier for earlier, later in zip(before, after, strict=True))


@given(ON_HAND, _demands(), st.integers(1, 9))
def test_who_joins_at_the_end_takes_from_nobody(on_hand: int, queue: list[Demand], wanted: int) -> None:
    assert allocate(on_hand, [*queue, Demand(99, wanted, 0, 0)])[:-1] == allocate(on_hand, queue)


@given(ON_HAND, _demands())
def test_units_short_never_depend_on_the_order_of_the_queue(on_hand: int, queue: list[Demand]) -> None:
    assert sum(allocate(on_hand, queue)) == sum(allocate(on_hand, queue[::-1]))


def test_the_clamp_of_the_rules() -> None:
    queue = [Demand(1, 2, 0, 0), Demand(2, 1, 0, 0), Demand(3, 2, 0, 0)]
    assert [allocate(on_hand, queue) for on_hand in range(6)] == [
        [0, 0, 0],
        [1, 0, 0],
        [2, 0, 0],
        [2, 1, 0],
        [2, 1, 1],
        [2, 1, 2],
    ]
    pinned = [Demand(1, 2, 0, 0), Demand(2, 3, 2, 0)]
    assert [allocate(on_hand, pinned) for on_hand in (1, 2, 3, 4, 5)] == [[0, 1], [0, 2], [1, 2], [2, 2], [2, 3]]
    assert over_allocated(1, pinned) == 1
