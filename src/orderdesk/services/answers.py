"""What a customer who waits answered, recorded and carried out in one step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from orderdesk.domain.cases import AnswerKind, CustomerAnswer
from orderdesk.domain.counts import counted
from orderdesk.domain.errors import NothingToDoError, RefusedError, TooManyError
from orderdesk.domain.orders import Order, StandIn
from orderdesk.services.days import shop_day
from orderdesk.services.drafts import SubstituteDraft
from orderdesk.services.order_lines import stand_in
from orderdesk.services.orders import close_if_empty
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.answers import can_be_waited_for, letter_answered
from orderdesk.storage.queries.endings import here_in_silence, unanswered_letter
from orderdesk.storage.queries.slipped import slipped_orders
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction


def agree_to_wait(store: Store, order_id: int, words: str = "", *, now: datetime) -> Step:
    """The customer waits for the date they were given: silence until then means nothing any more.

    Raises NothingToDoError where nothing of the order waits, RefusedError where nothing of it can come any more.
    """
    with store.begin("answer", "", now=now) as transaction:
        order, today = asked_order(transaction, order_id), shop_day(transaction.view, now)
        is_here = here_in_silence(transaction.view, order_id, today=today)
        if not is_here and not can_be_waited_for(transaction.view, order_id, today=today):
            raise RefusedError(
                f"What order {order.order_number} is short of will not arrive, so nobody can wait for it.",
                "Send something else, or cancel it and pay the money back.",
            )
        record_answer(transaction, order, AnswerKind.AGREED, words)
        summary = f"{name_of(transaction, order)} agreed to wait for order {order.order_number}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def cancel_what_waits(store: Store, order_id: int, words: str = "", *, now: datetime) -> Step:
    """The customer does not want to wait: all backordered units of the order are canceled, and those that silence has.

    Raises NothingToDoError where nothing of the order waits.
    """
    with store.begin("answer", "", now=now) as transaction:
        order = asked_order(transaction, order_id)
        is_here = here_in_silence(transaction.view, order_id, today=shop_day(transaction.view, now))
        record_answer(transaction, order, AnswerKind.CANCELED, words)
        units = cancel_units(transaction, order, {line.id: line.backordered + is_here.get(line.id, 0) for line in order.lines})
        summary = (
            f"{name_of(transaction, order)} canceled {counted(units, 'unit')} that order {order.order_number} was waiting for"
        )
        transaction.describe(summary)
    return step_of(transaction, summary)


def cancel_units(transaction: Transaction, order: Order, units: Mapping[int, int]) -> int:
    """Cancel so many units of each line, by its id; how many they were."""
    for line in order.lines:
        if units.get(line.id):
            line.cancel(units[line.id], line.title)
    close_if_empty(transaction, order)
    return sum(units.values())


def send_substitute(store: Store, line_id: int, draft: SubstituteDraft, words: str = "", *, now: datetime) -> Step:
    """The customer takes another product for what a line is short of, or for so many of those units.

    The units are canceled, and a line of the same order stands in for them: at the lower of the two prices unless one is
    given, in the same place of the queue. Raises NothingToDoError where the line is not short, TooManyError beyond what it
    is short of, NotFoundError for a product that the shop does not have, RefusedError for the one that waits, InvalidValueError
    for what the form can't read.
    """
    with store.begin("answer", "", now=now) as transaction:
        line = transaction.order_line(line_id)
        order = waiting_order(transaction, line.order_id)
        short, asked = line.backordered, draft.value("quantity")
        units = short if asked is None else asked
        if not 0 < units <= short:
            raise TooManyError("substituted", units, short, line.title)
        draft.currency = order.currency
        product = lookup.product_chosen(transaction.view, draft.product_id, draft.value("sku"))
        if product.id == line.product_id:
            raise RefusedError(f"{line.title} is what they wait for.", "Choose another product to send in its place.")
        price = draft.value("unit_price")
        line.cancel(units, line.title)
        stand_in(transaction, line, product, units, price, StandIn.SUBSTITUTE)
        record_answer(transaction, order, AnswerKind.SUBSTITUTE, words)
        name = product.sku or product.title
        summary = f"{name_of(transaction, order)} takes {units} of {name} for {line.title} in order {order.order_number}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def waiting_line(store: Store, order_id: int, sku: str | None = None) -> int:
    """The line of an order that waits: the one with that SKU, or the only one. Raises RefusedError where several do."""
    with store.read() as view:
        if sku is not None:
            return lookup.line_of(view, order_id, sku)
        waiting = lookup.backordered_lines_of(view, order_id)
    if len(waiting) != 1:
        raise RefusedError(f"{len(waiting) or 'No'} lines of this order wait.", "Say which by its SKU." if waiting else "")
    return waiting[0]


def waiting_order(transaction: Transaction, order_id: int) -> Order:
    """An order of which something waits. Raises NothingToDoError."""
    order = transaction.order(order_id)
    if not any(line.backordered for line in order.lines):
        raise NothingToDoError(
            f"Nothing of order {order.order_number} waits, so there is nothing to answer.", "Cancel or change the order instead."
        )
    return order


def asked_order(transaction: Transaction, order_id: int) -> Order:
    """An order of which something waits, or came in after the day to answer by. Raises NothingToDoError."""
    today = shop_day(transaction.view, transaction.at)
    if here_in_silence(transaction.view, order_id, today=today):
        return transaction.order(order_id)
    return waiting_order(transaction, order_id)


def record_answer(transaction: Transaction, order: Order, kind: AnswerKind, words: str) -> None:
    """Note what was answered to the letter that the customer has."""
    view = transaction.view
    about_what_is_here = unanswered_letter(view, order.id, today=shop_day(view, transaction.at))
    notice_id = about_what_is_here or letter_answered(view, order.id)
    open_ended = kind is AnswerKind.AGREED and _date_told_is_over(transaction, order)
    transaction.add(CustomerAnswer(order.id, kind, transaction.at, notice_id, words.strip(), open_ended))


def _date_told_is_over(transaction: Transaction, order: Order) -> bool:
    """Whether the date that the customer was told last has passed or slipped: nobody agrees to such a date."""
    today = shop_day(transaction.view, transaction.at)
    return order.id in slipped_orders(transaction.view, today=today, customer_id=order.customer_id)


def name_of(transaction: Transaction, order: Order) -> str:
    """Whom the history says that it was."""
    return transaction.customer(order.customer_id).name or "The customer"
