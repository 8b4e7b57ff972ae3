"""Customers whose names were taken out of the file: nothing can be shipped to them, and no letter could say whom it is for."""

from __future__ import annotations

import re

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import RefusedError

_ERASED = "Erased customer {}"
_ERASED_NAME = re.compile(_ERASED.format(r"\d+"))
# What was open before the step may be so after it, or files in which it is could do nothing about it.
_OPEN_FOR_NOBODY = """
SELECT o.order_number FROM touched_order t CROSS JOIN orders o ON o.id = t.id AND o.open_units > 0
CROSS JOIN customer c ON c.id = o.customer_id AND c.name GLOB 'Erased customer [0-9]*' AND c.name NOT GLOB 'Erased customer *[^0-9]*'
CROSS JOIN order_line l ON l.order_id = o.id AND l.ordered > l.canceled + l.shipped
CROSS JOIN row_change mine ON mine.event_id = :event AND (
    mine.table_name = 'orders' AND mine.row_id = o.id AND coalesce(mine.before ->> 'customer_id' <> o.customer_id, 1)
    OR mine.table_name = 'order_line' AND mine.row_id = l.id AND l.ordered - l.canceled - l.shipped
        > coalesce(mine.before ->> 'ordered' - mine.before ->> 'canceled' - mine.before ->> 'shipped', 0))
LIMIT 1
"""


def erased_name(customer_id: int) -> str:
    """What stands in the place of the customer's name."""
    return _ERASED.format(customer_id)


def is_erased(name: str) -> bool:
    """Whether a customer's name is one that says of nobody who they are."""
    return _ERASED_NAME.fullmatch(name) is not None


def open_for_nobody(order_number: str) -> RefusedError:
    """Why something of that order can't be left to ship."""
    why = f"Order {order_number} would be open, and who its customer was is erased."
    return RefusedError(why, "If they are a customer again, add them anew, and an order for them.")


def require_nothing_open_for_nobody(connection: sqlite.Connection, event_id: int) -> None:
    """Raise RefusedError where the event, once settled, leaves more to ship than before to a customer who was erased."""
    found = connection.execute(_OPEN_FOR_NOBODY, {"event": event_id}).fetchone()
    if found:
        raise open_for_nobody(*found)
