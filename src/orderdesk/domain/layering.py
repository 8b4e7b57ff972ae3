"""When backordered units will be covered: incoming supply laid over the queue, first come, first served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

# Which units of a line come when, and how many are not covered.
Layers = tuple[list[tuple[int, date]], int]


def expected_dates(backordered: Sequence[int], supply: Sequence[tuple[date, int]]) -> list[Layers]:
    """For each line in queue order, its layers.

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


def expected_together(
    queue: Sequence[tuple[int, Mapping[int, int]]], supply: Mapping[int, Sequence[tuple[date, int]]]
) -> list[Layers]:
    """As `expected_dates`, where lines take units of several products: each comes with how many of each product one unit takes.

    A unit comes on the day on which the last of what it takes does, and takes nothing where that never comes.
    """
    days = sorted({day for layers in supply.values() for day, _ in layers})
    left = {product: _come_by(days, layers) for product, layers in supply.items()}
    answers = []
    for short, parts in queue:
        layers: list[tuple[int, date]] = []
        covered = 0
        for place, day in enumerate(days):
            by_then = min((short, *(left[product][place] // each for product, each in parts.items())))
            if by_then > covered:
                layers.append((by_then - covered, day))
                covered = by_then
        for product, each in parts.items():
            left[product] = [units - covered * each for units in left[product]]
        answers.append((layers, short - covered))
    return answers


def _come_by(days: Sequence[date], layers: Sequence[tuple[date, int]]) -> list[int]:
    """How many units have come by each of the days."""
    return [sum(units for came, units in layers if came <= day) for day in days]
