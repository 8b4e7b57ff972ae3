"""Money that went back to a customer, noted with the order it was paid for."""

from __future__ import annotations

from datetime import date, datetime

from orderdesk.domain.errors import InvalidValueError, NotOwedError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.refunds import Refund
from orderdesk.services.days import require_clock, shop_day
from orderdesk.services.drafts import RefundDraft
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.queries.refunds import Takings, refund_to_make, refunds_left, takings
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


def owed(store: Store, order_id: int) -> Money | None:
    """What is still to be paid back for what was canceled; None where that is nothing, or not known."""
    with store.read() as view:
        return refund_to_make(view, order_id)


def draft_of_refund(store: Store, order_id: int) -> RefundDraft:
    """The form filled with what is still owed, where that is known."""
    with store.read() as view:
        return _draft(view, order_id)


def refund_to_note(store: Store, order_id: int) -> tuple[RefundDraft, Takings]:
    """The form, and beside it what came in for the order and what of it has gone back."""
    with store.read() as view:
        return _draft(view, order_id), takings(view, order_id)


def record_refund(store: Store, order_id: int, draft: RefundDraft, *, although_not_owed: bool = False, now: datetime) -> Step:
    """Note what was paid back, in the order's currency. A coupon is no refund.

    Only `although_not_owed` notes more than is owed, as goodwill or for units that came back: else raises NotOwedError. Raises
    RefusedError for an order that was never paid or came to less, InvalidValueError for what the form can't read.
    """
    with store.begin("refund", "", now=now) as transaction:
        order = transaction.order(order_id)
        draft.currency = order.currency
        amount = Money(draft.value("amount"), order.currency)
        if not order.paid:
            raise RefusedError(f"Order {order.order_number} was never paid.", "Mark it as paid first.")
        require_clock(shop_day(transaction.view, now), f"order {order.order_number} was placed on", order.placed_on)
        day = _day(draft, order.placed_on, shop_day(transaction.view, now))
        beside = _beside(transaction.view, order_id, amount)
        if beside.minor:
            _require_paid_in(transaction, order_id, order.order_number, amount)
            _require_meant(although_not_owed, order.order_number, amount, beside)
        transaction.add(Refund(order_id, amount.minor, amount.minor - beside.minor, day, draft.value("how")))
        summary = f"Paid back {amount} of order {order.order_number}{_standing_alone(beside)}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _draft(view: View, order_id: int) -> RefundDraft:
    amount = refund_to_make(view, order_id)
    return RefundDraft(amount="" if amount is None else str(amount.amount))


def _day(draft: RefundDraft, placed_on: date, today: date) -> date:
    """The day it went back: since the order was placed, and not to come."""
    day: date = draft.value("day") or today
    if draft.day.strip() and not placed_on <= day <= today:
        raise InvalidValueError("day", draft.day, f"a day from {placed_on}, when it was ordered, to {today}")
    return day


def _beside(view: View, order_id: int, amount: Money) -> Money:
    """What of an amount is not owed; nothing where it is not known what is."""
    left = refunds_left(view, [order_id])[order_id]
    return Money(0 if left is None else max(0, amount.minor - left.minor), amount.currency)


def _require_meant(is_meant: bool, number: str, amount: Money, beside: Money) -> None:
    if is_meant:
        return
    if beside == amount:
        raise NotOwedError(f"Nothing is to be paid back of order {number}.")
    left = Money(amount.minor - beside.minor, amount.currency)
    raise NotOwedError(f"{amount} is more than is to be paid back of order {number}: {left}.")


def _standing_alone(beside: Money) -> str:
    """What the history adds, "" where all was owed."""
    return f"; {beside} of that was not owed and counts for nothing that is canceled later" if beside.minor else ""


def _require_paid_in(transaction: Transaction, order_id: int, number: str, amount: Money) -> None:
    """Nobody is given more than they paid; where that is not known, what they get is the seller's business."""
    so_far = takings(transaction.view, order_id)
    if so_far.paid is not None and so_far.back.minor + amount.minor > so_far.paid.minor:
        raise RefusedError(
            f"{amount} is too much: order {number} came to {so_far.paid}, and {so_far.back} has gone back before.",
            "Check the amount.",
        )
