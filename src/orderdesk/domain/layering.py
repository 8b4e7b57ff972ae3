"""When backordered units will be covered: incoming supply laid over the queue, first come, first served."""

from __future__ import annotations

from collections.abc import Sequence
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
