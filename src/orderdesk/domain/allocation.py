"""Who gets the stock: a pure function of what is on hand and of the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
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
    firm = [demand.firm for demand in queue]
    if not any(firm):
        return _shared_out(on_hand, [demand.wanted for demand in queue])
    kept = _shared_out(on_hand, firm)
    rest = on_hand - sum(kept)
    more = _shared_out(rest, [demand.wanted - units for demand, units in zip(queue, kept, strict=True)])
    return [units + soft for units, soft in zip(kept, more, strict=True)]


def _shared_out(units: int, asked: Sequence[int]) -> list[int]:
    """To each as much as is asked and the ones before leave."""
    shares: list[int] = []
    for place, each in enumerate(asked):
        if each > units:
            return [*shares, units, *repeat(0, len(asked) - place - 1)]
        units -= each
        shares.append(each)
    return shares


def allocate_together(on_hand: Mapping[int, int], queue: Sequence[tuple[Demand, Mapping[int, int]]]) -> list[int]:
    """As `allocate`, where lines take units of several products: each demand comes with how many of each product one unit takes.

    A unit that wants even one product more than is left takes nothing, so that nobody's parts lie idle in half a kit.
    """
    left = dict(on_hand)
    kept = [_taken(left, demand.firm, parts) for demand, parts in queue]
    more = [_taken(left, demand.wanted - units, parts) for (demand, parts), units in zip(queue, kept, strict=True)]
    return [units + soft for units, soft in zip(kept, more, strict=True)]


def _taken(left: dict[int, int], asked: int, parts: Mapping[int, int]) -> int:
    """As many units as are asked for and can be made of what is `left`, which they are taken from."""
    units = min((asked, *(left[part] // each for part, each in parts.items())))
    for part, each in parts.items():
        left[part] -= units * each
    return units


def over_allocated(on_hand: int, queue: Sequence[Demand]) -> int:
    """Firm units beyond what is on hand: a conflict the seller must settle."""
    return max(0, sum(demand.firm for demand in queue) - on_hand)
