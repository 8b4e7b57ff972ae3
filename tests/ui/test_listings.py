"""Listings: why one should change, and that it was done, by real clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from orderdesk.services.imports import import_files
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def offering(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """One lamp, an auction with bids and three more at a fixed price."""
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    Shop(store).stock("LAMP", 1)
    (file := tmp_path / "listings.csv").write_text(
        "listing_id,channel,sku,format,quantity,bids,price,currency,ends_at\n"
        "88213,ebay,LAMP,auction,1,2,70,USD,2026-11-30T18:00:00Z\n88214,own,LAMP,fixed_price,3,0,80,USD,\n",
        "utf-8",
    )
    import_files(store, [file], now=NOW)
    store.close()
    return open_window()


def test_a_listing_says_why_it_should_change_and_follows_when_it_was_done(offering: Seller) -> None:
    page = offering.page("listings")
    page.chips.choose("to_change")
    offering.until(lambda: page.wanted.filter == "to_change" and len(page.model.ids) == 1)
    page.table.pick_place(0)
    offering.until(lambda: "4 on offer, stock for 1." in [label.text() for label in page.pane.findChildren(QLabel)])
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    offering.until_toast("Followed the advice for listing 88214")
    with offering.desk.store.read() as view:
        assert view.value("SELECT quantity FROM listing WHERE listing_id = '88214'") == 0
    offering.until(lambda: len(page.model.ids) == 0)


def test_a_shop_without_listings_is_led_to_the_import(seller: Seller) -> None:
    with seller.desk.store.begin("clear", "Cleared", now=NOW) as transaction:
        transaction.execute("DELETE FROM listing")
    page = seller.window.show_page("listings")
    seller.until(lambda: any(label.text() == "No listings yet" for label in page.findChildren(QLabel)))


def test_today_names_the_listings_to_change_until_it_was_done(offering: Seller) -> None:
    page = offering.window.show_page("today")
    offering.until(lambda: page.findChild(QPushButton, "today.done") is not None)
    said = [label.text() for label in page.findChildren(QLabel)]
    assert "Change these listings (1)" in said
    assert "88214 · Product LAMP" in said
    offering.bot.mouseClick(page.findChild(QPushButton, "today.done"), Qt.MouseButton.LeftButton)
    offering.until_toast("Followed the advice for listing 88214")
    offering.until(lambda: not any("Change these" in label.text() for label in page.findChildren(QLabel)))


def test_the_note_on_backorders_is_copied_for_the_channel(offering: Seller) -> None:
    page = offering.page("listings")
    page.table.pick_place(0)
    page.commands.action("listings.snippet").trigger()
    offering.until_toast("Copied: paste it into the listing")
    assert "Should an item run out" in QGuiApplication.clipboard().text()
