"""Units that a supplier sends to the customer directly: they take nothing off the shelf."""

from __future__ import annotations

from datetime import datetime

from orderdesk.domain.shipping import Shipment, ShippedUnits
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.store import Store


def send_direct(store: Store, line_id: int, quantity: int, *, now: datetime) -> Step:
    """So many open units of the line come from the supplier directly, what is short of them first.

    Units of the shelf that it needs no more are free for others. Raises TooManyError beyond what the shelf is to give.
    """
    with store.begin("drop_ship", "", now=now) as transaction:
        line = transaction.order_line(line_id)
        order = transaction.order(line.order_id)
        line.send_direct(quantity, line.title)
        summary = f"{quantity} of {line.title} in order {order.order_number} come from the supplier directly"
        transaction.describe(summary)
    return step_of(transaction, summary)


def send_from_shelf(store: Store, line_id: int, quantity: int, *, now: datetime) -> Step:
    """The supplier does not send so many units after all. Raises TooManyError beyond what was to come directly."""
    with store.begin("drop_ship", "", now=now) as transaction:
        line = transaction.order_line(line_id)
        order = transaction.order(line.order_id)
        line.send_from_shelf(quantity, line.title)
        summary = f"{quantity} of {line.title} in order {order.order_number} come from the shelf"
        transaction.describe(summary)
    return step_of(transaction, summary)


def supplier_shipped(store: Store, line_id: int, quantity: int, *, now: datetime) -> Step:
    """So many units left the supplier. Raises TooManyError beyond what was to come directly."""
    with store.begin("ship", "", now=now) as transaction:
        line = transaction.order_line(line_id)
        order = transaction.order(line.order_id)
        line.send_from_shelf(quantity, line.title)
        line.shipped += quantity
        transaction.add(Shipment(order.id, transaction.at, units=[ShippedUnits(line.id, quantity)]))
        summary = f"The supplier shipped {quantity} of {line.title} for order {order.order_number}"
        transaction.describe(summary)
    return step_of(transaction, summary)
