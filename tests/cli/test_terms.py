"""One thing has one name: the heads of the command line's tables are those of the window's."""

from __future__ import annotations

import re
from datetime import date

import pytest

from orderdesk.ui import (
    coupon_columns,
    customer_columns,
    history_columns,
    listing_columns,
    order_columns,
    product_columns,
    purchase_columns,
    reorder_columns,
)
from tests.cli.conftest import Terminal

TODAY = date(2026, 11, 23)
WINDOW = {
    "orders": order_columns.columns(TODAY),
    "products": product_columns.columns(TODAY),
    "customers": customer_columns.columns(TODAY),
    "coupons": coupon_columns.columns(TODAY),
    "purchases": purchase_columns.columns(TODAY),
    "reorder": reorder_columns.COLUMNS,
    "history": history_columns.columns(TODAY),
}
# What only the command line tells in a table: the window has it in the pane, or needs it not.
ALONE = {
    "orders": {"Backordered"},
    "customers": {"Handle"},
    "coupons": {"Kind"},
    "reorder": {"Sold in 30 days", "Position", "Up to"},
    "history": {"Step"},
}


def heads(text: str) -> set[str]:
    return {head for head in re.split(r" {2,}", text.splitlines()[0].strip()) if head}


@pytest.mark.parametrize("verb", WINDOW)
def test_a_table_of_the_command_line_has_the_heads_of_the_windows(selling: Terminal, verb: str) -> None:
    selling.answer("apologize", "1002")
    selling.answer("edit", "product", "LAMP", "supplier=Acme", "on_order=0", "on_order_expected_on=")
    selling.answer("buy", "Acme", "BOOK=3")
    titles = {column.title for column in WINDOW[verb]}
    assert heads(selling.text(verb)) - titles == ALONE.get(verb, set())


def test_a_column_of_the_window_has_one_title_wherever_it_stands() -> None:
    titles: dict[str, set[str]] = {}
    for columns in (*WINDOW.values(), listing_columns.columns(TODAY)):
        for column in columns:
            titles.setdefault(column.key, set()).add(column.title)
    other_things = {"number", "orders", "quantity", "sold"}  # of an order or a purchase, of customers or a coupon, ...
    assert {key for key, found in titles.items() if len(found) > 1} == other_things
