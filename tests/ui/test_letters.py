from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from orderdesk.domain.errors import NoPrinterError, StoreError
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.printers import PrinterSettings
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.ui import formats
from orderdesk.ui.badges import LETTER_MADE, TOLD
from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.large_preview import LargePreview
from orderdesk.ui.letter_buttons import LetterButtons
from orderdesk.ui.letter_notes import title_of
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.order_columns import told_badge
from orderdesk.ui.page import TablePage
from orderdesk.ui.paper import draw_pages, print_pages
from orderdesk.ui.widgets import DropDown
from tests.reading import text_of
from tests.ui.conftest import Seller

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def orders(seller: Seller) -> TablePage[object]:
    """The orders page with those whose customers were not told, the first one picked that has no letter yet."""
    page = seller.page("orders")
    page.chips.choose("not_told")
    seller.until(lambda: page.wanted.filter == "not_told" and 0 < len(page.model.ids) < 30)
    place = next(
        place
        for place in range(len(page.model.ids))
        if isinstance(row := page.model.row(place), OrderRow) and row.notice_id is None
    )
    page.table.pick_place(place)
    return page


@pytest.fixture
def letter(seller: Seller, orders: TablePage[object]) -> LetterPane:
    """The letter made for that order, open in the pane."""
    orders.commands.action("orders.apologize").trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and bool(orders.pane.top.pages.pages))
    assert isinstance(orders.pane.top, LetterPane)
    return orders.pane.top


def row_of(orders: TablePage[object]) -> OrderRow:
    (row,) = orders.picked_rows()
    assert isinstance(row, OrderRow)
    return row


def order_at(orders: TablePage[object], place: int) -> OrderRow:
    row = orders.model.row(place)
    assert isinstance(row, OrderRow)
    return row


def numbers(orders: TablePage[object]) -> list[str]:
    return [order_at(orders, place).number for place in range(len(orders.model.ids))]


def press(seller: Seller, parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    seller.bot.mouseClick(button, LEFT)


def press_undo(seller: Seller) -> None:
    """Undo in the toast that is shown."""
    (button,) = (each for each in seller.window.findChildren(QPushButton, "toast.Undo") if each.isVisible())
    seller.bot.mouseClick(button, LEFT)


def test_the_pane_shows_every_page_of_letter_and_coupon(letter: LetterPane) -> None:
    assert letter.contents is not None
    assert letter.contents.coupon is not None
    pages = sum(len(pypdfium2.PdfDocument(pdf)) for pdf in (letter.contents.letter, letter.contents.coupon))
    assert len(letter.pages.pages) == pages


def test_the_pane_says_how_the_letter_is_worded(letter: LetterPane) -> None:
    shown = letter.findChild(QLabel, "letter.wording")
    assert isinstance(shown, QLabel)
    assert re.fullmatch(r"English · \d\d+ words · tone checked", shown.text())


def test_the_pane_names_the_rules_that_the_letter_follows_with_their_sentences(letter: LetterPane) -> None:
    shown = letter.findChild(QLabel, "letter.rules")
    assert shown is not None
    assert shown.text().startswith("It follows the law: FTC Mail Order Rule, 16 CFR 435.2(b)(1), as of November 1, 2026")
    assert "If we do not hear from you" in shown.toolTip()


def test_another_offer_is_followed_by_both_files(seller: Seller, letter: LetterPane) -> None:
    kind = letter.findChild(QComboBox, "offer.kind")
    assert isinstance(kind, QComboBox)
    assert letter.contents is not None
    code = letter.contents.row.coupon
    assert code is not None
    kind.setCurrentIndex(kind.findData("percent"))
    kind.activated.emit(kind.currentIndex())
    value = letter.findChild(QLineEdit, "offer.value")
    assert isinstance(value, QLineEdit)
    QTest.keyClicks(value, "15")
    with seller.bot.waitSignal(letter.ready, timeout=20_000):
        QTest.keyClick(value, Qt.Key.Key_Return)
    assert letter.contents is not None
    revised = letter.contents.row
    assert revised.coupon is not None
    assert revised.coupon.code == code.code
    assert revised.coupon.offer.rate == 15
    assert revised.coupon_path is not None
    assert "15" in text_of(revised.letter_path)
    assert "15" in text_of(revised.coupon_path)


def test_an_offer_above_what_the_order_earns_is_pointed_out(
    seller: Seller, orders: TablePage[object], letter: LetterPane
) -> None:
    with seller.desk.store.begin("edit", "", now=datetime.now(UTC)) as transaction:
        for line in transaction.order(row_of(orders).id).lines:
            product = transaction.product(line.product_id)
            product.cost_minor = product.cost_minor or 1
    kind = letter.findChild(QComboBox, "offer.kind")
    value = letter.findChild(QLineEdit, "offer.value")
    assert isinstance(kind, QComboBox) and isinstance(value, QLineEdit)
    kind.setCurrentIndex(kind.findData("percent"))
    kind.activated.emit(kind.currentIndex())
    QTest.keyClicks(value, "100")
    QTest.keyClick(value, Qt.Key.Key_Return)
    seller.until_toast("The offer of 100 % is a larger part than these orders earn")


def test_the_customers_concern_and_a_new_date_get_into_the_letter(seller: Seller, letter: LetterPane) -> None:
    for name, text in (("letter.concern", "the birthday on Saturday"), ("letter.new_date", "2026-12-18")):
        line = letter.findChild(QLineEdit, name)
        assert isinstance(line, QLineEdit)
        QTest.keyClicks(line, text)
        with seller.bot.waitSignal(letter.ready, timeout=20_000):
            QTest.keyClick(line, Qt.Key.Key_Return)
    assert letter.contents is not None
    text = text_of(letter.contents.row.letter_path)
    assert "birthday on Saturday" in text
    assert "December 18, 2026" in text


def test_the_letter_is_written_in_another_language_and_keeps_it_when_something_else_changes(
    seller: Seller, letter: LetterPane
) -> None:
    languages, concern = letter.findChild(DropDown, "letter.language"), letter.findChild(QLineEdit, "letter.concern")
    assert isinstance(languages, DropDown)
    assert isinstance(concern, QLineEdit)
    for greeting in ("Guten Tag", "Bonjour"):
        with seller.bot.waitSignal(letter.ready, timeout=20_000):
            QTest.keyClick(languages, Qt.Key.Key_Down)
        assert letter.contents is not None
        assert greeting in text_of(letter.contents.row.letter_path)
    QTest.keyClicks(concern, "mon anniversaire")
    with seller.bot.waitSignal(letter.ready, timeout=20_000):
        QTest.keyClick(concern, Qt.Key.Key_Return)
    assert letter.contents is not None
    text = text_of(letter.contents.row.letter_path)
    assert "Bonjour" in text
    assert "mon anniversaire" in text
    assert languages.currentText() == "French"
    wording = letter.findChild(QLabel, "letter.wording")
    assert isinstance(wording, QLabel)
    assert wording.text().endswith(" words · tone not checked, as that knows English only")
    assert "dates, placeholders, capitals and exclamation marks are checked, and a letter's refund" in wording.toolTip()


def test_a_new_date_that_is_cleared_follows_from_the_deliveries_again(seller: Seller, letter: LetterPane) -> None:
    line = letter.findChild(QLineEdit, "letter.new_date")
    assert isinstance(line, QLineEdit)
    for text, said in (("2026-12-18", True), ("", False)):
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, text)
        with seller.bot.waitSignal(letter.ready, timeout=20_000):
            QTest.keyClick(line, Qt.Key.Key_Return)
        assert letter.contents is not None
        assert ("December 18, 2026" in text_of(letter.contents.row.letter_path)) == said
    assert line.text() == ""


def test_a_new_date_picked_from_the_calendar_gets_into_the_letter(seller: Seller, letter: LetterPane) -> None:
    line = letter.findChild(QLineEdit, "letter.new_date")
    assert isinstance(line, DayEdit)
    QTest.keyClicks(line, "2026-12-17")
    calendar = line.show_calendar()
    days = calendar.findChild(QTableView)
    assert isinstance(days, QTableView)
    QTest.keyClick(days, Qt.Key.Key_Right)
    with seller.bot.waitSignal(letter.ready, timeout=20_000):
        QTest.keyClick(days, Qt.Key.Key_Return)
    assert letter.contents is not None
    assert "December 18, 2026" in text_of(letter.contents.row.letter_path)


def test_a_new_date_is_typed_as_the_program_writes_it(seller: Seller, letter: LetterPane) -> None:
    line = letter.findChild(QLineEdit, "letter.new_date")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "Dec 20")
    with seller.bot.waitSignal(letter.ready, timeout=20_000):
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert letter.contents is not None
    assert "December 20, 2026" in text_of(letter.contents.row.letter_path)


def test_a_date_that_is_none_is_refused_where_it_stands(seller: Seller, letter: LetterPane) -> None:
    line = letter.findChild(QLineEdit, "letter.new_date")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "soon")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.property("wrong")
    assert seller.printer.printed == []


def test_a_new_date_that_has_passed_is_refused_where_it_stands(seller: Seller, letter: LetterPane) -> None:
    line = letter.findChild(QLineEdit, "letter.new_date")
    assert isinstance(line, QLineEdit)
    yesterday = (seller.desk.today() - timedelta(days=1)).isoformat()
    QTest.keyClicks(line, yesterday)
    QTest.keyClick(line, Qt.Key.Key_Return)
    why = f"'{yesterday}' can't be the new date. Expected: {seller.desk.today()} or a later day."
    seller.until(lambda: why in " ".join(each.text() for each in letter.findChildren(QLabel) if each.isVisible()))
    assert line.property("wrong")
    press(seller, letter, "letter.print")
    assert seller.printer.printed == []
    assert letter.contents is not None
    assert letter.contents.row.wished_date is None


def test_printing_counts_as_told(seller: Seller, orders: TablePage[object], letter: LetterPane) -> None:
    assert letter.contents is not None
    press(seller, letter, "letter.print")
    seller.until(lambda: seller.printer.printed == [letter.contents.row.letter_path] if letter.contents else False)
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    seller.until(lambda: orders.picked_rows() == [])


def test_moments_are_told_by_the_clock_of_the_shop(seller: Seller, letter: LetterPane) -> None:
    press(seller, letter, "letter.print")
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    told = "Nov 23, 12:00"  # in New York, where the shop is; this computer may stand anywhere
    assert any(f"Told on {told}" in each.text() for each in letter.findChildren(QLabel))
    history = seller.page("history")
    assert told in [history.model.index(0, section).data() for section in range(history.model.columnCount())]


def test_the_pane_follows_an_undo_from_the_menu(seller: Seller, letter: LetterPane) -> None:
    press(seller, letter, "letter.print")
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    seller.window.interior.history.undo()
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is None)


def choose_offer(seller: Seller, letter: LetterPane, kind: str) -> None:
    """Choose a kind of offer that needs no value, and wait for its pages."""
    chosen = letter.findChild(QComboBox, "offer.kind")
    assert isinstance(chosen, QComboBox)
    chosen.setCurrentIndex(chosen.findData(kind))
    with seller.bot.waitSignal(letter.ready, timeout=20_000):
        chosen.activated.emit(chosen.currentIndex())


def test_after_an_undo_the_pane_and_what_it_saves_have_the_offer_of_before(
    seller: Seller, letter: LetterPane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = letter.findChild(QComboBox, "offer.kind")
    assert isinstance(chosen, QComboBox)
    before = chosen.currentData()
    choose_offer(seller, letter, "free_shipping")
    QTest.keyClick(seller.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    seller.until_toast("Undid: Changed the letter")
    seller.until(lambda: chosen.currentData() == before)
    copy = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    press(seller, letter, "letter.save")
    seller.until_toast("Saved copy.pdf")
    assert "free shipping" not in text_of(copy).casefold()
    assert "free shipping" not in text_of(tmp_path / "copy-coupon.pdf").casefold()


@pytest.mark.usefixtures("letter")
def test_a_letter_that_is_undone_from_the_menu_goes_and_is_there_again_once_it_is_redone(
    seller: Seller, orders: TablePage[object]
) -> None:
    QTest.keyClick(seller.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    seller.until(lambda: orders.pane.top is None)
    assert not seller.window.interior.banner.isVisible()
    redo = seller.window.interior.command_sets["Edit"].action("edit.redo")
    seller.until(redo.isEnabled)
    redo.trigger()
    shown = orders.commands.action("orders.show_letter")
    seller.until(shown.isEnabled)
    shown.trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and orders.pane.top.contents is not None)
    button = orders.pane.findChild(QPushButton, "letter.print")
    assert button is not None
    assert button.isEnabled()


def require_gone_after_a_search(seller: Seller, orders: TablePage[object], other: OrderRow) -> None:
    """No letter stands beside the order that was searched for, which is picked."""
    orders.search.setText(other.number)
    seller.until(lambda: list(orders.model.ids) == [other.id])
    assert orders.pane.top is None
    assert row_of(orders).id == other.id


def test_a_letter_goes_when_the_search_shows_another_order(seller: Seller, orders: TablePage[object], letter: LetterPane) -> None:
    """Nothing of the one customer stays beside the list of another, be they told by now or not."""
    seller.printer.refusal = StoreError("The printer refused the letter: out of paper", "Check it, then print again.")
    press(seller, letter, "letter.print")
    seller.until(lambda: any("out of paper" in each.text() for each in letter.findChildren(QLabel)))
    theirs = row_of(orders)
    other = next(row for place in range(len(orders.model.ids)) if (row := order_at(orders, place)).customer != theirs.customer)
    require_gone_after_a_search(seller, orders, other)


def test_the_letter_of_who_was_told_goes_with_the_next_search(
    seller: Seller, orders: TablePage[object], letter: LetterPane
) -> None:
    press(seller, letter, "letter.print")
    seller.until(lambda: orders.picked_rows() == [])
    assert orders.pane.top is letter
    require_gone_after_a_search(seller, orders, order_at(orders, 0))


def test_the_letter_of_who_was_told_is_gone_when_the_page_is_opened_again(
    seller: Seller, orders: TablePage[object], letter: LetterPane
) -> None:
    press(seller, letter, "letter.print")
    seller.until(lambda: orders.picked_rows() == [])
    seller.window.show_page("customers")
    seller.window.show_page("orders")
    assert orders.pane.top is None


def test_of_several_customers_at_once_it_is_asked_how_they_were_told_and_undo_takes_it_back(
    seller: Seller, orders: TablePage[object]
) -> None:
    before = list(orders.model.ids)
    QTest.keyClick(orders.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    orders.commands.action("orders.mark_told").trigger()
    seller.until(lambda: isinstance(orders.pane.top, DraftForm))
    form = orders.pane.top
    assert isinstance(form, DraftForm)
    how = form.editor("by")
    assert isinstance(how, QComboBox)
    how.setCurrentIndex(how.findText("By phone"))
    seller.bot.mouseClick(form.verb, LEFT)
    seller.until_toast(f"Marked {len(before)} as told")
    with seller.desk.store.read() as view:
        assert view.value("SELECT count(*) FROM event WHERE summary LIKE 'Told the customer about % (phone)'") > 0
    seller.until(lambda: not orders.model.ids)
    press_undo(seller)
    seller.until(lambda: list(orders.model.ids) == before)


def test_marking_a_letter_as_told_has_its_undo_in_the_toast(seller: Seller, letter: LetterPane) -> None:
    letter.mark_told(ToldBy.PHONE)
    seller.until_toast("Told ")
    press_undo(seller)
    seller.until_toast("Undid: Told")
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is None)


def test_a_customer_who_was_told_can_hear_of_another_date(seller: Seller, orders: TablePage[object], letter: LetterPane) -> None:
    press(seller, letter, "letter.print")
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    first = letter.contents.row.id if letter.contents else 0
    with seller.desk.store.read() as view:
        (order_id,) = view.one("SELECT min(id) FROM orders WHERE notice_id = ?", (first,)) or (0,)
    letter.closed.emit()
    orders.show_all()
    seller.until(lambda: len(orders.model.ids) > 20)
    orders.pick_when_there(order_id)
    seller.until(lambda: orders.table.picked_ids() == [order_id] and orders.commands.action("orders.new_date").isEnabled())
    assert not orders.commands.action("orders.apologize").isEnabled()
    orders.commands.action("orders.new_date").trigger()
    seller.until(lambda: isinstance(orders.pane.top, DraftForm))
    line = orders.pane.findChild(QLineEdit, "field.new_date")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, (seller.desk.today() - timedelta(days=1)).isoformat())
    QTest.keyClick(line, Qt.Key.Key_Return)
    seller.until(lambda: bool(line.property("wrong")))
    line.clear()
    QTest.keyClicks(line, "2027-01-20")
    QTest.keyClick(line, Qt.Key.Key_Return)
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and orders.pane.top.notice_id != first)
    with seller.desk.store.read() as view:
        assert view.one("SELECT kind, told_at FROM notice ORDER BY id DESC LIMIT 1") == ("renewed", None)
    orders.pane.top.closed.emit()
    seller.until(lambda: bool(orders.picked_rows()) and row_of(orders).letter_ready)
    assert (row_of(orders).told, told_badge(row_of(orders))) == (True, LETTER_MADE)
    seller.until(lambda: orders.commands.action("orders.mark_told").isEnabled())
    assert not orders.commands.action("orders.new_date").isEnabled(), "the letter that lies ready is the one to change"
    orders.commands.action("orders.apologize").trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and orders.pane.top.contents is not None)
    press(seller, orders.pane.top, "letter.print")
    seller.until(lambda: not row_of(orders).letter_ready)
    assert told_badge(row_of(orders)) == TOLD


def test_a_canceled_order_gets_its_letter_in_which_nothing_is_left_to_change(seller: Seller, orders: TablePage[object]) -> None:
    orders.commands.action("orders.cancel").trigger()
    seller.until_toast("Canceled order")
    orders.show_all()
    seller.until(lambda: len(orders.model.ids) > 20)
    with seller.desk.store.read() as view:
        (order_id,) = view.one("SELECT id FROM orders WHERE status = 'canceled' ORDER BY canceled_on DESC, id DESC LIMIT 1") or (
            0,
        )
    orders.pick_when_there(order_id)
    seller.until(lambda: orders.table.picked_ids() == [order_id])
    orders.commands.action("orders.cancellation").trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and bool(orders.pane.top.pages.pages))
    letter = orders.pane.top
    assert isinstance(letter, LetterPane)
    line = letter.findChild(QLineEdit, "letter.concern")
    assert isinstance(line, QLineEdit)
    assert not line.isVisible()
    press(seller, letter, "letter.print")
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)


def test_of_several_customers_only_those_who_do_not_know_are_told(
    seller: Seller, orders: TablePage[object], letter: LetterPane
) -> None:
    press(seller, letter, "letter.print")
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    told = letter.contents.row.id if letter.contents else 0
    letter.closed.emit()
    orders.show_all()
    seller.until(lambda: len(orders.model.ids) > 20)
    orders.table.selectAll()
    seller.until(lambda: len(orders.table.picked_ids()) > 20)
    orders.commands.action("orders.apologize").trigger()
    seller.until_toast("letters ready")
    with seller.desk.store.read() as view:
        (batch,) = [path.name for path in view.folder.iterdir() if path.name.startswith("letters-")]
        made = [notice for (notice,) in view.all("SELECT id FROM notice WHERE told_at IS NULL ORDER BY id")]
    assert batch.startswith(f"letters-{min(made)}-to-{max(made)}-")
    assert told not in made


def test_a_question_about_an_order_goes_away_with_it(seller: Seller, orders: TablePage[object]) -> None:
    orders.show_all()
    seller.until(lambda: len(orders.model.ids) > 20)
    place = next(place for place in range(20) if (row := orders.model.row(place)) and row.status == "ready")  # type: ignore[attr-defined]
    orders.table.pick_place(place)
    seller.until(lambda: bool(orders.picked_rows()))
    orders.commands.action("orders.hold").trigger()
    seller.until(lambda: isinstance(orders.pane.top, DraftForm))
    orders.table.pick_place(place + 1)
    seller.until(lambda: orders.pane.top is None)


def test_a_printer_that_refuses_leaves_the_customer_untold(seller: Seller, letter: LetterPane) -> None:
    seller.printer.refusal = StoreError("The printer refused the letter: out of paper", "Check it, then print again.")
    press(seller, letter, "letter.print")
    seller.until(lambda: "out of paper" in " ".join(str(each.property("text")) for each in letter.findChildren(QWidget)))
    assert letter.contents is not None
    assert letter.contents.row.told_at is None


def test_undo_voids_the_letter_and_closes_it(seller: Seller, orders: TablePage[object], letter: LetterPane) -> None:
    assert letter.contents is not None
    files = letter.contents.row.letter_path
    press(seller, letter, "letter.undo")
    seller.until(lambda: orders.pane.top is None)
    seller.until(lambda: not files.exists())
    seller.until(lambda: row_of(orders).notice_id is None)


def test_a_told_letter_that_is_taken_back_stays_in_the_orders_pane_as_void(
    seller: Seller, orders: TablePage[object], letter: LetterPane
) -> None:
    assert letter.contents is not None
    made = letter.contents.row
    press(seller, letter, "letter.print")
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    press(seller, letter, "letter.undo")
    press(seller, letter, "letter.undo.yes")
    seller.until(lambda: orders.pane.top is None and made.order_numbers[0] in numbers(orders))
    orders.table.pick_place(numbers(orders).index(made.order_numbers[0]))

    def words() -> str:
        return " ".join(each.text() for each in orders.pane.findChildren(QLabel))

    seller.until(lambda: f"Letter for {', '.join(made.order_numbers)}" in words() and "Told on Nov" in words())
    assert made.letter_path.exists()


def test_undo_of_a_told_letter_says_what_goes_with_it_before_it_does(
    seller: Seller, orders: TablePage[object], letter: LetterPane
) -> None:
    press(seller, letter, "letter.print")
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    press(seller, letter, "letter.undo")

    def words() -> str:
        return " ".join(each.text() for each in letter.findChildren(QLabel) if each.isVisible())

    seller.until(lambda: "does not count as told any more" in words() and "is worthless" in words())
    press(seller, letter, "letter.undo.no")
    assert orders.pane.top is letter
    press(seller, letter, "letter.undo")
    press(seller, letter, "letter.undo.yes")
    seller.until(lambda: orders.pane.top is None)


def test_the_buttons_stay_where_they_are_when_a_message_comes(seller: Seller, letter: LetterPane) -> None:
    seller.printer.refusal = StoreError("The printer refused the letter: out of paper", "Check it, then print again.")
    button = letter.findChild(QPushButton, "letter.print")
    assert button is not None
    before = button.mapTo(letter, button.rect().topLeft())
    press(seller, letter, "letter.print")
    seller.until(lambda: any("out of paper" in each.text() for each in letter.findChildren(QLabel) if each.isVisible()))
    layout = letter.layout()
    assert layout is not None
    layout.activate()
    assert button.mapTo(letter, button.rect().topLeft()) == before


def test_undo_takes_back_a_changed_letter_too(seller: Seller, orders: TablePage[object], letter: LetterPane) -> None:
    line = letter.findChild(QLineEdit, "letter.concern")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "the wedding")
    with seller.bot.waitSignal(letter.ready, timeout=20_000):
        QTest.keyClick(line, Qt.Key.Key_Return)
    press(seller, letter, "letter.undo")
    seller.until(lambda: row_of(orders).notice_id is None)


def test_a_letter_is_opened_by_the_desktop(seller: Seller, letter: LetterPane) -> None:
    assert letter.contents is not None
    press(seller, letter, "letter.open")
    assert seller.opener.opened == [letter.contents.row.letter_path]


def test_a_click_on_the_pages_shows_them_large(seller: Seller, letter: LetterPane) -> None:
    narrow = letter.pages.width()
    seller.bot.mouseClick(letter.pages, Qt.MouseButton.LeftButton)
    large = seller.window.findChild(LargePreview)
    assert large is not None
    assert large.isVisible()
    whole = large.page_width
    assert whole > narrow
    press(seller, large, "large.width")
    full = large.page_width
    assert full > whole
    press(seller, large, "large.less")
    assert large.page_width < full
    QTest.keyClick(large, Qt.Key.Key_Escape)
    seller.until(lambda: not large.isVisible())
    assert seller.opener.opened == []


def test_several_customers_get_their_letters_in_one_go(seller: Seller, orders: TablePage[object]) -> None:
    orders.table.selectAll()
    count = len(orders.model.ids)
    assert count > 2
    orders.commands.action("orders.apologize").trigger()
    seller.until_toast("letters ready")
    seller.until(lambda: all(isinstance(row, OrderRow) and row.notice_id for row in orders.model.rows_of(orders.model.ids)))


@pytest.fixture
def pdf(seller: Seller, letter: LetterPane) -> Path:
    assert letter.contents is not None
    assert seller
    return letter.contents.row.letter_path


def test_without_cups_the_pages_are_drawn_at_300_dots_at_most_on_paper_of_their_size(
    pdf: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    draw_pages(pdf, printer)
    assert printer.resolution() == 300
    drawn, made = pypdfium2.PdfDocument(tmp_path / "printed.pdf"), pypdfium2.PdfDocument(pdf)
    assert len(drawn) == len(made)
    assert drawn.get_page_size(0) == made.get_page_size(0) == (612, 792)
    assert qtbot is not None


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="there is a printer")
@pytest.mark.parametrize("name", ["", "One that is gone"])
def test_where_there_is_no_printer_it_is_said_what_to_do(pdf: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NoPrinterError) as refused:
        print_pages(pdf, "Letter", PrinterSettings(name=name))
    assert all(way in refused.value.remedy for way in ("under Printers", "Open at a letter", "Save as one PDF"))
    assert "QPainter" not in capfd.readouterr().err


def test_a_void_letter_is_titled_by_its_customer_alone(letter: LetterPane) -> None:
    assert letter.contents is not None
    assert " – orders " in title_of(letter.contents.row)
    assert not title_of(replace(letter.contents.row, order_numbers=())).rstrip().endswith("order")


def test_the_code_of_a_coupon_is_not_broken_over_two_lines(letter: LetterPane) -> None:
    assert letter.contents is not None
    assert letter.contents.row.coupon is not None
    code = formats.code(letter.contents.row.coupon.code)
    words = [each.text() for each in letter.findChildren(QLabel)]
    assert any(formats.unbroken(code) in each for each in words)


def test_a_letter_goes_with_its_order_and_stays_with_it(seller: Seller, orders: TablePage[object], letter: LetterPane) -> None:
    """What is typed in it is kept; once its customer is told and the order leaves the list, nothing else is acted on."""
    place = orders.model.place_of(row_of(orders).id)
    assert place is not None
    concern = letter.findChild(QLineEdit, "letter.concern")
    assert isinstance(concern, QLineEdit)
    concern.setFocus()
    QTest.keyClicks(concern, "the birthday on Saturday")
    here, other = (
        orders.table.visualRect(orders.model.index(row, 1)).center() for row in (place, place - 1 if place else place + 1)
    )
    seller.bot.mouseClick(orders.table.viewport(), LEFT, pos=other)
    assert orders.pane.top is None
    seller.bot.mouseClick(orders.table.viewport(), LEFT, pos=here)
    seller.until(orders.commands.action("orders.show_letter").isEnabled)
    orders.commands.action("orders.show_letter").trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and orders.pane.top.contents is not None)
    again = orders.pane.top
    assert isinstance(again, LetterPane)
    assert again.contents is not None
    assert again.contents.row.concern == "the birthday on Saturday"
    press(seller, again, "letter.print")
    seller.until(lambda: orders.model.place_of(again.contents.order_ids[0]) is None)  # type: ignore[union-attr]
    assert orders.pane.top is again
    assert orders.picked_rows() == []
    assert not orders.commands.action("orders.cancel").isEnabled()
    seller.bot.mouseClick(orders.table.viewport(), LEFT, pos=orders.table.visualRect(orders.model.index(0, 1)).center())
    assert orders.pane.top is None


def test_the_buttons_of_a_letter_wait_for_it(seller: Seller, letter: LetterPane) -> None:
    other = LetterPane(seller.desk, letter.notice_id, (), lambda *_: None)
    seller.bot.addWidget(other)
    buttons = other.findChild(LetterButtons)
    assert buttons is not None
    assert not buttons.isEnabled()
    seller.until(buttons.isEnabled)
