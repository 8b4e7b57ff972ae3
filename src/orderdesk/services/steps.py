"""What a use case gives back: the step as the history has it, and whose units moved."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.changes import AllocationShift
from orderdesk.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Step:
    """One committed step. `gained` and `lost`: lines of earlier orders whose allocation moved;
    `over_allocated`: firm units beyond what is on hand; `undoable`: it changed something, and can be taken back."""

    event_id: int
    summary: str
    gained: tuple[AllocationShift, ...] = ()
    lost: tuple[AllocationShift, ...] = ()
    over_allocated: int = 0
    undoable: bool = True


def step_of(transaction: Transaction, summary: str) -> Step:
    """The step that a finished transaction made."""
    given, taken = transaction.gained, transaction.lost
    return Step(transaction.event_id, summary, given, taken, transaction.over_allocated, transaction.undoable)
