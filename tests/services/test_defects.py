"""What canceling an eBay order for lack of stock does to the seller's record there, before it is done."""

from __future__ import annotations

from datetime import date

import pytest

from orderdesk.domain.defects import LIMITS, CancellationRecord
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import cancel_what_waits, send_substitute
from orderdesk.services.apologies import apologize
from orderdesk.services.drafts import SubstituteDraft
from orderdesk.services.orders import cancel_order, find_line
from orderdesk.services.telling import mark_order_told
from orderdesk.storage.queries.decisions import Choice, options
from orderdesk.storage.queries.defects import if_canceled, if_orders_canceled
from tests.builders import Shop

TODAY = date(2026, 11, 17)


@pytest.fixture
def seller(shop: Shop) -> Shop:
    """49 eBay sales that were filled, one more that is short of its lamp."""
    shop.stock("MUG", 1000)
    shop.stock("LAMP", 0)
    for number in range(49):
        shop.order(f"E{number}", ("MUG", 1), channel="ebay")
    shop.order("SHORT", ("LAMP", 1), channel="ebay")
    return shop


def record(shop: Shop, *numbers: str) -> list[CancellationRecord]:
    with shop.store.read() as view:
        return if_orders_canceled(view, [shop.orders[number] for number in numbers], today=TODAY)


def short(shop: Shop, number: str, **facts: str) -> None:
    shop.order(number, ("LAMP", 1), channel="ebay", **facts)  # type: ignore[arg-type]


def test_the_record_has_the_cancellation_in_it_and_reaches_two_percent(seller: Shop) -> None:
    (found,) = record(seller, "SHORT")
    assert found == CancellationRecord("ebay", date(2025, 11, 17), sales=50, canceled=1, limit_percent=2)
    assert (found.percent, found.is_over) == (2.0, False)
    short(seller, "SHORT-2")
    cancel_order(seller.store, seller.orders["SHORT"], now=seller.tick())
    (found,) = record(seller, "SHORT-2")
    assert (found.sales, found.canceled, found.is_over) == (51, 2, True)
    assert record(seller, "SHORT") == []


def test_several_at_once_are_counted_together_and_by_line(seller: Shop) -> None:
    seller.order("BOTH", ("LAMP", 1), ("MUG", 2), channel="ebay")
    (found,) = record(seller, "SHORT", "BOTH")
    assert (found.sales, found.canceled) == (52, 2)


@pytest.mark.parametrize("facts", [{"channel": "own"}, {"channel": "ebay", "paid": False}])
def test_other_channels_and_unpaid_orders_count_nothing(seller: Shop, facts: dict[str, object]) -> None:
    seller.order("OTHER", ("LAMP", 1), **facts)  # type: ignore[arg-type]
    assert record(seller, "OTHER", "E1") == []
    cancel_order(seller.store, seller.orders["OTHER"], now=seller.tick())
    assert [found.canceled for found in record(seller, "SHORT")] == [1]


def test_what_the_buyer_asked_to_cancel_does_not_count(seller: Shop) -> None:
    short(seller, "ASKED", customer="Erin Vale")
    apologize(seller.store, [seller.orders["ASKED"]], now=seller.tick())
    mark_order_told(seller.store, seller.orders["ASKED"], ToldBy.OTHER, now=seller.tick())
    cancel_what_waits(seller.store, seller.orders["ASKED"], "Never mind", now=seller.tick())
    (found,) = record(seller, "SHORT")
    assert (found.sales, found.canceled) == (51, 1)


def test_something_sent_instead_is_neither_a_cancellation_nor_a_sale(seller: Shop) -> None:
    short(seller, "SWAP", customer="Erin Vale")
    line = find_line(seller.store, seller.orders["SWAP"], "LAMP")
    send_substitute(seller.store, line, SubstituteDraft(sku="MUG", quantity="1"), now=seller.tick())
    (found,) = record(seller, "SHORT")
    assert (found.sales, found.canceled) == (51, 1)


def test_the_period_is_a_year_or_three_months_for_the_busy(seller: Shop) -> None:
    seller.order("OLD", ("MUG", 1), channel="ebay", placed_on="2026-01-05")
    seller.order("TOO-OLD", ("MUG", 1), channel="ebay", placed_on="2025-11-16")
    (found,) = record(seller, "SHORT")
    assert (found.since, found.sales) == (date(2025, 11, 17), 51)
    for number in range(350):
        seller.order(f"B{number}", ("MUG", 1), channel="ebay")
    (found,) = record(seller, "SHORT")
    assert (found.since, found.sales) == (date(2026, 8, 17), 400)
    assert LIMITS["ebay"].counts_since(TODAY, 399) == date(2025, 11, 17)


def test_the_way_out_by_cancellation_says_so(seller: Shop) -> None:
    line = find_line(seller.store, seller.orders["SHORT"], "LAMP")
    with seller.store.read() as view:
        found = {each.choice: each for each in options(view, line, today=TODAY, now=seller.now)}
        assert found[Choice.CANCEL].counted == tuple(if_canceled(view, [line], today=TODAY))
    assert [record.canceled for record in found[Choice.CANCEL].counted] == [1]
    assert not found[Choice.WAIT].counted
