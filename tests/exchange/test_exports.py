"""Exports, and the way back: what is written is read again as it was."""

from __future__ import annotations

import csv
import io
import stat
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orderdesk.domain.errors import InvalidValueError, RefusedError
from orderdesk.exchange.exports import Value, write_table
from orderdesk.exchange.own_files import CUSTOMERS, ORDERS, PRODUCTS, headers
from orderdesk.exchange.profile import Profile
from orderdesk.exchange.reader import read_file
from orderdesk.exchange.records import Moment, ParsedFile, minor_units
from orderdesk.exchange.text import MAX_CELL, clean_line, clean_note, shield, unshield

_FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "'=1",
    "''=1",
    "'",
    "＝1",
    "=cmd|' /C calc'!A0",
    "-",
    "'x",
    "=",
    "+1 555 0103",
]
_texts = st.text(max_size=40) | st.sampled_from(_FORMULAS) | st.text(alphabet="'=+-@\t\r\n\0 a\"，,;", max_size=8)
_lines = _texts.map(clean_line)
_notes = _texts.map(clean_note)
_units = st.none() | st.integers(0, 1_000_000)
_amounts = st.none() | st.decimals(0, 10**6, places=2)


def _there_and_back(folder: Path, ending: str, profile: Profile, rows: Sequence[Sequence[Value]]) -> ParsedFile:
    path = folder / f"table{ending}"
    write_table(path, headers(profile), rows)
    parsed = read_file(path)
    assert not parsed.skipped
    assert (parsed.format, parsed.questions, parsed.unknown_columns) == (profile.name, [], [])
    return parsed


def _cells(record: Any, profile: Profile) -> list[Any]:
    return [getattr(record, column.field) for column in profile.columns]


@given(st.text())
def test_a_shielded_text_is_no_formula_and_comes_back(text: str) -> None:
    assert unshield(shield(text)) == text
    assert not shield(text).startswith(("=", "+", "-", "@", "\t", "\r", "\0"))


@given(text=_texts)
def test_cleaning_is_done_once_and_for_all(text: str) -> None:
    for clean in (clean_line, clean_note):
        assert clean(clean(text)) == clean(text)
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(
        st.tuples(
            _lines.filter(bool), _lines, _units, _amounts, st.sampled_from([None, "USD", "EUR"]), st.booleans() | st.none()
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda row: row[0],
    )
)
def test_products_come_back(tmp_path_factory: pytest.TempPathFactory, ending: str, rows: list[tuple[Any, ...]]) -> None:
    folder = tmp_path_factory.mktemp("products")
    table = [
        [sku, title, units, price, price, currency, units, units, title, sku, None, None, date(2026, 2, 28), yes, "", yes, title]
        for sku, title, units, price, currency, yes in rows
    ]
    parsed = _there_and_back(folder, ending, PRODUCTS, table)
    assert [_cells(record, PRODUCTS) for record in parsed.products] == table


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(deadline=None, max_examples=60)
@given(names=st.lists(st.tuples(_lines.filter(bool), _lines, _notes), min_size=1, max_size=4))
def test_customers_come_back(tmp_path_factory: pytest.TempPathFactory, ending: str, names: list[tuple[str, str, str]]) -> None:
    folder = tmp_path_factory.mktemp("customers")
    table: list[list[Value]] = [
        [f"c{number}", name, *[other] * 9, "DE", "en", note] for number, (name, other, note) in enumerate(names)
    ]
    parsed = _there_and_back(folder, ending, CUSTOMERS, table)
    assert [_cells(record, CUSTOMERS) for record in parsed.customers] == table


_ORDER: dict[str, Value] = {
    "order_number": "#1001", "channel": "shopify", "placed_at": datetime(2026, 1, 5, 10, 30, tzinfo=UTC),
    "paid_at": date(2026, 1, 6), "paid_status": "paid", "ship_by": date(2026, 1, 9), "hold": False, "priority": 2,
    "ship_policy": "complete", "on_credit": True, "currency": "USD",
    "shipping": Decimal("4.90"), "tax": Decimal("0.00"), "discount": None,
    "total": Decimal("29.90"), "coupon_codes": "SORRY-1", "customer_id": "17850", "customer_name": "Zoë Ax",
    "email": "zoe@x.example", "phone": "+1 555 0103", "username": "@zoe", "ship_name": "=Zoë", "ship_company": "",
    "ship_line1": "'1 High Street", "ship_line2": "", "ship_city": "Köln", "ship_region": "", "ship_postal_code": "01234",
    "ship_country": "DE", "note": "=1\n- two", "tags": "fragile, gift",
}  # fmt: skip
_LINES: list[dict[str, Value]] = [
    {
        "line_id": "L1",
        "sku": "-A",
        "title": "Mug, blue",
        "quantity": 2,
        "unit_price": Decimal("12.50"),
        "shipped": 1,
        "canceled": 0,
    },
    {"line_id": "L2", "sku": "", "title": "Jug", "quantity": 1, "unit_price": None, "shipped": None, "canceled": None},
]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_orders_come_back(tmp_path: Path, ending: str) -> None:
    table = [[{**_ORDER, **line}[name] for name in headers(ORDERS)] for line in _LINES]
    (order,) = _there_and_back(tmp_path, ending, ORDERS, table).orders
    said = {column.headers[0]: _field(order, column.field) for column in ORDERS.columns if column.of_order}
    assert said == _ORDER
    assert [{name: getattr(line, name) for name in _LINES[0]} for line in order.lines] == _LINES


def _field(owner: Any, name: str) -> Any:
    for part in name.split("."):
        owner = getattr(owner, part)
    return (owner.at or owner.on) if isinstance(owner, Moment) else owner


def test_a_formula_is_text_in_both_kinds_of_file(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", ["sku", "title"], [["=1+1", "-4"], ["A", "x"]])
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [["sku", "title"], ["'=1+1", "'-4"], ["A", "x"]]
    write_table(tmp_path / "a.xlsx", ["sku", "title"], [["=1+1", "http://x.example"]])
    (product,) = read_file(tmp_path / "a.xlsx").products
    assert (product.sku, product.title) == ("=1+1", "http://x.example")


def test_numbers_and_dates_are_printed_plainly(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_table(path, ["a", "b", "c", "d", "e"], [[-4, Decimal("1E+3"), None, True, datetime(2026, 1, 5, 10, tzinfo=UTC)]])
    assert path.read_bytes() == b"a,b,c,d,e\r\n-4,1000,,yes,2026-01-05T10:00:00+00:00\r\n"


def test_a_lone_surrogate_does_not_stop_an_export(tmp_path: Path) -> None:
    for ending in (".csv", ".xlsx"):
        write_table(tmp_path / f"a{ending}", ["sku", "title"], [["A", "x\ud800y"]])
        assert read_file(tmp_path / f"a{ending}").products[0].title == "x?y"


def test_an_export_is_for_its_owner_only_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_table(path, ["sku", "title"], [["A", "x"]])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_export_that_cannot_be_is_refused_and_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before")
    with pytest.raises(InvalidValueError) as refused:
        write_table(path, ["sku", "note"], [["A", "x"], ["B", "x" * (MAX_CELL + 1)]])
    assert "note in row 3" in str(refused.value)
    assert path.read_text() == "before"
    with pytest.raises(RefusedError, match="neither CSV nor XLSX"):
        write_table(tmp_path / "a.pdf", ["sku"], [])


def test_minor_units_follow_the_currency() -> None:
    assert (minor_units(Decimal("12.505"), "USD"), minor_units(Decimal(100), "JPY"), minor_units(None, "USD")) == (
        1251,
        100,
        None,
    )


@settings(deadline=None, max_examples=200)
@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=5), min_size=1, max_size=6))
def test_any_table_below_our_header_is_read_with_every_row_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["order_number", "sku", "quantity"], *rows])
    path = tmp_path_factory.mktemp("any") / "orders.csv"
    path.write_bytes(text.getvalue().encode("utf-8", errors="replace"))
    parsed = read_file(path)
    assert parsed.rows_read == parsed.rows_taken + len(parsed.skipped)
    for skipped in parsed.skipped:
        assert skipped.row >= 2
        assert skipped.reason[-1] in ".:"
