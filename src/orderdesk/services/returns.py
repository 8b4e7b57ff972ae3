"""Units that come back: on the shelf again where they can be sold, else only on record."""

from __future__ import annotations

from datetime import datetime

from orderdesk.services.steps import Step, step_of
from orderdesk.storage.store import Store


def return_units(store: Store, line_id: int, quantity: int, *, resalable: bool, now: datetime) -> Step:
    """Take back shipped units of a line, which stays as it is otherwise; those that can be sold go to the head of the queue.

    Raises TooManyError beyond what has shipped and not come back yet.
    """
    with store.begin("return", "", now=now) as transaction:
        line = transaction.order_line(line_id)
        line.take_back(quantity, line.title)
        if resalable and transaction.product(line.product_id).tracked:
            transaction.move_stock(line.product_id, "returned", quantity, order_line_id=line.id)
        order = transaction.order(line.order_id)
        summary = f"Took back {quantity} of {line.title} from order {order.order_number}"
        summary += "" if resalable else ", damaged"
        transaction.describe(summary)
    return step_of(transaction, summary)
