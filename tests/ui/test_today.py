"""Today: what it says of each thing that waits, and what is settled from there, by real clicks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from orderdesk.domain.notices import ToldBy
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.firm import keep_units
from orderdesk.services.history import undo
from orderdesk.services.orders import cancel_line, set_ship_policy
from orderdesk.services.products import draft_of_product, edit_product
from orderdesk.services.purchases import draft_purchase, find_purchase, send_purchase
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.store import Store
from orderdesk.ui.badges import BadgeLabel
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.inventory_page import InventoryPage
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.orders_page import OrdersPage
from orderdesk.ui.sheet import Line
from orderdesk.ui.today_page import TodayPage
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.ui.conftest import WAIT_MS, Seller
from tests.ui.test_orders import pick

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def making(open_window: Callable[[], Seller], tmp_path: Path) -> Callable[[Callable[[Shop], None]], Seller]:
    """Open the window on a shop once it was made."""

    def open_on(make: Callable[[Shop], None]) -> Seller:
        store = Store.open(tmp_path / "shop.orderdesk")
        save_shop_profile(store, HOLLOW_OAK, now=NOW)
        make(Shop(store))
        store.close()
        return open_window()

    return open_on


def button_in(seller: Seller, page: QWidget, name: str) -> QPushButton:
    seller.until(lambda: page.findChild(QPushButton, name) is not None)
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def words_beside(button: QPushButton) -> list[str]:
    """What the line says that a button belongs to, its badge too."""
    line = button.parentWidget()
    assert line is not None
    badges = [badge.accessibleName() for badge in line.findChildren(BadgeLabel)]
    return [label.text() for label in line.findChildren(QLabel)] + badges


def test_a_delivery_that_should_be_here_is_overdue_everywhere(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.order("1001", ("LAMP", 2))
        wanted, day = {shop.products["LAMP"]: 2}, date(2026, 11, 20)
        number = draft_purchase(shop.store, "Acme", wanted, expected_on=day, now=shop.tick())
        send_purchase(shop.store, find_purchase(shop.store, number), now=shop.tick())

    seller = making(make)
    today = seller.window.show_page("today")
    show = button_in(seller, today, "today.purchases")
    said = {label.text() for label in today.findChildren(QLabel)}
    assert {"Overdue deliveries (1)", "PO-1 · Acme", "2 units to come · expected Nov 20"} <= said
    assert "Overdue" in {badge.accessibleName() for badge in today.findChildren(BadgeLabel)}
    seller.bot.mouseClick(show, Qt.MouseButton.LeftButton)
    purchases = seller.page("purchases")
    assert seller.window.current_page is purchases
    status = [column.key for column in purchases.model.columns].index("status")
    assert purchases.model.index(0, status).data() == "Overdue"
    inventory = seller.page("inventory")
    inventory.table.pick_place(0)
    seller.until(lambda: "2 on order, overdue since Nov 20." in {label.text() for label in inventory.pane.findChildren(QLabel)})


def test_today_and_the_order_say_what_silence_means_by_the_day_in_the_letter_that_is_ready(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        order = shop.order("1001", ("LAMP", 1), placed_on="2026-11-10")
        apologize(shop.store, [order], wishes=Wishes(new_date=date(2026, 12, 28)), now=shop.tick())

    seller = making(make)
    today = seller.window.show_page("today")
    seller.until(lambda: any("tell by Dec 10; silence counts as consent" in each.text() for each in today.findChildren(QLabel)))
    orders = seller.page("orders")
    orders.table.pick_place(0)
    shown = ("The letter that is ready gives them Dec 28.", "Tell by Dec 10; silence counts as consent.")
    seller.until(lambda: all(any(each in label.text() for label in orders.pane.findChildren(QLabel)) for each in shown))


def test_a_name_that_is_read_from_the_right_stands_behind_its_number(seller: Seller) -> None:
    page = seller.window.show_page("today")
    button_in(seller, page, "today.ship")
    names = [label.text() for label in page.findChildren(QLabel) if "דנה לוי" in label.text()]
    assert names
    for each in names:
        strong = [mark for mark in map(unicodedata.bidirectional, each) if mark in ("L", "R", "AL")]
        assert strong[0] == "L"


def double_click(seller: Seller, button: QPushButton) -> None:
    """As a mouse does it: the second press goes to whatever is under the pointer by then."""
    window = seller.window
    seller.until(lambda: window.childAt(button.mapTo(window, button.rect().center())) is button)
    place = button.mapTo(window, button.rect().center())
    seller.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    seller.until(lambda: window.childAt(place) is not button)
    under = window.childAt(place)
    assert under is not None
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        at, left = QPointF(under.mapFrom(window, place)), Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, at, under.mapToGlobal(at), left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(under, event)
    # Steps are done one after the other: this one after what the presses began.
    with seller.bot.waitSignal(seller.desk.perform(lambda _store, _now, _: None).finished, timeout=WAIT_MS):
        pass


def test_a_double_click_ships_one_order_not_the_one_that_slides_under_the_pointer(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 5)
        for number in ("1001", "1002", "1003"):
            shop.order(number, ("LAMP", 1))

    seller = making(make)
    today = seller.window.show_page("today")
    double_click(seller, button_in(seller, today, "today.ship"))
    with seller.desk.store.read() as view:
        assert view.value("SELECT count(*) FROM orders WHERE status = 'shipped'") == 1


def test_the_number_of_a_parcel_is_asked_for_where_one_ships_from_today(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 5)
        shop.order("1001", ("LAMP", 2))

    seller = making(make)
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    seller.bot.mouseClick(button_in(seller, today, "today.ship"), Qt.MouseButton.LeftButton)
    seller.until(lambda: isinstance(today.pane.top, DraftForm))
    form = today.pane.top
    assert isinstance(form, DraftForm)
    assert form.accessibleName() == "Latest parcel of order 1001", "more may follow"
    number = form.editor("tracking")
    seller.bot.keyClicks(number, "9400 1")
    seller.bot.keyClick(number, Qt.Key.Key_Return)
    seller.until(lambda: not today.pane.isVisible())
    with seller.desk.store.read() as view:
        assert view.value("SELECT tracking FROM shipment") == "9400 1"


@pytest.mark.parametrize("place", ["today", "orders"])
def test_what_asks_for_the_number_of_a_parcel_goes_with_its_undo(
    making: Callable[[Callable[[Shop], None]], Seller], place: str
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 5)
        shop.order("1001", ("LAMP", 2))

    seller = making(make)
    page = seller.window.show_page("today") if place == "today" else pick(seller, "1001")
    assert isinstance(page, (TodayPage, OrdersPage))
    if isinstance(page, TodayPage):
        seller.bot.mouseClick(button_in(seller, page, "today.ship"), Qt.MouseButton.LeftButton)
    else:
        page.commands.action("orders.ship").trigger()
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    seller.bot.keyClick(seller.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    seller.until(lambda: page.pane.top is None)
    with seller.desk.store.read() as view:
        assert view.value("SELECT count(*) FROM shipment") == 0


def test_a_letter_about_an_order_that_was_canceled_is_not_offered_until_it_waits_again(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        apologize(shop.store, [shop.order("1001", ("LAMP", 2))], now=NOW)

    seller = making(make)
    page = pick(seller, "1001")
    assert isinstance(page, OrdersPage)

    def said() -> set[str]:
        labels, badges = page.pane.findChildren(QLabel), page.pane.findChildren(BadgeLabel)
        return {each.text() for each in labels} | {each.accessibleName() for each in badges}

    seller.until(lambda: "Letter ready" in said())
    page.commands.action("orders.cancel").trigger()
    seller.until(lambda: "Not needed now" in said())
    assert "Letter ready" not in said()
    (line,) = (each for each in page.pane.findChildren(Line) if "Letter for 1001" in each.accessibleName())
    seller.bot.keyClick(line, Qt.Key.Key_Return)
    seller.until(lambda: isinstance(page.pane.top, LetterPane) and page.pane.top.contents is not None)
    assert "Not needed now: nothing that it is about is still to be told." in said()
    ways = [button_in(seller, page.pane, f"letter.{way}") for way in ("print", "told", "draft", "copy", "send")]
    assert not any(way.isEnabled() for way in ways)
    undo(seller.desk.store, now=NOW)
    seller.until(lambda: all(way.isEnabled() for way in ways))
    assert "Ready to print or send" in said()


def test_a_single_product_to_be_counted_has_its_own_orders(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    seller = making(lambda shop: shop.order("1001", ("NEW", 1)) if shop.stock("NEW", None) else None)
    today = seller.window.show_page("today")
    seller.until(lambda: "its orders wait until somebody has looked" in {each.text() for each in today.findChildren(QLabel)})


def test_units_that_are_kept_and_gone_are_settled_from_today(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 2)
        keep_units(shop.store, shop.order("1001", ("LAMP", 2)), now=shop.tick())
        shop.count("LAMP", 1)

    seller = making(make)
    today = seller.window.show_page("today")
    button = button_in(seller, today, "today.let_go")
    said = words_beside(button)
    assert {"1001 · Dana Whitfield", "Over-allocated"} <= {*said}
    assert any("1 unit kept for it is not on hand" in text for text in said)
    page = seller.page("orders")
    page.chips.choose("over_allocated")
    seller.until(lambda: page.wanted.filter == "over_allocated" and len(page.model.ids) == 1)
    seller.window.show_page("today")
    seller.bot.mouseClick(button_in(seller, today, "today.let_go"), Qt.MouseButton.LeftButton)
    seller.until_toast("Let go of the units kept for order 1001")
    seller.until(lambda: today.findChild(QPushButton, "today.let_go") is None)


def test_good_news_is_written_from_today(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        made = apologize(shop.store, [shop.order("1001", ("LAMP", 1))], now=shop.tick()).apologies[0]
        mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
        shop.receive("LAMP", 1)

    seller = making(make)
    today = seller.window.show_page("today")
    button = button_in(seller, today, "today.good_news")
    assert {"1001 · Dana Whitfield", "Ready"} <= {*words_beside(button)}
    seller.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    seller.until(lambda: today.findChild(QPushButton, "today.good_news") is None)
    seller.until(lambda: today.findChild(QPushButton, "letter.told") is not None)


def test_how_long_customers_wait_is_said_in_hours_and_how_old_their_orders_are(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    """Noon of November 23rd in Los Angeles is eight in the evening in UTC."""

    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.now = datetime(2026, 11, 21, 15, 59, tzinfo=UTC)
        shop.order("1001", ("LAMP", 1), placed_on="1998-05-07")
        shop.now = datetime(2026, 11, 19, 15, 59, tzinfo=UTC)
        shop.order("1002", ("LAMP", 1), customer="Erin Vale", placed_on="2026-11-19")

    seller = making(make)
    today = seller.window.show_page("today")
    seller.until(lambda: len(today.findChildren(QPushButton, "today.apologize")) == 2)
    first, second = (words_beside(each) for each in today.findChildren(QPushButton, "today.apologize"))
    assert "52 h" in first
    assert any("placed May 7, 1998" in text for text in first)
    assert "4 d 4 h" in second
    assert not any("placed" in text for text in second)
    assert any(label.text() == "oldest 4 d 4 h" for label in today.findChildren(QLabel))


def test_who_was_promised_word_is_shown_with_the_day_of_it(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.now = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
        order = shop.order("1001", ("LAMP", 1), placed_on="2026-11-01")
        apologize(shop.store, [order], now=shop.tick())
        mark_order_told(shop.store, order, ToldBy.PHONE, now=shop.tick())
        shop.order("1002", ("LAMP", 1), placed_on="2026-11-20", ship_by="2027-01-20")

    seller = making(make)
    today = seller.window.show_page("today")
    said = words_beside(button_in(seller, today, "today.apologize"))
    assert "Word promised" in said
    assert any("word promised by Nov 16" in text for text in said)


def test_a_date_that_slipped_beside_a_line_without_one_is_called_so(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.stock("BOOK", 0, on_order="1", on_order_expected_on="2026-12-05")
        order = shop.order("1001", ("LAMP", 1), ("BOOK", 1))
        apologize(shop.store, [order], now=shop.tick())
        mark_order_told(shop.store, order, ToldBy.PHONE, now=shop.tick())
        draft = draft_of_product(shop.store, shop.products["BOOK"])
        draft.on_order_expected_on = "2026-12-25"
        edit_product(shop.store, shop.products["BOOK"], draft, now=shop.tick())

    seller = making(make)
    today = seller.window.show_page("today")
    assert "Date slipped" in words_beside(button_in(seller, today, "today.apologize"))
    seller.bot.mouseDClick(row_with(seller, today, "1001"), Qt.MouseButton.LeftButton)
    slipped = "A date that they were given has slipped: tell them the new one."
    seller.until(lambda: any(slipped in label.text() for label in seller.window.findChildren(QLabel)))


def test_an_order_that_could_leave_shows_the_state_that_it_is_in(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 1)
        shop.stock("BOOK", 0)
        set_ship_policy(shop.store, shop.order("1001", ("LAMP", 1), ("BOOK", 1)), ShipPolicy.COMPLETE, now=shop.tick())
        shop.order("1002", ("LAMP", 1))

    seller = making(make)
    today = seller.window.show_page("today")
    assert "Backordered" in words_beside(button_in(seller, today, "today.put_first"))


@pytest.mark.parametrize("width", [1280, 1000])
def test_nothing_of_the_cards_is_cut_off_while_a_letter_is_open(seller: Seller, width: int) -> None:
    seller.window.resize(width, 760)
    page = seller.window.show_page("today")
    assert isinstance(page, TodayPage)
    seller.until(lambda: page.findChild(QPushButton, "today.print_all") is not None)
    (show, *_) = (each for each in page.findChildren(QPushButton) if each.text() == "Show letter")
    seller.bot.mouseClick(show, Qt.MouseButton.LeftButton)
    seller.until(lambda: isinstance(page.pane.top, LetterPane) and page.pane.top.contents is not None)
    (area,) = (each for each in page.findChildren(QScrollArea) if each.accessibleName() == "Today")
    inside = area.widget()
    assert inside is not None
    seller.until(lambda: inside.width() <= area.viewport().width())
    for button in inside.findChildren(QPushButton):
        holder = button.parentWidget()
        assert holder is not None and holder.rect().contains(button.geometry()), button.text()
        assert button.width() >= button.sizeHint().width(), button.text()


def texts(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


def test_scenario_11_the_window_says_what_is_missing_not_what_was_ordered(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("A", 3)
        shop.order("1", ("A", 8))

    seller = making(make)
    today = seller.window.show_page("today")
    seller.until(lambda: any("5 units short" in text for text in texts(today)))
    page = seller.page("orders")
    page.table.pick_place(0)
    seller.until(lambda: any(text.startswith("5 short") for text in texts(page.pane)))
    for text in (*texts(today), *texts(page.pane)):
        assert "8 short" not in text and "8 units short" not in text


def test_what_told_customers_were_promised_is_shown_before_it_is_over(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    """On November 23rd: of Dana silence consents by the 25th, of Lee it cancels after the 26th; Sam's day is further off."""

    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.now = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
        for number, customer, ship_by, day in (
            ("1001", "Dana Whitfield", "", date(2026, 11, 25)),
            ("1002", "Lee Orr", "2026-10-27", date(2027, 2, 1)),
            ("1003", "Sam Roe", "", date(2026, 11, 27)),
        ):
            shop.now = datetime(2026, 10, 20, 9, 0, tzinfo=UTC) if ship_by else datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
            order = shop.order(
                number, ("LAMP", 1), customer=customer, ship_by=ship_by, placed_on="2026-10-19" if ship_by else "2026-11-03"
            )
            apologize(shop.store, [order], wishes=Wishes(new_date=day), now=shop.tick())
            mark_order_told(shop.store, order, ToldBy.PRINT, now=shop.tick())

    seller = making(make)
    today = seller.window.show_page("today")
    seller.until(lambda: "Told, and due (2)" in texts(today))
    said = texts(today)
    assert {"1001 · Dana Whitfield", "1002 · Lee Orr"} <= {*said}
    assert any("date given: Nov 25; silence counts as consent" in text for text in said)
    assert any("without an answer by Nov 26 it is canceled" in text for text in said)
    assert not any("Sam Roe" in text for text in said)
    assert not any(text.startswith("Tell the customer now") for text in said)


def test_who_did_not_answer_comes_before_whose_day_comes_next(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.now = datetime(2026, 10, 18, 9, 0, tzinfo=UTC)
        for number, ship_by in (("1001", "2026-10-22"), ("1002", "2026-10-26")):
            order = shop.order(number, ("LAMP", 1), customer=f"Buyer of {number}", ship_by=ship_by, placed_on="2026-10-17")
            apologize(shop.store, [order], wishes=Wishes(new_date=date(2027, 2, 1)), now=shop.tick())
            mark_order_told(shop.store, order, ToldBy.PRINT, now=shop.tick())

    seller = making(make)
    today = seller.window.show_page("today")
    said = words_beside(button_in(seller, today, "today.cancel"))
    assert {"1001 · Buyer of 1001", "No answer"} <= {*said}
    assert any("without an answer by Nov 21 it is canceled" in text for text in said)
    assert "Told, and due (2)" in texts(today)
    assert any("without an answer by Nov 25 it is canceled" in text for text in texts(today))


def test_what_came_in_after_nobody_answered_is_still_asked_about(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.now = datetime(2026, 10, 18, 9, 0, tzinfo=UTC)
        order = shop.order("1001", ("LAMP", 1), ship_by="2026-10-22", placed_on="2026-10-17")
        apologize(shop.store, [order], wishes=Wishes(new_date=date(2027, 2, 1)), now=shop.tick())
        mark_order_told(shop.store, order, ToldBy.PRINT, now=shop.tick())
        shop.receive("LAMP", 1)

    seller = making(make)
    today = seller.window.show_page("today")
    cancel = button_in(seller, today, "today.cancel")
    said = words_beside(cancel)
    assert {"1001 · Dana Whitfield", "No answer"} <= {*said}
    assert any("it has come in since · without an answer by Nov 21 it is canceled" in text for text in said)
    assert not [text for text in texts(today) if text.startswith(("Good news", "Ready to ship"))]
    orders = seller.page("orders")
    orders.table.pick_place(0)
    seller.until(lambda: "No answer by Nov 21" in texts(orders.pane))
    seller.until(orders.commands.action("orders.answer").isEnabled)
    seller.window.show_page("today")
    seller.bot.mouseClick(button_in(seller, today, "today.cancel"), Qt.MouseButton.LeftButton)
    seller.until(lambda: today.findChild(QPushButton, "letter.told") is not None)


def test_one_customers_orders_of_which_silence_means_different_things_say_so_each(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0, on_order="1", on_order_expected_on="2026-12-04")
        shop.stock("BOOK", 0)
        shop.order("1001", ("LAMP", 1), placed_on="2026-11-03")
        shop.order("1002", ("BOOK", 1), placed_on="2026-11-10")

    seller = making(make)
    today = seller.window.show_page("today")
    said = " ".join(words_beside(button_in(seller, today, "today.apologize")))
    assert "1001: tell by Dec 3; silence counts as consent · 1002: tell by Dec 10; silence cancels it" in said


@pytest.mark.parametrize("one_is_made", [False, True])
def test_a_shop_that_has_not_said_how_to_answer_it_hears_so_once_with_the_way_to_its_settings(
    making: Callable[[Callable[[Shop], None]], Seller], one_is_made: bool
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        ids = [shop.order(number, ("LAMP", 1), customer=f"Customer of {number}") for number in ("1001", "1002", "1003")]
        if one_is_made:
            apologize(shop.store, ids[:1], now=shop.tick())
        save_shop_profile(shop.store, replace(HOLLOW_OAK, line1="", email="", phone=""), now=shop.tick())

    seller = making(make)
    seller.bot.mouseClick(button_in(seller, seller.window.show_page("today"), "today.tell_all"), Qt.MouseButton.LeftButton)
    banner = seller.window.interior.banner
    seller.until(banner.isVisible)
    assert banner.text == (
        "A letter has to say who writes; the shop's profile lacks a way to answer (address, e-mail or phone). "
        "Fill it in under Settings."
    )
    (settings,) = (each for each in banner.findChildren(QPushButton) if each.text() == "Settings")
    seller.bot.mouseClick(settings, Qt.MouseButton.LeftButton)
    assert seller.window.current_page.objectName() == "page.settings"


def test_of_all_letters_the_one_to_whoever_stands_first_is_shown(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        for number, placed_on in (("1001", "2026-11-16"), ("1002", "2026-11-04"), ("1003", "2026-11-10")):
            shop.order(number, ("LAMP", 1), placed_on=placed_on, customer=f"Customer of {number}")
            shop.tick()

    seller = making(make)
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    all_of_them = button_in(seller, today, "today.tell_all")
    firsts = [words_beside(each) for each in today.findChildren(QPushButton, "today.apologize")]
    assert any("1002" in text for text in firsts[0])
    seller.bot.mouseClick(all_of_them, Qt.MouseButton.LeftButton)
    seller.until(lambda: isinstance(today.pane.top, LetterPane) and today.pane.top.contents is not None)
    assert isinstance(today.pane.top, LetterPane)
    assert today.pane.top.contents is not None
    assert today.pane.top.contents.row.order_numbers == ("1002",)


def test_a_letter_that_is_taken_back_does_not_stay_on_today(seller: Seller) -> None:
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    seller.bot.mouseClick(button_in(seller, today, "today.apologize"), Qt.MouseButton.LeftButton)
    seller.until(lambda: isinstance(today.pane.top, LetterPane) and today.pane.top.contents is not None)
    seller.window.show_page("orders")
    seller.window.interior.history.undo()
    seller.until_toast("Undid")
    seller.window.show_page("today")
    seller.until(lambda: today.pane.top is None and not today.pane.isVisible())


def row_with(seller: Seller, page: QWidget, text: str) -> Line:
    def found() -> list[Line]:
        return [each for each in page.findChildren(Line) if text in each.accessibleName()]

    seller.until(lambda: bool(found()))
    return found()[0]


def test_a_row_is_opened_on_its_page_by_a_double_click_or_enter(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        for number in ("1001", "1002"):
            shop.order(number, ("LAMP", 1), customer=f"Customer of {number}")
        shop.stock("BOOK", 1, reorder_point="4")

    seller = making(make)
    today = seller.window.show_page("today")
    seller.bot.mouseDClick(row_with(seller, today, "1002"), Qt.MouseButton.LeftButton)
    orders = seller.window.current_page
    assert isinstance(orders, OrdersPage)
    seller.until(lambda: [row.number for row in orders.picked_rows()] == ["1002"])
    today = seller.window.show_page("today")
    row = row_with(seller, today, "BOOK")
    row.setFocus()
    seller.bot.keyClick(row, Qt.Key.Key_Return)
    inventory = seller.window.current_page
    assert isinstance(inventory, InventoryPage)
    seller.until(lambda: [row.sku for row in inventory.picked_rows()] == ["BOOK"])


def test_the_main_button_is_what_is_to_be_done_next(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        for number in ("1001", "1002"):
            shop.order(number, ("LAMP", 1), customer=f"Customer of {number}")

    def main_buttons(page: QWidget) -> list[str]:
        made = page.findChildren(QPushButton)
        return [each.accessibleName() for each in made if each.property("kind") == "primary" and each.isVisible()]

    seller = making(make)
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    seller.bot.mouseClick(button_in(seller, today, "today.tell_all"), Qt.MouseButton.LeftButton)
    seller.until_toast("2 letters ready")
    assert today.pane.close_top()
    seller.until(lambda: main_buttons(today) == ["Print letters"])
    orders = seller.page("orders")
    orders.table.pick_place(0)
    seller.until(lambda: main_buttons(orders.pane) == ["Show letter"])
    seller.bot.mouseClick(button_in(seller, orders.pane, "button.orders.show_letter"), Qt.MouseButton.LeftButton)
    seller.until(lambda: isinstance(orders.pane.top, LetterPane))


def test_the_rows_stay_while_letters_are_made(seller: Seller) -> None:
    page = seller.window.show_page("today")
    tell_all = button_in(seller, page, "today.tell_all")
    seller.until(tell_all.isVisible)
    shown: list[int] = []
    watch = QTimer()
    watch.timeout.connect(lambda: shown.append(sum(line.isVisible() for line in page.findChildren(Line))))
    watch.start(2)
    seller.bot.mouseClick(tell_all, Qt.MouseButton.LeftButton)
    seller.until_toast("letters ready")
    seller.until(lambda: page.findChild(QPushButton, "today.print_all") is not None)
    watch.stop()
    assert min(shown) > 0


def test_how_long_they_wait_ends_below_each_other_and_titles_are_told_apart(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.stock("MAT", 0)
        apologize(shop.store, [shop.order("1001", ("LAMP", 2), customer="Ida Quill")], now=NOW)
        shop.order("1002", ("LAMP", 1), ("MAT", 1), customer="Jo Reed")

    seller = making(make)
    page = seller.window.show_page("today")
    seller.until(lambda: len(page.findChildren(Line)) >= 2)
    lines = [each for each in page.findChildren(Line) if each.findChild(QPushButton) is not None][:2]
    assert any("Product LAMP + Product MAT" in each.accessibleName() for each in lines)
    buttons = [each.findChild(QPushButton) for each in lines]
    assert {each.text().strip() for each in buttons if each} == {"Show letter", "Apologize"}
    seller.until(lambda: len({each.x() for each in buttons if each}) == 1)


def test_money_for_some_units_of_an_order_does_not_call_the_order_canceled(
    making: Callable[[Callable[[Shop], None]], Seller],
) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 0)
        shop.stock("BOOK", 3)
        shop.order("1001", ("LAMP", 1), ("BOOK", 1))
        cancel_line(shop.store, shop.line("1001", "LAMP"), 1, now=shop.tick())

    seller = making(make)
    said = words_beside(button_in(seller, seller.window.show_page("today"), "today.refund"))
    assert "For canceled units" in said
    assert "Canceled" not in said
