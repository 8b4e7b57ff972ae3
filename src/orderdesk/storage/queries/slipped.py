"""Orders whose customers were given a date for a line that will not hold any more, or were promised word of one by now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orderdesk.domain.cases import has_slipped
from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.queries.given import LAST_TOLD, REFUNDED
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View

# Lines that wait and that the letter gives a date, or none and promises word by now; one that is said to never arrive waits for neither.
_GIVEN = f"""
WITH told AS MATERIALIZED (
    SELECT o.id, o.backordered_since, {LAST_TOLD} AS letter FROM orders o
    WHERE o.backordered_units > 0 AND o.told_at IS NOT NULL {{whose}})
SELECT t.id, l.id, l.product_id, nl.new_date, n.update_on, nl.chosen_on IS NOT NULL
FROM told t CROSS JOIN notice n ON n.id = t.letter
CROSS JOIN notice_line nl ON nl.notice_id = n.id CROSS JOIN order_line l ON l.id = nl.order_line_id AND l.order_id = t.id
WHERE l.backordered > 0 AND NOT nl.never_arrives AND NOT {REFUNDED} AND (nl.new_date IS NOT NULL OR n.update_on <= :today)
ORDER BY t.backordered_since, t.id
"""
# Lines that wait and for which their customers were not given that day.
_OTHERWISE = f"""
SELECT DISTINCT o.id FROM json_each(:orders) j CROSS JOIN orders o ON o.id = j.value CROSS JOIN order_line l ON l.order_id = o.id
WHERE l.backordered > 0 AND :day IS NOT (
    SELECT nl.new_date FROM notice_line nl WHERE nl.order_line_id = l.id AND nl.notice_id = {LAST_TOLD})
"""


def slipped_orders(view: View, *, today: date, customer_id: int | None = None) -> list[int]:
    """Their ids, the longest waiting first; of one customer, or of all."""
    whose = "AND o.customer_id = :customer" if customer_id is not None else ""
    told = view.all(_GIVEN.format(whose=whose), {"today": today.isoformat(), "customer": customer_id})
    expected = expected_on(view, {product for _, _, product, given, *_ in told if given}, today=today) if told else {}
    slipped = (
        order
        for order, line, _, given, update_on, chosen in told
        if has_slipped(parse_day(given), expected.get(line), today, parse_day(update_on), chosen=bool(chosen))
    )
    return list(dict.fromkeys(slipped))


def given_another_day(view: View, order_ids: Iterable[int], day: date) -> list[int]:
    """Those of the orders whose customers have to hear of that day: they were given another for what waits, or none."""
    rows = view.all(_OTHERWISE, {"orders": as_json(list(order_ids)), "day": day.isoformat()})
    return [order_id for (order_id,) in rows]
