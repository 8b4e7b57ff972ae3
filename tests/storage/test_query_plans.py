"""A step costs what it touches: no statement of a receipt, a count, a new order or a shipment walks through a whole table."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from orderdesk.services import orders
from orderdesk.storage.bulk import look_alikes
from orderdesk.storage.relied_on import RELIED_ON
from tests.builders import Shop

GROWING = (
    "order_line",
    "orders",
    "product",
    "customer",
    "stock_movement",
    "event",
    "row_change",
    "allocation_change",
    "notice",
    "coupon",
)
STEPS: dict[str, Callable[[Shop], object]] = {
    "receive": lambda shop: shop.receive("LAMP", 1),
    "count": lambda shop: shop.count("LAMP", 1),
    "order": lambda shop: shop.order("2001", ("LAMP", 1)),
    "ship": lambda shop: orders.ship_order(shop.store, shop.orders["1001"], now=shop.tick()),
    "hold": lambda shop: orders.hold_order(shop.store, shop.orders["1002"], now=shop.tick()),
    "cancel": lambda shop: orders.cancel_line(shop.store, shop.line("1002", "LAMP"), 1, now=shop.tick()),
}


def _tables_by_alias(sql: str) -> dict[str, str]:
    aliases = re.findall(rf"\b({'|'.join(GROWING)})\s+(?:AS\s+)?([a-z]\w*)", sql)
    found = {name: name for name in GROWING} | {alias: name for name, alias in aliases}
    for name in re.findall(r"\b(?:touched|summed)_\w+\s+(?:AS\s+)?([a-z]\w*)", sql):
        found.pop(name, None)
    return found


def _traced(shop: Shop, step: Callable[[Shop], object]) -> dict[str, list[str]]:
    """The statements of a step, each with how SQLite goes about it."""
    said: list[str] = []
    with shop.store.bookkeeping() as view:
        writing = view.connection
    writing.set_trace_callback(said.append)
    step(shop)
    writing.set_trace_callback(None)
    statements = [sql for sql in said if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", sql)]
    return {sql: [row[3] for row in writing.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in statements}


@pytest.mark.parametrize("step", STEPS)
def test_no_statement_walks_through_a_table_that_grows(trading: Shop, step: str) -> None:
    plans = _traced(trading, STEPS[step])
    assert len(plans) > 10
    walks = []
    for sql, plan in plans.items():
        tables = _tables_by_alias(sql)
        for detail in plan:
            walked = re.match(r"SCAN (\w+)", detail)
            if walked and walked[1] in tables:
                walks.append(f"{detail}: {' '.join(sql.split())[:160]}")
    assert walks == []


@pytest.mark.parametrize("step", STEPS)
def test_of_a_product_only_the_lines_that_are_open_are_gone_through(trading: Shop, step: str) -> None:
    plans = _traced(trading, STEPS[step])
    assert [sql for sql, plan in plans.items() if any("ix_order_line_product_id" in detail for detail in plan)] == []


def test_a_step_takes_few_statements_however_long_the_queue_is(trading: Shop) -> None:
    few = len(_traced(trading, STEPS["order"]))
    for number in range(3001, 3021):
        trading.order(str(number), ("LAMP", 1))
    assert len(_traced(trading, lambda shop: shop.order("2002", ("LAMP", 1)))) == few <= 40


def test_the_guard_of_the_ledger_adds_up_one_product_only(trading: Shop) -> None:
    with trading.store.read() as view:
        plan = view.all("EXPLAIN QUERY PLAN SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE product_id = 1")
    assert all("USING" in detail and "INDEX" in detail for *_, detail in plan)


def test_skus_that_look_alike_are_found_by_an_index_however_many_are_new(trading: Shop) -> None:
    statements: list[str] = []
    with trading.store.read() as view:
        view.connection.set_trace_callback(statements.append)
        assert look_alikes(view, ["lamp", "LAMP", "none"]) == [("lamp", "LAMP")]
        view.connection.set_trace_callback(None)
        plan = view.all(f"EXPLAIN QUERY PLAN {statements[0]}")
    assert any(detail.startswith("SEARCH a USING") for *_, detail in plan)


@pytest.mark.parametrize("statement", RELIED_ON)
def test_what_relies_on_a_step_is_looked_for_from_what_the_step_changed(trading: Shop, statement: str) -> None:
    """Every undo asks for it: to begin with all that was ever done takes longer with each day."""
    with trading.store.read() as view:
        plan = [detail for *_, detail in view.all(f"EXPLAIN QUERY PLAN {statement}", {"event": 1})]
    steps = [detail for detail in plan if re.match(r"(SEARCH|SCAN) (mine|later|made|paid)\b", detail)]
    assert steps[0].startswith("SEARCH mine USING INDEX ix_row_change_event (event_id=?")
