"""What suppliers send of their stock: numbers, words for numbers, words that nobody can count."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from orderdesk.exchange.reader import read_file
from orderdesk.exchange.records import FeedRecord, ParsedFile
from tests.exchange.files import sample

FEEDS = {
    "supplier_wordy_stock.csv": "supplier-stock",
    "supplier_crux_style_inventory.csv": "crux-inventory",
    "supplier_cwr_style_inventory.csv": "cwr-inventory",
}


@pytest.mark.parametrize("name", FEEDS)
def test_a_sample_feed_says_what_its_answer_says(name: str) -> None:
    parsed = read_file(sample(name))
    answer = json.loads(sample(f"{name}.expected.json").read_text(encoding="utf-8"))
    assert (parsed.format, parsed.kind, parsed.skipped) == (FEEDS[name], "supplier_stock", [])
    assert len(parsed.supplier_stock) == parsed.rows_taken == answer["count"]
    for record, wanted in zip(parsed.supplier_stock, answer["records"], strict=True):
        assert (record.supplier_sku, record.quantity) == (wanted["supplier_sku"], wanted["quantity_on_hand"]), record.row
        assert bool(record.discontinued) is wanted.get("discontinued", False)
        assert (record.next_units or 0) == wanted.get("quantity_on_backorder", 0)
        assert (record.next_on and record.next_on.isoformat()) == wanted.get("next_date")
        assert record.barcode == wanted.get("upc", record.barcode)
        assert "cost" not in wanted or record.cost == Decimal(wanted["cost"])


def feed(tmp_path: Path, text: str) -> ParsedFile:
    path = tmp_path / "stock.csv"
    path.write_text(text, encoding="utf-8")
    return read_file(path)


@pytest.mark.parametrize(
    ("printed", "quantity"),
    [
        ("7", 7),
        ("7.0", 7),
        ('"1,250"', 1250),
        ("50+", 50),
        ("> 50", 50),
        ("3-", 2),
        ("0-", 0),
        ("-4", 0),
        ("b", 0),
        (" CALL ", None),
    ],
)
def test_stock_is_a_number_or_a_word_for_one(tmp_path: Path, printed: str, quantity: int | None) -> None:
    (record,) = feed(tmp_path, f"supplier_sku,quantity\nX1,{printed}\n").supplier_stock
    assert record.quantity == quantity


@pytest.mark.parametrize("printed", ["MAYBE", "3-5", "1.5", "99999999", "12 pcs"])
def test_a_word_that_is_not_known_is_reported_and_not_guessed(tmp_path: Path, printed: str) -> None:
    parsed = feed(tmp_path, f"supplier_sku,Stock\nX1,{printed}\nX2,4\n")
    assert [record.supplier_sku for record in parsed.supplier_stock] == ["X2"]
    (skipped,) = parsed.skipped
    assert (skipped.row, skipped.column) == (2, "Stock")
    assert f"“{printed}” is not a number of units or one of b, out of stock" in skipped.reason


def test_a_stock_list_of_one_s_own_says_all_there_is(tmp_path: Path) -> None:
    head = "supplier_sku,quantity,cost,currency,lead_time_days,next_units,next_on,discontinued"
    (record,) = feed(tmp_path, f"{head}\nX1,0,3.50,EUR,4,12,2026-12-05,yes\n").supplier_stock
    assert isinstance(record, FeedRecord)
    said = (record.cost, record.currency, record.lead_time_days, record.next_units, str(record.next_on), record.discontinued)
    assert said == (Decimal("3.50"), "EUR", 4, 12, "2026-12-05", True)
