"""Orders that could leave today if units were released that lie with orders waiting to be complete."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.unblocking import Held, ways_out
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Unblocked:
    """An order that would be complete with so many units of others; `holders` are their numbers."""

    order_id: int
    order_number: str
    customer: str
    units: int
    holders: tuple[str, ...]


# Firm units stay where they are, and an order on priority has been put first already. One line of a product for each order.
_HELD = """
SELECT o.id, l.product_id, sum(l.allocated - l.firm) FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
WHERE o.backordered_units > 0 AND o.ship_policy = 'complete' AND l.ship_policy IS NULL AND l.allocated > l.firm AND o.priority = 0
GROUP BY o.id, l.product_id ORDER BY min(l.queue_key), o.id
"""
_SHORT = """
SELECT o.id, l.product_id, sum(l.backordered) FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
WHERE o.backordered_units > 0 AND l.backordered > 0 AND l.product_id IN (SELECT value FROM json_each(:products))
AND NOT EXISTS (SELECT 1 FROM order_line x WHERE x.order_id = o.id AND x.backordered > 0
    AND x.product_id NOT IN (SELECT value FROM json_each(:products)))
GROUP BY o.id, l.product_id
"""
_NAMES = """
SELECT o.id, o.order_number, c.name FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value JOIN customer c ON c.id = o.customer_id
"""


def unblocked(view: View) -> list[Unblocked]:
    """The most orders that could leave, those that need fewest units first."""
    held = [Held(*row) for row in view.all(_HELD)]
    if not held:
        return []
    short: dict[int, dict[int, int]] = {}
    for order, product, units in view.all(_SHORT, {"products": as_json(sorted({each.product_id for each in held}))}):
        short.setdefault(order, {})[product] = units
    ways = ways_out(short, held)
    named = {
        key: (number, name) for key, number, name in view.all(_NAMES, (as_json([*short, *(each.order_id for each in held)]),))
    }
    return [
        Unblocked(way.order_id, *named[way.order_id], way.units, tuple(named[holder][0] for holder in way.holders))
        for way in ways
    ]
