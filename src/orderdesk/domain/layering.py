"""When backordered units will be covered: incoming supply laid over the queue, first come, first served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date


def expected_dates(backordered: Sequence[int], supply: Sequence[tuple[date, int]]) -> list[tuple[list[tuple[int, date]], int]]:
    """For each line in queue order, which units come when, and how many are not covered.

    `backordered` are units short per line, `supply` (day, units) in any order.
    """
    incoming = sorted(supply)
    days = iter(incoming)
    day, left = next(days, (None, 0))
    answers = []
    for short in backordered:
        parts: list[tuple[int, date]] = []
        uncovered = short
        while uncovered and day is not None:
            units = min(uncovered, left)
            if units:
                parts.append((units, day))
            uncovered, left = uncovered - units, left - units
            if not left:
                day, left = next(days, (None, 0))
        answers.append((parts, uncovered))
    return answers


def covered_on(
    backordered: Sequence[tuple[int, Mapping[int, int]]], supply: Mapping[int, Sequence[tuple[date, int]]]
) -> list[date | None]:
    """For lines that take units of several products: the day on which each line in queue order is covered, None for never.

    `backordered`: units short, and how many of each product one of them takes. A line that can't be covered whole takes
    as many units as it can get, as `expected_dates` has it.
    """
    layers = {product: sorted(days) for product, days in supply.items()}
    answers: list[date | None] = []
    for short, parts in backordered:
        coming = {product: sum(units for _, units in layers.get(product, ())) for product in parts}
        units = min((short, *(coming[product] // each for product, each in parts.items())))
        days = [_take(layers[product], units * each) for product, each in parts.items() if units]
        answers.append(max(days, default=None) if units == short else None)
    return answers


def _take(layers: list[tuple[date, int]], units: int) -> date:
    """Take so many units off the earliest layers; the day of the last of them."""
    day = layers[0][0]
    while units:
        day, left = layers.pop(0)
        taken = min(units, left)
        units -= taken
        if left > taken:
            layers.insert(0, (day, left - taken))
    return day
