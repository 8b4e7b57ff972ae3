"""Suppliers, and what each of them asks for a product."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

# A quantity that nobody has looked at for longer says nothing any more.
FRESH = timedelta(hours=24)


@dataclass(eq=False)
class Supplier:
    """Somebody who sells to the shop, known by name."""

    name: str
    email: str = ""
    phone: str = ""
    site: str = ""
    note: str = ""
    id: int = field(init=False)


@dataclass(eq=False)
class SupplierProduct:
    """What a supplier asks for a product: `cost_minor` of `currency` for one unit; `quantity` is what they had at `quantity_at`.

    `next_units` are what they expect themselves, on `next_on`. None is unknown.
    """

    supplier_id: int
    product_id: int
    supplier_sku: str = ""
    cost_minor: int | None = None
    currency: str | None = None
    lead_time_days: int | None = None
    quantity: int | None = None
    quantity_at: datetime | None = None
    next_units: int | None = None
    next_on: date | None = None
    id: int = field(init=False)


def is_stale(seen: datetime, now: datetime) -> bool:
    """Whether a quantity that was seen then is too old to count."""
    return now - seen > FRESH
