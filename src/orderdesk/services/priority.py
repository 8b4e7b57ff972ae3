"""Serving an order before its turn, after a look at who would lose by it."""

from __future__ import annotations

from datetime import datetime

from orderdesk.domain.errors import RefusedError
from orderdesk.domain.kept import KEPT_BY
from orderdesk.domain.orders import MOST_PRIORITY
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.queries.priority import highest_priority, kept_elsewhere, somebody_ahead_waits
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


def preview_priority(store: Store, order_id: int, *, now: datetime) -> Step:
    """What `prioritize` would do, without doing it. Raises RefusedError where the order would gain nothing, now or later."""
    with store.rehearse("prioritize", now=now) as transaction:
        number = _put_first(transaction, order_id)
    summary = f"Put order {number} first"
    if not any(shift.order_number == number for shift in transaction.gained):
        with store.read() as view:
            if not somebody_ahead_waits(view, order_id):
                raise RefusedError(*_why_nothing_is_gained(view, order_id, number))
        summary += " for what comes in next"
    return step_of(transaction, summary)


def prioritize(store: Store, order_id: int, *, now: datetime) -> Step:
    """Put an order before all others; who loses units by it is in the step's `lost`.

    Raises RefusedError where the order would gain nothing, now or later.
    """
    seen = preview_priority(store, order_id, now=now)
    with store.begin("prioritize", seen.summary, now=now) as transaction:
        _put_first(transaction, order_id)
    return step_of(transaction, seen.summary)


def end_priority(store: Store, order_id: int, *, now: datetime) -> Step:
    """Put an order back to its own place in the queue. Raises RefusedError where it stands there."""
    with store.begin("prioritize", "", now=now) as transaction:
        order = transaction.order(order_id)
        if not order.priority:
            raise RefusedError(f"Order {order.order_number} stands in its own place already.")
        order.priority = 0
        summary = f"Put order {order.order_number} back in its place"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _put_first(transaction: Transaction, order_id: int) -> str:
    """Its number."""
    order = transaction.order(order_id)
    order.priority = min(highest_priority(transaction.view) + 1, MOST_PRIORITY)
    return order.order_number


def _why_nothing_is_gained(view: View, order_id: int, number: str) -> tuple[str, str]:
    kept = kept_elsewhere(view, order_id)
    if kept:
        holders = ", ".join(f"{holder} ({KEPT_BY[by]})" if by else holder for holder, by in kept.items())
        return f"The units that order {number} waits for are kept for {holders}.", "Release them there first."
    if view.record("orders", order_id)["backordered_units"]:
        return f"No order ahead of {number} has or waits for units that it waits for.", "Receive or count its products."
    return f"Order {number} waits for no units.", "There is nothing to put it first for."
