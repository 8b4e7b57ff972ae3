"""The figures' page: what it says, what its bars say when pointed at, and its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QToolTip

from orderdesk.domain.notices import ToldBy
from orderdesk.services.apologies import apologize, mark_told
from orderdesk.services.orders import find_order
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from orderdesk.ui.bar_chart import BarChart
from orderdesk.ui.figures_page import FiguresPage
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def counting(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Six lamps ordered, two of them on the shelf."""
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    shop = Shop(store)
    shop.stock("LAMP", 2, supplier="Acme")
    shop.order("1001", ("LAMP", 2))
    shop.order("1002", ("LAMP", 4))
    store.close()
    return open_window()


def shown(seller: Seller) -> FiguresPage:
    page = seller.window.show_page("figures")
    assert isinstance(page, FiguresPage)
    seller.until(lambda: "33.3 %" in [label.text() for label in page.findChildren(QLabel)])
    return page


def test_it_says_what_was_filled_and_what_is_short(counting: Seller) -> None:
    page = shown(counting)
    said = [label.text() for label in page.findChildren(QLabel)]
    assert {"33.3 %", "50.0 %", "4 units", "1 line, $40.00", "1 order waits to be told"} <= set(said)
    titles = ("Lines filled whole", "Hours until told", "Goodwill per case", "Coupons outstanding")
    assert {*titles, "nobody has been told yet", "0 coupons open, 0 redeemed"} <= set(said)
    ages, _, products, suppliers = page.findChildren(BarChart)
    assert "3 to 7 days: 1 line, 8 to 14 days: 0 lines" in ages.accessibleDescription()
    assert (products.accessibleDescription(), suppliers.accessibleDescription()) == ("LAMP: 4 units", "Acme: 4 units")


def test_it_says_how_fast_customers_were_told_and_what_coupons_may_still_take(counting: Seller) -> None:
    store = counting.desk.store
    later = NOW + timedelta(hours=30, minutes=3)
    made = apologize(store, [find_order(store, "1002")], now=later).apologies[0]
    mark_told(store, made.notice_id, ToldBy.PHONE, now=later)
    page = shown(counting)
    counting.until(lambda: "30.0" in [label.text() for label in page.findChildren(QLabel)])
    said = [label.text() for label in page.findChildren(QLabel)]
    assert {"half of them sooner; 30.0 at the worst", "$0.00", "over 1 order with a letter", "1 coupon open, 0 redeemed"} <= set(
        said
    )
    assert "$4.00" in said


def test_a_bar_says_its_value_when_pointed_at(counting: Seller) -> None:
    chart = shown(counting).findChildren(BarChart)[2]
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, QPoint(20, 10), chart.mapToGlobal(QPoint(20, 10))))
    counting.until(lambda: QToolTip.text() == "LAMP: 4 units")


def test_it_is_saved_as_a_picture_and_for_a_spreadsheet(
    counting: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(counting)
    for name, file in (("figures.picture", tmp_path / "f.png"), ("figures.table", tmp_path / "f.csv")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=file: (str(to), ""))
        page.findChild(QPushButton, name).click()
        counting.until_toast(f"Saved {file.name}")
    assert (tmp_path / "f.png").read_bytes().startswith(b"\x89PNG")
    assert "filled at once,units,2,6" in (tmp_path / "f.csv").read_text("utf-8-sig")
