"""Undo: the inverse of an event, from the log of its rows. Works across restarts, and the inverse is an event like any other."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import RefusedError

# What the world may have seen is voided, not erased.
_VOID = {
    "notice": "UPDATE notice SET voided_at = (SELECT at FROM event WHERE id = :event) WHERE id = :row AND voided_at IS NULL",
    "coupon": "UPDATE coupon SET status = 'voided', void_reason = 'Undone' WHERE id = :row AND status = 'issued'",
}
# A row that a voided letter or another record still names stays where it is.
_DELETE_UNLESS_NAMED = {
    "customer": "DELETE FROM customer WHERE id = :row AND NOT EXISTS (SELECT 1 FROM notice WHERE customer_id = :row) "
    "AND NOT EXISTS (SELECT 1 FROM orders WHERE customer_id = :row)",
}
_LATER = """
SELECT e.summary, e.undoable FROM row_change mine
JOIN row_change later ON later.table_name = mine.table_name AND later.row_id = mine.row_id AND later.event_id > mine.event_id
JOIN event e ON e.id = later.event_id AND e.undone_by IS NULL AND e.kind NOT IN ('undo', 'redo')
WHERE mine.event_id = ? AND mine.table_name NOT IN ('customer_key', 'notice_line')
AND NOT (mine.table_name = 'orders' AND e.kind IN ('receive', 'count')) LIMIT 1
"""

# What has come to name a row that would go: an order's line, a purchase or a line added to it, an answer, a refund, a kit that it is a part of, a
# supplier who sells it.
_NAMED_SINCE = """
SELECT e.summary, e.undoable FROM row_change mine JOIN (
    SELECT 'order_line' AS of, id, 'product' AS table_name, product_id AS row_id FROM order_line
    UNION ALL SELECT 'order_line', id, 'order_line', replaces_id FROM order_line
    UNION ALL SELECT 'purchase_line', id, 'order_line', order_line_id FROM purchase_line
    UNION ALL SELECT 'purchase_line', id, 'product', product_id FROM purchase_line
    UNION ALL SELECT 'purchase_line', id, 'purchase_order', purchase_order_id FROM purchase_line
    UNION ALL SELECT 'answer', id, 'orders', order_id FROM answer
    UNION ALL SELECT 'refund', id, 'orders', order_id FROM refund
    UNION ALL SELECT 'kit_part', id, 'product', kit_id FROM kit_part
    UNION ALL SELECT 'kit_part', id, 'product', part_id FROM kit_part
    UNION ALL SELECT 'supplier_product', id, 'product', product_id FROM supplier_product
    UNION ALL SELECT 'supplier_product', id, 'supplier', supplier_id FROM supplier_product
) named ON named.table_name = mine.table_name AND named.row_id = mine.row_id
JOIN row_change made ON made.table_name = named.of AND made.row_id = named.id AND made.before IS NULL
JOIN event e ON e.id = made.event_id AND e.kind NOT IN ('undo', 'redo') WHERE mine.event_id = ? AND mine.before IS NULL AND made.event_id > mine.event_id LIMIT 1
"""
# An order that a coupon was used on later would take the redemption's place along.
_REDEEMED_SINCE = """
SELECT e.summary, e.undoable FROM row_change mine JOIN redemption r ON r.order_id = mine.row_id AND r.event_id > mine.event_id
JOIN event e ON e.id = r.event_id WHERE mine.event_id = ? AND mine.table_name = 'orders' AND mine.before IS NULL LIMIT 1
"""

# A coupon opens again by an entry of its ledger; the units of a gift card that were spent come back with it.
_REOPEN_COUPON = """
INSERT INTO coupon_entry (coupon_id, event_id, kind, amount_minor, at)
SELECT c.id, e.id, 'restored', :balance_minor - c.balance_minor, e.at FROM coupon c JOIN event e ON e.id = :event
WHERE c.id = :id AND :status = 'issued' AND (c.status <> 'issued' OR c.balance_minor < :balance_minor)
"""

# Rows that come back must not name a letter that was taken back meanwhile.
_LET_GO_OF_VOIDED = """
UPDATE orders SET notice_id = NULL, told_at = NULL WHERE notice_id IN (SELECT id FROM notice WHERE voided_at IS NOT NULL)
"""


def apply_inverse(connection: sqlite.Connection, event_id: int, undoing_event_id: int) -> None:
    """Put back every row that the event changed and compensate its stock movements.

    Raises RefusedError where a later step has built on it, or where the stock is no longer there.
    """
    later = [row for builds_on in (_LATER, _NAMED_SINCE, _REDEEMED_SINCE) for row in connection.execute(builds_on, (event_id,))]
    if later:
        summary, undoable = later[0]
        remedy = f"First undo: {summary}" if undoable else f"It can't be taken back: {summary}"
        raise RefusedError("This step can't be undone: a later one has built on it.", remedy)
    connection.execute("PRAGMA defer_foreign_keys = ON")
    movements = _movements(connection, event_id)
    waiting = [movement for movement in movements if not _move_back(connection, movement, undoing_event_id)]
    changes = connection.execute(
        "SELECT table_name, row_id, before FROM row_change WHERE event_id = ? ORDER BY id DESC", (event_id,)
    ).fetchall()
    voided = {(table, row) for table, row, before in changes if before is None and table in _VOID}
    for table, row, before in changes:
        if before is not None and (table, row) in voided:
            continue  # what is voided keeps the look it was made with
        if before is not None and _is_gone_since(connection, table, row, event_id, undoing_event_id):
            continue  # another undo took the row away: to put it back would make an order without lines
        _put_back(connection, table, row, json.loads(before) if before else None, undoing_event_id)
    for movement in waiting:
        _move_back(connection, movement, undoing_event_id)
    _square_coupon_ledger(connection, undoing_event_id)
    connection.execute(_LET_GO_OF_VOIDED)


def _movements(connection: sqlite.Connection, event_id: int) -> list[tuple[int, int, int | None]]:
    """Per product and line what the event moved in all: (product id, units, line id)."""
    rows: list[tuple[int, int, int | None]] = connection.execute(
        "SELECT product_id, sum(quantity), order_line_id FROM stock_movement WHERE event_id = ? "
        "GROUP BY product_id, order_line_id HAVING sum(quantity) <> 0",
        (event_id,),
    ).fetchall()
    return rows


def _move_back(connection: sqlite.Connection, movement: tuple[int, int, int | None], undoing_event_id: int) -> bool:
    """False where the product is not there yet (it comes back with the rows)."""
    product_id, quantity, line_id = movement
    product = connection.execute("SELECT on_hand, title FROM product WHERE id = ?", (product_id,)).fetchone()
    if product is None:
        return False
    if product[0] < quantity:
        left = (
            f"only {product[0]} of its {quantity} units of {product[1]} are"
            if product[0] > 0
            else f"none of what it brought of {product[1]} is"
        )
        raise RefusedError(
            f"This step can't be undone: {left} still on hand.",
            "Count the product instead.",
        )
    connection.execute(
        "INSERT INTO stock_movement (product_id, event_id, kind, quantity, reason, order_line_id) VALUES (?, ?, 'adjusted', ?, 'Undone', ?)",
        (product_id, undoing_event_id, -quantity, line_id),
    )
    return True


def _is_gone_since(connection: sqlite.Connection, table: str, row: int, event_id: int, undoing_event_id: int) -> bool:
    """Whether the event left the row in place and a later one took it away."""
    if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone():
        return False
    later = connection.execute(
        "SELECT before IS NOT NULL FROM row_change WHERE table_name = ? AND row_id = ? AND event_id > ? AND event_id < ? "
        "ORDER BY id LIMIT 1",
        (table, row, event_id, undoing_event_id),
    ).fetchone()
    return bool(later and later[0])


def _put_back(connection: sqlite.Connection, table: str, row: int, before: dict[str, Any] | None, undoing_event_id: int) -> None:
    if before is None:
        if table == "product":
            _require_nothing_left(connection, row)
        removal = _VOID.get(table) or _DELETE_UNLESS_NAMED.get(table) or f"DELETE FROM {table} WHERE id = :row"
        connection.execute(removal, {"row": row, "event": undoing_event_id} if ":event" in removal else {"row": row})
        return
    if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone() is None:
        columns = ", ".join(before)
        places = ", ".join(f":{column}" for column in before)
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", before)
        return
    if table == "coupon":
        connection.execute(_REOPEN_COUPON, {**before, "event": undoing_event_id})
    connection.execute(_restore_statement(table, tuple(before)), before)


def _require_nothing_left(connection: sqlite.Connection, product_id: int) -> None:
    product = connection.execute("SELECT on_hand, title FROM product WHERE id = ?", (product_id,)).fetchone()
    if product and product[0]:
        raise RefusedError(
            f"This step can't be undone: it added {product[1]}, of which {product[0]} have come in since.",
            "Count it down to 0 first, or keep it.",
        )


@cache
def _restore_statement(table: str, columns: tuple[str, ...]) -> str:
    """`columns` are those of the row as it was kept: a column that came with a later version keeps its value."""
    settings = [f"{column} = :{column}" for column in columns if column != "id"]
    if table == "order_line":
        # Units that go out of the house again take their allocation along; what is left stays within what is open.
        settings.append(
            "allocated = max(0, min(allocated - max(0, :shipped - shipped), :ordered - :canceled - :shipped - :drop_ship)) * eligible"
        )
    return f"UPDATE {table} SET {', '.join(settings)} WHERE id = :id"


def _square_coupon_ledger(connection: sqlite.Connection, undoing_event_id: int) -> None:
    connection.execute(
        "INSERT INTO coupon_entry (coupon_id, event_id, kind, amount_minor, at) "
        "SELECT c.id, e.id, 'changed', c.balance_minor - sum(n.amount_minor), e.at FROM coupon c "
        "JOIN coupon_entry n ON n.coupon_id = c.id JOIN event e ON e.id = :event "
        "WHERE c.id IN (SELECT row_id FROM row_change WHERE event_id = :event AND table_name = 'coupon') "
        "AND c.balance_minor IS NOT NULL GROUP BY c.id HAVING c.balance_minor <> sum(n.amount_minor)",
        {"event": undoing_event_id},
    )
