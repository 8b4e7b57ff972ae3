"""Customers who know: by their letter or otherwise, and what that does to their orders."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from orderdesk.domain.errors import AlreadyToldError, NothingBackorderedError, OrderDeskError, RefusedError, StoreError
from orderdesk.domain.notices import Notice, NoticeKind, ToldBy
from orderdesk.services.apology_letter import BY_DEFAULT, kind_of
from orderdesk.services.days import shop_day
from orderdesk.services.firm import make_firm
from orderdesk.services.letter_offers import has_coupon_in_vain
from orderdesk.services.letters import files_of
from orderdesk.services.orders import close_if_empty
from orderdesk.services.overtaken import is_outdated, require_true, still_holds, taken_back
from orderdesk.services.reserving import reserve, revise, settle_wishes
from orderdesk.services.steps import Step, step_of
from orderdesk.storage import notices as records
from orderdesk.storage.outbox import changed_by, reserved
from orderdesk.storage.queries import cases
from orderdesk.storage.queries.cancels import lines_to_cancel
from orderdesk.storage.queries.made_letters import made_letter
from orderdesk.storage.queries.notices import letter_to_tell, lines_of_notice
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


def mark_told(store: Store, notice_id: int, by: ToldBy, *, now: datetime) -> Step:
    """The customer knows: the letter was printed, or the seller told them otherwise.

    Raises AlreadyToldError where they knew, RefusedError for what came too late or was overtaken.
    """
    with store.begin("told", "", now=now) as transaction:
        summary = _told_by_letter(transaction, notice_id, by)
        transaction.describe(summary)
    _draw_what_followed(store, transaction.event_id)
    return step_of(transaction, summary)


def _told_by_letter(transaction: Transaction, notice_id: int, by: ToldBy) -> str:
    """What the history says of it.

    On the phone they hear how it stands, and the letter follows.
    Raises RefusedError for a letter that was taken back, or says what is not so any more, AlreadyToldError a second time.
    """
    notice, today = transaction.notice(notice_id), shop_day(transaction.view, transaction.at)
    made = made_letter(transaction.view, notice_id)
    if notice.voided_at is not None:
        raise taken_back(made)
    if notice.told_at is not None:
        raise _known_already(transaction.view, notice, made.order_numbers[0], notice.told_at, today)
    if by is ToldBy.PHONE:
        notice = _follow(transaction, notice, today)
    require_true(transaction.view, notice.id, today)
    canceled = count_as_told(transaction, notice, by, transaction.at)
    return f"Told {made.customer} about {', '.join(made.order_numbers)}{canceled}"


def _known_already(view: View, notice: Notice, number: str, at: datetime, today: date) -> OrderDeskError:
    """Why a letter does not tell its customer again: they had it, or it says too little by now."""
    group = cases.group_if_open(view, notice.id, today=today)
    if group is None or not group.is_told_too_little:
        return already_told(view, number, at)
    return RefusedError(
        f"More waits than the letter told {group.customer}.", "Apologize again, then mark the letter about all of it as told."
    )


def _follow(transaction: Transaction, notice: Notice, today: date) -> Notice:
    """The letter that says how it stands, where one can say that at all: this one, or another for its coupon's sake."""
    view = transaction.view
    group = cases.group_if_open(view, notice.id, today=today)
    if group is None or is_outdated(profile_of(view), group, today):
        return notice
    if has_coupon_in_vain(view, group):
        return _in_its_place(transaction, notice, group, today)
    if not still_holds(view, group, today):
        revise(transaction, notice, group, BY_DEFAULT, today)
    return notice


def _in_its_place(transaction: Transaction, notice: Notice, group: cases.Group, today: date) -> Notice:
    """Another letter that says the same, with a coupon of its own."""
    view, wishes = transaction.view, settle_wishes(notice, BY_DEFAULT)
    kind, folder = kind_of(profile_of(view), group, wishes, today), reserved(view, notice.id).folder
    return transaction.notice(reserve(transaction, group, transaction.at, folder, wishes, kind))


def _draw_what_followed(store: Store, event_id: int) -> None:
    """The files of the letters that the step changed say what was said on the phone."""
    with store.read() as view:
        changed = changed_by(view, event_id)
    for notice_id in changed:
        with suppress(StoreError):  # stays in the outbox and is tried again
            files_of(store, notice_id)


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
    _draw_what_followed(store, transaction.event_id)
    return step_of(transaction, summary)


def _told_without(transaction: Transaction, order_id: int, by: ToldBy) -> str:
    """What the history says of it. Raises NothingBackorderedError where nothing of the order waits."""
    order = transaction.order(order_id)
    if order.backordered_since is None:
        raise NothingBackorderedError(order.order_number)
    if order.told_at is not None:
        raise already_told(transaction.view, order.order_number, order.told_at)
    order.told_at = transaction.at
    records.keep_what_is_here(transaction, order_id)
    return f"Told the customer about {order.order_number} ({by.value})"


def already_told(view: View, number: str, at: datetime) -> AlreadyToldError:
    """The refusal to tell a customer twice: it names the day, where the shop is."""
    return AlreadyToldError(number, shop_day(view, at))
