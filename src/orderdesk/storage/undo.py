"""Undo: the inverse of an event, from the log of its rows. Works across restarts, and the inverse is an event like any other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.days import day_of
from orderdesk.domain.errors import RefusedError
from orderdesk.domain.zones import zone_named
from orderdesk.storage.built_on import (
    LEFT_TO_OTHERS,
    MOVED,
    MOVED_UNITS,
    differing,
    refused_by_the_file,
    require_nothing_built_on,
    row_now,
)
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.given import LAST_TOLD

# What the world may have seen is voided, not erased; a purchase order only if it was sent and is for no line any more.
_VOID = {
    "notice": "UPDATE notice SET voided_at = coalesce(voided_at, (SELECT at FROM event WHERE id = :event)) WHERE id = :row",
    "coupon": "UPDATE coupon SET status = 'voided', void_reason = 'Undone' WHERE id = :row AND status = 'issued'",
    "purchase_order": "UPDATE purchase_order SET canceled_on = :today WHERE id = :row AND sent_on IS NOT NULL",
    "purchase_line": "UPDATE purchase_line SET canceled = quantity - received, order_line_id = NULL WHERE id = :row "
    "AND (SELECT sent_on FROM purchase_order WHERE id = purchase_order_id) IS NOT NULL",
}
_NEVER_DELETED = ("notice", "coupon")
# An order or a letter that names such a customer, and neither goes with this step nor back to somebody else.
_STILL_NAMES = """EXISTS (SELECT 1 FROM {table} n WHERE n.customer_id = mine.row_id AND NOT EXISTS (SELECT 1 FROM row_change r
    WHERE r.event_id = :event AND r.table_name = '{table}' AND r.row_id = n.id AND ({leaves})))"""
_TO_ANOTHER = "r.before ->> 'customer_id' <> mine.row_id"
# Customers whom one still names: they stay, with all that they are known by.
_STAYING = f"""
SELECT mine.row_id FROM row_change mine WHERE mine.event_id = :event AND mine.table_name = 'customer' AND mine.before IS NULL
AND ({_STILL_NAMES.format(table="notice", leaves=_TO_ANOTHER)}
    OR {_STILL_NAMES.format(table="orders", leaves=f"r.before IS NULL OR {_TO_ANOTHER}")})
"""

# Letters that were told and are void by now stay as their customers have them, with their lines and coupons, but for a redo.
_HELD = """
SELECT table_name, row_id FROM row_change r JOIN notice n ON n.voided_at IS NOT NULL AND n.told_at IS NOT NULL AND n.id = CASE table_name
    WHEN 'notice' THEN row_id WHEN 'notice_line' THEN coalesce(before ->> 'notice_id', (SELECT notice_id FROM notice_line WHERE id = row_id))
    WHEN 'coupon' THEN (SELECT notice_id FROM coupon WHERE id = row_id) END
JOIN event e ON e.id = r.event_id AND e.kind <> 'undo'
WHERE r.event_id = ?
"""
# What a void letter said of a line goes with the line.
_LET_GO_OF_LINE = (
    "DELETE FROM notice_line WHERE order_line_id = ? AND notice_id IN (SELECT id FROM notice WHERE voided_at IS NOT NULL)"
)

# A coupon opens again by an entry of its ledger; the units of a gift card that were spent come back with it.
_REOPEN_COUPON = """
INSERT INTO coupon_entry (coupon_id, event_id, kind, amount_minor, at)
SELECT c.id, e.id, 'restored', :balance_minor - c.balance_minor, e.at FROM coupon c JOIN event e ON e.id = :event
WHERE c.id = :id AND :status = 'issued' AND (c.status <> 'issued' OR c.balance_minor < :balance_minor)
"""

# What has no balance to change is used up again by an entry all the same.
_USE_UP_AGAIN = """
INSERT INTO coupon_entry (coupon_id, event_id, kind, at)
SELECT c.id, e.id, 'changed', e.at FROM coupon c JOIN event e ON e.id = :event
WHERE c.id = :id AND :status = 'redeemed' AND c.status = 'issued' AND c.balance_minor IS NULL
"""

# Only a letter that nobody was told of may say something else.
_UNTELL = "UPDATE notice SET told_at = NULL, told_by = NULL WHERE id = :id AND told_at IS NOT NULL"

# Rows that come back must not name a letter that was taken back meanwhile; who had one before it knows by that.
_LET_GO_OF_VOIDED = f"""
UPDATE orders AS o SET notice_id = {LAST_TOLD}, told_at = iif({LAST_TOLD} IS NULL, NULL, told_at)
WHERE notice_id IN (SELECT id FROM notice WHERE voided_at IS NOT NULL)
"""


# Each row that the event touched, as it was before: those that it made last first.
_FIRST_STATES = (
    "SELECT table_name, row_id, before FROM (SELECT table_name, row_id, before, min(id) AS first FROM row_change WHERE event_id = ? "
    "GROUP BY table_name, row_id) ORDER BY first DESC"
)


@dataclass(frozen=True, slots=True)
class _Change:
    """A row that the event changed or took away, as it was before."""

    table: str
    row: int
    event_id: int
    before: dict[str, Any]


def apply_inverse(connection: sqlite.Connection, event_id: int, undoing_event_id: int) -> None:
    """Take back what the event itself changed, and compensate its stock movements; what others changed since stays.

    Raises RefusedError where a later step has built on it, or where the stock is no longer there.
    """
    require_nothing_built_on(connection, event_id)
    connection.execute("PRAGMA defer_foreign_keys = ON")
    movements = _movements(connection, event_id)
    waiting = [movement for movement in movements if not _move_back(connection, movement, undoing_event_id)]
    staying = _staying(connection, event_id)
    for table, row, before in connection.execute(_FIRST_STATES, (event_id,)).fetchall():
        if (table, row) in staying:
            continue
        if before is not None:
            _put_back(connection, _Change(table, row, event_id, json.loads(before)), undoing_event_id)
        else:
            _take_away(connection, table, row, event_id, undoing_event_id)
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


def _staying(connection: sqlite.Connection, event_id: int) -> set[tuple[str, int]]:
    """Rows that stay as they are: customers whom others name and whom the event made, what they are known by, letters told."""
    customers = [row for (row,) in connection.execute(_STAYING, {"event": event_id})]
    asked = (json.dumps(customers),)
    theirs = "SELECT k.id FROM json_each(?) j JOIN {} k ON k.customer_id = j.value"
    found = {("customer", row) for row in customers}
    for table in ("customer_key", "marketing_consent") if customers else ():
        found |= {(table, row) for (row,) in connection.execute(theirs.format(table), asked)}
    return found.union(connection.execute(_HELD, (event_id,)))


def _put_back(connection: sqlite.Connection, change: _Change, undoing_event_id: int) -> None:
    table, before, now = change.table, change.before, row_now(connection, change.table, change.row)
    after = _state_after(connection, change, now)
    if now is None and after is not None:
        return  # another undo took the row away: to put it back would make an order without lines
    wanted = before if now is None or after is None else _without(table, now, before, after)
    if table == "coupon":
        for entry in (_REOPEN_COUPON, _USE_UP_AGAIN):
            connection.execute(entry, {**wanted, "event": undoing_event_id})
    if table == "notice" and wanted["told_at"] is None:
        connection.execute(_UNTELL, wanted)
    statement = _insert_statement(table, tuple(wanted)) if now is None else _restore_statement(table, tuple(wanted))
    try:
        connection.execute(statement, wanted)
    except sqlite.IntegrityError as error:
        raise refused_by_the_file(connection, table, wanted, change.event_id) from error


def _state_after(connection: sqlite.Connection, change: _Change, now: dict[str, Any] | None) -> dict[str, Any] | None:
    """As the event left the row; None where it took it away."""
    next_state = "SELECT before FROM row_change WHERE table_name = ? AND row_id = ? AND event_id > ? ORDER BY id LIMIT 1"
    found = connection.execute(next_state, (change.table, change.row, change.event_id)).fetchone()
    if found is None:
        return now
    state: dict[str, Any] | None = json.loads(found[0]) if found[0] else None
    return state


def _without(table: str, now: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The row as it is now without what the event changed: its values as they were before, and the units back that it moved."""
    own, theirs = differing(before, after), LEFT_TO_OTHERS.get(table, frozenset())
    if theirs & differing(after, now):
        own -= theirs
    moved = {name: now[name] + before[name] - after[name] for name in MOVED.get(table, ()) if name in own}
    units = {name: max(0, moved[name]) for name in MOVED_UNITS.get(table, ()) if name in moved}
    return {**now, **{name: before[name] for name in own}, **moved, **units}


def _take_away(connection: sqlite.Connection, table: str, row: int, event_id: int, undoing_event_id: int) -> None:
    """Void what the event made where the world has seen it, or delete it."""
    if table == "product":
        _require_nothing_left(connection, row)
    if table in _VOID:
        names = {"row": row, "event": undoing_event_id, "today": _day_of(connection, undoing_event_id)}
        if connection.execute(_VOID[table], names).rowcount or table in _NEVER_DELETED:
            return
    if table == "order_line":
        connection.execute(_LET_GO_OF_LINE, (row,))
    try:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))
    except sqlite.IntegrityError as error:
        raise refused_by_the_file(connection, table, row_now(connection, table, row) or {"id": row}, event_id) from error


def _day_of(connection: sqlite.Connection, event_id: int) -> str:
    """Where the shop is."""
    zone, at = connection.execute("SELECT (SELECT time_zone FROM shop), at FROM event WHERE id = ?", (event_id,)).fetchone()
    return day_of(parse_instant(at), zone_named(zone)).isoformat()


def _require_nothing_left(connection: sqlite.Connection, product_id: int) -> None:
    product = connection.execute("SELECT on_hand, title FROM product WHERE id = ?", (product_id,)).fetchone()
    on_hand, title = product or (0, "")
    if on_hand:
        raise RefusedError(
            f"This step can't be undone: it added {title}, of which {on_hand} have come in since.",
            "Count it down to 0 first, or keep it.",
        )
    asked_for = "SELECT o.number FROM purchase_line b JOIN purchase_order o ON o.id = b.purchase_order_id WHERE b.product_id = ?"
    sent = connection.execute(asked_for, (product_id,)).fetchone()
    if sent:
        raise RefusedError(f"This step can't be undone: it added {title}, which {sent[0]} asked for.", "Keep it.")


@cache
def _insert_statement(table: str, columns: tuple[str, ...]) -> str:
    places = ", ".join(f":{column}" for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"


@cache
def _restore_statement(table: str, columns: tuple[str, ...]) -> str:
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
