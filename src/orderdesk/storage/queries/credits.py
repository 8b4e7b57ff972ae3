"""By how much orders come to less than was paid for them, as a coupon was used on them or they were edited since."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date

from orderdesk.domain.days import day_of
from orderdesk.domain.refunds import refund_by
from orderdesk.domain.zones import zone_named
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.past import was
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.view import View

_BEFORE = """
(SELECT x.before FROM row_change x WHERE x.event_id = r.event_id AND x.table_name = 'orders' AND x.row_id = r.order_id ORDER BY x.id LIMIT 1)
"""
_DISCOUNT_AFTER = """
coalesce((SELECT coalesce(y.before ->> 'discount_minor', 0) FROM row_change y
    WHERE y.table_name = 'orders' AND y.row_id = r.order_id AND y.event_id > r.event_id ORDER BY y.id LIMIT 1), o.discount_minor, 0)
"""
# Redemptions r on orders o that were paid before that step. Where the discount stayed, it had the coupon in it when it was paid.
_ON_PAID = f"""
r.amount_minor < 0 AND {_BEFORE} ->> 'paid' = 1 AND {_DISCOUNT_AFTER} > coalesce({_BEFORE} ->> 'discount_minor', 0)
"""
# Of an order o, in minor units; below zero it comes to more than was paid.
CREDIT = f"""
(o.lowered_minor + coalesce((SELECT -sum(r.amount_minor) FROM redemption r WHERE r.order_id = o.id AND {_ON_PAID}), 0))
"""
# Of a change r of order o: what was lowered by then.
_LOWERED_THEN = was("lowered_minor", "o", "orders", until="x.id > r.id")
_LAST = f"""
SELECT o.id, {CREDIT} > 0, max(coalesce((SELECT max(r.at) FROM redemption r WHERE r.order_id = o.id), ''), coalesce((
    SELECT max(e.at) FROM row_change r JOIN event e ON e.id = r.event_id AND e.undone_by IS NULL
    WHERE r.table_name = 'orders' AND r.row_id = o.id AND r.before ->> 'lowered_minor' < {_LOWERED_THEN}), ''))
FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value WHERE o.paid = 1
"""


def credit_days(view: View, owing: Iterable[int], beside: Container[int]) -> dict[int, date]:
    """By order id, by when such money is to go back of orders that owe some; where they have a day `beside`, only where there is
    any.
    """
    rows = view.all(_LAST, (as_json(list(owing)),))
    found = [(order, at) for order, is_lower, at in rows if at and (is_lower or order not in beside)]
    if not found:
        return {}
    shop = profile_of(view)
    return {order: refund_by(day_of(parse_instant(at), zone_named(shop.time_zone)), shop.country) for order, at in found}
