"""What was paid and what goes back, as the menu, the pane and the forms say it, by real clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton

from orderdesk.domain.errors import NotOwedError
from orderdesk.domain.notices import ToldBy
from orderdesk.services import history
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.drafts import RefundDraft
from orderdesk.services.imports import import_files
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import find_order
from orderdesk.services.refunds import record_refund
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_told
from orderdesk.storage.store import Store
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.page import TablePage
from orderdesk.ui.today_page import TodayPage
from tests.builders import HOLLOW_OAK, NOW, Shop, make_shop
from tests.services.test_coupons import fill_in, issued
from tests.ui.conftest import Seller
from tests.ui.test_orders import form_in, pick, value

pytestmark = pytest.mark.timeout(60)
LEFT = Qt.MouseButton.LeftButton
HEAD = "order_number,channel,placed_at,paid_at,paid_status,currency,customer_name,sku,title,quantity,unit_price\n"
ROW = "{},own,2026-11-16,{},{},USD,Amy Stone,LAMP,Owl lamp,2,10.00\n"


@pytest.fixture
def payments(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """One order that is paid nobody knows when, one that is not paid, one that is paid on a day; two lamps were 10 each."""
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    Shop(store).stock("LAMP", 9)
    file = tmp_path / "orders.csv"
    rows = (ROW.format("1001", "", "paid"), ROW.format("1002", "", "unpaid"), ROW.format("1003", "2026-11-16", "paid"))
    file.write_text(HEAD + "".join(rows), "utf-8")
    import_files(store, [file], now=NOW)
    store.close()
    return open_window()


def offered(page: TablePage[object], command_id: str) -> bool:
    """Whether the menu of the picked row has that command to be clicked."""
    page.show_row_menu(page.table.rect().center())
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    found = next(each.isEnabled() for each in menu.actions() if each.objectName() == command_id)
    menu.close()
    return found


def said(page: TablePage[object]) -> list[str]:
    return [label.text() for label in page.pane.findChildren(QLabel)]


@pytest.mark.parametrize(("number", "paid"), [("1001", True), ("1002", False), ("1003", True)])
def test_only_an_unpaid_order_is_marked_as_paid_and_only_a_paid_one_refunded(payments: Seller, number: str, paid: bool) -> None:
    page = pick(payments, number)
    assert offered(page, "orders.mark_paid") is not paid
    assert offered(page, "orders.refund") is paid
    assert (page.pane.findChild(QPushButton, "button.orders.mark_paid") is None) is paid
    words = {"1001": "yes", "1002": "not yet", "1003": "Nov\u00a016"}
    assert words[number].replace("\u00a0", " ") in [each.replace("\u00a0", " ") for each in said(page)]


def test_a_refund_says_what_was_paid_and_asks_how_much(payments: Seller) -> None:
    page = pick(payments, "1001")
    page.commands.action("orders.refund").trigger()
    form = form_in(payments, page)
    amount = form.editor("amount")
    assert isinstance(amount, QLineEdit) and not amount.text()
    assert any("The customer paid $20.00." in each for each in said(page))
    QTest.keyClicks(amount, "5")
    QTest.keyClick(amount, Qt.Key.Key_Return)
    asked = (
        f"Nothing is to be paid back of order 1001. {NotOwedError('').remedy} Press “Paid back” again to note it all the same."
    )
    payments.until(lambda: asked in said(page))
    assert value(payments, "SELECT count(*) FROM refund") == 0
    QTest.keyClick(amount, Qt.Key.Key_Return)
    payments.until_toast("Paid back $5.00 of order 1001")
    page.commands.action("orders.refund").trigger()
    form = form_in(payments, page)
    assert any("$5.00 of it has gone back before." in each for each in said(page))
    QTest.keyClicks(form.editor("amount"), "15.01")
    QTest.keyClick(form.editor("amount"), Qt.Key.Key_Return)
    payments.until(lambda: any("15.01 USD is too much" in each for each in said(page)))
    assert form_in(payments, page) is form
    assert value(payments, "SELECT sum(amount_minor) FROM refund") == 500


def test_the_pane_adds_up_and_says_what_went_back_as_it_says_all_amounts(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 5)
    shop.order("1001", ("LAMP", 2), shipping="5", tax="1.50")
    fill_in(shop, "1001", discount="2")
    record_refund(shop.store, shop.orders["1001"], RefundDraft(amount="1.95"), although_not_owed=True, now=NOW)
    shop.store.close()
    seller = open_window()
    page = pick(seller, "1001")
    seller.until(lambda: "Subtotal" in said(page))
    words = said(page)
    sums = [words[words.index(name) + 1] for name in ("Subtotal", "Shipping", "Tax", "Discount", "Total")]
    assert sums == ["$20.00", "$5.00", "$1.50", "−$2.00", "$24.50"]
    assert "Paid back $1.95 of order 1001" in said(page)
    history_page = seller.page("history")
    assert "Paid back $1.95 of order 1001" in {history_page.model.index(0, column).data() for column in range(5)}
    QTest.keyClick(seller.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    seller.until_toast("Paid back $1.95 of order 1001")


def test_a_refund_of_what_was_canceled_comes_with_its_amount(payments: Seller) -> None:
    page = pick(payments, "1003")
    page.commands.action("orders.cancel").trigger()
    payments.until_toast("to pay back")
    page = pick(payments, "1003")
    payments.until(lambda: page.pane.findChild(QPushButton, "order.refund") is not None)
    button = page.pane.findChild(QPushButton, "order.refund")
    assert isinstance(button, QPushButton)
    payments.bot.mouseClick(button, LEFT)
    amount = form_in(payments, page).editor("amount")
    assert isinstance(amount, QLineEdit)
    assert amount.text() == "20.00"
    assert any("The customer paid $20.00." in each for each in said(page))


def test_a_refund_that_is_asked_about_goes_with_the_undo_of_what_it_is_for(payments: Seller) -> None:
    page = pick(payments, "1003")
    page.commands.action("orders.cancel").trigger()
    payments.until_toast("to pay back")
    today = payments.window.show_page("today")
    assert isinstance(today, TodayPage)
    asked_for_refund(payments, today)
    QTest.keyClick(payments.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    payments.until(lambda: not today.pane.isVisible())
    history.redo(payments.desk.store, now=NOW)
    form = asked_for_refund(payments, today)
    QTest.keyClicks(form.editor("how"), "By card")
    history.undo(payments.desk.store, now=NOW)
    payments.until(lambda: not today.pane.isVisible())
    today.pane.bring_back()
    payments.bot.mouseClick(form.verb, LEFT)
    payments.until(lambda: any("Nothing is to be paid back of order 1003." in each.text() for each in form.findChildren(QLabel)))
    assert value(payments, "SELECT count(*) FROM refund") == 0


def test_who_canceled_and_has_no_letter_about_it_gets_one_from_the_pane(payments: Seller) -> None:
    page = pick(payments, "1003")
    page.commands.action("orders.cancel").trigger()
    payments.until_toast("to pay back")
    today = payments.window.show_page("today")
    payments.until(lambda: any("the customer has no letter about it yet" in each.text() for each in today.findChildren(QLabel)))
    page = pick(payments, "1003")
    payments.until(lambda: page.pane.findChild(QPushButton, "button.orders.cancellation") is not None)
    write = page.pane.findChild(QPushButton, "button.orders.cancellation")
    assert isinstance(write, QPushButton) and write.text().strip() == "Write: it was canceled"
    payments.bot.mouseClick(write, LEFT)
    payments.until(lambda: isinstance(page.pane.top, LetterPane) and page.pane.top.contents is not None)
    notice_id = value(payments, "SELECT id FROM notice WHERE kind = 'cancellation'")
    mark_told(payments.desk.store, notice_id, ToldBy.PRINT, now=payments.desk.now())
    page.pane.close_top()
    payments.until(lambda: page.pane.findChild(QPushButton, "button.orders.cancellation") is None)
    today = payments.window.show_page("today")
    payments.until(lambda: not any("no letter about it" in each.text() for each in today.findChildren(QLabel)))
    assert today.findChild(QPushButton, "today.refund") is not None


def asked_for_refund(seller: Seller, today: TodayPage) -> DraftForm:
    """The form behind the button of Today."""
    seller.until(lambda: today.findChild(QPushButton, "today.refund") is not None)
    button = today.findChild(QPushButton, "today.refund")
    assert isinstance(button, QPushButton)
    seller.bot.mouseClick(button, LEFT)
    seller.until(lambda: isinstance(today.pane.top, DraftForm))
    form = today.pane.top
    assert isinstance(form, DraftForm)
    return form


@pytest.fixture
def with_coupon(open_window: Callable[[], Seller], tmp_path: Path) -> tuple[Seller, str]:
    """A coupon for who waits for a lamp, and a paid order of a book to use it on."""
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    code = issued(Shop(store))
    store.close()
    return open_window(), code


def test_a_coupon_on_a_paid_order_stands_on_today_until_its_money_went_back(with_coupon: tuple[Seller, str]) -> None:
    seller, code = with_coupon
    redeem_coupon(seller.desk.store, code, "2000", now=NOW)
    today = seller.window.show_page("today")
    seller.until(lambda: today.findChild(QPushButton, "today.refund") is not None)
    texts = [label.text() for label in today.findChildren(QLabel)]
    assert "Pay back (1)" in texts
    assert "$3.00" in texts
    page = pick(seller, "2000")
    (by,) = (text for text in texts if text.startswith("by "))
    assert f"{by} · the order comes to less than was paid" in said(page)
    seller.window.show_page("today")
    seller.until(today.isVisible)
    history.undo(seller.desk.store, now=NOW)
    seller.until(lambda: today.findChild(QPushButton, "today.refund") is None)


def order_lamps(seller: Seller, quantity: str) -> None:
    order = find_order(seller.desk.store, "1003")
    draft = draft_of_order(seller.desk.store, order)
    draft.lines[0].quantity = quantity
    edit_order(seller.desk.store, order, draft, now=NOW)


def test_a_paid_order_that_is_edited_shows_what_goes_back_or_is_still_to_come(payments: Seller) -> None:
    order_lamps(payments, "1")
    today = payments.window.show_page("today")
    payments.until(lambda: today.findChild(QPushButton, "today.refund") is not None)
    assert "$10.00" in [label.text() for label in today.findChildren(QLabel)]
    order_lamps(payments, "3")
    page = pick(payments, "1003")
    payments.until(lambda: "Edited order 1003; it comes to $10.00 less than was paid" in said(page))
    payments.until(lambda: page.pane.findChild(QPushButton, "button.orders.mark_paid") is not None)
    button = page.pane.findChild(QPushButton, "button.orders.mark_paid")
    assert isinstance(button, QPushButton)
    payments.bot.mouseClick(button, LEFT)
    payments.until_toast("Marked the rest of order 1003 as paid, $10.00")
    payments.until(lambda: page.pane.findChild(QPushButton, "button.orders.mark_paid") is None)
