"""The coupons page: state, ledger and search by code; rules for offers; redeeming inside an order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from orderdesk.domain.offer_rules import OfferRule
from orderdesk.services import offer_rules
from orderdesk.services.coupons import find_coupon
from orderdesk.services.customers import draft_of_customer, edit_customer
from orderdesk.storage.queries.coupons import CouponRow, coupons_used_on
from orderdesk.ui import formats
from orderdesk.ui.coupons_page import CouponsPage
from orderdesk.ui.offers_page import OffersPage
from orderdesk.ui.value import Value
from tests.builders import NOW
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def coupons(seller: Seller) -> CouponsPage:
    page = seller.page("coupons")
    assert isinstance(page, CouponsPage)
    return page


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def open_coupon(seller: Seller) -> CouponRow:
    with seller.desk.store.read() as view:
        code = str(view.value("SELECT code FROM coupon WHERE status = 'issued' AND kind = 'amount' ORDER BY id"))
    return find_coupon(seller.desk.store, code)


def search(seller: Seller, page: CouponsPage, text: str) -> None:
    page.search.setFocus()
    page.search.selectAll()
    seller.bot.keyClicks(page.search, text)


def test_a_code_in_the_pane_of_an_order_is_not_broken_and_copied_as_it_is(seller: Seller) -> None:
    page = seller.page("orders")
    page.search.setText("#2009")
    seller.until(lambda: len(page.model.ids) == 1)
    page.table.pick_place(0)
    seller.until(lambda: any(" · $10.00" in each.text() for each in page.pane.findChildren(Value)))
    shown = next(each for each in page.pane.findChildren(Value) if " · $10.00" in each.text())
    painted = QLabel.text(shown)
    assert "\u200b" not in painted
    assert "-" not in painted
    shown.copy()
    code, _, worth = QGuiApplication.clipboard().text().partition(" · ")
    assert (worth, [len(part) for part in code.split("-")]) == ("$10.00", [4, 4, 4])


def test_a_coupon_is_found_by_its_code_however_it_is_typed(seller: Seller, coupons: CouponsPage) -> None:
    coupon = open_coupon(seller)
    search(seller, coupons, f"{coupon.code[:4].lower()} {coupon.code[4:8]}-{coupon.code[8:]}")
    seller.until(lambda: list(coupons.model.ids) == [coupon.id])
    seller.until(lambda: coupon.customer in words(coupons.pane))
    assert "Issued" in words(coupons.pane)
    assert "Made out to" in words(coupons.pane)


def test_a_mistyped_code_is_told_from_one_that_is_not_there(seller: Seller, coupons: CouponsPage) -> None:
    code = open_coupon(seller).code
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    search(seller, coupons, wrong)
    seller.until(lambda: "Mistyped" in words(coupons.empty))
    assert "one of its symbols was mistyped" in words(coupons.empty)
    search(seller, coupons, "nobody")
    seller.until(lambda: "Nothing found" in words(coupons.empty))


def test_a_coupon_is_voided_with_a_reason_that_stays_to_be_read(seller: Seller, coupons: CouponsPage) -> None:
    coupon = open_coupon(seller)
    coupons.pick_when_there(coupon.id)
    seller.until(lambda: coupons.table.picked_ids() == [coupon.id] and coupons.commands.action("coupons.void").isEnabled())
    coupons.commands.action("coupons.void").trigger()
    reason = coupons.pane.findChild(QLineEdit, "field.reason")
    submit = coupons.pane.findChild(QPushButton, "form.submit")
    assert isinstance(reason, QLineEdit)
    assert isinstance(submit, QPushButton)
    seller.bot.keyClicks(reason, "Lost in the mail")
    seller.bot.mouseClick(submit, LEFT)
    seller.until(lambda: "Void: Lost in the mail" in words(coupons.pane))
    assert "Left" not in words(coupons.pane), "nothing is"
    assert not coupons.commands.action("coupons.void").isEnabled()


def test_what_coupons_cost_is_shown_by_currency(seller: Seller, coupons: CouponsPage) -> None:
    coupons.commands.action("coupons.figures").trigger()
    seller.until(lambda: "May still be redeemed" in words(coupons.pane))
    assert "USD" in words(coupons.pane)


@pytest.mark.parametrize(
    ("of_one_name", "told"),
    [(False, "It was made out to {}; the order is from"), (True, "It was made out to another customer called {}.")],
)
def test_a_coupon_is_redeemed_while_its_order_is_edited(seller: Seller, of_one_name: bool, told: str) -> None:
    coupon = open_coupon(seller)
    with seller.desk.store.read() as view:
        order_id = int(view.value("SELECT id FROM orders WHERE currency = 'USD' AND channel = 'own' AND status = 'ready'"))
        buyer = int(view.record("orders", order_id)["customer_id"])
    if of_one_name:
        draft = draft_of_customer(seller.desk.store, buyer)
        draft.name = coupon.customer
        edit_customer(seller.desk.store, buyer, draft, now=NOW)
    orders = seller.page("orders")
    orders.pick_when_there(order_id)
    seller.until(lambda: orders.table.picked_ids() == [order_id])
    orders.commands.action("orders.edit").trigger()
    seller.until(lambda: orders.pane.findChild(QLineEdit, "field.coupon") is not None)
    code = orders.pane.findChild(QLineEdit, "field.coupon")
    submit = orders.pane.findChild(QPushButton, "form.submit")
    assert isinstance(code, QLineEdit)
    assert isinstance(submit, QPushButton)
    code.setFocus()
    seller.bot.keyClicks(code, coupon.code.lower())
    seller.bot.mouseClick(submit, LEFT)
    seller.until(lambda: find_coupon(seller.desk.store, coupon.code).status == "redeemed")
    with seller.desk.store.read() as view:
        (used,), order = coupons_used_on(view, order_id), view.record("orders", order_id)
    seller.until_toast(f"Edited order {order['order_number']}\nCoupon {formats.code(coupon.code)} redeemed on")
    assert used.applied is not None
    assert formats.money(used.applied) in seller.toast()
    assert told.replace("{}", coupon.customer) in seller.toast()
    seller.until(lambda: f"{formats.code(coupon.code)} · {formats.money(used.applied)}" in words(orders.pane))
    undo = seller.window.interior.toast.findChild(QPushButton, "toast.Undo")
    assert isinstance(undo, QPushButton)
    seller.bot.mouseClick(undo, LEFT)
    seller.until(lambda: find_coupon(seller.desk.store, coupon.code).status == "issued")


def test_a_coupon_redeemed_on_the_wrong_order_is_given_back_by_the_undo_beside_the_words(
    seller: Seller, coupons: CouponsPage
) -> None:
    coupon = open_coupon(seller)
    with seller.desk.store.read() as view:
        number = str(
            view.value("SELECT order_number FROM orders WHERE currency = 'USD' AND channel = 'own' AND status = 'ready'")
        )
    coupons.pick_when_there(coupon.id)
    seller.until(lambda: coupons.table.picked_ids() == [coupon.id] and coupons.commands.action("coupons.redeem").isEnabled())
    coupons.commands.action("coupons.redeem").trigger()
    order = coupons.pane.findChild(QLineEdit, "field.order_number")
    submit = coupons.pane.findChild(QPushButton, "form.submit")
    assert isinstance(order, QLineEdit)
    assert isinstance(submit, QPushButton)
    seller.bot.keyClicks(order, number)
    seller.bot.mouseClick(submit, LEFT)
    seller.until_toast("redeemed on")
    undo = seller.window.interior.toast.findChild(QPushButton, "toast.Undo")
    assert isinstance(undo, QPushButton)
    seller.bot.mouseClick(undo, LEFT)
    seller.until_toast("Undid: Redeemed coupon")
    assert find_coupon(seller.desk.store, coupon.code).status == "issued"
    seller.until(lambda: "Given back: valid again" in words(coupons.pane))


def test_a_rule_is_added_filled_in_and_taken_away(seller: Seller, coupons: CouponsPage) -> None:
    coupons.commands.action("coupons.rules").trigger()
    page = seller.window.interior.current_page
    assert isinstance(page, OffersPage)
    add, remove, up = (page.findChild(QPushButton, f"offers.{name}") for name in ("add", "remove", "up"))
    assert isinstance(add, QPushButton)
    assert isinstance(remove, QPushButton)
    assert isinstance(up, QPushButton)
    seller.until(lambda: page.list.count() == 1)
    assert not remove.isEnabled()
    assert "a tenth of what is late, rounded up, from $3.00 to $25.00, but never more than it costs" in page.list.item(0).text()
    assert not page.list.horizontalScrollBar().isVisible()
    seller.bot.mouseClick(add, LEFT)
    seller.until(lambda: page.findChild(QComboBox, "field.kind") is not None)
    kind, worth = page.findChild(QComboBox, "field.kind"), page.findChild(QLineEdit, "field.worth")
    submit = page.findChild(QPushButton, "form.submit")
    assert isinstance(kind, QComboBox)
    assert isinstance(worth, QLineEdit)
    assert isinstance(submit, QPushButton)
    kind.setCurrentIndex(kind.findData("percent"))
    seller.bot.keyClicks(worth, "1500")
    seller.bot.mouseClick(submit, LEFT)
    seller.until(lambda: "percent" in words(page))
    worth.clear()
    seller.bot.keyClicks(worth, "15")
    seller.bot.mouseClick(submit, LEFT)
    seller.until(lambda: offer_rules.offer_rules(seller.desk.store) == [OfferRule(offer="percent:15")])
    seller.until(lambda: "15 % off" in page.list.item(0).text())
    assert not up.isEnabled(), "the first rule stands above all others"
    seller.bot.mouseClick(remove, LEFT)
    seller.until(lambda: offer_rules.offer_rules(seller.desk.store) == [])
    seller.until(lambda: not remove.isEnabled())


def test_enter_once_more_after_a_rule_is_saved_does_not_take_it_back(seller: Seller, coupons: CouponsPage) -> None:
    coupons.commands.action("coupons.rules").trigger()
    page = seller.window.interior.current_page
    assert isinstance(page, OffersPage)
    seller.until(lambda: page.list.count() == 1)
    add = page.findChild(QPushButton, "offers.add")
    seller.bot.mouseClick(add, LEFT)
    seller.until(lambda: page.findChild(QComboBox, "field.kind") is not None)
    kind, worth = page.findChild(QComboBox, "field.kind"), page.findChild(QLineEdit, "field.worth")
    assert isinstance(kind, QComboBox)
    assert isinstance(worth, QLineEdit)
    kind.setCurrentIndex(kind.findData("percent"))
    worth.setFocus()
    seller.bot.keyClicks(worth, "15")
    saved = [OfferRule(offer="percent:15")]
    seller.bot.keyClick(worth, Qt.Key.Key_Return)
    seller.until(lambda: offer_rules.offer_rules(seller.desk.store) == saved and "15 % off" in page.list.item(0).text())
    toast = seller.window.interior.toast
    assert toast.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)
    for _ in range(60):  # once round the window and more
        seller.bot.keyClick(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert not toast.isAncestorOf(focused)
