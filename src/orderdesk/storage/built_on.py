"""What later steps have built on a step: where it can't be undone, and by whose name that is refused.

A later step that stands itself is in the way where it
- changed a value that this one had changed; the units of a line are one value, as they add up, and so is what an order waits for,
- changed a row that this one made, or made one that names it,
- said outright how many units there are where this one had moved some, or made a kit of their product,
- paid back, sent or noted what the customer answered on the strength of this one (relied_on.py),
- took in what this one had sent for, or redeemed a coupon on an order that this one made,
- took off every other line of an order to which this one had added some,
- or, as the file's own rules tell, took the place of a row that would come back or relies on what would go.
Whoever moved further units by a delivery or a parcel is in nobody's way: undo moves back as many as this step moved.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Table, UniqueConstraint

from orderdesk.domain.counts import first_names
from orderdesk.domain.errors import RefusedError
from orderdesk.storage.parts import metadata
from orderdesk.storage.past import STANDS
from orderdesk.storage.relied_on import RELIED_ON
from orderdesk.storage.tables import UNDOABLE, facts

Row = Mapping[str, Any]

_NAMED_ORDERS = 5
# What an order waits for, and the letter about it.
_WAIT = frozenset(("backordered_since", "notice_id", "told_at"))
# Columns that are one value together.
_ONE_VALUE = {
    "order_line": frozenset(("ordered", "shipped", "canceled", "returned", "drop_ship", "firm")),
    "purchase_line": frozenset(("quantity", "received", "canceled")),
    "orders": _WAIT,
}
# What undo leaves as it is where others have changed any of it: a wait has ended since, or another has begun.
LEFT_TO_OTHERS = {"orders": _WAIT}
# Units that are moved, so many more or fewer, whatever the others did; and none are fewer than none.
MOVED_UNITS = {"order_line": ("shipped",), "purchase_line": ("received",), "product": ("on_order",)}
# The same of sums, which have no end.
MOVED = {**MOVED_UNITS, "orders": ("lowered_minor",)}
# These say how many there are.
_STATING = ("edit_product", "import")
# Tables whose rows stay when their making is undone, and so all that names them.
_STAYING = ("customer", "notice", "coupon")
# Keys of a customer and the lines of a letter follow their customer and their letter.
_CHANGED = """
SELECT DISTINCT mine.table_name, mine.row_id FROM row_change mine
JOIN row_change later ON later.table_name = mine.table_name AND later.row_id = mine.row_id AND later.event_id > mine.event_id
WHERE mine.event_id = ? AND mine.table_name NOT IN ('customer_key', 'notice_line')
"""
_COURSE = f"""
SELECT r.event_id, r.before, e.summary, e.undoable, e.kind, {STANDS} FROM row_change r JOIN event e ON e.id = r.event_id
WHERE r.table_name = ? AND r.row_id = ? AND r.event_id >= ? ORDER BY r.id
"""
_NAMED = f"""
SELECT e.id, e.summary, e.undoable FROM row_change mine CROSS JOIN {{table}} n ON n.{{column}} = mine.row_id{{further}}
CROSS JOIN row_change made ON made.table_name = '{{table}}' AND made.row_id = n.id AND made.event_id > mine.event_id
JOIN event e ON e.id = made.event_id AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = '{{named}}' AND mine.before IS NULL AND NOT EXISTS (SELECT 1 FROM row_change
    WHERE event_id = :event AND table_name = '{{table}}' AND row_id = n.id AND before IS NULL)
ORDER BY e.id DESC LIMIT 1
"""
# A line stands in for one of its order, by which it is found at once.
_OF_ITS_ORDER = " AND n.order_id = (SELECT order_id FROM order_line WHERE id = mine.row_id)"
# The place of a redemption would go with its order.
_REDEEMED = f"""
SELECT e.id, e.summary, e.undoable FROM row_change mine JOIN redemption r ON r.order_id = mine.row_id AND r.event_id > mine.event_id
JOIN event e ON e.id = r.event_id AND {STANDS} WHERE mine.event_id = :event AND mine.table_name = 'orders' AND mine.before IS NULL
"""
# A count takes the shelf as it finds it; and what is known of stock that was not, is known by this step.
_COUNTED = f"""
SELECT e.id, e.summary, e.undoable FROM stock_movement mine
JOIN stock_movement later ON later.product_id = mine.product_id AND later.event_id > mine.event_id AND later.kind = 'adjusted'
JOIN event e ON e.id = later.event_id AND {STANDS} WHERE mine.event_id = :event
UNION ALL SELECT e.id, e.summary, e.undoable FROM row_change mine
JOIN stock_movement later ON later.product_id = mine.row_id AND later.event_id > mine.event_id
JOIN event e ON e.id = later.event_id AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = 'product' AND mine.before ->> 'stock_known' = 0 AND NOT EXISTS (SELECT 1
    FROM row_change n WHERE n.table_name = 'product' AND n.row_id = mine.row_id AND n.event_id > mine.event_id
    AND n.before ->> 'stock_known' = 0)
"""
# A kit has no stock of its own to which units could go back.
_MADE_A_KIT = f"""
SELECT e.id, e.summary, e.undoable FROM stock_movement mine JOIN kit_part k ON k.kit_id = mine.product_id
JOIN row_change made ON made.table_name = 'kit_part' AND made.row_id = k.id AND made.event_id > mine.event_id
JOIN event e ON e.id = made.event_id AND {STANDS} WHERE mine.event_id = :event
"""
# What was received, changed or canceled of a purchase order that this step sent.
_OF_WHAT_WAS_SENT = f"""
SELECT e.id, e.summary, e.undoable FROM row_change mine
JOIN purchase_order o ON o.id = mine.row_id AND o.sent_on IS NOT NULL JOIN purchase_line b ON b.purchase_order_id = o.id
JOIN row_change later ON later.table_name = 'purchase_line' AND later.row_id = b.id AND later.event_id > mine.event_id
JOIN event e ON e.id = later.event_id AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = 'purchase_order' AND mine.before IS NOT NULL AND mine.before ->> 'sent_on' IS NULL
"""
# A line of an order that was there before stays while it is the last: whoever took the others off has relied on it.
_LAST_LINE = f"""
SELECT e.id, e.summary, e.undoable FROM row_change mine CROSS JOIN order_line l ON l.id = mine.row_id
CROSS JOIN row_change later ON later.table_name = 'order_line' AND later.event_id > mine.event_id
    AND later.before ->> 'order_id' = l.order_id AND later.row_id NOT IN (SELECT id FROM order_line WHERE order_id = l.order_id)
JOIN event e ON e.id = later.event_id AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = 'order_line' AND mine.before IS NULL
AND NOT EXISTS (SELECT 1 FROM row_change WHERE event_id = :event AND table_name = 'orders' AND row_id = l.order_id AND before IS NULL)
AND NOT EXISTS (SELECT 1 FROM row_change WHERE event_id = :event AND table_name = 'order_line' AND before ->> 'order_id' = l.order_id
    AND row_id NOT IN (SELECT id FROM order_line WHERE order_id = l.order_id))
AND NOT EXISTS (SELECT 1 FROM order_line WHERE order_id = l.order_id AND id NOT IN (
    SELECT row_id FROM row_change WHERE event_id = :event AND table_name = 'order_line' AND before IS NULL))
"""
_BUILT_ON = (_REDEEMED, _COUNTED, _MADE_A_KIT, _OF_WHAT_WAS_SENT, _LAST_LINE, *RELIED_ON)
# A customer is added for their own sake, or with an order: without it they stay for the sake of later ones.
_ORDERED = f"""
SELECT max(e.id), e.summary, e.undoable, c.name, json_group_array(DISTINCT o.order_number) FROM row_change mine
JOIN customer c ON c.id = mine.row_id JOIN orders o ON o.customer_id = c.id
JOIN row_change later ON later.table_name = 'orders' AND later.row_id = o.id AND later.event_id > mine.event_id
    AND (later.before IS NULL OR later.before ->> 'customer_id' <> c.id)
JOIN event e ON e.id = later.event_id AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = 'customer' AND mine.before IS NULL AND NOT EXISTS (SELECT 1 FROM orders x
    CROSS JOIN row_change r ON r.event_id = :event AND r.table_name = 'orders' AND r.row_id = x.id WHERE x.customer_id = c.id)
GROUP BY c.id ORDER BY 1 DESC
"""
_LATEST_ON = f"""
SELECT e.id, e.summary, e.undoable FROM json_each(?) j
CROSS JOIN row_change r ON r.table_name = j.value ->> 0 AND r.row_id = j.value ->> 1 AND r.event_id > ?
JOIN event e ON e.id = r.event_id AND {STANDS} ORDER BY e.id DESC LIMIT 1
"""


class Later(NamedTuple):
    """A later step that stands."""

    event_id: int
    summary: str
    undoable: bool


def require_nothing_built_on(connection: sqlite.Connection, event_id: int) -> None:
    """Raise RefusedError by the name of the newest step that has built on this one: others may have built on that in turn."""
    event = {"event": event_id}
    for *step, name, numbers in connection.execute(_ORDERED, event):
        _refuse(Later(*step), f"{name} has ordered since ({first_names(json.loads(numbers), _NAMED_ORDERS)}).")
    found = [Later(*row) for sql in _BUILT_ON for row in connection.execute(sql, event)]
    found += [*_naming(connection, event_id), *_changing(connection, event_id)]
    if found:
        _refuse(max(found))


def refused_by_the_file(connection: sqlite.Connection, table: str, row: Row, event_id: int) -> RefusedError:
    """Why the row can neither go nor come back: the newest later step that changed it, took its place or what it names."""
    of = metadata.tables[table]
    named = [(key.column.table.name, row.get(key.parent.name)) for key in of.foreign_keys]
    rows = [(table, row["id"]), *((table, key) for key in _in_the_place_of(connection, of, row)), *named]
    found = connection.execute(_LATEST_ON, (json.dumps(rows), event_id)).fetchone()
    if found:
        _refuse(Later(*found))
    return RefusedError("This step can't be undone: later ones have built on it.", "Undo those first, the last one first.")


def differing(before: Row | None, after: Row | None) -> frozenset[str]:
    """The columns in which two states of a row differ. A column that came with a later version is in one of them alone."""
    if before is None or after is None:
        return frozenset(before or after or ())
    return frozenset(name for name, value in before.items() if name in after and after[name] != value)


def row_now(connection: sqlite.Connection, table: str, row: int) -> dict[str, Any] | None:
    """The facts of a row; None where there is none."""
    columns = facts(metadata.tables[table])
    found = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row,)).fetchone()
    return dict(zip(columns, found, strict=True)) if found else None


def _refuse(step: Later, why: str = "a later one has built on it.") -> None:
    remedy = f"First undo: {step.summary}" if step.undoable else f"It can't be taken back: {step.summary}"
    raise RefusedError(f"This step can't be undone: {why}", remedy)


def _naming(connection: sqlite.Connection, event_id: int) -> Iterator[Later]:
    """Steps that made something which names a row that would go."""
    made = "SELECT DISTINCT table_name FROM row_change WHERE event_id = ? AND before IS NULL"
    going = {name for (name,) in connection.execute(made, (event_id,))} - {*_STAYING}
    for table in UNDOABLE:
        names = [(key.parent.name, key.column.table.name, "") for key in table.foreign_keys]
        names += [("replaces_id", "order_line", _OF_ITS_ORDER)] if table.name == "order_line" else []
        for column, named, further in names:
            if named in going:
                sql = _NAMED.format(table=table.name, column=column, named=named, further=further)
                yield from (Later(*row) for row in connection.execute(sql, {"event": event_id}))


def _changing(connection: sqlite.Connection, event_id: int) -> Iterator[Later]:
    """Steps that changed what this one had changed or made."""
    for table, row in connection.execute(_CHANGED, (event_id,)).fetchall():
        course = connection.execute(_COURSE, (table, row, event_id)).fetchall()
        states = [json.loads(before) if before else None for _, before, *_ in course] + [row_now(connection, table, row)]
        own = sum(event == event_id for event, *_ in course)
        mine = None if states[0] is None else _as_one(table, differing(states[0], states[own]))
        for place in range(own, len(course)):
            event, _, summary, undoable, kind, stands = course[place]
            theirs = differing(states[place], states[place + 1]) - _following(table, states[place], states[place + 1])
            if mine is not None:
                theirs &= mine if kind in _STATING else mine.difference(MOVED.get(table, ()))
            if stands and theirs:
                yield Later(event, summary, undoable)


def _as_one(table: str, columns: frozenset[str]) -> frozenset[str]:
    together = _ONE_VALUE.get(table, frozenset())
    return columns | together if columns & together else columns


def _following(table: str, before: Row | None, after: Row | None) -> frozenset[str]:
    """What nobody changed on purpose: an order waits since its units are short, again with the letter that its customer knows, and
    its letter is over once they are not.
    """
    if table != "orders" or after is None:
        return frozenset()
    if before is not None and before["backordered_since"] is None and after["backordered_since"] is not None:
        return _WAIT
    return frozenset(("backordered_since", *(name for name in ("notice_id", "told_at") if after[name] is None)))


def _in_the_place_of(connection: sqlite.Connection, table: Table, row: Row) -> Iterator[int]:
    """Other rows that have what only one may have."""
    places = [[str(getattr(each, "name", each)) for each in index.expressions] for index in table.indexes if index.unique]
    places += [[each.name for each in rule.columns] for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    for place in places:
        same = " AND ".join(f"{column} = :{column.split()[0]}" for column in place)
        yield from (key for (key,) in connection.execute(f"SELECT id FROM {table.name} WHERE {same} AND id <> :id", dict(row)))
