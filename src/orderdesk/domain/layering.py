"""When backordered units will be covered: what allocation gives each line once the deliveries of a day are here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, groupby
from operator import attrgetter
from typing import NamedTuple

from orderdesk.domain.allocation import Demand, allocate, allocate_together

# Which units of a line come when, and how many are not covered.
Layers = tuple[list[tuple[int, date]], int]


class Delivery(NamedTuple):
    """Units of a product that come on a day; those that were bought for a line are firm for it from then on."""

    day: date
    product_id: int
    units: int
    line_id: int | None = None


def expected_dates(queue: Sequence[Demand], deliveries: Iterable[Delivery]) -> list[Layers]:
    """For each line in queue order, its layers.

    The queue is of one product; lines that have all they want may be left out of it, as no delivery takes that away.
    """
    on_hand = sum(demand.allocated for demand in queue)
    given = []
    for day, came, then in _day_by_day(queue, deliveries):
        on_hand += sum(delivery.units for delivery in came)
        given.append((day, allocate(on_hand, then)))
    return _layers(queue, given)


def expected_together(
    on_hand: Mapping[int, int], queue: Sequence[tuple[Demand, Mapping[int, int]]], deliveries: Iterable[Delivery]
) -> list[Layers]:
    """As `expected_dates`, where lines take units of several products, as in `allocate_together`; all lines are in the queue."""
    here, demands, parts = Counter(on_hand), [demand for demand, _ in queue], [each for _, each in queue]
    given = []
    for day, came, then in _day_by_day(demands, deliveries):
        for delivery in came:
            here[delivery.product_id] += delivery.units
        given.append((day, allocate_together(here, list(zip(then, parts, strict=True)))))
    return _layers(demands, given)


def _day_by_day(
    queue: Sequence[Demand], deliveries: Iterable[Delivery]
) -> Iterator[tuple[date, list[Delivery], Sequence[Demand]]]:
    """The deliveries of each day, and the queue once they are here."""
    for day, of_day in groupby(sorted(deliveries, key=attrgetter("day")), key=attrgetter("day")):
        came = list(of_day)
        bought: Counter[int | None] = Counter()
        for delivery in came:
            bought[delivery.line_id] += delivery.units
        queue = [_with_firm(demand, bought[demand.line_id]) if demand.line_id in bought else demand for demand in queue]
        yield day, came, queue


def _with_firm(demand: Demand, units: int) -> Demand:
    """The same line, with units that were bought for it, as far as it still wants them."""
    return demand._replace(firm=min(demand.wanted, demand.firm + units))


def _layers(queue: Sequence[Demand], given: Sequence[tuple[date, Sequence[int]]]) -> list[Layers]:
    """What each line has for good from which day on: a kit that gets complete may take a part from a line behind it."""
    answers = []
    for place, demand in enumerate(queue):
        had, parts = demand.allocated, []
        for_good = reversed(list(accumulate((shares[place] for _, shares in reversed(given)), min)))
        for (day, _), units in zip(given, for_good, strict=True):
            if units > had:
                parts.append((units - had, day))
                had = units
        answers.append((parts, demand.wanted - had))
    return answers
