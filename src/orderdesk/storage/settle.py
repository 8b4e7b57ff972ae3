"""Settling: what follows from the facts that a transaction changed, worked out before it commits.

Eligibility and place in the queue, allocation, the sums of products and orders, backorder episodes, search.
Only rows that the step touched are visited; which those are is read from the log that the triggers keep.
CROSS JOIN and the + of `+t.id` keep SQLite to that order: on its own it would rather walk through all lines.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.allocation import Reallocation
from orderdesk.domain.changes import AllocationShift, Changes
from orderdesk.storage.aside import set_aside
from orderdesk.storage.queries.given import OF_A_CHOICE
from orderdesk.storage.search import SEARCHES
from orderdesk.storage.shares import IN_KITS, IS_COUNTED, QUEUE_KEY, reallocations
from orderdesk.storage.shifts import shifts_of
from orderdesk.storage.touched import Touched

# Up to this many lines a trigger on each costs less than to set it aside.
_FEW = 500

_ENTER_QUEUE = f"""
UPDATE order_line SET eligible = now.eligible, queue_key = now.queue_key, allocated = allocated * now.eligible
FROM (
    SELECT l.id, o.paid * (1 - o.hold) * {IS_COUNTED} AS eligible,
        {QUEUE_KEY} AS queue_key
    FROM {{source}}
    JOIN order_line l ON {{join}}
    JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id
) AS now
WHERE order_line.id = now.id AND (order_line.eligible <> now.eligible OR order_line.queue_key <> now.queue_key)
"""
_LINES_OF_TOUCHED_ORDERS = {"source": "touched_order t", "join": "l.order_id = +t.id AND l.ordered > l.canceled + l.shipped"}
# Those whose facts are others than before, and the kits that they are parts of.
_CHANGED_PRODUCTS = """
SELECT row_id AS id FROM row_change WHERE event_id = :event AND table_name = 'product' AND before IS NOT NULL
UNION SELECT k.kit_id FROM row_change r JOIN kit_part k ON k.part_id = r.row_id
WHERE r.event_id = :event AND r.table_name = 'product' AND r.before IS NOT NULL
UNION SELECT coalesce(r.before ->> 'kit_id', k.kit_id) FROM row_change r LEFT JOIN kit_part k ON k.id = r.row_id
WHERE r.event_id = :event AND r.table_name = 'kit_part'
"""
_LINES_OF_CHANGED_PRODUCTS = {
    "source": f"({_CHANGED_PRODUCTS}) t",
    "join": "l.product_id = t.id AND l.ordered > l.canceled + l.shipped",
}
_ALL_LINES = {"source": "orders t", "join": "l.order_id = t.id AND l.ordered > l.canceled + l.shipped"}

_PRODUCT_SUMS = f"""
UPDATE product SET allocated = sums.allocated, backordered = sums.backordered, open_demand = sums.open_demand
FROM (
    SELECT t.id, (coalesce(sum(l.allocated), 0) + coalesce((SELECT sum(kl.allocated * k.quantity) {IN_KITS}), 0)) * p.tracked
        AS allocated, coalesce(sum(l.backordered), 0) AS backordered,
        coalesce(sum(l.wanted), 0) + coalesce((SELECT sum(kl.wanted * k.quantity) {IN_KITS}), 0) AS open_demand
    FROM touched_product t JOIN product p ON p.id = t.id
    LEFT JOIN order_line l INDEXED BY ix_order_line_queue ON l.product_id = t.id AND l.ordered > l.canceled + l.shipped
        AND l.eligible = 1
    GROUP BY t.id
) AS sums
WHERE product.id = sums.id AND (product.allocated, product.backordered, product.open_demand)
    IS NOT (sums.allocated, sums.backordered, sums.open_demand)
"""

_ORDER_SUMS = """
UPDATE orders SET open_units = sums.open, allocated_units = sums.allocated, backordered_units = sums.backordered,
    pending_units = sums.pending, shipped_units = sums.shipped, line_count = sums.lines, backordered_lines = sums.short_lines,
    total_minor = coalesce(sums.price + coalesce(shipping_minor, 0) + coalesce(tax_minor, 0) - coalesce(discount_minor, 0),
        stated_total_minor)
FROM (
    SELECT l.order_id AS id, sum(l.ordered - l.canceled - l.shipped) AS open, sum(l.allocated) AS allocated,
        sum(l.backordered) AS backordered, sum(l.pending) AS pending, sum(l.shipped) AS shipped, count(*) AS lines,
        sum(l.backordered > 0) AS short_lines,
        CASE WHEN count(l.unit_price_minor) = count(*) THEN sum(l.ordered * l.unit_price_minor * (l.stand_in IS NULL)) END AS price
    FROM summed_order t CROSS JOIN order_line l ON l.order_id = t.id GROUP BY l.order_id
) AS sums
WHERE orders.id = sums.id
"""

# Where a line waits again of which the last letter that its customer has had says so, they know of no other wait: it goes on as if
# its units had never come.
_OPEN_EPISODES = f"""
WITH known AS MATERIALIZED (
    SELECT o.id, n.id AS letter, n.told_at, (
        SELECT r.before ->> 'backordered_since' FROM row_change r
        WHERE r.table_name = 'orders' AND r.row_id = o.id AND r.before ->> 'backordered_since' <= n.told_at ORDER BY r.id DESC LIMIT 1
    ) AS began
    FROM summed_order s CROSS JOIN orders o ON o.id = s.id LEFT JOIN notice n ON n.id = (
        SELECT had.id FROM order_line ol CROSS JOIN notice_line hl ON hl.order_line_id = ol.id CROSS JOIN notice had ON had.id = hl.notice_id
        WHERE ol.order_id = o.id AND had.told_at IS NOT NULL AND had.voided_at IS NULL ORDER BY had.told_at DESC, had.id DESC LIMIT 1
    ) AND n.kind IN {OF_A_CHOICE} AND EXISTS (
        SELECT 1 FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id
        WHERE nl.notice_id = n.id AND l.order_id = o.id AND l.backordered > 0)
    WHERE o.backordered_units > 0 AND o.backordered_since IS NULL
)
UPDATE orders SET backordered_since = coalesce(known.began, (SELECT at FROM event WHERE id = :event)),
    notice_id = known.letter, told_at = known.told_at
FROM known WHERE orders.id = known.id AND orders.id IN (SELECT id FROM summed_order)
"""
_CLOSE_EPISODES = """
UPDATE orders SET backordered_since = NULL, notice_id = NULL, told_at = NULL
WHERE id IN (SELECT id FROM summed_order) AND backordered_units = 0 AND pending_units = 0 AND backordered_since IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling found: the touched rows, the lines that gained or lost units, firm units beyond what is on hand."""

    changes: Changes
    shifts: tuple[AllocationShift, ...]
    over_allocated: int


class _Settlement:
    """The settling of one event on the connection of its transaction."""

    def __init__(self, connection: sqlite.Connection, event_id: int) -> None:
        self._connection = connection
        self._event = {"event": event_id}
        self._over_allocated = 0
        self._touched = Touched(connection, event_id)

    def settle(self) -> Settled:
        self._touched.gather()
        self._enter_queue()
        moved = self._allocate()
        self._sum_up(moved)
        shifts = self._record(moved)
        for search in SEARCHES:
            if self._touched.tables.isdisjoint(search.tables):
                continue
            self._connection.execute(search.delete(search.reworded), self._event)
            self._connection.execute(search.insert(search.reworded), self._event)
        return Settled(self._touched.changes(), shifts, self._over_allocated)

    def _enter_queue(self) -> None:
        if "shop" in self._touched.tables and self._policy_changed():
            self._connection.execute(_ENTER_QUEUE.format(**_ALL_LINES), self._event)
            self._connection.execute("INSERT OR IGNORE INTO touched_product SELECT id FROM product WHERE open_demand > 0")
            return
        self._connection.execute(_ENTER_QUEUE.format(**_LINES_OF_TOUCHED_ORDERS), self._event)
        if self._products_changed:
            self._connection.execute(_ENTER_QUEUE.format(**_LINES_OF_CHANGED_PRODUCTS), self._event)

    def _policy_changed(self) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM row_change WHERE event_id = :event AND table_name = 'shop' "
            "AND json_extract(before, '$.queue') <> (SELECT queue FROM shop)",
            self._event,
        )
        return found.fetchone() is not None

    @property
    def _products_changed(self) -> bool:
        return not self._touched.tables.isdisjoint({"product", "kit_part"})

    def _allocate(self) -> list[Reallocation]:
        moved, self._over_allocated = reallocations(self._connection)
        guard = "order_line_given_by_a_step"  # this is one
        with set_aside(self._connection, guard) if len(moved) > _FEW else nullcontext():
            self._connection.executemany(
                "UPDATE order_line SET allocated = ? WHERE id = ?", [(shift.after, shift.line_id) for shift in moved]
            )
        return moved

    def _sum_up(self, moved: list[Reallocation]) -> None:
        self._connection.execute(_PRODUCT_SUMS)
        self._connection.execute("INSERT INTO summed_order SELECT id FROM touched_order")
        self._connection.executemany(
            "INSERT OR IGNORE INTO summed_order SELECT order_id FROM order_line WHERE id = ?",
            [(shift.line_id,) for shift in moved],
        )
        if self._products_changed:
            self._connection.execute(
                f"INSERT OR IGNORE INTO summed_order SELECT l.order_id FROM ({_CHANGED_PRODUCTS}) t "
                "CROSS JOIN order_line l ON l.product_id = t.id AND l.ordered > l.canceled + l.shipped",
                self._event,
            )
        self._connection.execute(_ORDER_SUMS)
        self._connection.execute(_OPEN_EPISODES, self._event)
        self._connection.execute(_CLOSE_EPISODES, self._event)

    def _record(self, moved: list[Reallocation]) -> tuple[AllocationShift, ...]:
        """Keep who gained and who lost; the first allocation of a line made by this very step is neither."""
        made_now = {
            row[0]
            for row in self._connection.execute(
                "SELECT row_id FROM row_change WHERE event_id = :event AND table_name = 'order_line' AND before IS NULL",
                self._event,
            )
        }
        shifted = [shift for shift in moved if shift.line_id not in made_now]
        self._connection.executemany(
            "INSERT INTO allocation_change (event_id, order_line_id, before, after) VALUES (?, ?, ?, ?)",
            [(self._event["event"], shift.line_id, shift.before, shift.after) for shift in shifted],
        )
        return shifts_of(self._connection, self._event["event"])


def settle(connection: sqlite.Connection, event_id: int) -> Settled:
    """Bring everything that follows from the event's facts up to date, inside its transaction."""
    return _Settlement(connection, event_id).settle()


def rows_touched(connection: sqlite.Connection, event_id: int) -> int:
    """How many facts the event changed; 0 means it has nothing to undo."""
    counted: Any = connection.execute(
        "SELECT (SELECT count(*) FROM row_change WHERE event_id = :event) + (SELECT count(*) FROM stock_movement WHERE event_id = :event)",
        {"event": event_id},
    ).fetchone()
    return int(counted[0])
