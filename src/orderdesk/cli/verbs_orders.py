"""Verbs about orders: list, show, ship, cancel, hold, release, paid."""

from __future__ import annotations

from argparse import Namespace

from orderdesk.cli import documents, outcomes, texts
from orderdesk.cli.context import Answer, Context, UsageError
from orderdesk.services import orders
from orderdesk.services.steps import Step
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.order_detail import LineRow, OrderDetail, order_detail, order_records
from orderdesk.storage.queries.orders import OrderRow, OrdersView, order_ids


def list_orders(context: Context, words: Namespace) -> Answer:
    wanted = OrdersView(filter=words.filter, search=words.search, sort=(("placed", False), ("number", False)))
    with context.store.read() as view:
        records = order_records(view, order_ids(view, wanted, today=context.today), today=context.today)
    if words.full:
        found = [documents.full_order(record) for record in records]
    else:
        found = [documents.order(record.row, record.lines) for record in records]
    columns = ("Order", "Placed", "Customer", "Channel", "Items", "Status", "Short", "Told")
    cells = [_cells(context, record.row) for record in records]
    return Answer(found, texts.table(columns, cells, empty="No orders."))


def _cells(context: Context, row: OrderRow) -> tuple[object, ...]:
    status, told = texts.words(row.status), context.day_of(row.told_at)
    return row.number, row.placed_on, row.customer, row.channel, row.items, status, row.units_short or "", told


def show_order(context: Context, words: Namespace) -> Answer:
    key = orders.find_order(context.store, words.order)
    with context.store.read() as view:
        detail = order_detail(view, key, today=context.today)
    document = {
        **documents.order(detail.row, detail.lines),
        "notices": [documents.notice(row) for row in detail.notices],
        "history": [documents.event(row) for row in detail.history],
    }
    return Answer(document, _order_text(context, detail))


def _order_text(context: Context, detail: OrderDetail) -> str:
    row = detail.row
    head = f"Order {row.number} ({row.channel}), placed {row.placed_on} by {row.customer}: {texts.words(row.status)}"
    columns = ("SKU", "Product", "Ordered", "Shipped", "Canceled", "Allocated", "Short", "Expected", "Status")
    lines = [head, "", texts.table(columns, [_line_cells(line) for line in detail.lines], empty="")]
    lines += [f"  {line.why}" for line in detail.lines if line.why]
    if detail.notices:
        lines += ["", "Letters:"]
    for notice in detail.notices:
        state = "taken back" if notice.voided_at else f"told {context.day_of(notice.told_at)}" if notice.told_at else "not told"
        lines.append(f"  {notice.letter_path} ({state})")
    lines += ["", "History:", *(f"  {context.day_of(step.at)}  {step.summary}" for step in detail.history)]
    return "\n".join(lines)


def _line_cells(row: LineRow) -> tuple[object, ...]:
    short, status = row.backordered or row.pending or "", texts.words(row.status)
    return row.sku, row.title, row.ordered, row.shipped, row.canceled or "", row.allocated, short, row.expected_on, status


def list_backorders(context: Context, _: Namespace) -> Answer:
    with context.store.read() as view:
        rows = backordered_lines(view)
    columns = ("Order", "Customer", "SKU", "Product", "Ordered", "Short", "Expected", "Told")
    cells = [
        (
            row.order_number,
            row.customer,
            row.sku,
            row.title,
            row.ordered,
            row.backordered,
            row.expected_on,
            context.day_of(row.told_at),
        )
        for row in rows
    ]
    return Answer([documents.backorder(row) for row in rows], texts.table(columns, cells, empty="Nothing is backordered."))


def ship(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    if words.sku is None:
        return _moved(orders.ship_order(context.store, order, now=context.now))
    line, units = _line_and_units(context, order, words)
    return _moved(orders.ship_order(context.store, order, {line: units}, now=context.now))


def cancel(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    if words.sku is None:
        return _moved(orders.cancel_order(context.store, order, now=context.now))
    line, units = _line_and_units(context, order, words)
    return _moved(orders.cancel_line(context.store, line, units, now=context.now))


def _line_and_units(context: Context, order: int, words: Namespace) -> tuple[int, int]:
    if words.units is None:
        raise UsageError("Say how many units, after the SKU.")
    return orders.find_line(context.store, order, words.sku), words.units


def hold(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    return _moved(orders.hold_order(context.store, order, words.reason, now=context.now))


def release(context: Context, words: Namespace) -> Answer:
    return _moved(orders.release_order(context.store, orders.find_order(context.store, words.order), now=context.now))


def paid(context: Context, words: Namespace) -> Answer:
    return _moved(orders.mark_paid(context.store, orders.find_order(context.store, words.order), now=context.now))


def _moved(step: Step) -> Answer:
    return Answer(outcomes.step(step), texts.step(step))
