"""Suppliers: what each asks for a product, what they had, and since when that is too old to count."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderdesk.domain.errors import AlreadyThereError, InvalidValueError, NotFoundError, RefusedError
from orderdesk.services import products, purchases
from orderdesk.services.days import local_day
from orderdesk.services.drafts import SupplierDraft, SupplierProductDraft
from orderdesk.services.history import undo
from orderdesk.services.suppliers import add_supplier, drop_offer, edit_supplier, set_offer
from orderdesk.storage.queries.decisions import Choice, Option, options
from orderdesk.storage.queries.products import ProductsView, product_ids
from orderdesk.storage.queries.purchases import purchase
from orderdesk.storage.queries.suppliers import offers_of_product, supplier_named
from tests.builders import HOLLOW_OAK, Shop

DAY = timedelta(days=1)


@pytest.fixture
def short(shop: Shop) -> Shop:
    """Somebody waits for two lamps at 10.00."""
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 2))
    return shop


def offer(shop: Shop, supplier: str, **facts: str) -> None:
    set_offer(shop.store, shop.products["LAMP"], SupplierProductDraft(supplier, **facts), now=shop.tick())


def elsewhere(shop: Shop) -> dict[str, Option]:
    """Where the lamps could be bought, by supplier."""
    with shop.store.read() as view:
        found = options(view, shop.line("1001", "LAMP"), today=local_day(shop.now, HOLLOW_OAK.time_zone), now=shop.now)
    return {option.detail: option for option in found if option.choice is Choice.BUY_ELSEWHERE}


def test_each_supplier_is_a_way_out_with_its_own_days_and_money(short: Shop) -> None:
    offer(short, "Acme", cost="6.00", lead_time_days="4", quantity="40")
    offer(short, "Glow", cost="9.50", lead_time_days="1")
    found, today = elsewhere(short), local_day(short.now, HOLLOW_OAK.time_zone)
    assert {name: (str(each.money), (each.on or today) - today) for name, each in found.items()} == {
        "Acme": ("8.00 USD", 4 * DAY),
        "Glow": ("1.00 USD", DAY),
    }


def test_who_has_too_few_comes_last_and_says_so_until_that_is_too_old_to_count(short: Shop) -> None:
    offer(short, "Acme", cost="6.00", quantity="1")
    offer(short, "Glow", cost="9.00", quantity="2")

    def seen() -> list[tuple[str, int | None, int, str, bool]]:
        return [(name, each.there, each.lacks, str(each.money), each.is_stale) for name, each in elsewhere(short).items()]

    for _ in range(2):
        assert seen() == [("Glow", 2, 0, "2.00 USD", False), ("Acme", 1, 1, "4.00 USD", False)]
        short.now += DAY - timedelta(minutes=1)
    short.now += timedelta(minutes=3)
    assert seen() == [("Acme", 1, 0, "8.00 USD", True), ("Glow", 2, 0, "2.00 USD", True)]


@pytest.mark.parametrize(("hours", "stale"), [(23, False), (24, False), (25, True)])
def test_a_quantity_counts_for_a_day(short: Shop, hours: int, stale: bool) -> None:
    offer(short, "Acme", quantity="5")
    with short.store.read() as view:
        (found,) = offers_of_product(view, short.products["LAMP"])
    assert found.is_stale(short.now + timedelta(hours=hours)) is stale


def test_products_whose_suppliers_nobody_has_asked_for_long_are_found(short: Shop) -> None:
    offer(short, "Acme", quantity="5")
    today = local_day(short.now, HOLLOW_OAK.time_zone)
    wanted = ProductsView(filter="supply_old")
    with short.store.read() as view:
        assert [list(product_ids(view, wanted, today=today + days * DAY)) for days in (0, 1, 2)] == [[], [], [1]]


def test_what_the_usual_supplier_asks_is_what_the_product_costs(short: Shop) -> None:
    offer(short, "Acme", cost="6.00", lead_time_days="4", supplier_sku="A-1")
    offer(short, "Glow", cost="5.00", lead_time_days="9")
    draft = products.draft_of_product(short.store, short.products["LAMP"])
    assert (draft.supplier, draft.cost, draft.lead_time_days, draft.supplier_sku) == ("Acme", "6.00", "4", "A-1")
    offer(short, "ACME", cost="6.50", lead_time_days="3")
    draft = products.draft_of_product(short.store, short.products["LAMP"])
    assert (draft.supplier, draft.cost, draft.lead_time_days) == ("Acme", "6.50", "3")


def test_a_purchase_order_costs_and_takes_what_its_supplier_says(short: Shop) -> None:
    offer(short, "Acme", cost="6.00", lead_time_days="4")
    offer(short, "Glow", cost="5.00", lead_time_days="9")
    number = purchases.draft_purchase(short.store, "glow", {short.products["LAMP"]: 3}, now=short.tick())
    key = purchases.find_purchase(short.store, number)
    purchases.send_purchase(short.store, key, now=short.tick())
    with short.store.read() as view:
        row = purchase(view, key)
    assert str(row.total) == "15.00 USD"
    assert row.sent_on is not None
    assert row.expected_on == row.sent_on + 9 * DAY


def test_who_does_not_sell_it_any_more_is_no_way_out_and_undo_brings_them_back(short: Shop) -> None:
    offer(short, "Acme", cost="6.00")
    drop_offer(short.store, short.products["LAMP"], "acme", now=short.tick())
    assert "Acme" not in elsewhere(short)
    assert products.draft_of_product(short.store, short.products["LAMP"]).supplier == ""
    undo(short.store, now=short.tick())
    assert "Acme" in elsewhere(short)
    with pytest.raises(NotFoundError, match="Nobody"):
        drop_offer(short.store, short.products["LAMP"], "Nobody", now=short.tick())


def test_a_supplier_goes_by_one_name(short: Shop) -> None:
    key = add_supplier(short.store, SupplierDraft("Acme", email="sales@acme.example"), now=short.tick())
    offer(short, "acme", cost="6.00")
    with short.store.read() as view:
        assert supplier_named(view, "ACME") == key
    with pytest.raises(AlreadyThereError):
        add_supplier(short.store, SupplierDraft("aCME"), now=short.tick())
    edit_supplier(short.store, key, SupplierDraft("Apex"), now=short.tick())
    assert products.draft_of_product(short.store, short.products["LAMP"]).supplier == "Apex"


@pytest.mark.parametrize("facts", [{"cost": "-1"}, {"quantity": "few"}, {"lead_time_days": "soon"}])
def test_what_can_not_be_read_is_named_and_nothing_is_noted(short: Shop, facts: dict[str, str]) -> None:
    with pytest.raises(InvalidValueError):
        offer(short, "Acme", **facts)
    with short.store.read() as view:
        assert offers_of_product(view, short.products["LAMP"]) == []
        assert view.value("SELECT count(*) FROM supplier") == 0


def test_a_kit_is_bought_as_its_parts(short: Shop) -> None:
    short.stock("SET", None, parts="LAMP")
    with pytest.raises(RefusedError, match="is a kit"):
        set_offer(short.store, short.products["SET"], SupplierProductDraft("Acme"), now=short.tick())
