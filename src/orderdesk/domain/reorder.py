"""When to order a product again, and how much: from what it sells, how long its supplier takes, and the stash."""

from __future__ import annotations

import math
from dataclasses import dataclass

# What is ordered is to last so long beyond its arrival.
COVER_DAYS = 30
# Where nobody has said how long the supplier takes.
ASSUMED_LEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class Supply:
    """What is known of a product: units sold per day of late, the supplier's days, the stash, the seller's own reorder point.

    `position`: on hand + on order - open demand; `free`: on hand - open demand, below 0 where units are short.
    """

    sold_per_day: float
    lead_time_days: int | None
    safety_stock: int
    reorder_point: int | None
    position: int
    free: int

    @property
    def lead_days(self) -> int:
        return ASSUMED_LEAD_DAYS if self.lead_time_days is None else self.lead_time_days

    @property
    def suggested_point(self) -> int:
        """Sales while the supplier takes its time, and the stash."""
        return math.ceil(self.sold_per_day * self.lead_days) + self.safety_stock

    @property
    def point(self) -> int:
        """The seller's own reorder point, else the suggested one."""
        return self.suggested_point if self.reorder_point is None else self.reorder_point

    @property
    def is_watched(self) -> bool:
        """Whether there is a point to keep above: what nobody buys and the seller has set none for is left alone."""
        return self.reorder_point is not None or self.suggested_point > 0

    @property
    def is_low(self) -> bool:
        """Whether what is here and on its way, less what is wanted, is no more than the reorder point, or short without one."""
        return self.position <= self.point if self.is_watched else self.position < 0

    @property
    def days_of_cover(self) -> int | None:
        """For how many days what is on the shelf lasts; None where nothing sells."""
        return math.floor(max(0, self.free) / self.sold_per_day) if self.sold_per_day > 0 else None

    @property
    def up_to(self) -> int:
        """The position that an order reaches: the reorder point and what sells in 30 days, so that it is not low again at once.

        Also where the seller's own point is lower, what is ordered lasts for 30 days beyond its arrival.
        """
        return max(self.point, self.suggested_point) + max(math.ceil(self.sold_per_day * COVER_DAYS), self.is_watched)

    @property
    def quantity(self) -> int:
        """How many to order now: none above the reorder point, and never fewer than are short."""
        return self.up_to - self.position if self.is_low else 0
