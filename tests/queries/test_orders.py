"""The orders page's questions, each answered a second time in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from orderdesk.domain.money import Money
from orderdesk.services.firm import keep_units
from orderdesk.services.orders import hold_order, release_order
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.queries.orders import (
    _SORTS,
    ORDER_FILTERS,
    OrderRow,
    OrdersView,
    channels,
    order_counts,
    order_ids,
    order_rows,
    orders_of_customer,
)
from orderdesk.storage.view import View
from tests.builders import HOLLOW_OAK, Shop
from tests.queries.conftest import TODAY

MEANING: dict[str, Callable[[OrderRow], bool]] = {
    "all": lambda row: True,
    "to_do": lambda row: row.status in ("ready", "partly_ready", "backordered", "awaiting_supplier", "pending"),
    "backordered": lambda row: row.backordered_lines > 0,
    "not_told": lambda row: row.backordered_lines > 0 and not row.told,
    "ready": lambda row: row.status == "ready",
    "partly_ready": lambda row: row.status == "partly_ready",
    "awaiting_supplier": lambda row: row.status == "awaiting_supplier",
    "overdue": lambda row: row.overdue,
    "discontinued": lambda row: row.items == "Product ROBOT",
    "awaiting_payment": lambda row: row.status == "awaiting_payment",
    "on_hold": lambda row: row.status == "on_hold",
    "shipped": lambda row: row.status == "shipped",
    "canceled": lambda row: row.status == "canceled",
}


def _told(row: OrderRow) -> tuple[int, datetime] | None:
    """Those who were told by the day, then those whose letter is ready, then the others; None where nothing is short."""
    if row.told_at is not None:
        return 0, row.told_at
    if not row.backordered_lines:
        return None
    return (1 if row.notice_id is not None else 2), datetime(9999, 1, 1, tzinfo=UTC)


# What each column sorts by; None is unknown and comes last.
KEYS: dict[str, Callable[[OrderRow], Any]] = {
    "number": lambda row: row.number,
    "placed": lambda row: row.placed_at,
    "customer": lambda row: row.customer.lower(),
    "channel": lambda row: row.channel,
    "status": lambda row: row.status,
    "waiting": lambda row: row.backordered_since and -row.backordered_since.timestamp(),
    "told": _told,
    "total": lambda row: row.total,
    "ship_by": lambda row: row.ship_by,
    "country": lambda row: row.country,
}


def _all(view: View) -> list[OrderRow]:
    return order_rows(view, order_ids(view, OrdersView(), today=TODAY), today=TODAY)


def _numbers(view: View, wanted: OrdersView) -> list[str]:
    return [row.number for row in order_rows(view, order_ids(view, wanted, today=TODAY), today=TODAY)]


def test_every_state_is_there(view: View) -> None:
    assert {row.number: row.status for row in _all(view)} == {
        "1001": "ready",
        "1002": "partly_ready",
        "1003": "backordered",
        "1004": "partly_ready",
        "1005": "backordered",
        "1006": "awaiting_payment",
        "1007": "on_hold",
        "1008": "shipped",
        "1009": "canceled",
        "1010": "pending",
        "1020": "awaiting_supplier",
    }


@pytest.mark.parametrize("name", MEANING)
def test_a_filter_shows_what_it_says_and_counts_what_it_shows(view: View, name: str) -> None:
    meant = {row.number for row in _all(view) if MEANING[name](row)}
    assert meant
    assert set(_numbers(view, OrdersView(filter=name))) == meant
    assert order_counts(view, today=TODAY)[name] == len(meant)


def test_orders_with_kept_units_that_are_gone_are_found_until_it_is_settled(shop: Shop) -> None:
    shop.stock("LAMP", 3)
    for number in ("1001", "1002"):
        keep_units(shop.store, shop.order(number, ("LAMP", 1)), now=shop.tick())
    shop.order("1003", ("LAMP", 1))
    shop.count("LAMP", 1)
    wanted = OrdersView(filter="over_allocated")
    with shop.store.read() as view:
        assert _numbers(view, wanted) == ["1002"]
        assert order_counts(view, today=TODAY)["over_allocated"] == 1
        assert {row.number: row.over_allocated for row in _all(view)} == {"1001": 0, "1002": 1, "1003": 0}
    hold_order(shop.store, shop.orders["1002"], now=shop.tick())
    with shop.store.read() as view:
        assert (_numbers(view, wanted), sum(row.over_allocated for row in _all(view))) == ([], 0)


@pytest.mark.parametrize("search", ["lamp", "dana", "nothing like it"])
@pytest.mark.parametrize("channel", ["", "own", "shopify"])
def test_counts_follow_search_and_channel(view: View, search: str, channel: str) -> None:
    counts = order_counts(view, search=search, channel=channel, today=TODAY)
    shown = {name: len(_numbers(view, OrdersView(name, search, channel))) for name in ORDER_FILTERS}
    assert counts == shown


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", _SORTS)
def test_rows_come_in_the_order_of_the_column(view: View, key: str, descending: bool) -> None:
    rows = order_rows(view, order_ids(view, OrdersView(sort=((key, descending),)), today=TODAY), today=TODAY)
    values = [KEYS[key](row) for row in rows]
    known = sorted((value for value in values if value is not None), reverse=descending)
    assert len(values) == 11
    assert values == known + [None] * (11 - len(known))


def test_a_second_column_decides_where_the_first_is_equal(view: View) -> None:
    assert _numbers(view, OrdersView("shipped", sort=(("no such column", True),))) == ["1008"]
    by_channel = _numbers(view, OrdersView("backordered", sort=(("channel", False), ("number", True))))
    assert by_channel == ["1004", "1005", "1002", "1003"]


def test_numbers_sort_as_people_count(shop: Shop) -> None:
    shop.stock("BOOK", 9)
    for number in ("#1001", "#999", "A-2", "A-10"):
        shop.order(number, ("BOOK", 1))
    with shop.store.read() as view:
        assert _numbers(view, OrdersView(sort=(("number", False),))) == ["#999", "#1001", "A-2", "A-10"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1002", {"1002"}),
        ("100", {"1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008", "1009"}),
        ("dana lamp", {"1002", "1003"}),
        ("AMELIE", {"1001"}),
        ("oe kenzaburo", {"1004"}),
        ("robot", {"1005"}),
        ("shopify", {"1003"}),
        ("bellingham 1010", {"1010"}),
        ('dana" OR "soren', set()),
        ("NEAR(dana whitfield)", set()),
        ("amelie*", {"1001"}),
        ("lamp -book", {"1001", "1002"}),
    ],
)
def test_search_finds_beginnings_of_words_and_takes_nothing_for_syntax(view: View, typed: str, found: set[str]) -> None:
    assert set(_numbers(view, OrdersView(search=typed))) == found


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', "***", "()"])
def test_only_punctuation_is_no_search(view: View, typed: str) -> None:
    assert len(_numbers(view, OrdersView(search=typed))) == 11
    assert order_counts(view, search=typed, today=TODAY) == order_counts(view, today=TODAY)


def test_a_page_has_its_rows_in_the_order_of_the_ids(view: View, busy: Shop) -> None:
    wanted = [busy.orders[number] for number in ("1005", "1001", "1010")]
    assert [row.id for row in order_rows(view, wanted, today=TODAY)] == wanted
    assert order_rows(view, [], today=TODAY) == []
    gone = [busy.orders["1001"], 999_999]
    assert [row.id for row in order_rows(view, gone, today=TODAY)] == gone[:1]


def test_a_row_says_what_is_short_and_leads_with_it(view: View, busy: Shop) -> None:
    ready, partly = order_rows(view, [busy.orders["1001"], busy.orders["1002"]], today=TODAY)
    assert (ready.items, ready.backordered_lines, ready.units_short) == ("Product BOOK +1", 0, 0)
    assert (ready.waiting_days, ready.backordered_since) == (None, None)
    assert (partly.items, partly.backordered_lines, partly.units_short, partly.line_count) == ("Product LAMP +1", 1, 2, 2)
    assert (partly.total, partly.overdue, partly.told) == (Money(4000, "USD"), True, False)
    told, lettered = order_rows(view, [busy.orders["1005"], busy.orders["1004"]], today=TODAY)
    assert (told.told, lettered.told) == (True, False)
    assert told.notice_id is not None
    assert lettered.notice_id is not None
    assert lettered.coupon_code is not None
    assert len(lettered.coupon_code) == 12


def test_days_of_waiting_are_days_of_the_shops_own_calendar(shop: Shop) -> None:
    shop.now = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # still the evening of the 20th in Hood River, Oregon
    shop.stock("LAMP", 0)
    order = shop.order("1001", ("LAMP", 1))
    with shop.store.read() as view:
        (row,) = order_rows(view, [order], today=date(2026, 11, 20))
        assert row.waiting_days == 0
        (row,) = order_rows(view, [order], today=date(2026, 11, 23))
        assert row.waiting_days == 3
    save_shop_profile(shop.store, HOLLOW_OAK.__class__(time_zone="UTC"), now=shop.tick())
    with shop.store.read() as view:
        (row,) = order_rows(view, [order], today=date(2026, 11, 23))
        assert row.waiting_days == 2


def test_what_is_held_waits_for_no_units(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    order = shop.order("1001", ("LAMP", 1))
    hold_order(shop.store, order, now=shop.tick())
    with shop.store.read() as view:
        (row,) = order_rows(view, [order], today=date(2026, 11, 30))
        assert row.waiting_days is None
    release_order(shop.store, order, now=shop.tick())
    with shop.store.read() as view:
        (row,) = order_rows(view, [order], today=date(2026, 11, 30))
        assert row.waiting_days == 13


def test_channels_and_the_orders_of_a_customer(view: View, busy: Shop) -> None:
    assert channels(view) == ["etsy", "own", "shopify"]
    (row,) = order_rows(view, [busy.orders["1003"]], today=TODAY)
    # Orders without a name of their own went to the same household, so they are the same customer's.
    assert [each.number for each in orders_of_customer(view, row.customer_id, today=TODAY, limit=3)] == ["1020", "1010", "1009"]
