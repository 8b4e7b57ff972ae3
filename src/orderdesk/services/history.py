"""Undo and redo of every step, across restarts."""

from __future__ import annotations

import contextlib
from datetime import datetime

from orderdesk.domain.errors import NothingToDoError, OrderDeskError, RefusedError
from orderdesk.services.letters import finish_letter
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.notices import draw_again_what_changed
from orderdesk.storage.queries import events
from orderdesk.storage.store import Store


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
        if target.undone:
            raise NothingToDoError(f"“{target.summary}” is undone already.")
        if not target.undoable:
            raise RefusedError(f"“{target.summary}” can't be undone.", "What customers hold in their hands stays valid.")
        transaction.undo(target.event_id)
        transaction.link_undo(target.event_id, undone=True)
        summary = f"Undid: {target.summary}"
        transaction.describe(summary)
        letters = draw_again_what_changed(transaction)
    _draw(store, letters)
    return step_of(transaction, summary)


def redo(store: Store, *, now: datetime) -> Step:
    """Do again what was undone last. NothingToDoError where a new step has been made since."""
    with store.begin("redo", "", now=now) as transaction:
        undone = events.last_undo(transaction.view, before=transaction.event_id)
        if undone is None:
            raise NothingToDoError("There is nothing to redo.")
        transaction.undo(undone.event_id)
        transaction.link_undo(undone.undoes, undone=False)
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
