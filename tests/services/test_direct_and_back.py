"""Units that never see the shelf, and units that come back to it."""

from __future__ import annotations

import pytest

from orderdesk.domain.errors import NothingToDoError, RefusedError, TooManyError
from orderdesk.services.drafts import LineDraft
from orderdesk.services.drop_ship import send_direct, send_from_shelf, supplier_shipped
from orderdesk.services.history import undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, cancel_order, ship_order
from orderdesk.services.returns import exchange_units
from orderdesk.storage.queries.order_detail import LineRow, order_detail
from orderdesk.storage.queries.today import agenda
from tests.builders import Shop


@pytest.fixture
def queue(shop: Shop) -> Shop:
    """Two orders of 3 for 4 units."""
    shop.stock("A", 4)
    for number in ("1001", "1002"):
        shop.order(number, ("A", 3))
    return shop


def lines(shop: Shop, number: str) -> list[LineRow]:
    with shop.store.read() as view:
        return order_detail(view, shop.orders[number], today=shop.now.date()).lines


def test_what_the_supplier_sends_is_not_short_any_more(queue: Shop) -> None:
    send_direct(queue.store, queue.line("1002", "A"), 2, now=queue.tick())
    assert queue.quantities("1002", "A") == (1, 0)
    (line,) = lines(queue, "1002")
    assert (line.drop_ship, line.status) == (2, "awaiting_supplier")
    assert queue.status("1002") == "ready"


def test_an_order_of_which_only_the_supplier_has_something_to_send_is_not_ready(queue: Shop) -> None:
    send_direct(queue.store, queue.line("1002", "A"), 3, now=queue.tick())
    assert queue.status("1002") == "awaiting_supplier"
    with queue.store.read() as view:
        assert [row.number for row in agenda(view, today=queue.now.date()).ready] == ["1001"]
    with pytest.raises(NothingToDoError) as refused:
        ship_order(queue.store, queue.orders["1002"], now=queue.tick())
    assert refused.value.remedy == "Its supplier sends it directly: note it when it has left them."
    supplier_shipped(queue.store, queue.line("1002", "A"), 3, now=queue.tick())
    assert queue.status("1002") == "shipped"


def test_units_of_the_shelf_that_are_not_needed_go_to_the_next(queue: Shop) -> None:
    send_direct(queue.store, queue.line("1001", "A"), 3, now=queue.tick())
    assert queue.quantities("1002", "A") == (3, 0)
    send_from_shelf(queue.store, queue.line("1001", "A"), 3, now=queue.tick())
    assert (queue.quantities("1001", "A"), queue.quantities("1002", "A")) == ((3, 0), (1, 2))


def test_what_left_the_supplier_has_shipped_and_the_shelf_is_as_it_was(queue: Shop) -> None:
    send_direct(queue.store, queue.line("1002", "A"), 2, now=queue.tick())
    with pytest.raises(TooManyError):
        supplier_shipped(queue.store, queue.line("1002", "A"), 3, now=queue.tick())
    supplier_shipped(queue.store, queue.line("1002", "A"), 2, now=queue.tick())
    (line,) = lines(queue, "1002")
    assert (line.shipped, line.drop_ship, line.allocated) == (2, 0, 1)
    with queue.store.read() as view:
        assert view.value("SELECT on_hand FROM product") == 4
    undo(queue.store, now=queue.tick())
    assert lines(queue, "1002")[0].drop_ship == 2


def test_canceling_takes_what_the_supplier_was_to_send_before_what_is_here(queue: Shop) -> None:
    send_direct(queue.store, queue.line("1002", "A"), 1, now=queue.tick())
    cancel_line(queue.store, queue.line("1002", "A"), 2, now=queue.tick())
    (line,) = lines(queue, "1002")
    assert (line.canceled, line.drop_ship, line.allocated) == (2, 0, 1)


def test_an_exchange_is_a_new_line_in_the_same_place_and_costs_nothing(queue: Shop) -> None:
    queue.stock("B", 1, price="99.00")
    ship_order(queue.store, queue.orders["1001"], now=queue.tick())
    queue.order("1003", ("B", 1), placed_on="2026-11-04")
    with queue.store.read() as view:
        before = view.value("SELECT total_minor FROM orders WHERE order_number = '1001'")
    step = exchange_units(queue.store, queue.line("1001", "A"), 1, queue.products["B"], resalable=False, now=queue.tick())
    assert step.summary == "Took back 1 of Product A from order 1001, damaged, in exchange for Product B"
    first, other = lines(queue, "1001")
    assert (first.returned, first.shipped, other.sku, other.allocated, other.stand_in) == (1, 3, "B", 1, "exchange")
    assert queue.quantities("1003", "B") == (0, 1)
    with queue.store.read() as view:
        assert view.value("SELECT total_minor FROM orders WHERE order_number = '1001'") == before
    undo(queue.store, now=queue.tick())
    assert len(lines(queue, "1001")) == 1
    assert queue.quantities("1003", "B") == (1, 0)


def test_more_of_what_is_sent_in_exchange_is_a_line_of_its_own_that_has_to_be_paid(queue: Shop) -> None:
    queue.stock("B", 3)
    order = queue.orders["1001"]
    ship_order(queue.store, order, now=queue.tick())
    exchange_units(queue.store, queue.line("1001", "A"), 1, queue.products["B"], resalable=True, now=queue.tick())
    draft = draft_of_order(queue.store, order)
    draft.lines[1].quantity = "3"
    with pytest.raises(RefusedError, match="Product B goes out in place of something else"):
        edit_order(queue.store, order, draft, now=queue.tick())
    draft.lines[1].quantity = "1"
    draft.lines.append(LineDraft(product_id=queue.products["B"], quantity="2", unit_price="10.00"))
    step = edit_order(queue.store, order, draft, now=queue.tick())
    assert step.summary == "Edited order 1001; it comes to 20.00 USD more than was paid"


def test_an_order_is_not_canceled_once_something_is_sent_in_exchange(queue: Shop) -> None:
    ship_order(queue.store, queue.orders["1001"], {queue.line("1001", "A"): 1}, now=queue.tick())
    cancel_order(queue.store, queue.orders["1001"], now=queue.tick())
    exchange_units(queue.store, queue.line("1001", "A"), 1, queue.products["A"], resalable=False, now=queue.tick())
    with queue.store.read() as view:
        assert not order_detail(view, queue.orders["1001"], today=queue.now.date()).canceled
