"""What goes into an order's parcel: what is allocated now, else what left last."""

from __future__ import annotations

from datetime import date

from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.storage.queries.addresses import ON_FILE, ON_ORDER, address_of
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.view import View

_ORDER = f"""
SELECT o.order_number, o.placed_on, c.language, o.allocated_units > 0, {ON_ORDER}, {ON_FILE}, c.id
FROM orders o JOIN customer c ON c.id = o.customer_id WHERE o.id = ?
"""
_LINES = """
SELECT l.id, l.product_id, l.sku, l.title, l.ordered - l.canceled, l.allocated, l.ordered - l.canceled - l.shipped,
    coalesce((SELECT -sum(m.quantity) FROM stock_movement m WHERE m.order_line_id = l.id AND m.event_id = (
        SELECT max(event_id) FROM stock_movement WHERE kind = 'shipped' AND order_line_id IN (
            SELECT id FROM order_line WHERE order_id = l.order_id))), 0)
FROM order_line l WHERE l.order_id = ? AND l.ordered > l.canceled ORDER BY l.position
"""


def parcel(view: View, order_id: int) -> Parcel:
    """The parcel of an order. Raises NotFoundError."""
    order = view.one(_ORDER, (order_id,))
    if order is None:
        raise NotFoundError("order", f"with the number {order_id}")
    number, placed_on, language, waits_to_leave, *addresses, customer_id = order
    rows = view.all(_LINES, (order_id,))
    expected = expected_on(view, {row[1] for row in rows})
    lines = tuple(_line(row, expected.get(row[0]), waits_to_leave=bool(waits_to_leave)) for row in rows)
    address = address_of(addresses[:8], addresses[8:])
    return Parcel(number, date.fromisoformat(placed_on), customer_id, address, language, lines)


def _line(row: tuple[int, int, str, str, int, int, int, int], expected: date | None, *, waits_to_leave: bool) -> ParcelLine:
    _, _, sku, title, ordered, allocated, is_open, left_last = row
    if waits_to_leave:
        return ParcelLine(sku, title, ordered, allocated, is_open - allocated, expected)
    return ParcelLine(sku, title, ordered, left_last, is_open, expected)
