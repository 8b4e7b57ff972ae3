"""Which waiting orders could leave today with units that lie reserved for orders that can't leave anyway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Of so many orders it is tried which of them had better stay.
_FEW = 40


@dataclass(frozen=True, slots=True)
class Held:
    """Units of a product that an order holds which waits to be complete.

    Without an order: parts that lie idle, as the kits they are for lack others.
    """

    order_id: int | None
    product_id: int
    units: int


@dataclass(frozen=True, slots=True)
class Way:
    """An order that would be complete with so many units, and the orders that hold them, in the order of the queue."""

    order_id: int
    units: int
    holders: tuple[int, ...]


def ways_out(short: Mapping[int, Mapping[int, int]], held: Sequence[Held]) -> list[Way]:
    """As many orders as are found to be able to leave together, those that need fewest units first.

    `short`: per order the units that each product lacks of it. Units are given once, idle ones first, and never by an order that
    leaves. Of not too many orders one stays behind where more of the others can leave without it.
    """
    found = _in_turn(short, held)
    if len(short) > _FEW:
        return found
    for way in found:
        others = {order: needs for order, needs in short.items() if order != way.order_id}
        if len(_in_turn(others, held)) > len(found):
            return ways_out(others, held)
    return found


def _in_turn(short: Mapping[int, Mapping[int, int]], held: Sequence[Held]) -> list[Way]:
    """Each order gets what it needs if the ones before have left enough."""
    left = sorted(held, key=lambda each: each.order_id is None)
    leaving: set[int] = set()
    found = []
    for order, needs in sorted(short.items(), key=lambda entry: (sum(entry[1].values()), entry[0])):
        takes = [_taken(product, units, order, left, leaving) for product, units in needs.items()]
        if any(each is None for each in takes):
            continue
        taken = [part for each in takes if each for part in each]
        leaving.add(order)
        left = _without(left, taken)
        given = [(part.order_id, part.units) for part in taken if part.order_id is not None]
        found.append(Way(order, sum(units for _, units in given), tuple(dict.fromkeys(holder for holder, _ in given))))
    return [way for way in found if not leaving.intersection(way.holders)]


def _taken(product: int, units: int, order: int, left: Iterable[Held], leaving: set[int]) -> list[Held] | None:
    """Which units others give, the last in the queue first; None where they have too few."""
    taken = []
    for each in reversed(list(left)):
        if units and each.product_id == product and each.order_id != order and each.order_id not in leaving:
            part = min(units, each.units)
            units -= part
            taken.append(Held(each.order_id, product, part))
    return None if units else taken


def _without(left: Sequence[Held], taken: Iterable[Held]) -> list[Held]:
    gone: dict[tuple[int | None, int], int] = {}
    for part in taken:
        gone[part.order_id, part.product_id] = gone.get((part.order_id, part.product_id), 0) + part.units
    rest = [Held(each.order_id, each.product_id, each.units - gone.get((each.order_id, each.product_id), 0)) for each in left]
    return [each for each in rest if each.units > 0]
