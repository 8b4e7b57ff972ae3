"""The numbered scenarios that define allocation, told through the services."""

from __future__ import annotations

import itertools
import random

import pytest

from orderdesk.domain.errors import TooManyError
from orderdesk.services import history, orders
from tests.builders import Shop


def test_1_the_second_order_gets_what_the_first_one_leaves(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    assert (shop.quantities("1001", "A"), shop.status("1001")) == ((2, 0), "ready")
    assert (shop.quantities("1002", "A"), shop.status("1002")) == ((1, 1), "partly_ready")


def test_2_a_receipt_completes_the_waiting_order_and_leaves_the_first_alone(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    step = shop.receive("A", 1)
    assert [(shift.order_number, shift.before, shift.after) for shift in step.gained] == [("1002", 1, 2)]
    assert shop.status("1002") == "ready"
    assert shop.quantities("1001", "A") == (2, 0)


def test_3_a_count_down_takes_from_the_last_first_and_undo_gives_it_back(shop: Shop) -> None:
    shop.stock("A", 4)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    step = shop.count("A", 1)
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((1, 1), (0, 2))
    assert {(shift.order_number, shift.before, shift.after) for shift in step.lost} == {("1001", 2, 1), ("1002", 2, 0)}
    history.undo(shop.store, now=shop.tick())
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((2, 0), (2, 0))
    history.redo(shop.store, now=shop.tick())
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((1, 1), (0, 2))
    shop.count("A", 4)
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((2, 0), (2, 0))


def test_4_an_earlier_order_that_comes_late_takes_units_and_the_loser_is_named(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("E-2", ("A", 3), placed_on="2026-10-20", channel="etsy")
    shop.order("T-1", ("A", 2), placed_on="2026-10-10", channel="own")
    assert shop.quantities("T-1", "A") == (2, 0)
    assert shop.quantities("E-2", "A") == (1, 2)
    with shop.store.read() as view:
        assert view.all("SELECT before, after FROM allocation_change") == [(3, 1)]


def test_5_canceling_the_first_order_frees_its_units_for_the_next(shop: Shop) -> None:
    shop.stock("A", 2)
    for number, wanted in (("1", 2), ("2", 1), ("3", 2)):
        shop.order(number, ("A", wanted))
    orders.cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    assert shop.quantities("2", "A") == (1, 0)
    assert shop.quantities("3", "A") == (1, 1)
    assert shop.status("1") == "canceled"


def test_6_canceling_units_takes_backordered_ones_first_and_never_more_than_is_open(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.order("1", ("A", 5))
    orders.cancel_line(shop.store, shop.line("1", "A"), 3, now=shop.tick())
    assert (shop.quantities("1", "A"), shop.status("1")) == ((2, 0), "ready")
    with pytest.raises(TooManyError, match="only 2"):
        orders.cancel_line(shop.store, shop.line("1", "A"), 6, now=shop.tick())


def test_9_the_order_of_arrival_does_not_decide_who_is_served(shop: Shop) -> None:
    numbers = [f"#{number}" for number in range(995, 1005)]
    for trial, shuffled in enumerate(random.Random(9).sample(list(itertools.permutations(numbers[:5])), 10)):
        shop.stock(f"A{trial}", 1)
        for number in shuffled:
            shop.order(f"{number}/{trial}", (f"A{trial}", 1))
        served = [number for number in numbers[:5] if shop.quantities(f"{number}/{trial}", f"A{trial}") == (1, 0)]
        assert served == ["#995"]


def test_9_numbers_rank_as_people_count(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("#1001", ("A", 1))
    shop.order("#999", ("A", 1))
    assert shop.quantities("#999", "A") == (1, 0)


def test_10_a_partial_shipment_leaves_the_rest_backordered_and_can_be_undone(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1", ("A", 5))
    with pytest.raises(TooManyError, match="only 3"):
        orders.ship_order(shop.store, shop.orders["1"], {shop.line("1", "A"): 4}, now=shop.tick())
    orders.ship_order(shop.store, shop.orders["1"], now=shop.tick())
    with shop.store.read() as view:
        assert view.all("SELECT shipped, backordered, allocated FROM order_line") == [(3, 2, 0)]
        assert view.value("SELECT on_hand FROM product") == 0
    history.undo(shop.store, now=shop.tick())
    assert shop.quantities("1", "A") == (3, 2)
    history.redo(shop.store, now=shop.tick())
    assert shop.quantities("1", "A") == (0, 2)


def test_11_the_shortage_is_what_is_missing_not_what_was_ordered(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1", ("A", 8))
    with shop.store.read() as view:
        assert view.value("SELECT backordered_units FROM orders") == 5
