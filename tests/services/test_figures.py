"""The shop's figures on shops small enough to count by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.figures import AGES, Served, Share, by_age, fill_rate
from orderdesk.domain.notices import ToldBy
from orderdesk.services.apologies import apologize, mark_told
from orderdesk.storage.queries.figures import Figures, figures
from tests.builders import NOW, Shop


def of(shop: Shop, days_later: int = 0) -> Figures:
    with shop.store.read() as view:
        return figures(view, today=(NOW + timedelta(days=days_later)).date())


def test_the_fill_rate_by_unit_line_and_order(shop: Shop) -> None:
    """Scenario 17."""
    for sku, on_hand in (("A", 10), ("B", 1), ("C", 0)):
        shop.stock(sku, on_hand)
    shop.order("1", ("A", 4), ("B", 1))
    shop.order("2", ("A", 6))
    shop.order("3", ("B", 2))
    shop.order("4", ("A", 1), ("C", 1))
    found = of(shop).open_fill
    assert found == of(shop).fill
    assert (found.units, found.lines, found.orders) == (Share(11, 15), Share(3, 6), Share(2, 4))


def test_what_is_backordered_is_worth_so_much_and_has_its_causes(shop: Shop) -> None:
    shop.stock("A", 0, supplier="Acme")
    shop.stock("B", 1)
    shop.order("1", ("A", 4), ("B", 2))
    shop.order("2", ("A", 1))
    found = of(shop)
    assert (found.lines, found.units, found.orders) == (3, 6, 2)
    assert [str(amount.amount) for amount in found.value] == ["60.00"]
    assert [(each.name, each.units, each.lines) for each in found.products] == [("A", 5, 2), ("B", 1, 1)]
    assert [(each.name, each.units) for each in found.suppliers] == [("Acme", 5)]


@pytest.mark.parametrize(("days", "place"), [(0, 0), (2, 0), (3, 1), (7, 1), (8, 2), (14, 2), (15, 3), (30, 3), (31, 4), (99, 4)])
def test_backorders_by_age(shop: Shop, days: int, place: int) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 4))
    assert of(shop, days).ages == tuple(int(place == each) for each in range(len(AGES)))


def test_how_fast_customers_are_told(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    shop.order("2", ("A", 1), customer="Erin Vale")
    assert (of(shop).notifying.told, of(shop).notifying.waiting, of(shop).notifying.median) == (0, 2, None)
    shop.now += timedelta(hours=30)
    made = apologize(shop.store, [shop.orders["1"]], now=shop.now).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())
    told = of(shop).notifying
    assert (told.told, told.waiting, told.within_a_day) == (1, 1, Share(0, 1))
    assert told.worst is not None
    assert told.worst > timedelta(hours=30)


def test_an_empty_shop_has_no_rates(shop: Shop) -> None:
    found = of(shop)
    assert (found.fill.units.rate, found.value, sum(found.ages)) == (None, (), 0)


@given(st.lists(st.integers(0, 400)))
def test_every_line_falls_into_one_age(days: list[int]) -> None:
    assert sum(by_age(days)) == len(days)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 9), st.integers(0, 9))))
def test_no_rate_is_beyond_one_and_orders_are_the_hardest_to_fill(rows: list[tuple[int, int, int]]) -> None:
    found = fill_rate(Served(order, wanted, min(filled, wanted)) for order, wanted, filled in sorted(rows))
    assert found.orders.part <= found.lines.part <= found.units.part
    assert all(share.part <= share.whole for share in (found.units, found.lines, found.orders))
