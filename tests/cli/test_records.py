"""What marketplaces said comes back from `orders --full` key by key, as the answers beside their files have it."""

from __future__ import annotations

import json
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Terminal
from tests.shared_data import shared_data

# The answer prints what its file does not hold (README of the data): not to be compared.
NOT_IN_FILE = {"ebay_us_orders.csv": {"discount"}, "shopify_orders_export.csv": set[str]()}
MONEY = {"shipping", "discount", "unit_price"}


def _same(key: str, expected: Any, got: Any) -> bool:
    if expected is None or got is None:
        return expected is got
    if key in MONEY:
        return Decimal(expected) == Decimal(got)
    if key == "phone":
        return [letter for letter in expected if letter.isdigit()] == [letter for letter in got if letter.isdigit()]
    if isinstance(expected, str):
        return unicodedata.normalize("NFC", expected).strip() == unicodedata.normalize("NFC", got).strip()
    return bool(expected == got)


def _differences(expected: dict[str, Any], got: dict[str, Any], left_out: set[str]) -> list[str]:
    found = []
    for key in expected.keys() - left_out:
        if isinstance(expected[key], dict):
            found += _differences(expected[key], got[key], left_out)
        elif key == "lines":
            for mine, theirs in zip(expected[key], got[key], strict=True):
                found += _differences(mine, theirs, left_out)
        elif not _same(key, expected[key], got[key]):
            found.append(f"{key}: {expected[key]!r} is {got[key]!r}")
    return found


@pytest.mark.parametrize("name", NOT_IN_FILE)
def test_a_marketplace_file_comes_back_as_it_went_in(terminal: Terminal, name: str) -> None:
    file = shared_data(f"marketplace-rendered/{name}")
    records = json.loads(shared_data(f"marketplace-rendered/{name}.expected.json").read_text(encoding="utf-8"))["records"]
    (counted,) = terminal.answer("import", "--currency", "USD", str(file), noting="products are new")["files"]
    assert (counted["new"], counted["changed"], counted["skipped"]) == (len(records), 0, [])
    got = {order["order_number"]: order for order in terminal.answer("orders", "--full")}
    assert got.keys() == {record["order_number"] for record in records}
    differences = {
        record["order_number"]: _differences(record, got[record["order_number"]], NOT_IN_FILE[name]) for record in records
    }
    assert {number: found for number, found in differences.items() if found} == {}
    again = terminal.answer("import", "--currency", "USD", str(file))
    assert [(file["new"], file["changed"], file["unchanged"]) for file in again["files"]] == [(0, 0, len(records))]
    assert again["import_id"] is None


def test_a_shop_moves_by_its_own_files(selling: Terminal) -> None:
    """Products, customers and orders exported from one shop make the same shop of an empty file."""
    folder = selling.data.parent
    selling.answer("ship", "1001", "BOOK", "1")
    selling.answer("cancel", "1003", "LAMP", "1")
    kinds = ("products", "customers", "orders")
    asked = (("orders", "--full"), ("products", "--full"), ("backorders",))
    before = [selling.answer(*words) for words in asked]
    for kind in kinds:
        selling.answer("export", kind, str(folder / f"{kind}.csv"))
    selling.data = folder / "other.orderdesk"
    selling.answer("shop", "time_zone=America/Los_Angeles")
    selling.answer("import", *(str(folder / f"{kind}.csv") for kind in kinds))
    after = [selling.answer(*words) for words in asked]
    assert after == before
    assert selling.answer("check")["ok"]


def test_an_order_is_put_first_and_back_after_a_preview(selling: Terminal) -> None:
    seen = selling.answer("prioritize", "1003", "--preview")
    assert [(shift["order_number"], shift["sku"]) for shift in seen["lost"]]
    assert {shift["order_number"] for shift in seen["gained"]} == {"1003"}
    before = selling.answer("orders")
    assert selling.answer("prioritize", "1003") == seen
    assert "waits for no units" in selling.refused("prioritize", "1003")
    selling.answer("prioritize", "1003", "--end")
    assert selling.answer("orders") == before
    assert "its own place" in selling.refused("prioritize", "1003", "--end")


def test_units_that_came_back_are_sold_again_unless_they_are_damaged(selling: Terminal) -> None:
    lamp = selling.answer("order", "1001")["lines"][0]["sku"]
    assert "there are none" in selling.refused("return", "1001", lamp, "1")
    selling.answer("ship", "1001")
    assert selling.answer("return", "1001", lamp, "1", "--damaged")["gained"] == []
    assert selling.answer("return", "1001", lamp, "1")["gained"]
    assert selling.answer("check")["ok"]


def test_an_order_that_is_typed_in_or_changed_says_whose_units_it_moves(selling: Terminal) -> None:
    """1001 has two of the three lamps, 1002 the third."""
    status, out, err = selling.run("add", "order", "order_number=0999", "customer=D", "placed_on=2026-10-01", "line=LAMP*1@64")
    assert (status, out, err) == (0, "Added order 0999.\n", "  1002 lost Owl lamp: 1 → 0\n")
    status, out, err = selling.run("edit", "order", "1001", "line=LAMP*1")
    edited = "Edited order 1001; it comes to 64.00 USD less than was paid.\n"
    assert (status, out, err) == (0, edited, "  1002 gained Owl lamp: 0 → 1\n")
    assert selling.run("shop", "queue=ship_by")[2] == ""
    assert selling.run("edit", "order", "1003", "ship_by=2026-12-01")[0] == 0
    assert selling.run("shop", "queue=order_date")[2] == "".join(
        f"  {moved}\n" for moved in ("1001 gained Owl lamp: 0 → 1", "1002 gained Owl lamp: 0 → 1", "1003 lost Owl lamp: 2 → 0")
    )


def test_an_edit_that_changes_nothing_says_so(selling: Terminal) -> None:
    selling.answer("receive", "LAMP", "1")
    for words in (
        ("order", "1001", "note="),
        ("product", "LAMP", "title=Owl lamp"),
        ("customer", "D", "name=Dana Whitfield"),
    ):
        assert selling.run("edit", *words) == (0, "Nothing was changed.\n", "")
        assert selling.run("--json", "edit", *words)[2] == "Nothing was changed.\n"
    selling.answer("buy", "Acme", "LAMP=4")
    before = selling.answer("history")
    selling.answer("purchase", "PO-1", "LAMP=4", noting="Nothing was changed.")
    assert selling.run("purchase", "PO-1", "LAMP=4") == (0, "Nothing was changed.\n", "")
    assert selling.answer("history") == before


def test_one_of_a_thing_is_said_in_the_singular(selling: Terminal, tmp_path: Path) -> None:
    selling.answer("apologize", "1002")
    assert selling.text("export", "coupons", str(tmp_path / "coupons.csv")).startswith("1 row written to ")
    twice = selling.refused("add", "order", "order_number=1001", "customer=D", "line=BOOK")
    assert twice.startswith("There already is an order 1001.")
    selling.answer("ship", "1001", "BOOK", "1")
    assert "  1 unit\n" in selling.text("order", "1001")
    assert "1 of Owl lamp in order 1001 comes from the supplier" in selling.text("dropship", "1001", "LAMP", "1")
    file = tmp_path / "new.csv"
    file.write_text("order_number,placed_at,customer_name,sku,quantity\n2001,2026-11-20,Ada Byron,NEW,1\n", "utf-8")
    assert "1 product is new; count it, as nothing is known of the stock." in selling.run("import", str(file))[2]
