"""The sample exports of marketplaces and shops, against their answers."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from decimal import Decimal
from typing import Any

import pytest

from orderdesk.domain.errors import UnreadableFileError
from orderdesk.exchange import reader
from orderdesk.exchange.marketplaces import EBAY_US_ORDERS
from orderdesk.exchange.reader import read_file
from orderdesk.exchange.records import ParsedFile
from tests.exchange.files import as_answered, sample

# Values of the answers that the files do not hold, as the samples' README lists them.
_NOT_IN_FILE = {"ebay_us_orders.csv": ("discount",), "shopify_orders_export.csv": ()}


def _comparable(value: Any, name: str = "") -> Any:
    """Text trimmed and in one normal form, money as numbers, telephone numbers as digits."""
    if isinstance(value, dict):
        return {key: _comparable(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_comparable(inner) for inner in value]
    if name in ("shipping", "discount", "unit_price") and value is not None:
        return Decimal(value).quantize(Decimal("0.01"))
    if name == "phone":
        return "".join(letter for letter in value if letter.isdigit())
    return unicodedata.normalize("NFC", value.strip()) if isinstance(value, str) else value


def _compare(parsed: ParsedFile, name: str, not_in_file: tuple[str, ...]) -> None:
    answer = json.loads(sample(f"{name}.expected.json").read_text(encoding="utf-8"))
    assert parsed.kind == answer["kind"]
    assert parsed.encoding == answer["encoding"]
    assert len(parsed.orders) == answer["count"]
    assert parsed.rows_read == parsed.rows_taken > 0
    assert not parsed.skipped
    for record, expected in zip(parsed.orders, answer["records"], strict=True):
        said = _comparable(as_answered(record))
        wanted = {key: value for key, value in _comparable(expected).items() if key not in not_in_file}
        assert {key: said[key] for key in wanted if key != "lines"} == {key: wanted[key] for key in wanted if key != "lines"}
        for line, wanted_line in zip(said["lines"], wanted["lines"], strict=True):
            assert {key: line[key] for key in wanted_line} == wanted_line


@pytest.mark.parametrize("name", _NOT_IN_FILE)
def test_a_sample_export_says_what_its_answer_says(name: str) -> None:
    parsed = read_file(sample(name))
    assert not parsed.unknown_columns
    _compare(parsed, name, _NOT_IN_FILE[name])


def test_the_listings_of_ebay_are_what_their_answer_says() -> None:
    """A listing of several variations is those variations, and not once more their sum."""
    parsed = read_file(sample("ebay_active_listings.csv"))
    answer = json.loads(sample("ebay_active_listings.csv.expected.json").read_text(encoding="utf-8"))
    assert (parsed.kind, parsed.encoding, parsed.live_on) == (answer["kind"], answer["encoding"], "ebay")
    assert not parsed.unknown_columns and not parsed.skipped
    assert parsed.rows_read == parsed.rows_taken > len(parsed.listings) == answer["count"]
    assert [
        {"item": each.listing_id, "sku": each.sku, "quantity": each.quantity, "format": each.format.upper()}
        for each in parsed.listings
    ] == answer["records"]
    first = parsed.listings[0]
    assert first.ends_at is not None and first.ends_at.at is not None
    assert first.ends_at.at.isoformat() == "2026-07-26T16:00:01-07:00"
    assert (first.channel, first.price, first.currency, first.bids) == ("ebay", Decimal("0.85"), "USD", 0)


_UNITED_KINGDOM = {
    **{f"Ship To {part}": f"Post to {part}" for part in ("Name", "Phone", "Address 1", "Address 2", "City", "Country")},
    "Ship To State": "Post to county",
    "Ship To Zip": "Post to postcode",
    "Shipping And Handling": "Postage and packaging",
    "Shipped On Date": "Dispatched on date",
    "Ship By Date": "Dispatch by date",
}


def test_a_further_format_is_a_declaration_and_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = (
        dataclasses.replace(column, headers=tuple(_UNITED_KINGDOM.get(header, header) for header in column.headers))
        for column in EBAY_US_ORDERS.columns
    )
    signature = (("Post to name",), ("Item title",), ("Sold for",))
    profile = dataclasses.replace(EBAY_US_ORDERS, name="ebay-uk-orders", columns=tuple(columns), signature=signature)
    monkeypatch.setattr(reader, "_PROFILES", (profile,))
    _compare(read_file(sample("ebay_uk_orders.csv")), "ebay_uk_orders.csv", ("discount",))


def test_the_dollars_of_ebay_are_asked_once_and_taken_for_us_dollars_meanwhile() -> None:
    path = sample("ebay_us_orders.csv")
    parsed = read_file(path)
    assert [(question.id, question.assumed) for question in parsed.questions] == [("currency", "USD")]
    assert {order.currency for order in read_file(path, usual_currency="CAD").orders} == {"CAD"}
    answered = read_file(path, currency="AUD")
    assert {order.currency for order in answered.orders} == {"AUD"}
    assert not answered.questions


def test_a_shop_in_euros_does_not_turn_dollars_into_euros() -> None:
    assert {order.currency for order in read_file(sample("ebay_us_orders.csv"), usual_currency="EUR").orders} == {"USD"}


def test_a_paid_shopify_order_without_a_date_is_paid_and_a_canceled_one_is_canceled() -> None:
    parsed = read_file(sample("shopify_orders_export.csv"))
    dateless = [order for order in parsed.orders if order.paid is None and order.paid_status == "paid"]
    assert dateless
    canceled = [order for order in parsed.orders if order.canceled]
    assert len(canceled) == 2
    assert all(line.canceled == line.quantity - (line.shipped or 0) for order in canceled for line in order.lines)


def test_an_instant_keeps_the_offset_it_was_printed_with() -> None:
    placed = read_file(sample("shopify_orders_export.csv")).orders[0].placed
    assert placed is not None and placed.at is not None
    assert placed.at.isoformat() == "2010-12-02T11:23:00-05:00"
    assert placed.printed == "2010-12-02 11:23:00 -0500"


def test_the_totals_of_ebay_orders_add_up() -> None:
    parsed: ParsedFile = read_file(sample("ebay_us_orders.csv"))
    for order in parsed.orders:
        goods = sum((line.quantity * (line.unit_price or 0) for line in order.lines), Decimal(0))
        assert goods + (order.shipping or 0) + (order.tax or 0) == order.total


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("EtsySoldOrderItems.csv", "Etsy's sold order items"),
        ("EtsySoldOrders.csv", "Etsy's sold orders"),
        ("amazon_new_orders.txt", "Amazon's new orders report"),
        ("amazon_unshipped_orders.txt", "Amazon's unshipped orders report"),
        ("ebay_uk_orders.csv", "United Kingdom"),
        ("paypal_activity.csv", "PayPal"),
        ("shopify_inventory_export.csv", "Shopify inventory"),
        ("square_items_export.csv", "Square"),
        ("woocommerce_orders.csv", "WooCommerce"),
    ],
)
def test_a_file_that_cannot_be_imported_is_called_by_its_name(name: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words) as refused:
        read_file(sample(name))
    assert refused.value.remedy
