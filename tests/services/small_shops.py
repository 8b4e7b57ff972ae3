"""Many small shops, made quickly, and what their files say, seen from outside."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from orderdesk.storage.store import Store
from tests.builders import Shop, make_shop
from tests.services.slow_model import LineKey


def stored_quantities(store: Store) -> dict[LineKey, tuple[int, ...]]:
    with store.read() as view:
        rows = view.all(
            "SELECT o.order_number, l.position, l.ordered, l.shipped, l.canceled, l.drop_ship, l.firm, l.allocated, "
            "l.backordered, l.pending "
            "FROM order_line l JOIN orders o ON o.id = l.order_id"
        )
    return {(number, position): tuple(rest) for number, position, *rest in rows}


def stored_facts(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the seller entered and everything that follows from it; not the ledgers, which only grow.

    A letter or coupon that was voided is there no more, nor is a customer who is only kept because such a letter names them, or
    a purchase order whose making was undone.
    """
    tables = (
        "shop",
        "product",
        "kit_part",
        "orders",
        "listing",
        "answer",
        "shipment",
        "shipment_line",
    )
    with store.read() as view:
        facts = {table: view.all(f"SELECT * FROM {table} ORDER BY id") for table in tables}
        facts |= {table: view.all(f"SELECT * FROM {table} WHERE {standing} ORDER BY id") for table, standing in _STANDING.items()}
        facts["order_line"] = view.all(_LINES)
    return facts


# A supplier who has it is told that it is canceled.
STANDING_PURCHASE = """NOT IN (SELECT r.row_id FROM row_change r JOIN event e ON e.id = r.event_id
    WHERE r.table_name = 'purchase_order' AND r.before IS NULL AND e.undone_by IS NOT NULL AND e.kind NOT IN ('undo', 'redo'))"""
_STANDING = {
    "purchase_order": f"id {STANDING_PURCHASE}",
    "purchase_line": f"purchase_order_id {STANDING_PURCHASE}",
    "customer": "id IN (SELECT customer_id FROM orders)",
    "customer_key": "customer_id IN (SELECT customer_id FROM orders)",
    "notice": "voided_at IS NULL",
    "coupon": "status <> 'voided'",
}
# The place in the queue of a line of which nothing is open says nothing, and is not kept up to date.
_LINES = """
SELECT id, order_id, position, line_id, product_id, sku, title, ordered, unit_price_minor, shipped, canceled, returned, drop_ship,
    firm, allocated, backordered, iif(ordered > shipped + canceled, queue_key, ''), iif(ordered > shipped + canceled, eligible, 0)
FROM order_line ORDER BY id
"""


@contextmanager
def small_shop() -> Iterator[Shop]:
    """An empty shop in a folder of its own."""
    folder = Path(tempfile.mkdtemp())
    shop = make_shop(folder)
    try:
        yield shop
    finally:
        shop.store.close()
        shutil.rmtree(folder)
