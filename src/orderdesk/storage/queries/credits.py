"""What coupons took off orders that were paid already: their customers have paid that much more than the orders come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from orderdesk.domain.days import day_of
from orderdesk.domain.refunds import refund_by
from orderdesk.storage.instants import parse_instant
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
# Of an order o, in minor units; what was put back on it by hand is not owed.
CREDIT = f"""
coalesce((SELECT min(-sum(r.amount_minor), coalesce(o.discount_minor, 0)) FROM redemption r WHERE r.order_id = o.id AND {_ON_PAID}), 0)
"""
_LAST = f"""
SELECT o.id, (SELECT max(r.at) FROM redemption r WHERE r.order_id = o.id)
FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value WHERE o.paid = 1 AND {CREDIT} > 0
"""


def credit_days(view: View, order_ids: Iterable[int]) -> dict[int, date]:
    """By order id, by when such money is to go back; orders without any are left out."""
    found = view.all(_LAST, (as_json(list(order_ids)),))
    if not found:
        return {}
    shop = profile_of(view)
    return {order: refund_by(day_of(parse_instant(at), ZoneInfo(shop.time_zone)), shop.country) for order, at in found}
