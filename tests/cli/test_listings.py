"""Listings on the command line: what to do with each, for the same reason as in the window."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Terminal

HEAD = "listing_id,channel,sku,format,quantity,bids,price,currency,ends_at\n"


def test_an_auction_to_be_shortened_says_at_which_rate_it_sells_out(selling: Terminal, tmp_path: Path) -> None:
    """7 books are free, and 2 were sold in 30 days."""
    file = tmp_path / "listings.csv"
    file.write_text(f"{HEAD}88213,ebay,BOOK,auction,1,0,9,USD,2027-06-01T18:00:00Z\n", "utf-8")
    selling.run("import", str(file))
    (row,) = selling.answer("listings")
    assert (row["advice"], row["end_by"]) == ("shorten", "2027-03-08")
    said = " ".join(selling.text("listings").split())
    assert "1 on offer of the product, stock for 7; sold out after 2027-03-08 at the present rate" in said


def test_an_auction_that_has_bids_says_to_wait_for_units_before_it_ends(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "listings.csv"
    file.write_text(f"{HEAD}88214,ebay,LAMP,auction,1,2,70,USD,2026-11-30T18:00:00Z\n", "utf-8")
    selling.run("import", str(file))
    assert "it has bids: end it only if no units come in time" in selling.text("listings")
