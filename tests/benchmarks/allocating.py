"""Giving out the stock of a very large shop: all of it anew, and one product's when units of it come in."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from orderdesk.services.products import receive_stock
from orderdesk.storage.instants import instant_text
from orderdesk.storage.shares import reallocations
from orderdesk.storage.store import Store
from tests.benchmarks.ratios import compare
from tests.builders import NOW

PRODUCTS, LINES_EACH, LINES_PER_ORDER = 50_000, 20, 4
# What each line gets, from SQL alone.
_WINDOW = """
SELECT id, max(0, min(wanted, on_hand - before)) FROM (
    SELECT l.id, l.wanted, p.on_hand, coalesce(sum(l.wanted) OVER (
        PARTITION BY l.product_id ORDER BY l.queue_key, l.position, l.id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
    FROM order_line l JOIN product p ON p.id = l.product_id WHERE l.ordered > l.canceled + l.shipped AND l.eligible = 1)
"""


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        large, small = (shop_of(Path(folder), products) for products in (PRODUCTS, PRODUCTS // 100))
        with closing(Store.open(large)) as store, store.rehearse("benchmark", now=NOW) as transaction:
            connection = transaction.view.connection
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched_product (id INTEGER PRIMARY KEY)")
            connection.execute("INSERT OR IGNORE INTO touched_product SELECT id FROM product")
            lines = PRODUCTS * LINES_EACH
            compare(
                f"{lines:,} open lines allocated anew",
                lambda: reallocations(connection),
                lambda: connection.execute(_WINDOW).fetchall(),
                rounds=5,
                aim=1.5,
            )
        with closing(Store.open(large)) as many, closing(Store.open(small)) as few:
            turns = iter(range(2, PRODUCTS // 100))
            compare(
                f"units received in a shop of {PRODUCTS:,} products and in one of {PRODUCTS // 100:,}",
                lambda: _receive(many, next(turns)),
                lambda: _receive(few, next(turns)),
                rounds=100,
                aim=1.5,
            )


def _receive(store: Store, product_id: int) -> None:
    receive_stock(store, product_id, 3, now=NOW)


def shop_of(folder: Path, products: int) -> Path:
    """A shop in which every product is wanted by as many lines, and each has about half of what they want."""
    path = folder / f"shop{products}.orderdesk"
    with closing(Store.open(path)) as store, store.begin("benchmark", "A shop", now=NOW, undoable=False) as transaction:
        transaction.execute("INSERT INTO customer (name) VALUES ('Dana Whitfield')")
        transaction.execute_many(
            "INSERT INTO product (id, sku, title, stock_known) VALUES (?, ?, ?, 1)",
            ((key, f"SKU-{key}", f"Product {key}") for key in range(1, products + 1)),
        )
        transaction.execute(
            "INSERT INTO stock_movement (product_id, event_id, kind, quantity, reason) "
            "SELECT id, (SELECT max(id) FROM event), 'adjusted', ?, 'First count' FROM product",
            (LINES_EACH,),
        )
        lines = products * LINES_EACH
        transaction.execute_many(
            "INSERT INTO orders (id, channel, order_number, number_key, customer_id, placed_on, placed_at, currency, paid) "
            "VALUES (?, 'own', ?, ?, 1, '2026-11-03', ?, 'USD', 1)",
            (
                (key, str(key), f"{key:09}", instant_text(NOW - timedelta(seconds=key % 100_000)))
                for key in range(1, lines // LINES_PER_ORDER + 1)
            ),
        )
        transaction.execute_many(
            "INSERT INTO order_line (order_id, position, product_id, title, ordered) VALUES (?, ?, ?, '', 2)",
            ((1 + key // LINES_PER_ORDER, 1 + key % LINES_PER_ORDER, 1 + key * 7 % products) for key in range(lines)),
        )
    return path
