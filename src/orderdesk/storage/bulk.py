"""Many rows at once, for imports: looked up by set, written by the driver's executemany."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from orderdesk.storage.aside import set_aside
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


def next_id(view: View, table: str) -> int:
    """The id that the next row of a table gets; only within a transaction is it sure to stay free."""
    return int(view.value("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", (table,)) or 0) + 1


def insert(transaction: Transaction, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert new rows of an undoable table, as tuples in the order of the columns.

    The trigger that logs each insert is set aside meanwhile and its log written in one statement: half the time.
    """
    first, places = next_id(transaction.view, table), ", ".join("?" * len(columns))
    with set_aside(transaction.view.connection, f"{table}_kept_insert"):
        transaction.execute_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)
        transaction.execute(
            f"INSERT INTO row_change (event_id, table_name, row_id) SELECT ?, ?, id FROM {table} WHERE id >= ?",
            (transaction.event_id, table, first),
        )


def update(transaction: Transaction, table: str, row_id: int, values: dict[str, Any]) -> None:
    """Set columns of one row."""
    settings = ", ".join(f"{name} = :{name}" for name in values)
    transaction.execute(f"UPDATE {table} SET {settings} WHERE id = :id", {**values, "id": row_id})


def lower(transaction: Transaction, by: Iterable[tuple[int, int]]) -> None:
    """Orders come to so much less than was paid for them, beyond what they did: (minor units, order id)."""
    transaction.execute_many("UPDATE orders SET lowered_minor = lowered_minor + ? WHERE id = ?", by)


def delete(transaction: Transaction, table: str, row_id: int) -> None:
    """Take out one row."""
    transaction.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))


def product_ids(view: View, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of known products by (sku, ""), or ("", title) for those without a SKU."""
    skus, titles = _texts(sku for sku, _ in names if sku), _texts(title for sku, title in names if not sku)
    found = {
        (sku, ""): product
        for product, sku in view.all(
            "SELECT p.id, p.sku FROM json_each(?) j CROSS JOIN product p ON p.sku = j.value AND p.sku <> ''", (skus,)
        )
    }
    for product, title in view.all(
        "SELECT p.id, p.title FROM json_each(?) j CROSS JOIN product p ON p.title = j.value AND p.sku = ''", (titles,)
    ):
        found["", title] = product
    return found


def product_titles(view: View, product_ids: Iterable[int]) -> dict[int, str]:
    asked = (json.dumps(list(product_ids)),)
    return dict(view.all("SELECT p.id, p.title FROM json_each(?) j JOIN product p ON p.id = j.value", asked))


def look_alikes(view: View, skus: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of SKUs that differ in case only: (the one asked for, another that the shop has)."""
    return view.all(
        # As a table of its own, SQLite finds in it by an index; among words as they came it would look at each for every product.
        "WITH asked AS MATERIALIZED (SELECT value AS sku FROM json_each(?)) SELECT a.sku, p.sku FROM product p "
        "JOIN asked a ON a.sku = p.sku COLLATE NOCASE AND a.sku <> p.sku ORDER BY 1, 2",
        (_texts(skus),),
    )


def customers_known_as(view: View, keys: Iterable[str]) -> dict[str, int]:
    """Customer ids by identity key."""
    return dict(
        view.all("SELECT k.key, k.customer_id FROM json_each(?) j CROSS JOIN customer_key k ON k.key = j.value", (_texts(keys),))
    )


def own_ids(view: View, customer_ids: Iterable[int]) -> dict[int, str]:
    """The seller's own keys of customers that have one."""
    return dict(
        view.all(
            "SELECT c.id, c.customer_id FROM json_each(?) j CROSS JOIN customer c ON c.id = j.value WHERE c.customer_id <> ''",
            (json.dumps(sorted(set(customer_ids))),),
        )
    )


def rows_by_id(view: View, table: str, columns: Sequence[str], ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Rows of a table as dictionaries by id."""
    names = ", ".join(f"t.{column}" for column in columns)
    rows = view.all(f"SELECT t.id, {names} FROM json_each(?) j CROSS JOIN {table} t ON t.id = j.value", (json.dumps(list(ids)),))
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def orders_by_number(view: View, numbers: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of known orders by (channel, order number)."""
    wanted = json.dumps([list(number) for number in numbers])
    rows = view.all(
        "SELECT o.channel, o.order_number, o.id FROM json_each(?) j "
        "CROSS JOIN orders o ON o.channel = j.value ->> 0 AND o.order_number = j.value ->> 1",
        (wanted,),
    )
    return {(channel, number): order for channel, number, order in rows}


def taken_off(view: View, order_ids: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """Per order that a coupon was used on: the codes, and what each took off it."""
    found: dict[int, list[tuple[str, int]]] = {}
    for order, code, minor in view.all(
        "SELECT r.order_id, c.code, -r.amount_minor FROM redemption r JOIN coupon c ON c.id = r.coupon_id "
        "WHERE r.amount_minor IS NOT NULL AND r.order_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(order_ids)),),
    ):
        found.setdefault(order, []).append((code, minor))
    return found


class KnownLine(NamedTuple):
    """A line as the shop has it; `line_id` is the channel's."""

    id: int
    line_id: str
    position: int
    sku: str
    title: str
    ordered: int
    shipped: int
    canceled: int
    unit_price_minor: int | None


def lines_of(view: View, order_ids: Iterable[int]) -> dict[int, list[KnownLine]]:
    """The lines of each order."""
    found: dict[int, list[KnownLine]] = {}
    for order, *line in view.all(
        "SELECT l.order_id, l.id, l.line_id, l.position, l.sku, l.title, l.ordered, l.shipped, l.canceled, l.unit_price_minor "
        "FROM json_each(?) j CROSS JOIN order_line l ON l.order_id = j.value ORDER BY l.order_id, l.position",
        (json.dumps(list(order_ids)),),
    ):
        found.setdefault(order, []).append(KnownLine._make(line))
    return found


def lines_taken_off(view: View, order_ids: Iterable[int]) -> dict[int, list[KnownLine]]:
    """The lines of each order that an edit took off, as they were last."""
    columns = ", ".join(f"r.before ->> '{name}'" for name in KnownLine._fields)
    found: dict[int, list[KnownLine]] = {}
    for order, *line in view.all(
        # CROSS JOIN: from the edits, which are few, to what they changed.
        f"SELECT r.before ->> 'order_id', {columns} FROM event e "
        "CROSS JOIN row_change r ON r.event_id = e.id AND r.table_name = 'order_line' "
        "WHERE e.kind IN ('edit_order', 'redo') AND r.before ->> 'order_id' IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.id = r.row_id) "
        "AND NOT EXISTS (SELECT 1 FROM row_change later WHERE later.table_name = 'order_line' AND later.row_id = r.row_id "
        "AND later.id > r.id)",
        (json.dumps(list(order_ids)),),
    ):
        found.setdefault(order, []).append(KnownLine._make(line))
    return found


def as_last_imported(view: View, table: str, row_id: int, now: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row as the last import that stands left each of them, or as the row was entered; `now` is how they are."""
    changes = view.all(
        "SELECT r.before, e.kind = 'import' AND e.undone_by IS NULL FROM row_change r JOIN event e ON e.id = r.event_id "
        "WHERE r.table_name = ? AND r.row_id = ? ORDER BY r.id",
        (table, row_id),
    )
    states = [None if before is None else json.loads(before) for before, _ in changes]
    said: dict[str, Any] = {}
    for before, after, (_, imported) in zip(states, [*states[1:], now], changes, strict=True):
        if after is None:
            continue  # it was taken away, and came back
        if before is None:
            said = said or dict(after)
        elif imported:
            said |= {name: value for name, value in after.items() if value != before.get(name)}
    return said


def _texts(values: Iterable[str]) -> str:
    return json.dumps(list(dict.fromkeys(values)))


# The columns of a listing that come from files.
LISTING = (
    *("channel", "listing_id", "product_id", "format", "quantity", "bids", "price_minor", "currency", "ends_at"),
    *("ended_at", "ended_why"),
)


def listings(view: View) -> dict[tuple[str, str, int], tuple[int, dict[str, Any]]]:
    """All listings by (channel, listing id, product id): their id and row."""
    rows = view.all(f"SELECT id, {', '.join(LISTING)} FROM listing")
    return {(row[1], row[2], row[3]): (row[0], dict(zip(LISTING, row[1:], strict=True))) for row in rows}
