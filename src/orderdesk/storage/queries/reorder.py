"""What to order again, with the figures that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from orderdesk.domain.money import Money
from orderdesk.domain.reorder import Supply
from orderdesk.storage.queries import paging
from orderdesk.storage.view import View

# How far back the rate of sales looks.
RATE_DAYS = 30


@dataclass(frozen=True, slots=True)
class ReorderRow:
    """A product with what its supply says; `sold` units in the last 30 days."""

    product_id: int
    sku: str
    title: str
    supplier: str
    supplier_sku: str
    cost: Money | None
    sold: int
    backordered: int
    supply: Supply


# Only what is counted and will come again; what was returned still was sold, and so was what went out in kits.
_ROWS = """
SELECT p.id, p.sku, p.title, p.supplier, p.supplier_sku, p.cost_minor, p.currency, coalesce(s.sold, 0), p.backordered,
    p.lead_time_days, p.safety_stock, p.reorder_point, p.on_hand, p.on_order, p.open_demand
FROM product p LEFT JOIN (
    SELECT product_id, sum(units) AS sold FROM (
        SELECT l.product_id, l.ordered - l.canceled AS units FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
        WHERE o.placed_at >= :since {of_products}
        UNION ALL SELECT k.part_id, (l.ordered - l.canceled) * k.quantity
        FROM kit_part k CROSS JOIN order_line l ON l.product_id = k.kit_id JOIN orders o ON o.id = l.order_id WHERE o.placed_at >= :since)
    GROUP BY product_id) s ON s.product_id = p.id
WHERE p.tracked = 1 AND p.stock_known = 1 AND p.discontinued = 0 {products}
ORDER BY p.supplier COLLATE NOCASE, p.sku, p.id
"""


def reorder_rows(view: View, *, today: date) -> list[ReorderRow]:
    """Products to order now, those of a supplier together."""
    return [row for row in _all(view, today, "", "", {}) if row.supply.quantity]


def reorder_figures(view: View, product_ids: Sequence[int], *, today: date) -> dict[int, ReorderRow]:
    """The figures of these products, as far as they are counted and will come again."""
    chosen = "IN (SELECT value FROM json_each(:ids))"
    rows = _all(view, today, f"AND l.product_id {chosen}", f"AND p.id {chosen}", {"ids": paging.as_json(product_ids)})
    return {row.product_id: row for row in rows}


def _all(view: View, today: date, of_products: str, products: str, values: dict[str, str]) -> list[ReorderRow]:
    since = (today - timedelta(days=RATE_DAYS)).isoformat()
    sql = _ROWS.format(of_products=of_products, products=products)
    found = []
    for row in view.all(sql, {"since": since, **values}):
        key, sku, title, supplier, supplier_sku, cost, currency, sold, short, lead, safety, point, on_hand, on_order, demand = row
        supply = Supply(max(0, sold) / RATE_DAYS, lead, safety, point, on_hand + on_order - demand, on_hand - demand)
        price = Money(cost, currency) if cost is not None and currency else None
        found.append(ReorderRow(key, sku, title, supplier, supplier_sku, price, sold, short, supply))
    return found
