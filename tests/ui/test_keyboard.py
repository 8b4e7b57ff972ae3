"""The day without a mouse: Enter, Alt, Tab."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMenu, QPushButton, QToolButton, QWidget

from orderdesk.domain.errors import NoPrinterError
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.overlays import CommandPalette
from orderdesk.ui.page import TablePage
from orderdesk.ui.today_page import TodayPage
from tests.ui.conftest import Seller, drop_files

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_enter_presses_the_button_that_has_the_keyboard(seller: Seller) -> None:
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    seller.until(lambda: today.findChild(QPushButton, "today.tell_all") is not None)
    button = today.findChild(QPushButton, "today.tell_all")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    seller.until(lambda: isinstance(today.pane.top, LetterPane))


def test_enter_goes_to_the_page_in_the_sidebar(seller: Seller) -> None:
    seller.page("orders")
    entry = seller.window.interior.sidebar.buttons["customers"]
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert seller.window.current_page.objectName() == "page.customers"


def test_alt_and_a_letter_open_each_menu(seller: Seller) -> None:
    seller.page("orders")
    bar = seller.window.menuBar()
    letters = [action.text().partition("&")[2][:1].casefold() for action in bar.actions()]
    assert all(letters)
    assert len(set(letters)) == len(letters)
    for page in ("figures", "history", "inventory", "coupons"):
        seller.window.show_page(page)
        letters = [action.text().partition("&")[2][:1].casefold() for action in bar.actions() if action.isVisible()]
        assert len(set(letters)) == len(letters), letters


def test_f10_goes_to_the_menu_bar(seller: Seller) -> None:
    seller.page("orders")
    seller.window.activateWindow()
    QTest.keyClick(seller.window, Qt.Key.Key_F10)
    bar = seller.window.menuBar()
    assert bar.activeAction() is bar.actions()[0]


def test_ctrl_y_does_again_what_was_undone(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.commands.action("orders.cancel").trigger()
    seller.until_toast("Canceled order")
    seller.window.activateWindow()
    edit = seller.window.interior.command_sets["Edit"]
    seller.until(edit.action("edit.undo").isEnabled)
    QTest.keyClick(seller.window, Qt.Key.Key_Z, CONTROL)
    seller.until(edit.action("edit.redo").isEnabled)
    QTest.keyClick(seller.window, Qt.Key.Key_Y, CONTROL)
    seller.until_toast("Redid")


def test_tab_goes_from_the_customer_to_the_first_lines_product(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.commands.action("orders.new").trigger()
    seller.until(lambda: orders.pane.top is not None)
    seller.until(lambda: focused().objectName() == "order.customer")
    names = []
    for _ in range(5):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        names.append(focused().objectName() or focused().accessibleName())
    assert names == ["line.product", "line.quantity", "line.price", "Take this line off", "line.ship_policy"]


def test_a_search_keeps_the_keyboard_when_it_closes_a_question(seller: Seller) -> None:
    orders = seller.page("orders")
    rows = orders.model.rows_of(orders.model.ids[:20])
    orders.table.pick_place(next(place for place, row in enumerate(rows) if row.paid_on))  # type: ignore[attr-defined]
    seller.until(orders.commands.action("orders.refund").isEnabled)
    orders.commands.action("orders.refund").trigger()
    seller.until(lambda: orders.pane.top is not None)
    orders.search.setFocus()
    QTest.keyClicks(orders.search, "z")
    seller.until(lambda: orders.pane.top is None)
    assert orders.search.hasFocus()


def test_a_command_search_that_finds_nothing_says_so(seller: Seller) -> None:
    seller.page("orders")
    QTest.keyClick(seller.window, Qt.Key.Key_K, CONTROL)
    palette = seller.window.findChild(CommandPalette)
    assert palette is not None
    typed, found = palette.findChild(QLineEdit), palette.findChild(QListWidget)
    assert typed is not None
    assert found is not None
    QTest.keyClicks(typed, "teleport")
    assert found.item(0).text().startswith("Nothing")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert palette.isVisible()


def filtered(seller: Seller, key: str) -> TablePage[object]:
    """The orders page with a filter that was clicked, once its rows are there; a toast of an earlier step still offers Undo."""
    seller.window.resize(2000, 900)
    seller.window.activateWindow()
    page = seller.page("orders")
    every = len(page.model.ids)
    chip = page.chips.findChild(QPushButton, f"chip.{key}")
    assert chip is not None
    seller.bot.mouseClick(chip, LEFT)
    seller.until(lambda: page.wanted.filter == key and 3 < len(page.model.ids) < every)
    seller.desk.say("Done before", [("Undo", lambda: None)])
    return page


def test_ctrl_a_selects_all_rows_after_a_click_on_a_filter(seller: Seller) -> None:
    page = filtered(seller, "ready")
    QTest.keyClick(focused(), Qt.Key.Key_A, CONTROL)
    assert page.table.picked_ids() == list(page.model.ids)


def test_the_list_has_the_keyboard_after_several_were_shipped_by_their_bar(seller: Seller) -> None:
    page = filtered(seller, "ready")
    seller.window.resize(1280, 760)
    for _ in range(2):
        QTest.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    ship = page.bulk.findChild(QPushButton, "button.orders.ship")
    assert ship is not None
    seller.until(ship.isVisible)
    ship.setFocus()
    QTest.keyClick(ship, Qt.Key.Key_Space)
    seller.until_toast("and 2 more")
    seller.until(lambda: not page.bulk.isVisible())
    assert focused() is page.table


def test_the_list_has_the_keyboard_after_a_letter_was_marked_as_told(seller: Seller) -> None:
    page = filtered(seller, "not_told")
    page.table.pick_place(1)
    page.commands.action("orders.apologize").trigger()
    seller.until(lambda: isinstance(page.pane.top, LetterPane) and page.pane.top.contents is not None)
    told = page.pane.findChild(QPushButton, "letter.told")
    assert told is not None
    told.setFocus()
    told.menu().actions()[0].trigger()
    seller.until_toast("Told ")
    seller.until(lambda: not told.isVisible())
    assert focused() is page.table


def test_a_toast_gives_the_keyboard_back(seller: Seller) -> None:
    page = filtered(seller, "ready")
    page.table.setFocus()
    (undo,) = (each for each in seller.window.findChildren(QPushButton, "toast.Undo") if each.isVisible())
    seller.bot.mouseClick(undo, LEFT)
    assert focused() is page.table


def today_with_a_letter(seller: Seller) -> tuple[TodayPage, QPushButton]:
    """Today with its first letter open, and the button that opened it."""
    seller.window.activateWindow()
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    seller.until(lambda: any(each.text() == "Show letter" for each in today.findChildren(QPushButton)))
    show = next(each for each in today.findChildren(QPushButton) if each.text() == "Show letter")
    seller.bot.mouseClick(show, LEFT)
    seller.until(lambda: isinstance(today.pane.top, LetterPane) and today.pane.top.contents is not None)
    return today, show


def test_a_letter_of_today_that_is_closed_gives_the_keyboard_to_today(seller: Seller) -> None:
    today, _ = today_with_a_letter(seller)
    print_it = today.pane.findChild(QPushButton, "letter.print")
    assert print_it is not None
    print_it.setFocus()
    QTest.keyClick(print_it, Qt.Key.Key_Escape)
    assert today.pane.top is None
    assert focused() is today.focusProxy()


def test_esc_closes_what_is_open_on_today_from_wherever_one_is(seller: Seller) -> None:
    today, show = today_with_a_letter(seller)
    show.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert today.pane.top is None
    assert focused() is show


@pytest.mark.parametrize("name", ["today", "orders", "figures"])
def test_esc_takes_away_the_message_above_a_page(seller: Seller, name: str) -> None:
    seller.window.activateWindow()
    seller.window.show_page(name)
    seller.desk.failed.emit(NoPrinterError())
    banner = seller.window.interior.banner
    assert banner.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not banner.isVisible()


def test_esc_leaves_an_import_that_was_only_looked_at(seller: Seller, tmp_path: Path) -> None:
    seller.window.activateWindow()
    orders = seller.page("orders")
    file = tmp_path / "products.csv"
    file.write_text("sku,title,on_hand\nNEW,New one,3\n", encoding="utf-8")
    drop_files(seller.window, file)
    page = seller.window.current_page
    go = page.findChild(QPushButton, "import.go")
    assert go is not None
    seller.until(go.isEnabled)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert seller.window.current_page is orders
    assert not go.isEnabled()


def test_a_second_esc_after_a_menu_keeps_the_filter(seller: Seller) -> None:
    page = filtered(seller, "ready")
    for _ in range(2):
        page.show_row_menu(page.table.rect().center())
        (menu,) = (each for each in page.findChildren(QMenu) if each.isVisible())
        QTest.keyClick(menu, Qt.Key.Key_Escape)
        seller.until(lambda: QApplication.activePopupWidget() is None)
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        assert page.wanted.filter == "ready"
    page.chips.focus_current()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert page.wanted.filter == "ready"
    page.table.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert page.wanted.filter == "all"


def test_a_search_that_is_dropped_leaves_nothing_to_clear(seller: Seller) -> None:
    page = seller.page("orders")
    clear, _ = page.search.findChildren(QToolButton)
    QTest.keyClicks(page.search, "lamp")
    seller.until(lambda: clear.property("opacity") == 1.0)
    page.show_all()
    seller.until(lambda: clear.property("opacity") == 0.0)
    assert page.search.text() == page.wanted.search == ""


def test_a_row_that_comes_back_to_an_empty_view_is_picked(seller: Seller) -> None:
    seller.window.activateWindow()
    page = seller.page("inventory")
    page.chips.choose("count_me")
    seller.until(lambda: page.wanted.filter == "count_me" and len(page.model.ids) == 1)
    page.table.setFocus()
    seller.until(lambda: page.table.picked_ids() == [*page.model.ids])
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    seller.until(lambda: page.pane.top is not None)
    QTest.keyClicks(focused(), "5")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    seller.until(lambda: not page.model.ids)
    seller.until_toast("Counted 5")
    seller.bot.keyClick(seller.window, Qt.Key.Key_Z, CONTROL)
    seller.until(lambda: len(page.model.ids) == 1 and page.table.picked_ids() == [*page.model.ids])
