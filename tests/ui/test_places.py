"""Whatever is done from the pane keeps one's place in the list, by real clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from orderdesk.ui.delegates import ROW_HEIGHT
from orderdesk.ui.page import TablePage
from tests.builders import make_shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)
LEFT = Qt.MouseButton.LeftButton
MANY = 60


@pytest.fixture
def unpaid(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Many orders that nobody has paid yet."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 500)
    for number in range(1001, 1001 + MANY):
        shop.order(str(number), ("LAMP", 1), paid=False)
    shop.store.close()
    return open_window()


def number_of(page: TablePage[object], place: int) -> str:
    found = page.model.row(place)
    return str(found.number)  # type: ignore[union-attr]


def picked_numbers(page: TablePage[object]) -> list[str]:
    return [str(row.number) for row in page.picked_rows()]  # type: ignore[attr-defined]


def pressed(seller: Seller, page: TablePage[object], place: int, command_id: str) -> int:
    """Click a row in the middle of the list, then a button of its pane; how far the list was scrolled."""
    page.table.verticalScrollBar().setValue((place - 6) * ROW_HEIGHT)
    at = page.table.visualRect(page.model.index(place, 2)).center()
    number = number_of(page, place)
    seller.bot.mouseClick(page.table.viewport(), LEFT, pos=at)
    seller.until(lambda: any(each.text() == f"Order {number}" for each in page.pane.findChildren(QLabel)))
    button = page.pane.findChild(QPushButton, f"button.{command_id}")
    assert isinstance(button, QPushButton)
    scrolled = page.table.verticalScrollBar().value()
    seller.bot.mouseClick(button, LEFT)
    return scrolled


def test_a_row_that_stays_in_the_list_stays_picked_where_it_was(unpaid: Seller) -> None:
    page = unpaid.page("orders")
    number = number_of(page, 30)
    scrolled = pressed(unpaid, page, 30, "orders.mark_paid")
    unpaid.until_toast(f"Marked order {number} as paid")
    unpaid.until(lambda: not page.commands.action("orders.mark_paid").isEnabled())
    assert picked_numbers(page) == [number]
    assert page.table.verticalScrollBar().value() == scrolled


@pytest.mark.parametrize("place", [30, MANY - 1])
def test_a_row_that_leaves_the_list_hands_its_place_to_the_next_one(unpaid: Seller, place: int) -> None:
    page = unpaid.page("orders")
    page.chips.choose("awaiting_payment")
    unpaid.until(lambda: page.wanted.filter == "awaiting_payment" and len(page.model.ids) == MANY)
    number, heir = number_of(page, place), number_of(page, place + 1 if place + 1 < MANY else place - 1)
    scrolled = pressed(unpaid, page, place, "orders.mark_paid")
    unpaid.until_toast(f"Marked order {number} as paid")
    unpaid.until(lambda: len(page.model.ids) == MANY - 1)
    assert picked_numbers(page) == [heir]
    unpaid.until(lambda: any(each.text() == f"Order {heir}" for each in page.pane.findChildren(QLabel)))
    assert 0 <= scrolled - page.table.verticalScrollBar().value() <= ROW_HEIGHT
    assert page.isAncestorOf(page.window().focusWidget())
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    assert picked_numbers(page) == [number_of(page, min(place, MANY - 2) - 1)]


def test_another_view_begins_at_its_top(unpaid: Seller) -> None:
    page = unpaid.page("orders")
    page.table.pick_place(30)
    page.search.setText("1007")
    unpaid.until(lambda: len(page.model.ids) == 1)
    assert picked_numbers(page) == ["1007"]
