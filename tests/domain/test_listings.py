"""The listing guard: nothing is on offer that isn't there, and what has bids gives way last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.listings import Advice, Advised, ListingFormat, Offered, Shelf, free_to_list, guard, runs_out

TODAY = date(2026, 11, 23)
AUCTION, FIXED = ListingFormat.AUCTION, ListingFormat.FIXED_PRICE
KEEP = Advised(Advice.KEEP, 1)
A, B = 1, 2
ONE = {A: 1}


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def shelf(free: int, rate: float) -> dict[int, Shelf]:
    return {A: Shelf(free, runs_out(free, rate, TODAY))}


def test_16_one_free_unit_stays_with_the_auction_that_has_bids() -> None:
    assert free_to_list(5, 3, 1) == 1
    offered = [Offered(1, FIXED, 4, 0, None, ONE), Offered(2, AUCTION, 1, 3, day(2), ONE), Offered(3, AUCTION, 1, 0, day(1), ONE)]
    assert guard({A: Shelf(1)}, offered) == {
        1: Advised(Advice.REDUCE, 0),
        2: KEEP,
        3: Advised(Advice.END, 0),
    }


@pytest.mark.parametrize(
    ("free", "advice"),
    [
        (6, (Advised(Advice.KEEP, 4), KEEP, KEEP)),
        (4, (Advised(Advice.REDUCE, 2), KEEP, KEEP)),
        (2, (Advised(Advice.REDUCE, 0), KEEP, KEEP)),
        (0, (Advised(Advice.REDUCE, 0), Advised(Advice.END, 0), Advised(Advice.END, 0))),
    ],
)
def test_a_fixed_price_gives_way_before_an_auction(free: int, advice: tuple[Advised, ...]) -> None:
    offered = [Offered(1, FIXED, 4, 0, None, ONE), Offered(2, AUCTION, 1, 0, day(2), ONE), Offered(3, AUCTION, 1, 0, day(1), ONE)]
    advised = guard({A: Shelf(free)}, offered)
    assert tuple(advised[each.id] for each in offered) == advice


def test_of_two_auctions_the_one_that_ends_first_is_kept() -> None:
    offered = [Offered(1, AUCTION, 1, 0, day(5), ONE), Offered(2, AUCTION, 1, 0, day(2), ONE)]
    assert guard({A: Shelf(1)}, offered) == {1: Advised(Advice.END, 0), 2: KEEP}


@pytest.mark.parametrize(("rate", "end_by"), [(0, None), (1, None), (1.25, day(8)), (2, day(5)), (9.9, day(1)), (11, TODAY)])
def test_an_auction_is_to_end_before_the_stock_runs_out_at_the_present_rate(rate: float, end_by: date | None) -> None:
    (advised,) = guard(shelf(10, rate), [Offered(1, AUCTION, 1, 2, day(10), ONE)]).values()
    assert advised == (Advised(Advice.SHORTEN, 1, end_by) if end_by else KEEP)


def test_a_fixed_price_is_not_shortened() -> None:
    offered = [Offered(1, FIXED, 1, 0, day(10), ONE), Offered(2, AUCTION, 1, 0, TODAY, ONE)]
    assert guard(shelf(2, 2), offered) == {1: KEEP, 2: KEEP}


def test_what_shares_a_shelf_shares_what_is_free_and_is_kept_until_the_first_part_is_sold_out() -> None:
    kits = Offered(1, AUCTION, 2, 1, day(9), {A: 1, B: 2})
    offered = [kits, Offered(2, FIXED, 2, 0, None, ONE), Offered(3, FIXED, 5, 0, None, {B: 1}), Offered(4, FIXED, 9, 0, None)]
    assert guard({A: Shelf(2, day(8)), B: Shelf(5, day(5))}, offered) == {
        1: Advised(Advice.SHORTEN, 2, day(5)),
        2: Advised(Advice.REDUCE, 0),
        3: Advised(Advice.REDUCE, 1),
        4: Advised(Advice.KEEP, 9),
    }


OFFERS = st.lists(
    st.builds(
        Offered,
        id=st.integers(1, 10_000),
        format=st.sampled_from(ListingFormat),
        quantity=st.integers(0, 20),
        bids=st.integers(0, 3),
        ends_on=st.none() | st.dates(TODAY, TODAY + timedelta(days=40)),
        takes=st.just(ONE),
    ),
    max_size=12,
    unique_by=lambda offered: offered.id,
)


@given(free=st.integers(0, 60), offered=OFFERS, rate=st.floats(0, 30))
def test_no_more_stays_on_offer_than_is_free_and_nobody_changes_for_nothing(
    free: int, offered: list[Offered], rate: float
) -> None:
    advised = guard(shelf(free, rate), offered)
    assert set(advised) == {each.id for each in offered}
    assert sum(said.keep for said in advised.values()) == min(free, sum(each.quantity for each in offered))
    for each in offered:
        said = advised[each.id]
        assert (said.keep < each.quantity) == (said.advice in (Advice.REDUCE, Advice.END))
        assert said.end_by is None or (each.ends_on is not None and TODAY <= said.end_by < each.ends_on)
    assert advised == guard(shelf(free, rate), offered[::-1])
