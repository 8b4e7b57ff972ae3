"""Verbs about orders: list, show, ship, cancel, hold, release, paid."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from orderdesk.cli import documents, texts
from orderdesk.cli.context import Answer, Context
from orderdesk.domain.errors import InvalidValueError
from orderdesk.services import orders
from orderdesk.services.steps import Step
from orderdesk.storage.queries import backorders as backorder_queries
from orderdesk.storage.queries import order_detail
from orderdesk.storage.queries.orders import OrdersView, order_ids, order_rows


def list_orders(context: Context, words: Namespace) -> Answer:
    wanted = OrdersView(filter=words.filter or "all", search=words.search or "", sort=(("placed", False), ("number", False)))
    with context.store.read() as view:
        ids = order_ids(view, wanted, today=context.today)
        rows = order_rows(view, ids, today=context.today)
        lines = order_detail.lines_of_orders(view, list(ids))
        if words.full:
            details = [documents.full_order(order_detail.order_detail(view, key, today=context.today)) for key in ids]
            return Answer(details, f"{len(details)} orders; the full records are for --json.")
    found = [documents.order(row, lines[row.id]) for row in rows]
    text = texts.table(
        ("Order", "Placed", "Customer", "Channel", "Items", "Status", "Short", "Told"),
        [
            (
                row.number,
                row.placed_on,
                row.customer,
                row.channel,
                row.items,
                row.status,
                row.units_short or "",
                _day(row.told_at),
            )
            for row in rows
        ],
        empty="No orders.",
    )
    return Answer(found, text)


def show_order(context: Context, words: Namespace) -> Answer:
    key = orders.find_order(context.store, words.order)
    with context.store.read() as view:
        detail = order_detail.order_detail(view, key, today=context.today)
    document = {
        **documents.order(detail.row, detail.lines),
        "notices": [documents.notice(row) for row in detail.notices],
        "history": [documents.event(row) for row in detail.history],
    }
    lines = texts.table(
        ("SKU", "Product", "Ordered", "Shipped", "Allocated", "Short", "Expected", "Status"),
        [
            (row.sku, row.title, row.ordered, row.shipped, row.allocated, row.backordered or "", row.expected_on, row.status)
            for row in detail.lines
        ],
        empty="",
    )
    history = "\n".join(f"{_day(row.at)}  {row.summary}" for row in detail.history)
    return Answer(document, f"Order {detail.row.number}, {detail.row.customer}: {detail.row.status}\n{lines}\n{history}")


def list_backorders(context: Context, _: Namespace) -> Answer:
    with context.store.read() as view:
        rows = backorder_queries.backordered_lines(view)
    found = [
        {
            "order_number": row.order_number,
            "channel": row.channel,
            "customer": row.customer,
            "sku": row.sku,
            "title": row.title,
            "ordered": row.ordered,
            "allocated": row.allocated,
            "backordered": row.backordered,
            "expected_on": documents.iso(row.expected_on),
            "told_at": documents.iso(row.told_at),
            "deadline_on": None,
            "discontinued": row.discontinued,
        }
        for row in rows
    ]
    text = texts.table(
        ("Order", "Customer", "SKU", "Product", "Ordered", "Short", "Expected", "Told"),
        [
            (row.order_number, row.customer, row.sku, row.title, row.ordered, row.backordered, row.expected_on, _day(row.told_at))
            for row in rows
        ],
        empty="Nothing is backordered.",
    )
    return Answer(found, text)


def ship(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    if words.sku is None:
        return _moved(orders.ship_order(context.store, order, now=context.now))
    line = orders.find_line(context.store, order, words.sku)
    return _moved(orders.ship_order(context.store, order, {line: _units(words.units)}, now=context.now))


def cancel(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    if words.sku is None:
        return _moved(orders.cancel_order(context.store, order, now=context.now))
    line = orders.find_line(context.store, order, words.sku)
    return _moved(orders.cancel_line(context.store, line, _units(words.units), now=context.now))


def hold(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    return _moved(orders.hold_order(context.store, order, words.reason or "", now=context.now))


def release(context: Context, words: Namespace) -> Answer:
    return _moved(orders.release_order(context.store, orders.find_order(context.store, words.order), now=context.now))


def paid(context: Context, words: Namespace) -> Answer:
    return _moved(orders.mark_paid(context.store, orders.find_order(context.store, words.order), now=context.now))


def _moved(step: Step) -> Answer:
    return Answer(documents.step(step), texts.step(step))


def _units(number: int | None) -> int:
    if number is None:
        raise InvalidValueError("quantity", "", "how many units, after the SKU")
    return number


def _day(at: datetime | None) -> Any:
    return at.date() if at else ""
