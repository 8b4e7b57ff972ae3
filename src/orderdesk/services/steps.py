"""What a use case gives back: the step as the history has it, and whose units moved."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.changes import AllocationShift
from orderdesk.storage.queries import events
from orderdesk.storage.shifts import shifts_of
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Step:
    """One committed step, or an edit that changed nothing and is no step of the history (`undoable` is False then too).

    `gained` and `lost`: lines of earlier orders whose allocation moved; `over_allocated`: firm units beyond what is on hand;
    `undoable`: it changed something, and can be taken back.
    """

    event_id: int
    summary: str
    gained: tuple[AllocationShift, ...] = ()
    lost: tuple[AllocationShift, ...] = ()
    over_allocated: int = 0
    undoable: bool = True

    @property
    def shifts(self) -> tuple[AllocationShift, ...]:
        return self.gained + self.lost


def step_of(transaction: Transaction, summary: str) -> Step:
    """The step that a finished transaction made."""
    if not transaction.kept:
        return Step(transaction.event_id, "Nothing was changed", undoable=False)
    given, taken = transaction.gained, transaction.lost
    return Step(transaction.event_id, summary, given, taken, transaction.over_allocated, transaction.undoable)


def step_made(store: Store, event_id: int) -> Step:
    """The step of that number, where a use case gave back what else there is to say. Raises NotFoundError."""
    with store.read() as view:
        made, shifts = events.step(view, event_id), shifts_of(view.connection, event_id)
    gained, lost = (tuple(shift for shift in shifts if shift.gained is more) for more in (True, False))
    return Step(event_id, made.summary, gained, lost, undoable=made.undoable)


def step_that_added(store: Store, table: str, row_id: int) -> Step:
    """The step that a row of that table came with."""
    with store.read() as view:
        event_id = events.added_by(view, table, row_id)
    return step_made(store, event_id)
