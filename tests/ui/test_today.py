"""Today: what it says of each thing that waits, and what is settled from there, by real clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from orderdesk.domain.orders import ShipPolicy
from orderdesk.services.firm import keep_units
from orderdesk.services.orders import set_ship_policy
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from orderdesk.ui.badges import BadgeLabel
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.ui.conftest import Seller

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


def test_an_order_that_could_leave_shows_the_state_that_it_is_in(making: Callable[[Callable[[Shop], None]], Seller]) -> None:
    def make(shop: Shop) -> None:
        shop.stock("LAMP", 1)
        shop.stock("BOOK", 0)
        set_ship_policy(shop.store, shop.order("1001", ("LAMP", 1), ("BOOK", 1)), ShipPolicy.COMPLETE, now=shop.tick())
        shop.order("1002", ("LAMP", 1))

    seller = making(make)
    today = seller.window.show_page("today")
    assert "Backordered" in words_beside(button_in(seller, today, "today.put_first"))
