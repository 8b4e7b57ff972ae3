"""Fields that want a product or a supplier find it as one types, and never make up a product, by real keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from orderdesk.services import orders
from orderdesk.services.drafts import SourceDraft
from orderdesk.services.purchases import source_line
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.lookup import Lookup
from tests.builders import make_shop
from tests.ui.conftest import Seller
from tests.ui.test_orders import form_in, pick, press, value

pytestmark = pytest.mark.timeout(60)
WAITS, CAME_BACK, BOUGHT = "Send something else for Product LAMP", "Product BOOK came back", "Buy Product LAMP elsewhere"


@pytest.fixture
def stall(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """A lamp is short for order 1001, of which books have shipped; there is a shade, and a supplier who was bought from."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 3)
    shop.stock("SHADE", 5)
    shop.order("1001", ("LAMP", 2), ("BOOK", 1))
    orders.ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    shop.order("1002", ("LAMP", 1))
    source_line(shop.store, shop.line("1002", "LAMP"), SourceDraft(supplier="Aldgate Glass"), now=shop.tick())
    shop.store.close()
    return open_window()


def asked(seller: Seller, button: str, name: str) -> tuple[DraftForm, Lookup]:
    page = pick(seller, "1001")
    press(seller, page, button)
    form = form_in(seller, page)
    field = form.editor(name)
    assert isinstance(field, Lookup)
    field.setFocus()
    return form, field


def choose(seller: Seller, field: Lookup, typed: str) -> None:
    """Type, wait for the list, and take its first row by Enter."""
    field.clear()
    QTest.keyClicks(field, typed)
    popup = field.completer().popup()
    seller.until(popup.isVisible)
    while not popup.currentIndex().isValid():
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)


def remarks(form: DraftForm) -> list[str]:
    return [each.text() for each in form.findChildren(QLabel) if each.isVisible()]


def test_what_is_sent_instead_is_chosen_by_what_is_there_and_its_price(stall: Seller) -> None:
    form, field = asked(stall, WAITS, "sku")
    field.clear()
    QTest.keyClicks(field, "sha")
    popup = field.completer().popup()
    stall.until(popup.isVisible)
    assert popup.model().index(0, 0).data() == "SHADE · Product SHADE  –  5 available · sold at $10.00"
    assert popup.width() >= popup.sizeHintForColumn(0), "no figure is cut"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == "SHADE · Product SHADE"
    stall.until(lambda: "Product SHADE · 5 available · sold at $10.00" in remarks(form))
    QTest.keyClicks(field, "s")
    assert "Product SHADE · 5 available · sold at $10.00" not in remarks(form)


@pytest.mark.parametrize("typed", ["sha", "product shade"])
@pytest.mark.parametrize(("button", "name"), [(WAITS, "sku"), (CAME_BACK, "exchange")])
def test_a_product_is_found_by_sku_or_title_and_sent(stall: Seller, button: str, name: str, typed: str) -> None:
    form, field = asked(stall, button, name)
    choose(stall, field, typed)
    assert field.text() == "SHADE · Product SHADE"
    assert value(stall, "SELECT count(*) FROM order_line") == 3  # Enter took the row, and did not send the form off
    QTest.keyClick(field, Qt.Key.Key_Return)
    stall.until(lambda: value(stall, "SELECT count(*) FROM order_line WHERE sku = 'SHADE'") == 1)
    stall.until(lambda: form not in stall.window.findChildren(DraftForm))


@pytest.mark.parametrize(("button", "name"), [(WAITS, "sku"), (CAME_BACK, "exchange")])
def test_a_name_that_is_no_product_is_refused_in_the_form(stall: Seller, button: str, name: str) -> None:
    form, field = asked(stall, button, name)
    field.clear()
    QTest.keyClicks(field, "Moon lamp")
    QTest.keyClick(field, Qt.Key.Key_Return)
    told = "There is no product Moon lamp. Check the spelling, or search for it."
    stall.until(lambda: any(each.text() == told and each.isVisible() for each in form.findChildren(QLabel)))
    assert value(stall, "SELECT count(*) FROM product") == 3
    assert value(stall, "SELECT count(*) FROM order_line") == 3
    assert value(stall, "SELECT sum(returned) FROM order_line") == 0


def test_where_it_is_bought_is_found_among_the_suppliers_and_may_be_new(stall: Seller) -> None:
    _, field = asked(stall, BOUGHT, "supplier")
    choose(stall, field, "glass")
    assert field.text() == "Aldgate Glass"
    field.clear()
    QTest.keyClicks(field, "Corner shop")
    QTest.keyClick(field, Qt.Key.Key_Return)
    stall.until(lambda: value(stall, "SELECT count(*) FROM purchase_order WHERE supplier = 'Corner shop'") == 1)
