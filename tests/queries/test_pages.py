"""The inventory, customers and today pages' questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services import history, orders
from orderdesk.services.apologies import apologize
from orderdesk.services.coupons import void_coupon
from orderdesk.services.orders import ship_order
from orderdesk.services.tasks import do_to_each
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries import customers, products
from orderdesk.storage.queries.customers import (
    CUSTOMER_FILTERS,
    CustomerRow,
    CustomersView,
    customer_counts,
    customer_detail,
    customer_ids,
    customer_rows,
)
from orderdesk.storage.queries.product_detail import product_detail
from orderdesk.storage.queries.products import ProductRow, ProductsView, product_counts, product_ids, product_rows
from orderdesk.storage.queries.reorder import reorder_rows
from orderdesk.storage.queries.today import agenda
from orderdesk.storage.view import View
from tests.builders import Shop
from tests.queries.conftest import TODAY

PRODUCTS_MEANT: dict[str, set[str]] = {
    "all": {"LAMP", "BOOK", "PUZZLE", "ROBOT", "WRAP"},
    "low": {"LAMP"},
    "out": {"LAMP", "ROBOT"},
    "backordered": {"LAMP", "ROBOT"},
    "count_me": {"PUZZLE"},
    "supply_old": set(),
    "discontinued": {"ROBOT"},
}
CUSTOMERS_MEANT: dict[str, Callable[[CustomerRow], bool]] = {
    "all": lambda row: True,
    "waiting": lambda row: row.open_backorders > 0,
    "not_told": lambda row: row.told is False,
    "with_coupon": lambda row: row.open_coupons > 0,
}


def _product(view: View, busy: Shop, sku: str) -> ProductRow:
    (row,) = product_rows(view, [busy.products[sku]], today=TODAY)
    return row


def _customers(view: View, wanted: CustomersView) -> list[CustomerRow]:
    return customer_rows(view, customer_ids(view, wanted, today=TODAY), today=TODAY)


@pytest.mark.parametrize("name", products._FILTERS)
def test_a_product_filter_shows_what_it_says_and_counts_what_it_shows(view: View, name: str) -> None:
    rows = product_rows(view, product_ids(view, ProductsView(filter=name), today=TODAY), today=TODAY)
    assert {row.sku for row in rows} == PRODUCTS_MEANT[name]
    assert product_counts(view, today=TODAY)[name] == len(PRODUCTS_MEANT[name])
    found = product_ids(view, ProductsView(filter=name, search="lamp"), today=TODAY)
    assert product_counts(view, search="lamp", today=TODAY)[name] == len(found) == ("LAMP" in PRODUCTS_MEANT[name])


def test_a_product_says_how_it_stands(view: View, busy: Shop) -> None:
    assert {sku: _product(view, busy, sku).status for sku in busy.products} == {
        "LAMP": "out",
        "BOOK": "ok",
        "PUZZLE": "count_me",
        "ROBOT": "discontinued",
        "WRAP": "untracked",
    }
    lamp = _product(view, busy, "LAMP")
    assert (lamp.on_hand, lamp.allocated, lamp.available, lamp.backordered, lamp.on_order) == (2, 2, 0, 5, 4)
    assert lamp.price == Money(6400, "USD")
    for sku in ("PUZZLE", "WRAP"):
        assert (_product(view, busy, sku).on_hand, _product(view, busy, sku).available) == (None, None)


def test_low_is_a_matter_of_what_will_be_there(shop: Shop) -> None:
    """On hand and on order, less what is wanted, against the seller's own reorder point, else against the suggested one."""
    shop.stock("FULL", 5, reorder_point="4")
    shop.stock("EDGE", 4, reorder_point="4")
    shop.stock("COMING", 1, reorder_point="4", on_order="9")
    shop.stock("NEVER", 0)
    shop.stock("SELLS", 8)
    shop.stock("SLOW", 8, lead_time_days="2")
    shop.stock("WANTED", 5, reorder_point="4")
    shop.order("1001", ("WANTED", 1), ("SELLS", 6), ("SLOW", 6))
    with shop.store.read() as view:
        states = {sku: _product(view, shop, sku).status for sku in shop.products}
        ids = product_ids(view, ProductsView(filter="low", sort=(("status", True),)), today=TODAY)
        low = [row.sku for row in product_rows(view, ids, today=TODAY)]
        found = agenda(view, today=TODAY)
        ordered = {row.sku for row in reorder_rows(view, today=TODAY)}
        counted = product_counts(view, today=TODAY)["low"]
    assert states == {"FULL": "ok", "EDGE": "low", "COMING": "ok", "NEVER": "out", "SELLS": "low", "SLOW": "ok", "WANTED": "low"}
    assert low == ["EDGE", "SELLS", "WANTED"]
    assert ordered == {row.sku for row in found.low} == set(low)
    assert counted == found.low_count == len(low)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", sorted(set(products._SORTS) - {"supplier", "status", "title"}))
def test_products_come_in_the_order_of_the_column_with_the_unknown_last(view: View, key: str, descending: bool) -> None:
    rows = product_rows(view, product_ids(view, ProductsView(sort=((key, descending),)), today=TODAY), today=TODAY)
    values = [getattr(row, key) for row in rows]
    known = sorted((value for value in values if value is not None), reverse=descending)
    assert values == known + [None] * (len(values) - len(known))


def test_a_product_shows_who_waits_for_it_and_how_it_moved(view: View, busy: Shop) -> None:
    detail = product_detail(view, busy.products["LAMP"], today=TODAY)
    assert [(row.order_number, row.customer, row.backordered, row.told) for row in detail.waiting] == [
        ("1002", "Dana Whitfield", 2, False),
        ("1003", "Dana Whitfield", 1, False),
        ("1004", "Ōe Kenzaburō", 2, False),
    ]
    assert [(row.kind, row.quantity, row.reason) for row in detail.movements] == [("adjusted", 2, "First count")]
    assert [(row.kind, row.quantity) for row in product_detail(view, busy.products["BOOK"], today=TODAY).movements] == [
        ("shipped", -1),
        ("adjusted", 20),
    ]
    with pytest.raises(NotFoundError):
        product_detail(view, 999_999, today=TODAY)


def test_each_movement_names_its_own_order_where_several_were_shipped_at_one_go(shop: Shop) -> None:
    shop.stock("LAMP", 5)
    shop.stock("BOOK", 5)
    shop.order("1001", ("LAMP", 2))
    shop.order("1002", ("BOOK", 1))
    do_to_each(shop.store, ["1001", "1002"], lambda number: ship_order(shop.store, shop.orders[number], now=shop.tick()))
    history.undo(shop.store, now=shop.tick())
    history.redo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        (redone, undone, shipped, _) = product_detail(view, shop.products["BOOK"], today=TODAY).movements
    assert shipped.summary == "Shipped 1 of order 1002"
    assert (undone.quantity, redone.quantity) == (1, -1)
    assert undone.summary.endswith(": Shipped 1 of order 1002")
    assert redone.summary == "Redid: Shipped 1 of order 1002"


@pytest.mark.parametrize("name", sorted({*CUSTOMER_FILTERS} - {"twice"}))
def test_a_customer_filter_shows_what_it_says_and_counts_what_it_shows(view: View, name: str) -> None:
    meant = {row.id for row in _customers(view, CustomersView()) if CUSTOMERS_MEANT[name](row)}
    assert meant
    assert set(customer_ids(view, CustomersView(filter=name), today=TODAY)) == meant
    assert customer_counts(view, today=TODAY)[name] == len(meant)
    found = customer_ids(view, CustomersView(filter=name, search="ibsen"), today=TODAY)
    assert customer_counts(view, search="ibsen", today=TODAY)[name] == len(found)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", customers._SORTS)
def test_customers_come_in_the_order_of_the_column(view: View, key: str, descending: bool) -> None:
    field = {"last_order": "last_order_on"}.get(key, key)
    rows = _customers(view, CustomersView(sort=((key, descending),)))
    values = [getattr(row, field) for row in rows]
    assert len(values) == 4
    assert values == sorted(values, reverse=descending)


def test_a_customer_sums_up_orders_money_and_coupons(view: View) -> None:
    (row,) = _customers(view, CustomersView(search="søren"))
    assert (row.orders, row.open_backorders, row.told, row.open_coupons) == (1, 1, True, 1)
    assert row.spent == (Money(1000, "USD"),)
    detail = customer_detail(view, row.id, today=TODAY)
    assert [order.number for order in detail.orders] == ["1005"]
    assert [notice.order_numbers for notice in detail.notices] == [("1005",)]
    assert [coupon.notice_id for coupon in detail.coupons] == [detail.notices[0].id]
    assert detail.address.line1 == "418 Alder St Apt 3"
    (dana,) = _customers(view, CustomersView(search="dana"))
    # Neither the canceled order nor the unpaid one is money she spent.
    assert (dana.orders, dana.spent, dana.told) == (8, (Money(9000, "USD"),), False)
    with pytest.raises(NotFoundError):
        customer_detail(view, 999_999, today=TODAY)


def test_a_coupon_is_open_through_its_last_day_and_no_longer(view: View) -> None:
    (row,) = _customers(view, CustomersView(search="søren"))
    last = customer_detail(view, row.id, today=TODAY).coupons[0].valid_through
    for day, still in ((last, 1), (last + timedelta(days=1), 0)):
        assert customer_rows(view, [row.id], today=day)[0].open_coupons == still
        shown = customer_ids(view, CustomersView(filter="with_coupon"), today=day)
        assert (row.id in shown) == still
        assert customer_counts(view, search="søren", today=day)["with_coupon"] == still


def test_a_voided_coupon_is_open_no_more(busy: Shop) -> None:
    with busy.store.read() as view:
        (row,) = _customers(view, CustomersView(search="søren"))
        (coupon,) = customer_detail(view, row.id, today=TODAY).coupons
    void_coupon(busy.store, coupon.code, "Printed twice", now=busy.tick())
    with busy.store.read() as view:
        (row,) = _customers(view, CustomersView(search="søren"))
        assert row.open_coupons == 0
        (coupon,) = customer_detail(view, row.id, today=TODAY).coupons
        assert (coupon.status, coupon.void_reason) == ("voided", "Printed twice")


def test_today_lists_whom_to_tell_and_how_long_they_wait(view: View, busy: Shop) -> None:
    now = agenda(view, today=TODAY)
    dana, kenzaburo = now.to_tell.first
    assert (dana.customer, dana.order_numbers, dana.units_short) == ("Dana Whitfield", ("1002", "1003"), 3)
    assert dana.order_ids == (busy.orders["1002"], busy.orders["1003"])
    assert (dana.items, dana.notice_id) == ("Product LAMP", None)
    assert kenzaburo.customer == "Ōe Kenzaburō"
    assert kenzaburo.notice_id is not None
    assert dana.wait.since < kenzaburo.wait.since
    assert dana.wait.hours(dana.wait.since + timedelta(hours=25, minutes=59)) == 25
    assert (now.to_tell.count, now.to_tell.longest) == (2, dana.wait)


def test_whose_last_day_comes_first_is_told_first(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1), customer="Dana", placed_on="2026-11-03")
    shop.order("1002", ("LAMP", 1), customer="Lee", placed_on="2026-11-10", ship_by="2026-11-20")
    shop.order("1003", ("LAMP", 1), customer="Sam", placed_on="2026-10-30")
    with shop.store.read() as view:
        found = agenda(view, today=TODAY).to_tell
    assert [(each.customer, str(each.deadline.tell_by)) for each in found.first] == [
        ("Lee", "2026-11-20"),
        ("Sam", "2026-11-29"),
        ("Dana", "2026-12-03"),
    ]
    assert found.longest == found.first[2].wait


def test_the_day_that_word_was_promised_by_is_a_deadline_like_any_other(shop: Shop) -> None:
    """Dana was promised word; her other order can wait longer than Lee's and Sam's."""
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1), customer="Dana", placed_on="2026-11-03")
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    with shop.store.read() as view:
        word_on = date.fromisoformat(view.value("SELECT update_on FROM notice"))
    before, after = word_on - timedelta(days=1), word_on + timedelta(days=1)
    shop.order("1002", ("LAMP", 1), customer="Dana", placed_on="2026-11-16", ship_by="2027-01-20")
    shop.order("1003", ("LAMP", 1), customer="Sam", placed_on="2026-11-16", ship_by=after.isoformat())
    shop.order("1004", ("LAMP", 1), customer="Lee", placed_on="2026-11-16", ship_by=before.isoformat())
    with shop.store.read() as view:
        found = agenda(view, today=word_on).to_tell.first
    assert [(each.customer, each.deadline.tell_on) for each in found] == [("Lee", before), ("Dana", word_on), ("Sam", after)]
    assert [each.placed_on for each in found] == [date(2026, 11, 16), date(2026, 11, 3), date(2026, 11, 16)]


def test_what_unpaid_and_held_orders_want_shows_on_the_product(shop: Shop) -> None:
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 2))
    shop.order("1002", ("LAMP", 3), paid=False)
    orders.hold_order(shop.store, shop.order("1003", ("LAMP", 4)), now=shop.tick())
    with shop.store.read() as view:
        (row,) = product_rows(view, [shop.products["LAMP"]], today=TODAY)
    assert (row.backordered, row.pending) == (1, 7)


def test_today_lists_what_can_leave_and_what_runs_low(view: View) -> None:
    now = agenda(view, today=TODAY)
    assert ([row.number for row in now.ready], now.ready_count) == (["1001"], 1)
    assert ([row.sku for row in now.low], now.low_count, now.uncounted) == (["LAMP"], 1, 1)


def test_a_letter_that_no_longer_fits_is_not_ready_to_print(busy: Shop) -> None:
    busy.count("LAMP", 0)  # now 1002 lacks all three, and 1001 one
    busy.order("1011", ("LAMP", 1), customer="Ōe Kenzaburō", placed_on="2026-11-11")
    with busy.store.read() as view:
        waiting = {each.customer: each for each in agenda(view, today=TODAY).to_tell.first}
    assert waiting["Ōe Kenzaburō"].order_numbers == ("1004", "1011")
    assert waiting["Ōe Kenzaburō"].notice_id is None
    apologize(busy.store, waiting["Ōe Kenzaburō"].order_ids, now=busy.tick())
    with busy.store.read() as view:
        waiting = {each.customer: each for each in agenda(view, today=TODAY).to_tell.first}
    assert waiting["Ōe Kenzaburō"].notice_id is not None


def test_amazon_orders_are_told_apart(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    for number, channel in (("1001", "own"), ("1002", "amazon"), ("1003", "shopify")):
        shop.order(number, ("LAMP", 1), channel=channel)
    with shop.store.read() as view:
        assert [each.order_numbers for each in agenda(view, today=TODAY).to_tell.first] == [("1001", "1003"), ("1002",)]


def test_lists_of_today_are_cut_and_their_counts_are_not(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    for number in range(1001, 1053):
        shop.order(str(number), ("LAMP", 1), customer=f"Customer {number}")
    with shop.store.read() as view:
        now = agenda(view, today=TODAY)
    assert (len(now.to_tell.first), now.to_tell.count) == (50, 52)
    assert now.to_tell.first[0].customer == "Customer 1001"


def test_an_empty_shop_has_nothing_to_say(shop: Shop) -> None:
    with shop.store.read() as view:
        now = agenda(view, today=TODAY)
        assert (now.to_tell.first, now.to_tell.count, now.ready_count, now.low_count) == ([], 0, 0, 0)
        assert set(product_counts(view, today=TODAY).values()) == set(customer_counts(view, today=TODAY).values()) == {0}
