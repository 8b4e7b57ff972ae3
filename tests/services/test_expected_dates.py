"""The days that are told are those on which what is on order gets to a line: what allocation does when each delivery comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.errors import NothingToDoError
from orderdesk.services import firm, purchases
from orderdesk.services.drafts import SourceDraft
from orderdesk.storage.queries.expected import Coverage, coverage
from tests.builders import Shop, make_shop

FIRST, LATER = date(2026, 12, 5), date(2026, 12, 20)
_UNITS = st.integers(1, 4)
_DAYS = st.integers(1, 4).map(lambda weeks: date(2026, 11, 20) + timedelta(weeks=weeks))


@dataclass
class Supply:
    """What is on order for a shop, and when it comes."""

    shop: Shop
    under_way: dict[int, date] = field(default_factory=dict)

    def order(self, sku: str, units: int, day: date) -> None:
        wanted = {self.shop.products[sku]: units}
        number = purchases.draft_purchase(self.shop.store, "Acme", wanted, expected_on=day, now=self.shop.tick())
        key = purchases.find_purchase(self.shop.store, number)
        purchases.send_purchase(self.shop.store, key, now=self.shop.tick())
        self.under_way[key] = day

    def buy_for(self, number: str, sku: str, day: date) -> None:
        draft = SourceDraft("Corner Shop", expected_on=day.isoformat())
        made = purchases.source_line(self.shop.store, self.shop.line(number, sku), draft, now=self.shop.tick())
        self.under_way[purchases.find_purchase(self.shop.store, made.number)] = day

    def receive(self, day: date) -> None:
        for key in [key for key, expected_on in self.under_way.items() if expected_on == day]:
            purchases.receive_purchase(self.shop.store, key, now=self.shop.tick())


def told(shop: Shop) -> dict[int, Coverage]:
    with shop.store.read() as view:
        return coverage(view, shop.products.values(), today=shop.now.date())


def held(shop: Shop) -> dict[int, int]:
    """What each line has."""
    with shop.store.read() as view:
        return dict(view.all("SELECT id, allocated FROM order_line"))


def lose_kept_units(shop: Shop, kept: set[int], on_hand: int) -> None:
    """Some orders keep what they have; then fewer are counted."""
    for place in kept & set(range(len(shop.orders))):
        try:
            firm.keep_units(shop.store, shop.orders[str(place)], now=shop.tick())
        except NothingToDoError:
            continue
    shop.count("A", on_hand)


@given(
    lines=st.lists(st.tuples(st.sampled_from(("A", "B", "SET")), _UNITS), min_size=1, max_size=5),
    on_hand=st.tuples(st.integers(0, 5), st.integers(0, 5)),
    kept=st.sets(st.integers(0, 4), max_size=2),
    counted=st.integers(0, 3),
    bought=st.dictionaries(st.integers(0, 4), _DAYS, max_size=3),
    deliveries=st.lists(st.tuples(st.sampled_from("AB"), _UNITS, _DAYS), max_size=4),
    with_kits=st.booleans(),
)
def test_every_line_has_its_units_on_the_days_that_were_told(
    tmp_path_factory: pytest.TempPathFactory,
    lines: Sequence[tuple[str, int]],
    on_hand: tuple[int, int],
    kept: set[int],
    counted: int,
    bought: dict[int, date],
    deliveries: Sequence[tuple[str, int, date]],
    with_kits: bool,
) -> None:
    """And no more, once all that is on order was received. A kit that gets complete takes parts from whoever is behind it."""
    shop = make_shop(tmp_path_factory.mktemp("shop"))
    shop.stock("A", on_hand[0])
    shop.stock("B", on_hand[1])
    if with_kits:
        shop.stock("SET", None, parts="2 x A; B")
    wanted = [(sku if with_kits or sku != "SET" else "A", units) for sku, units in lines]
    for place, line in enumerate(wanted):
        shop.order(str(place), line)
    lose_kept_units(shop, kept, counted)
    supply = Supply(shop)
    for place, day in bought.items():
        if place < len(wanted) and wanted[place][0] != "SET" and shop.quantities(str(place), wanted[place][0])[1]:
            supply.buy_for(str(place), wanted[place][0], day)
    for delivery in deliveries:
        supply.order(*delivery)
    promised, before = told(shop), held(shop)
    for day in sorted({*supply.under_way.values()}):
        supply.receive(day)
        after = held(shop)
        for line, each in promised.items():
            by_then = sum(units for units, on in each.parts if on <= day)
            assert not by_then or after[line] - before[line] >= by_then
            assert with_kits or after[line] - before[line] == by_then
    for line, each in promised.items():
        assert after[line] - before[line] == sum(units for units, _ in each.parts)
    shop.store.close()


def test_the_next_in_the_queue_gets_what_a_line_needs_no_more_once_that_comes(shop: Shop) -> None:
    """Until the units bought for it are here, a line takes its turn in the queue for all others."""
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    supply = Supply(shop)
    supply.buy_for("1001", "A", LATER)
    supply.order("A", 2, FIRST)
    assert told(shop) == {shop.line("1001", "A"): Coverage(((2, FIRST),), 0), shop.line("1002", "A"): Coverage(((2, LATER),), 0)}
    supply.receive(FIRST)
    supply.receive(LATER)
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((2, 0), (2, 0))


def test_who_lost_kept_units_gets_the_next_that_come(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1001", ("A", 2), placed_on="2026-11-10")
    firm.keep_units(shop.store, shop.orders["1001"], now=shop.tick())
    shop.order("1000", ("A", 2), placed_on="2026-11-01")
    shop.count("A", 0)
    supply = Supply(shop)
    supply.order("A", 2, FIRST)
    supply.order("A", 1, LATER)
    assert told(shop) == {shop.line("1001", "A"): Coverage(((2, FIRST),), 0), shop.line("1000", "A"): Coverage(((1, LATER),), 1)}
    supply.receive(FIRST)
    assert (shop.quantities("1001", "A"), shop.quantities("1000", "A")) == ((2, 0), (0, 2))
