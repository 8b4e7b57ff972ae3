"""Every form by the keyboard: where it begins, what Tab, Enter and Esc do, and where one is afterwards."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from orderdesk.services.customers import add_customer
from orderdesk.services.drafts import CustomerDraft
from orderdesk.services.purchases import draft_reorders
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.page import TablePage
from tests.builders import NOW
from tests.ui.conftest import Seller
from tests.ui.test_orders import form_in

pytestmark = pytest.mark.timeout(120)
# A box to check has no title above it, so that it stands higher than what is beside it.
SAME_ROW = 24
# What a form begins with: the first field to fill.
FORMS = {
    "orders.new": "order.customer",
    "orders.edit": "line.quantity",
    "orders.hold": "field.reason",
    "orders.track": "field.tracking",
    "orders.new_date": "field.new_date",
    "orders.answer": "field.answer",
    "orders.mark_told": "field.by",
    "orders.refund": "field.amount",
    "orders.labels": "field.form",
    "inventory.new": "field.title",
    "inventory.edit": "field.title",
    "inventory.count": "field.quantity",
    "inventory.receive": "field.quantity",
    "inventory.supplier": "field.supplier",
    "customers.new": "field.name",
    "customers.edit": "field.name",
    "coupons.redeem": "field.order_number",
    "coupons.void": "field.reason",
    "purchases.new": "field.supplier",
    "purchases.edit": "field.expected_on",
}


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def opened(seller: Seller, command_id: str) -> tuple[TablePage[object], DraftForm]:
    """The form of the first row that has one."""
    page = seller.page(command_id.partition(".")[0])
    action = page.commands.action(command_id)
    for place in range(len(page.model.ids)):
        page.table.pick_place(place)
        if action.isEnabled():
            break
    page.table.setFocus()
    action.trigger()
    return page, form_in(seller, page)


def tabbed_through(form: DraftForm) -> list[int]:
    """How far down each field stands that Tab goes through, to the button."""
    area = form.findChild(QScrollArea)
    assert area is not None
    down = []
    while focused() is not form.verb:
        assert area.widget().isAncestorOf(focused())
        down.append(focused().mapTo(area.widget(), focused().rect().center()).y())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    return down


@pytest.fixture
def buyer(seller: Seller) -> Seller:
    """The sample shop with what runs low in draft."""
    draft_reorders(seller.desk.store, now=NOW)
    return seller


@pytest.mark.parametrize(("command_id", "first"), FORMS.items())
def test_a_form_begins_where_it_is_to_be_filled_and_esc_goes_back_to_the_row(buyer: Seller, command_id: str, first: str) -> None:
    page, form = opened(buyer, command_id)
    buyer.until(lambda: focused().objectName() == first)
    row = page.table.current_id()
    seen = tabbed_through(form)
    assert all(before <= after + SAME_ROW for before, after in pairwise(seen)), seen
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    buyer.until(lambda: page.pane.top is None)
    assert page.table.hasFocus()
    assert page.table.current_id() == row
    assert page.table.picked_ids() == [row]


@pytest.mark.parametrize("command_id", ["orders.new", "purchases.new", "purchases.edit"])
def test_tab_goes_through_lines_that_were_added_to_the_buttons(buyer: Seller, command_id: str) -> None:
    _, form = opened(buyer, command_id)
    (add,) = (each for each in form.findChildren(QPushButton) if "Add a line" in each.text())
    for _ in range(2):
        buyer.bot.mouseClick(add, Qt.MouseButton.LeftButton)
    *_, before_it, last = form.findChildren(QLineEdit, "line.product")
    buyer.until(lambda: last.hasFocus() and last.mapTo(form, last.pos()).y() > before_it.mapTo(form, before_it.pos()).y())
    seen = tabbed_through(form)
    assert all(before <= after + SAME_ROW for before, after in pairwise(seen)), seen
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().objectName() == "form.close"


@pytest.mark.parametrize("command_id", FORMS)
def test_enter_sends_a_form_off_once_or_says_what_it_lacks(buyer: Seller, command_id: str) -> None:
    _, form = opened(buyer, command_id)
    sent: list[bool] = []
    form.submitted.connect(lambda: sent.append(True))
    buyer.until(lambda: form.isAncestorOf(focused()))
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    lacks = [each for each in form.findChildren(QLabel) if each.property("kind") == "problem" and each.isVisible()]
    assert len(sent) == (0 if lacks else 1)


def test_what_can_not_be_taken_back_is_not_one_enter_away(buyer: Seller) -> None:
    add_customer(buyer.desk.store, CustomerDraft(name="Aaron, who ordered nothing"), now=NOW)  # the first one of the list
    page, form = opened(buyer, "customers.erase")
    sent: list[bool] = []
    form.submitted.connect(lambda: sent.append(True))
    buyer.until(lambda: focused().objectName() == "form.close")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    buyer.until(lambda: page.pane.top is None)
    assert not sent
    assert page.table.hasFocus()
