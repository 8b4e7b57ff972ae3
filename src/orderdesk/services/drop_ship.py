"""Units that a supplier sends to the customer directly: they take nothing off the shelf."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from orderdesk.domain.orders import OrderLine
from orderdesk.domain.shipping import Shipment, ShippedUnits
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction


def send_direct(store: Store, line_id: int, quantity: int, *, now: datetime) -> Step:
    """So many open units of the line come from the supplier directly, what is short of them first.

    Units of the shelf that it needs no more are free for others. Raises TooManyError beyond what the shelf is to give.
    """

    def to_supplier(_: Transaction, line: OrderLine, order_number: str) -> str:
        line.send_direct(quantity, line.title)
        return f"{quantity} of {line.title} in order {order_number} {_come(quantity)} from the supplier directly"

    return _change(store, "drop_ship", line_id, to_supplier, now)


def send_from_shelf(store: Store, line_id: int, quantity: int, *, now: datetime) -> Step:
    """The supplier does not send so many units after all. Raises TooManyError beyond what was to come directly."""

    def to_shelf(_: Transaction, line: OrderLine, order_number: str) -> str:
        line.send_from_shelf(quantity, line.title)
        return f"{quantity} of {line.title} in order {order_number} {_come(quantity)} from the shelf"

    return _change(store, "drop_ship", line_id, to_shelf, now)


def supplier_shipped(store: Store, line_id: int, quantity: int, *, now: datetime) -> Step:
    """So many units left the supplier. Raises TooManyError beyond what was to come directly."""

    def to_customer(transaction: Transaction, line: OrderLine, order_number: str) -> str:
        line.send_from_shelf(quantity, line.title)
        line.shipped += quantity
        transaction.add(Shipment(line.order_id, transaction.at, units=[ShippedUnits(line.id, quantity)]))
        return f"The supplier shipped {quantity} of {line.title} for order {order_number}"

    return _change(store, "ship", line_id, to_customer, now)


def _change(store: Store, kind: str, line_id: int, change: Callable[[Transaction, OrderLine, str], str], now: datetime) -> Step:
    """One step that changes one line, and says what it did."""
    with store.begin(kind, "", now=now) as transaction:
        line = transaction.order_line(line_id)
        summary = change(transaction, line, transaction.order(line.order_id).order_number)
        transaction.describe(summary)
    return step_of(transaction, summary)


def _come(units: int) -> str:
    return "comes" if units == 1 else "come"
