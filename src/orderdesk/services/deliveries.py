"""Letters out of the door: printed, e-mailed, drafted or copied; the one way in which each is recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from orderdesk.domain.errors import NothingToDoError, OrderDeskError, RefusedError, UnknownOutcomeError
from orderdesk.domain.notices import Notice, Way
from orderdesk.services.days import shop_day
from orderdesk.services.letter_offers import require_living_coupon
from orderdesk.services.overtaken import require_true, taken_back
from orderdesk.services.steps import Step, step_of
from orderdesk.services.telling import count_as_told
from orderdesk.storage import notices as records
from orderdesk.storage import outbox
from orderdesk.storage.queries.made_letters import made_letter
from orderdesk.storage.queries.notices import letter_of_order
from orderdesk.storage.store import Store
from orderdesk.storage.view import View

# What the history says of each way, and of what stands behind it: a printer, an address, a marketplace.
_DONE = {
    Way.PRINTED: ("printed", "on"),
    Way.EMAILED: ("e-mailed", "to"),
    Way.DRAFTED: ("drafted", "for"),
    Way.COPIED: ("copied", "for"),
}


def letter_to_hand_over(store: Store, order_id: int) -> int:
    """The letter about an order that may go out. Raises NothingToDoError where there is none."""
    with store.read() as view:
        found = letter_of_order(view, order_id)
        number = str(view.record("orders", order_id)["order_number"])
    if found is None:
        raise NothingToDoError(f"Order {number} has no letter.", "Apologize for it first.")
    return found


def require_deliverable(store: Store, notice_id: int, *, now: datetime) -> None:
    """Raise RefusedError for a letter that was taken back, and as `require_true` does."""
    with store.read() as view:
        made = made_letter(view, notice_id)
        if outbox.reserved(view, notice_id).voided:
            raise taken_back(made)
        require_true(view, notice_id, shop_day(view, now))


def _require_living_coupon(store: Store, notice_id: int) -> None:
    with store.read() as view:
        require_living_coupon(view, notice_id)


def record(store: Store, notice_id: int, way: Way, detail: str, *, now: datetime) -> Step:
    """Record what is done at once, such as a draft or a copied text; its customer counts as told, but by a draft.

    `detail` is the printer, the address or the channel. Raises RefusedError as `require_deliverable` does, NothingToDoError for a
    text that was copied for that channel before.
    """
    require_deliverable(store, notice_id, now=now)
    return _record(store, notice_id, way, detail, at=now, now=now)


def hand_over(store: Store, notice_id: int, way: Way, detail: str, give: Callable[[], None], *, now: datetime) -> None:
    """Give a letter to a printer or a mail server, and record that it has left once that has accepted it.

    Raises RefusedError as `require_deliverable` does, or for a letter on its way already, and whatever `give` raises. After a
    refusal of its own kind nothing has left; after any other error or a crash the question stays until `answer_handed_over`.
    """
    hand_over_all(store, [notice_id], way, detail, give, now=now)


def hand_over_all(
    store: Store, notice_ids: Sequence[int], way: Way, detail: str, give: Callable[[], None], *, now: datetime
) -> None:
    """The same for letters that leave together: all of them or none."""
    for notice_id in notice_ids:
        require_deliverable(store, notice_id, now=now)
        if way is Way.PRINTED:  # paper always brings the coupon
            _require_living_coupon(store, notice_id)
    _begin(store, notice_ids, way, now)
    try:
        give()
    except UnknownOutcomeError:
        raise
    except OrderDeskError:
        _forget(store, notice_ids)
        raise
    with store.at_one_go():
        for notice_id in notice_ids:
            with suppress(NothingToDoError):  # somebody at another window has answered for it meanwhile
                _record(store, notice_id, way, detail, at=now, now=now, leaves=True)


def unanswered(store: Store) -> list[tuple[int, Way]]:
    """Letters of which only the seller knows whether they left, and the way they took."""
    with store.read() as view:
        return [(notice_id, Way(way)) for notice_id, way in outbox.leaving(view)]


def answer_handed_over(store: Store, notice_id: int, left: bool, *, now: datetime) -> Step | None:
    """The seller says whether a letter left: if so it is recorded as of the moment it was handed over; None if not.

    Raises NothingToDoError where nothing is asked.
    """
    with store.read() as view:
        leaving, made = outbox.leaving_since(view, notice_id), made_letter(view, notice_id)
    if leaving is None:
        raise NothingToDoError(f"The letter to {made.customer} is not on its way out.", "Print or send it.")
    if not left:
        _forget(store, [notice_id])
        return None
    since, way = leaving
    return _record(store, notice_id, Way(way), "", at=since, now=now, leaves=True)


def _begin(store: Store, notice_ids: Sequence[int], way: Way, now: datetime) -> None:
    with store.bookkeeping() as view:
        for notice_id in notice_ids:
            if outbox.leaving_since(view, notice_id) is not None:
                made = made_letter(view, notice_id)
                raise RefusedError(
                    f"The letter to {made.customer} is on its way out already.",
                    "Say first whether it has left: the window asks when it is opened. "
                    f"By the command line: orderdesk left {made.order_numbers[0]} yes, or no.",
                )
            outbox.mark_leaving(view, notice_id, now, way)


def _forget(store: Store, notice_ids: Sequence[int]) -> None:
    with store.bookkeeping() as view:
        for notice_id in notice_ids:
            outbox.mark_left(view, notice_id)


def _record(store: Store, notice_id: int, way: Way, detail: str, *, at: datetime, now: datetime, leaves: bool = False) -> Step:
    """One event with its delivery; a letter that was taken back while it left has left all the same."""
    done, where = _DONE[way]
    with store.begin(way.value, "", now=now, undoable=way is not Way.EMAILED) as transaction:
        notice = transaction.notice(notice_id)
        if _is_recorded(transaction.view, notice, way, detail, at, leaves=leaves):
            raise NothingToDoError("That this letter has left is recorded already.")
        summary = f"Letter to {made_letter(transaction.view, notice_id).customer} {done}"
        summary += f" {where} {detail}" if detail else ""
        records.add_delivery(transaction, notice_id, way.value, detail, at)
        if way.told_by is not None and notice.voided_at is None:
            summary += count_as_told(transaction, notice, way.told_by, at)
        if leaves:
            outbox.mark_left(transaction.view, notice_id)
        transaction.describe(summary)
    return step_of(transaction, summary)


def _is_recorded(view: View, notice: Notice, way: Way, detail: str, at: datetime, *, leaves: bool) -> bool:
    """Whether somebody has answered for what was handed over, or the text was copied before and its customer knows."""
    if leaves:
        return outbox.leaving_since(view, notice.id) is None and outbox.has_left(view, notice.id, way.value, at)
    return way is Way.COPIED and notice.told_at is not None and outbox.was_copied(view, notice.id, detail)
