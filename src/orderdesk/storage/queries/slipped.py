"""Orders whose customers were given a date that will not hold any more, or were promised word of one by now."""

from __future__ import annotations

from datetime import date

from orderdesk.domain.cases import has_slipped
from orderdesk.storage.queries.expected import expected_of_orders
from orderdesk.storage.queries.given import GIVEN_ON
from orderdesk.storage.view import View

# Told by a letter that gives a date for every line, or says by when there is word of those that have none.
_GIVEN = f"""
SELECT o.id, {GIVEN_ON} AS given, told.update_on
FROM orders o JOIN order_line l ON l.order_id = o.id JOIN notice_line nl ON nl.order_line_id = l.id JOIN notice told ON told.id = nl.notice_id
WHERE o.backordered_units > 0 AND o.told_at IS NOT NULL AND nl.notice_id = o.notice_id {{whose}}
GROUP BY o.id HAVING given IS NOT NULL OR told.update_on <= :today ORDER BY o.backordered_since, o.id
"""


def slipped_orders(view: View, *, today: date, customer_id: int | None = None) -> list[int]:
    """Their ids, the longest waiting first; of one customer, or of all."""
    whose = "AND o.customer_id = :customer" if customer_id is not None else ""
    told = view.all(_GIVEN.format(whose=whose), {"today": today.isoformat(), "customer": customer_id})
    given = {order: date.fromisoformat(day) for order, day, _ in told if day}
    expected = expected_of_orders(view, given) if given else {}
    latest = {order: max((day for day in days if day), default=None) for order, days in expected.items()}
    return [order for order, *_ in told if order not in given or has_slipped(given[order], latest.get(order), today)]
