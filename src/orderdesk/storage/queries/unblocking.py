"""Orders that could leave today if units were released that lie with orders waiting to be complete."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.orders import OrderStatus
from orderdesk.domain.unblocking import Held, ways_out
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Unblocked:
    """An order that would be complete with so many units of others; `holders` are their numbers."""

    order_id: int
    order_number: str
    customer: str
    status: OrderStatus
    units: int
    holders: tuple[str, ...]


# A line of a kit is counted as its parts.
_LINES = """FROM orders o CROSS JOIN order_line l ON l.order_id = o.id LEFT JOIN kit_part k ON k.kit_id = l.product_id
    JOIN product p ON p.id = coalesce(k.part_id, l.product_id) AND p.tracked = 1"""
# What waits to be complete: a line by its own policy, or with the others that go by the order's, one of which is short.
WAITS_TO_BE_COMPLETE = """(l.ship_policy IS 'complete' AND l.wanted > l.allocated OR l.ship_policy IS NULL AND o.ship_policy = 'complete'
    AND EXISTS (SELECT 1 FROM order_line x WHERE x.order_id = o.id AND x.ship_policy IS NULL AND x.wanted > x.allocated))"""
# Firm units stay where they are, and an order on priority has been put first already. One line of a product for each order.
_HELD = f"""
SELECT o.id, p.id, sum((l.allocated - l.firm) * coalesce(k.quantity, 1)) {_LINES}
WHERE o.backordered_units > 0 AND l.allocated > l.firm AND o.priority = 0 AND {WAITS_TO_BE_COMPLETE}
GROUP BY o.id, p.id ORDER BY min(l.queue_key), o.id
"""
_IDLE = """
SELECT NULL, id, on_hand - allocated FROM product
WHERE id IN (SELECT part_id FROM kit_part) AND tracked = 1 AND on_hand > allocated
"""
_SHORT = f"""
SELECT o.id, p.id, sum(l.backordered * coalesce(k.quantity, 1)) {_LINES}
WHERE o.backordered_units > 0 AND l.backordered > 0 AND p.id IN (SELECT value FROM json_each(:products)) GROUP BY o.id, p.id
HAVING NOT EXISTS (SELECT 1 FROM order_line x LEFT JOIN kit_part y ON y.kit_id = x.product_id
    JOIN product q ON q.id = coalesce(y.part_id, x.product_id) AND q.tracked = 1
    WHERE x.order_id = o.id AND x.backordered > 0 AND q.id NOT IN (SELECT value FROM json_each(:products)))
"""
_NAMES = """
SELECT o.id, o.order_number, c.name, o.status FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value JOIN customer c ON c.id = o.customer_id
"""


def unblocked(view: View) -> list[Unblocked]:
    """The most orders that could leave, those that need fewest units first."""
    held = [Held(*row) for row in view.all(_HELD)]
    if not held:
        return []
    held += [Held(*row) for row in view.all(_IDLE)]
    short: dict[int, dict[int, int]] = {}
    for order, product, units in view.all(_SHORT, {"products": as_json(sorted({each.product_id for each in held}))}):
        short.setdefault(order, {})[product] = units
    ways = ways_out(short, held)
    named = {
        key: (number, name, OrderStatus(status))
        for key, number, name, status in view.all(
            _NAMES, (as_json([*short, *(each.order_id for each in held if each.order_id)]),)
        )
    }
    return [
        Unblocked(way.order_id, *named[way.order_id], way.units, tuple(named[holder][0] for holder in way.holders))
        for way in ways
    ]
