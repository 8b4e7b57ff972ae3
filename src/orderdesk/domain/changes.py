"""What a committed step touched, so that every view can ask again for just that."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AllocationShift:
    """An order line that had units before this step and now has more or fewer of them."""

    order_number: str
    sku: str
    title: str
    before: int
    after: int

    @property
    def gained(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the rows that one committed step touched; `everything` after a restore or a very large import."""

    orders: frozenset[int] = field(default_factory=frozenset)
    products: frozenset[int] = field(default_factory=frozenset)
    customers: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False
