"""Amounts are taken as people in the shop's country type them, and shown so that they are read back as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.money import Money
from orderdesk.services.draft_fields import typed_money
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from orderdesk.ui import formats
from orderdesk.ui.money_edit import MoneyEdit
from orderdesk.ui.typed import plain_money
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.ui.conftest import Seller
from tests.ui.test_orders import form_in, pick, value

pytestmark = [pytest.mark.timeout(60), pytest.mark.usefixtures("qapp")]


def type_into(line: QWidget, typed: str) -> None:
    """By keys, also those that no plain keyboard has."""
    for each in typed:
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, each))


def shop_in(country: str, open_window: Callable[[], Seller], folder: Path) -> Seller:
    store = Store.open(folder / "shop.orderdesk")
    currency = "USD" if country == "US" else "EUR"
    save_shop_profile(store, replace(HOLLOW_OAK, country=country, currency=currency), now=NOW)
    shop = Shop(store)
    shop.stock("LAMP", 3)
    shop.order("1001", ("LAMP", 1), currency=currency)
    store.close()
    return open_window()


@pytest.mark.parametrize(
    ("country", "typed", "minor", "shown"),
    [
        ("US", "$120", 12000, "120.00"),
        ("US", "$1,234.50", 123450, "1234.50"),
        ("US", "34.10 USD", 3410, "34.10"),
        ("DE", "49,90", 4990, "49,90"),
        ("DE", "1.234,50", 123450, "1234,50"),
        ("DE", "€ 12", 1200, "12,00"),
        ("DE", "12,50 €", 1250, "12,50"),
        ("DE", "1.234", 123400, "1234,00"),
        ("DE", "49.90", 4990, "49,90"),
    ],
)
def test_an_amount_is_taken_as_it_is_typed_there(
    open_window: Callable[[], Seller], tmp_path: Path, country: str, typed: str, minor: int, shown: str
) -> None:
    seller = shop_in(country, open_window, tmp_path)
    page = pick(seller, "1001")
    page.commands.action("orders.edit").trigger()
    form = form_in(seller, page)
    for name in ("shipping", "tax"):
        line = form.editor(name)
        line.setFocus()
        type_into(line, typed)
    price = form.findChild(MoneyEdit, "line.price")
    assert isinstance(price, MoneyEdit)
    price.setFocus()
    price.clear()
    type_into(price, typed)
    form.submit()
    seller.until_toast("Edited order 1001")
    for sql in ("SELECT shipping_minor FROM orders", "SELECT tax_minor FROM orders", "SELECT unit_price_minor FROM order_line"):
        assert value(seller, sql) == minor
    page.commands.action("orders.edit").trigger()
    again = form_in(seller, page)
    line = again.editor("shipping")
    assert isinstance(line, MoneyEdit)
    assert line.text() == shown
    again.submit()
    seller.until(lambda: page.pane.top is None)
    assert value(seller, "SELECT shipping_minor FROM orders") == minor


@pytest.mark.parametrize(
    ("country", "typed", "expected"),
    [
        ("US", "€ 12", "an amount in USD"),
        ("DE", "$12", "an amount in EUR"),
        ("US", "1.234", "an amount in USD with at most 2 decimals"),
        ("DE", "1,234", "an amount in EUR with at most 2 decimals"),
        ("US", "12 34", "a number such as 12.50"),
        ("DE", "1.23.4", "a number such as 12.50"),
    ],
)
def test_what_could_be_misread_is_refused_with_the_reason(
    open_window: Callable[[], Seller], tmp_path: Path, country: str, typed: str, expected: str
) -> None:
    seller = shop_in(country, open_window, tmp_path)
    page = pick(seller, "1001")
    page.commands.action("orders.edit").trigger()
    form = form_in(seller, page)
    line = form.editor("shipping")
    line.setFocus()
    type_into(line, typed)
    form.submit()
    assert form.problems() == {"shipping": expected}


@given(
    st.integers(0, 10**11),
    st.sampled_from(["USD", "EUR", "JPY", "KWD"]),
    st.sampled_from(["US", "DE", "FR", "CH", "JP", "IN", "SE"]),
)
def test_every_amount_is_read_back_as_it_is_shown_there(minor: int, currency: str, country: str) -> None:
    formats.write_as_in(country)
    amount = Money(minor, currency)
    edit = MoneyEdit(str(amount.amount))
    assert typed_money(edit.plain(), currency) == amount
    assert typed_money(plain_money(formats.money(amount)), currency) == amount


@given(st.text(st.sampled_from("0123456789.,' €$-"), max_size=12), st.sampled_from(["US", "DE"]))
def test_figures_are_never_dropped_or_moved(typed: str, country: str) -> None:
    """Whatever is read has just the figures that were typed, with the mark where it stood."""
    formats.write_as_in(country)
    try:
        amount = typed_money(plain_money(typed), "EUR").amount
    except InvalidValueError:
        return
    assert figures(f"{amount:f}") == figures(typed)


def figures(text: str) -> str:
    return "".join(each for each in text if each.isdigit()).strip("0")
