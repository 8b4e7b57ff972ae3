"""What to order again, with the figures that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orderdesk.domain.money import Money
from orderdesk.domain.reorder import Supply
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.sales import RATE_DAYS, SOLD, SOLD_OF_IDS, rated_since
from orderdesk.storage.view import View


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


# Only what is counted and will come again.
_ROWS = """
SELECT p.id, p.sku, p.title, p.supplier, p.supplier_sku, p.cost_minor, p.currency, coalesce(s.sold, 0), p.backordered,
    p.lead_time_days, p.safety_stock, p.reorder_point, p.on_hand, p.on_order, p.open_demand
FROM {products} LEFT JOIN ({sold}) s ON s.product_id = p.id
WHERE p.tracked = 1 AND p.stock_known = 1 AND p.discontinued = 0 ORDER BY p.supplier COLLATE NOCASE, p.sku, p.id
"""
_ALL = _ROWS.format(products="product p", sold=SOLD)
_OF_IDS = _ROWS.format(products="json_each(:ids) j CROSS JOIN product p ON p.id = j.value", sold=SOLD_OF_IDS)


def reorder_rows(view: View, *, today: date) -> list[ReorderRow]:
    """Products to order now, those of a supplier together."""
    rows = map(_row, view.all(_ALL, {"rated_since": rated_since(today)}))
    return [row for row in rows if row.supply.quantity]


def reorder_figures(view: View, product_ids: Sequence[int], *, today: date) -> dict[int, ReorderRow]:
    """The figures of these products, as far as they are counted and will come again."""
    rows = map(_row, view.all(_OF_IDS, {"rated_since": rated_since(today), "ids": paging.as_json(product_ids)}))
    return {row.product_id: row for row in rows}


def _row(row: Sequence[Any]) -> ReorderRow:
    key, sku, title, supplier, supplier_sku, cost, currency, sold, short, lead, safety, point, on_hand, on_order, demand = row
    supply = Supply(sold / RATE_DAYS, lead, safety, point, on_hand + on_order - demand, on_hand - demand)
    price = Money(cost, currency) if cost is not None and currency else None
    return ReorderRow(key, sku, title, supplier, supplier_sku, price, sold, short, supply)
