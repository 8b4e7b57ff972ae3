"""What a question costs, without a clock: statements are counted, and their plans walk through no table that grows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from orderdesk.storage.queries import cases
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.coupons import coupon_counts, coupon_rows
from orderdesk.storage.queries.customers import CustomersView, customer_counts, customer_detail, customer_ids, customer_rows
from orderdesk.storage.queries.endings import letters_of_good_news
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.queries.history import history_of_order
from orderdesk.storage.queries.made_letters import made_letter
from orderdesk.storage.queries.notices import notice, notices_of_customer, notices_of_order
from orderdesk.storage.queries.order_detail import lines_of_orders, order_detail, order_records
from orderdesk.storage.queries.orders import ORDER_FILTERS, OrdersView, order_counts, order_ids, order_rows, orders_of_customer
from orderdesk.storage.queries.product_detail import product_detail
from orderdesk.storage.queries.products import product_rows
from orderdesk.storage.queries.today import agenda
from orderdesk.storage.view import View
from tests.queries.conftest import TODAY

IDS = [1, 2, 3, 4, 5]
# Each touches only the rows it is asked about.
PAGES: dict[str, Callable[[View], Any]] = {
    "order_rows": lambda view: order_rows(view, IDS, today=TODAY),
    "order_detail": lambda view: order_detail(view, 2, today=TODAY),
    "order_records": lambda view: order_records(view, IDS, today=TODAY),
    "lines_of_orders": lambda view: lines_of_orders(view, IDS, today=TODAY, with_reasons=True),
    "orders_of_customer": lambda view: orders_of_customer(view, 1, today=TODAY),
    "history_of_order": lambda view: history_of_order(view, 2),
    "notices_of_order": lambda view: notices_of_order(view, 4),
    "notices_of_customer": lambda view: notices_of_customer(view, 3),
    "notice": lambda view: notice(view, 1),
    "product_rows": lambda view: product_rows(view, IDS, today=TODAY),
    "product_detail": lambda view: product_detail(view, 1, today=TODAY),
    "customer_rows": lambda view: customer_rows(view, IDS, today=TODAY),
    "coupon_rows": lambda view: coupon_rows(view, IDS),
    "customer_detail": lambda view: customer_detail(view, 1, today=TODAY),
    "backordered_lines": lambda view: backordered_lines(view, today=TODAY),
    "groups_to_tell": lambda view: cases.groups_to_tell(view, [2], today=TODAY),
    "made_letter": lambda view: made_letter(view, 1),
    "letters_of_good_news": lambda view: letters_of_good_news(view, IDS),
    "expected_on": lambda view: expected_on(view, IDS, today=TODAY),
}
# The ids that were asked for, and the one row of the shop.
SMALL = {"j", "shop"}
# Indexes of what is open only.
OPEN = {"ix_orders_backordered", "ix_order_line_backordered"}


def statements(view: View, ask: Callable[[View], Any]) -> list[str]:
    """The SQL that a question runs, without what the full-text tables ask of themselves."""
    asked: list[str] = []
    view.connection.set_trace_callback(asked.append)
    try:
        ask(view)
    finally:
        view.connection.set_trace_callback(None)
    return [sql for sql in asked if re.match(r"\s*(SELECT|WITH)\b", sql) and "FROM 'main'." not in sql]


def plan(view: View, sql: str) -> list[str]:
    return [str(row[3]) for row in view.all(f"EXPLAIN QUERY PLAN {sql}")]


def walks(view: View, sql: str) -> list[str]:
    """Steps that go through a whole table; what a common table expression has gathered is small by then."""
    gathered = set(re.findall(r"(\w+) AS (?:MATERIALIZED )?\(", sql))
    gathered |= {alias for name in gathered for alias in re.findall(rf"FROM {name} (\w+)", sql)}
    found = []
    for step in plan(view, sql):
        walked = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
        is_looked_up = re.search(r"VIRTUAL TABLE INDEX \d+:M", step)  # words looked up in a full-text table
        if walked and not is_looked_up and walked[1] not in gathered | SMALL and walked[2] not in OPEN:
            found.append(step)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_no_page_walks_through_a_table_that_grows(view: View, name: str) -> None:
    asked = statements(view, PAGES[name])
    assert asked
    assert {sql: walks(view, sql) for sql in asked if walks(view, sql)} == {}


@pytest.mark.parametrize(
    "name",
    ["order_rows", "order_records", "lines_of_orders", "product_rows", "customer_rows", "coupon_rows", "letters_of_good_news"],
)
def test_a_page_takes_as_many_statements_as_a_row(view: View, name: str) -> None:
    pages: dict[str, Callable[[View, list[int]], Any]] = {
        "order_rows": lambda view, ids: order_rows(view, ids, today=TODAY),
        "order_records": lambda view, ids: order_records(view, ids, today=TODAY),
        "lines_of_orders": lambda view, ids: lines_of_orders(view, ids, today=TODAY, with_reasons=True),
        "product_rows": lambda view, ids: product_rows(view, ids, today=TODAY),
        "customer_rows": lambda view, ids: customer_rows(view, ids, today=TODAY),
        "coupon_rows": coupon_rows,
        "letters_of_good_news": letters_of_good_news,
    }
    one, many = (len(statements(view, lambda view, ids=ids: pages[name](view, ids))) for ids in ([2], list(range(1, 129))))
    assert one == many <= 8


def test_who_has_not_answered_is_found_from_the_letters_that_say_until_when(view: View) -> None:
    (sql,) = statements(view, lambda view: order_ids(view, OrdersView(filter="unanswered"), today=TODAY))
    steps = plan(view, sql)
    assert any("nl USING INDEX ix_notice_line_answer_by" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN")]


@pytest.mark.parametrize("name", sorted({*ORDER_FILTERS} - {"all", "unanswered", "slipped"}))
def test_a_filter_of_orders_uses_its_index(view: View, name: str) -> None:
    (sql,) = statements(view, lambda view: order_ids(view, OrdersView(filter=name), today=TODAY))
    assert any(
        re.match(r"(SEARCH|SCAN) t USING (COVERING )?INDEX ix_orders_(status|backordered)", step) for step in plan(view, sql)
    )


@pytest.mark.parametrize("name", ["all", "backordered", "not_told", "ready", "partly_ready", "shipped"])
def test_the_usual_order_needs_no_sorting(view: View, name: str) -> None:
    (sql,) = statements(view, lambda view: order_ids(view, OrdersView(filter=name), today=TODAY))
    assert not [step for step in plan(view, sql) if "TEMP B-TREE" in step]


def test_the_newest_orders_are_read_off_the_index_alone(view: View) -> None:
    (sql,) = statements(view, lambda view: order_ids(view, OrdersView(), today=TODAY))
    assert plan(view, sql) == ["SCAN t USING COVERING INDEX ix_orders_newest"]


def test_a_search_asks_the_full_text_table_once(view: View) -> None:
    for wanted in (OrdersView(search="lamp"), OrdersView("backordered", "lamp"), OrdersView(search="lamp", channel="own")):
        (sql,) = statements(view, lambda view, wanted=wanted: order_ids(view, wanted, today=TODAY))
        assert sum("order_search VIRTUAL TABLE" in step for step in plan(view, sql)) == 1


def test_counts_of_all_filters_are_one_statement(view: View) -> None:
    for count in (
        lambda view: order_counts(view, today=TODAY),
        lambda view: order_counts(view, search="lamp", today=TODAY),
        lambda view: customer_counts(view, today=TODAY),
        lambda view: coupon_counts(view, search="lamp", today=TODAY),
    ):
        *slips, sql = statements(view, count)
        assert [slip for slip in slips if "notice_line" not in slip] == []
    *_, sql = statements(view, lambda view: order_counts(view, today=TODAY))
    assert not [step for step in plan(view, sql) if re.fullmatch(r"SCAN t", step)]


def test_customers_who_wait_are_found_from_the_backordered_orders(view: View) -> None:
    for name in ("waiting", "not_told"):
        (sql,) = statements(view, lambda view, name=name: customer_ids(view, CustomersView(filter=name), today=TODAY))
        assert any("ix_orders_backordered" in step for step in plan(view, sql))


def test_today_asks_a_fixed_number_of_questions(view: View) -> None:
    assert len(statements(view, lambda view: agenda(view, today=TODAY))) <= 45
