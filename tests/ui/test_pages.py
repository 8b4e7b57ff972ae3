from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QScrollArea, QScrollBar, QToolButton, QWidget

from orderdesk.services.customers import draft_of_customer, edit_customer
from orderdesk.services.orders import hold_order
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.storage.queries.products import ProductRow
from orderdesk.ui.pages import PAGES
from orderdesk.ui.today_page import TodayPage
from tests.builders import Shop
from tests.ui.conftest import Seller

LEFT = Qt.MouseButton.LeftButton
INPUT = Qt.FocusPolicy.TabFocus


def labels(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def button(widget: QWidget, name: str) -> QPushButton:
    found = [each for each in widget.findChildren(QPushButton, name) if each.isVisible()]
    assert found, name
    return found[0]


def buttons_in(widget: QWidget) -> list[QPushButton]:
    return [each for each in widget.findChildren(QPushButton) if each.isVisible()]


def test_typing_finds_orders_and_esc_brings_all_back(seller: Seller) -> None:
    orders = seller.page("orders")
    all_of_them = len(orders.model.ids)
    QTest.keyClicks(orders.search, "tin rob")
    seller.until(lambda: 0 < len(orders.model.ids) < 10)
    assert all(
        "Tin robot" in row.items
        for row in orders.model.rows_of(orders.model.ids)
        if isinstance(row, OrderRow) and "+" not in row.items
    )
    QTest.keyClick(orders.search, Qt.Key.Key_Escape)
    seller.until(lambda: len(orders.model.ids) == all_of_them)


def test_a_search_that_finds_nothing_says_so_and_offers_the_way_back(seller: Seller) -> None:
    orders = seller.page("orders")
    QTest.keyClicks(orders.search, "zzzz")
    seller.until(lambda: "Nothing found" in labels(orders))
    seller.bot.mouseClick(next(each for each in orders.empty.findChildren(QPushButton)), LEFT)
    seller.until(lambda: len(orders.model.ids) >= 60)


def test_a_search_that_finds_nothing_under_a_filter_is_offered_without_it(seller: Seller) -> None:
    orders = seller.page("orders")
    button(orders, "chip.overdue").click()
    seller.until(lambda: orders.wanted.filter == "overdue" and 0 < len(orders.model.ids) < 20)
    QTest.keyClicks(orders.search, "1022")
    seller.until(lambda: "Nothing found" in labels(orders))
    seller.until(
        lambda: [each.text() for each in orders.empty.findChildren(QPushButton) if each.isVisible()] == ["Search in all (1)"]
    )
    seller.bot.mouseClick(next(each for each in orders.empty.findChildren(QPushButton) if each.isVisible()), LEFT)
    seller.until(lambda: [getattr(row, "number", "") for row in orders.model.rows_of(orders.model.ids)] == ["1022"])
    assert orders.search.text() == "1022"


def test_a_filter_that_shows_nothing_because_all_is_well_says_so(seller: Seller) -> None:
    page = seller.page("orders")
    page.chips.choose("over_allocated")
    seller.until(lambda: "All that is kept is on hand" in labels(page.empty) and page.empty.isVisible())
    QTest.keyClicks(page.search, "zzz")
    seller.until(lambda: "Nothing found" in labels(page.empty))


def test_chips_count_what_they_would_show(seller: Seller) -> None:
    orders = seller.page("orders")
    seller.until(lambda: button(orders, "chip.all").text() == f"All {len(orders.model.ids)}")
    chip = button(orders, "chip.backordered")
    count = int(chip.text().split()[-1])
    seller.bot.mouseClick(chip, LEFT)
    seller.until(lambda: len(orders.model.ids) == count)
    assert all(isinstance(row, OrderRow) and row.backordered_lines for row in orders.model.rows_of(orders.model.ids))


def test_every_backordered_row_is_highlighted_and_no_other(seller: Seller) -> None:
    for name in ("orders", "inventory"):
        page = seller.page(name)
        for place in range(len(page.model.ids)):
            shown = page.model.shown(place)
            assert shown is not None
            row = shown.row
            assert isinstance(row, OrderRow | ProductRow)
            short = row.backordered_lines if isinstance(row, OrderRow) else row.backordered
            assert shown.highlighted == (short > 0)


def test_the_inventory_can_show_what_sells_in_a_week_and_how_long_it_lasts(seller: Seller) -> None:
    inventory = seller.page("inventory")
    menu = inventory.table.columns_menu()
    for title in ("Sold per week", "Days of cover"):
        next(action for action in menu.actions() if action.text() == title).trigger()
    texts = {column.key: column.text for column in inventory.model.columns}
    rows = [row for row in inventory.model.rows_of(inventory.model.ids) if isinstance(row, ProductRow)]
    for row in rows:
        assert texts["sold"](row) == (f"{row.sold * 7 / 30:.1f}" if row.sold else "")
        cover = row.supply.days_of_cover if row.supply else None
        assert texts["cover"](row) == ("" if cover is None else f"{cover} d")
    assert [row for row in rows if row.sold and row.supply]
    assert [row for row in rows if not row.sold]


def test_commands_are_enabled_by_what_is_picked(seller: Seller) -> None:
    orders = seller.page("orders")
    seller.bot.mouseClick(button(orders, "chip.not_told"), LEFT)
    seller.until(lambda: 1 < len(orders.model.ids) < 30)
    assert orders.commands.action("orders.apologize").isEnabled()
    assert not orders.commands.action("orders.release").isEnabled()
    orders.table.selectAll()
    assert not orders.commands.action("orders.edit").isEnabled()
    orders.table.clearSelection()
    assert not orders.commands.action("orders.apologize").isEnabled()
    assert orders.commands.action("orders.new").isEnabled()


def test_the_pane_shows_what_waits_and_for_whom(seller: Seller) -> None:
    inventory = seller.page("inventory")
    QTest.keyClicks(inventory.search, "tin-rob")
    seller.until(lambda: len(inventory.model.ids) == 1)
    seller.until(lambda: "Who waits, first come first served" in labels(inventory.pane))
    assert "1. " in labels(inventory.pane)


def test_another_order_is_shown_from_its_top_and_the_same_one_where_it_was(seller: Seller) -> None:
    seller.window.resize(1280, 560)
    orders = seller.page("orders")
    first, second = orders.model.row(0), orders.model.row(1)
    assert isinstance(first, OrderRow)
    assert isinstance(second, OrderRow)
    orders.table.pick_place(0)
    seller.until(lambda: f"Order {first.number}" in labels(orders.pane))
    area = orders.pane.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    bar.setValue(200)
    assert bar.value() == 200
    seller.desk.perform(lambda store, now, _: hold_order(store, first.id, "Address", now=now))
    seller.until(lambda: f"Put order {first.number} on hold" in labels(orders.pane))
    assert bar.value() == 200
    QTest.keyClick(orders.table, Qt.Key.Key_Down)
    seller.until(lambda: f"Order {second.number}" in labels(orders.pane))
    assert bar.value() == 0


def test_a_product_that_was_never_counted_is_counted_from_its_order(seller: Seller) -> None:
    page = seller.page("orders")
    page.show_all()
    seller.until(lambda: len(page.model.ids) > 20)
    place = next(place for place in range(len(page.model.ids)) if (row := page.model.row(place)) and row.status == "pending")  # type: ignore[attr-defined]
    order_id = page.model.ids[place]
    page.table.pick_place(place)
    seller.until(lambda: any(each.accessibleName().startswith("Count ") for each in page.pane.findChildren(QToolButton)))
    button = next(each for each in page.pane.findChildren(QToolButton) if each.accessibleName().startswith("Count "))
    seller.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    seller.until(lambda: page.pane.findChild(QLineEdit, "field.quantity") is not None)
    line = page.pane.findChild(QLineEdit, "field.quantity")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "9")
    QTest.keyClick(line, Qt.Key.Key_Return)
    seller.until(lambda: status_of(seller, order_id) == "ready")


def status_of(seller: Seller, order_id: int) -> str:
    with seller.desk.store.read() as view:
        return str(view.value("SELECT status FROM orders WHERE id = ?", (order_id,)))


def test_today_tells_whom_to_tell_and_writes_to_them(seller: Seller) -> None:
    page = seller.window.show_page("today")
    assert isinstance(page, TodayPage)
    seller.until(lambda: "Tell the customer now" in labels(page))
    seller.until(lambda: seller.window.interior.sidebar.buttons["today"].count > 1)
    seller.bot.mouseClick(button(page, "today.apologize"), LEFT)
    seller.until(lambda: " ready" in seller.toast())  # one letter, or two where a date has slipped as well
    seller.until(page.pane.isVisible)


@pytest.fixture
def today(seller: Seller) -> TodayPage:
    """Today in a window so low that it has to be scrolled."""
    seller.window.resize(1280, 560)
    page = seller.window.show_page("today")
    assert isinstance(page, TodayPage)
    seller.until(lambda: "Ready to ship" in labels(page) and bar(page).maximum() > 600)
    return page


def bar(page: TodayPage) -> QScrollBar:
    (area,) = (each for each in page.findChildren(QScrollArea) if each.accessibleName() == "Today")
    return area.verticalScrollBar()


def press_in_view(seller: Seller, page: TodayPage, name: str) -> int:
    """A click on a button in the middle of the view; where the view stood then."""
    pressed = button(page, name)
    below = pressed.mapTo(page, pressed.rect().topLeft()).y() - page.height() // 2
    bar(page).setValue(bar(page).value() + below)
    seller.bot.mouseClick(pressed, LEFT)
    return bar(page).value()


def test_today_stays_where_it_was_scrolled_when_an_order_is_shipped(seller: Seller, today: TodayPage) -> None:
    before = labels(today)
    place = press_in_view(seller, today, "today.ship")
    assert place > 0
    seller.until_toast("Shipped")
    seller.until(lambda: labels(today) != before)
    assert bar(today).value() == place


def test_today_begins_at_its_top_whenever_one_comes_back_to_it(seller: Seller, today: TodayPage) -> None:
    bar(today).setValue(400)
    QTest.keyClick(seller.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(seller.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert seller.window.current_page is today
    assert bar(today).value() == 0


def test_what_was_shipped_from_today_comes_back_with_undo(seller: Seller, today: TodayPage) -> None:
    press_in_view(seller, today, "today.ship")
    seller.until_toast("Shipped")
    seller.bot.mouseClick(button(seller.window, "toast.Undo"), LEFT)
    seller.until_toast("Undid: Shipped")


def test_apologizing_to_all_reaches_also_those_whom_the_list_has_no_room_for(seller: Seller) -> None:
    shop = Shop(seller.desk.store, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    shop.stock("NONE", 0)
    for number in range(7001, 7054):
        shop.order(str(number), ("NONE", 1), customer=f"Customer {number}", placed_on="2026-11-20")
    page = seller.window.show_page("today")
    assert isinstance(page, TodayPage)
    seller.until(lambda: "Customer 7001" in labels(page))
    seller.bot.mouseClick(button(page, "today.tell_all"), LEFT)
    seller.until_toast("letters ready")
    with seller.desk.store.read() as view:
        assert (
            view.value("SELECT count(*) FROM orders WHERE backordered_units > 0 AND told_at IS NULL AND notice_id IS NULL") == 0
        )


def test_an_empty_shop_asks_how_to_begin(newcomer: Seller) -> None:
    newcomer.until(lambda: newcomer.window.current_page.objectName() == "page.first-run")
    page = newcomer.window.current_page
    assert len([each for each in page.findChildren(QPushButton) if each.isVisible()]) == 4
    newcomer.bot.mouseClick(button(page, "first-run.store"), LEFT)
    newcomer.until(lambda: newcomer.window.current_page.objectName() == "page.orders")
    newcomer.until(lambda: len(newcomer.page("orders").model.ids) >= 60)


@pytest.mark.parametrize("name", list(PAGES))
def test_whatever_can_have_the_keyboard_has_a_name(seller: Seller, name: str) -> None:
    page = seller.window.show_page(name)
    if name in ("orders", "inventory", "customers"):
        shown = seller.page(name)
        seller.until(lambda: not shown.pane.shows(None))
        shown.commands.action(f"{name}.new").trigger()
        seller.until(lambda: shown.pane.top is not None)
    nameless = [
        f"{type(each).__name__} {each.objectName()}"
        for each in seller.window.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & INPUT and not _spoken(each)
    ]
    assert page.isVisible()
    assert nameless == []


def _spoken(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def test_a_customers_name_is_never_read_as_markup(seller: Seller) -> None:
    seller.page("customers")
    for label in seller.window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.text()


def test_one_channel_alone_and_all_again(seller: Seller) -> None:
    orders = seller.page("orders")
    everything = len(orders.model.ids)
    chooser = orders.findChild(QPushButton, "orders.channel")
    assert isinstance(chooser, QPushButton)
    menu = chooser.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "eBay").trigger()
    seller.until(lambda: 0 < len(orders.model.ids) < everything)
    assert {row.channel for row in orders.model.rows_of(orders.model.ids) if isinstance(row, OrderRow)} == {"ebay"}
    assert chooser.text() == "eBay ▾"
    orders.show_all()
    seller.until(lambda: len(orders.model.ids) == everything)
    assert chooser.text() == "All channels ▾"


def test_the_pane_of_a_customer_says_whether_they_want_to_hear_of_offers(seller: Seller) -> None:
    page = seller.page("customers")
    page.table.pick_place(0)
    seller.until(lambda: "has not asked for them" in labels(page.pane))
    (chosen,) = page.table.picked_ids()
    draft = replace(draft_of_customer(seller.desk.store, chosen), marketing=True)
    edit_customer(seller.desk.store, chosen, draft, now=seller.desk.now())
    seller.until(lambda: "wants to hear of them" in labels(page.pane))


@pytest.mark.parametrize("name", ["orders", "inventory", "purchases", "reorder", "customers", "listings", "coupons"])
@pytest.mark.parametrize("width", [900, 1280])
def test_beside_the_search_no_button_is_cut_however_narrow_the_window(seller: Seller, name: str, width: int) -> None:
    seller.window.resize(width, 700)
    page = seller.window.show_page(name)
    bar = page.search.parentWidget()
    seller.until(lambda: page.search.width() > 0 and bar.height() > 0)
    shown = buttons_in(bar)
    assert len(shown) >= 2
    for each in shown:
        assert each.width() >= each.sizeHint().width(), each.text()
        assert bar.rect().contains(each.geometry()), each.text()
        assert not each.geometry().intersects(page.search.geometry()), each.text()
        assert page.chips.geometry().top() > bar.geometry().top() + each.geometry().bottom(), each.text()
    on_one_line = {each.geometry().center().y() for each in shown}
    assert len(on_one_line) == (2 if (name, width) == ("purchases", 900) else 1)
