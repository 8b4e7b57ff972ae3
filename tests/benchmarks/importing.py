"""Importing a real shop's order lines, against csv.reader, a staging table and set-based upserts of the same rows."""

from __future__ import annotations

import csv
import itertools
import tempfile
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from orderdesk.services.imports import import_files
from orderdesk.storage.store import Store
from tests.benchmarks.ratios import compare
from tests.builders import NOW
from tests.converters import online_retail_files
from tests.shared_data import SHARED_DATA

_LAYOUT = """
CREATE TABLE product (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, title TEXT NOT NULL);
CREATE TABLE customer (id INTEGER PRIMARY KEY, customer_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, country TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, order_number TEXT NOT NULL, customer_id INTEGER NOT NULL,
    placed_at TEXT NOT NULL, currency TEXT NOT NULL, UNIQUE (channel, order_number));
CREATE TABLE order_line (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL, position INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    title TEXT NOT NULL, ordered INTEGER NOT NULL, unit_price TEXT, shipped INTEGER NOT NULL, UNIQUE (order_id, position));
CREATE INDEX line_product ON order_line (product_id);
"""
_UPSERTS = (
    """INSERT INTO product (sku, title) SELECT sku, max(title) FROM staging GROUP BY sku
    ON CONFLICT (sku) DO UPDATE SET title = excluded.title""",
    """INSERT INTO customer (customer_id, name, country) SELECT customer_id, max(customer_name), max(ship_country) FROM staging
    GROUP BY customer_id ON CONFLICT (customer_id) DO UPDATE SET name = excluded.name""",
    """INSERT INTO orders (channel, order_number, customer_id, placed_at, currency)
    SELECT s.channel, s.order_number, c.id, max(s.placed_at), max(s.currency) FROM staging s
    JOIN customer c ON c.customer_id = s.customer_id GROUP BY s.channel, s.order_number
    ON CONFLICT (channel, order_number) DO UPDATE SET placed_at = excluded.placed_at""",
    """INSERT INTO order_line (order_id, position, product_id, title, ordered, unit_price, shipped)
    SELECT o.id, row_number() OVER (PARTITION BY o.id ORDER BY s.rowid), p.id, s.title, s.quantity, s.unit_price, s.shipped
    FROM staging s JOIN orders o ON o.channel = s.channel AND o.order_number = s.order_number JOIN product p ON p.sku = s.sku
    WHERE true ON CONFLICT (order_id, position) DO UPDATE SET ordered = excluded.ordered""",
)


_ROUNDS = 5


def run() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        products, orders = online_retail_files(SHARED_DATA / "online-retail", folder)
        fresh = itertools.count()
        shops = iter([Store.open(folder / f"shop{number}.orderdesk") for number in range(_ROUNDS + 1)])

        def ours() -> None:
            import_files(next(shops), [products, orders], now=NOW)

        def floor() -> None:
            _stage(folder / f"bare{next(fresh)}.db", orders)

        compare("Importing 103,000 order lines", ours, floor, rounds=_ROUNDS, aim=3)


def _stage(path: Path, orders: Path) -> None:
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(_LAYOUT)
    connection.execute("BEGIN IMMEDIATE")
    with orders.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        connection.execute(f"CREATE TEMP TABLE staging ({', '.join(header)})")
        connection.executemany(f"INSERT INTO staging VALUES ({', '.join('?' * len(header))})", rows)
    for upsert in _UPSERTS:
        connection.execute(upsert)
    connection.execute("COMMIT")
    connection.close()
