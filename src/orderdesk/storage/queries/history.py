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


# CROSS JOIN keeps the order of the tables: from the few lines of the order to the log, never through the whole log.
_OF_ORDER = """
WITH mine AS MATERIALIZED (SELECT id, coalesce(nullif(sku, ''), title) AS name, position FROM order_line WHERE order_id = :order),
letters AS MATERIALIZED (
    SELECT n.notice_id AS id FROM mine CROSS JOIN notice_line n ON n.order_line_id = mine.id
    UNION SELECT before ->> 'notice_id' FROM row_change WHERE table_name = 'orders' AND row_id = :order AND before ->> 'notice_id' IS NOT NULL),
answers AS MATERIALIZED (
    SELECT id FROM answer WHERE order_id = :order
    UNION SELECT row_id FROM row_change WHERE table_name = 'answer' AND before ->> 'order_id' = :order),
parcels AS MATERIALIZED (SELECT id FROM shipment WHERE order_id = :order),
moves AS MATERIALIZED (
    SELECT a.event_id AS id, group_concat(mine.name || ' ' || a.before || ' → ' || a.after, ', ' ORDER BY mine.position) AS detail
    FROM mine CROSS JOIN allocation_change a ON a.order_line_id = mine.id GROUP BY a.event_id),
steps AS MATERIALIZED (
    SELECT event_id AS id FROM row_change WHERE table_name = 'orders' AND row_id = :order
    UNION SELECT r.event_id FROM mine CROSS JOIN row_change r ON r.table_name = 'order_line' AND r.row_id = mine.id
    UNION SELECT r.event_id FROM letters CROSS JOIN row_change r ON r.table_name = 'notice' AND r.row_id = letters.id
    UNION SELECT r.event_id FROM answers CROSS JOIN row_change r ON r.table_name = 'answer' AND r.row_id = answers.id
    UNION SELECT r.event_id FROM parcels CROSS JOIN row_change r ON r.table_name = 'shipment' AND r.row_id = parcels.id
    UNION SELECT d.event_id FROM letters CROSS JOIN delivery d ON d.notice_id = letters.id
    UNION SELECT id FROM moves)
SELECT e.id, e.at, e.kind, e.summary, coalesce(moves.detail, ''), e.undone_by IS NOT NULL
FROM steps CROSS JOIN event e ON e.id = steps.id LEFT JOIN moves ON moves.id = e.id ORDER BY e.id DESC LIMIT :limit
"""


def history(view: View, *, limit: int = 200) -> list[HistoryRow]:
    """The whole shop's latest steps."""
    rows = view.all("SELECT id, at, kind, summary, '', undone_by IS NOT NULL FROM event ORDER BY id DESC LIMIT ?", (limit,))
    return [_row(row) for row in rows]


def history_of_order(view: View, order_id: int, *, limit: int = 50) -> list[HistoryRow]:
    """The steps that changed the order, its lines, letters and answers (those taken back too), sent a letter, or moved units."""
    return [_row(row) for row in view.all(_OF_ORDER, {"order": order_id, "limit": limit})]


def _row(row: tuple[object, ...]) -> HistoryRow:
    event_id, at, kind, summary, detail, undone = row
    return HistoryRow(int(str(event_id)), parse_instant(str(at)), str(kind), str(summary), str(detail), bool(undone))
