"""By when canceled units are to be paid back, and which of them never were to be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from orderdesk.domain.days import day_of
from orderdesk.domain.refunds import refund_by
from orderdesk.domain.zones import zone_named
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.past import STANDS, was
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.view import View

# Of a change r of line l: the units that were canceled then.
_CANCELED_THEN = was("canceled", "l", "order_line", until="x.id > r.id")
# Another product was sent for them at the same price, so that the step e gives nothing back.
_MADE_UP_FOR = """
SELECT 1 FROM row_change x JOIN order_line s ON s.id = x.row_id WHERE x.event_id = e.id AND x.table_name = 'order_line'
AND x.before IS NULL AND s.replaces_id = l.id AND s.stand_in = 'substitute' AND s.unit_price_minor IS l.unit_price_minor
"""
# The day in the letter that the step e carries out: one that came too late and was told then, or one that was not answered.
_GIVEN = """
SELECT min(nl.refund_by) FROM row_change x
LEFT JOIN answer a ON x.table_name = 'answer' AND a.id = x.row_id AND a.kind IN ('silence', 'none')
JOIN notice n ON n.id = iif(x.table_name = 'notice', x.row_id, a.notice_id)
JOIN notice_line nl ON nl.notice_id = n.id AND nl.order_line_id = l.id
WHERE x.event_id = e.id AND x.table_name IN ('notice', 'answer') AND n.told_at IS NOT NULL AND n.kind <> 'cancellation'
"""
_LAST_REFUND = """
SELECT max(p.id) FROM refund m JOIN row_change x ON x.table_name = 'refund' AND x.row_id = m.id AND x.before IS NULL
JOIN event p ON p.id = x.event_id AND p.kind = 'refund' AND p.undone_by IS NULL WHERE m.order_id = l.order_id AND m.settles_minor
"""
# The step by which the order of line l was paid after its change r; none where it was paid by then.
_PAID_LATER = f"""
(SELECT e.id FROM row_change p JOIN orders o ON o.id = p.row_id JOIN event e ON e.id = p.event_id AND {STANDS}
    WHERE p.table_name = 'orders' AND p.row_id = l.order_id AND p.event_id > r.event_id
    AND p.before ->> 'paid' < {was("paid", "o", "orders", until="x.event_id > p.event_id")} ORDER BY p.id DESC LIMIT 1)
"""
# What a file says was canceled, was canceled elsewhere. What was canceled here before the seller noted a payment, was not paid; a
# channel knows nothing of it, and has taken in the money for all. Changes r of line l, in step e, that neither is true of:
_CANCELED_WHEN_PAID = f"""
r.before ->> 'canceled' < {_CANCELED_THEN} AND {STANDS} AND e.kind <> 'import'
AND NOT EXISTS (SELECT 1 FROM event WHERE id = {_PAID_LATER} AND kind <> 'import')
"""
_STEPS = f"""
SELECT l.order_id, coalesce((SELECT at FROM event WHERE id = {_PAID_LATER}), e.at), min(({_GIVEN})), e.id > coalesce(({_LAST_REFUND}), 0)
FROM json_each(?) j CROSS JOIN order_line l ON l.order_id = j.value AND l.canceled > 0
JOIN row_change r ON r.table_name = 'order_line' AND r.row_id = l.id JOIN event e ON e.id = r.event_id
WHERE {_CANCELED_WHEN_PAID} AND NOT EXISTS ({_MADE_UP_FOR}) GROUP BY l.order_id, e.id ORDER BY l.order_id, e.id
"""
_NEVER_OWED = f"""
SELECT l.order_id, l.id, l.canceled - coalesce((SELECT sum({_CANCELED_THEN} - (r.before ->> 'canceled'))
    FROM row_change r JOIN event e ON e.id = r.event_id
    WHERE r.table_name = 'order_line' AND r.row_id = l.id AND {_CANCELED_WHEN_PAID}), 0) AS units
FROM json_each(?) j CROSS JOIN order_line l ON l.order_id = j.value AND l.canceled > 0 WHERE units > 0
"""
_PROMISED = """
SELECT l.order_id, min(nl.refund_by) FROM json_each(?) j CROSS JOIN order_line l ON l.order_id = j.value AND l.canceled > 0
JOIN notice_line nl ON nl.order_line_id = l.id JOIN notice n ON n.id = nl.notice_id
WHERE n.kind = 'cancellation' AND n.voided_at IS NULL GROUP BY l.order_id
"""


def refund_days(view: View, order_ids: Iterable[int]) -> dict[int, date]:
    """By order id, the day by which what was canceled of it is to be paid back.

    Counted from the first step that canceled something since money last went back; where all of those were paid, from the last.
    What was canceled elsewhere has the day that a letter promised; orders without either are left out.
    """
    orders, shop = as_json(list(order_ids)), profile_of(view)
    days = {order: date.fromisoformat(promised) for order, promised in view.all(_PROMISED, (orders,))}
    for order, rows in groupby(view.all(_STEPS, (orders,)), key=lambda row: row[0]):
        steps = list(rows)
        _, at, given, _ = next((step for step in steps if step[3]), steps[-1])
        days[order] = refund_by(day_of(parse_instant(at), zone_named(shop.time_zone)), shop.country, parse_day(given))
    return days


def units_never_owed(view: View, order_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """By order and line id, the units that were canceled elsewhere, or before they were paid."""
    found: dict[int, dict[int, int]] = {}
    for order, line, units in view.all(_NEVER_OWED, (as_json(list(order_ids)),)):
        found.setdefault(order, {})[line] = units
    return found
