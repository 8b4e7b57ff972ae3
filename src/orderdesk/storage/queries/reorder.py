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


# What Supply is made of, for a product t and its sales s.
SUPPLY = "coalesce(s.sold, 0), t.lead_time_days, t.safety_stock, t.reorder_point, t.on_hand, t.on_order, t.open_demand"
# Only what is counted and will come again.
ORDERED_AGAIN = "t.tracked = 1 AND t.stock_known = 1 AND t.discontinued = 0"
_LOW = f"SELECT t.id, {SUPPLY} FROM product t LEFT JOIN ({SOLD}) s ON s.product_id = t.id WHERE {ORDERED_AGAIN}"
_ROWS = f"""
SELECT t.id, t.sku, t.title, t.supplier, t.supplier_sku, t.cost_minor, t.currency, t.backordered, {SUPPLY}
FROM {{products}} LEFT JOIN ({{sold}}) s ON s.product_id = t.id
WHERE {ORDERED_AGAIN} ORDER BY t.supplier COLLATE NOCASE, t.sku, t.id
"""
_ALL = _ROWS.format(products="product t", sold=SOLD)
_OF_IDS = _ROWS.format(products="json_each(:ids) j CROSS JOIN product t ON t.id = j.value", sold=SOLD_OF_IDS)


def reorder_rows(view: View, *, today: date) -> list[ReorderRow]:
    """Products to order now, those of a supplier together."""
    rows = map(_row, view.all(_ALL, {"rated_since": rated_since(today)}))
    return [row for row in rows if row.supply.quantity]


def reorder_figures(view: View, product_ids: Sequence[int], *, today: date) -> dict[int, ReorderRow]:
    """The figures of these products, as far as they are counted and will come again."""
    rows = map(_row, view.all(_OF_IDS, {"rated_since": rated_since(today), "ids": paging.as_json(product_ids)}))
    return {row.product_id: row for row in rows}


def low_products(view: View, *, today: date) -> list[int]:
    """The ids of all that run low."""
    return [key for key, *facts in view.all(_LOW, {"rated_since": rated_since(today)}) if supply_of(*facts).is_low]


def supply_of(sold: int, lead: int | None, safety: int, point: int | None, on_hand: int, on_order: int, demand: int) -> Supply:
    """What SUPPLY asked for."""
    return Supply(sold / RATE_DAYS, lead, safety, point, on_hand + on_order - demand, on_hand - demand)


def _row(row: Sequence[Any]) -> ReorderRow:
    key, sku, title, supplier, supplier_sku, cost, currency, short, *facts = row
    price = Money(cost, currency) if cost is not None and currency else None
    return ReorderRow(key, sku, title, supplier, supplier_sku, price, facts[0], short, supply_of(*facts))
