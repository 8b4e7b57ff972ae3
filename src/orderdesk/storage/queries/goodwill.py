"""What a goodwill offer is measured by: prices, costs, and what the customer has had before."""

from __future__ import annotations

import json
from dataclasses import dataclass

from orderdesk.domain.money import Money, money_or_none
from orderdesk.storage.queries.cases import Group
from orderdesk.storage.queries.lookup import product_called
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Earnings:
    """What orders take in for their goods, and what of it they earn over the goods' cost."""

    goods: Money
    margin: Money


_EARNINGS = """
SELECT count(*) = count(l.unit_price_minor) AND count(*) = sum(p.cost_minor IS NOT NULL AND p.currency = o.currency)
    AND min(o.currency) = max(o.currency), min(o.currency), sum((l.ordered - l.canceled) * l.unit_price_minor),
    sum((l.ordered - l.canceled) * (l.unit_price_minor - p.cost_minor))
FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value CROSS JOIN order_line l ON l.order_id = o.id
CROSS JOIN product p ON p.id = l.product_id
"""
_OFFERED = """
SELECT DISTINCT l.order_id FROM json_each(?) j CROSS JOIN order_line l ON l.order_id = j.value
JOIN notice_line nl ON nl.order_line_id = l.id JOIN notice n ON n.id = nl.notice_id JOIN coupon c ON c.notice_id = n.id
WHERE c.status <> 'voided' AND NOT (n.id IS ? AND n.told_at IS NULL AND c.status = 'issued' AND c.balance_minor IS c.value_minor)
"""
# Had by a customer, and not about the present wait of one of these orders.
_TOLD_OF_ANOTHER = """
SELECT 1 FROM notice n WHERE n.customer_id = ? AND n.told_at IS NOT NULL AND n.voided_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value CROSS JOIN order_line l ON l.order_id = o.id
    JOIN notice_line nl ON nl.order_line_id = l.id AND nl.notice_id = n.id WHERE n.told_at >= o.backordered_since)
LIMIT 1
"""


def earnings(view: View, group: Group) -> Earnings | None:
    """What the orders earn; None where a price or a cost is unknown, or currencies differ."""
    known, currency, goods, margin = view.one(_EARNINGS, (json.dumps(group.order_ids),)) or (0, None, 0, 0)
    return Earnings(Money(goods, currency), Money(margin, currency)) if known else None


def gift_price(view: View, gift: str, currency: str) -> Money | None:
    """What a gift is sold for; None where it is no product, or has no price in that currency."""
    return _of_gift(view, gift, currency, "price_minor")


def gift_cost(view: View, gift: str, currency: str) -> Money | None:
    """What a gift costs the shop; None where that is not known in that currency."""
    return _of_gift(view, gift, currency, "cost_minor")


def _of_gift(view: View, gift: str, currency: str, amount: str) -> Money | None:
    product_id = product_called(view, gift)
    product = {} if product_id is None else view.record("product", product_id)
    minor = product.get(amount) if product.get("currency") == currency else None
    return money_or_none(minor, currency)


def orders_with_coupon(view: View, group: Group) -> frozenset[int]:
    """The orders of the group that a letter gave a coupon for, but for the unused one of a letter that may be replaced."""
    return frozenset(order for (order,) in view.all(_OFFERED, (json.dumps(group.order_ids), group.notice_id)))


def channel_of(view: View, group: Group) -> str:
    """The channel of the group's oldest order."""
    return str(view.value("SELECT channel FROM orders WHERE id = ?", (group.order_ids[0],)))


def was_told_before(view: View, group: Group) -> bool:
    """Whether the customer has had a letter about an earlier backorder."""
    return view.value(_TOLD_OF_ANOTHER, (group.customer_id, json.dumps(group.order_ids))) is not None
