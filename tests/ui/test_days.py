"""Days and amounts as the shop's country writes and types them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from orderdesk.domain.money import Money
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from orderdesk.ui import formats
from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.typed import read_typed_day
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.ui.conftest import TODAY, Seller
from tests.ui.test_orders import form_in, pick, value

pytestmark = pytest.mark.timeout(60)
LAST = [("US", "Dec 4", "$1,234.50"), ("DE", "4 Dec", "$1.234,50"), ("GB", "4 Dec", "$1,234.50"), ("JP", "Dec 4", "$1,234.50")]


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    formats.write_as_in("US")


def shop_in(country: str, open_window: Callable[[], Seller], folder: Path) -> Seller:
    """A shop there, with an order that was placed on November 3rd."""
    store = Store.open(folder / "shop.orderdesk")
    save_shop_profile(store, replace(HOLLOW_OAK, country=country, region=""), now=NOW)
    shop = Shop(store)
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 1))
    store.close()
    return open_window()


@pytest.mark.parametrize(("country", "short", "amount"), LAST)
def test_days_and_amounts_are_written_as_in_the_country(country: str, short: str, amount: str) -> None:
    formats.write_as_in(country)
    assert formats.day(date(2026, 12, 4), TODAY) == short
    assert formats.money(Money(123450, "USD")) == amount


@pytest.mark.parametrize("currency", ["CHF", "SEK"])
def test_no_line_breaks_between_the_letters_of_a_currency_and_its_amount(currency: str) -> None:
    assert formats.money(Money(6400, currency)) == f"{currency}\u00a064.00"


def test_a_desktop_in_german_writes_the_dot() -> None:
    QLocale.setDefault(QLocale("de_DE"))
    formats.day.cache_clear()
    assert formats.day(date(2026, 12, 4), TODAY) == "4. Dez."
    assert formats.day(date(2027, 12, 4), TODAY) == "4. Dez. 2027"


@pytest.mark.parametrize(
    ("country", "placed", "typed", "meaning", "shown", "kept"),
    [
        ("DE", "3 Nov", "4/12", "Friday, 4 December 2026", "4 Dec 2026", "2026-12-04"),
        ("US", "Nov 3", "4/12/27", "Monday, April 12, 2027", "Apr 12, 2027", "2027-04-12"),
    ],
)
def test_a_day_in_numbers_is_read_by_the_country_and_said_in_full(
    open_window: Callable[[], Seller],
    tmp_path: Path,
    country: str,
    placed: str,
    typed: str,
    meaning: str,
    shown: str,
    kept: str,
) -> None:
    seller = shop_in(country, open_window, tmp_path)
    page = pick(seller, "1001")
    place = [column.key for column in page.model.columns].index("placed")
    assert page.model.index(0, place).data() == placed
    page.commands.action("orders.edit").trigger()
    form = form_in(seller, page)
    line = form.editor("ship_by")
    assert isinstance(line, DayEdit) and not line.text() and not line.placeholderText()
    line.setFocus()
    QTest.keyClicks(line, typed)
    assert meaning in [each.text() for each in form.findChildren(QLabel) if each.isVisible()]
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == shown
    assert meaning not in [each.text() for each in form.findChildren(QLabel) if each.isVisible()]
    form.submit()
    seller.until_toast("Edited order 1001")
    assert value(seller, "SELECT ship_by FROM orders") == kept


@given(st.dates(date(2026, 6, 1), date(2027, 5, 1)), st.sampled_from(["US", "DE", "GB", "FR", "JP", "SE", "MX", "CA"]))
def test_every_day_is_read_back_as_it_is_written_there(day: date, country: str) -> None:
    formats.write_as_in(country)
    assert read_typed_day("day", formats.day_and_month(day), TODAY) == day
    assert read_typed_day("day", formats.dated(day)) == day


def test_no_hint_looks_like_a_value_that_is_set(seller: Seller) -> None:
    page = seller.page("orders")
    page.commands.action("orders.new").trigger()
    form = form_in(seller, page)
    hints = {line.objectName(): line.placeholderText() for line in form.findChildren(QLineEdit)}
    assert hints["field.ship_by"] == ""
    assert hints["field.placed_on"] == "else today"
    assert hints["field.ship_country"] == "e.g. US"
    fields = [text for name, text in hints.items() if name.startswith("field.") and text]
    assert all(text.startswith(("e.g. ", "else ")) for text in fields)
