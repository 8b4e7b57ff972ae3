"""Listings of a shop: what the guard says of its stock and demand, and that done is done, and undone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from orderdesk.domain.errors import NotFoundError, NothingToDoError, RefusedError
from orderdesk.services import history
from orderdesk.services.checks import check
from orderdesk.services.imports import import_files
from orderdesk.services.listings import find_listing, mark_done, remove_listings
from orderdesk.storage.queries.listings import ListingRow, ListingsView, listing_counts, listing_ids, listings_shown
from tests.builders import Shop

TODAY = date(2026, 11, 17)
HEADER = "listing_id,channel,sku,format,quantity,bids,price,currency,ends_at\n"
SCENARIO = (
    "F,own,A,fixed_price,4,0,10,USD,\n"
    "X,ebay,A,auction,1,3,5,USD,2026-11-20T18:00:00Z\n"
    "Y,ebay,A,auction,1,0,5,USD,2026-11-19T18:00:00Z\n"
)


def listed(shop: Shop, tmp_path: Path, rows: str) -> None:
    (file := tmp_path / "listings.csv").write_text(HEADER + rows, "utf-8")
    import_files(shop.store, [file], now=shop.tick())


def seen(shop: Shop, wanted: ListingsView | None = None) -> list[ListingRow]:
    with shop.store.read() as view:
        return listings_shown(view, wanted or ListingsView(), today=TODAY)


def advice(shop: Shop) -> dict[str, tuple[str, int]]:
    return {row.listing_id: (row.advice.value, row.keep) for row in seen(shop)}


@pytest.fixture
def sixteen(shop: Shop, tmp_path: Path) -> Shop:
    """Scenario 16: five on hand, three wanted, one in the stash, six on offer."""
    shop.stock("A", 5, safety_stock="1")
    shop.order("1001", ("A", 3), placed_on="2026-09-01")
    listed(shop, tmp_path, SCENARIO)
    return shop


def test_16_the_guard_sees_what_is_free_and_keeps_the_auction_with_bids(sixteen: Shop) -> None:
    assert {(row.free, row.offered) for row in seen(sixteen)} == {(1, 6)}
    assert advice(sixteen) == {"X": ("keep", 1), "Y": ("end", 0), "F": ("reduce", 0)}
    with sixteen.store.read() as view:
        counts = listing_counts(view, today=TODAY)
    assert counts == {"all": 3, "to_change": 2, "auctions": 2, "fixed_price": 1, "ended": 0}


@pytest.mark.parametrize(("on_order", "gone"), [(0, True), (3, True), (4, False)])
def test_what_is_discontinued_and_on_its_way_to_others_comes_no_more(
    shop: Shop, tmp_path: Path, on_order: int, gone: bool
) -> None:
    shop.stock("A", 0, discontinued=True, on_order=str(on_order), on_order_expected_on="2026-12-04")
    shop.order("1001", ("A", 3))
    listed(shop, tmp_path, SCENARIO)
    assert {row.gone for row in seen(shop)} == {gone}


def test_what_is_discontinued_but_there_stays_on_offer(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 6, discontinued=True)
    listed(shop, tmp_path, SCENARIO)
    assert {(row.advice.value, row.gone) for row in seen(shop)} == {("keep", False)}


def test_what_was_done_is_recorded_and_can_be_undone(sixteen: Shop) -> None:
    before = advice(sixteen)
    step = mark_done(sixteen.store, [row.id for row in seen(sixteen)], now=sixteen.tick())
    assert step.summary == "Followed the advice for 2 listings"
    assert advice(sixteen) == {"X": ("keep", 1), "F": ("keep", 0), "Y": ("ended", 0)}
    with pytest.raises(NothingToDoError, match="may stay as they are"):
        mark_done(sixteen.store, [row.id for row in seen(sixteen)], now=sixteen.tick())
    history.undo(sixteen.store, now=sixteen.tick())
    assert advice(sixteen) == before
    sixteen.receive("A", 5)
    assert set(advice(sixteen).values()) == {("keep", 1), ("keep", 4)}
    assert check(sixteen.store) == []


def test_an_auction_that_outlasts_the_stock_is_shortened_and_keeps_its_hour(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 40)
    shop.order("1001", ("A", 30), placed_on="2026-11-10")
    listed(shop, tmp_path, "X,ebay,A,auction,1,0,5,USD,2026-12-09T18:00:00Z\n")
    (row,) = seen(shop)
    assert (row.free, row.advice, row.end_by) == (10, "shorten", date(2026, 11, 27))
    mark_done(shop.store, [row.id], now=shop.tick())
    (row,) = seen(shop)
    assert (row.advice, row.ends_on, row.ends_at and row.ends_at.hour) == ("keep", date(2026, 11, 27), 18)


def test_what_nobody_counted_is_left_alone(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", None)
    listed(shop, tmp_path, SCENARIO)
    assert {(row.free, row.advice.value) for row in seen(shop)} == {(None, "keep")}


def test_listings_are_found_by_number_product_and_filter(sixteen: Shop, tmp_path: Path) -> None:
    listed(sixteen, tmp_path, "X,etsy,A,fixed_price,1,0,5,USD,\n")
    assert [row.channel for row in seen(sixteen, ListingsView(search="X", sort=(("channel", False),)))] == ["ebay", "etsy"]
    assert len(seen(sixteen, ListingsView(search="prod"))) == 4
    assert [row.listing_id for row in seen(sixteen, ListingsView("auctions", sort=(("ends", True),)))] == ["X", "Y"]
    assert {row.listing_id for row in seen(sixteen, ListingsView("to_change"))} == {"F", "X", "Y"}
    with pytest.raises(RefusedError, match="2 listings X") as refused:
        find_listing(sixteen.store, "X")
    assert "ebay:X or etsy:X" in refused.value.remedy
    assert find_listing(sixteen.store, "ebay:X") != find_listing(sixteen.store, "etsy:X")
    with pytest.raises(NotFoundError):
        find_listing(sixteen.store, "nothing")


def test_what_is_to_be_done_comes_first_and_what_has_ended_last(sixteen: Shop, tmp_path: Path) -> None:
    over = "".join(f"E{number},ebay,A,auction,1,0,5,USD,2026-07-0{number}T18:00:00Z\n" for number in range(1, 4))
    sixteen.stock("B", 9)
    listed(sixteen, tmp_path, f"{over}Z,own,B,fixed_price,1,0,5,USD,\n")
    assert [row.listing_id for row in seen(sixteen)] == ["Y", "F", "X", "Z", "E1", "E2", "E3"]
    assert next(row.listing_id for row in seen(sixteen, ListingsView(search="E2"))) == "E2"
    by_channel = ListingsView(sort=(("channel", False), ("advice", True), ("ends", False)))
    assert [row.listing_id for row in seen(sixteen, by_channel)] == ["E1", "E2", "E3", "X", "Y", "Z", "F"]


def test_the_guard_looks_only_at_what_is_scarce_or_may_be_outlasted(shop: Shop, tmp_path: Path) -> None:
    scarce, selling, _plenty = shop.stock("SCARCE", 1), shop.stock("SELLING", 9), shop.stock("PLENTY", 9)
    shop.order("1001", ("SELLING", 1), placed_on="2026-11-10")
    shop.order("1002", ("PLENTY", 1), placed_on="2026-09-01")
    on_offer = "".join(
        f"{sku}-{number},ebay,{sku},auction,1,0,5,USD,2026-11-19T18:00:00Z\n" for sku in shop.products for number in "12"
    )
    listed(shop, tmp_path, on_offer)
    said: list[str] = []
    with shop.store.read() as view:
        view.connection.set_trace_callback(said.append)
        listing_ids(view, ListingsView(), today=TODAY)
        listing_counts(view, today=TODAY)
        view.connection.set_trace_callback(None)
    asked = [sql for sql in said if "t.quantity, t.bids, t.ends_at" in sql]
    assert ["".join(re.findall(r"json_each\('(\[.*?\])'\)", sql)) for sql in asked] == [f"[{scarce}, {selling}]"] * 2


def test_what_was_ended_as_advised_is_found_under_ended_with_when_and_why(sixteen: Shop) -> None:
    ids = {row.listing_id: row.id for row in seen(sixteen)}
    mark_done(sixteen.store, [ids["Y"]], now=sixteen.tick())
    (row,) = seen(sixteen, ListingsView("ended"))
    assert (row.listing_id, row.ended_on, row.ended_why) == ("Y", TODAY, "6 on offer, stock for 1")
    with sixteen.store.read() as view:
        assert listing_counts(view, today=TODAY) == {"all": 3, "to_change": 1, "auctions": 2, "fixed_price": 1, "ended": 1}
    assert {row.offered for row in seen(sixteen)} == {5}
    with pytest.raises(NothingToDoError):
        mark_done(sixteen.store, [ids["Y"]], now=sixteen.tick())
    history.undo(sixteen.store, now=sixteen.tick())
    assert seen(sixteen, ListingsView("ended")) == []
    assert advice(sixteen)["Y"] == ("end", 0)


def test_what_is_over_says_when_and_can_be_taken_off_the_list(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 5)
    listed(shop, tmp_path, "X,ebay,A,auction,1,0,5,USD,2026-11-15T18:00:00Z\nY,own,A,fixed_price,1,0,5,USD,\n")
    (row,) = seen(shop, ListingsView("ended"))
    assert (row.ended_on, row.ended_why) == (date(2026, 11, 15), "")
    assert remove_listings(shop.store, [row.id], now=shop.tick()).summary == "Removed listing X"
    assert list(advice(shop)) == ["Y"]
    history.undo(shop.store, now=shop.tick())
    assert [row.listing_id for row in seen(shop, ListingsView("ended"))] == ["X"]
