"""The history's own order: which step undo would take back, which undo redo would."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.errors import NotFoundError
from orderdesk.storage.view import View

_LATEST = 2**62
# A step that can't be taken back stands in the way of those before it where it changed facts or the world; others do not.
_LEFT_A_TRACE = "(e.undoable = 1 OR e.kind = 'emailed' OR EXISTS (SELECT 1 FROM row_change r WHERE r.event_id = e.id))"


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
    """An undo that could be redone: `undoes` is the step it took back, the first of them with so many `others`."""

    event_id: int
    undoes: int
    undone_summary: str
    others: int


def step(view: View, event_id: int) -> StepRow:
    """The step of that number, of any size. Raises NotFoundError."""
    row = view.one(
        "SELECT id, kind, summary, undoable, undone_by FROM event WHERE id = ? AND kind NOT IN ('undo', 'redo')",
        (event_id if abs(event_id) < _LATEST else 0,),
    )
    if row is None:
        raise NotFoundError("step", str(event_id))
    return StepRow(row[0], row[1], row[2], bool(row[3]), row[4] is not None)


def added_by(view: View, table: str, row_id: int) -> int:
    """The step that a row came with."""
    return int(
        view.value("SELECT max(event_id) FROM row_change WHERE table_name = ? AND row_id = ? AND before IS NULL", (table, row_id))
    )


def last_steps(view: View, *, before: int = _LATEST) -> list[StepRow]:
    """The newest step that is not undone and changed something, and those that were done with it at one go, newest first."""
    rows = view.all(
        "WITH standing AS NOT MATERIALIZED (SELECT e.id, coalesce(e.batch, e.id) AS first FROM event e "
        f"WHERE e.kind NOT IN ('undo', 'redo') AND e.undone_by IS NULL AND e.id < ? AND {_LEFT_A_TRACE}), "
        "newest AS MATERIALIZED (SELECT id, first FROM standing ORDER BY id DESC LIMIT 1) "
        "SELECT s.id FROM newest n CROSS JOIN standing s ON s.id BETWEEN n.first AND n.id AND s.first = n.first ORDER BY s.id DESC",
        (before,),
    )
    return [step(view, event_id) for (event_id,) in rows]


def last_undo(view: View, *, before: int = _LATEST) -> UndoRow | None:
    """The newest undo that is not redone, if no new step was made since."""
    row = view.one(
        "SELECT u.id, u.undoes, undone.summary, (SELECT count(*) - 1 FROM event e WHERE e.undone_by = u.id) "
        "FROM event u JOIN event undone ON undone.id = u.undoes "
        "WHERE u.kind = 'undo' AND u.undone_by IS NULL AND u.id < ? AND NOT EXISTS "
        f"(SELECT 1 FROM event e WHERE e.id > u.id AND e.id < ? AND e.kind NOT IN ('undo', 'redo') AND {_LEFT_A_TRACE}) "
        "ORDER BY u.id DESC LIMIT 1",
        (before, before),
    )
    return UndoRow(*row) if row else None


def steps_of_letter(view: View, notice_id: int) -> list[StepRow]:
    """The standing steps that made a letter, changed it or counted its customer as told, newest first."""
    rows = view.all(
        "SELECT DISTINCT e.id FROM row_change r JOIN event e ON e.id = r.event_id "
        "WHERE r.table_name = 'notice' AND r.row_id = ? AND e.undone_by IS NULL AND e.kind NOT IN ('undo', 'redo') ORDER BY e.id DESC",
        (notice_id,),
    )
    return [step(view, event_id) for (event_id,) in rows]
