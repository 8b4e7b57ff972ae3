"""eBay's report of active listings in a shop: what is on offer there, and what is no more."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orderdesk.services import history
from orderdesk.services.checks import check
from orderdesk.services.import_results import FileResult
from orderdesk.services.imports import import_files, preview_import
from orderdesk.services.listings import mark_done
from orderdesk.storage.queries.listings import ListingRow, ListingsView, listing_ids, listing_rows
from tests.builders import Shop
from tests.services.test_listings import TODAY, advice
from tests.shared_data import shared_data

REPORT = "marketplace-rendered/ebay_active_listings.csv"
HEAD = "Item number,Title,Variation details,Custom label (SKU),Available quantity,Format,Currency,Current price,Bids,End date\n"
LAMP = "1,Owl lamp,,A,3,FIXED_PRICE,USD,64.00,,\n"
AUCTION = "2,Owl lamp at auction,,A,1,AUCTION,USD,9.00,2,Dec-01-26 16:00:01 PST\n"


def reported(shop: Shop, folder: Path, *rows: str) -> FileResult:
    (file := folder / "report.csv").write_text("\ufeff" + HEAD + "".join(rows), "utf-8")
    (result,) = import_files(shop.store, [file], now=shop.tick()).files
    return result


def seen(shop: Shop, wanted: str = "all") -> list[ListingRow]:
    view_of = ListingsView(wanted, sort=(("listing", False),))
    with shop.store.read() as view:
        return listing_rows(view, listing_ids(view, view_of, today=TODAY), today=TODAY)


def test_the_real_report_is_taken_in_whole_again_without_news_and_back(shop: Shop) -> None:
    path = shared_data(REPORT)
    (first,) = import_files(shop.store, [path], now=shop.tick()).files
    assert (first.format, first.kind, first.new, first.skipped) == ("ebay-active-listings", "listings", 132, ())
    assert "132 products are new; count them, as nothing is known of the stock." in first.notes
    assert [note for note in first.notes if "18098" in note] == ["The new SKU 18098C looks like 18098c; they are kept apart."]
    rows = seen(shop)
    assert {(row.channel, row.advice.value) for row in rows} == {("ebay", "ended")}  # it is of July
    with path.open(encoding="utf-8-sig", newline="") as file:
        said = [row for row in csv.DictReader(file) if ";" not in row["Variation details"]]
    assert [(row.listing_id, row.sku, row.title, row.quantity) for row in sorted(rows, key=lambda row: row.id)] == [
        (row["Item number"], row["Custom label (SKU)"], row["Title"], int(row["Available quantity"])) for row in said
    ]
    assert rows[0].ends_at is not None and rows[0].ends_at.isoformat() == "2026-07-26T23:00:01+00:00"
    again = import_files(shop.store, [path], now=shop.tick())
    assert (again.import_id, again.files[0].unchanged) == (None, 132)
    history.undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert view.one("SELECT (SELECT count(*) FROM listing), (SELECT count(*) FROM product)") == (0, 0)
    assert check(shop.store) == []


def test_of_an_old_report_it_is_said_before_that_its_listings_have_ended(shop: Shop, tmp_path: Path) -> None:
    (file,) = preview_import(shop.store, [shared_data(REPORT)], now=shop.tick()).files
    said = "All 132 listings in it have ended since, the last on July 28, 2026: they go to Ended."
    assert file.notes[0] == f"{said} A newer report has those that are live."
    some = reported(shop, tmp_path, LAMP, AUCTION, "3,Owl lamp,,A,1,AUCTION,USD,9.00,2,Jul-01-26 16:00:01 PDT\n").notes
    assert [note for note in some if note.startswith("1 of the 3 listings in it has ended since, the last on July 1, 2026")]
    assert not any("ended since" in note for note in reported(shop, tmp_path, LAMP, AUCTION).notes)


def test_it_is_judged_by_the_stock_like_any_listing(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 2)
    assert reported(shop, tmp_path, LAMP, AUCTION).new == 2
    assert advice(shop) == {"1": ("reduce", 1), "2": ("keep", 1)}
    (_, auction) = seen(shop)
    assert (auction.bids, str(auction.price), auction.ends_on) == (2, "9.00 USD", auction.ends_on)
    assert auction.ends_at is not None and auction.ends_at.isoformat() == "2026-12-02T00:00:01+00:00"


def test_a_row_without_a_sku_is_matched_by_title_as_orders_are(shop: Shop, tmp_path: Path) -> None:
    rows = ("1,Owl lamp,,,3,FIXED_PRICE,USD,64.00,,\n",)
    result = reported(shop, tmp_path, *rows)
    assert result.notes == ("1 product is new; count it, as nothing is known of the stock.",)
    assert [(row.sku, row.title, row.free, row.advice.value) for row in seen(shop)] == [("", "Owl lamp", None, "keep")]
    with shop.store.read() as view:
        assert view.all("SELECT title, price_minor, stock_known FROM product") == [("Owl lamp", 6400, 0)]
    assert reported(shop, tmp_path, *rows).unchanged == 1


def test_variations_are_kept_apart_by_sku_and_added_up_where_they_are_one_product(shop: Shop, tmp_path: Path) -> None:
    ball = ("1,Ball,Color=Red;Blue;Green,,9,FIXED_PRICE,USD,5,,\n", "1,Ball,Color=Red,R,2,FIXED_PRICE,USD,5,,\n")
    result = reported(
        shop, tmp_path, *ball, "1,Ball,Color=Blue,B,3,FIXED_PRICE,USD,5,,\n", "1,Ball,Color=Green,B,4,FIXED_PRICE,USD,5,,\n"
    )
    assert (result.new, result.skipped) == (2, ())
    assert {row.sku: row.quantity for row in seen(shop)} == {"R": 2, "B": 7}


def test_what_the_report_has_no_more_is_marked_as_ended_and_comes_back_with_the_undo(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 9)
    reported(shop, tmp_path, LAMP, AUCTION)
    (tmp_path / "own.csv").write_text("listing_id,channel,sku\n7,own,A\n", "utf-8")
    import_files(shop.store, [tmp_path / "own.csv"], now=shop.tick())
    before = seen(shop)
    (seen_before,) = preview_import(shop.store, [_report(tmp_path, LAMP)], now=shop.tick()).files
    assert (seen_before.new, seen_before.changed, seen_before.unchanged) == (0, 1, 1)
    assert seen_before.notes == ("1 listing is not in this file any more, and so marked as ended.",)
    assert seen(shop) == before
    assert reported(shop, tmp_path, LAMP).notes == seen_before.notes
    (row,) = seen(shop, "ended")
    assert (row.listing_id, row.ended_on, row.ended_why) == ("2", TODAY, "it is not among the active listings any more")
    assert reported(shop, tmp_path, LAMP).notes == ()
    history.undo(shop.store, now=shop.tick())
    assert seen(shop) == before


def _report(folder: Path, *rows: str) -> Path:
    (file := folder / "report.csv").write_text(HEAD + "".join(rows), "utf-8")
    return file


def test_nothing_is_marked_as_ended_by_a_report_of_which_rows_are_left_out(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 9)
    reported(shop, tmp_path, LAMP, AUCTION)
    result = reported(shop, tmp_path, LAMP, AUCTION.replace("AUCTION", "RAFFLE"))
    assert [str(row) for row in result.skipped] == [
        "Row 3, column Format: “RAFFLE” is not one of auction, fixed_price. Correct the cell, then import the file again."
    ]
    assert result.notes == ("1 listing is not among the rows that could be read; none was marked as ended.",)
    nameless = reported(shop, tmp_path, LAMP, AUCTION.replace("Owl lamp at auction,,A", ",,"))
    assert [str(row) for row in nameless.skipped] == ["Row 3, column sku: there is neither a SKU nor a title"]
    assert nameless.notes == result.notes
    assert seen(shop, "ended") == []


def test_what_ended_and_stands_in_the_report_is_live_again(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 0)
    reported(shop, tmp_path, AUCTION)
    mark_done(shop.store, [row.id for row in seen(shop)], now=shop.tick())
    assert [row.listing_id for row in seen(shop, "ended")] == ["2"]
    assert reported(shop, tmp_path, AUCTION).changed == 1
    assert seen(shop, "ended") == []


@pytest.mark.parametrize("channel", ["", "own"])
def test_a_listing_that_stands_in_a_file_twice_is_taken_once(shop: Shop, tmp_path: Path, channel: str) -> None:
    shop.stock("A", 9)
    (file := tmp_path / "own.csv").write_text(f"listing_id,channel,sku,quantity\n7,own,A,1\n7,{channel},A,5\n", "utf-8")
    (result,) = import_files(shop.store, [file], now=shop.tick()).files
    assert [row.row for row in result.skipped] == [3]
    assert [row.quantity for row in seen(shop)] == [1]
