"""Products and their stock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

_WORD = re.compile(r"[^\W\d_]{3,}")


class ProductStatus(StrEnum):
    """What a seller sees of a product's stock, the first that fits."""

    KIT = "kit"
    UNTRACKED = "untracked"
    COUNT_ME = "count_me"
    DISCONTINUED = "discontinued"
    OUT = "out"
    LOW = "low"
    OK = "ok"


def words_of_title(title: str) -> list[str]:
    """What the title says a product is, without sizes and numbers."""
    return _WORD.findall(title)


def never_arrives(discontinued: bool, expected_on: date | None) -> bool:
    """Whether what a line is short of will not come at all: no more of its product is bought, and no delivery covers the line."""
    return discontinued and expected_on is None


@dataclass(eq=False)
class Product:
    """Something the shop sells. Quantities are units, prices minor units of `currency`, None is unknown.

    `on_hand` is the sum of the stock movements; it says something only where `stock_known` (received, counted or imported once).
    A product that is not `tracked` (a fee, a service) has no stock and never runs out. `on_order_expected_on` is about the units
    that no purchase order accounts for, if there are any.
    """

    sku: str
    title: str
    tracked: bool = True
    stock_known: bool = False
    price_minor: int | None = None
    cost_minor: int | None = None
    currency: str | None = None
    reorder_point: int | None = None
    safety_stock: int = 0
    supplier: str = ""
    supplier_sku: str = ""
    lead_time_days: int | None = None
    on_order: int = 0
    on_order_expected_on: date | None = None
    discontinued: bool = False
    barcode: str = ""
    on_hand: int = 0
    allocated: int = 0
    id: int = field(init=False)

    @property
    def named(self) -> str:
        """Its title with its SKU: two products may have the same title."""
        return f"{self.title} ({self.sku})" if self.sku and self.sku != self.title else self.title

    def take_off_order(self, quantity: int) -> None:
        """These units are on order no more: they came, or will not come."""
        self.on_order = max(0, self.on_order - quantity)

    def expect(self, bought: Sequence[tuple[int, date | None]]) -> None:
        """Look at the purchase orders under way: units and the day of each. The first of them is when the product is expected.

        Where more is on order than they account for, the product's day is that of the rest, and stays.
        """
        if self.on_order <= sum(units for units, _ in bought):
            self.on_order_expected_on = min((day for _, day in bought if day is not None), default=None)
