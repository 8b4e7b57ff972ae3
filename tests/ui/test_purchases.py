"""Purchases by real clicks and keys: drafts of what runs low, sent, received, saved for the supplier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def buying(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Two lamps short, a supplier known for them; a mat that runs low without one."""
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    shop = Shop(store)
    shop.stock("LAMP", 0, supplier="Acme", cost="4.00", reorder_point="0")
    shop.stock("MAT", 0, reorder_point="2")
    shop.order("1001", ("LAMP", 2))
    store.close()
    return open_window()


def labels(of: object) -> list[str]:
    return [label.text() for label in of.findChildren(QLabel)]  # type: ignore[attr-defined]


def test_what_runs_low_is_drafted_sent_and_received(buying: Seller) -> None:
    page = buying.window.show_page("purchases")
    buying.until(lambda: "No purchase orders yet" in labels(page))
    draft = next(button for button in page.findChildren(QPushButton) if button.text() == "Draft what runs low")
    buying.bot.mouseClick(draft, Qt.MouseButton.LeftButton)
    buying.until_toast("Drafted PO-1 · 1 product has no supplier")
    buying.until(lambda: len(page.model.ids) == 1)
    page.table.pick_place(0)
    buying.until(lambda: {"Acme", "PO-1"} <= set(labels(page.pane)))
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    buying.until_toast("Sent PO-1 to Acme")
    buying.until(page.commands.action("purchases.receive").isEnabled)
    QTest.keyClick(page.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    buying.until_toast("units of PO-1 from Acme")
    with buying.desk.store.read() as view:
        assert view.value("SELECT status FROM orders") == "ready"
    page.chips.choose("received")
    buying.until(lambda: page.wanted.filter == "received" and len(page.model.ids) == 1)


def test_a_purchase_order_is_saved_for_the_supplier(buying: Seller) -> None:
    page = buying.window.show_page("purchases")
    buying.until(lambda: "No purchase orders yet" in labels(page))
    page.draft()
    buying.until(lambda: len(page.model.ids) == 1)
    page.table.pick_place(0)
    QTest.keyClick(page.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    buying.until_toast("1 purchase order saved")
    (saved,) = buying.desk.store.folder.glob("PO-1.pdf")
    assert saved.read_bytes().startswith(b"%PDF")


def test_what_an_order_is_short_of_is_bought_elsewhere(buying: Seller) -> None:
    page = buying.page("orders")
    page.table.pick_place(0)
    buying.until(lambda: bool(page.pane.findChildren(QToolButton)))
    buy = next(each for each in page.pane.findChildren(QToolButton) if each.accessibleName() == "Buy Product LAMP elsewhere")
    buying.bot.mouseClick(buy, Qt.MouseButton.LeftButton)
    supplier, cost, expected = page.pane.findChildren(QLineEdit)
    for field, words in ((supplier, "Corner Shop"), (cost, "7.50"), (expected, "2026-12-05")):
        buying.bot.keyClicks(field, words)
    buying.bot.keyClick(expected, Qt.Key.Key_Return)
    buying.until_toast("Bought 2 of Product LAMP from Corner Shop for order 1001")
    with buying.desk.store.read() as view:
        assert view.one("SELECT quantity, cost_minor, order_line_id FROM purchase_line") == (2, 750, 1)
