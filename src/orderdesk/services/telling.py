"""Customers who know: by their letter or otherwise, and what that does to their orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from orderdesk.domain.errors import AlreadyToldError, NothingBackorderedError, RefusedError
from orderdesk.domain.notices import Notice, NoticeKind, ToldBy
from orderdesk.services.apology_letter import dates_hold, outdated_orders
from orderdesk.services.days import shop_day
from orderdesk.services.firm import make_firm
from orderdesk.services.orders import close_if_empty
from orderdesk.services.steps import Step, step_of
from orderdesk.storage import notices as records
from orderdesk.storage.queries import cases
from orderdesk.storage.queries.cases import Group, Waiting
from orderdesk.storage.queries.made_letters import made_letter
from orderdesk.storage.queries.notices import is_overtaken, letter_to_tell, lines_of_notice, lines_to_cancel
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


def require_allowed(store: Store, notice_id: int, *, now: datetime) -> None:
    """Raise RefusedError for a letter that may not go out as it is: its deadline has passed, a date in it does not hold any more,
    what it refunds has come in, or what it says is here has left.
    """
    with store.read() as view:
        _require_in_time(view, notice_id, now)
        _require_dates(view, notice_id, now)


def _require_in_time(view: View, notice_id: int, now: datetime) -> None:
    group = cases.group_if_open(view, notice_id)
    if group is not None and group.told_at is None:
        _require_choice(group, outdated_orders(profile_of(view), group, shop_day(view, now)))
    made = made_letter(view, notice_id)
    if made.kind == NoticeKind.GOOD_NEWS and is_overtaken(view, notice_id):
        raise RefusedError(
            f"What the letter to {made.customer} says is here has left.", "The parcel brings the news; take the letter back."
        )
    if any(units != short for _, units, short in lines_to_cancel(view, notice_id)):
        raise RefusedError(
            f"The letter to {made.customer} takes off the order what does not wait as it did.",
            "Apologize again, or take the letter back where nothing waits any more.",
        )


def _require_choice(group: Group, outdated: Sequence[Waiting]) -> None:
    """Raise RefusedError where the letter to the group leaves a choice, or takes one, that these orders of it do not have so."""
    if not all(order.refunded for order in outdated):
        raise RefusedError(
            f"The letter to {group.customer} came too late to leave a choice: a deadline has passed.",
            "Apologize again, and it says so.",
        )
    if outdated:
        agreed = any(order.open_ended for order in outdated)
        why = "they agreed to wait" if agreed else "they may still wait"
        raise RefusedError(
            f"Telling {group.customer} of this letter would cancel the order, and {why}.",
            "Apologize again, and the letter leaves them the choice.",
        )


def _require_dates(view: View, notice_id: int, now: datetime) -> None:
    group = cases.group_if_open(view, notice_id)
    if group is not None and group.told_at is None and not dates_hold(view, group, shop_day(view, now)):
        raise RefusedError(
            f"The letter to {group.customer} gives a date that does not hold any more.",
            "Apologize again, and it gives the new one.",
        )


def mark_told(store: Store, notice_id: int, by: ToldBy, *, now: datetime) -> Step:
    """The customer knows: the letter was printed, or the seller told them otherwise.

    Raises AlreadyToldError where they knew, RefusedError for what came too late or was overtaken.
    """
    with store.begin("told", "", now=now) as transaction:
        summary = _told_by_letter(transaction, notice_id, by)
        transaction.describe(summary)
    return step_of(transaction, summary)


def _told_by_letter(transaction: Transaction, notice_id: int, by: ToldBy) -> str:
    """What the history says of it.

    Raises RefusedError for a letter that was taken back, or says what is too late by now, AlreadyToldError a second time.
    """
    notice = transaction.notice(notice_id)
    made = made_letter(transaction.view, notice_id)
    if notice.voided_at is not None:
        raise RefusedError(f"The letter to {made.customer} was taken back.", "Apologize again for a new one.")
    if notice.told_at is not None:
        raise already_told(transaction.view, made.order_numbers[0], notice.told_at)
    _require_in_time(transaction.view, notice_id, transaction.at)
    canceled = count_as_told(transaction, notice, by, transaction.at)
    return f"Told {made.customer} about {', '.join(made.order_numbers)}{canceled}"


def count_as_told(transaction: Transaction, notice: Notice, by: ToldBy, at: datetime) -> str:
    """The letter's customer knows since that moment, unless they were told before; what the history adds to it, "" for nothing.

    Who hears that it is here, gets it; what they hear was asked too late, is canceled.
    """
    if notice.told_at is not None:
        return ""
    too_late = lines_to_cancel(transaction.view, notice.id)
    notice.told_at, notice.told_by = at, by.value
    records.mark_orders_told(transaction, notice.id, at)
    if notice.kind == NoticeKind.GOOD_NEWS:
        make_firm(transaction.order_line(line) for line in lines_of_notice(transaction.view, notice.id))
    units = sum(_cancel(transaction, line, min(asked, short)) for line, asked, short in too_late)
    if not units:
        return ""
    return "; 1 unit that came too late is canceled" if units == 1 else f"; {units} units that came too late are canceled"


def _cancel(transaction: Transaction, line_id: int, units: int) -> int:
    """Take the units off the order; as many as asked for."""
    if units:
        line = transaction.order_line(line_id)
        line.cancel(units, line.title)
        close_if_empty(transaction, transaction.order(line.order_id))
    return units


def mark_order_told(store: Store, order_id: int, by: ToldBy, *, now: datetime) -> Step:
    """The customer of an order knows, with a letter or without one. Raises what `mark_told` does, and NothingBackorderedError."""
    with store.begin("told", "", now=now) as transaction:
        notice_id = letter_to_tell(transaction.view, order_id)
        summary = _told_without(transaction, order_id, by) if notice_id is None else _told_by_letter(transaction, notice_id, by)
        transaction.describe(summary)
    return step_of(transaction, summary)


def _told_without(transaction: Transaction, order_id: int, by: ToldBy) -> str:
    """What the history says of it. Raises NothingBackorderedError where nothing of the order waits."""
    order = transaction.order(order_id)
    if order.backordered_since is None:
        raise NothingBackorderedError(order.order_number)
    if order.told_at is not None:
        raise already_told(transaction.view, order.order_number, order.told_at)
    order.told_at = transaction.at
    return f"Told the customer about {order.order_number} ({by.value})"


def already_told(view: View, number: str, at: datetime) -> AlreadyToldError:
    """The refusal to tell a customer twice: it names the day, where the shop is."""
    return AlreadyToldError(number, shop_day(view, at))
