"""The history's own order: which step undo would take back, which undo redo would."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.errors import NotFoundError
from orderdesk.storage.view import View

_LATEST = 2**62


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the seller's."""

    event_id: int
    kind: str
    summary: str
    undoable: bool
    undone: bool


@dataclass(frozen=True, slots=True)
class UndoRow:
    """An undo that could be redone: `undoes` is the step it took back."""

    event_id: int
    undoes: int
    undone_summary: str


def step(view: View, event_id: int) -> StepRow:
    row = view.one(
        "SELECT id, kind, summary, undoable, undone_by FROM event WHERE id = ? AND kind NOT IN ('undo', 'redo')", (event_id,)
    )
    if row is None:
        raise NotFoundError("step", str(event_id))
    return StepRow(row[0], row[1], row[2], bool(row[3]), row[4] is not None)


def last_step(view: View, *, before: int = _LATEST) -> StepRow | None:
    """The newest step that is not undone and changed something."""
    row = view.one(
        "SELECT id FROM event WHERE kind NOT IN ('undo', 'redo') AND undone_by IS NULL AND id < ? "
        "AND (undoable = 1 OR kind IN ('redeem', 'emailed')) ORDER BY id DESC LIMIT 1",
        (before,),
    )
    return step(view, row[0]) if row else None


def last_undo(view: View, *, before: int = _LATEST) -> UndoRow | None:
    """The newest undo that is not redone, if no new step was made since."""
    row = view.one(
        "SELECT u.id, u.undoes, e.summary FROM event u JOIN event e ON e.id = u.undoes "
        "WHERE u.kind = 'undo' AND u.undone_by IS NULL AND u.id < ? "
        "AND NOT EXISTS (SELECT 1 FROM event n WHERE n.id > u.id AND n.id < ? AND n.kind NOT IN ('undo', 'redo') AND n.undoable = 1) "
        "ORDER BY u.id DESC LIMIT 1",
        (before, before),
    )
    return UndoRow(*row) if row else None
