"""Undo and redo of every step, across restarts."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime

from orderdesk.domain.errors import NothingToDoError, OrderDeskError, RefusedError
from orderdesk.services.letters import finish_letter
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.notices import draw_again_what_changed
from orderdesk.storage.queries import events
from orderdesk.storage.settle import rows_touched
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction


def undoable(store: Store) -> str | None:
    """What Ctrl+Z would take back; None where there is nothing."""
    with store.read() as view:
        last = events.last_step(view)
    return last.summary if last and last.undoable else None


def undo(store: Store, *, event_id: int | None = None, now: datetime) -> Step:
    """Take back the last step, or the given one. NothingToDoError, RefusedError where that is not possible."""
    with store.begin("undo", "", now=now) as transaction:
        target = (
            events.step(transaction.view, event_id)
            if event_id is not None
            else events.last_step(transaction.view, before=transaction.event_id)
        )
        if target is None:
            raise NothingToDoError("There is nothing to undo.")
        summary = _undo_within(transaction, [target])
        letters = draw_again_what_changed(transaction)
    _draw(store, letters)
    return step_of(transaction, summary)


def undo_steps(store: Store, event_ids: Sequence[int], *, now: datetime) -> Step:
    """Take back these steps in one, newest first, but for those that did nothing.

    NothingToDoError, RefusedError where that is not possible of one of them.
    """
    with store.begin("undo", "", now=now) as transaction:
        view = transaction.view
        did_something = [event_id for event_id in event_ids if rows_touched(view.connection, event_id)]
        targets = [events.step(view, event_id) for event_id in sorted(did_something, reverse=True)]
        if not targets:
            raise NothingToDoError("There is nothing to take back.")
        summary = _undo_within(transaction, targets)
        if len(targets) > 1:
            summary += f" and {len(targets) - 1} more"
            transaction.describe(summary)
        letters = draw_again_what_changed(transaction)
    _draw(store, letters)
    return step_of(transaction, summary)


def take_back_letters(store: Store, notice_ids: Sequence[int], *, now: datetime) -> Step:
    """Undo, in one step, letters and every change to them since: they are voided, and their coupons are worthless.

    Raises NothingToDoError where they are taken back already, RefusedError where a later step has built on one.
    """
    with store.begin("undo", "", now=now) as transaction:
        found = {step.event_id: step for notice_id in notice_ids for step in events.steps_of_letter(transaction.view, notice_id)}
        if not found:
            raise NothingToDoError("There is nothing to take back.")
        summary = _undo_within(transaction, [found[event_id] for event_id in sorted(found, reverse=True)])
        letters = draw_again_what_changed(transaction)
    _draw(store, letters)
    return step_of(transaction, summary)


def _undo_within(transaction: Transaction, steps: Sequence[events.StepRow]) -> str:
    """Undo steps, newest first; what the history says of it."""
    for step in steps:
        if step.undone:
            raise NothingToDoError(f"“{step.summary}” is undone already.")
        if not step.undoable:
            raise RefusedError(f"“{step.summary}” can't be undone.", "What customers hold in their hands stays valid.")
        transaction.undo(step.event_id)
        transaction.link_undo(step.event_id)
    summary = f"Undid: {steps[-1].summary}"
    transaction.describe(summary)
    return summary


def redo(store: Store, *, now: datetime) -> Step:
    """Do again what was undone last. NothingToDoError where a new step has been made since."""
    with store.begin("redo", "", now=now) as transaction:
        undone = events.last_undo(transaction.view, before=transaction.event_id)
        if undone is None:
            raise NothingToDoError("There is nothing to redo.")
        transaction.undo(undone.event_id)
        transaction.close_undo(undone.event_id)
        summary = f"Redid: {undone.undone_summary}"
        transaction.describe(summary)
        letters = draw_again_what_changed(transaction)
    _draw(store, letters)
    return step_of(transaction, summary)


def _draw(store: Store, letters: list[int]) -> None:
    """The files follow the record; what fails here stays in the outbox and is tried again."""
    for notice_id in letters:
        with contextlib.suppress(OrderDeskError):
            finish_letter(store, notice_id)
