"""Which lines a step gave units to or took some from, as its settling has kept them."""

from __future__ import annotations

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.changes import AllocationShift


def shifts_of(connection: sqlite.Connection, event_id: int) -> tuple[AllocationShift, ...]:
    """The lines that gained or lost units by the event."""
    return tuple(
        AllocationShift(*row)
        for row in connection.execute(
            "SELECT o.id, l.id, o.order_number, l.sku, l.title, c.before, c.after FROM allocation_change c "
            "JOIN order_line l ON l.id = c.order_line_id JOIN orders o ON o.id = l.order_id "
            "WHERE c.event_id = ? AND c.before <> c.after ORDER BY c.id",
            (event_id,),
        )
    )
