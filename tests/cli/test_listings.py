"""Listings on the command line: what to do with each, for the same reason as in the window."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Terminal
from tests.shared_data import shared_data

HEAD = "listing_id,channel,sku,format,quantity,bids,price,currency,ends_at\n"


def test_an_auction_to_be_shortened_says_at_which_rate_it_sells_out(selling: Terminal, tmp_path: Path) -> None:
    """7 books are free, and 2 were sold in 30 days."""
    file = tmp_path / "listings.csv"
    file.write_text(f"{HEAD}88213,ebay,BOOK,auction,1,0,9,USD,2027-06-01T18:00:00Z\n", "utf-8")
    selling.run("import", str(file))
    (row,) = selling.answer("listings")
    assert (row["advice"], row["end_by"]) == ("shorten", "2027-03-08")
    assert row["why"] == "1 on offer of the product, stock for 7; sold out after 2027-03-08 at the present rate"
    assert row["why"] in " ".join(selling.text("listings").split())


def test_an_auction_to_be_shortened_says_that_what_is_on_order_is_left_out(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "listings.csv"
    file.write_text(f"{HEAD}88213,ebay,BOOK,auction,1,0,9,USD,2027-06-01T18:00:00Z\n", "utf-8")
    selling.run("import", str(file))
    selling.run("edit", "product", "BOOK", "on_order=9")
    (row,) = selling.answer("listings")
    assert row["why"].endswith("; sold out after 2027-03-08 at the present rate, without what is on order")


def test_an_auction_that_has_bids_says_to_wait_for_units_before_it_ends(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "listings.csv"
    file.write_text(f"{HEAD}88214,ebay,LAMP,auction,1,2,70,USD,2026-11-30T18:00:00Z\n", "utf-8")
    selling.run("import", str(file))
    said = selling.text("listings")
    assert "end last" in said
    assert "it has bids: end it only if no units come in time" in said


def test_an_auction_of_what_will_not_come_again_ends_now_bids_or_not(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "listings.csv"
    file.write_text(f"{HEAD}88214,ebay,LAMP,auction,1,2,70,USD,2026-11-30T18:00:00Z\n", "utf-8")
    selling.run("import", str(file))
    selling.run("edit", "product", "LAMP", "discontinued=yes", "on_order=0", "on_order_expected_on=")
    (row,) = selling.answer("listings")
    assert row["advice"] == "end"
    assert row["why"].endswith("stock for 0; no more will come")
    assert "end last" not in selling.text("listings")


def test_a_listing_is_marked_as_ended_whatever_is_advised_and_once(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "listings.csv"
    file.write_text(f"{HEAD}88213,ebay,BOOK,auction,1,0,9,USD,2026-11-30T18:00:00Z\n", "utf-8")
    selling.run("import", str(file))
    assert "Ended listing 88213" in selling.text("listings", "--mark-ended", "88213")
    (row,) = selling.answer("listings", "--ended")
    assert row["ended_why"] == "ended by hand"
    assert "These listings are over already" in selling.refused("listings", "--mark-ended", "88213")
    selling.run("undo")
    assert selling.answer("listings", "--ended") == []


def test_what_was_ended_is_listed_with_when_and_why_and_comes_back_as_that(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "listings.csv"
    file.write_text(f"{HEAD}88214,ebay,LAMP,auction,1,0,70,USD,2026-11-30T18:00:00Z\n", "utf-8")
    selling.run("import", str(file))
    assert "Followed the advice for listing 88214" in selling.text("listings", "--done", "88214")
    (row,) = selling.answer("listings", "--ended")
    assert (row["advice"], row["ended_why"]) == ("ended", "1 on offer, stock for 0")
    assert row["ended_at"].startswith("2026-11-23")
    assert "ended on 2026-11-23: 1 on offer, stock for 0" in selling.text("listings")
    selling.run("export", "listings", str(file))
    assert "Removed listing 88214" in selling.text("listings", "--remove", "ebay:88214")
    assert selling.answer("listings") == []
    selling.run("import", str(file))
    assert selling.answer("listings", "--ended") == [row]


def test_ebay_s_report_of_active_listings_is_a_format_like_others(selling: Terminal) -> None:
    known = {each["name"]: each for each in selling.answer("import", "--list")}
    assert known["ebay-active-listings"]["kind"] == "listings"
    path = str(shared_data("marketplace-rendered/ebay_active_listings.csv"))
    (file,) = selling.answer("import", path, noting="132 products are new")["files"]
    assert (file["format"], file["kind"], file["new"], file["skipped"]) == ("ebay-active-listings", "listings", 132, [])
    rows = selling.answer("listings")
    assert len(rows) == 132
    assert {(row["listing_id"], row["sku"]) for row in rows} >= {("318000000001", "10120-R"), ("318000000001", "10120-B")}
    refusal = selling.refused("listings", "--remove", "318000000001")
    assert "ebay:318000000001:10120-B or ebay:318000000001:10120-R" in refusal or (
        "ebay:318000000001:10120-R or ebay:318000000001:10120-B" in refusal
    )
    assert "Removed listing" in selling.text("listings", "--remove", "ebay:318000000001:10120-R")
    assert len(selling.answer("listings")) == 131


def test_a_row_of_ebay_s_report_that_can_not_be_read_is_named_by_row_and_column(selling: Terminal, tmp_path: Path) -> None:
    (file := tmp_path / "report.csv").write_text(
        "Item number,Title,Custom label (SKU),Available quantity,Format,End date\n1,Lamp,LAMP,many,AUCTION,\n", "utf-8"
    )
    status, out, err = selling.run("import", str(file))
    assert (status, "Row 2, column Available quantity: “many” is not a whole number" in out) == (1, True)
    assert "Nothing in report.csv could be taken in: Row 2" in err


def test_a_listing_is_added_and_edited_by_words(selling: Terminal) -> None:
    words = ("listing_id=88213", "channel=ebay", "format=auction", "bids=2", "price=9.50", "ends_on=2026-11-30")
    added = selling.answer("add", "listing", "sku=BOOK", *words)
    assert (added["listing_id"], added["sku"], added["format"], added["bids"]) == ("88213", "BOOK", "auction", 2)
    assert added["price"] == {"amount": "9.50", "currency": "USD"}
    assert "Edited listing 88213." in selling.text("edit", "listing", "ebay:88213", "quantity=5", "sku=LAMP")
    (row,) = selling.answer("listings")
    assert (row["sku"], row["quantity"], row["ends_at"]) == ("LAMP", 5, added["ends_at"])
    assert "There is no product NONE" in selling.refused("add", "listing", "sku=NONE")
    assert "sku" in selling.refused("add", "listing", "channel=ebay")
    assert "There already is a listing 88213" in selling.refused("add", "listing", "sku=LAMP", *words)
    selling.misused("add", "listing", "sku=BOOK", "color=red")
