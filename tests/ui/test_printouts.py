"""Labels and coupons to cut, from the pages to the printer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from orderdesk.domain.coupons import printed
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.page import TablePage
from orderdesk.ui.printers_page import PrintersPage
from tests.builders import NOW
from tests.reading import codes_in, text_of
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


def printouts(seller: Seller, name: str) -> list[Path]:
    return sorted(seller.desk.store.folder.glob(f"{name}-*.pdf"))


def click(seller: Seller, name: str) -> None:
    shown = [each for each in seller.window.findChildren(QPushButton, name) if each.isVisible()]
    seller.bot.mouseClick(shown[-1], Qt.MouseButton.LeftButton)


def labels_form(seller: Seller, page: TablePage[object]) -> DraftForm:
    """The form that comes by the keyboard."""
    QTest.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    assert isinstance(page.pane.top, DraftForm)
    return page.pane.top


@pytest.mark.parametrize("name", ["orders", "customers"])
def test_labels_for_what_is_picked_are_made_on_a_sheet_that_was_begun(seller: Seller, name: str) -> None:
    page = seller.page(name)
    page.table.selectAll()
    seller.until(lambda: len(page.table.picked_ids()) == len(page.model.ids))
    form = labels_form(seller, page)
    first = form.editor("first")
    assert isinstance(first, QLineEdit)
    first.selectAll()
    seller.bot.keyClicks(first, "0")
    QTest.keyClick(first, Qt.Key.Key_Return)
    seller.until(lambda: bool(first.property("wrong")))
    first.selectAll()
    seller.bot.keyClicks(first, "4")
    seller.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    seller.until_toast(f"{len(page.model.ids)} labels ready")
    assert page.pane.top is not form
    (file,) = printouts(seller, "labels")
    assert len(text_of(file)) > 30 * len(page.model.ids)
    click(seller, "toast.Print")
    seller.until(lambda: len(seller.printer.printed) == 1)
    seller.until_toast("Sent to the printer")


def test_what_can_be_made_is_made_and_what_is_left_out_is_named(seller: Seller) -> None:
    with seller.desk.store.begin("test", "Moved away", now=NOW) as transaction:
        nowhere = "ship_line1 = '', ship_city = '', ship_postal_code = '', customer_id = (SELECT max(id) FROM customer)"
        transaction.execute(
            "UPDATE customer SET line1 = '', city = '', postal_code = '' WHERE id = (SELECT max(id) FROM customer)"
        )
        transaction.execute(f"UPDATE orders SET {nowhere} WHERE order_number = '1001'")
        transaction.execute(
            "UPDATE order_line SET title = '\U00012345' WHERE order_id = (SELECT id FROM orders WHERE order_number = '1002')"
        )
    page = seller.page("orders")
    count = len(page.model.ids)
    page.table.selectAll()
    seller.until(lambda: len(page.table.picked_ids()) == count)
    form = labels_form(seller, page)
    seller.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    seller.until_toast("labels ready")
    banner = seller.window.interior.banner
    assert banner.isVisible()
    assert "Order 1001 has no address" in banner.text
    page.table.selectAll()
    seller.until(page.commands.action("orders.packing_slip").isEnabled)
    page.commands.action("orders.packing_slip").trigger()
    seller.until_toast("packing slips ready")
    assert "Order 1002: It can't be printed" in banner.text
    seller.window.show_page("today")
    assert not banner.isVisible()


def test_the_sheet_of_labels_is_remembered(seller: Seller) -> None:
    page = seller.page("orders")
    page.table.pick_place(0)
    form = labels_form(seller, page)
    sheets = form.editor("form")
    assert isinstance(sheets, QComboBox)
    assert sheets.currentData() == "5160"
    sheets.setCurrentIndex(1)
    seller.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    seller.until_toast("1 label ready")
    sheets_again = labels_form(seller, page).editor("form")
    assert isinstance(sheets_again, QComboBox)
    assert sheets_again.currentData() == "L7160"


def test_coupons_that_are_open_are_cut_from_one_sheet(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.chips.choose("not_told")
    seller.until(lambda: orders.wanted.filter == "not_told" and 2 < len(orders.model.ids) < 30)
    orders.table.selectAll()
    orders.commands.action("orders.apologize").trigger()
    seller.until_toast("letters ready")
    page = seller.page("coupons")
    page.table.selectAll()
    seller.until(lambda: page.commands.action("coupons.to_cut").isEnabled())
    QTest.keyClick(page.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    seller.until_toast("ready to print")
    (file,) = printouts(seller, "coupons")
    with seller.desk.store.read() as view:
        issued = {code for (code,) in view.all("SELECT code FROM coupon WHERE status = 'issued'")}
        (used,) = (code for (code,) in view.all("SELECT code FROM coupon WHERE status <> 'issued'"))
    assert {code for _, code in codes_in(file)} == issued
    assert f"{len(issued)} coupons ready" in seller.toast()
    said = " ".join(label.text() for label in seller.window.interior.banner.findChildren(QLabel) if label.isVisible())
    assert "1 was left out:" in said
    assert f"Coupon {printed(used)} was used up." in said
    click(seller, "toast.Open")
    assert seller.opener.opened == [file]


def test_the_calibration_page_goes_to_the_printer_that_is_picked(seller: Seller) -> None:
    seller.window.interior.command_sets["File"].action("file.printers").trigger()
    page = seller.window.interior.current_page
    assert isinstance(page, PrintersPage)
    seller.until(lambda: page.list.count() == 2)
    page.list.setCurrentRow(1)
    click(seller, "printers.calibrate")
    seller.until(lambda: [used.name for used in seller.printer.settings] == ["Hall"])
