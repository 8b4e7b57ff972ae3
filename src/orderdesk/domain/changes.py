"""What a committed step touched, so that every view can ask again for just that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class AllocationShift:
    """An order line that had units before this step and now has more or fewer of them."""

    order_id: int
    line_id: int
    order_number: str
    sku: str
    title: str
    before: int
    after: int

    @property
    def gained(self) -> bool:
        return self.after > self.before


def together(shifts: Iterable[AllocationShift]) -> list[AllocationShift]:
    """What the shifts of steps that follow each other come to; a line that ends with what it began with is none of them."""
    lines: dict[int, AllocationShift] = {}
    for shift in shifts:
        lines[shift.line_id] = replace(lines.get(shift.line_id, shift), after=shift.after)
    return [shift for shift in lines.values() if shift.after != shift.before]


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the rows that one committed step touched; `everything` after a restore or a very large import."""

    orders: frozenset[int] = field(default_factory=frozenset)
    products: frozenset[int] = field(default_factory=frozenset)
    customers: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False
