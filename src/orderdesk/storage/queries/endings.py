"""How a wait ended, line by line: what has come in for a customer who was told, and what was canceled."""

from __future__ import annotations

from datetime import date
from typing import Any

from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries.cases import ShortLine
from orderdesk.storage.queries.given import REFUNDED
from orderdesk.storage.view import View

_COLUMNS = "l.id, o.id, o.order_number, o.placed_on, o.ship_by, o.currency, l.sku, l.title"
# The last letter that the customer has about this order, and what of it waits for nothing any more but has not left either.
_ARRIVED = f"""
SELECT {_COLUMNS}, min(nl.quantity, l.ordered - l.canceled - l.shipped) AS units, l.unit_price_minor
FROM order_line l JOIN orders o ON o.id = l.order_id JOIN notice_line nl ON nl.order_line_id = l.id
WHERE o.id = ? AND l.backordered + l.pending = 0 AND units > 0 AND NOT {REFUNDED} AND nl.notice_id = (
    SELECT max(n.id) FROM notice n JOIN notice_line x ON x.notice_id = n.id JOIN order_line y ON y.id = x.order_line_id
    WHERE y.order_id = o.id AND n.told_at IS NOT NULL AND n.voided_at IS NULL AND n.kind IN ('first', 'renewed', 'date_change'))
ORDER BY l.position
"""
# Units that another product was sent for are not what the customer hears was canceled.
_CANCELED = f"""
SELECT {_COLUMNS}, l.canceled - coalesce((SELECT sum(s.ordered) FROM order_line s
    WHERE s.order_id = o.id AND s.replaces_id = l.id AND s.stand_in = 'substitute'), 0) AS units, l.unit_price_minor
FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.id = ? AND units > 0 ORDER BY l.position
"""
_TOLD = """
SELECT 1 FROM notice n JOIN notice_line nl ON nl.notice_id = n.id JOIN order_line l ON l.id = nl.order_line_id
WHERE l.order_id = ? AND n.told_at IS NOT NULL AND n.voided_at IS NULL LIMIT 1
"""


def arrived_lines(view: View, order_id: int) -> list[ShortLine]:
    """What the customer was told to wait for and is there now, unless it has left already."""
    return [_line(row) for row in view.all(_ARRIVED, (order_id,))]


def canceled_lines(view: View, order_id: int) -> list[ShortLine]:
    """What of the order was canceled."""
    return [_line(row) for row in view.all(_CANCELED, (order_id,))]


def was_told(view: View, order_id: int) -> bool:
    """Whether the customer has had a letter about the order."""
    return view.value(_TOLD, (order_id,)) is not None


def _line(row: tuple[Any, ...]) -> ShortLine:
    line_id, order_id, number, placed_on, promised_on, currency, sku, title, units, price = row
    promised = parse_day(promised_on)
    return ShortLine(
        line_id, order_id, number, date.fromisoformat(placed_on), promised, currency, sku, title, units, price, expected_on=None
    )
