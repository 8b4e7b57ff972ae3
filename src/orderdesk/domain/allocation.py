"""Who gets the stock: a pure function of what is on hand and of the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Demand(NamedTuple):
    """What one eligible line asks of the shelf: `wanted` units, of which `firm` are locked; it held `allocated` so far."""

    line_id: int
    wanted: int
    firm: int
    allocated: int


@dataclass(frozen=True, slots=True)
class Reallocation:
    """A line that gained or lost units in one step."""

    line_id: int
    before: int
    after: int


def allocate(on_hand: int, queue: Sequence[Demand]) -> list[int]:
    """Units for each demand, in the order of the queue; they never add up to more than `on_hand`.

    Firm units come first, in queue order; then each line takes what the ones before it leave.
    """
    rest = on_hand
    firm_parts = []
    for demand in queue:
        part = min(demand.firm, rest)
        rest -= part
        firm_parts.append(part)
    shares = []
    for demand, part in zip(queue, firm_parts, strict=True):
        soft = min(demand.wanted - part, rest)
        rest -= soft
        shares.append(part + soft)
    return shares


def over_allocated(on_hand: int, queue: Sequence[Demand]) -> int:
    """Firm units beyond what is on hand: a conflict the seller must settle."""
    return max(0, sum(demand.firm for demand in queue) - on_hand)
