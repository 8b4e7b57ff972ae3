"""Verbs about orders: list, show, ship, cancel, hold, release, paid."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Collection, Iterator

from orderdesk.cli import coupon_documents, documents, option_texts, order_documents, order_texts, outcomes, texts
from orderdesk.cli.context import Answer, Context, UsageError
from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services import endings, firm, orders, priority, products, refunds, returns
from orderdesk.services.drop_ship import send_direct, send_from_shelf, supplier_shipped
from orderdesk.services.steps import Step
from orderdesk.services.ways_out import ways_out
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.defects import if_canceled
from orderdesk.storage.queries.order_detail import OrderRecord, order_detail, order_records
from orderdesk.storage.queries.orders import OrderRow, OrdersView, order_ids, order_rows
from orderdesk.storage.queries.refunds import refunds_owed
from orderdesk.storage.queries.slipped import slipped_orders
from orderdesk.storage.queries.unblocking import unblocked

_AT_A_TIME = 500
AS_THE_ORDER = "as_order"
"""How a line ships that has no policy of its own."""


def list_orders(context: Context, words: Namespace) -> Answer:
    wanted = OrdersView(filter=words.filter, search=words.search, sort=(("placed", False), ("number", False)))
    if words.json:
        return Answer(_documents(context, wanted, order_documents.full_order if words.full else order_documents.order), "")
    with context.store.read() as view:
        rows = order_rows(view, order_ids(view, wanted, today=context.today), today=context.today)
    columns = ("Order", "Placed", "Customer", "Channel", "Items", "Status", "Backordered", "Told")
    return Answer(None, texts.table(columns, [_cells(context, row) for row in rows], empty="No orders."))


def _documents(
    context: Context, wanted: OrdersView, form: Callable[[OrderRecord, Collection[int]], documents.Document]
) -> Iterator[documents.Document]:
    """The orders of a view with their lines, a few hundred of them in memory at a time."""
    with context.store.read() as view:
        ids = order_ids(view, wanted, today=context.today)
        slipped = frozenset(slipped_orders(view, today=context.today))
        for start in range(0, len(ids), _AT_A_TIME):
            records = order_records(view, ids[start : start + _AT_A_TIME], today=context.today)
            yield from (form(record, slipped) for record in records)


def _cells(context: Context, row: OrderRow) -> tuple[object, ...]:
    status, told = order_texts.status(row), context.day_of(row.told_at)
    return row.number, row.placed_on, row.customer, row.channel, row.items, status, row.units_short or "", told


def show_order(context: Context, words: Namespace) -> Answer:
    key = orders.find_order(context.store, words.order)
    with context.store.read() as view:
        detail = order_detail(view, key, today=context.today)
        slipped = slipped_orders(view, today=context.today)
    document = {
        **order_documents.shown_order(detail, slipped),
        "notices": [documents.notice(row) for row in detail.notices],
        "answers": [documents.answer(row) for row in detail.answers],
        "parcels": [documents.parcel(row) for row in detail.parcels],
        "refunds": [documents.refund(row) for row in detail.refunds],
        "to_pay_back": documents.money(detail.to_pay_back),
        "refund_by": documents.iso(detail.pay_back_by),
        "coupons_used": [coupon_documents.used(row) for row in detail.coupons],
        "history": [documents.event(row) for row in detail.history],
    }
    return Answer(document, order_texts.order(context, detail))


def list_backorders(context: Context, _: Namespace) -> Answer:
    with context.store.read() as view:
        rows = backordered_lines(view, today=context.today)
    columns = ("Order", "Customer", "SKU", "Product", "Ordered", "Backordered", "Expected", "Told")
    cells = [
        (
            row.order_number,
            row.customer,
            row.sku,
            row.title,
            row.ordered,
            row.backordered,
            texts.expected(row.coverage),
            context.day_of(row.told_at),
        )
        for row in rows
    ]
    return Answer([documents.backorder(row) for row in rows], texts.table(columns, cells, empty="Nothing is backordered."))


def ship(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    if words.sku is None:
        return _moved(orders.ship_order(context.store, order, now=context.now))
    line = orders.find_line(context.store, order, words.sku)
    return _moved(orders.ship_order(context.store, order, {line: _units(words)}, now=context.now))


def set_policy(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    policy = None if words.policy == AS_THE_ORDER else ShipPolicy(words.policy)
    if words.sku:
        line = orders.find_line(context.store, order, words.sku)
        return _moved(orders.set_line_policy(context.store, order, line, policy, now=context.now))
    if policy is None:
        raise UsageError("Say which line ships as its order does: --sku SKU.")
    return _moved(orders.set_ship_policy(context.store, order, policy, now=context.now))


def track(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    return _moved(orders.track_parcel(context.store, order, words.carrier, words.tracking, now=context.now))


def keep(context: Context, words: Namespace) -> Answer:
    act = firm.let_go if words.end else firm.keep_units
    return _moved(act(context.store, orders.find_order(context.store, words.order), now=context.now))


def drop_ship(context: Context, words: Namespace) -> Answer:
    """Units that the supplier sends directly, does not send after all, or has sent."""
    order = orders.find_order(context.store, words.order)
    line = orders.find_line(context.store, order, words.sku)
    act = supplier_shipped if words.shipped else send_from_shelf if words.end else send_direct
    return _moved(act(context.store, line, words.units, now=context.now))


def cancel(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    if words.unanswered:
        return _cancel_without_answer(context, words, order)
    with context.store.read() as view:
        line = None if words.sku is None else lookup.line_of(view, order, words.sku)
        counted = if_canceled(view, lookup.line_ids(view, order) if line is None else [line], today=context.today)
    if line is None:
        done = orders.cancel_order(context.store, order, now=context.now)
    else:
        done = orders.cancel_line(context.store, line, _units(words), now=context.now)
    context.notes += [texts.cancellation_record(record) for record in counted]
    return _moved(done)


def _cancel_without_answer(context: Context, words: Namespace, order: int) -> Answer:
    if words.sku is not None:
        raise UsageError("With --unanswered all that waits is canceled: leave out the SKU.")
    made = endings.cancel_without_answer(context.store, order, now=context.now)
    return Answer({"order_number": words.order, "notice": "cancellation", "letter": str(made.letter)}, str(made.letter))


def _units(words: Namespace) -> int:
    if words.units is None:
        raise UsageError("Say how many units, after the SKU.")
    units: int = words.units
    return units


def refund(context: Context, words: Namespace) -> Answer:
    """What went back to a customer; without an order, what is owed for canceled units."""
    if words.order is None:
        with context.store.read() as view:
            found = refunds_owed(view)
        rows = [(row.order_number, row.customer, row.by, "" if row.amount is None else row.amount) for row in found]
        table = texts.table(("Order", "Customer", "By", "Amount"), rows, empty="Nothing is to be paid back.")
        return Answer([documents.owed_refund(row) for row in found], table)
    order = orders.find_order(context.store, words.order)
    draft = refunds.draft_of_refund(context.store, order)
    draft.amount, draft.day, draft.how = words.amount or draft.amount, words.date, words.how
    if not draft.amount:
        raise NothingToDoError(f"Nothing is known to be owed for order {words.order}.", "Say how much went back.")
    beyond = words.although_not_owed
    return _moved(refunds.record_refund(context.store, order, draft, although_not_owed=beyond, now=context.now))


def take_back(context: Context, words: Namespace) -> Answer:
    """Units of an order that came back."""
    order = orders.find_order(context.store, words.order)
    line, resalable = orders.find_line(context.store, order, words.sku), not words.damaged
    if words.exchange is None:
        return _moved(returns.return_units(context.store, line, words.units, resalable=resalable, now=context.now))
    with context.store.read() as view:
        same = int(view.record("order_line", line)["product_id"])
    other = products.find_product(context.store, words.exchange) if words.exchange else same
    return _moved(returns.exchange_units(context.store, line, words.units, other, resalable=resalable, now=context.now))


def prioritize(context: Context, words: Namespace) -> Answer:
    """An order first, or back in its place; or only who would gain and lose."""
    order = orders.find_order(context.store, words.order)
    act = priority.preview_priority if words.preview else priority.end_priority if words.end else priority.prioritize
    return _moved(act(context.store, order, now=context.now))


def options(context: Context, words: Namespace) -> Answer:
    """The ways out for a line, as the seller would weigh them."""
    line = orders.find_line(context.store, orders.find_order(context.store, words.order), words.sku)
    with context.store.read() as view:
        found = ways_out(view, line, today=context.today, now=context.now)
    context.notes += [texts.cancellation_record(record) for row in found for record in row.counted]
    return Answer([documents.option(row) for row in found], option_texts.options(found))


def unblock(context: Context, _: Namespace) -> Answer:
    with context.store.read() as view:
        found = unblocked(view)
    rows = [(row.order_number, row.customer, texts.words(row.status), row.units, ", ".join(row.holders)) for row in found]
    columns = ("Order", "Customer", "Status", "Units", "Held by")
    return Answer([documents.unblocked(row) for row in found], texts.table(columns, rows, empty="Nothing is blocked."))


def hold(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    return _moved(orders.hold_order(context.store, order, words.reason, now=context.now))


def release(context: Context, words: Namespace) -> Answer:
    return _moved(orders.release_order(context.store, orders.find_order(context.store, words.order), now=context.now))


def paid(context: Context, words: Namespace) -> Answer:
    return _moved(orders.mark_paid(context.store, orders.find_order(context.store, words.order), now=context.now))


def _moved(step: Step) -> Answer:
    return Answer(outcomes.step(step), texts.step(step))
