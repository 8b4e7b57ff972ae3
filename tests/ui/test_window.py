from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from orderdesk.domain.changes import Changes
from orderdesk.domain.money import Money
from orderdesk.services.exports import EXPORT_KINDS
from orderdesk.ui import formats, late
from orderdesk.ui.import_page import ImportPage
from orderdesk.ui.keeping import _KINDS
from orderdesk.ui.main_window import MainWindow, first_size
from orderdesk.ui.memory import Memory
from orderdesk.ui.overlays import Overlay
from orderdesk.ui.page import TablePage
from orderdesk.ui.trail import Trail
from orderdesk.ui.window_commands import MENUS
from tests.ui.conftest import Seller

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def labels(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def overlay(seller: Seller) -> Overlay:
    found = [each for each in seller.window.findChildren(Overlay) if each.isVisible()]
    assert found
    return found[0]


def test_every_menu_entry_has_a_method_that_does_it(seller: Seller) -> None:
    for _, commands in MENUS:
        for command in commands:
            assert callable(getattr(seller.window.actions_of_window, command.id.partition(".")[2]))


def test_a_menu_entry_that_would_do_nothing_cannot_be_chosen(seller: Seller) -> None:
    interior = seller.window.interior

    def enabled(menu: str, command_id: str) -> bool:
        return interior.command_sets[menu].action(command_id).isEnabled()

    interior.trail = Trail()
    seller.window.show_page("orders")
    assert (enabled("Go", "go.back"), enabled("Go", "go.forward"), enabled("View", "view.columns")) == (False, False, True)
    seller.window.show_page("today")
    assert (enabled("Go", "go.back"), enabled("Go", "go.forward"), enabled("View", "view.columns")) == (True, False, False)
    interior.command_sets["Go"].action("go.back").trigger()
    assert (enabled("Go", "go.back"), enabled("Go", "go.forward")) == (False, True)


def test_printing_without_letters_says_what_to_select(seller: Seller) -> None:
    seller.window.show_page("orders")
    seller.window.interior.command_sets["File"].action("file.print_selection").trigger()
    assert seller.window.interior.toast.text.startswith("Select orders with letters first")


def test_no_two_commands_that_are_alive_together_share_their_keys(seller: Seller) -> None:
    for name in ("today", "orders", "inventory", "customers"):
        seller.window.show_page(name)
        page = seller.window.interior.page_commands()
        sets = [*seller.window.interior.command_sets.values(), *([page] if page else [])]
        keys = [action.shortcut().toString() for each in sets for action in each.actions if not action.shortcut().isEmpty()]
        assert len(keys) == len(set(keys)), sorted(keys)


@pytest.mark.parametrize(("key", "page"), [("1", "today"), ("2", "orders"), ("3", "inventory"), ("4", "customers")])
def test_ctrl_and_a_digit_go_to_a_page(seller: Seller, key: str, page: str) -> None:
    seller.window.activateWindow()
    QTest.keyClick(seller.window, getattr(Qt.Key, f"Key_{key}"), CONTROL)
    assert seller.window.current_page.objectName() == f"page.{page}"


def test_back_and_forward_follow_the_way_that_was_gone() -> None:
    trail = Trail()
    assert trail.back() is None
    for name in ("orders", "inventory", "inventory", "customers"):
        trail.visit(name)
    assert trail.back() == "inventory"
    assert trail.back() == "orders"
    assert trail.back() is None
    assert trail.forward() == "inventory"
    trail.visit("today")
    assert trail.forward() is None


def test_the_palette_finds_and_runs_a_command(seller: Seller) -> None:
    seller.page("orders")
    seller.window.actions_of_window.find_command()
    chooser = overlay(seller)
    typed = chooser.findChild(QLineEdit, "chooser.typed")
    found = chooser.findChild(QListWidget, "chooser.list")
    assert isinstance(typed, QLineEdit)
    assert isinstance(found, QListWidget)
    everything = found.count()
    QTest.keyClicks(typed, "inven")
    assert 0 < found.count() < everything
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert seller.window.current_page.objectName() == "page.inventory"


def test_the_shortcut_sheet_is_read_off_the_commands(seller: Seller) -> None:
    seller.page("orders")
    seller.window.actions_of_window.shortcuts()
    sheet = overlay(seller)
    assert "Ctrl+Shift+A" in labels(sheet)
    assert "Apologize" in labels(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_undo_says_what_it_would_take_back(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.commands.action("orders.cancel").trigger()
    seller.until_toast("Canceled order")
    undo = seller.window.interior.command_sets["Edit"].action("edit.undo")
    seller.until(lambda: undo.text().startswith("Undo: "))
    what = undo.text().removeprefix("Undo: ")
    undo.trigger()
    seller.until(lambda: what.removesuffix("…") in seller.toast())
    redo = seller.window.interior.command_sets["Edit"].action("edit.redo")
    seller.until(lambda: redo.isEnabled() and what in redo.text())


def test_what_another_program_changes_is_shown(seller: Seller) -> None:
    orders = seller.page("orders")
    before = len(orders.model.ids)
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROGRAM, str(seller.desk.path)], capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    seller.until(lambda: len(orders.model.ids) == before + 1)


OTHER_PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from orderdesk.services.drafts import CustomerDraft, LineDraft, OrderDraft
from orderdesk.services.order_entry import add_order
from orderdesk.storage.store import Store
store = Store.open(Path(sys.argv[1]))
lines = [LineDraft(sku="TIN-ROBOT", quantity="1")]
draft = OrderDraft(order_number="E-77", customer=CustomerDraft(name="Other Program"), lines=lines)
add_order(store, draft, now=datetime.now(UTC))
store.close()
"""


def test_what_an_import_leaves_out_is_said_with_row_column_and_reason(seller: Seller, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "order_number,channel,placed_at,currency,customer_name,sku,title,quantity,unit_price\n"
        "9001,own,2026-11-02,USD,Jo Okafor,BOOK,Owl bookends,1,34.50\n"
        "9002,own,2026-11-02,USD,Jo Okafor,BOOK,Owl bookends,many,34.50\n",
        encoding="utf-8",
    )
    seller.window.actions_of_window.preview_files([str(file)])
    page = seller.window.current_page
    assert isinstance(page, ImportPage)
    seller.until(page.import_button.isEnabled)
    seller.until(lambda: "1 new · 0 changed · 0 unchanged" in labels(page))
    assert "Row 3, column quantity" in labels(page)
    box = page.findChild(QCheckBox, "import.paid")
    assert isinstance(box, QCheckBox)
    box.click()
    seller.until(page.import_button.isEnabled)
    seller.bot.mouseClick(page.import_button, LEFT)
    seller.until_toast("Imported: 1 new, 0 changed, 1 row left out")
    seller.until(lambda: seller.window.current_page.objectName() == "page.orders")


def test_a_file_that_is_no_table_is_refused_with_a_remedy(seller: Seller, tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    seller.window.actions_of_window.preview_files([str(file)])
    page = seller.window.current_page
    seller.until(lambda: "photo.png" in labels(page))
    assert isinstance(page, ImportPage)
    assert not page.import_button.isEnabled()


def test_a_file_that_was_replaced_since_it_was_shown_is_shown_again_before_it_comes_in(seller: Seller, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("sku,title,on_hand\nNEW-1,Spoon,4\n", encoding="utf-8")
    seller.window.actions_of_window.preview_files([str(file)])
    page = seller.window.current_page
    assert isinstance(page, ImportPage)
    seller.until(lambda: "1 new · 0 changed · 0 unchanged" in labels(page))
    seller.until(page.import_button.isEnabled)
    file.write_text("sku,title,on_hand\nNEW-1,Spoon,4\nNEW-2,Fork,4\n", encoding="utf-8")
    seller.bot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    seller.until_toast("products.csv has changed since it was shown. Nothing was imported.")
    seller.until(lambda: "2 new · 0 changed · 0 unchanged" in labels(page))
    seller.until(page.import_button.isEnabled)
    seller.bot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    seller.until_toast("Imported: 2 new")


def test_of_several_files_those_come_in_that_can_be_read(seller: Seller, tmp_path: Path) -> None:
    poem, products = tmp_path / "poem.csv", tmp_path / "products.csv"
    poem.write_text("roses,are\nred,too\n", encoding="utf-8")
    products.write_text("sku,title,on_hand\nNEW-1,Spoon,4\n", encoding="utf-8")
    seller.window.actions_of_window.preview_files([str(poem), str(products)])
    page = seller.window.current_page
    assert isinstance(page, ImportPage)
    seller.until(page.import_button.isEnabled)
    shown = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert "poem.csv is no file OrderDesk knows" in shown
    seller.bot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    seller.until_toast("Imported: 1 new")


def test_what_is_ticked_at_one_file_is_said_of_that_file_alone(seller: Seller, tmp_path: Path) -> None:
    head = "order_number,channel,placed_at,currency,customer_name,sku,title,quantity,unit_price\n"
    files = []
    for number in (9001, 9002):
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_text(f"{head}{number},own,2026-11-02,USD,Jo Okafor,BOOK,Owl bookends,1,34.50\n", encoding="utf-8")
    seller.window.actions_of_window.preview_files([str(file) for file in files])
    page = seller.window.current_page
    assert isinstance(page, ImportPage)
    seller.until(page.import_button.isEnabled)
    page.findChildren(QCheckBox, "import.paid")[1].click()
    seller.until(page.import_button.isEnabled)
    # The boxes of the preview before are let go of when the window comes to it.
    seller.until(lambda: [box.isChecked() for box in page.findChildren(QCheckBox, "import.paid")] == [False, True])
    seller.bot.mouseClick(page.import_button, LEFT)
    seller.until_toast("Imported: 2 new")
    with seller.desk.store.read() as view:
        paid = view.all("SELECT order_number, paid FROM orders WHERE order_number IN ('9001', '9002') ORDER BY 1")
    assert [tuple(row) for row in paid] == [("9001", 0), ("9002", 1)]


def test_a_question_of_a_file_is_answered_by_a_choice(seller: Seller) -> None:
    from tests.shared_data import shared_data

    seller.window.actions_of_window.preview_files([str(shared_data("marketplace-rendered/ebay_us_orders.csv"))])
    page = seller.window.current_page
    assert isinstance(page, ImportPage)
    seller.until(page.import_button.isEnabled)
    combo = page.findChild(QComboBox, "import.question.currency")
    assert isinstance(combo, QComboBox)
    other = next(combo.itemText(place) for place in range(combo.count()) if combo.itemText(place) != combo.currentText())
    combo.setCurrentText(other)
    combo.textActivated.emit(other)
    seller.until(page.import_button.isEnabled)


def test_a_backup_is_made_and_said(seller: Seller) -> None:
    seller.page("orders")
    seller.until(lambda: seller.window.interior.sidebar.backed_up.text() == "Backed up just now")
    seller.window.actions_of_window.back_up()
    seller.until_toast("Backed up ")
    folder = seller.window.interior.toast.findChild(QPushButton, "toast.Folder")
    assert folder is not None
    seller.bot.mouseClick(folder, LEFT)
    assert seller.opener.opened == [backup_folder(seller)]


def backup_folder(seller: Seller) -> Path:
    return seller.desk.path.parent / f"{seller.desk.path.stem} backups"


def test_the_backup_that_an_import_makes_counts_as_one(seller: Seller, tmp_path: Path) -> None:
    said = seller.window.interior.sidebar.backed_up
    seller.until(lambda: said.text() == "Backed up just now")
    folder = backup_folder(seller)
    for backup in folder.iterdir():  # as if it had been made long ago
        backup.rename(folder / "2026-01-02 09.30.00.000 start.orderdesk")
    seller.desk.feed.committed.emit(Changes(everything=True))
    seller.until(lambda: "days ago" in said.text())
    orders = tmp_path / "mine.csv"
    orders.write_text("order_number,placed_at,customer_name,sku,quantity,unit_price\nX-1,2026-11-20,Ana,NEW,1,5\n", "utf-8")
    seller.desk.perform(lambda store, now, _: late.imports.import_files(store, [orders], now=now))
    seller.until(lambda: said.text() == "Backed up just now")


def test_backups_are_chosen_by_when_they_were_made_and_what_for(seller: Seller) -> None:
    seller.until(lambda: seller.window.interior.sidebar.backed_up.text() == "Backed up just now")
    seller.window.actions_of_window.back_up()
    seller.until_toast("Backed up ")
    when = seller.toast().removeprefix("Backed up ")
    seller.window.actions_of_window.restore()
    seller.until(lambda: seller.window.findChild(QListWidget, "chooser.list") is not None)
    shown = seller.window.findChild(QListWidget, "chooser.list")
    assert shown is not None
    by_hand, at_start, elsewhere = (shown.item(place).text() for place in range(shown.count()))
    assert re.fullmatch(rf"{re.escape(when)} · by hand · \d+ orders", by_hand)
    assert re.search(r", \d\d:\d\d$", when)
    assert "at a start of OrderDesk" in at_start
    assert elsewhere == "Another file…"


def test_the_theme_in_use_has_a_tick(seller: Seller) -> None:
    view = seller.window.interior.command_sets["View"]
    for name in ("dark", "dark", "light", "system"):
        view.action(f"view.{name}").trigger()
        ticked = [each for each in ("system", "light", "dark") if view.action(f"view.{each}").isChecked()]
        assert ticked == [name]


def test_a_backup_is_put_in_the_place_of_the_shop(seller: Seller) -> None:
    orders = seller.page("orders")
    count = len(orders.model.ids)
    seller.window.actions_of_window.back_up()
    seller.until_toast("Backed up ")
    (backup,) = backup_folder(seller).glob("* by hand.orderdesk")
    orders.commands.action("orders.cancel").trigger()
    seller.until_toast("Canceled order")
    seller.window.actions_of_window.keeping.restore_from(backup)
    seller.until_toast("Restored")
    seller.until(lambda: seller.desk.is_open)
    seller.until(lambda: len(seller.page("orders").model.ids) == count)


def test_everything_goes_out_as_a_file(seller: Seller, tmp_path: Path) -> None:
    seller.page("orders")
    for kind in EXPORT_KINDS:
        seller.window.actions_of_window.keeping.export_to(kind, tmp_path / f"{kind}.csv")
        seller.until_toast(f"exported to {kind}.csv")
    assert set(_KINDS) == set(EXPORT_KINDS)
    assert "TIN-ROBOT" in (tmp_path / "products.csv").read_text(encoding="utf-8")


def test_the_report_is_copied_without_customer_data(seller: Seller) -> None:
    seller.window.actions_of_window.copy_report()
    assert "PySide6-Essentials" in QApplication.clipboard().text()


def test_about_names_the_licenses(seller: Seller) -> None:
    seller.window.actions_of_window.about()
    texts = overlay(seller).findChildren(QWidget)
    assert any("SIL OPEN FONT LICENSE" in str(each.property("plainText")).upper() for each in texts)


@pytest.mark.parametrize(
    ("screen", "size"),
    [((1920, 1080), (1280, 760)), ((1280, 760), (1264, 720)), ((1366, 728), (1280, 688)), ((1024, 600), (1008, 560))],
)
def test_a_first_window_fits_on_its_screen_with_its_frame(screen: tuple[int, int], size: tuple[int, int]) -> None:
    assert first_size(QSize(*screen)) == QSize(*size)


def test_a_window_that_was_never_opened_before_takes_no_more_than_its_screen_has(qtbot: QtBot, memory: Memory) -> None:
    window = MainWindow(memory)
    qtbot.addWidget(window)
    assert window.size() == first_size(window.screen().availableSize()).expandedTo(window.minimumSize())


@pytest.mark.parametrize(
    ("page", "command", "field"), [("purchases", "new", "line.quantity"), ("customers", "new", "field.name")]
)
def test_a_window_does_not_close_on_what_is_typed_and_not_saved(seller: Seller, page: str, command: str, field: str) -> None:
    shown = seller.window.show_page(page)
    assert isinstance(shown, TablePage)
    seller.window.activateWindow()
    shown.commands.action(f"{page}.{command}").trigger()
    seller.until(lambda: shown.pane.top is not None)
    line = shown.pane.findChild(QLineEdit, field)
    assert line is not None
    seller.bot.keyClicks(line, "7")
    seller.page("orders")
    assert not seller.window.close()
    assert seller.window.current_page is shown
    assert shown.pane.top.isAncestorOf(QApplication.focusWidget())  # type: ignore[union-attr]
    seller.until_toast("What you typed here is not saved.")
    seller.bot.keyClick(seller.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert not seller.window.isVisible()


def test_a_form_that_nothing_is_typed_in_or_that_was_closed_keeps_no_window_open(seller: Seller) -> None:
    shown = seller.window.show_page("customers")
    assert isinstance(shown, TablePage)
    shown.commands.action("customers.new").trigger()
    seller.until(lambda: shown.pane.top is not None)
    line = shown.pane.findChild(QLineEdit, "field.name")
    assert line is not None
    seller.bot.keyClicks(line, "Ida")
    seller.bot.keyClick(line, Qt.Key.Key_Escape)
    shown.commands.action("customers.new").trigger()
    assert seller.window.close()


def test_the_place_of_the_window_and_its_page_are_remembered(seller: Seller) -> None:
    seller.window.show_page("inventory")
    seller.window.close()
    assert seller.desk.memory.recall("window/page") == "inventory"
    assert seller.desk.memory.recall("window/geometry")


def test_what_is_remembered_already_is_not_written_again(seller: Seller, tmp_path: Path) -> None:
    def written() -> tuple[int, int]:
        seller.desk.memory.write()
        found = (tmp_path / "window.ini").stat()
        return found.st_ino, found.st_mtime_ns

    seller.window.show_page("inventory")
    before = written()
    seller.window.show_page("inventory")
    assert written() == before
    seller.window.show_page("customers")
    assert written() != before


def test_every_button_of_the_toast_can_be_reached(seller: Seller) -> None:
    seller.desk.say("Letter ready", [("Print", lambda: None), ("Undo", lambda: None)])
    toast = seller.window.interior.toast
    assert [each.objectName() for each in toast.findChildren(QPushButton) if each.isVisible()] == ["toast.Print", "toast.Undo"]
    assert all(each.width() > 20 for each in toast.findChildren(QPushButton) if each.isVisible())


def test_what_a_message_offers_first_is_done_by_the_keyboard(seller: Seller) -> None:
    opened: list[str] = []
    seller.page("orders")
    action = seller.window.interior.command_sets["Edit"].action("edit.take_offer")
    assert not action.isEnabled()
    seller.desk.say("Nothing to do about it")
    assert not action.isEnabled()
    seller.desk.say("Saved", [("Open", lambda: opened.append("file")), ("Folder", lambda: opened.append("folder"))])
    seller.bot.keyClick(seller.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert opened == ["file"]
    assert not seller.window.interior.toast.isVisible()
    assert not action.isEnabled()


def test_what_a_message_offers_is_still_done_by_the_keyboard_once_the_window_was_minimized(seller: Seller) -> None:
    opened: list[str] = []
    seller.desk.say("Saved", [("Open", lambda: opened.append("file"))])
    seller.window.showMinimized()
    seller.window.showNormal()
    seller.until(seller.window.interior.toast.isVisible)
    seller.bot.keyClick(seller.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert opened == ["file"]


def test_a_long_message_covers_no_button_of_a_form_and_says_all_under_the_mouse(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.commands.action("orders.new").trigger()
    seller.until(lambda: orders.pane.top is not None)
    long = "\n".join(["3 letters ready"] + [f"{number}: it came too late to leave a choice" for number in range(1001, 1007)])
    seller.desk.say(long, [("Print", lambda: None), ("Undo", lambda: None)])
    toast, verb = seller.window.interior.toast, orders.pane.findChild(QPushButton, "form.submit")
    assert verb is not None
    assert not toast.geometry().intersects(QRect(verb.mapTo(seller.window.interior, QPoint(0, 0)), verb.size()))
    seen = toast.findChild(QLabel, "toast.text")
    assert seen is not None
    assert seen.text().startswith("3 letters ready\n1001: it came too late to leave a choice · 1002: ")
    assert seen.text().endswith("…")
    assert seen.toolTip() == long


def test_the_sidebar_and_the_go_menu_have_the_same_pages_in_the_same_order(seller: Seller) -> None:
    interior = seller.window.interior
    shown = [name for name, button in interior.sidebar.buttons.items() if not button.isHidden()]
    gone = [action.objectName().removeprefix("go.") for action in interior.command_sets["Go"].actions]
    assert shown == gone[: len(shown)]
    assert {"reorder", "history"} <= set(shown)


def test_thousands_stand_apart_where_the_desktop_has_no_language() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    try:
        assert formats.money(Money(574_940, "USD")) == "$5,749.40"
    finally:
        QLocale.setDefault(before)


def test_proposals_have_a_border_of_their_own(seller: Seller) -> None:
    page = seller.page("orders")
    page.commands.action("orders.new").trigger()
    seller.until(lambda: page.pane.findChild(QLineEdit, "order.customer") is not None)
    customer = page.pane.findChild(QLineEdit, "order.customer")
    assert customer is not None
    completer = customer.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.property("kind") == "popup"
