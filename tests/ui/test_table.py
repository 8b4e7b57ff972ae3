from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QStyleOptionViewItem, QWidget
from typing_extensions import override

from orderdesk.domain.notices import ToldBy
from orderdesk.services.telling import mark_order_told
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.ui.delegates import ROW_HEIGHT
from orderdesk.ui.page import TablePage
from tests.builders import NOW, make_shop
from tests.ui.conftest import Seller

CONTROL, SHIFT, NO_KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def test_the_orders_fit_by_default_with_a_frame_and_a_scroll_bar(seller: Seller) -> None:
    seller.window.resize(1264, 720)
    page = seller.page("orders")
    page.resize(page.size())
    seller.until(lambda: page.table.verticalScrollBar().isVisible())
    assert not page.table.horizontalScrollBar().isVisible()
    items = next(place for place, each in enumerate(page.model.columns) if each.key == "items")
    assert page.table.columnWidth(items) >= 90


def test_a_wide_window_has_a_wider_pane(seller: Seller) -> None:
    page = seller.page("orders")
    narrow = page.pane.width()
    seller.window.resize(1920, 1000)
    seller.until(lambda: page.pane.width() > narrow + 60)


@pytest.fixture
def orders(seller: Seller) -> TablePage[object]:
    return seller.page("orders")


def section(page: TablePage[object], key: str) -> int:
    return next(place for place, column in enumerate(page.model.columns) if column.key == key)


def click_head(seller: Seller, page: TablePage[object], key: str, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    head = page.table.head
    x = head.sectionViewportPosition(section(page, key)) + 20
    seller.bot.mouseClick(head.viewport(), LEFT, keys, QPoint(x, head.height() // 2))


def shown_keys(page: TablePage[object]) -> list[str]:
    head = page.table.head
    order = [head.logicalIndex(place) for place in range(head.count())]
    return [page.model.columns[each].key for each in order if not head.isSectionHidden(each)]


def test_a_click_on_a_title_sorts_and_a_second_turns_it_round(seller: Seller, orders: TablePage[object]) -> None:
    click_head(seller, orders, "customer")
    seller.until(lambda: orders.model.row(0) is not None and orders.wanted.sort == (("customer", False),))
    first = list(orders.model.ids)
    click_head(seller, orders, "customer")
    seller.until(lambda: list(orders.model.ids) != first)
    assert orders.wanted.sort == (("customer", True),)


def test_shift_sorts_by_several_columns(seller: Seller, orders: TablePage[object]) -> None:
    click_head(seller, orders, "channel")
    click_head(seller, orders, "total", SHIFT)
    assert orders.wanted.sort == (("channel", False), ("total", False))


def test_columns_that_the_store_cannot_sort_stay_as_they_are(seller: Seller, orders: TablePage[object]) -> None:
    before = orders.wanted.sort
    click_head(seller, orders, "items")
    assert orders.wanted.sort == before


def test_columns_are_remembered_as_they_were_left(open_window: Callable[[], Seller], seller: Seller) -> None:
    orders = seller.page("orders")
    head = orders.table.head
    head.moveSection(head.visualIndex(section(orders, "total")), 2)
    head.resizeSection(section(orders, "channel"), 133)
    menu = orders.table.columns_menu()
    next(action for action in menu.actions() if action.text() == "Ship by").trigger()
    next(action for action in menu.actions() if action.text() == "Told").trigger()
    click_head(seller, orders, "customer")
    left = shown_keys(orders)
    assert "ship_by" in left
    assert "told" not in left

    again = open_window().page("orders")
    assert shown_keys(again) == left
    assert left[2] == "total"
    assert again.table.head.sectionSize(section(again, "channel")) == 133
    assert again.wanted.sort == (("customer", False),)


def test_columns_can_be_put_back_as_they_come(orders: TablePage[object]) -> None:
    usual = shown_keys(orders)
    orders.table.layout_of_columns.show_column(section(orders, "note"), shown=True)
    assert "note" in shown_keys(orders)
    menu = orders.table.columns_menu()
    menu.actions()[-1].trigger()
    assert shown_keys(orders) == usual


def test_the_stretching_columns_take_what_the_others_leave(seller: Seller, orders: TablePage[object]) -> None:
    seller.window.resize(1280, 760)
    seller.until(lambda: orders.table.horizontalScrollBar().maximum() == 0)
    narrow = orders.table.head.sectionSize(section(orders, "items"))
    seller.window.resize(1900, 1000)
    seller.until(lambda: orders.table.head.sectionSize(section(orders, "items")) > narrow + 100)
    assert orders.table.horizontalScrollBar().maximum() == 0


def test_where_nobody_waits_the_items_have_the_room_of_that_column(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    shop.stock("STONEWARE-MUG-WITH-A-HARE", None)
    shop.order(
        "03-15480-20704", ("STONEWARE-MUG-WITH-A-HARE", 1), placed_on="2025-11-05", customer="Marguerite Bessières-Laurent"
    )
    shop.store.close()
    seller = open_window()
    page = seller.page("orders")
    seller.window.resize(1280, 760)
    seller.until(lambda: "waiting" not in shown_keys(page))
    assert page.table.head.sectionSize(section(page, "items")) >= 120


def test_the_same_columns_are_shown_and_read_before_and_after_customers_are_told(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("STONEWARE-MUG-WITH-A-HARE", 0)
    for place in range(6):
        shop.order(f"03-15480-2070{place}", ("STONEWARE-MUG-WITH-A-HARE", 1), placed_on=f"2026-11-1{place}", paid=place != 1)
    first, later = shop.orders["03-15480-20700"], shop.tick()
    shop.store.close()
    seller = open_window()
    page = seller.page("orders")
    seller.window.resize(1280, 760)
    seller.until(lambda: page.table.head.sectionSize(section(page, "items")) >= 110)
    before = shown_keys(page)
    mark_order_told(seller.desk.store, first, ToldBy.PHONE, now=later)
    seller.until(lambda: "Told Nov" in str([page.model.index(row, section(page, "told")).data() for row in range(6)]))
    assert shown_keys(page) == before
    assert page.table.head.sectionSize(section(page, "items")) >= 110


def elided(page: TablePage[object], key: str) -> list[str]:
    """What of a column does not fit its width."""
    place = section(page, key)
    width, wanted = page.table.head.sectionSize(place), page.table.itemDelegate().sizeHint
    indexes = [page.model.index(row, place) for row in range(len(page.model.ids))]
    return [index.data() for index in indexes if wanted(QStyleOptionViewItem(), index).width() > width]


def test_where_there_is_room_columns_show_their_contents_whole(seller: Seller, orders: TablePage[object]) -> None:
    seller.window.resize(1280, 760)
    seller.until(lambda: bool(elided(orders, "number")))
    seller.window.resize(1920, 1000)
    seller.until(lambda: not elided(orders, "number"))
    assert not elided(orders, "told")
    assert orders.table.horizontalScrollBar().maximum() == 0
    coupons = seller.page("coupons")
    seller.until(lambda: not elided(coupons, "code"))


def test_a_width_that_the_seller_has_chosen_stays_however_much_room_there_is(
    open_window: Callable[[], Seller], seller: Seller, orders: TablePage[object]
) -> None:
    orders.table.head.resizeSection(section(orders, "number"), 61)
    seller.window.resize(1920, 1000)
    seller.until(lambda: not elided(orders, "told"))
    assert orders.table.head.sectionSize(section(orders, "number")) == 61
    again = open_window().page("orders")
    assert again.table.head.sectionSize(section(again, "number")) == 61
    assert again.desk.memory.recall("orders/columns")["widths"] == {"number": 61}


ALWAYS = ["pick", "sku", "title", "on_hand", "allocated", "available", "backordered", "status"]
WITH_ROOM = ["supplier_quantity", "seen", "sold", "cover", "reorder_point", "listings"]


def test_a_wide_inventory_shows_all_of_its_usual_columns_and_a_small_one_none_out_of_sight(seller: Seller) -> None:
    page = seller.page("inventory")
    assert [key for key in shown_keys(page) if key not in WITH_ROOM] == ALWAYS
    assert page.table.horizontalScrollBar().maximum() == 0
    seller.window.resize(2400, 760)
    seller.until(lambda: {*shown_keys(page)} == {*ALWAYS, *WITH_ROOM})
    assert shown_keys(page) == [*ALWAYS[:6], *WITH_ROOM[:5], "backordered", "listings", "status"]
    seller.window.resize(1280, 760)
    seller.until(lambda: page.table.horizontalScrollBar().maximum() == 0 and "listings" not in shown_keys(page))


def test_columns_that_the_seller_has_chosen_stay_however_much_room_there_is(seller: Seller) -> None:
    page = seller.page("inventory")
    menu = page.table.columns_menu()
    next(each for each in menu.actions() if each.text() == "Sold per week").trigger()
    chosen = shown_keys(page)
    assert "sold" in chosen
    seller.window.resize(2400, 760)
    seller.until(lambda: page.table.width() > 1500)
    assert shown_keys(page) == chosen
    page.table.layout_of_columns.reset()
    seller.until(lambda: {*shown_keys(page)} == {*ALWAYS, *WITH_ROOM})


def test_j_and_k_move_and_slash_goes_to_the_filters(seller: Seller, orders: TablePage[object]) -> None:
    orders.table.setFocus()
    orders.table.pick_place(0)
    QTest.keyClick(orders.table, Qt.Key.Key_J)
    QTest.keyClick(orders.table, Qt.Key.Key_J)
    assert orders.table.picked_ids() == [orders.model.ids[2]]
    QTest.keyClick(orders.table, Qt.Key.Key_K)
    assert orders.table.picked_ids() == [orders.model.ids[1]]
    seller.window.activateWindow()
    QTest.keyClick(orders.table, Qt.Key.Key_Slash)
    seller.until(lambda: getattr(seller.window.focusWidget(), "objectName", str)() == "chip.all")


def test_ctrl_a_selects_everything_and_the_bulk_bar_says_so(seller: Seller, orders: TablePage[object]) -> None:
    assert not orders.bulk.isVisible()
    QTest.keyClick(orders.table, Qt.Key.Key_A, CONTROL)
    assert orders.table.picked_ids() == list(orders.model.ids)
    seller.until(orders.bulk.isVisible)
    assert orders.table.head.all_picked


@pytest.mark.parametrize("width", [1280, 1500, 1920])
def test_the_bulk_bar_cuts_no_button_off_and_loses_no_command(seller: Seller, orders: TablePage[object], width: int) -> None:
    seller.window.resize(width, 760)
    QTest.keyClick(orders.table, Qt.Key.Key_A, CONTROL)
    seller.until(lambda: orders.bulk.isVisible() and seller.window.width() == width)
    more = orders.bulk.findChild(QPushButton, "bulk.more")
    assert more is not None
    buttons = [each for each in orders.bulk.findChildren(QPushButton) if each.isVisible() and each is not more]
    seller.until(lambda: all(each.width() >= each.sizeHint().width() for each in buttons))
    commands = [action.text() for action in orders.commands.bulk_actions()]
    assert sorted([each.text() for each in buttons] + [action.text() for action in more.menu().actions()]) == sorted(commands)
    assert more.isVisible() == (len(buttons) < len(commands))


def test_the_boxes_pick_several_rows_without_keys(seller: Seller, orders: TablePage[object]) -> None:
    orders.table.clearSelection()
    for place in (1, 3):
        rect = orders.table.visualRect(orders.model.index(place, 0))
        seller.bot.mouseClick(orders.table.viewport(), LEFT, NO_KEY, rect.center())
    assert orders.table.picked_ids() == [orders.model.ids[1], orders.model.ids[3]]
    click_head(seller, orders, "pick")
    assert orders.table.picked_ids() == list(orders.model.ids)
    click_head(seller, orders, "pick")
    assert orders.table.picked_ids() == []


def test_the_box_over_all_is_ticked_when_the_only_row_that_is_left_is(seller: Seller, orders: TablePage[object]) -> None:
    row = orders.model.row(0)
    assert isinstance(row, OrderRow)
    cell = orders.table.visualRect(orders.model.index(0, section(orders, "pick")))
    seller.bot.mouseClick(orders.table.viewport(), LEFT, pos=cell.center())
    assert not orders.table.head.all_picked
    QTest.keyClicks(orders.search, row.number)
    seller.until(lambda: list(orders.model.ids) == [row.id] and orders.table.picked_ids() == [row.id])
    assert orders.table.head.all_picked
    QTest.keyClick(orders.search, Qt.Key.Key_Escape)
    seller.until(lambda: len(orders.model.ids) > 1)
    assert not orders.table.head.all_picked


def test_no_box_is_ticked_of_the_only_row_that_the_pane_shows_until_the_one_over_all_is(
    seller: Seller, orders: TablePage[object]
) -> None:
    QTest.keyClicks(orders.search, "1014")
    seller.until(lambda: len(orders.model.ids) == 1)
    orders.table.pick_place(0)
    assert not orders.table.head.all_picked
    click_head(seller, orders, "pick")
    assert orders.table.head.all_picked
    assert orders.table.itemDelegate().ticks
    click_head(seller, orders, "pick")
    assert not orders.table.picked_ids()


def test_the_bar_stands_at_whatever_column_comes_first(orders: TablePage[object]) -> None:
    head = orders.table.head
    head.moveSection(head.visualIndex(section(orders, "status")), 0)
    assert orders.table.layout_of_columns.lead() == section(orders, "status")


class PaintedHeights(QObject):
    """How much of a widget is painted, each time it is."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.heights: list[int] = []
        self.regions: list[QRegion] = []
        watched.installEventFilter(self)

    @override
    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.heights.append(event.rect().height())
            self.regions.append(event.region())
        return False


def test_a_step_from_row_to_row_paints_these_two_alone(seller: Seller, orders: TablePage[object]) -> None:
    orders.table.setFocus()
    orders.table.pick_place(0)
    first = orders.model.row(0)
    assert isinstance(first, OrderRow)
    seller.until(lambda: f"Order {first.number}" in [each.text() for each in orders.pane.findChildren(QLabel)])
    painted = PaintedHeights(orders.table.viewport())
    QTest.keyClick(orders.table, Qt.Key.Key_Down)
    seller.until(lambda: bool(painted.heights))
    assert max(painted.heights) == 2 * ROW_HEIGHT


def test_a_refresh_keeps_what_is_picked_and_where_the_view_stands(seller: Seller, orders: TablePage[object]) -> None:
    kept = orders.model.ids[30]
    orders.table.pick(kept)
    place = orders.table.verticalScrollBar().value()
    assert place > 0
    with seller.bot.waitSignal(orders.listing.answered):
        orders.refresh()
    assert orders.table.picked_ids() == [kept]
    assert orders.table.verticalScrollBar().value() == place


def tick(seller: Seller, page: TablePage[object], place: int) -> None:
    box = page.table.visualRect(page.model.index(place, section(page, "pick")))
    seller.bot.mouseClick(page.table.viewport(), LEFT, NO_KEY, box.center())


def test_the_frame_leaves_all_of_a_row_as_another_is_ticked(seller: Seller, orders: TablePage[object]) -> None:
    orders.table.setFocus()
    for place in (2, 3):
        tick(seller, orders, place)
    seller.until(lambda: "2 orders selected" in [each.text() for each in orders.pane.findChildren(QLabel)])
    orders.table.viewport().repaint()
    painted = PaintedHeights(orders.table.viewport())
    tick(seller, orders, 6)
    seller.until(lambda: bool(painted.heights))
    left = orders.table.visualRect(orders.model.index(3, section(orders, "total")))
    assert any(region.contains(left.center()) for region in painted.regions)


def test_ticks_that_go_as_one_looks_at_a_row_can_be_brought_back(seller: Seller, orders: TablePage[object]) -> None:
    for place in (2, 3, 5):
        tick(seller, orders, place)
    ticked = orders.table.picked_ids()
    row = orders.table.visualRect(orders.model.index(1, section(orders, "customer")))
    seller.bot.mouseClick(orders.table.viewport(), LEFT, NO_KEY, row.center())
    assert orders.table.picked_ids() == [orders.model.ids[1]]
    seller.until_toast("3 ticks were taken off")
    back = seller.window.interior.toast.findChild(QPushButton, "toast.Bring back")
    assert isinstance(back, QPushButton)
    seller.bot.mouseClick(back, LEFT)
    assert orders.table.picked_ids() == ticked
    assert orders.table.itemDelegate().ticks
    tick(seller, orders, 6)
    assert len(orders.table.picked_ids()) == 4


def test_only_ticked_rows_are_picked_once_a_box_is_ticked(seller: Seller, orders: TablePage[object]) -> None:
    """The first row is the one that the pane shows, and nobody has ticked it."""
    seller.until(lambda: orders.table.picked_ids() == [orders.model.ids[0]])
    for place in (2, 3, 5):
        tick(seller, orders, place)
    assert orders.table.picked_ids() == [orders.model.ids[place] for place in (2, 3, 5)]
    tick(seller, orders, 3)
    tick(seller, orders, 0)
    assert orders.table.picked_ids() == [orders.model.ids[place] for place in (0, 2, 5)]
    orders.table.pick_place(4)
    tick(seller, orders, 4)  # the box of the row that the pane shows is ticked like any other
    tick(seller, orders, 1)
    assert orders.table.picked_ids() == [orders.model.ids[place] for place in (1, 4)]
    QTest.keyClick(orders.table, Qt.Key.Key_A, CONTROL)
    tick(seller, orders, 2)
    assert orders.table.picked_ids() == [each for place, each in enumerate(orders.model.ids) if place != 2]


def test_of_what_is_ready_the_bulk_bar_offers_what_can_be_done(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.chips.choose("ready")
    seller.until(lambda: orders.wanted.filter == "ready" and 0 < len(orders.model.ids) < 30)
    QTest.keyClick(orders.table, Qt.Key.Key_A, CONTROL)
    seller.until(orders.bulk.isVisible)
    offered = [each for each in orders.bulk.findChildren(QPushButton) if each.isVisible() and each.objectName() != "bulk.more"]
    assert all(each.isEnabled() for each in offered)
    assert "button.orders.ship" in {each.objectName() for each in offered}


SHORT_FACTS = {
    "orders": ["status", "told", "total"],
    "coupons": ["code", "kind", "status"],
    "reorder": ["title", "supplier", "lot"],
}


@pytest.mark.parametrize("name", SHORT_FACTS)
def test_on_a_small_screen_nothing_is_cut_that_has_room_beside_it(seller: Seller, name: str) -> None:
    seller.window.resize(1280, 760)
    page = seller.page(name)
    seller.until(lambda: not any(elided(page, key) for key in SHORT_FACTS[name]))
    assert page.table.horizontalScrollBar().maximum() == 0


def test_on_a_small_screen_short_names_are_whole_beside_the_pane(seller: Seller, orders: TablePage[object]) -> None:
    seller.window.resize(1280, 760)
    seller.until(lambda: not [name for name in elided(orders, "customer") if name.isascii() and len(name) <= 16])
    assert {"placed", "channel", "items", "told", "total"} <= {*shown_keys(orders)}
    assert orders.pane.isVisible()
    assert orders.table.horizontalScrollBar().maximum() == 0
    assert not any(elided(orders, key) for key in ("placed", "channel", "status", "total"))


def test_a_letter_beside_the_orders_leaves_all_that_they_show_in_sight(seller: Seller, orders: TablePage[object]) -> None:
    seller.window.resize(1280, 760)
    usual = shown_keys(orders)
    orders.search.setText("1014")
    seller.until(lambda: len(orders.model.ids) == 1)
    orders.commands.action("orders.apologize").trigger()
    seller.until(lambda: orders.table.width() < 700)
    seller.until(lambda: orders.table.horizontalScrollBar().maximum() == 0)
    seller.until(lambda: orders.model.index(0, section(orders, "told")).data() == "Letter made")
    assert not elided(orders, "told")
    assert not elided(orders, "total")
    orders.pane.close_top()
    seller.until(lambda: shown_keys(orders) == usual)


@pytest.fixture
def old_orders(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Two orders of years ago, the second one short."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    for number in ("1001", "1002"):
        shop.order(number, ("LAMP", 1), placed_on="2010-12-05")
    shop.store.close()
    return open_window()


def test_a_day_of_another_year_shows_its_year(old_orders: Seller) -> None:
    page = old_orders.page("orders")
    assert page.model.index(0, section(page, "placed")).data() == "Dec 5, 2010"
    old_orders.until(lambda: not elided(page, "placed"))
    assert page.table.horizontalScrollBar().maximum() == 0


def test_a_column_grows_with_what_comes_into_it(old_orders: Seller) -> None:
    page = old_orders.page("orders")
    old_orders.until(lambda: not elided(page, "told"))
    before = page.table.columnWidth(section(page, "told"))
    order = next(row_id for row_id in page.model.ids if page.model.row(page.model.place_of(row_id) or 0).backordered_lines)
    mark_order_told(old_orders.desk.store, order, ToldBy.PHONE, now=NOW)
    old_orders.until(lambda: page.table.columnWidth(section(page, "told")) > before)
    assert not elided(page, "told")
