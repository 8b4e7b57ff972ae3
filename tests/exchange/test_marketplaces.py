"""Quirks of the marketplaces' files that the samples do not have."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from orderdesk.domain.errors import UnreadableFileError
from tests.exchange.files import column, grid, read_text, reasons

_EBAY = (
    "Sales Record Number | Order Number | Buyer Username | Ship To Name | Ship To Country | Item Title | Custom Label | "
    "Quantity | Sold For | Shipping And Handling | Seller Collected Tax | eBay Collected Tax | Total Price | Sale Date | "
    "Paid On Date | Shipped On Date | Transaction ID\n"
)
_FIRST = "11 | 01-1 | bo | Bo Li | United States | Mug | M1 | 2 | $5.00 | $3.00 | | | $13.00 | Sep-07-26 | Sep-08-26 | | 901\n"


def _ebay(rows: str) -> str:
    return grid(_EBAY + rows)


def test_the_header_of_ebay_may_stand_between_lines_of_commas_and_above_footers(tmp_path: Path) -> None:
    commas = "," * 16 + "\n"
    text = (
        commas
        + _ebay(_FIRST).replace("\n", "\n" + commas, 1)
        + '\n83,"record(s) downloaded, from Sep-01 to Sep-30"\nSeller ID : bo\n'
    )
    for separator in ("", "sep=,\n"):
        parsed = read_text(tmp_path, "\ufeff" + separator + text)
        assert column(parsed, "order_number") == ["01-1"]
        assert (parsed.rows_read, parsed.rows_taken, parsed.skipped) == (1, 1, [])
        assert parsed.orders[0].row == 4


def test_reports_put_together_by_hand_count_no_order_twice(tmp_path: Path) -> None:
    footer = "1 record(s) downloaded\n"
    other = _FIRST.replace("01-1", "01-2").replace("901", "902")
    parsed = read_text(tmp_path, _ebay(_FIRST) + footer + _ebay(_FIRST + other) + footer)
    assert column(parsed, "order_number") == ["01-1", "01-2"]
    assert [(skipped.row, skipped.column) for skipped in parsed.skipped] == [(5, "")]
    assert "already in row 2" in parsed.skipped[0].reason
    assert parsed.rows_read == 3 == parsed.rows_taken + len(parsed.skipped)


def test_a_second_header_with_other_columns_stops_the_import(tmp_path: Path) -> None:
    other = _ebay(_FIRST).replace("Quantity,", "Quantity,Commitment Date,")
    with pytest.raises(UnreadableFileError, match="Row 3 is a second header row"):
        read_text(tmp_path, _ebay(_FIRST) + other)


def test_a_summary_row_is_no_line_and_its_items_share_its_address(tmp_path: Path) -> None:
    rows = (
        "12 | 01-3 | bo | Bo Li | Canada | | | 3 | $8.00 | $3.00 | | | $11.00 | Sep-07-26 | Sep-08-26 | | \n"
        "12 | 01-3 | bo | | | Mug | M1 | 2 | $2.50 | | | | $5.00 | | | Sep-09-26 | 903\n"
        "12 | 01-3 | bo | | | Jug | J1 | 1 | $3.00 | | | | $3.00 | | | | 904\n"
    )
    (order,) = read_text(tmp_path, _ebay(rows)).orders
    assert [(line.sku, line.quantity, line.unit_price) for line in order.lines] == [
        ("M1", 2, Decimal("2.50")),
        ("J1", 1, Decimal("3.00")),
    ]
    assert (order.ship_to.country, order.shipping, order.total) == ("CA", Decimal("3.00"), Decimal("11.00"))
    assert (order.shipped, [line.shipped for line in order.lines]) == (False, [2, 0])


def test_a_price_that_is_the_whole_lines_is_divided(tmp_path: Path) -> None:
    row = _FIRST.replace("$5.00", "$10.00")
    assert read_text(tmp_path, _ebay(row)).orders[0].lines[0].unit_price == Decimal(5)
    assert read_text(tmp_path, _ebay(_FIRST)).orders[0].lines[0].unit_price == Decimal("5.00")


def test_tax_that_ebay_collects_counts_where_the_total_has_it(tmp_path: Path) -> None:
    row = _FIRST.replace("$3.00 | | | $13.00", "$3.00 | $0.00 | $1.05 | {}")
    assert read_text(tmp_path, _ebay(row.format("$14.05"))).orders[0].tax == Decimal("1.05")
    assert read_text(tmp_path, _ebay(row.format("$13.00"))).orders[0].tax == Decimal("0.00")


def test_an_unpaid_commitment_is_no_order_and_is_said_so(tmp_path: Path) -> None:
    unpaid = "13 | | li | Li Wu | US | Mug | M1 | 1 | $5.00 | | | | $5.00 | Sep-07-26 | | | 905\n"
    parsed = read_text(tmp_path, _ebay(_FIRST + unpaid))
    assert column(parsed, "order_number") == ["01-1"]
    assert reasons(parsed) == [(3, "Paid On Date")]
    assert "commitment" in parsed.skipped[0].reason


@pytest.mark.parametrize(
    ("printed", "currency", "asked"),
    [
        ("$", "USD", True),
        ("US $", "USD", False),
        ("C $", "CAD", False),
        ("AU $", "AUD", False),
        ("£", "GBP", False),
        ("EUR ", "EUR", False),
    ],
)
def test_the_currency_comes_from_the_symbol(tmp_path: Path, printed: str, currency: str, asked: bool) -> None:
    parsed = read_text(tmp_path, _ebay(_FIRST.replace("$", printed)))
    assert (parsed.orders[0].currency, parsed.orders[0].total) == (currency, Decimal("13.00"))
    assert bool(parsed.questions) is asked


def test_large_amounts_have_commas(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, _ebay("").rstrip("\n") + '\n11,01-1,bo,Bo,US,Mug,M1,1,"$1,433.66",,,,"$1,433.66",Sep-07-26,Sep-08-26,,9\n'
    )
    assert parsed.orders[0].total == Decimal("1433.66")


@pytest.mark.parametrize(
    "printed", ["Sep-07-26", "Sep-07-2026", "07-Sep-26", "Sep 7, 2026", "2026-09-07", "Sep-07-26 16:00:01 PDT", "9/7/2026 9:45"]
)
def test_the_dates_of_ebay(tmp_path: Path, printed: str) -> None:
    text = _ebay(_FIRST).replace("Sep-07-26", f'"{printed}"')
    placed = read_text(tmp_path, text).orders[0].placed
    assert placed is not None and placed.on.isoformat() == "2026-09-07"


_SHOPIFY = (
    "Name | Financial Status | Paid at | Fulfillment Status | Currency | Total | Created at | Lineitem quantity | "
    "Lineitem name | Lineitem price | Lineitem SKU | Lineitem fulfillment status | Billing Name | Shipping Name | Shipping Zip | "
    "Shipping Country | Canceled at\n"
)


def test_a_shopify_order_opens_with_its_cells_and_goes_on_without(tmp_path: Path) -> None:
    rows = (
        "#1001 | paid | | partial | USD | 9.00 | 2026-01-05 10:00:00 -0500 | 2 | Mug | 2.00 | M1 | "
        "fulfilled | Ann | Bob | '01234 | US |\n"
        "#1001 | | | | | | 2026-01-05 10:00:00 -0500 | 1 | Jug - Red / L | 5.00 | | pending | | | | |\n"
    )
    (order,) = read_text(tmp_path, grid(_SHOPIFY + rows)).orders
    assert (order.buyer_name, order.ship_to.postal_code, order.paid_status, order.shipped) == ("Bob", "01234", "paid", False)
    assert [(line.sku, line.title, line.shipped) for line in order.lines] == [("M1", "Mug", 2), ("", "Jug - Red / L", 0)]


def test_a_shopify_order_without_an_address_has_its_buyers_name(tmp_path: Path) -> None:
    row = (
        "#1002 | pending | | | USD | 2.00 | 2026-01-05 | 1 | Mug | 2.00 | M1 | pending | Ann | | | | 2026-01-06 08:00:00 -0500\n"
    )
    (order,) = read_text(tmp_path, grid(_SHOPIFY + row)).orders
    assert (order.buyer_name, order.ship_to.name, order.paid_status) == ("Ann", "", "unpaid")
    assert (order.canceled, order.lines[0].canceled) == (True, 1)


def test_a_shopify_order_exported_twice_into_one_file_counts_once(tmp_path: Path) -> None:
    first = "#1001 | paid | | | USD | 2.00 | 2026-01-05 | 1 | Mug | 2.00 | M1 | pending | | Bob | | |\n"
    second = "#1001 | | | | | | 2026-01-05 | 1 | Jug | | J1 | | | | | |\n"
    parsed = read_text(tmp_path, grid(_SHOPIFY + 2 * (first + second)))
    assert [len(order.lines) for order in parsed.orders] == [2]
    assert reasons(parsed) == [(4, ""), (5, "")]


def test_an_unknown_payment_status_is_not_guessed_at(tmp_path: Path) -> None:
    row = "#1001 | mostly | | | USD | 2.00 | 2026-01-05 | 1 | Mug | 2.00 | M1 | pending | | Bob | | |\n"
    parsed = read_text(tmp_path, grid(_SHOPIFY + row))
    assert reasons(parsed) == [(2, "Financial Status")]


def test_ebays_transaction_report_is_refused_with_a_way_out(tmp_path: Path) -> None:
    preamble = "Transaction report\nSeller: bo\n\n"
    header = "Transaction creation date,Type,Order number,Legacy order ID,Buyer username,Buyer name,Net amount\n"
    with pytest.raises(UnreadableFileError, match="transaction report") as refused:
        read_text(tmp_path, preamble + header + "Sep 7, 2026,Order,01-1,--,bo,Bo,5.00\n")
    assert "orders report" in refused.value.remedy
