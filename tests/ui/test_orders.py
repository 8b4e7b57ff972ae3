"""Orders served before their turn, and units that come back, by real clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from orderdesk.domain.notices import ToldBy
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services import firm, orders, priority, products
from orderdesk.services.apologies import apologize
from orderdesk.services.drafts import SupplierProductDraft
from orderdesk.services.drop_ship import send_direct
from orderdesk.services.returns import exchange_units
from orderdesk.services.suppliers import set_offer
from orderdesk.services.telling import mark_order_told
from orderdesk.ui.badges import BadgeLabel
from orderdesk.ui.decision_card import DecisionCard
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.lookup import Lookup
from orderdesk.ui.page import TablePage
from tests.builders import NOW, Shop, make_shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def two_orders(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """One lamp for two orders; the first one of a book has shipped."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    shop.stock("BOOK", 2)
    shop.order("1001", ("LAMP", 1))
    shop.order("1002", ("LAMP", 1))
    orders.ship_order(shop.store, shop.order("1003", ("BOOK", 2)), now=shop.tick())
    shop.store.close()
    return open_window()


def test_what_cannot_be_filled_is_seen_beside_what_can_also_where_both_are_late(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    for number, paid in (("1001", True), ("1002", True), ("1003", False)):
        shop.order(number, ("LAMP", 1), placed_on="2026-11-02", ship_by="2026-11-10", paid=paid)
    shop.store.close()
    seller = open_window()
    page = seller.page("orders")
    status = next(place for place, column in enumerate(page.model.columns) if column.key == "status")
    rows = [shown for place in range(3) if (shown := page.model.shown(place))]
    said = {shown.texts[1]: (shown.badges[status], shown.texts[status], shown.highlighted) for shown in rows}
    icons = {number: (badge.icon if badge else "", word, tinted) for number, (badge, word, tinted) in said.items()}
    assert icons == {
        "1001": ("circle-check", "Ready, overdue", False),
        "1002": ("hourglass", "Backordered, overdue", True),
        "1003": ("wallet", "Awaiting payment", False),
    }
    pick(seller, "1002")
    assert {"Backordered, overdue", "Not told"} <= {each.accessibleName() for each in page.pane.findChildren(BadgeLabel)}


def pick(seller: Seller, number: str) -> TablePage[object]:
    page = seller.page("orders")
    page.search.setText(number)
    seller.until(lambda: page.wanted.search == number and len(page.model.ids) == 1)
    page.table.pick_place(0)
    seller.until(lambda: any(label.text().endswith(number) for label in page.pane.findChildren(QLabel)))
    return page


def form_in(seller: Seller, page: TablePage[object]) -> DraftForm:
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    assert isinstance(page.pane.top, DraftForm)
    return page.pane.top


def press(seller: Seller, page: TablePage[object], name: str) -> None:
    """The small button with that spoken name, once it is there."""

    def found() -> QToolButton | None:
        return next((each for each in page.pane.findChildren(QToolButton) if each.accessibleName() == name), None)

    seller.until(lambda: found() is not None)
    seller.bot.mouseClick(found(), LEFT)


def choose(seller: Seller, form: DraftForm, box: QWidget | None, words: str) -> None:
    """Choose in a form by typing, and submit it."""
    assert isinstance(box, QComboBox)
    seller.bot.keyClicks(box, words)
    seller.bot.mouseClick(form.verb, LEFT)


def value(seller: Seller, sql: str) -> object:
    with seller.desk.store.read() as view:
        return view.value(sql)


def test_an_order_is_put_first_once_it_was_said_who_loses_by_it(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    page.commands.action("orders.prioritize").trigger()
    form = form_in(two_orders, page)
    assert "These orders lose units:\n1001: Product LAMP, 1 → 0" in [label.text() for label in form.findChildren(QLabel)]
    assert value(two_orders, "SELECT max(priority) FROM orders") == 0
    two_orders.until(form.verb.hasFocus)
    QTest.keyClick(form.verb, Qt.Key.Key_Return)
    two_orders.until_toast("Put order 1002 first")
    assert value(two_orders, "SELECT order_number FROM orders WHERE backordered_units > 0") == "1001"
    two_orders.until(page.commands.action("orders.end_priority").isEnabled)
    page.commands.action("orders.end_priority").trigger()
    two_orders.until_toast("back in its place")
    assert value(two_orders, "SELECT order_number FROM orders WHERE backordered_units > 0") == "1002"


def test_an_order_is_put_first_for_the_next_delivery_once_it_was_said_that_it_gains_nothing_now(two_orders: Seller) -> None:
    store = two_orders.desk.store
    products.count_stock(store, products.find_product(store, "LAMP"), 0, "Broken", now=NOW)
    page = pick(two_orders, "1002")
    page.commands.action("orders.prioritize").trigger()
    form = form_in(two_orders, page)
    said = "It gains nothing now, and nobody loses units. It comes first when units come in."
    assert said in [label.text() for label in form.findChildren(QLabel)]
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Put order 1002 first for what comes in next")


STATES = ("missing", "direct", "swapped", "late", "kept", "held", "unpaid", "part", "told", "ready", "short", "urgent")


def _in_every_state(folder: Path) -> None:
    shop = make_shop(folder)
    shop.stock("LAMP", 7)
    shop.stock("BOOK", 9)
    shop.stock("BELL", 0, on_order="1", on_order_expected_on="2026-12-04")
    sells = {"direct": "BELL", "swapped": "BOOK", "late": "BELL", "kept": "BOOK"}
    made = {state: shop.order(state, (sells.get(state, "LAMP"), 2), paid=state != "unpaid") for state in STATES}
    priority.prioritize(shop.store, made["urgent"], now=shop.tick())
    for state in ("missing", "kept"):
        firm.keep_units(shop.store, made[state], now=shop.tick())
    orders.hold_order(shop.store, made["held"], now=shop.tick())
    for state, units in (("part", 1), ("swapped", 2)):
        orders.ship_order(shop.store, made[state], {shop.line(state, sells.get(state, "LAMP")): units}, now=shop.tick())
    exchange_units(shop.store, shop.line("swapped", "BOOK"), 1, shop.products["LAMP"], resalable=False, now=shop.tick())
    send_direct(shop.store, shop.line("direct", "BELL"), 1, now=shop.tick())
    products.count_stock(shop.store, shop.products["LAMP"], 1, "Broken", now=shop.tick())
    for state in ("told", "late"):
        mark_order_told(shop.store, made[state], ToldBy.PHONE, now=shop.tick())
    later = products.draft_of_product(shop.store, shop.products["BELL"])
    later.on_order_expected_on = "2026-12-24"
    products.edit_product(shop.store, shop.products["BELL"], later, now=shop.tick())
    apologize(shop.store, order_ids=[made["ready"]], now=shop.tick())
    shop.store.close()


def test_no_button_makes_an_order_wider_than_its_pane(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    _in_every_state(tmp_path)
    seller = open_window()
    seller.window.resize(1280, 760)
    for state in STATES:
        page = pick(seller, state)
        area = page.pane.findChild(QScrollArea)
        seller.until(lambda page=page, area=area, state=state: _says_all(page, area.widget(), state))
        assert (state, area.widget().minimumSizeHint().width()) <= (state, area.viewport().width())


def _says_all(page: TablePage[object], sheet: QWidget, state: str) -> bool:
    """Whether it is that order's, with a button for each way to give it its place that can be taken."""
    names = {button.objectName() for button in sheet.findChildren(QPushButton)}
    return f"Order {state}" in [label.text() for label in sheet.findChildren(QLabel)] and all(
        (f"button.{name}" in names) == page.commands.action(name).isEnabled()
        for name in ("orders.end_priority", "orders.let_go", "orders.release", "orders.mark_paid", "orders.track")
    )


@pytest.mark.parametrize(("resalable", "on_hand"), [(True, 2), (False, 0)])
def test_units_that_came_back_go_on_the_shelf_unless_they_are_damaged(two_orders: Seller, resalable: bool, on_hand: int) -> None:
    page = pick(two_orders, "1003")
    press(two_orders, page, "Product BOOK came back")
    form = form_in(two_orders, page)
    sold_again = form.editor("resalable")
    assert isinstance(sold_again, QCheckBox)
    sold_again.setChecked(resalable)
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Took back 2 of Product BOOK")
    assert value(two_orders, "SELECT on_hand FROM product WHERE sku = 'BOOK'") == on_hand
    assert value(two_orders, "SELECT sum(returned) FROM order_line") == 2


def test_what_was_paid_for_units_that_came_back_is_noted_from_the_message(two_orders: Seller) -> None:
    page = pick(two_orders, "1003")
    press(two_orders, page, "Product BOOK came back")
    two_orders.bot.mouseClick(form_in(two_orders, page).verb, LEFT)
    two_orders.until_toast("$20.00 was paid for that")
    press_in_toast(two_orders, "Refund…")
    form = form_in(two_orders, page)
    amount = form.editor("amount")
    assert isinstance(amount, QLineEdit)
    assert (amount.text(), value(two_orders, "SELECT count(*) FROM refund")) == ("20.00", 0)
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Paid back $20.00 of order 1003")
    assert page.pane.top is not form


def test_more_than_was_paid_for_units_that_came_back_is_asked_about(two_orders: Seller) -> None:
    page = pick(two_orders, "1003")
    press(two_orders, page, "Product BOOK came back")
    came_back = form_in(two_orders, page)
    type_over(two_orders, came_back, "quantity", "1")
    two_orders.bot.mouseClick(came_back.verb, LEFT)
    two_orders.until_toast("$10.00 was paid for that")
    press_in_toast(two_orders, "Refund…")
    form = form_in(two_orders, page)
    type_over(two_orders, form, "amount", "10.01")
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until(lambda: any("to note it all the same" in each.text() for each in form.findChildren(QLabel)))
    assert value(two_orders, "SELECT count(*) FROM refund") == 0
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Paid back $10.01 of order 1003")


def type_over(seller: Seller, form: DraftForm, name: str, words: str) -> None:
    field = form.editor(name)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    seller.bot.keyClicks(field, words)


def test_the_form_for_that_goes_with_an_undo_of_the_return(two_orders: Seller) -> None:
    page = pick(two_orders, "1003")
    press(two_orders, page, "Product BOOK came back")
    two_orders.bot.mouseClick(form_in(two_orders, page).verb, LEFT)
    press_in_toast(two_orders, "Refund…")
    form_in(two_orders, page)
    two_orders.bot.keyClick(two_orders.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    two_orders.until_toast("Undid: Took back 2 of Product BOOK")
    two_orders.until(lambda: page.pane.top is None)


def press_in_toast(seller: Seller, words: str) -> None:
    def found() -> list[QPushButton]:
        return [each for each in seller.window.findChildren(QPushButton, f"toast.{words}") if each.isVisible()]

    seller.until(lambda: bool(found()))
    seller.bot.mouseClick(found()[0], LEFT)


def test_a_question_in_many_words_is_read_whole_beside_the_orders(two_orders: Seller) -> None:
    two_orders.window.resize(1280, 760)
    page = pick(two_orders, "1003")
    press(two_orders, page, "Product BOOK came back")
    form = form_in(two_orders, page)
    right = form.mapToGlobal(QPoint(form.width(), 0)).x()
    shown = [*form.findChildren(QLabel), *form.findChildren(QLineEdit)]
    assert [each for each in shown if each.isVisible() and each.mapToGlobal(QPoint(each.width(), 0)).x() > right] == []


def test_a_customer_agrees_to_wait_and_then_does_not(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    page.commands.action("orders.answer").trigger()
    form = form_in(two_orders, page)
    words = form.editor("words")
    two_orders.bot.keyClicks(words, "No hurry")
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Dana Whitfield agreed to wait for order 1002")
    assert value(two_orders, "SELECT words FROM answer") == "No hurry"
    two_orders.until(lambda: any(label.text() == "The customer agreed to wait." for label in page.pane.findChildren(QLabel)))
    page.commands.action("orders.answer").trigger()
    form = form_in(two_orders, page)
    choose(two_orders, form, form.editor("answer"), "cancels")
    two_orders.until_toast("canceled 1 unit that order 1002 was waiting for")
    assert value(two_orders, "SELECT status FROM orders WHERE order_number = '1002'") == "canceled"


@pytest.fixture
def two_wait(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Two orders wait for a box; one that is like it is there."""
    shop = make_shop(tmp_path)
    shop.stock("BOX RED", 0)
    shop.stock("BOX BLUE", 9)
    for number in ("1001", "1002"):
        shop.order(number, ("BOX RED", 2), customer=f"Buyer {number}")
    shop.store.close()
    return open_window()


def test_an_order_that_was_answered_for_stays_in_a_filtered_list_until_another_is_picked(two_wait: Seller) -> None:
    page = two_wait.page("orders")
    page.chips.choose("backordered")
    two_wait.until(lambda: page.wanted.filter == "backordered" and len(page.model.ids) == 2)
    page.table.pick_place(0)
    (worked_on,) = page.table.picked_ids()
    two_wait.until(page.commands.action("orders.answer").isEnabled)
    two_wait.until(lambda: any(each.text() == "2 of 2 units backordered" for each in page.pane.findChildren(QLabel)))
    page.commands.action("orders.answer").trigger()
    form = form_in(two_wait, page)
    assert any("If they cancel, $20.00 and its tax goes back." in label.text() for label in form.findChildren(QLabel))
    choose(two_wait, form, form.editor("answer"), "cancels")
    two_wait.until(lambda: any(label.text() == "The customer canceled units of it." for label in page.pane.findChildren(QLabel)))
    assert page.table.picked_ids() == [worked_on]
    page.table.pick_place(1)
    two_wait.until(lambda: list(page.model.ids) == page.table.picked_ids() != [worked_on])


def test_the_letter_is_one_click_away_from_the_answer_that_cancels(two_wait: Seller) -> None:
    page = pick(two_wait, "1002")
    page.commands.action("orders.answer").trigger()
    form = form_in(two_wait, page)
    choose(two_wait, form, form.editor("answer"), "cancels")
    two_wait.until_toast("canceled 2 units that order 1002 was waiting for")
    write = two_wait.window.interior.toast.findChild(QPushButton, "toast.Write the letter")
    assert isinstance(write, QPushButton)
    two_wait.bot.mouseClick(write, LEFT)
    two_wait.until(lambda: isinstance(page.pane.top, LetterPane))
    assert value(two_wait, "SELECT kind FROM notice") == "cancellation"


def title_alike(two_wait: Seller) -> None:
    with two_wait.desk.store.begin("edit", "", now=NOW) as transaction:
        for key, title in transaction.view.all("SELECT id, title FROM product"):
            transaction.product(key).title = f"Tin box, {title.split()[-1].lower()}"
        for (key,) in transaction.view.all("SELECT id FROM order_line"):
            transaction.order_line(key).title = "Tin box, red"


def test_what_one_types_takes_the_place_of_what_is_suggested_and_what_is_short_is_not_proposed(two_wait: Seller) -> None:
    title_alike(two_wait)
    page = pick(two_wait, "1001")
    press(two_wait, page, "Send something else for Tin box, red")
    field = form_in(two_wait, page).editor("sku")
    assert isinstance(field, Lookup)
    two_wait.until(field.hasFocus)
    assert field.text() == "BOX BLUE"
    two_wait.bot.keyClicks(field, "tin")
    assert field.text() == "tin"
    proposed = field.completer().popup()
    two_wait.until(proposed.isVisible)
    shown = [proposed.model().index(place, 0).data() for place in range(proposed.model().rowCount())]
    assert [each.partition(" · ")[0] for each in shown] == ["BOX BLUE"]


def test_what_the_letter_offers_is_what_is_sent_unless_something_else_is_typed(two_wait: Seller) -> None:
    title_alike(two_wait)
    page = pick(two_wait, "1001")
    page.commands.action("orders.apologize").trigger()
    two_wait.until(lambda: isinstance(page.pane.top, LetterPane) and page.pane.top.contents is not None)
    page.pane.close_top()
    press(two_wait, page, "Send something else for Tin box, red")
    shown = form_in(two_wait, page).editor("sku")
    assert isinstance(shown, QLineEdit)
    assert shown.text() == "BOX BLUE"
    said = "Offered in their letter: Tin box, blue · 9 available · sold at $10.00"
    two_wait.until(lambda: said in [each.text() for each in form_in(two_wait, page).findChildren(QLabel)])


def test_what_is_suggested_in_its_place_is_said_to_be_that(two_wait: Seller) -> None:
    page = pick(two_wait, "1001")
    press(two_wait, page, "Send something else for Product BOX RED")
    said = "Suggested, as alike: Product BOX BLUE · 9 available · sold at $10.00"
    two_wait.until(lambda: said in [each.text() for each in form_in(two_wait, page).findChildren(QLabel)])


def test_to_wait_is_no_answer_where_nothing_will_arrive(two_orders: Seller) -> None:
    store = two_orders.desk.store
    with store.begin("edit", "", now=NOW) as transaction:
        for key in transaction.view.all("SELECT id FROM product"):
            transaction.product(key[0]).discontinued = True
    page = pick(two_orders, "1002")
    page.commands.action("orders.answer").trigger()
    form = form_in(two_orders, page)
    chosen = form.editor("answer")
    assert isinstance(chosen, QComboBox)
    offered = [chosen.itemText(place) for place in range(chosen.count())]
    assert offered == ["cancels what is backordered", "gave no answer"]
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("canceled 1 unit that order 1002 was waiting for")


def test_that_nobody_answered_is_noted(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    page.commands.action("orders.mark_told").trigger()
    two_orders.bot.mouseClick(form_in(two_orders, page).verb, LEFT)
    two_orders.until_toast("Told the customer about 1002")
    page.commands.action("orders.answer").trigger()
    form = form_in(two_orders, page)
    choose(two_orders, form, form.editor("answer"), "gave")
    two_orders.until_toast("Dana Whitfield gave no answer about order 1002 yet")
    two_orders.until(lambda: any(label.text() == "The customer gave no answer yet." for label in page.pane.findChildren(QLabel)))


def test_something_else_is_sent_for_what_waits(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    press(two_orders, page, "Send something else for Product LAMP")
    form = form_in(two_orders, page)
    two_orders.bot.keyClicks(form.editor("sku"), "BOOK")
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("takes 1 of BOOK for Product LAMP in order 1002")
    items = next(place for place, column in enumerate(page.model.columns) if column.key == "items")
    two_orders.until(lambda: page.model.index(0, items).data() == "Product BOOK")
    assert value(two_orders, "SELECT sku FROM order_line WHERE replaces_id IS NOT NULL") == "BOOK"


def test_who_is_ahead_of_units_that_stay_with_another_sees_what_keeps_them(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    firm.keep_units(shop.store, shop.order("1002", ("LAMP", 1), customer="Erin Vale"), now=shop.tick())
    shop.order("1001", ("LAMP", 1), placed_on="2026-11-01")
    shop.store.close()
    seller = open_window()
    page = pick(seller, "1001")
    said = "Kept for others, whoever is ahead: 1002 (Erin Vale) holds 1, kept by hand."
    seller.until(lambda: any(said in each.text() or said in each.toolTip() for each in page.pane.findChildren(QLabel)))


def test_an_order_keeps_its_units_and_its_parcel_gets_a_number(two_orders: Seller) -> None:
    page = pick(two_orders, "1001")
    page.commands.action("orders.keep").trigger()
    two_orders.until_toast("Kept the units of order 1001 for it")
    two_orders.until(page.commands.action("orders.let_go").isEnabled)
    page.commands.action("orders.let_go").trigger()
    two_orders.until_toast("Let go of the units kept for order 1001")
    page.commands.action("orders.ship").trigger()
    two_orders.until_toast("Shipped 1 unit of order 1001")
    two_orders.until(page.commands.action("orders.track").isEnabled)
    page.commands.action("orders.track").trigger()
    form = form_in(two_orders, page)
    two_orders.bot.keyClicks(form.editor("carrier"), "UPS")
    two_orders.bot.keyClicks(form.editor("tracking"), "1Z999")
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Parcel of order 1001: UPS 1Z999")


def test_a_long_tracking_number_is_shown_whole_and_copied_as_it_is(two_orders: Seller) -> None:
    number = "1Z999AA10123456784" * 2
    page = pick(two_orders, "1001")
    page.commands.action("orders.ship").trigger()
    two_orders.until(page.commands.action("orders.track").isEnabled)
    page.commands.action("orders.track").trigger()
    form = form_in(two_orders, page)
    two_orders.bot.keyClicks(form.editor("tracking"), number)
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until(lambda: any(number in each.text() for each in page.pane.findChildren(QLabel)))
    shown = next(each for each in page.pane.findChildren(QLabel) if number in each.text())
    drawn = shown.fontMetrics().boundingRect(shown.contentsRect(), Qt.TextFlag.TextWordWrap, QLabel.text(shown))
    assert drawn.width() <= shown.width()
    assert drawn.height() <= shown.height()
    two_orders.bot.mouseDClick(shown, LEFT)
    two_orders.bot.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == number


def test_a_packing_slip_is_printed_from_its_toast_and_ship_now_stays_under_the_mouse(two_orders: Seller) -> None:
    page = pick(two_orders, "1001")

    def places() -> list[QPoint]:
        found = (each for each in page.pane.findChildren(QPushButton, "button.orders.ship") if each.isVisible())
        return [each.mapTo(page, QPoint(0, 0)) for each in found]

    two_orders.until(lambda: len(places()) == 1)
    before = places()
    page.commands.action("orders.packing_slip").trigger()
    two_orders.until_toast("1 packing slip ready")
    two_orders.until(lambda: any("kept for it" in each.text() for each in page.pane.findChildren(QLabel)))
    two_orders.until(lambda: len(places()) == 1)
    assert places() == before
    (to_printer,) = (each for each in two_orders.window.findChildren(QPushButton, "toast.Print") if each.isVisible())
    two_orders.bot.mouseClick(to_printer, LEFT)
    two_orders.until_toast("Sent to the printer.")
    assert [path.suffix for path in two_orders.printer.printed] == [".pdf"]


def test_an_order_is_told_to_wait_until_all_is_here(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    page.commands.action("orders.edit").trigger()
    form = form_in(two_orders, page)
    choose(two_orders, form, form.editor("ship_policy"), "wait")
    two_orders.until_toast("Edited order 1002")
    assert value(two_orders, "SELECT ship_policy FROM orders WHERE order_number = '1002'") == "complete"


def test_an_order_saved_as_it_is_was_not_changed(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    page.commands.action("orders.edit").trigger()
    steps = value(two_orders, "SELECT count(*) FROM event")
    two_orders.bot.mouseClick(form_in(two_orders, page).verb, LEFT)
    two_orders.until_toast("Nothing was changed")
    assert page.pane.top is None
    assert value(two_orders, "SELECT count(*) FROM event") == steps


def test_the_supplier_sends_what_is_short_and_has_sent_it(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    for words, said in (
        ("The supplier sends Product LAMP directly", "1 of Product LAMP in order 1002 comes from the supplier directly"),
        ("Product LAMP left the supplier", "The supplier shipped 1 of Product LAMP for order 1002"),
    ):
        press(two_orders, page, words)
        form = form_in(two_orders, page)
        two_orders.bot.mouseClick(form.verb, LEFT)
        two_orders.until_toast(said)
    assert value(two_orders, "SELECT status FROM orders WHERE order_number = '1002'") == "shipped"


def test_something_is_sent_in_exchange(two_orders: Seller) -> None:
    page = pick(two_orders, "1003")
    press(two_orders, page, "Product BOOK came back")
    form = form_in(two_orders, page)
    two_orders.bot.keyClicks(form.editor("exchange"), "LAMP")
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("in exchange for Product LAMP")
    assert value(two_orders, "SELECT sku FROM order_line WHERE stand_in = 'exchange'") == "LAMP"


def test_two_customers_are_merged_and_one_is_erased(two_orders: Seller) -> None:
    with two_orders.desk.store.begin("test", "Another", now=NOW) as transaction:
        transaction.execute("INSERT INTO customer (name) VALUES ('Dana Double')")
    page = two_orders.page("customers")
    two_orders.until(lambda: len(page.model.ids) == 2)
    page.table.selectAll()
    two_orders.until(page.commands.action("customers.merge").isEnabled)
    page.commands.action("customers.merge").trigger()
    form = form_in(two_orders, page)
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Merged customer Dana Whitfield into Dana Double")
    for number in ("1001", "1002"):
        orders.cancel_order(two_orders.desk.store, orders.find_order(two_orders.desk.store, number), now=NOW)
    two_orders.until(lambda: len(page.model.ids) == 1)
    page.table.pick_place(0)
    two_orders.until(page.commands.action("customers.erase").isEnabled)
    page.commands.action("customers.erase").trigger()
    form = form_in(two_orders, page)
    (about,) = [label.text() for label in form.findChildren(QLabel) if "for good" in label.text() and "\n" in label.text()]
    for number in ("1001", "1002"):
        assert f"$10.00 of order {number} is still to be paid back: do that first." in about
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Erased who customer")
    toast = two_orders.window.interior.toast
    assert not [each for each in toast.findChildren(QPushButton, "toast.Undo") if each.isVisible()]
    undo = two_orders.window.interior.command_sets["Edit"].action("edit.undo")
    two_orders.until(lambda: not undo.isEnabled() and "can't be undone" in undo.toolTip())
    assert "Erased who customer" in undo.text()
    assert str(value(two_orders, "SELECT name FROM customer")).startswith("Erased customer")


def test_a_customer_with_an_open_order_is_not_asked_about(two_orders: Seller) -> None:
    page = two_orders.page("customers")
    page.table.pick_place(0)
    two_orders.until(page.commands.action("customers.erase").isEnabled)
    page.commands.action("customers.erase").trigger()
    banner = two_orders.window.interior.banner
    two_orders.until(banner.isVisible)
    said = [label.text() for label in banner.findChildren(QLabel)]
    assert "Order 1001 of this customer is still open." in said
    assert page.pane.top is None


def test_what_is_owed_is_said_when_a_paid_order_is_canceled_and_the_keyboard_stays_on_the_page(seller: Seller) -> None:
    page = seller.page("orders")
    rows = page.model.rows_of(page.model.ids)
    place = next(
        place
        for place, row in enumerate(rows)
        if row.paid_on and row.status == "ready" and not row.shipped and row.channel != "ebay"  # type: ignore[attr-defined]
    )
    page.table.pick_place(place)
    seller.until(page.commands.action("orders.cancel").isEnabled)
    seller.until(lambda: page.pane.findChild(QPushButton, "button.orders.cancel") is not None)
    button = page.pane.findChild(QPushButton, "button.orders.cancel")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    seller.until_toast("to pay back")
    assert "Canceled order" in seller.toast()
    seller.until(lambda: page.pane.findChild(QPushButton, "button.orders.cancel") is not button)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not seller.window.interior.toast.isAncestorOf(focused)
    assert page.isAncestorOf(focused)


def test_the_ways_out_are_shown_side_by_side_and_one_is_taken(two_orders: Seller) -> None:
    store = two_orders.desk.store
    products.receive_stock(store, products.find_product(store, "BOOK"), 5, now=NOW)
    page = pick(two_orders, "1002")
    press(two_orders, page, "What can be done about Product LAMP")
    two_orders.until(lambda: isinstance(page.pane.top, DecisionCard))
    card = page.pane.top
    assert isinstance(card, DecisionCard)
    said = [label.text() for label in card.findChildren(QLabel)]
    assert {"1 short of Product LAMP", "Wait", "Buy elsewhere", "Cancel with a refund"} <= {*said}
    assert {"$10.00 kept", "no date is known · offer: $3.00 off · after Jan 2, 2027 only if they agree"} <= {*said}
    assert {"Send Product BOOK instead", "today · BOOK", "the same price", "$10.00 and its tax to pay back"} <= {*said}
    assert any("wanted ahead of it. 1001 (" in text and "holds " in text for text in said)
    cancel = card.findChild(QPushButton, "decision.cancel")
    two_orders.bot.mouseClick(cancel, LEFT)
    form = form_in(two_orders, page)
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Canceled 1 of Product LAMP in order 1002")


def test_who_has_too_few_is_shown_and_not_to_be_bought_from(two_orders: Seller) -> None:
    store = two_orders.desk.store
    offer = SupplierProductDraft("Fast", quantity="0")
    set_offer(store, products.find_product(store, "LAMP"), offer, now=two_orders.desk.now())
    page = pick(two_orders, "1002")
    press(two_orders, page, "What can be done about Product LAMP")
    two_orders.until(lambda: isinstance(page.pane.top, DecisionCard))
    card = page.pane.top
    assert isinstance(card, DecisionCard)
    assert "no date is known · Fast · has 0 of 1" in [label.text() for label in card.findChildren(QLabel)]
    assert card.findChild(QPushButton, "decision.buy_elsewhere") is None


def test_many_ways_out_keep_their_height_and_are_scrolled(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    for sku, on_hand in (("LAMP", 1), ("BOOK", 9), ("BOWL", 9), ("BELL", 9)):
        shop.stock(sku, on_hand)
    shop.order("1001", ("LAMP", 3))
    shop.store.close()
    seller = open_window()
    seller.window.resize(900, 560)
    page = pick(seller, "1001")
    press(seller, page, "What can be done about Product LAMP")
    seller.until(lambda: isinstance(page.pane.top, DecisionCard))
    card = page.pane.top
    assert isinstance(card, DecisionCard)
    ways = [each for each in card.findChildren(QPushButton) if each.text() == "Do this…"]
    assert len(ways) == 6  # the seventh, to wait, needs nothing done
    assert seller.window.height() == 560
    for each in card.findChildren(QLabel):
        assert each.height() >= each.heightForWidth(each.width()), each.text()
    for each in ways:
        assert each.height() >= each.sizeHint().height()
    last, area = ways[-1], card.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    area.ensureWidgetVisible(last)
    assert last.visibleRegion().boundingRect() == last.rect()


def test_the_ways_out_go_away_with_their_order_which_they_name(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    first, second = shop.order("1001", ("LAMP", 2)), shop.order("1002", ("LAMP", 1))
    shop.store.close()
    seller = open_window()
    page = seller.page("orders")
    page.table.pick(first)
    press(seller, page, "What can be done about Product LAMP")
    seller.until(lambda: isinstance(page.pane.top, DecisionCard))
    assert "Order 1001 · Dana Whitfield" in [each.text() for each in page.pane.top.findChildren(QLabel)]
    page.chips.choose("shipped")
    seller.until(lambda: page.pane.top is None)
    page.chips.choose("all")
    seller.until(lambda: page.table.pick(first))
    press(seller, page, "What can be done about Product LAMP")
    seller.until(lambda: isinstance(page.pane.top, DecisionCard))
    place = page.model.place_of(second)
    assert place is not None
    seller.bot.mouseClick(page.table.viewport(), LEFT, pos=page.table.visualRect(page.model.index(place, 1)).center())
    seller.until(lambda: page.pane.top is None)
    seller.until(lambda: any(each.text().endswith("1002") for each in page.pane.findChildren(QLabel)))
    press(seller, page, "What can be done about Product LAMP")
    seller.until(lambda: isinstance(page.pane.top, DecisionCard))
    seller.bot.mouseClick(page.pane.top.findChild(QPushButton, "decision.cancel"), LEFT)
    form = form_in(seller, page)
    assert any(each.text().startswith("Order 1002 · Dana Whitfield") for each in form.findChildren(QLabel))
    seller.bot.mouseClick(form.verb, LEFT)
    seller.until_toast("Canceled 1 of Product LAMP in order 1002")


def test_shipping_the_rest_says_what_leaves_and_what_still_waits(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 3))
    shop.store.close()
    seller = open_window()
    page = pick(seller, "1001")
    press(seller, page, "What can be done about Product LAMP")
    seller.until(lambda: isinstance(page.pane.top, DecisionCard))
    card = page.pane.top
    assert isinstance(card, DecisionCard)
    said = {label.text() for label in card.findChildren(QLabel)}
    assert {"Ship the 1 that is here", "$10.00 leaves", "today · $20.00 still waits", "unknown margin"} <= said


def test_nobody_waits_for_what_never_arrives(two_orders: Seller) -> None:
    store, lamp = two_orders.desk.store, int(str(value(two_orders, "SELECT id FROM product WHERE sku = 'LAMP'")))
    draft = products.draft_of_product(store, lamp)
    draft.discontinued = True
    products.edit_product(store, lamp, draft, now=two_orders.desk.now())
    page = pick(two_orders, "1002")
    two_orders.until(lambda: any("won't arrive: discontinued" in each.text() for each in page.pane.findChildren(QLabel)))
    shown = " ".join(each.text() for each in page.pane.findChildren(QLabel))
    assert "It won't arrive: no more of it will come." in shown
    assert "No delivery is expected yet" not in shown
    press(two_orders, page, "What can be done about Product LAMP")
    two_orders.until(lambda: isinstance(page.pane.top, DecisionCard))
    assert page.pane.top is not None
    said = {each.text() for each in page.pane.top.findChildren(QLabel)}
    assert "Cancel with a refund" in said
    assert "Wait" not in said


def test_what_a_letter_promised_is_paid_back_from_today(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    page.commands.action("orders.cancel").trigger()
    two_orders.until_toast("Canceled order 1002")
    page = pick(two_orders, "1002")
    two_orders.until(lambda: page.pane.findChild(QPushButton, "order.refund") is not None)
    in_pane = [label.text() for label in page.pane.findChildren(QLabel)]
    page.commands.action("orders.cancellation").trigger()
    two_orders.until(lambda: value(two_orders, "SELECT count(*) FROM notice") == 1)
    today = two_orders.window.show_page("today")
    two_orders.until(lambda: today.findChild(QPushButton, "today.refund") is not None)
    (by,) = (label.text() for label in today.findChildren(QLabel) if label.text().startswith("by "))
    assert f"{by.partition(' · ')[0]} · for what was canceled" in in_pane, "the order and Today say the same day"
    button = today.findChild(QPushButton, "today.refund")
    assert isinstance(button, QPushButton)
    two_orders.bot.mouseClick(button, LEFT)
    two_orders.until(lambda: isinstance(today.pane.top, DraftForm))
    form = today.pane.top
    how = form.findChild(QLineEdit, "field.how")
    assert isinstance(how, QLineEdit)
    two_orders.bot.keyClicks(how, "By card")
    two_orders.bot.mouseClick(form.verb, LEFT)
    two_orders.until_toast("Paid back")
    two_orders.until(lambda: today.findChild(QPushButton, "today.refund") is None)
    total = value(two_orders, "SELECT total_minor FROM orders WHERE order_number = '1002'")
    assert value(two_orders, "SELECT amount_minor FROM refund WHERE how = 'By card'") == total
    page = pick(two_orders, "1002")
    two_orders.until(lambda: any(label.text().endswith("By card") for label in page.pane.findChildren(QLabel)))
    assert page.pane.findChild(QPushButton, "order.refund") is None


def test_an_ebay_order_is_canceled_for_lack_of_stock_only_once_the_seller_has_seen_the_figures(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 1), channel="ebay")
    shop.order("1002", ("LAMP", 2), channel="ebay")
    shop.store.close()
    seller = open_window()
    page = pick(seller, "1002")
    press(seller, page, "What can be done about Product LAMP")
    seller.until(lambda: isinstance(page.pane.top, DecisionCard))
    counted = "with this, 1 of 2 sales since Nov"
    assert any(counted in each.text() for each in page.pane.top.findChildren(QLabel))
    page.pane.close_top()
    page.commands.action("orders.cancel").trigger()
    form = form_in(seller, page)
    assert any(counted in each.text() and "50.0\u00a0%" in each.text() for each in form.findChildren(QLabel))
    seller.bot.keyClick(form, Qt.Key.Key_Escape)
    seller.until(lambda: not isinstance(page.pane.top, DraftForm))
    assert value(seller, "SELECT open_units FROM orders WHERE order_number = '1002'") == 2
    page.commands.action("orders.cancel").trigger()
    seller.bot.mouseClick(form_in(seller, page).verb, LEFT)
    seller.until_toast("Canceled order 1002")
    page = pick(seller, "1001")
    page.commands.action("orders.cancel").trigger()
    seller.until_toast("Canceled order 1001")


def test_an_order_that_could_leave_is_put_first_from_today_once_it_was_said_who_loses(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    shop.stock("BOOK", 0)
    shop.order("1001", ("LAMP", 1), ("BOOK", 1))
    orders.set_ship_policy(shop.store, shop.orders["1001"], ShipPolicy.COMPLETE, now=shop.tick())
    shop.order("1002", ("LAMP", 1))
    shop.store.close()
    seller = open_window()
    today = seller.window.show_page("today")
    seller.until(lambda: today.findChild(QPushButton, "today.put_first") is not None)
    button = today.findChild(QPushButton, "today.put_first")
    assert isinstance(button, QPushButton)
    seller.bot.mouseClick(button, LEFT)
    seller.until(lambda: isinstance(today.pane.top, DraftForm))
    form = today.pane.top
    assert "These orders lose units:\n1001: Product LAMP, 1 → 0" in [label.text() for label in form.findChildren(QLabel)]
    assert value(seller, "SELECT max(priority) FROM orders") == 0
    seller.bot.mouseClick(form.verb, LEFT)
    seller.until_toast("Put order 1002 first")
    assert value(seller, "SELECT status FROM orders WHERE order_number = '1002'") == "ready"


def test_one_line_of_an_order_waits_until_all_of_it_is_here(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    page.commands.action("orders.edit").trigger()
    form = form_in(two_orders, page)
    choose(two_orders, form, form.findChild(QComboBox, "line.ship_policy"), "wait")
    two_orders.until_toast("Edited order 1002")
    assert value(two_orders, "SELECT l.ship_policy FROM order_line l WHERE l.order_id = 2") == "complete"
    assert value(two_orders, "SELECT ship_policy FROM orders WHERE order_number = '1002'") == "partial"


def test_the_number_of_a_parcel_is_asked_for_as_it_ships(seller: Seller) -> None:
    page = seller.page("orders")
    page.chips.choose("ready")
    seller.until(lambda: page.wanted.filter == "ready" and 0 < len(page.model.ids) < 30)
    order_id = page.model.ids[0]
    page.table.pick_place(0)
    seller.until(page.commands.action("orders.ship").isEnabled)
    page.commands.action("orders.ship").trigger()
    seller.until_toast("Shipped")
    seller.until(lambda: order_id not in page.model.ids)
    form = form_in(seller, page)
    assert not page.table.picked_ids()
    number = form.findChild(QLineEdit, "field.tracking")
    assert number is not None
    assert number.hasFocus()
    QTest.keyClicks(number, "9400 1000")
    QTest.keyClick(number, Qt.Key.Key_Return)
    seller.until_toast("9400 1000")
    with seller.desk.store.read() as view:
        assert view.value("SELECT tracking FROM shipment WHERE order_id = ?", (order_id,)) == "9400 1000"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_it_is_said_what_left_and_what_is_still_to_come_and_nothing_has_to_be_noted(two_orders: Seller, key: Qt.Key) -> None:
    store = two_orders.desk.store
    order = Shop(store, products={sku: products.find_product(store, sku) for sku in ("LAMP", "BOOK")})
    products.receive_stock(store, order.products["BOOK"], 5, now=NOW)
    order.order("1004", ("BOOK", 2), ("LAMP", 3), ("BOOK", 1))
    page = pick(two_orders, "1004")
    page.commands.action("orders.ship").trigger()
    form = form_in(two_orders, page)
    said = [label.text() for label in form.findChildren(QLabel)]
    assert "3 units have left: 2 × Product BOOK, 1 × Product BOOK.\nStill to come: 3 × Product LAMP." in said
    QTest.keyClick(form.editor("carrier"), key)
    two_orders.until(lambda: page.pane.top is None)
    assert value(two_orders, "SELECT shipped_units FROM orders WHERE order_number = '1004'") == 3
    assert value(two_orders, "SELECT count(*) FROM event WHERE kind = 'track'") == 0
    page.commands.action("orders.track").trigger()
    form = form_in(two_orders, page)
    QTest.keyClicks(form.editor("carrier"), "Parcel Post")
    QTest.keyClick(form.editor("carrier"), Qt.Key.Key_Return)
    two_orders.until_toast("Parcel of order 1004: Parcel Post")


def test_what_can_be_done_about_a_line_is_said_in_words(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    two_orders.until(lambda: bool([each for each in page.pane.findChildren(QToolButton) if each.text() == "Buy elsewhere"]))


def test_an_empty_page_offers_the_import(newcomer: Seller) -> None:
    page = newcomer.window.show_page("orders")
    newcomer.until(lambda: bool([each for each in page.findChildren(QPushButton) if each.text() == "Import…"]))


def test_an_order_of_which_more_waits_than_its_customer_was_told_says_so(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 2))
    apologize(shop.store, [shop.orders["1001"]], now=shop.tick())
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PRINT, now=shop.tick())
    shop.count("LAMP", 0)
    shop.store.close()
    seller = open_window()
    page = pick(seller, "1001")
    said = "Dana was told of less than waits now."
    seller.until(lambda: any(said in label.text() for label in page.pane.findChildren(QLabel)))


def test_a_letter_on_what_was_canceled_is_offered_where_something_was(two_orders: Seller) -> None:
    page = pick(two_orders, "1002")
    assert not page.commands.action("orders.cancellation").isEnabled()
    page.commands.action("orders.cancel").trigger()
    two_orders.until_toast("Canceled order 1002")
    pick(two_orders, "1002")
    two_orders.until(page.commands.action("orders.cancellation").isEnabled)
