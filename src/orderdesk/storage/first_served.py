"""What each line got when it first asked for units: kept for good, as the fill rate is about then, whatever becomes of them."""

from __future__ import annotations

from pysqlite3 import dbapi2 as sqlite

# All of the orders that the settling has just summed up.
_THEIRS = "order_id IN (SELECT id FROM summed_order)"
# What is ordered on top asks anew, for those units.
_ASKED_FOR_MORE = """
UPDATE order_line SET filled_at_once = filled_at_once + more.units - min(more.units, backordered),
    short_at_once = short_at_once + min(more.units, backordered)
FROM (
    SELECT r.row_id, l.ordered - (r.before ->> 'ordered') AS units, min(r.id) FROM row_change r JOIN order_line l ON l.id = r.row_id
    WHERE r.event_id = :event AND r.table_name = 'order_line' AND r.before IS NOT NULL GROUP BY r.row_id
) AS more
WHERE order_line.id = more.row_id AND more.units > 0 AND filled_at_once IS NOT NULL AND eligible = 1
"""
# As soon as the line stands in the queue: it is paid for, not held, its product counted. Where an undo says that a payment or a
# count was a mistake, the line is yet to ask.
_ASKED_FIRST_OR_NEVER = f"""
UPDATE order_line SET filled_at_once = iif(eligible, ordered - canceled - backordered, NULL),
    short_at_once = iif(eligible, backordered, NULL)
WHERE {_THEIRS} AND (filled_at_once IS NULL) = eligible
    AND (eligible = 1 OR (SELECT kind FROM event WHERE id = :event) = 'undo')
"""


def keep_first_served(connection: sqlite.Connection, event_id: int) -> None:
    """Note what the event's lines got that ask for the first time; once, when the event is settled."""
    for statement in (_ASKED_FOR_MORE, _ASKED_FIRST_OR_NEVER):
        connection.execute(statement, {"event": event_id})
