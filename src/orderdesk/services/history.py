"""Undo and redo of every step, across restarts."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime

from orderdesk.domain.errors import NothingToDoError, OrderDeskError, RefusedError
from orderdesk.domain.notices import Way
from orderdesk.services.letters import finish_letter
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.notices import draw_again_what_changed, void_told
from orderdesk.storage.queries import events
from orderdesk.storage.settle import rows_touched
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

# Why a step of a kind stays.
_FOR_GOOD = {
    Way.EMAILED.value: "What customers hold in their hands stays valid.",
    "erase": "What was erased is gone.",
    "sample": "The sample shop comes with it; what you do there can be undone.",
}


def undoable(store: Store) -> str | None:
    """What Ctrl+Z would take back; None where there is nothing."""
    with store.read() as view:
        last = events.last_steps(view)
    return _named(last[-1].summary, len(last) - 1) if last and all(step.undoable for step in last) else None


def undo(store: Store, *, event_id: int | None = None, now: datetime) -> Step:
    """Take back the last step with those that were done with it at one go, or the given one alone.

    NothingToDoError, RefusedError where that is not possible.
    """

    def take_back(transaction: Transaction) -> str:
        view = transaction.view
        found = events.last_steps(view, before=transaction.event_id) if event_id is None else [events.step(view, event_id)]
        if not found:
            raise NothingToDoError("There is nothing to undo.")
        return _named(_undo_within(transaction, found), len(found) - 1)

    return _done(store, "undo", take_back, now)


def undo_steps(store: Store, event_ids: Sequence[int], *, now: datetime) -> Step:
    """Take back these steps in one, newest first, but for those that did nothing.

    NothingToDoError, RefusedError where that is not possible of one of them.
    """

    def take_back(transaction: Transaction) -> str:
        view = transaction.view
        did_something = [event_id for event_id in event_ids if rows_touched(view.connection, event_id)]
        found = [events.step(view, event_id) for event_id in sorted(did_something, reverse=True)]
        return _named(_undo_within(transaction, found), len(found) - 1)

    return _done(store, "undo", take_back, now)


def take_back_letters(store: Store, notice_ids: Sequence[int], *, now: datetime) -> Step:
    """Undo, in one step, letters and every change to them since: they are voided, and their coupons are worthless.

    What a customer was told by them stays on record as they had it. Raises NothingToDoError where they are taken back already,
    RefusedError where a later step has built on one.
    """

    def take_back(transaction: Transaction) -> str:
        void_told(transaction, notice_ids)
        found = {step.event_id: step for notice_id in notice_ids for step in events.steps_of_letter(transaction.view, notice_id)}
        return _undo_within(transaction, [found[event_id] for event_id in sorted(found, reverse=True)])

    return _done(store, "undo", take_back, now)


def redo(store: Store, *, now: datetime) -> Step:
    """Do again what was undone last. NothingToDoError where a new step has been made since."""

    def do_again(transaction: Transaction) -> str:
        undone = events.last_undo(transaction.view, before=transaction.event_id)
        if undone is None:
            raise NothingToDoError("There is nothing to redo.")
        transaction.undo(undone.event_id)
        transaction.close_undo(undone.event_id)
        return _named(f"Redid: {undone.undone_summary}", undone.others)

    return _done(store, "redo", do_again, now)


def _named(summary: str, others: int) -> str:
    """The first of several steps, and how many more."""
    return f"{summary} and {others} more" if others > 0 else summary


def _undo_within(transaction: Transaction, steps: Sequence[events.StepRow]) -> str:
    """Undo steps, newest first; what the history says of it."""
    if not steps:
        raise NothingToDoError("There is nothing to take back.")
    for step in steps:
        if step.undone:
            raise NothingToDoError(f"“{step.summary}” is undone already.")
        if not step.undoable:
            raise RefusedError(f"“{step.summary}” can't be undone.", _FOR_GOOD.get(step.kind, "It left nothing to take back."))
        transaction.undo(step.event_id)
        transaction.link_undo(step.event_id)
    return f"Undid: {steps[-1].summary}"


def _done(store: Store, kind: str, act: Callable[[Transaction], str], now: datetime) -> Step:
    """The step that `act` makes and puts into words, with the letters drawn again that it changed."""
    with store.begin(kind, "", now=now) as transaction:
        summary = act(transaction)
        transaction.describe(summary)
        letters = draw_again_what_changed(transaction)
    _draw(store, letters)
    return step_of(transaction, summary)


def _draw(store: Store, letters: list[int]) -> None:
    """The files follow the record; what fails here stays in the outbox and is tried again."""
    for notice_id in letters:
        with contextlib.suppress(OrderDeskError):
            finish_letter(store, notice_id)
