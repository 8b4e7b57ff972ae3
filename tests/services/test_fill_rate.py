"""The fill rate is about the first time that a line asks: what was short then stays short, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orderdesk.domain.figures import FillRate, Share
from orderdesk.services.answers import cancel_what_waits, send_substitute
from orderdesk.services.drafts import SubstituteDraft
from orderdesk.services.drop_ship import send_direct, supplier_shipped
from orderdesk.services.history import redo, undo
from orderdesk.services.listings import snippet
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, cancel_order, hold_order, mark_paid, release_order, ship_order
from orderdesk.storage.queries.figures import figures
from tests.builders import NOW, Shop


def fill(shop: Shop) -> FillRate:
    """As of the fill rate of all orders; the week that they were placed in says the same."""
    with shop.store.read() as view:
        found = figures(view, now=NOW)
    of_weeks = [week.fill for week in found.weeks if week.fill.whole]
    assert of_weeks == ([found.fill.units] if found.fill.units.whole else [])
    return found.fill


def order_more_or_less(shop: Shop, number: str, quantity: int) -> None:
    draft = draft_of_order(shop.store, shop.orders[number])
    draft.lines[0].quantity = str(quantity)
    edit_order(shop.store, shop.orders[number], draft, now=shop.tick())


def test_canceling_what_waits_makes_no_better_figure_and_no_better_snippet(shop: Shop) -> None:
    shop.stock("A", 24)
    numbers = [str(number) for number in range(1001, 1041)]
    for number in numbers:
        shop.order(number, ("A", 1), customer=f"Customer {number}")
    before = fill(shop)
    assert (before.units, before.lines, before.orders) == (Share(24, 40), Share(24, 40), Share(24, 40))
    for number in numbers[24:]:
        cancel_order(shop.store, shop.orders[number], now=shop.tick())
    assert fill(shop) == before
    assert "%" not in snippet(shop.store, "own", "en", today=NOW.date())


ENDS: dict[str, Callable[[Shop], object]] = {
    "the customer cancels what waits": lambda shop: cancel_what_waits(shop.store, shop.orders["1"], now=shop.tick()),
    "one by one": lambda shop: [cancel_line(shop.store, shop.line("1", "A"), 1, now=shop.tick()) for _ in range(7)],
    "another product": lambda shop: send_substitute(shop.store, shop.line("1", "A"), SubstituteDraft(sku="B"), now=shop.tick()),
    "the supplier": lambda shop: (
        send_direct(shop.store, shop.line("1", "A"), 7, now=shop.tick()),
        supplier_shipped(shop.store, shop.line("1", "A"), 7, now=shop.tick()),
    ),
    "a delivery": lambda shop: shop.receive("A", 7),
    "held and released with a delivery between": lambda shop: (
        hold_order(shop.store, shop.orders["1"], now=shop.tick()),
        shop.receive("A", 7),
        release_order(shop.store, shop.orders["1"], now=shop.tick()),
    ),
    "held for good": lambda shop: hold_order(shop.store, shop.orders["1"], now=shop.tick()),
    "a delivery, then sent": lambda shop: (shop.receive("A", 7), ship_order(shop.store, shop.orders["1"], now=shop.tick())),
    "sent in two parcels": lambda shop: (
        ship_order(shop.store, shop.orders["1"], now=shop.tick()),
        shop.receive("A", 7),
        ship_order(shop.store, shop.orders["1"], now=shop.tick()),
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_was_short_at_first_stays_short_however_the_wait_ends(shop: Shop, end: str) -> None:
    shop.stock("A", 3)
    shop.stock("B", 20)
    shop.order("1", ("A", 10), ("B", 1))
    assert fill(shop) == FillRate(Share(4, 11), Share(1, 2), Share(0, 1))
    ENDS[end](shop)
    assert fill(shop) == FillRate(Share(4, 11), Share(1, 2), Share(0, 1))


def test_what_was_there_and_is_canceled_counts_neither_way(shop: Shop) -> None:
    """Of 10 units 3 were there: canceled with all others, they were never to be filled."""
    shop.stock("A", 3)
    shop.order("1", ("A", 10))
    shop.stock("B", 9)
    shop.order("2", ("B", 2))
    cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    assert fill(shop) == FillRate(Share(2, 9), Share(1, 2), Share(1, 2))
    cancel_order(shop.store, shop.orders["2"], now=shop.tick())
    assert fill(shop) == FillRate(Share(0, 7), Share(0, 1), Share(0, 1))


def test_an_order_canceled_before_it_asked_counts_neither_way(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("1", ("A", 4), paid=False)
    cancel_line(shop.store, shop.line("1", "A"), 2, now=shop.tick())
    assert fill(shop).units == Share(0, 0)
    mark_paid(shop.store, shop.orders["1"], now=shop.tick())
    assert fill(shop).units == Share(1, 2)


def test_what_the_supplier_sends_from_the_outset_is_filled_and_what_had_waited_is_not(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 2), paid=False)
    send_direct(shop.store, shop.line("1", "A"), 2, now=shop.tick())
    mark_paid(shop.store, shop.orders["1"], now=shop.tick())
    assert fill(shop).units == Share(2, 2)
    shop.order("2", ("A", 2))
    send_direct(shop.store, shop.line("2", "A"), 2, now=shop.tick())
    assert fill(shop).units == Share(2, 4)


def test_more_units_ask_when_they_are_ordered_and_fewer_never_asked(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.order("1", ("A", 1))
    order_more_or_less(shop, "1", 4)
    shop.receive("A", 9)
    assert fill(shop).units == Share(2, 4)
    order_more_or_less(shop, "1", 6)
    assert fill(shop).units == Share(4, 6)
    order_more_or_less(shop, "1", 4)
    assert fill(shop).units == Share(4, 4)


def test_a_payment_or_a_count_that_was_a_mistake_has_asked_for_nothing(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("NEW", None)
    shop.order("1", ("A", 1), paid=False)
    shop.order("2", ("NEW", 1))
    mark_paid(shop.store, shop.orders["1"], now=shop.tick())
    undo(shop.store, now=shop.tick())
    shop.count("NEW", 0)
    assert fill(shop).units == Share(0, 1)
    undo(shop.store, now=shop.tick())
    shop.receive("A", 1)
    shop.count("NEW", 1)
    mark_paid(shop.store, shop.orders["1"], now=shop.tick())
    assert fill(shop).units == Share(2, 2)


def test_undoing_how_the_wait_ended_and_doing_it_again_changes_nothing(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("1", ("A", 3))
    cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    for act, units in ((undo, Share(1, 3)), (redo, Share(0, 2))):
        act(shop.store, now=shop.tick())
        assert fill(shop).units == units


def test_fees_are_never_short_and_left_out_where_kits_count(shop: Shop) -> None:
    shop.stock("FEE", None, tracked=False)
    shop.stock("SHADE", 2)
    shop.stock("LAMP", None, parts="2 x SHADE")
    shop.order("1", ("LAMP", 2), ("FEE", 1))
    assert fill(shop) == FillRate(Share(1, 2), Share(0, 1), Share(0, 1))
    with shop.store.read() as view:
        assert figures(view, now=NOW).open_fill == fill(shop)
