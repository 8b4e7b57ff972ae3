"""What a marketplace holds against a seller: sales canceled because the item was not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orderdesk.domain.days import months_after


@dataclass(frozen=True, slots=True)
class CancellationLimit:
    """At most `percent` of a period's sales.

    The period is the last `months`, or the last `busy_months` where those hold `busy_sales`.
    """

    percent: int
    months: int
    busy_months: int
    busy_sales: int

    def counts_since(self, today: date, busy_sales: int) -> date:
        """The first day of the period, given the sales of the last `busy_months`."""
        return months_after(today, -(self.busy_months if busy_sales >= self.busy_sales else self.months))


# By channel. eBay's seller performance policy: a sale is one item of an order, and what the buyer asks to cancel does not count.
LIMITS = {"ebay": CancellationLimit(percent=2, months=12, busy_months=3, busy_sales=400)}


@dataclass(frozen=True, slots=True)
class CancellationRecord:
    """Of so many sales of a channel since a day, so many canceled for lack of stock; at most `limit_percent` are let pass."""

    channel: str
    since: date
    sales: int
    canceled: int
    limit_percent: int

    @property
    def percent(self) -> float:
        return 100 * self.canceled / self.sales

    @property
    def is_over(self) -> bool:
        return 100 * self.canceled > self.limit_percent * self.sales
