"""What happened, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orderdesk.storage.instants import parse_instant
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A step as the timeline shows it; `detail` says which units moved."""

    event_id: int
    at: datetime
    kind: str
    summary: str
    detail: str
    undone: bool


def history(view: View, *, limit: int = 200) -> list[HistoryRow]:
    """The whole shop's latest steps."""
    rows = view.all("SELECT id, at, kind, summary, '', undone_by IS NOT NULL FROM event ORDER BY id DESC LIMIT ?", (limit,))
    return [_row(row) for row in rows]


def history_of_order(view: View, order_id: int, *, limit: int = 50) -> list[HistoryRow]:
    """The steps that changed the order, its lines, its letters, or moved units to or from it."""
    rows = view.all(
        """
        WITH mine AS (SELECT id FROM order_line WHERE order_id = :order),
        steps AS (
            SELECT event_id FROM row_change WHERE table_name = 'orders' AND row_id = :order
            UNION SELECT r.event_id FROM row_change r JOIN mine ON r.table_name = 'order_line' AND r.row_id = mine.id
            UNION SELECT r.event_id FROM row_change r JOIN notice_line n ON r.table_name = 'notice' AND r.row_id = n.notice_id
                JOIN mine ON mine.id = n.order_line_id
            UNION SELECT a.event_id FROM allocation_change a JOIN mine ON a.order_line_id = mine.id)
        SELECT e.id, e.at, e.kind, e.summary,
            coalesce((SELECT group_concat(coalesce(nullif(l.sku, ''), l.title) || ' ' || a.before || ' → ' || a.after, ', ')
                FROM allocation_change a JOIN order_line l ON l.id = a.order_line_id
                WHERE a.event_id = e.id AND l.order_id = :order), ''),
            e.undone_by IS NOT NULL
        FROM steps JOIN event e ON e.id = steps.event_id ORDER BY e.id DESC LIMIT :limit
        """,
        {"order": order_id, "limit": limit},
    )
    return [_row(row) for row in rows]


def _row(row: tuple[object, ...]) -> HistoryRow:
    event_id, at, kind, summary, detail, undone = row
    return HistoryRow(int(str(event_id)), parse_instant(str(at)), str(kind), str(summary), str(detail), bool(undone))
