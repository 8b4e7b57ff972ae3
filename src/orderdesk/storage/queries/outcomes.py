"""How waits ended, what that cost, and who came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orderdesk.domain.figures import PerCase, Share
from orderdesk.domain.money import Money
from orderdesk.storage.queries.coupons import SPENT
from orderdesk.storage.queries.episodes import ENDED, FILLED
from orderdesk.storage.queries.shop import day_begins
from orderdesk.storage.view import View

OUTCOMES = ("waited", "sourced", "substituted", "canceled", "waiting")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """`orders`: how many were short and ended each way (OUTCOMES), their customers told or not; the last ones still wait.

    `kept`: customers with a letter who ordered again after it, of all with one. `goodwill`: what coupons took off orders and did
    not get back, by currency, also where that is nothing though letters were told. `per_case`: the same of those of letters told,
    by the currency of the orders that the letters speak of.
    """

    orders: tuple[int, ...]
    kept: Share
    goodwill: tuple[Money, ...]
    per_case: tuple[PerCase, ...]


_TOLD = "n.told_at IS NOT NULL AND n.voided_at IS NULL AND n.kind IN ('first', 'renewed', 'date_change', 'refund')"
# Each order once, by the strongest thing that was done about it; what the supplier sends directly was got elsewhere, too.
_ORDERS = f"""
SELECT CASE WHEN EXISTS (SELECT 1 FROM order_line x WHERE x.order_id = o.id AND x.stand_in = 'substitute') THEN 'substituted'
    WHEN short.sent OR EXISTS (
        SELECT 1 FROM order_line x JOIN purchase_line b ON b.order_line_id = x.id WHERE x.order_id = o.id AND b.received > 0)
    THEN 'sourced' WHEN short.canceled THEN 'canceled' WHEN o.backordered_units > 0 THEN 'waiting' ELSE 'waited' END, count(*)
FROM (
    SELECT id, max(sent) AS sent, max(canceled) AS canceled FROM (
        SELECT r.row_id AS id, e.kind = 'drop_ship' AS sent, NOT ({FILLED}) AS canceled {ENDED}
        UNION ALL SELECT id, 0, 0 FROM orders WHERE backordered_units > 0)
    GROUP BY id) short
JOIN orders o ON o.id = short.id GROUP BY 1
"""
_KEPT = """
SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = told.customer_id AND o.placed_at > told.at)), 0)
FROM (SELECT customer_id, min(told_at) AS at FROM notice WHERE told_at >= :since AND voided_at IS NULL GROUP BY customer_id) told
"""
_GOODWILL = f"""
SELECT c.currency, -sum(r.amount_minor) FROM {SPENT} r JOIN coupon c ON c.id = r.coupon_id
WHERE r.amount_minor IS NOT NULL AND r.at >= :since GROUP BY c.currency ORDER BY c.currency
"""
_PER_CASE = f"""
WITH told AS MATERIALIZED (SELECT n.id FROM notice n WHERE {_TOLD} AND n.told_at >= :since)
SELECT o.currency, count(DISTINCT o.id), (
    SELECT -coalesce(sum(r.amount_minor), 0) FROM told t JOIN coupon c ON c.notice_id = t.id JOIN {SPENT} r ON r.coupon_id = c.id
    WHERE c.currency = o.currency)
FROM told t JOIN notice_line nl ON nl.notice_id = t.id JOIN order_line l ON l.id = nl.order_line_id JOIN orders o ON o.id = l.order_id
GROUP BY o.currency ORDER BY o.currency
"""


def outcomes(view: View, *, since: date | None = None) -> Outcomes:
    """Of waits that ended, letters told and coupons used since that day, or of all; and of what still waits."""
    asked = {"since": day_begins(view, since)}
    counts: dict[str, int] = dict(view.all(_ORDERS, asked))
    told, again = view.one(_KEPT, asked) or (0, 0)
    per_case = tuple(PerCase(cases, Money(minor, currency)) for currency, cases, minor in view.all(_PER_CASE, asked))
    taken_off = dict.fromkeys((each.cost.currency for each in per_case), 0) | dict(view.all(_GOODWILL, asked))
    return Outcomes(
        orders=tuple(counts.get(name, 0) for name in OUTCOMES),
        kept=Share(again, told),
        goodwill=tuple(Money(minor, currency) for currency, minor in sorted(taken_off.items())),
        per_case=per_case,
    )
