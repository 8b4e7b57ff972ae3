"""A product typed out in a form is the shop's own, however quickly one goes on; what none is called is said to be new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from orderdesk.services.customers import add_customer
from orderdesk.services.drafts import CustomerDraft, ProductDraft
from orderdesk.services.products import add_product
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from orderdesk.ui.lookup import Lookup
from tests.builders import HOLLOW_OAK, NOW
from tests.ui.conftest import Seller
from tests.ui.test_forms import Form

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def lamps(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    add_product(store, ProductDraft(sku="LAMP-01", title="Owl lamp", price="34.10", on_hand="5"), now=NOW)
    add_product(store, ProductDraft(sku="LAMP-011", title="Owl lamp, large", price="50", on_hand="5"), now=NOW)
    store.close()
    return open_window()


def lines_and_products(seller: Seller) -> tuple[list[tuple[object, ...]], int]:
    lines = "SELECT sku, title, ordered, unit_price_minor FROM order_line"
    products = "SELECT count(*) FROM product"
    with seller.desk.store.read() as view:
        return [tuple(row) for row in view.all(lines)], int(view.value(products) or 0)


def new_order(seller: Seller) -> Form:
    seller.window.show_page("orders").commands.action("orders.new").trigger()
    form = Form(seller, seller.window.show_page("orders"))  # type: ignore[arg-type]
    seller.until(lambda: form.page.pane.top is not None)
    form.type("order.customer", "Wilhelmina Ash")
    return form


def product_field(form: Form) -> Lookup:
    field = form.line("line.product")
    assert isinstance(field, Lookup)
    return field


def new_product_said(form: Form) -> list[str]:
    return [each.text() for each in form.widget.findChildren(QLabel) if each.isVisible() and "New product" in each.text()]


@pytest.mark.parametrize("typed", ["LAMP-01", "lamp-01", " LAMP-01 ", "owl LAMP"])
def test_a_sku_typed_out_is_that_product_at_its_price(lamps: Seller, typed: str) -> None:
    form = new_order(lamps)
    form.type("line.product", typed)
    popup = product_field(form).completer().popup()
    lamps.until(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Tab)
    lamps.until(lambda: form.line("line.price").text() == "34.10")
    assert product_field(form).text() == "LAMP-01 · Owl lamp"
    assert not new_product_said(form)
    assert QApplication.focusWidget() is form.line("line.quantity")
    QTest.keyClicks(QApplication.focusWidget(), "3")
    form.submit()
    form.until_closed()
    assert lines_and_products(lamps) == ([("LAMP-01", "Owl lamp", 3, 3410)], 2)


def test_one_who_types_faster_than_the_shop_answers_gets_that_product_too(lamps: Seller) -> None:
    form = new_order(lamps)
    form.line("line.product").setText("LAMP-01")
    form.submit()
    form.until_closed()
    assert lines_and_products(lamps) == ([("LAMP-01", "Owl lamp", 1, 3410)], 2)


def test_what_no_product_is_called_is_said_to_be_new(lamps: Seller) -> None:
    form = new_order(lamps)
    form.type("line.product", "Brass compass")
    QTest.keyClick(form.line("line.product"), Qt.Key.Key_Tab)
    lamps.until(lambda: new_product_said(form) == ["New product: Brass compass"])
    form.submit()
    form.until_closed()
    assert lines_and_products(lamps) == ([("", "Brass compass", 1, None)], 3)


def test_a_purchase_order_takes_what_is_typed_out(lamps: Seller) -> None:
    page = lamps.window.show_page("purchases")
    page.commands.action("purchases.new").trigger()  # type: ignore[attr-defined]
    form = Form(lamps, page)  # type: ignore[arg-type]
    lamps.until(lambda: form.page.pane.top is not None)
    form.type("field.supplier", "Aldgate Glass")
    form.type("line.product", "lamp-011")
    QTest.keyClick(form.line("line.product"), Qt.Key.Key_Tab)
    lamps.until(lambda: form.line("line.product").text() == "LAMP-011 · Owl lamp, large")
    form.submit()
    form.until_closed()
    with lamps.desk.store.read() as view:
        assert view.value("SELECT p.sku FROM purchase_line l JOIN product p ON p.id = l.product_id") == "LAMP-011"


def test_proposals_are_shown_whole_and_what_was_chosen_from_its_start(lamps: Seller) -> None:
    add_customer(lamps.desk.store, CustomerDraft(name="O'Neill, Peter", email=f"peter.{'x' * 60}@mail.example"), now=NOW)
    form = new_order(lamps)
    form.type("order.customer", "neill")
    field = form.line("order.customer")
    popup = field.completer().popup()
    lamps.until(popup.isVisible)
    model = popup.model()
    last = popup.visualRect(model.index(model.rowCount() - 1, 0))
    assert 0 <= last.top() < last.bottom() <= popup.viewport().height()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    lamps.until(lambda: not field.hasFocus())
    assert field.text().startswith("O'Neill") and field.cursorPosition() == 0
