"""Settling: what follows from the facts that a transaction changed, worked out before it commits.

Eligibility and place in the queue, allocation, the sums of products and orders, backorder episodes, search.
Only rows that the step touched are visited; which those are is read from the log that the triggers keep.
CROSS JOIN and the + of `+t.id` keep SQLite to that order: on its own it would rather walk through all lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.allocation import Reallocation
from orderdesk.domain.changes import AllocationShift, Changes
from orderdesk.storage.aside import set_aside
from orderdesk.storage.search import SEARCHES
from orderdesk.storage.shares import IN_KITS, IS_COUNTED, QUEUE_KEY, reallocations
from orderdesk.storage.shifts import shifts_of

# Beyond this many rows a view asks again for everything rather than row by row.
_MANY = 5_000
# Up to this many lines a trigger on each costs less than to set it aside.
_FEW = 500

# What a step's changes of a table touch; what is not in the log of changes comes after it.
_TOUCHED_ORDERS = {
    "orders": "SELECT row_id FROM row_change WHERE event_id = :event AND table_name = 'orders'",
    "order_line": (
        "SELECT l.order_id FROM row_change r JOIN order_line l ON l.id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'order_line' "
        "UNION SELECT json_extract(before, '$.order_id') FROM row_change "
        "WHERE event_id = :event AND table_name = 'order_line' AND before IS NOT NULL"
    ),
    "customer": (
        "SELECT o.id FROM row_change r JOIN orders o ON o.customer_id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'customer' AND r.before IS NOT NULL"
    ),
    "shipment": (
        "SELECT coalesce(r.before ->> 'order_id', s.order_id) FROM row_change r LEFT JOIN shipment s ON s.id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'shipment'"
    ),
}
_TOUCHED_PRODUCTS = {
    "product": "SELECT row_id FROM row_change WHERE event_id = :event AND table_name = 'product'",
    "order_line": (
        "SELECT json_extract(before, '$.product_id') FROM row_change "
        "WHERE event_id = :event AND table_name = 'order_line' AND before IS NOT NULL"
    ),
    "kit_part": (
        "SELECT part.value FROM row_change r LEFT JOIN kit_part k ON k.id = r.row_id, "
        "json_each(json_array(k.kit_id, k.part_id, r.before ->> 'kit_id', r.before ->> 'part_id')) part "
        "WHERE r.event_id = :event AND r.table_name = 'kit_part' AND part.value IS NOT NULL"
    ),
    "supplier_product": (
        "SELECT coalesce(r.before ->> 'product_id', o.product_id) FROM row_change r LEFT JOIN supplier_product o ON o.id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'supplier_product'"
    ),
    # A delivery on another day changes what customers can expect, though no unit moves.
    "purchase_order": (
        "SELECT b.product_id FROM row_change r JOIN purchase_line b ON b.purchase_order_id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'purchase_order'"
    ),
}
_PRODUCTS_BESIDES = (
    "SELECT product_id FROM stock_movement WHERE event_id = :event",
    "SELECT l.product_id FROM touched_order t CROSS JOIN order_line l ON l.order_id = t.id",
    # Kits and their parts are served together: who takes a part from a kit may leave its other parts to somebody else.
    (
        "WITH RECURSIVE family(id) AS (SELECT id FROM touched_product WHERE EXISTS (SELECT 1 FROM kit_part) "
        "UNION SELECT k.kit_id FROM family f JOIN kit_part k ON k.part_id = f.id "
        "UNION SELECT k.part_id FROM family f JOIN kit_part k ON k.kit_id = f.id) SELECT id FROM family"
    ),
)
_TOUCHED_CUSTOMERS = {"customer": "SELECT row_id FROM row_change WHERE event_id = :event AND table_name = 'customer'"}

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
    LEFT JOIN order_line l ON l.product_id = t.id AND l.ordered > l.canceled + l.shipped AND l.eligible = 1
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

_OPEN_EPISODES = """
UPDATE orders SET backordered_since = (SELECT at FROM event WHERE id = :event)
WHERE id IN (SELECT id FROM summed_order) AND backordered_units > 0 AND backordered_since IS NULL
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


# Those whose own row, order or coupon is other than before.
# A letter that went out once more, an answer, a refund and what is bought for it change no order, and show in its timeline.
_ORDERS_OF_LETTERS = """
SELECT l.order_id FROM row_change r LEFT JOIN coupon c ON r.table_name = 'coupon' AND c.id = r.row_id
JOIN notice_line n ON n.notice_id = coalesce(c.notice_id, r.row_id) JOIN order_line l ON l.id = n.order_line_id
WHERE r.event_id = :event AND r.table_name IN ('notice', 'coupon')
"""
_ORDERS_OF_DELIVERIES = """
SELECT l.order_id FROM delivery d JOIN notice_line n ON n.notice_id = d.notice_id
JOIN order_line l ON l.id = n.order_line_id WHERE d.event_id = :event
"""
_ORDERS_THAT_SHOW = {
    "answer": (
        "SELECT coalesce(r.before ->> 'order_id', a.order_id) FROM row_change r LEFT JOIN answer a ON a.id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'answer'"
    ),
    "refund": (
        "SELECT coalesce(r.before ->> 'order_id', m.order_id) FROM row_change r LEFT JOIN refund m ON m.id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'refund'"
    ),
    "notice": _ORDERS_OF_LETTERS,
    "coupon": _ORDERS_OF_LETTERS,
    "purchase_line": (
        "SELECT l.order_id FROM row_change r LEFT JOIN purchase_line b ON b.id = r.row_id "
        "JOIN order_line l ON l.id = coalesce(b.order_line_id, r.before ->> 'order_line_id') "
        "WHERE r.event_id = :event AND r.table_name = 'purchase_line'"
    ),
}
_CUSTOMERS_THAT_SHOW = {
    "coupon": (
        "SELECT c.customer_id FROM row_change r JOIN coupon c ON c.id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'coupon'"
    ),
    "marketing_consent": (
        "SELECT m.customer_id FROM row_change r JOIN marketing_consent m ON m.id = r.row_id "
        "WHERE r.event_id = :event AND r.table_name = 'marketing_consent'"
    ),
}


class _Settlement:
    """The settling of one event on the connection of its transaction."""

    def __init__(self, connection: sqlite.Connection, event_id: int) -> None:
        self._connection = connection
        self._event = {"event": event_id}
        self._over_allocated = 0
        self._tables = {
            name
            for (name,) in connection.execute("SELECT DISTINCT table_name FROM row_change WHERE event_id = :event", self._event)
        }

    def settle(self) -> Settled:
        self._gather()
        self._enter_queue()
        moved = self._allocate()
        self._sum_up(moved)
        shifts = self._record(moved)
        for search in SEARCHES:
            if self._tables.isdisjoint(search.tables):
                continue
            self._connection.execute(search.delete(search.reworded), self._event)
            self._connection.execute(search.insert(search.reworded), self._event)
        return Settled(self._changes(), shifts, self._over_allocated)

    def _gather(self) -> None:
        for table in ("touched_order", "touched_product", "touched_customer", "summed_order"):
            self._connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY)")
            self._connection.execute(f"DELETE FROM {table}")
        self._touch("order", *self._changed(_TOUCHED_ORDERS))
        self._touch("product", *self._changed(_TOUCHED_PRODUCTS), *_PRODUCTS_BESIDES)
        self._touch("customer", *self._changed(_TOUCHED_CUSTOMERS))

    def _touch(self, what: str, *sources: str) -> None:
        for source in sources:
            self._connection.execute(f"INSERT OR IGNORE INTO touched_{what} {source}", self._event)

    def _changed(self, sources: Mapping[str, str]) -> Iterator[str]:
        """Those of the tables that the step changed."""
        return (source for table, source in sources.items() if table in self._tables)

    def _enter_queue(self) -> None:
        if "shop" in self._tables and self._policy_changed():
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
        return not self._tables.isdisjoint({"product", "kit_part"})

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

    def _changes(self) -> Changes:
        def ids(*sources: str) -> frozenset[int]:
            asked = f"{' UNION '.join(sources)} LIMIT {_MANY + 1}"
            return frozenset(row[0] for row in self._connection.execute(asked, self._event))

        if "shop" in self._tables:
            return Changes(everything=True)
        orders, products, customers = (
            ids("SELECT id FROM summed_order", _ORDERS_OF_DELIVERIES, *self._changed(_ORDERS_THAT_SHOW)),
            ids("SELECT id FROM touched_product"),
            ids(
                "SELECT id FROM touched_customer",
                "SELECT customer_id FROM orders WHERE id IN (SELECT id FROM summed_order)",
                *self._changed(_CUSTOMERS_THAT_SHOW),
            ),
        )
        if max(len(orders), len(products), len(customers)) > _MANY:
            return Changes(everything=True)
        return Changes(orders, products, customers)


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
