"""What runs low by real clicks and keys: why, how many, drafts of what is picked, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from orderdesk.ui.forms import DraftForm
from orderdesk.ui.reorder_page import ReorderPage
from tests.builders import make_shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def low(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Lamps and shades of Acme, boats of Bolt, and a mat without a supplier run low; compasses do not."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0, supplier="Acme", cost="4.00", lead_time_days="10")
    shop.stock("SHADE", 1, supplier="Acme", cost="2.50", reorder_point="3")
    shop.stock("BOAT", 2, supplier="Bolt", reorder_point="4")
    shop.stock("MAT", 0, reorder_point="2")
    shop.stock("COMPASS", 9, supplier="Acme", reorder_point="2")
    shop.order("1001", ("LAMP", 3), placed_on="2026-11-20")
    shop.store.close()
    return open_window()


def shown(seller: Seller) -> ReorderPage:
    page = seller.page("reorder")
    assert isinstance(page, ReorderPage)
    return page


def skus(page: ReorderPage) -> list[str]:
    return [row.sku for row in page.model.rows_of(page.model.ids)]


def said(of: QWidget) -> set[str]:
    return {label.text() for label in of.findChildren(QLabel)}


def cell(page: ReorderPage, sku: str, key: str) -> str:
    place = skus(page).index(sku)
    column = next(place for place, each in enumerate(page.model.columns) if each.key == key)
    return str(page.model.index(place, column).data())


def pick(seller: Seller, page: ReorderPage, *picked: str) -> None:
    """Check the boxes of these rows and no others."""
    page.table.selectionModel().clear()
    for sku in picked:
        box = page.table.visualRect(page.model.index(skus(page).index(sku), 0)).center()
        seller.bot.mouseClick(page.table.viewport(), LEFT, pos=QPoint(box))
    seller.until(lambda: sorted(row.sku for row in page.picked_rows()) == sorted(picked))


def field(seller: Seller, page: ReorderPage) -> QLineEdit:
    seller.until(lambda: page.pane.findChild(QLineEdit, "reorder.quantity") is not None)
    found = page.pane.findChild(QLineEdit, "reorder.quantity")
    assert isinstance(found, QLineEdit)
    return found


def drafts(seller: Seller) -> list[tuple[str, str, int]]:
    with seller.desk.store.read() as view:
        return view.all(
            "SELECT o.supplier, p.sku, b.quantity FROM purchase_order o JOIN purchase_line b ON b.purchase_order_id = o.id "
            "JOIN product p ON p.id = b.product_id ORDER BY o.id, b.position"
        )


def test_what_runs_low_stands_by_supplier_with_its_reason(low: Seller) -> None:
    page = shown(low)
    assert skus(page) == ["LAMP", "SHADE", "BOAT", "MAT"]
    assert (cell(page, "LAMP", "point"), cell(page, "SHADE", "point")) == ("(1)", "3")
    assert (cell(page, "LAMP", "quantity"), cell(page, "LAMP", "lot"), cell(page, "MAT", "lot")) == ("7", "$28.00", "")
    assert cell(page, "MAT", "supplier") == "No supplier"
    pick(low, page, "LAMP")
    why = "3 sold in 30 days, 10 days for the supplier, 3 short with what is on order, reorder at 1, order up to 4."
    low.until(lambda: {"Suggested: order 7 units", why} <= said(page.pane))
    pick(low, page, "MAT")
    low.until(lambda: "No supplier is known" in said(page.pane))
    assert not page.commands.action("reorder.draft").isEnabled()


def test_picked_rows_become_a_draft_for_each_supplier_with_the_quantities_typed(low: Seller) -> None:
    page = shown(low)
    pick(low, page, "SHADE")
    low.until(lambda: "Product SHADE" in said(page.pane))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    typed = field(low, page)
    low.bot.keyClicks(typed, "12")
    assert (cell(page, "SHADE", "quantity"), cell(page, "SHADE", "lot")) == ("12", "$30.00")
    assert "$30.00" in said(page.pane)
    low.bot.keyClick(typed, Qt.Key.Key_Return)
    pick(low, page, "SHADE", "BOAT", "MAT")
    low.until(lambda: {"3 products selected", "MAT", "Acme", "12 units", "1 product · $30.00", "Bolt"} <= said(page.pane))
    bulk = page.bulk.findChild(QPushButton, "button.reorder.draft")
    low.bot.mouseClick(bulk, LEFT)
    low.until_toast("Drafted PO-1, PO-2 · no supplier for MAT")
    assert drafts(low) == [("Acme", "SHADE", 12), ("Bolt", "BOAT", 3)]
    low.until(lambda: skus(page) == ["LAMP", "MAT"])


def test_a_draft_is_taken_back_in_its_toast_and_suggested_again(low: Seller) -> None:
    page = shown(low)
    pick(low, page, "LAMP")
    low.until(page.commands.action("reorder.draft").isEnabled)
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    low.until_toast("Drafted PO-1")
    low.until(lambda: "LAMP" not in skus(page))
    page.chips.choose("drafted")
    low.until(lambda: skus(page) == ["LAMP"])
    assert cell(page, "LAMP", "status") == "PO-1"
    low.until(lambda: "Runs low, and stands on draft PO-1" in said(page.pane))
    assert page.pane.findChild(QLineEdit, "reorder.quantity") is None
    undo = next(each for each in low.window.interior.toast.findChildren(QPushButton) if each.text() == "Undo")
    low.bot.mouseClick(undo, LEFT)
    low.until(lambda: drafts(low) == [])
    page.chips.choose("to_order")
    low.until(lambda: skus(page) == ["LAMP", "SHADE", "BOAT", "MAT"])


def test_a_quantity_left_empty_is_as_it_was_and_arrows_count(low: Seller) -> None:
    page = shown(low)
    pick(low, page, "BOAT")
    low.until(lambda: "Product BOAT" in said(page.pane))
    page.edit()
    typed = field(low, page)
    low.bot.keyClick(typed, Qt.Key.Key_Delete)
    low.bot.keyClicks(typed, "0x")
    assert (typed.text(), cell(page, "BOAT", "quantity")) == ("", "3")
    low.bot.keyClick(typed, Qt.Key.Key_Up)
    low.bot.keyClick(typed, Qt.Key.Key_Up)
    low.bot.keyClick(typed, Qt.Key.Key_Down)
    assert cell(page, "BOAT", "quantity") == "4"
    typed.clear()
    page.table.setFocus()
    low.until(lambda: typed.text() == "4")


def test_it_is_reached_from_today_and_leads_to_the_product(low: Seller) -> None:
    today = low.window.show_page("today")
    low.until(lambda: today.findChild(QPushButton, "today.reorder") is not None)
    low.bot.mouseClick(today.findChild(QPushButton, "today.reorder"), LEFT)
    page = shown(low)
    assert low.window.current_page is page
    pick(low, page, "MAT")
    low.until(lambda: "Product MAT" in said(page.pane))
    show = page.pane.findChild(QPushButton, "button.reorder.product")
    low.bot.mouseClick(show, LEFT)
    inventory = low.page("inventory")
    assert low.window.current_page is inventory
    low.until(lambda: [row.sku for row in inventory.picked_rows()] == ["MAT"])  # type: ignore[attr-defined]


def test_when_nothing_runs_low_it_says_so(newcomer: Seller) -> None:
    page = newcomer.window.show_page("reorder")
    newcomer.until(lambda: "Nothing is to be ordered" in said(page))


def test_today_says_how_many_to_order_how_many_are_short_and_why(low: Seller) -> None:
    today = low.window.show_page("today")
    why = "3 sold in 30 days, 10 days for the supplier, 3 short with what is on order, reorder at 1, order up to 4."
    low.until(lambda: f"Suggested: order 7 units · 3 units short · {why}" in said(today))


def test_a_supplier_is_entered_where_it_is_said_that_none_is_known(low: Seller) -> None:
    page = shown(low)
    pick(low, page, "MAT")
    low.until(lambda: page.pane.findChild(QPushButton, "button.reorder.supplier") is not None)
    low.bot.mouseClick(page.pane.findChild(QPushButton, "button.reorder.supplier"), LEFT)
    low.until(lambda: page.pane.top is not None)
    form = page.pane.top
    assert isinstance(form, DraftForm)
    QTest.keyClicks(form.editor("supplier"), "Weavers & Co.")
    low.bot.mouseClick(form.verb, LEFT)
    low.until(lambda: cell(page, "MAT", "supplier") == "Weavers & Co.")
    low.until(lambda: page.commands.action("reorder.draft").isEnabled())
    low.until(lambda: page.pane.findChild(QPushButton, "button.reorder.draft") is not None)
    assert page.pane.findChild(QPushButton, "button.reorder.supplier") is None


def test_the_row_below_stays_there_while_a_supplier_is_entered_and_is_picked_next(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("BOAT", 2, supplier="Bolt", reorder_point="4")
    for sku in ("MAT", "RUG"):
        shop.stock(sku, 0, reorder_point="2")
    shop.store.close()
    seller = open_window()
    page = shown(seller)
    assert skus(page) == ["BOAT", "MAT", "RUG"]
    pick(seller, page, "MAT")
    seller.until(lambda: page.pane.findChild(QPushButton, "button.reorder.supplier") is not None)
    seller.bot.mouseClick(page.pane.findChild(QPushButton, "button.reorder.supplier"), LEFT)
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    form = page.pane.top
    assert isinstance(form, DraftForm)
    QTest.keyClicks(form.editor("supplier"), "Acme")
    seller.bot.mouseClick(form.verb, LEFT)
    seller.until(lambda: cell(page, "MAT", "supplier") == "Acme")
    assert skus(page) == ["BOAT", "MAT", "RUG"]
    pick(seller, page, "RUG")
    seller.until(lambda: skus(page) == ["MAT", "BOAT", "RUG"])
    assert [row.sku for row in page.picked_rows()] == ["RUG"]
