"""What of an order may leave now, and what stays behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from orderdesk.domain.orders import ShipPolicy


class Waiting(NamedTuple):
    """A line as the parcel sees it: units that are here for it, units still to come, its own policy, None for the order's."""

    allocated: int
    short: int
    policy: ShipPolicy | None


def leaving(order_policy: ShipPolicy, lines: Sequence[Waiting]) -> list[int]:
    """The units of each line that may leave now. A line with a policy of its own goes by that, whatever the others lack."""
    whole = not any(line.short for line in lines if line.policy is None)
    return [line.allocated if _may_leave(line, order_policy, whole=whole) else 0 for line in lines]


def _may_leave(line: Waiting, order_policy: ShipPolicy, *, whole: bool) -> bool:
    if line.policy is not None:
        return line.policy != ShipPolicy.COMPLETE or not line.short
    return order_policy != ShipPolicy.COMPLETE or whole


def given_up(order_policy: ShipPolicy, line: Waiting) -> int:
    """The units of a line that are canceled as the order's parcel leaves: where what is here is sent, and no more."""
    return line.short if (line.policy or order_policy) == ShipPolicy.CANCEL_REMAINDER else 0


@dataclass(eq=False)
class ShippedUnits:
    """Units of a line that went out in a shipment."""

    order_line_id: int
    quantity: int
    shipment_id: int = field(init=False)
    id: int = field(init=False)


@dataclass(eq=False)
class Shipment:
    """A parcel that left; by whom it travels and under which number, "" where that is not known."""

    order_id: int
    at: datetime
    carrier: str = ""
    tracking: str = ""
    units: list[ShippedUnits] = field(default_factory=list)
    id: int = field(init=False)
