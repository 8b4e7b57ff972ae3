"""What a seller looks at weekly: how much was filled at once, and how long those wait who could not be served."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from statistics import median

# How long backordered lines have waited, in days: from, up to and with; None is without end.
AGES = ((0, 2), (3, 7), (8, 14), (15, 30), (31, None))
_IN_TIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Served:
    """A line that counts: the units that still hold of what was ordered, and how many of them the shelf served."""

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
class Notifying:
    """How fast customers were told, and how many were within a day; `median` and `worst` are None where nobody was told."""

    told: int
    waiting: int
    median: timedelta | None
    worst: timedelta | None
    within_a_day: Share


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


def notifying(told_after: Sequence[timedelta], waiting: int) -> Notifying:
    """From how long after the shortage each customer was told, and how many do not know yet."""
    in_time = sum(took <= _IN_TIME for took in told_after)
    middle = median(took.total_seconds() for took in told_after) if told_after else None
    return Notifying(
        told=len(told_after),
        waiting=waiting,
        median=None if middle is None else timedelta(seconds=middle),
        worst=max(told_after, default=None),
        within_a_day=Share(in_time, len(told_after)),
    )
