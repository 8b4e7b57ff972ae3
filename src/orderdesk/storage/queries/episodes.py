"""Backorders from the first shortage to the end, those that are over as the log of the steps has kept them."""

from __future__ import annotations

from datetime import date

from orderdesk.domain.figures import Episode
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.shop import day_begins
from orderdesk.storage.view import View

# The steps that ended an order's shortage, and what the order was before.
ENDED = """
FROM event e CROSS JOIN row_change r ON r.event_id = e.id AND r.table_name = 'orders'
WHERE e.at >= :since AND e.undone_by IS NULL AND e.kind NOT IN ('undo', 'redo') AND r.before ->> 'backordered_since' IS NOT NULL
AND coalesce((SELECT n.before ->> 'backordered_since' IS NULL FROM row_change n
    WHERE n.table_name = 'orders' AND n.row_id = r.row_id AND n.id > r.id ORDER BY n.id LIMIT 1),
    (SELECT o.backordered_since IS NULL FROM orders o WHERE o.id = r.row_id))
"""
# Where that step brought units for the order, or a file said that they had left, and was not a mere cancellation.
FILLED = """
EXISTS (
    SELECT 1 FROM allocation_change a JOIN order_line l ON l.id = a.order_line_id
    WHERE a.event_id = e.id AND l.order_id = r.row_id AND a.after > a.before)
    OR e.kind = 'import' AND NOT EXISTS (
    SELECT 1 FROM row_change b JOIN order_line l ON l.id = b.row_id
    WHERE b.event_id = e.id AND b.table_name = 'order_line' AND l.order_id = r.row_id
    AND (l.canceled > b.before ->> 'canceled' OR l.ordered < b.before ->> 'ordered'))
"""
_ENDED = f"SELECT r.before ->> 'backordered_since', r.before ->> 'told_at', e.at, {FILLED} {ENDED}"
_OPEN = "SELECT backordered_since, told_at FROM orders WHERE backordered_units > 0 AND backordered_since IS NOT NULL"


def episodes(view: View, *, since: date | None = None) -> list[Episode]:
    """Those that ended since that day, or all of them, and those that last."""
    ended = view.all(_ENDED, {"since": day_begins(view, since)})
    lasting = [(began, told, None, 0) for began, told in view.all(_OPEN)]
    return [
        Episode(
            began=parse_instant(began),
            told_at=parse_instant(told) if told else None,
            ended_at=parse_instant(end) if end else None,
            filled=bool(filled),
        )
        for began, told, end, filled in (*ended, *lasting)
    ]
