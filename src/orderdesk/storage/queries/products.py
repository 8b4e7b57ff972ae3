"""Products for the screens."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orderdesk.domain.days import start_of
from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.products import ProductStatus
from orderdesk.domain.reorder import Supply
from orderdesk.domain.suppliers import FRESH
from orderdesk.storage.instants import instant_text, parse_day, parse_instant
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.purchases import EXPECTED_ON, OVERDUE_SINCE
from orderdesk.storage.queries.reorder import ORDERED_AGAIN, SUPPLY, low_products, supply_of
from orderdesk.storage.queries.sales import RATE_DAYS, SOLD_OF_IDS, rated_since
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class ProductsView:
    """What the inventory page shows."""

    filter: str = "all"
    search: str = ""
    sort: paging.Sort = (("sku", False),)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product in a table; `on_hand` and `available` are None until it was counted once.

    Of a kit as many are available as can be put together. `supplier_quantity` is what its suppliers had in all,
    `supplier_seen_at` when the oldest of these figures was seen. `pending` is what orders want that are not paid, on hold or not
    counted. `sold` are units of the last 30 days, `supply` is None where nothing is to be ordered again.
    """

    id: int
    sku: str
    title: str
    on_hand: int | None
    allocated: int
    available: int | None
    backordered: int
    pending: int
    on_order: int
    reorder_point: int | None
    safety_stock: int
    status: ProductStatus
    price: Money | None
    cost: Money | None
    currency: str | None
    supplier: str
    supplier_sku: str
    lead_time_days: int | None
    on_order_expected_on: date | None
    overdue_since: date | None
    discontinued: bool
    barcode: str
    tracked: bool
    listings: int
    is_kit: bool
    supplier_quantity: int | None
    supplier_seen_at: datetime | None
    sold: int
    supply: Supply | None

    @property
    def sold_per_week(self) -> float:
        return self.sold * 7 / RATE_DAYS


_IS_KIT = "t.id IN (SELECT kit_id FROM kit_part)"
_STATUS = f"""CASE WHEN {_IS_KIT} THEN 'kit' WHEN t.tracked = 0 THEN 'untracked' WHEN t.stock_known = 0 THEN 'count_me'
    WHEN t.discontinued = 1 AND t.on_hand = 0 THEN 'discontinued' WHEN t.on_hand - t.allocated <= 0 THEN 'out'
    WHEN {{is_low}} THEN 'low' ELSE 'ok' END"""
# What runs low follows from what was sold, which SQL alone can't judge.
_IS_LOW = "t.id IN (SELECT value FROM json_each(:low))"
_FILTERS = {
    "all": "",
    "low": _IS_LOW,
    "out": "t.tracked = 1 AND t.stock_known = 1 AND t.on_hand - t.allocated <= 0",
    "backordered": "t.backordered > 0",
    "count_me": "t.tracked = 1 AND t.stock_known = 0",
    "supply_old": "t.id IN (SELECT product_id FROM supplier_product WHERE quantity_at < :stale)",
    "discontinued": "t.discontinued = 1",
}
_COUNTED = "CASE WHEN t.tracked = 1 AND t.stock_known = 1 THEN {} END"
_SORTS = {
    "sku": "t.sku {}",
    "title": "t.title COLLATE NOCASE {}",
    "on_hand": f"{_COUNTED.format('t.on_hand')} {{}} NULLS LAST",
    "allocated": "t.allocated {}",
    "available": f"{_COUNTED.format('t.on_hand - t.allocated')} {{}} NULLS LAST",
    "backordered": "t.backordered {}",
    "on_order": "t.on_order {}",
    "reorder_point": "t.reorder_point {} NULLS LAST",
    "price": "t.price_minor {} NULLS LAST",
    "status": f"{_STATUS.format(is_low=_IS_LOW)} {{}}",
    "supplier": "t.supplier = '' ASC, t.supplier COLLATE NOCASE {}",
}
_PAGE = f"""
SELECT t.id, t.sku, t.title, t.on_hand, t.allocated, t.backordered,
    (SELECT coalesce(sum(l.pending), 0) FROM order_line l WHERE l.product_id = t.id AND l.ordered > l.canceled + l.shipped AND l.eligible = 0),
    t.on_order, t.reorder_point, t.safety_stock, {_STATUS.format(is_low="0")},
    t.price_minor, t.cost_minor, t.currency, t.supplier, t.supplier_sku, t.lead_time_days, {EXPECTED_ON}, {OVERDUE_SINCE}, t.discontinued,
    t.barcode, t.tracked, t.stock_known, (SELECT count(*) FROM listing WHERE product_id = t.id AND ended_at IS NULL),
    {_IS_KIT}, (SELECT min((part.on_hand - part.allocated) / k.quantity) FROM kit_part k JOIN product part ON part.id = k.part_id
        WHERE k.kit_id = t.id AND part.tracked = 1),
    (SELECT sum(quantity) FROM supplier_product WHERE product_id = t.id),
    (SELECT min(quantity_at) FROM supplier_product WHERE product_id = t.id), {ORDERED_AGAIN}, {SUPPLY}
FROM json_each(:ids) j CROSS JOIN product t ON t.id = j.value LEFT JOIN ({SOLD_OF_IDS}) s ON s.product_id = t.id ORDER BY j.key
"""


def product_ids(view: View, wanted: ProductsView, *, today: date) -> array[int]:
    """Ids of every product of the view, in its order."""
    where, words = paging.searched("product_search", wanted.search, (_FILTERS[wanted.filter],))
    is_named = "(t.sku COLLATE NOCASE = :typed OR t.barcode = :typed)" if words else ""
    order = paging.order_by(wanted.sort, _SORTS, "t.id", first=is_named)
    sql = f"SELECT t.id FROM product t {where} {order}"
    return paging.ids(view, sql, words | _judged(view, sql, today))


def product_rows(view: View, ids: Sequence[int], *, today: date) -> list[ProductRow]:
    """The rows of these ids, in their order."""
    values = {"ids": paging.as_json(ids), "rated_since": rated_since(today), "today": today.isoformat()}
    return [_row(row) for row in view.all(_PAGE, values)]


def product_counts(view: View, *, search: str = "", today: date) -> dict[str, int]:
    """How many products each filter would show."""
    where, words = paging.searched("product_search", search, ())
    return paging.count_each(view, "product", _FILTERS, "t.*", where, words | _judged(view, ":low :stale", today))


def _judged(view: View, sql: str, today: date) -> dict[str, str]:
    """What the question can't tell by itself, looked for only where it asks.

    A supplier's quantity is old for all of a day when it was too old as the day began.
    """
    found = {}
    if ":low" in sql:
        found["low"] = paging.as_json(low_products(view, today=today))
    if ":stale" in sql:
        found["stale"] = instant_text(start_of(today, shop_zone(view)) - FRESH)
    return found


def _row(row: Sequence[Any]) -> ProductRow:
    key, sku, title, on_hand, allocated, backordered, pending, on_order = row[:8]
    reorder_point, safety_stock, status, price, cost, currency = row[8:14]
    (
        supplier,
        supplier_sku,
        lead_time,
        expected,
        overdue,
        discontinued,
        barcode,
        tracked,
        known,
        listings,
        is_kit,
        possible,
        there,
        seen,
        is_ordered_again,
        *facts,
    ) = row[14:]
    counted = bool(tracked and known)
    supply = supply_of(*facts) if is_ordered_again else None
    return ProductRow(
        id=key,
        sku=sku,
        title=title,
        on_hand=on_hand if counted else None,
        allocated=allocated,
        available=on_hand - allocated if counted else possible,
        backordered=backordered,
        pending=pending,
        on_order=on_order,
        reorder_point=reorder_point,
        safety_stock=safety_stock,
        status=ProductStatus.LOW
        if status == ProductStatus.OK and supply is not None and supply.is_low
        else ProductStatus(status),
        price=money_or_none(price, currency),
        cost=money_or_none(cost, currency),
        currency=currency,
        supplier=supplier,
        supplier_sku=supplier_sku,
        lead_time_days=lead_time,
        on_order_expected_on=parse_day(expected),
        overdue_since=parse_day(overdue),
        discontinued=bool(discontinued),
        barcode=barcode,
        tracked=bool(tracked),
        listings=listings,
        is_kit=bool(is_kit),
        supplier_quantity=there,
        supplier_seen_at=parse_instant(seen) if seen else None,
        sold=facts[0],
        supply=supply,
    )
