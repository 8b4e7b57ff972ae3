"""The seller's way through the window, with a real drop, real keys and real clicks: from an empty folder to letter and coupon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.services.checks import check
from orderdesk.services.ports import Opener, Printer
from orderdesk.storage.queries.notices import notices_of_order
from orderdesk.ui.desk import Desk, Outside
from orderdesk.ui.main_window import MainWindow
from orderdesk.ui.memory import Memory
from orderdesk.ui.orders_page import OrdersPage
from orderdesk.ui.theme import Mode, Theme
from tests.builders import HOLLOW_OAK
from tests.reading import text_of
from tests.ui.conftest import drop_files

COLUMNS = (
    "order_number,channel,placed_at,paid_at,currency,customer_name,ship_name,ship_line1,ship_city,ship_region,ship_postal_code,"
    "ship_country,sku,title,quantity,unit_price,shipped"
)
ORDERS = f"""{COLUMNS}
1041,own,2026-11-02,2026-11-02,USD,Jo Okafor,Jo Okafor,2 Elm St,Tacoma,WA,98402,US,BOOK,Owl bookends,1,34.50,0
1042,own,2026-11-03,2026-11-03,USD,Dana Whitfield,Dana Whitfield,418 Alder,Bellingham,WA,98225,US,LAMP,Owl lamp,2,59.90,0
"""
PRODUCTS = "sku,title,on_hand,price,currency\nLAMP,Ceramic owl lamp,1,59.90,USD\nBOOK,Owl bookends,5,34.50,USD\n"


@dataclass
class PaperTray(Printer):
    """A printer that keeps what it was given."""

    printed: list[Path] = field(default_factory=list)

    @override
    def queues(self) -> list[Queue]:
        return []

    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        assert (title, settings.copies) != ("", 0)
        self.printed.append(path)


@dataclass
class Viewer(Opener):
    opened: list[Path] = field(default_factory=list)

    @override
    def open(self, path: Path) -> None:
        self.opened.append(path)


@dataclass
class Seat:
    """The seller in front of the window."""

    bot: QtBot
    window: MainWindow
    printer: PaperTray

    @property
    def desk(self) -> Desk:
        return self.window.desk

    @property
    def orders(self) -> OrdersPage:
        page = self.window.show_page("orders")
        assert isinstance(page, OrdersPage)
        return page

    def click(self, name: str) -> None:
        """Click the visible button of that name, once it can be clicked."""
        self.bot.waitUntil(lambda: self.button(name) is not None, timeout=10_000)
        button = self.button(name)
        assert button is not None
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)

    def button(self, name: str) -> QPushButton | None:
        shown = [each for each in self.window.findChildren(QPushButton, name) if each.isVisible() and each.isEnabled()]
        return shown[0] if shown else None

    def toast(self) -> str:
        return self.window.interior.toast.text if self.window.interior.toast.isVisible() else ""


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    """An empty folder, and the window of the first start."""
    data = tmp_path / "shop" / "shop.orderdesk"
    data.parent.mkdir()
    printer = PaperTray()
    desk = Desk(data, Outside(printer, Viewer(), date(2026, 11, 17)), Memory(tmp_path / "window.ini"), Theme(qapp, Mode.LIGHT))
    window = MainWindow(desk.memory)
    window.furnish(desk)
    window.show()
    qtbot.waitExposed(window)
    desk.open_shop()
    qtbot.waitUntil(lambda: window.current_page.objectName() == "page.first-run", timeout=10_000)
    yield Seat(qtbot, window, printer)
    desk.stop()
    window.close()


def imported(seat: Seat, folder: Path) -> None:
    files = [folder / "products.csv", folder / "orders.csv"]
    files[0].write_text(PRODUCTS, encoding="utf-8")
    files[1].write_text(ORDERS, encoding="utf-8")
    drop_files(seat.window, *files)
    seat.click("import.go")
    told_who_the_shop_is(seat)
    seat.bot.waitUntil(lambda: len(seat.orders.model.ids) == 2, timeout=10_000)


def told_who_the_shop_is(seat: Seat) -> None:
    """The one question of the first use, answered in the form that asks it."""
    seat.bot.waitUntil(lambda: seat.window.findChild(QLineEdit, "field.name") is not None, timeout=10_000)
    for name in ("name", "line1", "city", "region", "postal_code", "email", "phone", "owner"):
        field_of_form = seat.window.findChild(QLineEdit, f"field.{name}")
        assert field_of_form is not None
        QTest.keyClicks(field_of_form, str(getattr(HOLLOW_OAK, name)))
    seat.click("form.submit")
    seat.bot.waitUntil(lambda: seat.window.current_page.objectName() == "page.orders", timeout=10_000)


def found_by_typing(seat: Seat, text: str) -> None:
    search: QWidget = seat.orders.search
    QTest.keyClicks(search, text)
    seat.bot.waitUntil(lambda: len(seat.orders.model.ids) == 1, timeout=10_000)


def apologized(seat: Seat, folder: Path) -> None:
    imported(seat, folder)
    found_by_typing(seat, "owl lam")
    seat.click("button.orders.apologize")
    seat.bot.waitUntil(lambda: "ready for 1042" in seat.toast(), timeout=20_000)


@pytest.mark.timeout(120)
def test_one_click_makes_letter_and_coupon_and_shows_them(seat: Seat, tmp_path: Path) -> None:
    apologized(seat, tmp_path)
    files = sorted(path.name for path in seat.desk.store.folder.iterdir())
    assert files == ["1042-1-coupon.pdf", "1042-1-letter.pdf"]
    with seat.desk.store.read() as view:
        (made,) = notices_of_order(view, seat.orders.model.ids[0])
    assert "Hollow Oak Trading Co." in text_of(made.letter_path)
    assert made.coupon is not None and made.coupon.customer == "Dana Whitfield"
    seat.bot.waitUntil(lambda: seat.orders.picked_rows()[0].notice_id == made.id, timeout=10_000)
    assert check(seat.desk.store) == []


@pytest.mark.timeout(120)
def test_printing_from_the_toast_tells_the_customer(seat: Seat, tmp_path: Path) -> None:
    apologized(seat, tmp_path)
    seat.click("toast.Print")
    seat.bot.waitUntil(lambda: [path.name for path in seat.printer.printed] == ["1042-1-letter.pdf"], timeout=10_000)
    seat.bot.waitUntil(lambda: bool(seat.orders.picked_rows()) and seat.orders.picked_rows()[0].told, timeout=10_000)


@pytest.mark.timeout(120)
def test_undo_takes_letter_and_coupon_back(seat: Seat, tmp_path: Path) -> None:
    apologized(seat, tmp_path)
    QTest.keyClick(seat.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    seat.bot.waitUntil(lambda: seat.toast().startswith("Undid"), timeout=10_000)
    seat.bot.waitUntil(lambda: list(seat.desk.store.folder.iterdir()) == [], timeout=10_000)
    seat.bot.waitUntil(lambda: seat.orders.picked_rows()[0].notice_id is None, timeout=10_000)
    with seat.desk.store.read() as view:
        assert view.all("SELECT status FROM coupon") == [("voided",)]
