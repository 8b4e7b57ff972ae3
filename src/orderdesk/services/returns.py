"""Units that come back: on the shelf again where they can be sold, else only on record; and what is sent in exchange."""

from __future__ import annotations

from datetime import datetime

from orderdesk.domain.money import Money
from orderdesk.domain.orders import OrderLine, StandIn
from orderdesk.services.kits import move_units
from orderdesk.services.order_lines import stand_in
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.queries.accounts import accounts
from orderdesk.storage.queries.lookup import ordered_product
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


def return_units(store: Store, line_id: int, quantity: int, *, resalable: bool, now: datetime) -> Step:
    """Take back shipped units of a line, which stays as it is otherwise; those that can be sold go to the head of the queue.

    Raises TooManyError beyond what has shipped and not come back yet.
    """
    with store.begin("return", "", now=now) as transaction:
        line = transaction.order_line(line_id)
        summary = _take_back(transaction, line, quantity, resalable=resalable)
        paid = paid_for(transaction.view, line_id, quantity)
        if paid is not None:
            summary += f"; {paid} was paid for that"
        transaction.describe(summary)
    return step_of(transaction, summary)


def exchange_units(store: Store, line_id: int, quantity: int, product_id: int, *, resalable: bool, now: datetime) -> Step:
    """Take back shipped units and send as many of a product in exchange, in the order's own place of the queue.

    They are paid for by those that came back. Raises TooManyError as `return_units`.
    """
    with store.begin("return", "", now=now) as transaction:
        line, product = transaction.order_line(line_id), ordered_product(transaction.view, product_id)
        summary = _take_back(transaction, line, quantity, resalable=resalable)
        stand_in(transaction, line, product, quantity, line.unit_price_minor, StandIn.EXCHANGE)
        summary += f", in exchange for {product.title}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def paid_for(view: View, line_id: int, quantity: int) -> Money | None:
    """What was paid for so many units of a line; None for nothing, or not known. Whether it goes back is the seller's to say."""
    (account,) = accounts(view, [view.record("order_line", line_id)["order_id"]], just={line_id: quantity})
    known = account.paid and account.gone and not account.unknown
    return Money(account.gone, account.currency) if known else None


def _take_back(transaction: Transaction, line: OrderLine, quantity: int, *, resalable: bool) -> str:
    """What was done, for the history."""
    line.take_back(quantity, line.title)
    if resalable:
        move_units(transaction, line, "returned", quantity)
    order = transaction.order(line.order_id)
    return f"Took back {quantity} of {line.title} from order {order.order_number}" + ("" if resalable else ", damaged")
