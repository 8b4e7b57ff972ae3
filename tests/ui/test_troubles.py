"""What goes wrong, what is hostile, what is very much: and what the window makes of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from orderdesk.domain.notices import ToldBy, Way
from orderdesk.domain.printers import PrinterSettings
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.backups import restore
from orderdesk.services.customers import add_customer
from orderdesk.services.deliveries import unanswered
from orderdesk.services.drafts import CustomerDraft
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.history import history_of_order
from orderdesk.storage.queries.orders import order_rows
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.desk import Desk, Outside
from orderdesk.ui.import_page import ImportPage
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.lookup import Lookup, find_customers
from orderdesk.ui.main_window import MainWindow
from orderdesk.ui.memory import Memory
from orderdesk.ui.page import TablePage
from orderdesk.ui.status_line import StatusLine
from orderdesk.ui.table import runs
from orderdesk.ui.task_runner import TaskRunner
from orderdesk.ui.theme import Theme
from tests.builders import HOLLOW_OAK, NOW, Shop, make_shop
from tests.reading import text_of
from tests.ui.conftest import TODAY, WAIT_MS, FakeOpener, FakePrinter, Seller

LEFT = Qt.MouseButton.LeftButton
PRODUCTS = "sku,title,on_hand,price,currency\nBOOK,Owl bookends,0,34.50,USD\n"
ORDERS = "order_number,channel,placed_at,paid_at,currency,customer_name,sku,title,quantity,unit_price\n"


def labels(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


# -- a file that can't be opened


@pytest.fixture
def damaged(qtbot: QtBot, theme: Theme, memory: Memory, tmp_path: Path) -> Iterator[Seller]:
    """The window on a file that is no shop."""
    path = tmp_path / "shop.orderdesk"
    path.write_bytes(b"no shop at all " * 500)
    desk = Desk(path, Outside(FakePrinter(), FakeOpener(), TODAY, tmp_path / "log"), memory, theme)
    window = MainWindow(desk.memory)
    window.furnish(desk)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(desk.failed, timeout=WAIT_MS):
        desk.open_shop()
    yield Seller(window, qtbot, FakePrinter(), FakeOpener())
    desk.stop()


def test_a_damaged_shop_is_said_with_a_remedy(damaged: Seller) -> None:
    assert "is not a shop's file" in damaged.window.interior.banner.text
    assert "Restore a backup" in damaged.window.interior.banner.text


@pytest.mark.parametrize("command", ["undo", "redo", "back_up"])
def test_while_no_shop_is_open_every_step_says_so(damaged: Seller, command: str) -> None:
    getattr(damaged.window.actions_of_window, command)()
    damaged.until(lambda: "No shop is open" in damaged.window.interior.banner.text)


def test_files_dropped_while_no_shop_is_open_are_refused(damaged: Seller, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text(PRODUCTS, encoding="utf-8")
    damaged.window.actions_of_window.preview_files([str(file)])
    damaged.until(lambda: "No shop is open" in labels(damaged.window.current_page))


def test_a_backup_takes_the_place_of_a_shop_that_cannot_be_opened(damaged: Seller, sample_folder: Path, tmp_path: Path) -> None:
    backup = tmp_path / "yesterday.orderdesk"
    shutil.copy(sample_folder / "shop.orderdesk", backup)
    damaged.window.actions_of_window.keeping.restore_from(backup)
    damaged.until(lambda: damaged.desk.is_open)
    assert len(damaged.page("orders").model.ids) > 50
    assert not damaged.window.interior.banner.isVisible()


def test_a_backup_that_cannot_be_restored_is_said_and_stays_said(seller: Seller, tmp_path: Path) -> None:
    seller.page("orders")
    (tmp_path / "notes.txt").write_text("no shop at all")
    with seller.bot.waitSignal(seller.desk.opened, timeout=WAIT_MS):
        seller.window.actions_of_window.keeping.restore_from(tmp_path / "notes.txt")
    seller.until(lambda: "is not a shop's file" in seller.window.interior.banner.text)
    assert seller.window.interior.banner.isVisible()


def test_what_another_program_restores_is_shown(seller: Seller, sample_folder: Path) -> None:
    customers = seller.page("customers")
    count = len(customers.model.ids)
    add_customer(seller.desk.store, CustomerDraft(name="Jo Smith"), now=NOW)
    seller.until(lambda: len(customers.model.ids) == count + 1)
    restore(seller.desk.path, sample_folder / "shop.orderdesk")
    seller.until_toast("Another program restored this shop")
    seller.until(lambda: seller.desk.is_open)
    customers = seller.page("customers")
    seller.until(lambda: len(customers.model.ids) == count)
    add_customer(seller.desk.store, CustomerDraft(name="Jo Okafor"), now=NOW)
    seller.until(lambda: len(customers.model.ids) == count + 1)


def test_a_shop_that_can_only_be_read_is_shown_and_says_so(
    open_window: Callable[[], Seller], sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sample_folder / "shop.orderdesk", tmp_path)
    for module in ("connect", "store", "backup"):
        monkeypatch.setattr(f"orderdesk.storage.{module}.may_be_written", lambda path: False)
    before = (tmp_path / "shop.orderdesk").read_bytes()
    seller = open_window()
    orders = seller.page("orders")
    banner = seller.window.interior.banner
    seller.until(lambda: "This shop can only be read" in banner.text)
    banner.hide()
    orders.commands.action("orders.cancel").trigger()
    seller.until(lambda: banner.isVisible() and "Nothing was changed" in banner.text)
    assert (tmp_path / "shop.orderdesk").read_bytes() == before


# -- texts of strangers


def test_a_buyers_text_is_never_markup_in_a_tooltip(newcomer: Seller) -> None:
    hostile = "<b>Jo</b> & <img src='file:///etc/hostname'>"
    add_customer(newcomer.desk.store, CustomerDraft(name=hostile), now=NOW)
    table = newcomer.page("customers").table
    index = next(cell for column in range(table.rows.columnCount()) if (cell := table.rows.index(0, column)).data() == hostile)
    point = table.visualRect(index).center()
    event = QHelpEvent(QEvent.Type.ToolTip, point, table.viewport().mapToGlobal(point))
    QApplication.sendEvent(table.viewport(), event)
    (tip,) = [each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel") and isinstance(each, QLabel)]
    assert "&lt;b&gt;Jo&lt;/b&gt; &amp; &lt;img" in tip.text()
    tip.hide()


def test_two_customers_of_one_name_are_told_apart(newcomer: Seller) -> None:
    store = newcomer.desk.store
    for country, email in (("US", "jo@elm.example"), ("FR", "jo@orme.example")):
        add_customer(store, CustomerDraft(name="Jo Smith", country=country, email=email), now=NOW)
    lookup = Lookup(newcomer.desk, find_customers)
    newcomer.bot.addWidget(lookup)
    with newcomer.bot.waitExposed(lookup):
        lookup.show()
    lookup.setFocus()
    popup = lookup.completer().popup()
    QTest.keyClicks(lookup, "jo smith")
    newcomer.until(lambda: popup.isVisible() and popup.model().rowCount() == 2)
    second = popup.model().index(1, 0)
    name = second.data()
    newcomer.bot.mouseClick(popup.viewport(), LEFT, pos=popup.visualRect(second).center())
    newcomer.until(lambda: lookup.row is not None)
    assert lookup.row.email in name
    assert name.endswith(lookup.row.country)


# -- who the letters are from


def test_a_first_import_is_followed_by_the_question_who_sends_the_letters(newcomer: Seller, tmp_path: Path) -> None:
    newcomer.until(lambda: newcomer.window.current_page.objectName() == "page.first-run")
    files = [tmp_path / "products.csv", tmp_path / "orders.csv"]
    files[0].write_text(PRODUCTS, encoding="utf-8")
    files[1].write_text(f"{ORDERS}9001,own,2026-11-02,2026-11-02,USD,Jo Okafor,BOOK,Owl bookends,1,34.50\n", encoding="utf-8")
    newcomer.window.actions_of_window.preview_files([str(file) for file in files])
    page = newcomer.window.current_page
    assert isinstance(page, ImportPage)
    newcomer.until(page.import_button.isEnabled)
    newcomer.bot.mouseClick(page.import_button, LEFT)
    newcomer.until(lambda: newcomer.window.current_page.objectName() == "page.settings")


def test_a_shop_filled_elsewhere_is_asked_too(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    store = Store.open(tmp_path / "shop.orderdesk")
    Shop(store).stock("LAMP", 1)
    store.close()
    seller = open_window()
    seller.until(lambda: seller.window.current_page.objectName() == "page.settings")


# -- letters


@pytest.fixture
def letter(seller: Seller) -> LetterPane:
    """A letter just made, open in the pane."""
    return apologized(seller, seller.page("orders"), "not_told")


def apologized(seller: Seller, orders: TablePage[object], filter_key: str) -> LetterPane:
    orders.chips.choose(filter_key)
    seller.until(lambda: orders.wanted.filter == filter_key and orders.commands.action("orders.apologize").isEnabled())
    orders.commands.action("orders.apologize").trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and bool(orders.pane.top.pages.pages))
    assert isinstance(orders.pane.top, LetterPane)
    return orders.pane.top


def typed(letter: LetterPane, name: str, text: str) -> None:
    line = letter.findChild(QLineEdit, name)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QApplication.clipboard().setText(text)  # QTest has no keys for every character
    line.paste()


def press_print(seller: Seller, letter: LetterPane) -> None:
    printing = letter.findChild(QPushButton, "letter.print")
    assert isinstance(printing, QPushButton)
    seller.bot.mouseClick(printing, LEFT)


def test_what_was_typed_just_before_print_is_in_the_printed_letter_once(seller: Seller, letter: LetterPane) -> None:
    typed(letter, "letter.concern", "the birthday on Saturday")
    press_print(seller, letter)
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    assert letter.contents is not None
    assert "birthday" in text_of(letter.contents.row.letter_path)
    with seller.desk.store.read() as view:
        kinds = [step.kind for step in history_of_order(view, letter.contents.order_ids[0])]
    assert kinds.count("revise_apology") == 1


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("letter.new_date", "next week", "a day such as"),
        ("letter.concern", "the bead \u0b85", "U+0B85"),
        ("letter.concern", "by 12/06/2026", "without “12/06/2026” (a date is spelled out)"),
    ],
)
def test_a_letter_that_cannot_say_what_was_typed_is_not_printed(
    seller: Seller, letter: LetterPane, name: str, text: str, why: str
) -> None:
    typed(letter, name, text)
    press_print(seller, letter)
    seller.until(lambda: why in labels(letter))
    assert seller.printer.printed == []
    assert letter.contents is not None
    assert letter.contents.row.told_at is None


def test_what_no_letter_may_quote_is_marked_as_it_is_typed(letter: LetterPane) -> None:
    line, problem = letter.findChild(QLineEdit, "letter.concern"), letter.findChild(QLabel, "letter.concern.problem")
    assert isinstance(line, QLineEdit) and isinstance(problem, QLabel)
    for text, why in (("by 12/06", "Expected: words without “12/06” (a date is spelled out)."), ("by June", "")):
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        assert (problem.text(), problem.isVisible(), line.property("wrong")) == (why, bool(why), bool(why))


def test_a_letter_without_a_coupon_can_be_changed(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    shop.order("1-2", ("LAMP", 1), channel="amazon")
    shop.store.close()
    seller = open_window()
    letter = apologized(seller, seller.page("orders"), "backordered")
    assert letter.contents is not None
    assert letter.contents.coupon is None
    assert "None: Amazon allows no coupon." in [each.text() for each in letter.findChildren(QLabel)]
    typed(letter, "letter.new_date", "2026-12-18")
    with seller.bot.waitSignal(letter.ready, timeout=WAIT_MS):
        letter._revision.settle()
    assert "December 18" in text_of(letter.contents.row.letter_path)


def test_a_second_letter_about_an_order_of_the_shop_s_own_says_why_it_brings_no_coupon(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    order = shop.order("1", ("LAMP", 1))
    mark_told(shop.store, apologize(shop.store, [order], now=shop.tick()).apologies[0].notice_id, ToldBy.PRINT, now=shop.tick())
    apologize(shop.store, [order], wishes=Wishes(new_date=date(2026, 12, 18)), now=shop.tick())
    shop.store.close()
    seller = open_window()
    page = seller.page("orders")
    seller.until(page.commands.action("orders.show_letter").isEnabled)
    page.commands.action("orders.show_letter").trigger()
    seller.until(lambda: isinstance(page.pane.top, LetterPane) and page.pane.top.contents is not None)
    said = [each.text() for each in page.pane.findChildren(QLabel)]
    assert "None: an order gets a coupon once, and where your rules offer one." in said


def test_until_a_printed_letter_counts_as_told_a_crash_would_leave_the_question(
    seller: Seller, letter: LetterPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[list[tuple[int, Way]]] = []
    print_pdf = seller.printer.print_pdf

    def watched(path: Path, title: str, settings: PrinterSettings) -> None:
        print_pdf(path, title, settings)
        questions.append(unanswered(seller.desk.store))

    monkeypatch.setattr(seller.printer, "print_pdf", watched)
    press_print(seller, letter)
    seller.until(lambda: letter.contents is not None and letter.contents.row.told_at is not None)
    assert questions == [[(letter.notice_id, Way.PRINTED)]]
    assert unanswered(seller.desk.store) == []


# -- very many


def test_of_many_refusals_the_first_are_named_until_they_are_read(seller: Seller) -> None:
    seller.window.resize(1280, 760)
    orders = seller.page("orders")
    with seller.desk.store.read() as view:
        rows = order_rows(view, orders.model.ids, today=TODAY)
    whole = [row.id for row in rows if not row.backordered_lines]
    late.apologizing.apologize(seller.desk, whole, lambda notice_id, order_ids: None)
    banner = seller.window.interior.banner
    seller.until(banner.isVisible)
    assert f"{len(whole)} were left out:" in banner.text
    assert banner.text.endswith(f"and {len(whole) - 8} more")
    assert orders.table.viewport().height() > 300


def test_a_long_message_stays_inside_the_window(seller: Seller) -> None:
    seller.desk.say("A name " * 200, [("Undo", lambda: None)])
    toast = seller.window.interior.toast
    assert seller.window.interior.rect().contains(toast.geometry())
    undo = toast.findChild(QPushButton, "toast.Undo")
    assert isinstance(undo, QPushButton)
    assert toast.rect().contains(undo.geometry())


def test_a_message_of_one_line_covers_neither_a_row_nor_how_many_there_are(seller: Seller) -> None:
    seller.page("orders")
    window = seller.window.interior
    count = window.findChild(QLabel, "status.summary")
    assert count is not None
    seller.until(lambda: count.text() == "60 orders")
    for words in ("Shipped order 1017", "Shipped order 1017 with all that there is of it " * 2):
        seller.desk.say(words, [("Undo", lambda: None)])
        toast = window.toast.geometry()
        assert toast.top() > window.stack.mapTo(window, window.stack.rect().bottomLeft()).y()
        assert toast.left() > count.mapTo(window, count.rect().topRight()).x()


def test_no_selected_row_is_left_out_however_many_there_are(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    names = "".join(f"C{number},Buyer {number:04}\n" for number in range(1200))
    file.write_text(f"customer_id,name\n{names}", encoding="utf-8")
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    late.imports.import_files(store, [file], options=late.import_results.ImportOptions(), now=NOW)
    store.close()
    seller = open_window()
    customers = seller.page("customers")
    customers.table.selectAll()
    assert len(customers.picked_rows()) == 1200
    add_customer(seller.desk.store, CustomerDraft(name="Buyer 0600 a"), now=NOW)
    seller.until(lambda: len(customers.model.ids) == 1201)
    assert len(customers.table.picked_ids()) == 1200


def test_neighbors_make_a_run() -> None:
    assert list(runs([])) == []
    assert list(runs([4])) == [(4, 4)]
    assert list(runs([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]


def test_cancel_stops_what_is_under_way_not_what_waits_behind_it(qtbot: QtBot) -> None:
    line, runner = StatusLine(), TaskRunner("test")
    qtbot.addWidget(line)
    runner.began.connect(line.follow)
    first = runner.run(until_canceled, "Importing")
    second = runner.run(lambda _: 7, "Exporting")
    with qtbot.waitSignals([first.canceled, second.succeeded], timeout=WAIT_MS):
        qtbot.waitSignal(first.progressed, timeout=WAIT_MS).wait()
        assert "Importing" in [each.text() for each in line.findChildren(QLabel)]
        cancel = line.findChild(QPushButton, "status.cancel")
        assert isinstance(cancel, QPushButton)
        cancel.click()
    runner.stop()


def until_canceled(progress: object) -> None:
    step: Callable[[int, int], None] = getattr(progress, "step")  # noqa: B009
    while True:
        step(1, 2)
