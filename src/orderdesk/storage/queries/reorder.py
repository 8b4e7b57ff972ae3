"""What to order again, with the figures that say so."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.reorder import Supply
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.purchases import drafted_products
from orderdesk.storage.queries.sales import RATE_DAYS, SOLD, SOLD_OF_IDS, rated_since
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class ReorderView:
    """What the page of what runs low shows."""

    filter: str = "to_order"
    search: str = ""
    sort: paging.Sort = (("supplier", False), ("sku", False))


@dataclass(frozen=True, slots=True)
class ReorderRow:
    """A product with what its supply says; `sold` units in the last 30 days, `cost` is its supplier's for one of them.

    `draft` is the number of the draft that it stands on, "" for none; `quantity` what is to be ordered, as suggested.
    """

    product_id: int
    sku: str
    title: str
    supplier: str
    supplier_sku: str
    cost: Money | None
    available: int
    on_order: int
    sold: int
    backordered: int
    supply: Supply
    draft: str
    quantity: int

    @property
    def lot(self) -> Money | None:
        """What the quantity costs; None where a cost is not known."""
        return None if self.cost is None else Money(self.cost.minor * self.quantity, self.cost.currency)


# What Supply is made of, for a product t and its sales s.
SUPPLY = "coalesce(s.sold, 0), t.lead_time_days, t.safety_stock, t.reorder_point, t.on_hand, t.on_order, t.open_demand"
# Only what is counted and will come again.
ORDERED_AGAIN = "t.tracked = 1 AND t.stock_known = 1 AND t.discontinued = 0"
_LOW = f"SELECT t.id, {SUPPLY} FROM product t LEFT JOIN ({SOLD}) s ON s.product_id = t.id WHERE {ORDERED_AGAIN}"
# At what its supplier asks for it, else at what it cost before.
_ROWS = f"""
SELECT t.id, t.sku, t.title, t.supplier, t.supplier_sku, coalesce(f.cost_minor, t.cost_minor),
    iif(f.cost_minor IS NULL, t.currency, f.currency), t.on_hand - t.allocated, t.backordered, {SUPPLY}
FROM {{products}} LEFT JOIN ({{sold}}) s ON s.product_id = t.id
LEFT JOIN supplier v ON v.name = t.supplier COLLATE NOCASE
LEFT JOIN supplier_product f ON f.supplier_id = v.id AND f.product_id = t.id
{{where}} ORDER BY t.supplier COLLATE NOCASE, t.sku, t.id
"""
_OF_IDS = _ROWS.format(
    products="json_each(:ids) j CROSS JOIN product t ON t.id = j.value", sold=SOLD_OF_IDS, where=f"WHERE {ORDERED_AGAIN}"
)
_FILTERS: Mapping[str, Callable[[ReorderRow], bool]] = {
    "to_order": lambda row: not row.draft,
    "no_supplier": lambda row: not (row.draft or row.supplier),
    "drafted": lambda row: bool(row.draft),
}
# What is not known, or there is none of, comes last whichever way.
_SORTS: Mapping[str, Callable[[ReorderRow], Any]] = {
    "sku": lambda row: row.sku,
    "title": lambda row: row.title.casefold(),
    "supplier": lambda row: row.supplier.casefold() or None,
    "available": lambda row: row.available,
    "on_order": lambda row: row.on_order,
    "sold": lambda row: row.sold,
    "cover": lambda row: row.supply.days_of_cover,
    "point": lambda row: row.supply.point,
    "quantity": lambda row: row.quantity,
}


def reorder_rows(view: View, *, today: date) -> list[ReorderRow]:
    """Products to order now, those of a supplier together; what stands on a draft has been seen to."""
    return [row for row in low_rows(view, today=today) if not row.draft]


def low_rows(view: View, *, search: str = "", today: date) -> list[ReorderRow]:
    """All that runs low, also what stands on a draft."""
    where, words = paging.searched("product_search", search, (ORDERED_AGAIN,))
    sql = _ROWS.format(products="product t", sold=SOLD, where=where)
    return [row for row in _asked(view, sql, {"rated_since": rated_since(today), **words}) if row.quantity]


def reorder_figures(view: View, product_ids: Sequence[int], *, today: date) -> dict[int, ReorderRow]:
    """The figures of these products, as far as they are counted and will come again."""
    rows = _asked(view, _OF_IDS, {"rated_since": rated_since(today), "ids": paging.as_json(product_ids)})
    return {row.product_id: row for row in rows}


def reorder_ids(view: View, wanted: ReorderView, *, today: date) -> array[int]:
    """The ids of what runs low, in the order of the view."""
    rows = [row for row in low_rows(view, search=wanted.search, today=today) if _FILTERS[wanted.filter](row)]
    for key, descending in reversed([each for each in wanted.sort if each[0] in _SORTS]):
        rows = _sorted(rows, _SORTS[key], descending=descending)
    return array("q", (row.product_id for row in rows))


def reorder_counts(view: View, *, search: str = "", today: date) -> dict[str, int]:
    """How many products each filter would show."""
    rows = low_rows(view, search=search, today=today)
    return {name: sum(map(shows, rows)) for name, shows in _FILTERS.items()}


def low_products(view: View, *, today: date) -> list[int]:
    """The ids of all that run low."""
    return [key for key, *facts in view.all(_LOW, {"rated_since": rated_since(today)}) if supply_of(*facts).is_low]


def supply_of(sold: int, lead: int | None, safety: int, point: int | None, on_hand: int, on_order: int, demand: int) -> Supply:
    """What SUPPLY asked for."""
    return Supply(sold / RATE_DAYS, lead, safety, point, on_hand + on_order - demand, on_hand - demand)


def _asked(view: View, sql: str, values: Mapping[str, str]) -> list[ReorderRow]:
    drafts = drafted_products(view)
    return [_row(row, drafts.get(row[0], "")) for row in view.all(sql, values)]


def _row(row: Sequence[Any], draft: str) -> ReorderRow:
    key, sku, title, supplier, supplier_sku, cost, currency, available, short, *facts = row
    price = money_or_none(cost, currency)
    supply = supply_of(*facts)
    return ReorderRow(
        product_id=key,
        sku=sku,
        title=title,
        supplier=supplier,
        supplier_sku=supplier_sku,
        cost=price,
        available=available,
        on_order=facts[5],
        sold=facts[0],
        backordered=short,
        supply=supply,
        draft=draft,
        quantity=supply.quantity,
    )


def _sorted(rows: Sequence[ReorderRow], value: Callable[[ReorderRow], Any], *, descending: bool) -> list[ReorderRow]:
    known = sorted((row for row in rows if value(row) is not None), key=value, reverse=descending)
    return [*known, *(row for row in rows if value(row) is None)]
