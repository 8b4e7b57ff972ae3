"""An edit that changes nothing is no step: nothing of it is in the history, and Undo takes back what came before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orderdesk.services import customers, history, order_entry, products, purchase_edits, purchases, suppliers
from orderdesk.services.drafts import CustomerDraft, SupplierDraft
from orderdesk.services.steps import Step
from tests.builders import Shop

Edit = Callable[[Shop], Step]
SUPPLIER = SupplierDraft("Acme", email="sales@acme.example", note="Closed in August")
WIDE = CustomerDraft(name="Ada Byron", email="ada@example.com", username="ada", country="GB", note="Rings twice", marketing=True)


def _order(shop: Shop) -> Step:
    draft = order_entry.draft_of_order(shop.store, shop.orders["1001"])
    return order_entry.edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())


def _product(sku: str) -> Edit:
    def edit(shop: Shop) -> Step:
        draft = products.draft_of_product(shop.store, shop.products[sku])
        return products.edit_product(shop.store, shop.products[sku], draft, now=shop.tick())

    return edit


def _customer(shop: Shop) -> Step:
    key = customers.find_customer(shop.store, "Ada Byron")
    return customers.edit_customer(shop.store, key, customers.draft_of_customer(shop.store, key), now=shop.tick())


def _supplier(shop: Shop) -> Step:
    with shop.store.read() as view:
        key = view.value("SELECT id FROM supplier WHERE name = 'Acme'")
    return suppliers.edit_supplier(shop.store, int(key), SUPPLIER, now=shop.tick())


def _purchase(number: str) -> Edit:
    def edit(shop: Shop) -> Step:
        key = purchases.find_purchase(shop.store, number)
        return purchase_edits.edit_purchase(shop.store, key, purchase_edits.draft_of_purchase(shop.store, key), now=shop.tick())

    return edit


@pytest.fixture
def trading(shop: Shop) -> Shop:
    shop.stock("LAMP", 3, reorder_point="2", cost="4.50", supplier="Acme", supplier_sku="A-1", lead_time_days="7")
    shop.stock("SHADE", 1)
    shop.stock("SET", None, parts="1 x LAMP; 2 x SHADE")
    shop.order("1001", ("LAMP", 5), ("SHADE", 1), ship_by="2026-12-01")
    customers.add_customer(shop.store, WIDE, now=shop.tick())
    with shop.store.read() as view:
        known = view.value("SELECT count(*) FROM supplier WHERE name = 'Acme'")
    if not known:
        suppliers.add_supplier(shop.store, SUPPLIER, now=shop.tick())
    for _ in range(2):
        purchases.draft_purchase(shop.store, "Acme", {shop.products["LAMP"]: 6}, now=shop.tick())
    purchases.send_purchase(shop.store, purchases.find_purchase(shop.store, "PO-1"), now=shop.tick())
    _supplier(shop)
    return shop


@pytest.mark.parametrize(
    "edit",
    [_order, _product("LAMP"), _product("SHADE"), _product("SET"), _customer, _supplier, _purchase("PO-1"), _purchase("PO-2")],
    ids=["order", "product", "plain product", "kit", "customer", "supplier", "purchase order", "draft"],
)
def test_an_edit_that_changes_nothing_is_no_step(trading: Shop, edit: Edit) -> None:
    trading.receive("LAMP", 1)
    with trading.store.read() as view:
        before = view.all("SELECT * FROM event")
    step = edit(trading)
    assert (step.summary, step.undoable, step.gained, step.lost) == ("Nothing was changed", False, (), ())
    with trading.store.read() as view:
        assert view.all("SELECT * FROM event") == before
    assert not trading.store.watch.changed_elsewhere()
    assert history.undo(trading.store, now=trading.tick()).summary == "Undid: Received 1 of Product LAMP (LAMP), booked 1 on PO-1"


def test_what_comes_after_it_is_a_step_of_its_own(trading: Shop) -> None:
    _order(trading)
    trading.receive("LAMP", 1)
    assert not trading.store.watch.changed_elsewhere()
    assert trading.quantities("1001", "LAMP") == (4, 1)
