"""A seller's day from the first orders to the figures, by real clicks and keys in one window on the sample shop."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from orderdesk.services.checks import check
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.import_page import ImportPage
from orderdesk.ui.page import TablePage
from tests.ui.conftest import Seller, drop_files

pytestmark = pytest.mark.timeout(120)
LEFT = Qt.MouseButton.LeftButton
HEAD = "order_number,channel,placed_at,currency,customer_name,ship_line1,ship_city,ship_country,sku,title,quantity,unit_price\n"
ORDERS = """9001,own,2026-11-23,USD,Jo Okafor,4 Pier Road,Leeds,GB,TIN-ROBOT,"Tin robot, red",2,18.50
9002,own,2026-11-23,USD,Pia Lindqvist,9 Storgatan,Lund,SE,COMPASS,Brass pocket compass,1,29.00
"""


def value(seller: Seller, sql: str) -> object:
    with seller.desk.store.read() as view:
        return view.value(sql)


def press(seller: Seller, where: QWidget, name: str) -> None:
    """The button of that name, once it is there."""
    seller.until(lambda: where.findChild(QPushButton, name) is not None)
    seller.bot.mouseClick(where.findChild(QPushButton, name), LEFT)


def search(seller: Seller, page_name: str, words: str) -> TablePage[object]:
    """The one row of a page that those words find, picked."""
    page = seller.page(page_name)
    page.search.clear()
    QTest.keyClicks(page.search, words)
    seller.until(lambda: page.wanted.search == words and len(page.model.ids) == 1)
    page.table.pick_place(0)
    seller.until(lambda: len(page.picked_rows()) == 1)
    return page


def form_in(seller: Seller, page: TablePage[object]) -> DraftForm:
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    assert isinstance(page.pane.top, DraftForm)
    return page.pane.top


def test_a_whole_day(seller: Seller, tmp_path: Path) -> None:
    import_the_morning_s_orders(seller, tmp_path)
    tell_everyone_and_print(seller)
    answer_a_call(seller)
    receive_a_delivery(seller)
    ship_what_is_ready(seller)
    end_a_listing(seller)
    look_at_the_week(seller)
    assert check(seller.desk.store) == []


def import_the_morning_s_orders(seller: Seller, folder: Path) -> None:
    file = folder / "morning.csv"
    file.write_text(HEAD + ORDERS, "utf-8")
    drop_files(seller.window, file)
    page = seller.window.current_page
    assert isinstance(page, ImportPage)
    seller.until(page.import_button.isEnabled)
    box = page.findChild(QCheckBox, "import.paid")
    assert isinstance(box, QCheckBox)
    assert any("Otherwise they wait for payment" in each.text() for each in page.findChildren(QLabel))
    seller.bot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    seller.until(box.isChecked)
    seller.until(page.import_button.isEnabled)
    seller.bot.mouseClick(page.import_button, LEFT)
    seller.until_toast("Imported: 2 new")
    assert value(seller, "SELECT status FROM orders WHERE order_number = '9001'") == "backordered"
    assert value(seller, "SELECT status FROM orders WHERE order_number = '9002'") == "ready"


def tell_everyone_and_print(seller: Seller) -> None:
    today = seller.window.show_page("today")
    untold = value(seller, "SELECT count(DISTINCT customer_id) FROM orders WHERE backordered_units > 0 AND told_at IS NULL")
    press(seller, today, "today.tell_all")
    seller.until_toast("letters ready")
    press(seller, seller.window, "toast.Print")
    seller.until(lambda: value(seller, "SELECT count(*) FROM orders WHERE backordered_units > 0 AND told_at IS NULL") == 0)
    assert len(seller.printer.printed) == 1
    assert isinstance(untold, int) and untold > 5


def answer_a_call(seller: Seller) -> None:
    page = search(seller, "orders", "9001")
    press(seller, page.pane, "button.orders.answer")
    form = form_in(seller, page)
    chosen, words = form.editor("answer"), form.editor("words")
    assert isinstance(chosen, QComboBox)
    QTest.keyClicks(chosen, "cancels")
    QTest.keyClicks(words, "Found one in town")
    seller.bot.mouseClick(form.verb, LEFT)
    seller.until_toast("canceled 2 units that order 9001 was waiting for")
    assert value(seller, "SELECT words FROM answer ORDER BY id DESC LIMIT 1") == "Found one in town"


def receive_a_delivery(seller: Seller) -> None:
    page = search(seller, "inventory", "OWL-LAMP")
    short = value(seller, "SELECT backordered FROM product WHERE sku = 'OWL-LAMP'")
    assert isinstance(short, int) and short > 0
    QTest.keyClick(page.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    form = form_in(seller, page)
    units = form.editor("quantity")
    assert isinstance(units, QLineEdit)
    units.selectAll()
    QTest.keyClicks(units, str(short))
    QTest.keyClick(units, Qt.Key.Key_Return)
    seller.until_toast(f"Received {short} of Ceramic owl lamp")
    assert value(seller, "SELECT backordered FROM product WHERE sku = 'OWL-LAMP'") == 0


def ship_what_is_ready(seller: Seller) -> None:
    page = search(seller, "orders", "9002")
    seller.until(page.commands.action("orders.ship").isEnabled)
    QTest.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    seller.until_toast("Shipped 1 unit of order 9002")
    assert value(seller, "SELECT status FROM orders WHERE order_number = '9002'") == "shipped"
    undo, redo = (seller.window.interior.command_sets["Edit"].action(f"edit.{name}") for name in ("undo", "redo"))
    seller.until(lambda: undo.isEnabled() and "Shipped 1 unit of order 9002" in undo.text())
    QTest.keyClick(seller.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    seller.until_toast("Undid")
    assert value(seller, "SELECT status FROM orders WHERE order_number = '9002'") == "ready"
    seller.until(redo.isEnabled)
    QTest.keyClick(seller.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    seller.until(lambda: value(seller, "SELECT status FROM orders WHERE order_number = '9002'") == "shipped")


def end_a_listing(seller: Seller) -> None:
    page = seller.page("listings")
    every = len(page.model.ids)
    press(seller, page.chips, "chip.to_change")
    seller.until(lambda: 0 < len(page.model.ids) < every)
    before = len(page.model.ids)
    page.table.pick_place(0)
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    seller.until_toast("Followed the advice for listing")
    seller.until(lambda: len(page.model.ids) < before)


def look_at_the_week(seller: Seller) -> None:
    page = seller.window.show_page("figures")
    seller.until(lambda: any("%" in label.text() for label in page.findChildren(QLabel)))
