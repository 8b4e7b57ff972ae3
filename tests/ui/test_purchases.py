"""Purchases by real clicks and keys: drafts of what runs low, sent, received, saved for the supplier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.page import TablePage
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
    see = next(button for button in page.findChildren(QPushButton) if button.text() == "See what runs low")
    buying.bot.mouseClick(see, Qt.MouseButton.LeftButton)
    reorder = buying.page("reorder")
    assert buying.window.current_page is reorder
    buying.bot.mouseClick(reorder.findChild(QPushButton, "button.reorder.draft_all"), Qt.MouseButton.LeftButton)
    buying.until_toast("Drafted PO-1 · no supplier for MAT")
    page = buying.page("purchases")
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
    buying.page("reorder").draft_all()
    buying.until_toast("Drafted PO-1")
    page = buying.page("purchases")
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


def form_in(seller: Seller, page: TablePage[Any]) -> DraftForm:
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    form = page.pane.top
    assert isinstance(form, DraftForm)
    return form


def test_a_purchase_order_by_hand_comes_in_two_parts(buying: Seller) -> None:
    page = buying.window.show_page("purchases")
    page.commands.action("purchases.new").trigger()
    form = form_in(buying, page)
    buying.bot.keyClicks(form.editor("supplier"), "Glow")
    buying.bot.keyClicks(form.editor("products"), "5 x LAMP; MAT")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Drafted PO-1")
    buying.until(lambda: len(page.model.ids) == 1)
    page.table.pick_place(0)
    buying.until(page.commands.action("purchases.send").isEnabled)
    page.commands.action("purchases.send").trigger()
    buying.until_toast("Sent PO-1 to Glow")
    buying.until(page.commands.action("purchases.receive_part").isEnabled)
    page.commands.action("purchases.receive_part").trigger()
    form = form_in(buying, page)
    came = form.editor("came")
    assert isinstance(came, QLineEdit)
    assert came.text() == "5 x LAMP; 1 x MAT"
    came.selectAll()
    buying.bot.keyClicks(came, "2 x LAMP")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Received 2 units of PO-1 from Glow")
    with buying.desk.store.read() as view:
        assert view.all("SELECT received FROM purchase_line ORDER BY position") == [(2,), (0,)]
        assert view.value("SELECT status FROM orders") == "ready"
    buying.until(lambda: page.picked_rows()[0].to_come == 4)


def test_what_is_not_on_the_purchase_order_is_named(buying: Seller) -> None:
    page = buying.window.show_page("purchases")
    page.commands.action("purchases.new").trigger()
    form = form_in(buying, page)
    buying.bot.keyClicks(form.editor("supplier"), "Glow")
    buying.bot.keyClicks(form.editor("products"), "5 x LANP")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until(lambda: any("LANP" in text for text in labels(form)))
    with buying.desk.store.read() as view:
        assert view.value("SELECT count(*) FROM purchase_order") == 0


def test_a_supplier_is_added_changed_and_taken_off_in_the_pane_of_a_product(buying: Seller) -> None:
    page = buying.window.show_page("inventory")
    buying.until(lambda: len(page.model.ids) == 2)
    page.table.pick_place(0)
    buying.until(page.commands.action("inventory.supplier").isEnabled)
    page.commands.action("inventory.supplier").trigger()
    form = form_in(buying, page)
    for name, typed in (("supplier", "Glow"), ("cost", "3.50"), ("lead_time_days", "2"), ("quantity", "40")):
        buying.bot.keyClicks(form.editor(name), typed)
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Noted what Glow asks for Product LAMP")
    buying.until(lambda: {"Glow", "has 40"} <= set(labels(page.pane)))
    click(buying, page, "supplier.change.Glow")
    form = form_in(buying, page)
    buying.bot.keyClicks(form.editor("quantity"), "7")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until(lambda: "has 7" in labels(page.pane))
    click(buying, page, "supplier.drop.Glow")
    buying.until_toast("Glow sells Product LAMP no more")
    buying.until(lambda: "has 7" not in labels(page.pane))


def click(seller: Seller, page: TablePage[Any], name: str) -> None:
    button = page.pane.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    seller.bot.mouseClick(button, Qt.MouseButton.LeftButton)
