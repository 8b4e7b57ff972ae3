"""What stands in the way of serving an order first."""

from __future__ import annotations

from orderdesk.domain.kept import KeptBy, kept_by
from orderdesk.storage.queries.kept import KEPT_SINCE
from orderdesk.storage.view import View


def highest_priority(view: View) -> int:
    """The highest priority among open orders; 0 where none has any."""
    return int(view.value("SELECT coalesce(max(priority), 0) FROM orders WHERE open_units > 0") or 0)


# Another order that comes before it for something that both are short of, in itself or as part of a kit.
_AHEAD = """
SELECT 1 FROM order_line l LEFT JOIN kit_part k ON k.kit_id = l.product_id
CROSS JOIN product shelf ON shelf.id = coalesce(k.part_id, l.product_id) AND shelf.tracked = 1
CROSS JOIN order_line rival ON rival.product_id IN (SELECT shelf.id UNION SELECT kit_id FROM kit_part WHERE part_id = shelf.id)
    AND rival.ordered > rival.canceled + rival.shipped AND rival.backordered > 0
WHERE l.order_id = ? AND l.backordered > 0 AND rival.order_id <> l.order_id
    AND (rival.queue_key, rival.position, rival.id) < (l.queue_key, l.position, l.id) LIMIT 1
"""


def somebody_ahead_waits(view: View, order_id: int) -> bool:
    """Whether another order is served before this one when units come in."""
    return view.value(_AHEAD, (order_id,)) is not None


def kept_elsewhere(view: View, order_id: int) -> dict[str, KeptBy | None]:
    """Numbers of the orders that units are kept for of which this one is short, in the order of the queue, and by what."""
    rows = view.all(
        f"SELECT o.order_number, {KEPT_SINCE.format(line='rival.id')} FROM order_line l JOIN order_line rival ON rival.product_id = l.product_id AND rival.firm > 0 "
        "AND rival.ordered > rival.canceled + rival.shipped JOIN orders o ON o.id = rival.order_id "
        "WHERE l.order_id = ? AND l.backordered > 0 AND o.id <> l.order_id ORDER BY rival.queue_key, rival.id",
        (order_id,),
    )
    return {number: kept_by(kind) for number, kind in rows}
