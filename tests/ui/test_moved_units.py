"""Whoever gains or loses units by a step is named where the step is told of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from orderdesk.ui.import_page import ImportPage
from tests.builders import make_shop
from tests.ui.conftest import Seller
from tests.ui.test_forms import opened
from tests.ui.test_orders import form_in, pick

pytestmark = pytest.mark.timeout(60)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def queue(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Six orders of one lamp each, placed day by day; two lamps are here."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 2)
    for day in range(1, 7):
        shop.order(f"100{day}", ("LAMP", 1), placed_on=f"2026-11-0{day}", ship_by=f"2026-12-{20 - day}")
    shop.store.close()
    return open_window()


def receive(seller: Seller, units: int) -> None:
    inventory = seller.page("inventory")
    inventory.table.pick_place(0)
    seller.until(inventory.commands.action("inventory.receive").isEnabled)
    inventory.commands.action("inventory.receive").trigger()
    form = form_in(seller, inventory)
    seller.bot.keyClicks(form.editor("quantity"), str(units))
    seller.bot.mouseClick(form.verb, LEFT)


def test_who_loses_units_by_an_order_put_first_is_named_and_who_gets_them_back(queue: Seller) -> None:
    page = pick(queue, "1003")
    page.commands.action("orders.prioritize").trigger()
    queue.bot.mouseClick(form_in(queue, page).verb, LEFT)
    queue.until_toast("Put order 1003 first · allocated to 1003 +1 · taken from 1002 −1")
    undo = queue.window.interior.command_sets["Edit"].action("edit.undo")
    queue.until(undo.isEnabled)
    undo.trigger()
    queue.until_toast("first · allocated to 1002 +1 · taken from 1003 −1")


def test_of_many_that_gain_units_a_few_are_named_and_an_undo_names_who_loses_them(queue: Seller) -> None:
    receive(queue, 4)
    queue.until_toast("allocated to 1003 +1, 1004 +1, 1005 +1 and 1 more")
    undo = queue.window.interior.toast.findChild(QPushButton, "toast.Undo")
    assert isinstance(undo, QPushButton)
    queue.bot.mouseClick(undo, LEFT)
    queue.until_toast("taken from 1003 −1, 1004 −1, 1005 −1 and 1 more")


def test_orders_canceled_together_name_who_has_their_units_in_the_end(queue: Seller) -> None:
    page = queue.page("orders")
    page.table.pick_place(5)
    for _ in range(2):
        QTest.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert {row.number for row in page.picked_rows()} == {"1001", "1002", "1003"}  # type: ignore[attr-defined]
    queue.until(page.commands.action("orders.cancel").isEnabled)
    page.commands.action("orders.cancel").trigger()
    queue.until_toast("and 2 more · allocated to 1004 +1, 1005 +1")
    assert "1003 +1" not in queue.toast()


def test_a_new_order_of_an_earlier_day_says_whose_units_it_takes(queue: Seller) -> None:
    form = opened(queue, "orders", "new")
    form.type("order.customer", "Ada Byron")
    form.type("field.placed_on", "2026-10-30")
    form.type("line.product", "LAMP")
    popup = form.line("line.product").completer().popup()
    queue.until(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    form.submit()
    queue.until_toast("Added order 1007 · taken from 1002 −1")
    assert queue.window.interior.toast.findChild(QPushButton, "toast.Undo") is not None


def test_an_import_of_an_earlier_order_names_who_loses_by_it(queue: Seller, tmp_path: Path) -> None:
    file = tmp_path / "night.csv"
    file.write_text(
        "order number,date,paid at,customer,sku,quantity,price\nT-1,2026-10-20,2026-10-20,Ada Byron,LAMP,1,10.00\n",
        encoding="utf-8",
    )
    page = queue.window.show_page("import")
    assert isinstance(page, ImportPage)
    page.preview([file])
    queue.until(page.import_button.isEnabled)
    queue.bot.mouseClick(page.import_button, LEFT)
    queue.until_toast("Imported: 1 new, 0 changed · taken from 1002 −1")
