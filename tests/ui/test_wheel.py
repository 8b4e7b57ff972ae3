"""The wheel scrolls; it never changes what the seller has chosen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollArea, QWidget

import orderdesk.ui
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.pages import PAGES
from orderdesk.ui.shop_form import ShopForm
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)
UI = Path(orderdesk.ui.__file__).parent
# Qt's own widgets that take the wheel for a change of what they hold.
TURNED_BY_WHEEL = {
    *("QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit"),
    *("QSlider", "QDial", "QTabBar", "QTabWidget"),
}


def turn(seller: Seller, widget: QWidget, notches: int) -> None:
    """The wheel, with the pointer over the widget."""
    window = seller.window.windowHandle()
    place = widget.mapTo(seller.window, widget.rect().center())
    for _ in range(abs(notches)):
        QTest.wheelEvent(window, place, QPoint(0, 120 if notches > 0 else -120))


def test_the_wheel_over_a_choice_in_settings_scrolls_the_form(seller: Seller) -> None:
    page = seller.window.show_page("settings")
    seller.until(lambda: page.findChild(ShopForm) is not None)
    form = page.findChild(ShopForm)
    assert form is not None
    queue, area = form.editor("queue"), form.findChild(QScrollArea)
    assert isinstance(queue, QComboBox)
    assert area is not None
    seller.until(lambda: area.verticalScrollBar().maximum() > 0)
    area.ensureWidgetVisible(queue)
    before, place = queue.currentIndex(), area.verticalScrollBar().value()
    turn(seller, queue, 1)
    seller.until(lambda: area.verticalScrollBar().value() < place)
    turn(seller, queue, -2)
    assert queue.currentIndex() == before


def test_the_wheel_over_the_offer_leaves_letter_and_coupon_as_they_are(seller: Seller) -> None:
    orders = seller.page("orders")
    orders.chips.choose("not_told")
    seller.until(lambda: orders.wanted.filter == "not_told" and 0 < len(orders.model.ids) < 30)
    orders.commands.action("orders.apologize").trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and bool(orders.pane.top.pages.pages))
    letter = orders.pane.top
    assert isinstance(letter, LetterPane)
    kind = letter.findChild(QComboBox, "offer.kind")
    assert kind is not None
    before = kind.currentIndex()
    kind.setFocus()
    turn(seller, kind, -2)
    assert kind.currentIndex() == before
    assert not letter._revision.is_under_way


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_field_that_the_wheel_changes(seller: Seller, name: str) -> None:
    page = seller.window.show_page(name)
    for choice in page.findChildren(QComboBox):
        choice.addItems(["one", "two"])
        before = choice.currentIndex()
        turn(seller, choice, -1)
        assert choice.currentIndex() == before
    assert not page.findChildren(QAbstractSpinBox)
    assert all(type(each).__name__ == "QScrollBar" for each in page.findChildren(QAbstractSlider))


def test_no_module_makes_a_field_that_the_wheel_changes() -> None:
    made = {
        (path.name, called.id)
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(called := node.func, ast.Name) and called.id in TURNED_BY_WHEEL
    }
    assert not made
