"""Firm units: what an order has stays with it, whoever is ahead in the queue, until the seller lets go of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.orders import OrderLine
from orderdesk.services.orders import may_leave
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.store import Store


def keep_units(store: Store, order_id: int, *, now: datetime) -> Step:
    """What is allocated to the order is firm. Raises NothingToDoError where nothing is, or all of it is firm already."""
    with store.begin("keep", "", now=now) as transaction:
        order = transaction.order(order_id)
        if not any(line.allocated > line.firm for line in order.lines):
            raise NothingToDoError(
                f"Order {order.order_number} has no units to keep.", "Nothing is allocated to it that is not kept already."
            )
        make_firm(order.lines)
        summary = f"Kept the units of order {order.order_number} for it"
        transaction.describe(summary)
    return step_of(transaction, summary)


def keep_packed(store: Store, order_id: int, *, now: datetime) -> Step:
    """What of the order may leave now lies in a parcel. Raises NothingToDoError where it was packed before, or nothing is."""
    with store.begin("packed", "", now=now) as transaction:
        order = transaction.order(order_id)
        parcel = [(line, units) for line, units in zip(order.lines, may_leave(order), strict=True) if units > line.firm]
        if not parcel:
            raise NothingToDoError(
                f"Nothing more of order {order.order_number} is packed.", "Receive or count its products first."
            )
        for line, units in parcel:
            line.firm = units
        summary = f"Packed order {order.order_number}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def let_go(store: Store, order_id: int, *, now: datetime) -> Step:
    """The order's units go by the queue again. Raises NothingToDoError where none is firm."""
    with store.begin("let_go", "", now=now) as transaction:
        order = transaction.order(order_id)
        if not any(line.firm for line in order.lines):
            raise NothingToDoError(f"No units are kept for order {order.order_number}.", "They go by the queue already.")
        for line in order.lines:
            line.firm = 0
        summary = f"Let go of the units kept for order {order.order_number}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def make_firm(lines: Iterable[OrderLine]) -> None:
    """What these lines have is theirs, within a step: it is packed, or their customer was told that it is here."""
    for line in lines:
        line.firm = max(line.firm, line.allocated)
