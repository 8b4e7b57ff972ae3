"""An order of three lines placed, stock allocated to it, and committed: through the services, by raw SQL, and by others.

What is not installed is named and left out: django-oscar (with factory_boy and sorl-thumbnail); trytond with its sale, stock and
sale_supply, and proteus (pip).
"""

from __future__ import annotations

import multiprocessing
import statistics
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

from orderdesk.storage.connect import connect
from tests.benchmarks.placing_rivals import LINES, PRODUCTS, Place, oscar, tryton
from tests.benchmarks.ratios import compare, seconds
from tests.builders import make_shop

_BATCH, _ROUNDS = 50, 9
_CUSTOMERS = 20
# By how many times ours is to be faster, and how many orders the other places in a round.
_RIVALS = (("django-oscar", oscar, 8, 20), ("trytond", tryton, 200, 3))
_place: Place | None = None


def run() -> None:
    for name, history in ((f"{_BATCH} orders placed", False), ("… with history and search", True)):
        ours, raw = by_services(), by_raw_sql(history=history)
        numbers = iter(range(10**9))

        def batch(place: Place, numbers: Iterator[int] = numbers) -> None:
            for _ in range(_BATCH):
                place(next(numbers))

        compare(name, partial(batch, ours), partial(batch, raw), rounds=_ROUNDS, aim=2.5)
    for name, prepare, aim, count in _RIVALS:
        _race(name, prepare, aim, count)


def by_services() -> Place:
    shop = make_shop(Path(tempfile.mkdtemp()))
    for place in range(PRODUCTS):
        shop.stock(f"P{place}", 10**6)

    def place_order(number: int) -> object:
        lines = ((f"P{(number * LINES + line) % PRODUCTS}", 2) for line in range(LINES))
        return shop.order(f"N{number}", *lines, customer=f"Customer {number % _CUSTOMERS}")

    return place_order


def by_raw_sql(*, history: bool = False) -> Place:
    """The same file without its log: an order, its lines, their shares by a window query, the sums, one commit; the same rows.

    With `history` the log that undo needs is kept, and the order can be searched for.
    """
    shop = make_shop(Path(tempfile.mkdtemp()))
    for place in range(PRODUCTS):
        shop.stock(f"P{place}", 10**6)
    for number in range(_CUSTOMERS):
        shop.order(f"First {number}", ("P0", 1), customer=f"Customer {number}")
    path = shop.store.path
    shop.store.close()
    connection = connect(path)
    if not history:
        with closing(connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")) as triggers:
            for (name,) in triggers.fetchall():
                connection.execute(f"DROP TRIGGER {name}")
        connection.close()  # its cache of statements is full of these, and would take in no others
        connection = connect(path)
    ids = [key for (key,) in connection.execute("SELECT id FROM product ORDER BY id")]

    def place_order(number: int) -> None:
        wanted = [ids[(number * LINES + line) % PRODUCTS] for line in range(LINES)]
        connection.execute("BEGIN IMMEDIATE")
        if history:
            connection.execute(_EVENT, (f"Added order N{number}",))
        order = connection.execute(_ORDER, (f"N{number}", f"{number:09}", 1 + number % _CUSTOMERS)).lastrowid
        key = f"999||2026-11-03T08:00:00Z|{number:09}"
        lines = [
            (order, position, product, f"P{product - 1}", f"Product P{product - 1}", key)
            for position, product in enumerate(wanted, 1)
        ]
        connection.executemany(_LINE, lines)
        for product in wanted:
            connection.execute(_SHARES, (product,))
            connection.execute(_PRODUCT, (product,))
        connection.execute(_SUMS, (order,))
        connection.execute(_FIRST_SERVED, (order,))
        if history:
            connection.execute(_SEARCH, (order,))
            connection.execute("UPDATE event SET finished = 1 WHERE id = (SELECT max(id) FROM event)")
        connection.execute("COMMIT")

    return place_order


_ORDER = """
INSERT INTO orders (channel, order_number, number_key, customer_id, placed_on, placed_at, paid_on, paid_at, currency, paid,
    buyer_name, ship_name, ship_line1, ship_city, ship_region, ship_postal_code, ship_country)
SELECT 'own', ?, ?, id, '2026-11-03', '2026-11-03T08:00:00Z', '2026-11-03', '2026-11-03T08:00:00Z', 'USD', 1,
    name, name, line1, city, region, postal_code, country FROM customer WHERE id = ?
"""
_LINE = """
INSERT INTO order_line (order_id, position, product_id, sku, title, ordered, unit_price_minor, eligible, queue_key)
VALUES (?, ?, ?, ?, ?, 2, 1000, 1, ?)
"""
_SHARES = """
UPDATE order_line SET allocated = given.share FROM (
    SELECT l.id, max(0, min(l.wanted, p.on_hand - coalesce(sum(l.wanted) OVER (
        ORDER BY l.queue_key, l.position, l.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS share
    FROM order_line l JOIN product p ON p.id = l.product_id
    WHERE l.product_id = ? AND l.ordered > l.canceled + l.shipped AND l.eligible = 1) AS given
WHERE order_line.id = given.id AND order_line.allocated <> given.share
"""
_PRODUCT = """
UPDATE product SET (allocated, backordered, open_demand) = (
    SELECT sum(allocated), sum(backordered), sum(wanted) FROM order_line
    WHERE product_id = product.id AND ordered > canceled + shipped AND eligible = 1)
WHERE id = ?
"""
_SUMS = """
UPDATE orders SET (open_units, allocated_units, backordered_units, line_count, total_minor) = (
    SELECT sum(wanted), sum(allocated), sum(backordered), count(*), sum(ordered * unit_price_minor) FROM order_line
    WHERE order_id = orders.id)
WHERE id = ?
"""
_FIRST_SERVED = """
UPDATE order_line SET filled_at_once = ordered - canceled - backordered, short_at_once = backordered WHERE order_id = ?
"""

_EVENT = "INSERT INTO event (kind, at, summary, undoable) VALUES ('add_order', '2026-11-03T08:00:00Z', ?, 1)"
_SEARCH = """
INSERT INTO order_search (rowid, words)
SELECT o.id, concat_ws(' ', o.order_number, o.channel, o.ship_name, o.buyer_name, o.ship_city, o.ship_postal_code, o.ship_country,
    c.name, (SELECT group_concat(l.sku || ' ' || l.title, ' ')
    FROM order_line l WHERE l.order_id = o.id))
FROM orders o JOIN customer c ON c.id = o.customer_id WHERE o.id = ?
"""


def _race(name: str, prepare: Callable[[], Place], aim: float, count: int) -> None:
    """By turns, each in a process of its own that stays for all rounds."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as mine, ProcessPoolExecutor(1, context) as other:
        try:
            other.submit(_prepare, prepare).result()
        except ImportError as error:
            print(f"{name}: not installed ({error})")
            return
        mine.submit(_prepare, by_services).result()
        pairs = []
        for turn in range(_ROUNDS):
            ours = mine.submit(_seconds_each, turn * _BATCH, _BATCH).result()
            pairs.append((ours, other.submit(_seconds_each, turn * count, count).result()))
    times = statistics.median(theirs / ours for ours, theirs in pairs)
    ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    print(f"{name}: {theirs:.1f} ms an order against our {ours:.2f} ms, {times:.0f} times as long (aim ≥ {aim})", flush=True)


def _prepare(prepare: Callable[[], Place]) -> None:
    global _place  # noqa: PLW0603  # the process is this place's own
    _place = prepare()


def _seconds_each(first: int, count: int) -> float:
    place = _place
    assert place is not None

    def batch() -> None:
        for number in range(first, first + count):
            place(number)

    return seconds(batch) / count
