"""What follows from facts that no button sets yet: firm units, priority, drop-shipped units; and undo out of turn."""

from __future__ import annotations

import pytest

from orderdesk.domain.errors import RefusedError
from orderdesk.domain.orders import Order, OrderLine
from orderdesk.services import history, orders, products
from orderdesk.services.checks import check
from orderdesk.services.drafts import ProductDraft
from orderdesk.storage.transaction import Transaction
from tests.builders import Shop


def _set_line(shop: Shop, number: str, **facts: int) -> Transaction:
    with shop.store.begin("pin", f"Pinned {number}", now=shop.tick()) as transaction:
        line: OrderLine = transaction.order_line(shop.line(number, "A"))
        for name, value in facts.items():
            setattr(line, name, value)
    return transaction


def _set_priority(shop: Shop, number: str, priority: int) -> None:
    with shop.store.begin("priority", f"{number} first", now=shop.tick()) as transaction:
        order: Order = transaction.order(shop.orders[number])
        order.priority = priority


@pytest.fixture
def two_waiting(shop: Shop) -> Shop:
    shop.stock("A", 3)
    shop.order("1", ("A", 2))
    shop.order("2", ("A", 2))
    return shop


def test_firm_units_are_lost_last(two_waiting: Shop) -> None:
    _set_line(two_waiting, "2", firm=1)
    two_waiting.count("A", 1)
    assert (two_waiting.quantities("1", "A"), two_waiting.quantities("2", "A")) == ((0, 2), (1, 1))
    two_waiting.count("A", 3)
    assert (two_waiting.quantities("1", "A"), two_waiting.quantities("2", "A")) == ((2, 0), (1, 1))
    assert check(two_waiting.store) == []


def test_more_firm_units_than_stock_is_a_conflict_that_is_told_and_never_more_than_the_shelf(two_waiting: Shop) -> None:
    _set_line(two_waiting, "1", firm=2)
    _set_line(two_waiting, "2", firm=1)
    step = two_waiting.count("A", 1)
    assert step.over_allocated == 2
    assert (two_waiting.quantities("1", "A"), two_waiting.quantities("2", "A")) == ((1, 1), (0, 2))
    assert two_waiting.receive("A", 2).over_allocated == 0
    assert check(two_waiting.store) == []


def test_an_order_that_comes_late_takes_no_firm_units(two_waiting: Shop) -> None:
    _set_line(two_waiting, "2", firm=1)
    two_waiting.order("0", ("A", 3), placed_on="2026-10-01")
    assert [two_waiting.quantities(number, "A") for number in ("0", "1", "2")] == [(2, 1), (0, 2), (1, 1)]
    assert check(two_waiting.store) == []


def test_7_priority_comes_before_every_date(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("1", ("A", 1))
    shop.order("2", ("A", 1), placed_on="2026-11-09")
    assert shop.quantities("1", "A") == (1, 0)
    _set_priority(shop, "2", 1)
    assert (shop.quantities("1", "A"), shop.quantities("2", "A")) == ((0, 1), (1, 0))
    history.undo(shop.store, now=shop.tick())
    assert (shop.quantities("1", "A"), shop.quantities("2", "A")) == ((1, 0), (0, 1))


def test_drop_shipped_units_never_take_from_the_shelf(two_waiting: Shop) -> None:
    _set_line(two_waiting, "1", drop_ship=1, allocated=1)
    assert (two_waiting.quantities("1", "A"), two_waiting.quantities("2", "A")) == ((1, 0), (2, 0))
    with two_waiting.store.read() as view:
        assert view.value("SELECT sum(ordered - shipped - canceled - drop_ship - allocated - backordered) FROM order_line") == 0


def test_a_product_that_came_in_since_is_not_undone_away(shop: Shop) -> None:
    product = products.add_product(shop.store, ProductDraft(sku="A", title="Lamp", on_hand="3"), now=shop.tick())
    with shop.store.read() as view:
        added = view.value("SELECT max(id) FROM event")
    products.receive_stock(shop.store, product, 5, now=shop.tick())
    with pytest.raises(RefusedError, match="5 have come in since"):
        history.undo(shop.store, event_id=added, now=shop.tick())
    assert check(shop.store) == []


def test_undoing_a_receipt_does_not_bring_back_an_order_that_was_undone_before_it(shop: Shop) -> None:
    """The receipt ended the order's wait; the order's making was undone out of turn, then the receipt."""
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    with shop.store.read() as view:
        added = view.value("SELECT max(id) FROM event")
    shop.receive("A", 1)
    history.undo(shop.store, event_id=added, now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert view.all("SELECT order_number FROM orders") == []
    assert check(shop.store) == []
    history.redo(shop.store, now=shop.tick())
    history.redo(shop.store, now=shop.tick())
    assert shop.quantities("1", "A") == (1, 0)
    assert check(shop.store) == []


def test_units_that_were_shipped_since_stand_in_the_way_of_undoing_their_receipt(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 2))
    received = shop.receive("A", 2).event_id
    orders.ship_order(shop.store, shop.orders["1"], now=shop.tick())
    with pytest.raises(RefusedError):
        history.undo(shop.store, event_id=received, now=shop.tick())
    assert check(shop.store) == []


def test_a_step_that_a_later_one_built_on_is_not_undone_before_it(two_waiting: Shop) -> None:
    """To put the order back as it was before the first change would silently drop the second."""
    held = orders.hold_order(two_waiting.store, two_waiting.orders["1"], "Waits for an answer", now=two_waiting.tick()).event_id
    orders.cancel_line(two_waiting.store, two_waiting.line("1", "A"), 1, now=two_waiting.tick())
    orders.release_order(two_waiting.store, two_waiting.orders["1"], now=two_waiting.tick())
    with pytest.raises(RefusedError, match="a later one has built on it") as refusal:
        history.undo(two_waiting.store, event_id=held, now=two_waiting.tick())
    assert "Released order 1" in refusal.value.remedy
    history.undo(two_waiting.store, now=two_waiting.tick())
    history.undo(two_waiting.store, now=two_waiting.tick())
    history.undo(two_waiting.store, event_id=held, now=two_waiting.tick())
    assert two_waiting.quantities("1", "A") == (2, 0)
