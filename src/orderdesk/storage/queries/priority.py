"""What stands in the way of serving an order first."""

from __future__ import annotations

from orderdesk.storage.view import View


def highest_priority(view: View) -> int:
    """The highest priority among open orders; 0 where none has any."""
    return int(view.value("SELECT coalesce(max(priority), 0) FROM orders WHERE open_units > 0") or 0)


def packed_elsewhere(view: View, order_id: int) -> list[str]:
    """Numbers of the orders that units are packed for of which this one is short, in the order of the queue."""
    rows = view.all(
        "SELECT o.order_number FROM order_line l JOIN order_line rival ON rival.product_id = l.product_id AND rival.firm > 0 "
        "AND rival.ordered > rival.canceled + rival.shipped JOIN orders o ON o.id = rival.order_id "
        "WHERE l.order_id = ? AND l.backordered > 0 AND o.id <> l.order_id ORDER BY rival.queue_key, rival.id",
        (order_id,),
    )
    return list(dict.fromkeys(number for (number,) in rows))
