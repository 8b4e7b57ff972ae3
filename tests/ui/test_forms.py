from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from orderdesk.services.draft_fields import Draft
from orderdesk.services.drafts import ProductDraft
from orderdesk.services.products import add_product
from orderdesk.storage.queries.customers import CustomerRow
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.storage.queries.products import ProductRow
from orderdesk.ui import formats, small_drafts
from orderdesk.ui.coupon_forms import RedeemDraft
from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.overlays import CommandPalette
from orderdesk.ui.page import TablePage
from orderdesk.ui.side_pane import WIDTH
from orderdesk.ui.typed import read_typed_day
from tests.builders import NOW, make_shop
from tests.ui.conftest import Seller

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Form:
    """The form that is open in a page's pane."""

    seller: Seller
    page: TablePage[object]

    @property
    def widget(self) -> QWidget:
        top = self.page.pane.top
        assert top is not None
        return top

    def line(self, name: str, place: int = 0) -> QLineEdit:
        return [each for each in self.widget.findChildren(QLineEdit, name) if each.isVisibleTo(self.widget)][place]

    def type(self, name: str, text: str, place: int = 0) -> None:
        line = self.line(name, place)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)

    def submit(self) -> None:
        button = self.widget.findChild(QPushButton, "form.submit")
        assert isinstance(button, QPushButton)
        self.seller.bot.mouseClick(button, LEFT)

    def problems(self) -> list[str]:
        return [
            each.text() for each in self.widget.findChildren(QLabel) if each.property("kind") == "problem" and each.isVisible()
        ]

    def until_closed(self) -> None:
        self.seller.until(lambda: self.page.pane.top is None)


def opened(seller: Seller, page: str, command: str) -> Form:
    """The form of a command, opened with its page in front."""
    shown = seller.page(page)
    shown.commands.action(f"{page}.{command}").trigger()
    seller.until(lambda: shown.pane.top is not None)
    return Form(seller, shown)


def picked(page: TablePage[object], seller: Seller, search: str) -> object:
    """The one row that a search finds, picked."""
    page.search.setFocus()
    page.search.clear()
    QTest.keyClicks(page.search, search)
    seller.until(lambda: len(page.model.ids) == 1 and len(page.picked_rows()) == 1)
    return page.picked_rows()[0]


def test_a_product_is_added_and_shown(seller: Seller) -> None:
    form = opened(seller, "inventory", "new")
    form.type("field.title", "Felt mouse, grey")
    form.type("field.sku", "MOUSE-G")
    form.type("field.price", "14.50")
    form.type("field.on_hand", "6")
    form.submit()
    form.until_closed()
    seller.until(lambda: [row.sku for row in form.page.picked_rows() if isinstance(row, ProductRow)] == ["MOUSE-G"])


def test_what_is_wrong_stands_under_its_field_and_nothing_is_lost(seller: Seller) -> None:
    form = opened(seller, "inventory", "new")
    form.type("field.price", "cheap")
    form.submit()
    assert form.problems() == ["Expected: an entry (it can't stay empty).", "Expected: a number such as 12.50."]
    assert form.line("field.price").text() == "cheap"
    form.type("field.title", "Felt mouse")
    form.type("field.price", "3")
    form.submit()
    form.until_closed()


def test_a_refusal_of_the_shop_is_said_in_the_form(seller: Seller) -> None:
    form = opened(seller, "inventory", "new")
    form.type("field.title", "Another robot")
    form.type("field.sku", "TIN-ROBOT")
    form.submit()
    seller.until(lambda: any("There already is a product TIN-ROBOT." in text for text in form.problems()))


def test_esc_closes_a_form_and_gives_the_keyboard_back(seller: Seller) -> None:
    form = opened(seller, "inventory", "new")
    QTest.keyClick(form.line("field.title"), Qt.Key.Key_Escape)
    assert form.page.pane.top is None


def test_received_units_reach_who_waits_and_undo_takes_them_back(seller: Seller) -> None:
    inventory = seller.page("inventory")
    before = picked(inventory, seller, "tin-robot")
    assert isinstance(before, ProductRow)
    assert before.backordered
    form = opened(seller, "inventory", "receive")
    form.type("field.quantity", "50")
    form.submit()
    seller.until(lambda: "allocated to" in seller.toast())
    seller.until(lambda: [row.backordered for row in inventory.picked_rows() if isinstance(row, ProductRow)] == [0])
    undo = seller.window.interior.toast.findChild(QPushButton, "toast.Undo")
    assert isinstance(undo, QPushButton)
    seller.bot.mouseClick(undo, LEFT)
    seller.until(
        lambda: [row.backordered for row in inventory.picked_rows() if isinstance(row, ProductRow)] == [before.backordered]
    )


def test_units_are_whole_numbers(seller: Seller) -> None:
    picked(seller.page("inventory"), seller, "tin-robot")
    form = opened(seller, "inventory", "receive")
    for text in ("0", "-3", "2.5", "many"):
        form.type("field.quantity", text)
        form.submit()
        assert form.problems(), text


def test_what_a_field_holds_is_replaced_by_what_one_types_when_one_comes_to_it(seller: Seller) -> None:
    inventory = seller.page("inventory")
    picked(inventory, seller, "owl-lamp")
    form = opened(seller, "inventory", "receive")
    quantity = form.line("field.quantity")
    seller.until(quantity.hasFocus)
    assert quantity.text()
    QTest.keyClicks(quantity, "3")
    assert quantity.text() == "3"


def test_a_first_click_into_a_field_selects_what_it_holds_and_a_second_sets_the_cursor(seller: Seller) -> None:
    picked(seller.page("inventory"), seller, "owl-lamp")
    line = opened(seller, "inventory", "edit").line("field.sku")
    seller.bot.mouseClick(line, LEFT)
    assert line.selectedText() == line.text() == "OWL-LAMP"
    seller.bot.mouseClick(line, LEFT, pos=QPoint(10, 10))
    assert not line.hasSelectedText()


def test_a_count_is_kept_with_its_reason(seller: Seller) -> None:
    inventory = seller.page("inventory")
    picked(inventory, seller, "tin-robot")
    form = opened(seller, "inventory", "count")
    form.type("field.quantity", "9")
    form.type("field.reason", "Found behind the shelf")
    form.submit()
    seller.until(lambda: "Counted 9" in seller.toast())
    seller.until(lambda: [row.on_hand for row in inventory.picked_rows() if isinstance(row, ProductRow)] == [9])


@pytest.mark.parametrize(("command", "done"), [("count", "Counted"), ("receive", "Received")])
def test_two_products_of_one_title_are_told_apart_by_their_sku(
    open_window: Callable[[], Seller], tmp_path: Path, command: str, done: str
) -> None:
    shop = make_shop(tmp_path)
    for sku in ("DOG-1", "DOG-2"):
        add_product(shop.store, ProductDraft(sku=sku, title="DOGGY RUBBER", on_hand="1"), now=NOW)
    shop.store.close()
    seller = open_window()
    picked(seller.page("inventory"), seller, "DOG-2")
    form = opened(seller, "inventory", command)
    assert "DOG-2 · DOGGY RUBBER" in [each.text() for each in form.widget.findChildren(QLabel)]
    form.type("field.quantity", "9")
    form.submit()
    seller.until_toast(f"{done} 9 of DOGGY RUBBER (DOG-2)")


def test_several_products_are_counted_in_one_step(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    for sku in ("A", "B", "C"):
        shop.stock(sku, None)
    shop.store.close()
    seller = open_window()
    inventory = seller.page("inventory")
    inventory.table.selectAll()
    form = opened(seller, "inventory", "count")
    form.type("field.quantity", "9")
    form.submit()
    seller.until_toast("Counted 9 of each of 3 products")
    seller.until(lambda: [row.on_hand for row in inventory.picked_rows() if isinstance(row, ProductRow)] == [9, 9, 9])
    undo = seller.window.interior.toast.findChild(QPushButton, "toast.Undo")
    assert isinstance(undo, QPushButton)
    seller.bot.mouseClick(undo, LEFT)
    seller.until(lambda: not any(row.on_hand for row in inventory.picked_rows() if isinstance(row, ProductRow)))


def test_an_order_is_added_for_a_new_customer_with_a_known_product(seller: Seller) -> None:
    form = opened(seller, "orders", "new")
    form.type("order.customer", "Wilhelmina Ash")
    form.type("line.product", "tin-rob")
    product = form.line("line.product")
    popup = product.completer().popup()
    seller.until(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert form.line("line.price").text()
    form.type("line.quantity", "2")
    form.type("field.ship_country", "US")
    form.submit()
    form.until_closed()
    seller.until(lambda: [row.customer for row in form.page.picked_rows() if isinstance(row, OrderRow)] == ["Wilhelmina Ash"])
    (order,) = form.page.picked_rows()
    assert isinstance(order, OrderRow)
    assert order.status == "backordered"


def test_an_order_needs_a_customer_and_a_product(seller: Seller) -> None:
    form = opened(seller, "orders", "new")
    form.submit()
    assert form.page.pane.top is not None
    assert form.problems() == ["Expected: a product."]
    assert form.line("order.customer").property("wrong")


def choose(form: Form, name: str, words: str) -> None:
    """Type the words of a choice with the keyboard in it."""
    choice = form.widget.findChild(QComboBox, name)
    assert choice is not None
    choice.setFocus()
    QTest.keyClicks(choice, words)
    assert choice.currentText() == words


def test_an_order_of_a_marketplace_is_typed_in_and_moved_to_another(seller: Seller) -> None:
    form = opened(seller, "orders", "new")
    form.type("order.customer", "Wilhelmina Ash")
    form.type("line.product", "TIN-ROBOT")
    form.type("field.order_number", "3190000001")
    choose(form, "field.channel", "Etsy")
    form.submit()
    form.until_closed()
    seller.until(
        lambda: [(r.number, r.channel) for r in form.page.picked_rows() if isinstance(r, OrderRow)] == [("3190000001", "etsy")]
    )
    again = opened(seller, "orders", "edit")
    choose(again, "field.channel", "eBay")
    again.submit()
    again.until_closed()
    seller.until(lambda: [row.channel for row in form.page.picked_rows() if isinstance(row, OrderRow)] == ["ebay"])


def test_an_edited_order_keeps_its_lines(seller: Seller) -> None:
    orders = seller.page("orders")
    before = orders.picked_rows()[0]
    assert isinstance(before, OrderRow)
    form = opened(seller, "orders", "edit")
    form.type("line.quantity", "3")
    form.submit()
    form.until_closed()
    seller.until(lambda: orders.picked_rows()[0] != before)
    after = orders.picked_rows()[0]
    assert isinstance(after, OrderRow)
    assert after.line_count == before.line_count


def test_an_order_is_held_for_a_reason_and_released(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.chips.choose("ready")
    seller.until(lambda: orders.wanted.filter == "ready" and 0 < len(orders.model.ids) < 60 and len(orders.picked_rows()) == 1)
    (row,) = orders.picked_rows()
    assert isinstance(row, OrderRow)
    form = opened(seller, "orders", "hold")
    form.type("field.reason", "Address to be confirmed")
    form.submit()
    seller.until_toast("on hold")
    orders.pick_when_there(row.id)
    seller.until(
        lambda: [each.hold_reason for each in orders.picked_rows() if isinstance(each, OrderRow)] == ["Address to be confirmed"]
    )
    orders.commands.action("orders.release").trigger()
    seller.until_toast("Released")


def test_a_customer_is_added_and_edited(seller: Seller) -> None:
    form = opened(seller, "customers", "new")
    form.type("field.name", "Ada Birch")
    form.type("field.country", "Atlantis")
    form.submit()
    assert form.problems() == ["Expected: a country, such as US or Germany."]
    form.type("field.country", "Germany")
    form.submit()
    form.until_closed()
    seller.until(lambda: [row.name for row in form.page.picked_rows() if isinstance(row, CustomerRow)] == ["Ada Birch"])
    again = opened(seller, "customers", "edit")
    again.type("field.city", "Kiel")
    again.submit()
    again.until_closed()
    seller.until_toast("Edited customer Ada Birch")


def test_a_coupon_is_redeemed_once(seller: Seller) -> None:
    with seller.desk.store.read() as view:
        code = str(view.value("SELECT code FROM coupon WHERE status = 'issued' AND kind = 'amount' ORDER BY id"))
        number = str(view.value("SELECT order_number FROM orders WHERE currency = 'USD' AND channel = 'own' ORDER BY id DESC"))
    redeeming(seller, code, number).until_closed()
    seller.until_toast(f"redeemed on {number}")
    again = redeeming(seller, code, number)
    seller.until(lambda: any("was used up on order" in text for text in again.problems()))


def redeeming(seller: Seller, code: str, number: str) -> Form:
    """The form, filled in and submitted."""
    seller.window.actions_of_window.redeem_coupon()
    form = Form(seller, seller.page("coupons"))
    form.type("field.code", code.lower())
    form.type("field.order_number", number)
    form.submit()
    return form


def test_the_order_that_is_picked_is_the_one_that_a_coupon_is_for(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.table.pick_place(0)
    (picked,) = orders.picked_rows()
    assert isinstance(picked, OrderRow)
    seller.window.actions_of_window.redeem_coupon()
    number = seller.page("coupons").findChild(QLineEdit, "field.order_number")
    assert isinstance(number, QLineEdit)
    assert number.text() == picked.number


def test_a_mistyped_code_is_noticed_before_anything_is_asked() -> None:
    assert "code" in RedeemDraft(code="K7QF-9M2X-4TBX", order_number="1042").problems()


def test_the_shops_profile_is_asked_once_with_what_the_locale_says(newcomer: Seller, tmp_path: Path) -> None:
    newcomer.until(lambda: newcomer.window.current_page.objectName() == "page.first-run")
    newcomer.window.actions_of_window.starting.start_empty()
    page = newcomer.window.current_page
    newcomer.until(lambda: page.findChild(QLineEdit, "field.name") is not None)
    paper = page.findChild(QComboBox, "field.paper")
    assert isinstance(paper, QComboBox)
    assert paper.currentData() in ("letter", "a4")
    name = page.findChild(QLineEdit, "field.name")
    assert isinstance(name, QLineEdit)
    QTest.keyClicks(name, "Hollow Oak")
    button = page.findChild(QPushButton, "form.submit")
    assert isinstance(button, QPushButton)
    newcomer.bot.mouseClick(button, LEFT)
    newcomer.until(lambda: newcomer.desk.profile is not None)
    assert newcomer.desk.profile is not None
    assert newcomer.desk.profile.name == "Hollow Oak"
    assert tmp_path.exists()


@pytest.mark.parametrize("command", ["orders.cancel", "orders.ship"])
def test_several_orders_at_once_are_told_of_together_and_come_back_together(seller: Seller, command: str) -> None:
    orders = seller.page("orders")
    orders.chips.choose("ready")
    seller.until(lambda: orders.wanted.filter == "ready" and 0 < len(orders.model.ids) < 60)
    count, before = len(orders.model.ids), set(orders.model.ids)
    orders.table.selectAll()
    orders.commands.action(command).trigger()
    seller.until_toast(f" · and {count - 1} more")
    seller.until(lambda: not before & set(orders.model.ids))  # others may have got what these gave back
    undo = seller.window.interior.toast.findChild(QPushButton, "toast.Undo")
    assert isinstance(undo, QPushButton)
    seller.bot.mouseClick(undo, LEFT)
    seller.until_toast(f" and {count - 1} more")
    seller.until(lambda: before == set(orders.model.ids))


def test_the_keys_of_undo_and_redo_take_all_of_an_act_on_several_orders(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.chips.choose("ready")
    seller.until(lambda: orders.wanted.filter == "ready" and 0 < len(orders.model.ids) < 60)
    count, before = len(orders.model.ids), set(orders.model.ids)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(orders.table, Qt.Key.Key_A, control)
    seller.until(orders.commands.action("orders.ship").isEnabled)
    QTest.keyClick(orders.table, Qt.Key.Key_S, control | shift)
    seller.until_toast(f" · and {count - 1} more")
    undo, redo = (seller.window.interior.command_sets["Edit"].action(f"edit.{name}") for name in ("undo", "redo"))
    for action, keys, holds in (
        (undo, control, lambda: before == set(orders.model.ids)),
        (redo, control | shift, lambda: not before & set(orders.model.ids)),
        (undo, control, lambda: before == set(orders.model.ids)),
    ):
        seller.until(lambda action=action: action.isEnabled() and action.text().endswith(f" and {count - 1} more"))  # type: ignore[misc]
        QTest.keyClick(seller.window, Qt.Key.Key_Z, keys)
        seller.until(holds)


def test_a_day_is_picked_from_the_calendar(seller: Seller) -> None:
    form = opened(seller, "inventory", "new")
    line = form.line("field.on_order_expected_on")
    assert isinstance(line, DayEdit)
    form.type("field.on_order_expected_on", "2026-12-04")
    QTest.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    seller.until(lambda: line.findChild(QCalendarWidget) is not None)
    calendar = line.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 12, 4)
    days = calendar.findChild(QTableView)
    assert isinstance(days, QTableView)
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Return)
    seller.until(lambda: line.text() == "Dec 5, 2026")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Dec 20", "Dec 20, 2026"),
        ("dec 20, 2027", "Dec 20, 2027"),
        ("20 dec", "Dec 20, 2026"),
        ("Jan 5", "Jan 5, 2027"),
        ("2026-12-20", "Dec 20, 2026"),
        ("1/5", "Jan 5, 2027"),
        ("20.12.26", "Dec 20, 2026"),
        ("2/30", "2/30"),
        ("soon", "soon"),
    ],
)
def test_a_day_is_typed_as_the_program_writes_it_and_shown_with_its_year(seller: Seller, typed: str, read: str) -> None:
    form = opened(seller, "inventory", "new")
    form.type("field.on_order_expected_on", typed)
    QTest.keyClick(form.line("field.on_order_expected_on"), Qt.Key.Key_Tab)
    assert form.line("field.on_order_expected_on").text() == read
    form.submit()
    assert ("Expected: a day such as 2026-12-04." in form.problems()) == (read == typed)


@pytest.mark.parametrize("language", ["en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "ja_JP"])
def test_every_day_that_the_program_or_the_desktop_writes_is_read(language: str) -> None:
    usual, today = QLocale(), date(2026, 11, 23)
    QLocale.setDefault(QLocale(language))
    formats.day.cache_clear()
    try:
        for day in (date(2026, 12, 20), date(2026, 11, 3), date(2026, 6, 1), date(2027, 1, 5), date(2028, 2, 29)):
            assert read_typed_day("day", formats.day(day, today), today) == day
            short = QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
            assert read_typed_day("day", short, today) == day
    finally:
        QLocale.setDefault(usual)
        formats.day.cache_clear()


@pytest.mark.usefixtures("theme")
def test_every_hint_of_a_small_form_fits_its_field(qtbot: QtBot) -> None:
    class Anything(Draft):
        def __getattr__(self, name: str) -> str:
            return ""

    declared = [each for each in vars(small_drafts).values() if isinstance(each, tuple) and isinstance(each[0], Field)]
    assert len(declared) > 8
    for fields in declared:
        form = DraftForm("", Anything(), fields, "Save")
        qtbot.addWidget(form)
        form.resize(WIDTH - 2, 600)
        form.show()
        for line in form.findChildren(QLineEdit):
            option = QStyleOptionFrame()
            line.initStyleOption(option)
            room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).width()
            room -= line.textMargins().left() + line.textMargins().right()
            assert line.fontMetrics().horizontalAdvance(line.placeholderText()) <= room - 4, line.placeholderText()


def test_every_kind_of_labels_can_be_read_whole(seller: Seller) -> None:
    seller.page("orders").table.pick_place(0)
    form = opened(seller, "orders", "labels")
    (box,) = form.widget.findChildren(QComboBox)
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
    assert all(box.fontMetrics().horizontalAdvance(box.itemText(place)) <= room for place in range(box.count()))


def test_what_a_form_needs_is_marked(seller: Seller) -> None:
    form = opened(seller, "inventory", "new")
    titles = {each.text() for each in form.widget.findChildren(QLabel)}
    assert "Product *" in titles
    assert {"SKU", "Price"} <= titles


def test_products_are_counted_down_the_list_and_several_at_once(seller: Seller) -> None:
    page = seller.page("inventory")
    page.table.pick_place(0)
    first, second, third = page.model.ids[:3]
    page.table.setFocus()
    seller.until(page.commands.action("inventory.count_on").isEnabled)
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    for number, about in (("17", first), ("18", second)):
        seller.until(lambda about=about: page.pane.top is not None and page.table.picked_ids() == [about])  # type: ignore[misc]
        line = page.pane.top.findChild(QLineEdit, "field.quantity")  # type: ignore[union-attr]
        assert isinstance(line, QLineEdit)
        line.selectAll()
        QTest.keyClicks(line, number)
        QTest.keyClick(line, Qt.Key.Key_Return)
        seller.until_toast(f"Counted {number} of")
    seller.until(lambda: page.table.picked_ids() == [third])
    assert page.pane.close_top()
    page.table.keep_picked([first, second, third], third)
    seller.until(lambda: len(page.table.picked_ids()) == 3)
    page.commands.action("inventory.count").trigger()
    seller.until(lambda: page.pane.top is not None)
    line = page.pane.top.findChild(QLineEdit, "field.quantity")  # type: ignore[union-attr]
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "25")
    QTest.keyClick(line, Qt.Key.Key_Return)
    seller.until_toast("of each of 3 products")
    with seller.desk.store.read() as view:
        assert [view.value("SELECT on_hand FROM product WHERE id = ?", (each,)) for each in (first, second, third)] == [25] * 3


def test_the_keys_of_what_can_not_be_done_say_so(seller: Seller) -> None:
    page = seller.page("orders")
    page.chips.choose("awaiting_payment")
    seller.until(lambda: page.wanted.filter == "awaiting_payment" and 0 < len(page.model.ids) < 20)
    page.table.pick_place(0)
    seller.until(lambda: not page.commands.action("orders.apologize").isEnabled() and bool(page.picked_rows()))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    seller.until_toast("is not paid")
    QTest.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    seller.until_toast("“Ship now” is not possible for what is selected.")


def test_nobody_is_left_to_tell_and_the_button_says_so(seller: Seller) -> None:
    with seller.desk.store.begin("test", "All were told", now=NOW) as transaction:
        transaction.execute("UPDATE orders SET told_at = '2026-11-23T12:00:00Z' WHERE backordered_units > 0")
    page = seller.page("inventory")
    page.chips.choose("backordered")
    seller.until(lambda: page.wanted.filter == "backordered" and 0 < len(page.model.ids) < 30)
    page.table.pick_place(0)
    seller.until(lambda: any(each.isVisible() for each in page.pane.findChildren(QPushButton, "button.inventory.tell")))
    (button,) = [each for each in page.pane.findChildren(QPushButton, "button.inventory.tell") if each.isVisible()]
    assert not button.isEnabled()
    assert "was told" in button.toolTip()


def test_what_was_typed_in_a_form_is_brought_back_after_esc(seller: Seller) -> None:
    page = seller.page("orders")
    page.commands.action("orders.new").trigger()
    seller.until(lambda: page.pane.top is not None)
    form = page.pane.top
    assert form is not None
    customer = form.findChild(QLineEdit, "order.customer")
    assert customer is not None
    QTest.keyClicks(customer, "Ida Quill")
    QTest.keyClick(customer, Qt.Key.Key_Escape)
    if page.pane.top is not None:  # the first Esc closed the proposals
        QTest.keyClick(customer, Qt.Key.Key_Escape)
    seller.until_toast("Discarded")
    assert page.pane.top is None
    (way,) = [each for each in seller.window.findChildren(QPushButton, "toast.Bring back") if each.isVisible()]
    seller.bot.mouseClick(way, Qt.MouseButton.LeftButton)
    assert page.pane.top is form
    assert customer.text() == "Ida Quill"


def test_what_was_typed_is_brought_back_from_the_menu_once_the_message_is_gone(seller: Seller) -> None:
    way = seller.window.interior.command_sets["Edit"].action("edit.bring_back")
    form = opened(seller, "customers", "new")
    assert not way.isEnabled()
    form.type("field.name", "Ida Quill")
    typed = form.widget
    QTest.keyClick(form.line("field.name"), Qt.Key.Key_Escape)
    seller.until(way.isEnabled)
    seller.window.interior.toast.hide()
    seller.page("orders")
    seller.bot.keyClick(seller.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = seller.window.findChild(CommandPalette)
    assert palette is not None
    QTest.keyClicks(QApplication.focusWidget(), "bring back")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert seller.window.current_page is form.page
    assert form.page.pane.top is typed
    assert form.line("field.name").text() == "Ida Quill"
    assert not way.isEnabled()


def test_a_form_that_was_only_looked_at_goes_without_a_word(seller: Seller) -> None:
    page = seller.page("orders")
    page.commands.action("orders.new").trigger()
    seller.until(lambda: page.pane.top is not None)
    assert page.pane.close_top()
    assert "Discarded" not in seller.toast()


def fits(field: QLineEdit) -> bool:
    """Whether all that is typed in a field can be seen."""
    inside = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, _option_of(field), field)
    return field.fontMetrics().horizontalAdvance(field.text()) <= inside.width() - field.textMargins().left()


def _option_of(field: QLineEdit) -> QStyleOptionFrame:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    return option


def test_on_a_small_screen_a_form_shows_days_names_and_numbers_whole(seller: Seller) -> None:
    seller.window.resize(1280, 760)
    for name in ("orders", "customers", "inventory", "listings"):
        page = seller.page(name)
        list_width = page.table.width()
        page.table.pick_place(0)
        page.commands.action(f"{name}.edit").trigger()
        seller.until(lambda page=page: isinstance(page.pane.top, DraftForm))
        seller.until(lambda page=page, list_width=list_width: page.table.width() < list_width)
        form = page.pane.top
        assert isinstance(form, DraftForm)
        cut = [field.text() for field in form.findChildren(QLineEdit) if field.isVisible() and not fits(field)]
        assert not cut, name
        page.pane.close_top()
        seller.until(lambda page=page, list_width=list_width: page.table.width() == list_width)


def test_of_what_is_longer_than_its_field_the_beginning_is_shown(seller: Seller) -> None:
    page = seller.page("customers")
    page.table.pick_place(0)
    page.commands.action("customers.edit").trigger()
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    form = page.pane.top
    assert isinstance(form, DraftForm)
    long, after = form.editor("name"), form.editor("company")
    assert isinstance(long, QLineEdit)
    after.setFocus()
    long.setText("Marigold Abernathy-Fitzgerald-Townsend and her daughters")
    assert long.cursorPosition() == 0
    seller.bot.keyClick(after, Qt.Key.Key_Backtab)
    seller.until(long.hasFocus)
    assert long.selectedText() == long.text()
    assert long.cursorPosition() == 0
    seller.bot.keyClick(long, Qt.Key.Key_End)
    seller.bot.keyClick(long, Qt.Key.Key_Tab)
    assert long.cursorPosition() == 0
