"""eBay's report of active listings, as sellers have it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orderdesk.exchange.records import ListingRecord
from tests.exchange.files import grid, read_text, reasons

HEAD = (
    "Item number | Title | Variation details | Custom label (SKU) | Available quantity | Format | "
    "Start price | Current price | Bids | End date"
)


def listings(folder: Path, *rows: str) -> list[ListingRecord]:
    return read_text(folder, grid("\n".join((HEAD, *rows)))).listings


def test_a_preamble_before_the_header_is_passed_over(tmp_path: Path) -> None:
    rows = grid(f"{HEAD}\n318000000001 | Lamp | | LAMP | 3 | FIXED_PRICE | 9 | | |")
    for preamble in ("Active listings report,,,\n\n", "\ufeff,,,,\n"):
        (listing,) = read_text(tmp_path, f"{preamble}{rows}").listings
        assert (listing.listing_id, listing.quantity, listing.bids, listing.ends_at) == ("318000000001", 3, None, None)


def test_an_auction_is_at_its_current_price_and_at_its_start_price_before(tmp_path: Path) -> None:
    said = listings(tmp_path, "1 | Lamp | | L | 1 | AUCTION | 5.00 | 7.50 | 2 |", "2 | Lamp | | L | 1 | AUCTION | 5.00 | | 0 |")
    assert [each.price for each in said] == [Decimal("7.50"), Decimal("5.00")]


def test_the_row_of_all_variations_is_none_of_them_wherever_it_stands(tmp_path: Path) -> None:
    whole, red, blue = (
        "1 | Ball | Color=Red;Blue | | 10 | FIXED_PRICE | 5 | | |",
        "1 | Ball | Color=Red &amp; gold | BALL-R | 4 | FIXED_PRICE | 5 | | |",
        "1 | Ball | Color=Blue | BALL-B | 6 | FIXED_PRICE | 5 | | |",
    )
    bare = whole.replace("Color=Red;Blue", "")
    for rows in ((whole, red, blue), (red, blue, whole), (bare, red, blue)):
        assert sorted(each.sku for each in listings(tmp_path, *rows)) == ["BALL-B", "BALL-R"]
    (lone,) = listings(tmp_path, whole)
    assert lone.quantity == 10


def test_a_number_that_a_spreadsheet_has_cut_short_is_named_by_row_and_column(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, grid(f"{HEAD}\n3.18E+11 | Lamp | | LAMP | 3 | FIXED_PRICE | 9 | | |\n | Lamp | | LAMP | x | AUCTION | 9 | | |")
    )
    assert reasons(parsed) == [(2, "Item number"), (3, "Available quantity")]
    nameless = read_text(tmp_path, grid(f"{HEAD}\n | Lamp | | LAMP | 3 | AUCTION | 9 | | |"))
    assert reasons(nameless) == [(2, "Item number")]
    assert "there is no Item number" in nameless.skipped[0].reason


def test_a_row_that_stands_there_twice_is_taken_once(tmp_path: Path) -> None:
    row = "1 | Lamp | | LAMP | 3 | FIXED_PRICE | 9 | | |"
    parsed = read_text(tmp_path, grid(f"{HEAD}\n{row}\n{row}"))
    assert len(parsed.listings) == 1
    assert reasons(parsed) == [(3, "Item number")]


VARIATIONS = st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=4)


@settings(max_examples=60, deadline=None)
@given(listed=st.lists(VARIATIONS, min_size=1, max_size=6), order=st.randoms())
def test_whatever_the_order_of_rows_just_what_can_be_bought_is_read(
    tmp_path_factory: pytest.TempPathFactory, listed: list[list[tuple[int, bool]]], order: Random
) -> None:
    rows, wanted = [], []
    for number, variations in enumerate(listed, 1):
        names = [f"V{place}" for place in range(len(variations))]
        rows.append(f"{number} | T | {'Size=' + ';'.join(names) if len(names) > 1 else ''} | | 99 | FIXED_PRICE | 1 | | |")
        for name, (quantity, has_sku) in zip(names, variations, strict=True):
            sku = f"S{number}{name}" if has_sku else ""
            rows.append(f"{number} | T | Size={name} | {sku} | {quantity} | FIXED_PRICE | 1 | | |")
            wanted.append((str(number), sku, quantity))
        if not names:
            wanted.append((str(number), "", 99))
    order.shuffle(rows)
    said = listings(tmp_path_factory.mktemp("report"), *rows)
    assert sorted((each.listing_id, each.sku, each.quantity) for each in said) == sorted(wanted)
