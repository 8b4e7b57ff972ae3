"""Suppliers and what they offer, for the screens and for those who buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.suppliers import is_stale
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries.purchases import UNDER_WAY
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier, with how many products they are known to sell."""

    id: int
    name: str
    email: str
    phone: str
    site: str
    note: str
    products: int


@dataclass(frozen=True, slots=True)
class OfferRow:
    """What a supplier asks for a product; `quantity` is what they had at `seen_at`, both None where nobody has looked.

    `next_units` are what they expect themselves, on `next_on`.
    """

    supplier: str
    product_id: int
    sku: str
    title: str
    supplier_sku: str
    cost: Money | None
    lead_time_days: int | None
    quantity: int | None
    seen_at: datetime | None
    next_units: int | None = None
    next_on: date | None = None

    def is_stale(self, now: datetime) -> bool:
        """Whether the quantity is too old to count."""
        return self.seen_at is not None and is_stale(self.seen_at, now)


_OFFERS = """
SELECT s.name, p.id, p.sku, p.title, o.supplier_sku, o.cost_minor, o.currency, o.lead_time_days, o.quantity, o.quantity_at,
    o.next_units, o.next_on
FROM supplier_product o JOIN supplier s ON s.id = o.supplier_id JOIN product p ON p.id = o.product_id
{which} ORDER BY s.name COLLATE NOCASE, p.sku, p.id
"""
# How many days the supplier takes, and when the first is expected of what is on order there.
_ARRIVES = f"""
SELECT coalesce(
        (SELECT a.lead_time_days FROM supplier_product a JOIN supplier s ON s.id = a.supplier_id
            WHERE a.product_id = p.id AND s.name = :supplier COLLATE NOCASE),
        iif(p.supplier COLLATE NOCASE IN ('', :supplier), p.lead_time_days, NULL)),
    (SELECT min(o.expected_on) FROM purchase_line b JOIN purchase_order o ON o.id = b.purchase_order_id
        WHERE b.product_id = p.id AND o.supplier = :supplier COLLATE NOCASE AND {UNDER_WAY})
FROM product p WHERE p.id = :product
"""


def suppliers(view: View) -> list[SupplierRow]:
    """All of them, by name."""
    sql = """SELECT id, name, email, phone, site, note, (SELECT count(*) FROM supplier_product WHERE supplier_id = s.id)
        FROM supplier s ORDER BY name COLLATE NOCASE"""
    return [SupplierRow(*row) for row in view.all(sql)]


def supplier_names(view: View) -> list[str]:
    """Everybody whom the shop buys from, or has bought from, each once: one may never have been entered at a product."""
    sql = "SELECT name FROM supplier UNION SELECT supplier FROM purchase_order UNION SELECT supplier FROM product"
    names = {name.casefold(): name for (name,) in view.all(sql) if name}
    return sorted(names.values(), key=str.casefold)


def supplier_named(view: View, name: str) -> int | None:
    """The id of a supplier, whatever the case of the name."""
    found = view.value("SELECT id FROM supplier WHERE name = ? COLLATE NOCASE", (name.strip(),))
    return None if found is None else int(found)


def offer_id(view: View, supplier_id: int, product_id: int) -> int | None:
    """The id of what a supplier asks for a product."""
    sql = "SELECT id FROM supplier_product WHERE supplier_id = ? AND product_id = ?"
    found = view.value(sql, (supplier_id, product_id))
    return None if found is None else int(found)


def offers(view: View) -> list[OfferRow]:
    """What every supplier asks for every product."""
    return [_row(row) for row in view.all(_OFFERS.format(which=""))]


def offers_of_product(view: View, product_id: int) -> list[OfferRow]:
    """What every supplier asks for one product."""
    return [_row(row) for row in view.all(_OFFERS.format(which="WHERE o.product_id = ?"), (product_id,))]


def offer_of(view: View, supplier: str, product_id: int) -> OfferRow | None:
    """What one supplier asks for one product, where that is known."""
    which = "WHERE o.product_id = ? AND s.name = ? COLLATE NOCASE"
    found = view.one(_OFFERS.format(which=which), (product_id, supplier))
    return None if found is None else _row(found)


def arrives_on(view: View, supplier: str, product_id: int, *, today: date) -> date | None:
    """When a product that is bought there today is here: as the supplier takes, or as is noted at a product that they usually send.

    Who is late with what is on order of it is no quicker with more.
    """
    days, awaited = view.one(_ARRIVES, {"supplier": supplier.strip(), "product": product_id}) or (None, None)
    if days is None:
        return None
    soonest = today + timedelta(days=days)
    return max(soonest, parse_day(awaited) or soonest)


# By how a supplier's file may name a product, the surest first: their SKU as noted, else of the product that usually comes from
# them; the barcode; the shop's own SKU.
_NAMED_IN_FEED = """
SELECT 0, o.supplier_sku, o.product_id FROM supplier_product o WHERE o.supplier_id = :supplier AND o.supplier_sku <> ''
UNION SELECT 1, p.supplier_sku, p.id FROM product p WHERE p.supplier = :name COLLATE NOCASE AND p.supplier_sku <> ''
UNION SELECT 2, p.barcode, p.id FROM product p WHERE p.barcode <> ''
UNION SELECT 3, p.sku, p.id FROM product p WHERE p.sku <> ''
"""
FeedNames = dict[tuple[int, str], list[int]]


def named_in_feed(view: View, supplier: str) -> FeedNames:
    """The products by the names that a supplier's file may have for them: (0 and 1 their SKU, 2 barcode, 3 own SKU; name)."""
    found: FeedNames = {}
    for way, name, product in view.all(_NAMED_IN_FEED, {"supplier": supplier_named(view, supplier), "name": supplier.strip()}):
        found.setdefault((way, name), []).append(product)
    return found


def _row(row: Sequence[Any]) -> OfferRow:
    supplier, product_id, sku, title, supplier_sku, cost, currency, lead_time, quantity, seen, next_units, next_on = row
    return OfferRow(
        supplier=supplier,
        product_id=product_id,
        sku=sku,
        title=title,
        supplier_sku=supplier_sku,
        cost=money_or_none(cost, currency),
        lead_time_days=lead_time,
        quantity=quantity,
        seen_at=parse_instant(seen) if seen else None,
        next_units=next_units,
        next_on=parse_day(next_on),
    )
