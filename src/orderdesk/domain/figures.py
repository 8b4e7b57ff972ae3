"""What a seller looks at weekly: how much was filled at once, and how long those wait who could not be served."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from statistics import median

from orderdesk.domain.money import Money

# How long backordered lines have waited, in days: from, up to and with; None is without end.
AGES = ((0, 2), (3, 7), (8, 14), (15, 30), (31, None))
_IN_TIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Served:
    """A line that counts: the units it asked for, and how many of them it was served with."""

    order_id: int
    wanted: int
    filled: int


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class FillRate:
    """What was served of what was ordered, by unit, by whole line, by whole order."""

    units: Share
    lines: Share
    orders: Share


@dataclass(frozen=True, slots=True)
class PerCase:
    """What coupons took off in one currency, for so many orders whose customers had a letter."""

    cases: int
    cost: Money

    @property
    def average(self) -> Money:
        """For each of them, rounded half up to the minor unit."""
        return Money((2 * self.cost.minor + self.cases) // (2 * self.cases), self.cost.currency)


@dataclass(frozen=True, slots=True)
class Worth:
    """What lines in one currency are worth together; None where the price of one of them is not known."""

    currency: str
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Notifying:
    """How fast customers were told; `median` and `worst` are None where nobody was.

    `within_a_day`: how many were within a day, of those and of whoever did not know when the day was over.
    """

    told: int
    waiting: int
    median: timedelta | None
    worst: timedelta | None
    within_a_day: Share


@dataclass(frozen=True, slots=True)
class Episode:
    """An order's backorder: when it was seen, when its customer was told, when it ended, and whether by units that came.

    None is not yet.
    """

    began: datetime
    told_at: datetime | None
    ended_at: datetime | None
    filled: bool

    def judged_at(self, now: datetime) -> datetime | None:
        """When it was clear how fast the customer is told: by then, or not within a day; None is not yet."""
        day_over = self.began + _IN_TIME
        return self.told_at or (day_over if day_over < (self.ended_at or now) else None)


@dataclass(frozen=True, slots=True)
class Filling:
    """How long backordered orders waited until they were filled; None where none was."""

    filled: int
    median: timedelta | None
    worst: timedelta | None


def fill_rate(lines: Iterable[Served]) -> FillRate:
    """The share served at once; the lines of an order stand together."""
    counted = list(lines)
    orders = [list(group) for _, group in groupby(counted, key=attrgetter("order_id"))]
    return FillRate(
        units=Share(sum(line.filled for line in counted), sum(line.wanted for line in counted)),
        lines=Share(sum(line.filled == line.wanted for line in counted), len(counted)),
        orders=Share(sum(all(line.filled == line.wanted for line in order) for order in orders), len(orders)),
    )


def by_age(days: Iterable[int]) -> tuple[int, ...]:
    """How many fall into each of AGES."""
    waited = list(days)
    return tuple(sum(first <= day and (last is None or day <= last) for day in waited) for first, last in AGES)


def worth_of(currency: str, lines: Sequence[int | None]) -> Worth:
    """The sum of lines in minor units, as unknown as any of them is."""
    known = [minor for minor in lines if minor is not None]
    return Worth(currency, Money(sum(known), currency) if len(known) == len(lines) else None)


def notifying(episodes: Iterable[Episode], now: datetime) -> Notifying:
    """How long after the shortage each customer was told, and how many of those who wait do not know yet."""
    known = list(episodes)
    took = [each.told_at - each.began for each in known if each.told_at is not None]
    return Notifying(
        told=len(took),
        waiting=sum(each.told_at is None and each.ended_at is None for each in known),
        median=_median(took),
        worst=max(took, default=None),
        within_a_day=Share(sum(each <= _IN_TIME for each in took), sum(each.judged_at(now) is not None for each in known)),
    )


def filling(episodes: Iterable[Episode]) -> Filling:
    """How long each order waited that was filled in the end."""
    took = [each.ended_at - each.began for each in episodes if each.ended_at is not None and each.filled]
    return Filling(len(took), _median(took), max(took, default=None))


def _median(took: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(each.total_seconds() for each in took)) if took else None
