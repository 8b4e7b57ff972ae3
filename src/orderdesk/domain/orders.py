"""Orders and their lines: the quantities, what may happen to them, and the states that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from orderdesk.domain.errors import TooManyError


class OrderStatus(StrEnum):
    """What a seller sees of a whole order; the shop's file works it out (tables_orders.py)."""

    AWAITING_PAYMENT = "awaiting_payment"
    ON_HOLD = "on_hold"
    BACKORDERED = "backordered"
    PARTLY_READY = "partly_ready"
    READY = "ready"
    AWAITING_SUPPLIER = "awaiting_supplier"
    PENDING = "pending"
    SHIPPED = "shipped"
    CANCELED = "canceled"


class LineStatus(StrEnum):
    READY = "ready"
    PARTLY_BACKORDERED = "partly_backordered"
    BACKORDERED = "backordered"
    AWAITING_SUPPLIER = "awaiting_supplier"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    CANCELED = "canceled"
    RETURNED = "returned"
    PENDING = "pending"


class PaidStatus(StrEnum):
    """What a file says of an order's payment."""

    PAID = "paid"
    UNPAID = "unpaid"
    REFUNDED = "refunded"


class ShipPolicy(StrEnum):
    PARTIAL = "partial"
    COMPLETE = "complete"
    CANCEL_REMAINDER = "cancel_remainder"


class StandIn(StrEnum):
    """Why a line stands in for another one of its order, which has paid for it."""

    SUBSTITUTE = "substitute"
    EXCHANGE = "exchange"


class QueuePolicy(StrEnum):
    """What decides who is served first when stock is short."""

    ORDER_DATE = "order_date"
    SHIP_BY = "ship_by"


# Higher priorities are served first; the queue tells so many apart.
MOST_PRIORITY = 999


@dataclass(eq=False)
class OrderLine:
    """One product of an order. All quantities are units.

    `allocated` and `eligible` are derived by the allocation and only cached here;
    `ordered = shipped + canceled + drop_ship + allocated + backordered + pending` always holds.
    `replaces_id` is the line that this one stands in for; `ship_policy` is None where that of the order holds.
    """

    position: int
    product_id: int
    sku: str
    title: str
    ordered: int
    unit_price_minor: int | None = None
    shipped: int = 0
    canceled: int = 0
    returned: int = 0
    drop_ship: int = 0
    firm: int = 0
    line_id: str = ""
    allocated: int = 0
    eligible: bool = False
    queue_key: str = ""
    replaces_id: int | None = None
    stand_in: StandIn | None = None
    ship_policy: ShipPolicy | None = None
    order_id: int = field(init=False)
    id: int = field(init=False)

    @property
    def open(self) -> int:
        return self.ordered - self.canceled - self.shipped

    @property
    def wanted(self) -> int:
        """Units that must come from the shelf."""
        return self.open - self.drop_ship

    @property
    def backordered(self) -> int:
        return self.wanted - self.allocated if self.eligible else 0

    @property
    def price_minor(self) -> int | None:
        """The price of all that is ordered; None where it is not known."""
        return None if self.unit_price_minor is None else self.ordered * self.unit_price_minor

    def cancel(self, quantity: int, of: str) -> None:
        """Cancel open units: backordered ones first, then drop-shipped, then allocated. TooManyError beyond what is open."""
        if not 0 < quantity <= self.open:
            raise TooManyError("canceled", quantity, self.open, of, "Everything of it has shipped or is canceled already.")
        beyond_backordered = max(0, quantity - (self.wanted - self.allocated))
        self.drop_ship -= min(self.drop_ship, beyond_backordered)
        self.canceled += quantity
        self._keep_within_open()

    def ship(self, quantity: int, of: str) -> None:
        """Send allocated units out of the house. TooManyError beyond what is allocated."""
        if not 0 < quantity <= self.allocated:
            raise TooManyError("shipped", quantity, self.allocated, of, "The shelf has none for it; receive or count some first.")
        self.shipped += quantity
        self.allocated -= quantity
        self.firm = max(0, self.firm - quantity)

    def send_direct(self, quantity: int, of: str) -> None:
        """The supplier sends open units directly, backordered ones first. TooManyError beyond what the shelf is to give."""
        if not 0 < quantity <= self.wanted:
            raise TooManyError("sent directly", quantity, self.wanted, of, "Nothing of it is left for the shelf to give.")
        self.drop_ship += quantity
        self._keep_within_open()

    def send_from_shelf(self, quantity: int, of: str) -> None:
        """The supplier sends so many units less. TooManyError beyond what was to come directly."""
        if not 0 < quantity <= self.drop_ship:
            raise TooManyError("sent by the supplier", quantity, self.drop_ship, of, "It is to be sent from the shelf.")
        self.drop_ship -= quantity

    def take_back(self, quantity: int, of: str) -> None:
        """Shipped units came back; the line stays as it is otherwise. TooManyError beyond what has shipped and is still out."""
        if not 0 < quantity <= self.shipped - self.returned:
            nothing = "Only what has shipped, and is not back yet, can come back; cancel what has not shipped."
            raise TooManyError("taken back", quantity, self.shipped - self.returned, of, nothing)
        self.returned += quantity

    def record_shipped(self, quantity: int, of: str) -> None:
        """The channel says that open units went out, whoever they were allocated to. TooManyError beyond what is open."""
        if not 0 < quantity <= self.open:
            raise TooManyError("shipped", quantity, self.open, of)
        self.shipped += quantity
        self.drop_ship = min(self.drop_ship, self.open)
        self.allocated = max(0, self.allocated - quantity)
        self.firm = max(0, self.firm - quantity)
        self._keep_within_open()

    def change_ordered(self, quantity: int, of: str) -> None:
        """Order more or fewer units, in the same place of the queue. TooManyError below what shipped or was canceled, or 1."""
        least = self.shipped + self.canceled
        if quantity < least:
            stays = f"Leave at least {least}: what has shipped or is canceled stays in the order."
            raise TooManyError("taken off", self.ordered - quantity, self.ordered - least, of, stays)
        if quantity < 1:
            raise TooManyError("ordered", quantity, 0, of, "Leave at least 1, or cancel the line instead.")
        self.ordered = quantity
        self.drop_ship = min(self.drop_ship, self.open)
        self._keep_within_open()

    def _keep_within_open(self) -> None:
        self.firm = min(self.firm, self.wanted)
        self.allocated = min(self.allocated, self.wanted)


@dataclass(eq=False)
class Order:
    """An order as its channel knows it. Money is in minor units of `currency`; None is unknown.

    `placed_on` is the calendar day as printed by the channel, `placed_at` the instant (UTC) that ranks it. By `lowered_minor` it
    comes to less than was paid, as it was edited since; below zero to more.
    """

    channel: str
    order_number: str
    customer_id: int
    placed_on: date
    placed_at: datetime
    currency: str
    placed_printed: str = ""
    external_id: str = ""
    paid: bool = False
    on_credit: bool = False
    paid_on: date | None = None
    paid_at: datetime | None = None
    ship_by: date | None = None
    hold: bool = False
    hold_reason: str = ""
    priority: int = 0
    ship_policy: ShipPolicy = ShipPolicy.PARTIAL
    shipping_minor: int | None = None
    tax_minor: int | None = None
    discount_minor: int | None = None
    stated_total_minor: int | None = None
    lowered_minor: int = 0
    coupon_codes: str = ""
    canceled_on: date | None = None
    buyer_name: str = ""
    email: str = ""
    phone: str = ""
    username: str = ""
    ship_name: str = ""
    ship_company: str = ""
    ship_line1: str = ""
    ship_line2: str = ""
    ship_city: str = ""
    ship_region: str = ""
    ship_postal_code: str = ""
    ship_country: str = ""
    note: str = ""
    tags: str = ""
    lines: list[OrderLine] = field(default_factory=list)
    number_key: str = ""
    backordered_since: datetime | None = None
    notice_id: int | None = None
    told_at: datetime | None = None
    id: int = field(init=False)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is open: all was sent, or canceled."""
        return not any(line.open for line in self.lines)

    @property
    def lines_minor(self) -> int | None:
        """The price of everything ordered; None where that of a line is not known. What stands in is paid for already."""
        prices = [line.price_minor for line in self.lines if line.stand_in is None]
        return None if None in prices else sum(price for price in prices if price is not None)

    @property
    def charges(self) -> dict[OrderLine | str, int | None]:
        """The parts of the total, by what they are for; a line's is None where its price is not known."""
        found: dict[OrderLine | str, int | None] = {line: line.price_minor for line in self.lines if line.stand_in is None}
        others = {"shipping": self.shipping_minor, "tax": self.tax_minor, "discount": -(self.discount_minor or 0)}
        return found | {what: minor or 0 for what, minor in others.items()}

    @property
    def goods_minor(self) -> int | None:
        """The total without shipping and tax."""
        lines = self.lines_minor
        return None if lines is None else lines - (self.discount_minor or 0)

    @property
    def to_pay_minor(self) -> int | None:
        """The total: lines + shipping + tax - discount; shipping and tax that are not known count as none."""
        goods = self.goods_minor
        return None if goods is None else goods + (self.shipping_minor or 0) + (self.tax_minor or 0)


def lowered_by(before: Mapping[OrderLine | str, int | None], after: Mapping[OrderLine | str, int | None]) -> int:
    """By how much less an order comes to with the charges `after`; one that is not known in both makes no difference.

    So a price that is found out later is what was paid; shipping and tax that are not known are none, as in the total.
    """
    pairs = ((before.get(what, 0), after.get(what, 0)) for what in {*before, *after})
    return sum(was - is_now for was, is_now in pairs if was is not None and is_now is not None)


def line_status(
    *, ordered: int, shipped: int, canceled: int, returned: int, drop_ship: int, backordered: int, pending: int
) -> LineStatus:
    """The state a seller sees for one line, from its quantities."""
    open_units = ordered - shipped - canceled
    if open_units == 0:
        if shipped:
            return LineStatus.RETURNED if returned == shipped else LineStatus.SHIPPED
        return LineStatus.CANCELED
    if pending:
        return LineStatus.PENDING
    if backordered:
        return LineStatus.BACKORDERED if backordered == open_units else LineStatus.PARTLY_BACKORDERED
    if drop_ship:
        return LineStatus.AWAITING_SUPPLIER
    return LineStatus.PART_SHIPPED if shipped else LineStatus.READY
