"""The figures' page: what it says, what its bars say when pointed at, and its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QToolTip
from python_calamine import CalamineWorkbook

from orderdesk.domain.notices import ToldBy
from orderdesk.services.apologies import apologize
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.drafts import CustomerDraft, LineDraft, OrderDraft
from orderdesk.services.order_entry import add_order
from orderdesk.services.orders import find_order
from orderdesk.services.telling import mark_told
from orderdesk.ui.bar_chart import BarChart
from orderdesk.ui.figures_page import FiguresPage
from orderdesk.ui.theme import Mode
from tests.builders import NOW, Shop, make_shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def counting(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Six lamps ordered, two of them on the shelf."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 2, supplier="Acme")
    shop.order("1001", ("LAMP", 2))
    shop.order("1002", ("LAMP", 4))
    shop.store.close()
    return open_window()


def shown(seller: Seller) -> FiguresPage:
    page = seller.window.show_page("figures")
    assert isinstance(page, FiguresPage)
    seller.until(lambda: "33.3 %" in [label.text() for label in page.findChildren(QLabel)])
    return page


def chart(page: FiguresPage, title: str) -> BarChart:
    (found,) = (each for each in page.findChildren(BarChart) if each.accessibleName() == title)
    return found


def told_by(page: FiguresPage, title: str) -> str:
    return chart(page, title).accessibleDescription()


def point_at(seller: Seller, chart: BarChart, at: QPoint, words: str) -> None:
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at)))
    seller.until(lambda: QToolTip.text() == words)


def test_it_says_what_was_filled_and_what_is_short(counting: Seller) -> None:
    page = shown(counting)
    said = [label.text() for label in page.findChildren(QLabel)]
    assert {"33.3 %", "50.0 %", "4 units", "1 line, $40.00", "1 order waits to be told"} <= set(said)
    titles = ("Lines filled whole", "Hours until told", "Goodwill per case", "Coupons outstanding")
    assert {*titles, "nobody has been told yet", "0 coupons open, 0 redeemed"} <= set(said)
    assert "3 to 7 days: 1 line, 8 to 14 days: 0 lines" in told_by(page, "Backordered lines by days waited")
    assert (
        told_by(page, "Products that cause most backorders, in 90 days") == "Product LAMP · LAMP: 1 backorder · 4 units short now"
    )
    assert told_by(page, "Suppliers that cause most backorders, in 90 days") == "Acme: 1 backorder · 4 units short now"
    assert {"Nobody has been told in these weeks.", "No coupon has been used in these months."} <= set(said)


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


def test_what_is_short_is_worth_what_is_not_known_where_a_price_is_not(counting: Seller) -> None:
    shop = Shop(counting.desk.store, now=NOW + timedelta(hours=1))
    draft = OrderDraft(
        order_number="1003",
        customer=CustomerDraft(name="Dana Whitfield"),
        placed_on="2026-11-03",
        paid=True,
        currency="USD",
        lines=[LineDraft(sku="LAMP", title="Product LAMP", quantity="1")],
    )
    add_order(shop.store, draft, now=shop.tick())
    page = counting.window.show_page("figures")
    counting.until(lambda: "2 lines, worth unknown in USD" in [label.text() for label in page.findChildren(QLabel)])


def test_a_bar_says_its_value_when_pointed_at(counting: Seller) -> None:
    page = shown(counting)
    point_at(
        counting,
        chart(page, "Products that cause most backorders, in 90 days"),
        QPoint(20, 10),
        "Product LAMP · LAMP: 1 backorder · 4 units short now",
    )
    weeks = chart(page, "Units filled at once, by week")
    slot = weeks.width() / 12
    point_at(counting, weeks, QPoint(round(8.5 * slot), 40), "Nov 2: 2 of 6 units, 33.3 %")
    point_at(counting, weeks, QPoint(round(11.5 * slot), 40), "Nov 23: none")


def test_columns_stand_as_high_as_their_values_in_either_theme(counting: Seller) -> None:
    """A third of the units of one week were there: a third of the room between words and line is painted."""
    weeks, theme = chart(shown(counting), "Units filled at once, by week"), counting.desk.theme
    try:
        for mode in (Mode.DARK, Mode.LIGHT):
            theme.choose(mode)
            picture, accent = weeks.grab().toImage(), QColor(theme.colors.accent)
            painted, beside = (
                sum(picture.pixelColor(round(place * picture.width() / 12), y) == accent for y in range(picture.height()))
                for place in (8.5, 6.5)
            )
            assert (painted, beside) == (pytest.approx((picture.height() - 40) / 3, abs=2), 0)
    finally:
        theme.choose(Mode.LIGHT)


def painted(picture: QImage, color: str, where: QRect) -> int:
    """How many points of a picture are of just that color."""
    points = ((x, y) for x in range(where.left(), where.right() + 1) for y in range(where.top(), where.bottom() + 1))
    return sum(picture.pixelColor(x, y) == QColor(color) for x, y in points)


def test_in_a_narrow_chart_the_last_name_is_whole_and_a_value_that_stands_alone_is_told(counting: Seller) -> None:
    weeks, ground = chart(shown(counting), "Units filled at once, by week"), counting.desk.theme.colors.window
    weeks.setFixedSize(264, 148)
    picture = weeks.grab().toImage()
    assert painted(picture, ground, QRect(picture.width() - 1, picture.height() - 18, 1, 18)) == 18
    top_of_bar = picture.height() - 20 - (picture.height() - 40) // 3
    value = QRect(round(8.5 * 22) - 18, top_of_bar - 20, 36, 18)
    assert painted(picture, ground, value) < value.width() * value.height()


def test_a_wait_of_no_time_has_no_bar(counting: Seller) -> None:
    store, title = counting.desk.store, "Hours until told, half of them sooner, by week"
    with store.read() as view:
        since = datetime.fromisoformat(str(view.value("SELECT backordered_since FROM orders WHERE order_number = '1002'")))
    soon = since + timedelta(seconds=20)
    made = apologize(store, [find_order(store, "1002")], now=soon).apologies[0]
    mark_told(store, made.notice_id, ToldBy.PHONE, now=soon)
    page = shown(counting)
    counting.until(lambda: "within 0.0 hours" in told_by(page, title))
    hours = chart(page, title)
    assert painted(hours.grab().toImage(), counting.desk.theme.colors.accent, hours.rect()) == 0


def test_weeks_and_months_are_told_where_customers_were_and_came_back(counting: Seller) -> None:
    store = counting.desk.store
    later = NOW + timedelta(hours=30)
    made = apologize(store, [find_order(store, "1002")], now=later).apologies[0]
    mark_told(store, made.notice_id, ToldBy.PHONE, now=later)
    shop = Shop(store, now=later, products={"LAMP": 1})
    shop.order("1003", ("LAMP", 1), placed_on="2026-11-20")
    code = str(made.coupon_code)
    redeem_coupon(store, code, "1003", now=shop.tick())
    page = shown(counting)
    counting.until(lambda: "Nov 16: half of 1 order" in told_by(page, "Hours until told, half of them sooner, by week"))
    assert "Nov 16: 0 of 2 orders, 0.0 %" in told_by(page, "Told within a day, by week"), "nor who still does not know"
    assert "Nov: 1 customer ordered again" in told_by(page, "Customers kept: ordered again, by month")
    assert "Oct: nothing was taken off, Nov: $" in told_by(page, "Goodwill: taken off by coupons, by month")


def test_it_is_saved_as_a_picture_and_for_a_spreadsheet(
    counting: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(counting)
    for name, file in (
        ("figures.picture", tmp_path / "f.png"),
        ("figures.table", tmp_path / "f.csv"),
        ("figures.table", tmp_path / "f.xlsx"),
    ):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=file: (str(to), ""))
        page.findChild(QPushButton, name).click()
        counting.until_toast(f"Saved {file.name}")
    picture = QImage(str(tmp_path / "f.png"))
    assert picture.pixelColor(picture.width() - 2, picture.height() - 2) == QColor(counting.desk.theme.colors.window)
    saved = (tmp_path / "f.csv").read_text("utf-8-sig")
    assert "filled at once,units,2,6" in saved
    assert '"filled at once by week, units",2026-11-02,2,6' in saved
    sheet = CalamineWorkbook.from_path(tmp_path / "f.xlsx").get_sheet_by_index(0).to_python()
    assert ["filled at once", "units", 2.0, 6.0] in sheet


def test_where_letters_were_told_and_no_coupon_was_used_goodwill_has_cost_nothing(counting: Seller) -> None:
    page = shown(counting)
    assert tile(page, "Goodwill") == tile(page, "Goodwill per case") == "–"
    with counting.desk.store.read() as view:
        ids = [order for (order,) in view.all("SELECT id FROM orders WHERE backordered_units > 0")]
    (made,) = apologize(counting.desk.store, ids, now=counting.desk.now()).apologies
    mark_told(counting.desk.store, made.notice_id, ToldBy.PRINT, now=counting.desk.now())
    counting.window.show_page("orders")
    counting.window.show_page("figures")
    counting.until(lambda: tile(page, "Goodwill") == tile(page, "Goodwill per case") == "$0.00")


def tile(page: FiguresPage, title: str) -> str:
    """The figure under that title."""
    labels = [label.text() for label in page.findChildren(QLabel)]
    return labels[labels.index(title) + 1] if title in labels else ""
