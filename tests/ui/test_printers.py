"""The printers: the one that letters go to, its tray, its copies, and how far its paper is off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from orderdesk.domain.errors import NoPrinterError
from orderdesk.domain.printers import PrinterSettings
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.printers_page import PrintersPage
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def printers(seller: Seller) -> PrintersPage:
    """The page with the printers of the system, come to by its command."""
    seller.window.interior.command_sets["File"].action("file.printers").trigger()
    page = seller.window.interior.current_page
    assert isinstance(page, PrintersPage)
    seller.until(lambda: page.list.count() == 2 and page.findChild(DraftForm) is not None)
    return page


def texts(widget: QWidget, text: str) -> list[QPushButton]:
    """The buttons of that text that can be seen."""
    return [each for each in widget.findChildren(QPushButton) if each.isVisible() and each.text().strip() == text]


def click(seller: Seller, widget: QWidget, name: str) -> None:
    """Click the button of that name once it can be seen."""

    def seen() -> list[QPushButton]:
        return [each for each in widget.findChildren(QPushButton, name) if each.isVisible()]

    seller.until(lambda: bool(seen()))
    seller.bot.mouseClick(seen()[-1], Qt.MouseButton.LeftButton)


def pick(seller: Seller, page: PrintersPage, name: str) -> DraftForm:
    (item,) = page.list.findItems(name, Qt.MatchFlag.MatchStartsWith)
    seller.bot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualItemRect(item).center())
    seller.until(lambda: (form := page.findChild(DraftForm)) is not None and form.accessibleName() == name)
    form = page.findChild(DraftForm)
    assert isinstance(form, DraftForm)
    return form


def type_in(seller: Seller, form: DraftForm, field: str, text: str) -> QLineEdit:
    line = form.editor(field)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    seller.bot.keyClicks(line, text)
    return line


def test_without_a_printer_the_message_leads_to_the_printers_and_the_letters_into_one_file(seller: Seller) -> None:
    today = seller.window.show_page("today")
    click(seller, today, "today.tell_all")
    seller.until_toast("letters ready")
    seller.until(lambda: len(texts(today, "Show letter")) > len(texts(today, "Apologize")))
    click(seller, today, "today.save_all")
    seller.until_toast("letters in one file")
    told = seller.toast()
    click(seller, seller.window, "toast.Open")
    (saved,) = seller.opener.opened
    assert told.endswith(f": {saved.name}")
    assert saved.read_bytes().startswith(b"%PDF")
    seller.printer.refusal = NoPrinterError()
    letter = today.findChild(LetterPane)
    assert letter is not None
    letter.print_letter()
    banner = seller.window.interior.banner
    seller.until(banner.isVisible)
    (way,) = texts(banner, "Printers")
    seller.bot.mouseClick(way, Qt.MouseButton.LeftButton)
    assert seller.window.current_page.objectName() == "page.printers"
    assert not banner.isVisible()


def test_letters_go_to_the_printer_that_was_chosen_as_it_was_set(seller: Seller, printers: PrintersPage) -> None:
    assert printers.list.item(0).text() == "Desk – letters go here"
    form = pick(seller, printers, "Hall")
    type_in(seller, form, "copies", "2")
    type_in(seller, form, "right", "1.5")
    type_in(seller, form, "down", "-0,5")
    seller.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    seller.until_toast("Letters go to Hall")
    orders = seller.page("orders")
    orders.chips.choose("not_told")
    seller.until(lambda: orders.wanted.filter == "not_told" and 0 < len(orders.model.ids) < 30)
    orders.table.pick_place(0)
    orders.commands.action("orders.apologize").trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and bool(orders.pane.top.pages.pages))
    assert isinstance(orders.pane.top, LetterPane)
    orders.pane.top.print_letter()
    seller.until(lambda: bool(seller.printer.printed))
    assert seller.printer.settings == [PrinterSettings("Hall", copies=2, right_um=1500, down_um=-500)]


def test_a_tray_is_one_that_the_printer_has(seller: Seller, printers: PrintersPage) -> None:
    form = pick(seller, printers, "Desk")
    trays = form.editor("tray")
    assert isinstance(trays, QComboBox)
    assert [trays.itemData(place) for place in range(trays.count())] == ["", "Upper", "Lower"]
    trays.setCurrentIndex(2)
    QTest.keyClick(form.verb, Qt.Key.Key_Space)
    seller.until_toast("Letters go to Desk")
    again = pick(seller, printers, "Desk").editor("tray")
    assert isinstance(again, QComboBox)
    assert again.currentData() == "Lower"


@pytest.mark.parametrize(("field", "text"), [("copies", "0"), ("copies", "many"), ("right", "a bit"), ("down", "inf")])
def test_what_is_no_number_is_refused_where_it_stands(seller: Seller, printers: PrintersPage, field: str, text: str) -> None:
    form = pick(seller, printers, "Hall")
    line = type_in(seller, form, field, text)
    seller.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    seller.until(lambda: bool(line.property("wrong")))
    with seller.desk.store.read() as view:
        assert view.all("SELECT name FROM printer") == []


def test_a_printer_that_is_gone_is_named_and_nothing_goes_to_another_by_itself(seller: Seller) -> None:
    seller.desk.memory.keep("printer/name", "Gone")
    seller.window.interior.command_sets["File"].action("file.printers").trigger()
    page = seller.window.interior.current_page
    assert isinstance(page, PrintersPage)
    seller.until(lambda: page.list.count() == 2)
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Gone is gone: choose where letters go." in said
    assert not page.list.findItems("letters go here", Qt.MatchFlag.MatchContains)
    calibrate = page.findChild(QPushButton, "printers.calibrate")
    assert calibrate is not None
    seller.bot.mouseClick(calibrate, Qt.MouseButton.LeftButton)
    seller.until(lambda: [used.name for used in seller.printer.settings] == ["Desk"])
    assert page.list.currentItem().text() == "Desk"
