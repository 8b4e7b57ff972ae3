"""Later steps that rely on what a step did to money, or on what it told a customer: the goods would be given away without it.

Each statement names the steps that stand and rely on step `:event`, as id, summary, undoable.
"""

from __future__ import annotations

from orderdesk.storage.past import STANDS, was


def _after(column: str, of: str = "o", table: str = "orders", change: str = "mine") -> str:
    """Of a change of a row of the table, which is there: that column as its step left it."""
    return was(column, of, table, until=f"x.event_id > {change}.event_id")


def _changed(*columns: str, of: str = "o", table: str = "orders", change: str = "mine") -> str:
    """Whether the step of a change left one of these otherwise than it was."""
    return " OR ".join(f"{change}.before ->> '{column}' IS NOT {_after(column, of, table, change)}" for column in columns)


def _line_changed(column: str, change: str) -> str:
    return _changed(column, of="l", table="order_line", change=change)


# Orders that the step owed more to, units were canceled, it comes to less, a coupon was used on it; or that came in with it.
_OWED_MORE = f"""
SELECT l.order_id, 0 AS came_in FROM row_change mine JOIN order_line l ON l.id = mine.row_id
WHERE mine.event_id = :event AND mine.table_name = 'order_line' AND mine.before ->> 'canceled' < {_after("canceled", "l", "order_line")}
UNION SELECT o.id, mine.before ->> 'paid' < {_after("paid")} FROM row_change mine JOIN orders o ON o.id = mine.row_id
WHERE mine.event_id = :event AND mine.table_name = 'orders'
    AND (mine.before ->> 'paid' < {_after("paid")} OR mine.before ->> 'lowered_minor' < {_after("lowered_minor")})
UNION SELECT order_id, 0 FROM redemption WHERE event_id = :event
"""
# What was given beside what is owed was for none of it; but what never came in can't have gone back.
_PAID_BACK = f"""
SELECT e.id, e.summary, e.undoable FROM ({_OWED_MORE}) owed CROSS JOIN refund m ON m.order_id = owed.order_id
CROSS JOIN row_change made ON made.table_name = 'refund' AND made.row_id = m.id AND made.before IS NULL AND made.event_id > :event
JOIN event e ON e.id = made.event_id AND {STANDS} WHERE owed.came_in OR m.settles_minor <> 0
"""
_SENT_AS_PAID = f"""
SELECT e.id, e.summary, e.undoable FROM row_change mine JOIN orders o ON o.id = mine.row_id
CROSS JOIN order_line l ON l.order_id = o.id
CROSS JOIN row_change later ON later.table_name = 'order_line' AND later.row_id = l.id AND later.event_id > mine.event_id
    AND later.before ->> 'shipped' < {_after("shipped", "l", "order_line", change="later")}
JOIN event e ON e.id = later.event_id AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = 'orders' AND mine.before ->> 'paid' < {_after("paid")}
"""
_REST_PAID = f"""
SELECT e.id, e.summary, e.undoable FROM row_change mine JOIN orders o ON o.id = mine.row_id
CROSS JOIN row_change later ON later.table_name = 'orders' AND later.row_id = o.id AND later.event_id > mine.event_id
JOIN event e ON e.id = later.event_id AND e.kind = 'paid' AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = 'orders' AND mine.before ->> 'paid' < {_after("paid")}
"""
# Orders that the step made come to something else.
_OTHER_SUM = f"""
SELECT o.id FROM row_change mine JOIN orders o ON o.id = mine.row_id
WHERE mine.event_id = :event AND mine.table_name = 'orders' AND ({_changed("shipping_minor", "tax_minor", "discount_minor")})
UNION SELECT coalesce(l.order_id, mine.before ->> 'order_id') FROM row_change mine LEFT JOIN order_line l ON l.id = mine.row_id
WHERE mine.event_id = :event AND mine.table_name = 'order_line'
    AND (mine.before IS NULL OR l.id IS NULL OR {_changed("ordered", "unit_price_minor", of="l", table="order_line")})
"""
_PAID_AS_IT_WAS = f"""
SELECT e.id, e.summary, e.undoable FROM ({_OTHER_SUM}) other CROSS JOIN orders o ON o.id = other.id AND o.paid
CROSS JOIN row_change paid ON paid.table_name = 'orders' AND paid.row_id = o.id AND paid.event_id > :event
    AND paid.before ->> 'paid' < {_after("paid", change="paid")}
JOIN event e ON e.id = paid.event_id AND {STANDS}
"""
# What a paid order came to less by another price was for as many units as there were then, and the other way round.
_TIMES_WHAT_IT_WAS = f"""
SELECT e.id, e.summary, e.undoable FROM row_change mine JOIN order_line l ON l.id = mine.row_id JOIN orders o ON o.id = l.order_id AND o.paid
CROSS JOIN row_change later ON later.table_name = 'order_line' AND later.row_id = l.id AND later.event_id > mine.event_id
    AND later.before IS NOT NULL
    AND (({_line_changed("ordered", "mine")}) AND ({_line_changed("unit_price_minor", "later")})
        OR ({_line_changed("unit_price_minor", "mine")}) AND ({_line_changed("ordered", "later")}))
JOIN event e ON e.id = later.event_id AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = 'order_line' AND mine.before IS NOT NULL
"""
# Paid again, an order would have been paid as it is by now: whatever was changed of its money since.
_UNPAID = f"""row_change mine JOIN orders o ON o.id = mine.row_id
    AND mine.event_id = :event AND mine.table_name = 'orders' AND mine.before ->> 'paid' > {_after("paid")}"""
_CHANGED_UNPAID = f"""
SELECT e.id, e.summary, e.undoable FROM {_UNPAID}
CROSS JOIN row_change later ON later.event_id > mine.event_id AND later.table_name = 'orders' AND later.row_id = o.id
    AND ({_changed("paid", "shipping_minor", "tax_minor", "discount_minor", change="later")})
JOIN event e ON e.id = later.event_id AND {STANDS}
UNION SELECT e.id, e.summary, e.undoable FROM {_UNPAID}
CROSS JOIN row_change later ON later.event_id > mine.event_id AND later.table_name = 'order_line'
LEFT JOIN order_line l ON l.id = later.row_id
JOIN event e ON e.id = later.event_id AND {STANDS}
WHERE coalesce(l.order_id, later.before ->> 'order_id') = o.id AND (later.before IS NULL OR l.id IS NULL
    OR {_changed("ordered", "canceled", "unit_price_minor", of="l", table="order_line", change="later")})
"""
_ANSWERED = f"""
SELECT e.id, e.summary, e.undoable FROM row_change mine JOIN orders o ON o.id = mine.row_id CROSS JOIN answer a ON a.order_id = o.id
CROSS JOIN row_change made ON made.table_name = 'answer' AND made.row_id = a.id AND made.before IS NULL AND made.event_id > mine.event_id
JOIN event e ON e.id = made.event_id AND {STANDS}
WHERE mine.event_id = :event AND mine.table_name = 'orders' AND mine.before IS NOT NULL
    AND mine.before ->> 'told_at' IS NULL AND {_after("told_at")} IS NOT NULL
"""
RELIED_ON = (_PAID_BACK, _SENT_AS_PAID, _REST_PAID, _PAID_AS_IT_WAS, _TIMES_WHAT_IT_WAS, _CHANGED_UNPAID, _ANSWERED)
