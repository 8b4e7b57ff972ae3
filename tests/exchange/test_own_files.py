"""OrderDesk's own CSV files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from orderdesk.domain.errors import InvalidValueError, UnreadableFileError
from orderdesk.exchange.look_alikes import ENOUGH_COLUMNS, ORDER_COLUMNS
from orderdesk.exchange.own_files import ORDERS, OWN_FILES, headers
from orderdesk.exchange.reader import read_file
from tests.exchange.files import column, grid, read_text, reasons


def test_products_are_read_with_unknown_as_unknown(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path,
        grid("sku | title | on_hand | price | currency | discontinued\nA-1 | Mug | 7 | 12.50 | usd | no\nB-2 | Jug | | | |"),
    )
    first, second = parsed.products
    assert (parsed.format, parsed.kind, parsed.encoding) == ("orderdesk-products", "products", "utf-8")
    assert (first.sku, first.on_hand, first.price, first.currency, first.discontinued) == (
        "A-1",
        7,
        Decimal("12.50"),
        "USD",
        False,
    )
    assert (second.on_hand, second.price, second.currency, second.discontinued, second.supplier) == (None, None, None, None, "")
    assert [first.row, second.row] == [2, 3]


def test_customers_keep_leading_zeros_and_lose_what_a_spreadsheet_added(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, grid("customer_id | name | email | postal_code | country\n17850.0 | Ann | a@x.example | 01234 | United Kingdom")
    )
    (customer,) = parsed.customers
    assert (customer.customer_id, customer.postal_code, customer.country) == ("17850", "01234", "GB")


def test_listings_are_read(tmp_path: Path) -> None:
    header = "listing_id | channel | sku | format | quantity | bids | price | currency | ends_at"
    parsed = read_text(tmp_path, grid(f"{header}\n9 | ebay | A | AUCTION | 1 | 0 | 5 | USD | 2026-01-05T10:00:00Z"))
    (listing,) = parsed.listings
    assert (listing.format, listing.quantity, listing.bids) == ("auction", 1, 0)
    assert listing.ends_at is not None
    assert listing.ends_at.at == datetime(2026, 1, 5, 10, tzinfo=UTC)


_ORDERS = """
order_number | placed_at | paid_at | currency | shipping | hold | priority | ship_policy | ship_name | sku | quantity | shipped
1001 | 2026-01-05                | 2026-01-06 | EUR | 4.90 | yes | 3 | complete | Zoë Ax | A | 2 | 1
     |                           |            |     |      |     |   |          |        | B | 1 |
1002 | 2026-01-05T10:00:00+01:00 |            | EUR |      |     |   |          | Li     | A | 5 |
"""


def test_an_orders_cells_may_be_blank_after_its_first_row(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid(_ORDERS))
    first, second = parsed.orders
    assert [line.sku for line in first.lines] == ["A", "B"]
    assert [line.ordinal for line in first.lines] == [1, 2]
    assert (first.hold, first.priority, first.ship_policy, first.shipping) == (True, 3, "complete", Decimal("4.90"))
    assert (first.lines[0].shipped, first.lines[0].canceled, first.lines[1].shipped) == (1, None, None)
    assert first.placed is not None and (first.placed.on, first.placed.at) == (date(2026, 1, 5), None)
    assert first.paid_status == "paid"
    assert (second.paid_status, second.hold, second.shipping) == ("", None, None)
    assert second.placed is not None and second.placed.at == datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "words", ["yes no", "2026-01-05 no", "TRUE FALSE", "1 0", "paid unpaid", "ja nein", "WAHR FALSCH", "oui non", "Sí no"]
)
def test_a_column_says_whether_an_order_is_paid(tmp_path: Path, words: str) -> None:
    paid, unpaid = words.split()
    text = f"order no | Paid | sku | qty\n1 | {paid} | A | 1\n2 | {unpaid} | A | 1\n3 | | A | 1"
    parsed = read_text(tmp_path, grid(text))
    assert column(parsed, "paid_status") == ["paid", "unpaid", ""]
    assert not parsed.unknown_columns


def test_what_is_neither_paid_nor_unpaid_is_named_with_its_row_and_column(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid("order no | paid | sku | qty\n1 | half | A | 1\n2 | yes | A | 1"))
    assert column(parsed, "order_number") == ["2"]
    assert reasons(parsed) == [(2, "paid")]
    assert "“half” is not one of paid, unpaid, refunded, yes, no or the day it was paid." in parsed.skipped[0].reason


def test_the_rows_of_an_order_need_not_stand_together(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, grid("order_number | currency | sku | quantity\n1 | USD | A | 1\n2 | USD | A | 1\n1 | USD | B | 1")
    )
    assert [[line.sku for line in order.lines] for order in parsed.orders] == [["A", "B"], ["A"]]


def test_orders_of_two_channels_may_have_the_same_number(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, grid("order_number | channel | sku | quantity\n1 | own | A | 1\n1 | etsy | B | 1\n1 | own | C | 1")
    )
    assert [(order.channel, [line.sku for line in order.lines]) for order in parsed.orders] == [
        ("own", ["A", "C"]),
        ("etsy", ["B"]),
    ]


def test_rows_of_one_order_that_contradict_each_other_are_not_taken(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, grid("order_number | ship_name | sku | quantity\n1 | Ann | A | 1\n1 | Bob | B | 1\n2 | Cy | A | 1")
    )
    assert column(parsed, "order_number") == ["2"]
    assert reasons(parsed) == [(2, ""), (3, "ship_name")]
    assert "“Bob” stands here, but “Ann” in row 2" in parsed.skipped[1].reason


def test_times_that_differ_by_a_minute_within_an_order_are_no_contradiction(tmp_path: Path) -> None:
    text = "order_number | placed_at | sku | quantity\n1 | 2026-01-05T10:00Z | A | 1\n1 | 2026-01-05T10:01Z | B | 1"
    (order,) = read_text(tmp_path, grid(text)).orders
    assert order.placed is not None and order.placed.printed == "2026-01-05T10:00Z"
    assert len(order.lines) == 2


def test_an_order_with_one_unreadable_line_is_not_taken_by_halves(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid("order_number | sku | quantity\n1 | A | 1\n1 | B | two\n1 | C | 1\n2 | A | 1"))
    assert column(parsed, "order_number") == ["2"]
    assert reasons(parsed) == [(2, ""), (3, "quantity"), (4, "")]
    assert parsed.rows_read == 4 == parsed.rows_taken + len(parsed.skipped)


@pytest.mark.parametrize("lines", ["L1 | A | 1\n1 | L1 | A | 1", "L1 | A | 1\n1 | L2 | B | 1\n1 | L1 | A | 1"])
def test_a_line_that_is_there_twice_is_taken_once(tmp_path: Path, lines: str) -> None:
    parsed = read_text(tmp_path, grid(f"order_number | line_id | sku | quantity\n1 | {lines}"))
    (order,) = parsed.orders
    assert len(order.lines) == len({line.line_id for line in order.lines})
    assert [line.ordinal for line in order.lines] == list(range(1, len(order.lines) + 1))
    assert "already in row 2" in parsed.skipped[0].reason
    assert parsed.rows_read == parsed.rows_taken + len(parsed.skipped)


def test_one_line_id_for_two_lines_is_refused(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid("order_number | line_id | sku | quantity\n1 | L1 | A | 1\n1 | L1 | B | 1"))
    assert not parsed.orders
    assert reasons(parsed) == [(2, ""), (3, "line_id")]


def test_more_shipped_than_ordered_is_refused(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid("order_number | sku | quantity | shipped | canceled\n1 | A | 3 | 2 | 2"))
    assert reasons(parsed) == [(2, "shipped")]


def test_a_sku_twice_in_products_keeps_the_first(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid("sku | title\nA | Mug\na | Other mug\nA | Jug"))
    assert column(parsed, "title") == ["Mug", "Other mug"]
    assert "“A” is already in row 2" in parsed.skipped[0].reason


def test_unknown_columns_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid("Shelf | SKU | Title | my notes |\n4 | A | Mug | x |"))
    assert parsed.unknown_columns == ["Shelf", "my notes"]
    assert column(parsed, "sku") == ["A"]


def test_another_shops_products_are_not_taken_for_ours(tmp_path: Path) -> None:
    others = " | ".join(f"field {number}" for number in range(20))
    with pytest.raises(UnreadableFileError):
        read_text(tmp_path, grid(f"sku | price | {others}\nA | 1 |"))


def test_columns_come_in_any_order_and_case(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid("Quantity | SKU | Order_Number\n2 | A | 1"))
    assert parsed.orders[0].lines[0].quantity == 2


def test_a_german_spreadsheets_csv_is_read(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, "sku;title;price;cost\r\nA;Krug;1.250,00;0,85\r\n".encode("utf-8-sig"))
    assert (parsed.products[0].price, parsed.products[0].cost, parsed.encoding) == (
        Decimal("1250.00"),
        Decimal("0.85"),
        "utf-8-sig",
    )


def test_the_currency_answer_fills_what_the_file_leaves_open(tmp_path: Path) -> None:
    text = grid("order_number | currency | sku | quantity\n1 | | A | 1\n2 | GBP | A | 1")
    assert column(read_text(tmp_path, text), "currency") == [None, "GBP"]
    assert column(read_text(tmp_path, text, currency="USD"), "currency") == ["USD", "GBP"]


def test_the_documented_columns_are_there() -> None:
    documented = """
        order_number channel placed_at paid_at ship_by currency shipping discount customer_id customer_name email phone username
        ship_name ship_company ship_line1 ship_line2 ship_city ship_region ship_postal_code ship_country line_id sku title
        quantity unit_price shipped canceled note tax total paid_status hold priority ship_policy on_credit coupon_codes tags
    """
    assert set(documented.split()) == set(headers(ORDERS))
    assert [profile.kind for profile in OWN_FILES] == ["orders", "products", "customers", "listings"]


def test_orders_are_known_by_the_columns_that_a_seller_would_write(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, grid("Order number | Date | Customer | SKU | Quantity | Price\n9001 | 2026-11-20 | Ann | LAMP | 2 | 48.00")
    )
    assert parsed.products == []
    (order,) = parsed.orders
    assert (order.order_number, order.buyer_name, order.placed and order.placed.on) == ("9001", "Ann", date(2026, 11, 20))
    assert [(line.sku, line.quantity, line.unit_price) for line in order.lines] == [("LAMP", 2, Decimal("48.00"))]


def test_an_order_that_comes_to_more_than_adds_up_is_left_out_with_its_row(tmp_path: Path) -> None:
    header = "order_number | placed_at | currency | ship_name | sku | quantity | unit_price"
    first, second = (
        "1 | 2026-01-05 | USD | Ann | B | 1 | 5\n1 | | | | A | 100000 | 900000000000",
        "2 | 2026-01-05 | USD | Li | A | 1 | 9",
    )
    parsed = read_text(tmp_path, grid(f"{header}\n{first}\n{second}"))
    assert [order.order_number for order in parsed.orders] == ["2"]
    assert reasons(parsed) == [(2, ""), (3, "unit_price")]
    assert "less than 1,000,000,000,000" in parsed.skipped[1].reason


def test_a_sellers_own_names_of_columns_are_understood(tmp_path: Path) -> None:
    header = "order_number | customer | address | city | state | postal code | country | product name | qty | price"
    row = "1001 | Ada Byron | 12 Mill Rd | Hood River | OR | 97031 | United States | Mug | 2 | 9.50"
    parsed = read_text(tmp_path, grid(f"{header}\n{row}"))
    (order,) = parsed.orders
    assert not parsed.unknown_columns
    to = order.ship_to
    assert (to.line1, to.city, to.region, to.postal_code, to.country) == ("12 Mill Rd", "Hood River", "OR", "97031", "US")
    assert [(line.title, line.quantity) for line in order.lines] == [("Mug", 2)]


def test_products_have_a_name_and_customers_an_address(tmp_path: Path) -> None:
    (product,) = read_text(tmp_path, grid("sku | name | price\nA-1 | Mug | 12.50")).products
    assert product.title == "Mug"
    (customer,) = read_text(tmp_path, grid("name | email | address | zip\nAnn | a@x.example | 9 Quay | 97103")).customers
    assert (customer.line1, customer.postal_code) == ("9 Quay", "97103")


def test_what_a_refused_file_is_to_be_turned_into_is_named_column_by_column_and_is_read(tmp_path: Path) -> None:
    etsy = tmp_path / "EtsySoldOrders.csv"
    etsy.write_text("Sale Date,Order ID,Buyer User ID,Full Name,Number of Items\n11/20/26,1,ana,Ana,1\n", "utf-8")
    with pytest.raises(UnreadableFileError, match="Etsy's sold orders") as refused:
        read_file(etsy)
    assert ", ".join(ORDER_COLUMNS) in refused.value.remedy
    assert ", ".join(ENOUGH_COLUMNS) in refused.value.remedy
    mine = tmp_path / "mine.csv"
    cells = ("E-1", "2026-11-20", "Ana", "1 Elm St", "Salem", "OR", "97301", "US", "LAMP", "Owl lamp", "2", "9.50", "USD")
    mine.write_text(f"{','.join(ORDER_COLUMNS)}\n{','.join(cells)}\n", "utf-8")
    parsed = read_file(mine)
    assert not parsed.unknown_columns
    assert not parsed.skipped
    (order,) = parsed.orders
    assert (order.order_number, order.buyer_name, order.ship_to.city, order.lines[0].sku) == ("E-1", "Ana", "Salem", "LAMP")


_PRICED = "order_number | currency | sku | quantity | price"


@pytest.mark.parametrize("price", ["EUR 3", "€ 3", "3,00 €"])
def test_a_price_that_names_its_currency_is_in_it(tmp_path: Path, price: str) -> None:
    text = f"{_PRICED}\n1 | | A | 1 | {price}\n2 | EUR | A | 1 | {price}\n3 | | A | 1 | 3"
    parsed = read_text(tmp_path, grid(text), usual_currency="USD")
    assert column(parsed, "currency") == ["EUR", "EUR", None]
    assert {order.lines[0].unit_price for order in parsed.orders} == {Decimal(3)}
    (product,) = read_text(tmp_path, grid(f"sku | title | price\nA | Mug | {price}"), usual_currency="USD").products
    assert product.currency == "EUR"


def test_a_price_in_another_currency_than_its_row_is_refused(tmp_path: Path) -> None:
    text = f"{_PRICED}\n1 | USD | A | 1 | EUR 3\n2 | | A | 1 | € 3\n2 | | B | 1 | £3\n3 | CAD | A | 1 | $3"
    parsed = read_text(tmp_path, grid(text), usual_currency="USD")
    assert column(parsed, "order_number") == ["3"]
    assert reasons(parsed) == [(2, "price"), (3, ""), (4, "price")]
    assert "in EUR, the row's currency is USD" in parsed.skipped[0].reason
    prices = "sku | title | price | cost\nA | Mug | € 3 | $ 1\nB | Jug | $3 | $1"
    products = read_text(tmp_path, grid(prices), usual_currency="USD")
    assert (column(products, "sku"), reasons(products)) == (["B"], [(2, "cost")])


@pytest.mark.parametrize(("usual", "currency", "asked"), [("CAD", None, []), ("EUR", "USD", ["currency"])])
def test_a_dollar_sign_is_the_shops_dollar_and_asked_about_where_it_has_none(
    tmp_path: Path, usual: str, currency: str | None, asked: list[str]
) -> None:
    parsed = read_text(tmp_path, grid(f"{_PRICED}\n1 | | A | 1 | $3"), usual_currency=usual)
    assert column(parsed, "currency") == [currency]
    assert [question.id for question in parsed.questions] == asked


@pytest.mark.parametrize("currency", ["XXX", "ZZZ", "BTC", "XAU", "ABC"])
def test_a_currency_that_does_not_exist_is_refused(tmp_path: Path, currency: str) -> None:
    parsed = read_text(tmp_path, grid(f"{_PRICED}\n1 | {currency} | A | 1 | 3\n2 | | A | 1 | {currency} 3\n3 | HRK | A | 1 | 3"))
    assert column(parsed, "currency") == ["HRK"]
    assert reasons(parsed) == [(2, "currency"), (3, "price")]
    with pytest.raises(InvalidValueError):
        read_text(tmp_path, grid(f"{_PRICED}\n1 | | A | 1 | 3"), currency=currency)


def test_an_amount_finer_than_its_currency_is_refused_and_zeros_are_not(tmp_path: Path) -> None:
    prices = ("USD | A | 1 | 1.234", "USD | A | 1 | 12.5000", "JPY | A | 1 | 12.5", "KWD | A | 1 | 1.234")
    rows = "\n".join(f"{number} | {row}" for number, row in enumerate(prices, 1))
    parsed = read_text(tmp_path, grid(f"{_PRICED}\n{rows}"))
    assert column(parsed, "order_number") == ["2", "4"]
    assert reasons(parsed) == [(2, "price"), (4, "price")]
    assert "“1.234” is not an amount in USD, which has at most 2 decimals" in parsed.skipped[0].reason
    product = read_text(tmp_path, grid("sku | title | price\nA | Mug | 12.999"), usual_currency="USD")
    assert reasons(product) == [(2, "price")]


def test_an_orders_number_is_as_short_as_a_letter_can_print_and_has_nothing_hidden(tmp_path: Path) -> None:
    number, longer = "9" * 36, "9" * 37
    header = "order_number | ship_name | sku | quantity"
    parsed = read_text(tmp_path, grid(f"{header}\n{number} | Ann | A | 1\n{longer} | Bob | A | 1\n\u202e12 | Cy | A | 1"))
    assert column(parsed, "order_number") == [number, "12"]
    assert reasons(parsed) == [(3, "order_number")]
    (order,) = read_text(tmp_path, grid(f"{header}\n12 | Ann | A | 1\n12\u200b | Ann | B | 1")).orders
    assert [line.sku for line in order.lines] == ["A", "B"]


def test_a_second_column_of_one_name_is_named_as_not_used(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, grid("sku | title | price | Price\nA | Mug | 2 | 3"))
    assert (parsed.products[0].price, parsed.unknown_columns) == (Decimal(2), ["Price (a second column of that name)"])


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_out_of_range_says_the_range(tmp_path: Path, day: str) -> None:
    parsed = read_text(tmp_path, grid(f"order_number | placed_at | sku | quantity\n1 | {day} | A | 1"))
    assert "from 1900 to 2199" in parsed.skipped[0].reason


def test_what_is_wrong_with_a_row_without_cells_is_said(tmp_path: Path) -> None:
    header = "order_number,ship_name,sku,quantity"
    parsed = read_text(tmp_path, f'{header}\n1,Ann,{"A" * 40_000},1\n2,"Bob,A,1\n')
    assert "longer than 32,767 characters" in parsed.skipped[0].reason
    assert "quotation marks" not in parsed.skipped[0].reason
    assert "quotation marks" in parsed.skipped[1].reason
    assert "longer" not in parsed.skipped[1].reason
