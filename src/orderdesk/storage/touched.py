"""What a step touched: read from the log that the triggers keep, into temporary tables of ids that the settling works on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.changes import Changes

# Beyond this many rows a view asks again for everything rather than row by row.
_MANY = 5_000
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
    # A letter that is undone speaks of no order any more.
    "notice_line": (
        "SELECT l.order_id FROM row_change r JOIN order_line l ON l.id = r.before ->> 'order_line_id' "
        "WHERE r.event_id = :event AND r.table_name = 'notice_line'"
    ),
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

_TABLES = ("touched_order", "touched_product", "touched_customer", "summed_order")


def make_room(connection: sqlite.Connection) -> None:
    """Make the tables of what is touched, for all steps of a writing connection."""
    for table in _TABLES:
        connection.execute(f"CREATE TEMP TABLE {table} (id INTEGER PRIMARY KEY)")


class Touched:
    """The rows that an event touched, in `touched_order`, `touched_product`, `touched_customer` and `summed_order`."""

    def __init__(self, connection: sqlite.Connection, event_id: int) -> None:
        self._connection = connection
        self._event = {"event": event_id}
        log = connection.execute("SELECT DISTINCT table_name FROM row_change WHERE event_id = :event", self._event)
        self.tables = {name for (name,) in log}

    def gather(self) -> None:
        """Fill the tables, but for `summed_order`, which the settling fills with whom its moves touch too."""
        for table in _TABLES:
            self._connection.execute(f"DELETE FROM {table}")
        self._touch("order", *self._changed(_TOUCHED_ORDERS))
        self._touch("product", *self._changed(_TOUCHED_PRODUCTS), *_PRODUCTS_BESIDES)
        self._touch("customer", *self._changed(_TOUCHED_CUSTOMERS))

    def changes(self) -> Changes:
        """What views show of it, once everything is settled."""
        if "shop" in self.tables:
            return Changes(everything=True)
        orders, products, customers = (
            self._ids("SELECT id FROM summed_order", _ORDERS_OF_DELIVERIES, *self._changed(_ORDERS_THAT_SHOW)),
            self._ids("SELECT id FROM touched_product"),
            self._ids(
                "SELECT id FROM touched_customer",
                "SELECT customer_id FROM orders WHERE id IN (SELECT id FROM summed_order)",
                *self._changed(_CUSTOMERS_THAT_SHOW),
            ),
        )
        if max(len(orders), len(products), len(customers)) > _MANY:
            return Changes(everything=True)
        return Changes(orders, products, customers)

    def _touch(self, what: str, *sources: str) -> None:
        for source in sources:
            self._connection.execute(f"INSERT OR IGNORE INTO touched_{what} {source}", self._event)

    def _changed(self, sources: Mapping[str, str]) -> Iterator[str]:
        """Those of the tables that the step changed: most steps change few, and each question costs."""
        return (source for table, source in sources.items() if table in self.tables)

    def _ids(self, *sources: str) -> frozenset[int]:
        asked = f"{' UNION '.join(sources)} LIMIT {_MANY + 1}"
        return frozenset(row[0] for row in self._connection.execute(asked, self._event))
