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
    kept = _shared_out(on_hand, [demand.firm for demand in queue])
    rest = on_hand - sum(kept)
    more = _shared_out(rest, [demand.wanted - units for demand, units in zip(queue, kept, strict=True)])
    return [units + soft for units, soft in zip(kept, more, strict=True)]


def _shared_out(units: int, asked: Sequence[int]) -> list[int]:
    """To each as much as is asked and the ones before leave."""
    shares = []
    for each in asked:
        share = each if each < units else units
        units -= share
        shares.append(share)
    return shares


def over_allocated(on_hand: int, queue: Sequence[Demand]) -> int:
    """Firm units beyond what is on hand: a conflict the seller must settle."""
    return max(0, sum(demand.firm for demand in queue) - on_hand)
