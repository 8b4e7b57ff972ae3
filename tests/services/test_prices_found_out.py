"""A price that is found out later makes nothing owed that a channel paid back, or that was never paid."""

from __future__ import annotations

from pathlib import Path

import pytest

from orderdesk.domain.money import Money
from orderdesk.services.history import undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, mark_paid
from tests.builders import Shop
from tests.services.test_refunds import import_order, listed, owed


def type_price(shop: Shop, price: str) -> None:
    draft = draft_of_order(shop.store, shop.orders["77"])
    draft.lines[0].unit_price = price
    edit_order(shop.store, shop.orders["77"], draft, now=shop.tick())


@pytest.mark.parametrize("by_file", [True, False])
@pytest.mark.parametrize("canceled_here", [0, 1])
def test_what_a_file_canceled_without_a_price_is_not_owed_once_it_has_one(
    shop: Shop, tmp_path: Path, by_file: bool, canceled_here: int
) -> None:
    import_order(shop, tmp_path, 1, price="")
    if canceled_here:
        cancel_line(shop.store, shop.line("77", "LAMP"), 1, now=shop.tick())
    if by_file:
        import_order(shop, tmp_path, 1)
    else:
        type_price(shop, "10.00")
    mine = [("77", Money(1000, "USD"))] if canceled_here else []
    assert (owed(shop, "77"), listed(shop)) == (mine[0][1] if mine else None, mine)
    undo(shop.store, now=shop.tick())
    type_price(shop, "12.00")
    assert owed(shop, "77") == (Money(1200, "USD") if canceled_here else None)


def test_a_price_forgotten_and_typed_again_changes_nothing_of_what_is_owed(shop: Shop, tmp_path: Path) -> None:
    import_order(shop, tmp_path, 1)
    cancel_line(shop.store, shop.line("77", "LAMP"), 1, now=shop.tick())
    type_price(shop, "")
    assert listed(shop) == [("77", None)]
    type_price(shop, "10.00")
    assert listed(shop) == [("77", Money(1000, "USD"))]


def test_a_file_that_cancels_more_as_it_brings_the_price_leaves_owed_what_was_canceled_here(shop: Shop, tmp_path: Path) -> None:
    import_order(shop, tmp_path, 0, price="")
    cancel_line(shop.store, shop.line("77", "LAMP"), 1, now=shop.tick())
    import_order(shop, tmp_path, 2)
    assert listed(shop) == [("77", Money(1000, "USD"))]


def test_what_was_canceled_without_a_price_before_it_was_paid_is_not_owed(shop: Shop, tmp_path: Path) -> None:
    import_order(shop, tmp_path, 0, price="", paid="unpaid")
    cancel_line(shop.store, shop.line("77", "LAMP"), 1, now=shop.tick())
    mark_paid(shop.store, shop.orders["77"], now=shop.tick())
    type_price(shop, "10.00")
    assert (owed(shop, "77"), listed(shop)) == (None, [])
    cancel_line(shop.store, shop.line("77", "LAMP"), 1, now=shop.tick())
    assert listed(shop) == [("77", Money(1000, "USD"))]
