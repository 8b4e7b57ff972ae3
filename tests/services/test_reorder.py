"""What a shop should order: by what it sold of late, canceled units left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from orderdesk.services import orders, products, purchases
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.queries.reorder import (
    _SORTS,
    ReorderRow,
    ReorderView,
    reorder_counts,
    reorder_figures,
    reorder_ids,
    reorder_rows,
)
from tests.builders import HOLLOW_OAK, Shop

TODAY = date(2026, 11, 17)


def advised(shop: Shop) -> dict[str, ReorderRow]:
    with shop.store.read() as view:
        return {row.sku: row for row in reorder_rows(view, today=TODAY)}


def test_sales_of_the_last_month_count_and_canceled_units_do_not(shop: Shop) -> None:
    shop.stock("A", 20, lead_time_days="10", supplier="Kiln Row", cost="4.00")
    shop.order("1", ("A", 12), placed_on="2026-11-01")
    shop.order("2", ("A", 50), placed_on="2026-10-01")
    orders.cancel_order(shop.store, shop.orders["2"], now=shop.tick())
    shop.order("3", ("A", 6), placed_on="2026-11-10")
    orders.cancel_line(shop.store, shop.line("3", "A"), 3, now=shop.tick())
    row = advised(shop)["A"]
    assert (row.sold, row.supplier, str(row.cost)) == (15, "Kiln Row", "4.00 USD")
    assert (row.supply.position, row.supply.suggested_point, row.supply.quantity) == (5, 5, 15)


def test_what_is_ordered_to_the_seller_s_own_point_is_not_low_again_the_next_day(shop: Shop) -> None:
    shop.stock("A", 65, reorder_point="50", lead_time_days="10", supplier="Kiln Row")
    shop.order("1", ("A", 15), placed_on="2026-11-10")
    row = advised(shop)["A"]
    assert (row.supply.position, row.supply.point, row.supply.suggested_point) == (50, 50, 5)
    assert (row.supply.up_to, row.quantity) == (65, 15)
    (number,) = purchases.draft_reorders(shop.store, now=shop.tick()).numbers
    purchases.send_purchase(shop.store, purchases.find_purchase(shop.store, number), now=shop.tick())
    shop.order("2", ("A", 1), placed_on="2026-11-17")
    assert advised(shop) == {}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles"])
def test_thirty_days_are_counted_by_the_days_that_orders_show_with_today_among_them(shop: Shop, zone: str) -> None:
    """The 17th is the last of them, the 19th of October the first, which in Berlin begins on the 18th in UTC."""
    save_shop_profile(shop.store, replace(HOLLOW_OAK, time_zone=zone), now=shop.tick())
    shop.stock("A", 20)
    for number, day in enumerate(("2026-10-18", "2026-10-19", "2026-11-17")):
        shop.order(str(number), ("A", 10**number), placed_on=day)
    with shop.store.read() as view:
        figures = reorder_figures(view, [shop.products["A"]], today=TODAY)
    assert figures[shop.products["A"]].sold == advised(shop)["A"].sold == 110


def test_enough_on_the_shelf_discontinued_or_never_counted_is_not_ordered(shop: Shop) -> None:
    shop.stock("PLENTY", 50)
    shop.stock("GONE", 0, discontinued=True)
    shop.stock("UNKNOWN", None)
    for number, sku in enumerate(shop.products):
        shop.order(str(number), (sku, 1))
    assert advised(shop) == {}
    with shop.store.read() as view:
        assert set(reorder_figures(view, list(shop.products.values()), today=TODAY)) == {shop.products["PLENTY"]}


def test_what_is_short_and_not_on_order_is_ordered(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 4), placed_on="2026-06-01")
    assert advised(shop)["A"].supply.quantity == 4
    draft = products.draft_of_product(shop.store, shop.products["A"])
    draft.on_order = "9"
    products.edit_product(shop.store, shop.products["A"], draft, now=shop.tick())
    assert advised(shop) == {}


def test_what_runs_low_is_filtered_searched_and_sorted_with_the_unknown_last(shop: Shop) -> None:
    for sku, point, supplier in (("A", "2", "Kiln Row"), ("B", "9", ""), ("C", "5", "acme"), ("D", "1", "Acme")):
        shop.stock(sku, 1, reorder_point=point, supplier=supplier)
    shop.order("1", ("C", 1), placed_on="2026-11-10")
    purchases.draft_reorders(shop.store, {shop.products["D"]: 2}, now=shop.tick())

    def shown(**wanted: object) -> str:
        with shop.store.read() as view:
            ids = reorder_ids(view, ReorderView(**wanted), today=TODAY)  # type: ignore[arg-type]
        return "".join(sku for key in ids for sku, product_id in shop.products.items() if product_id == key)

    assert (shown(), shown(filter="no_supplier"), shown(filter="drafted")) == ("CAB", "B", "D")
    assert (shown(search="kiln"), shown(search="kiln", filter="drafted")) == ("A", "")
    assert shown(sort=(("quantity", True),)) == "BCA"
    assert shown(sort=(("cover", False), ("sku", True))) == "CBA"
    assert shown(sort=(("supplier", True),)) == "ACB"
    with shop.store.read() as view:
        assert reorder_counts(view, today=TODAY) == {"to_order": 3, "no_supplier": 1, "drafted": 1}
        assert all(shown(sort=((key, down),)) for key in _SORTS for down in (False, True))
