"""Purchase orders: what the shop has ordered from a supplier, and how much of it is still to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from orderdesk.domain.errors import RefusedError, TooManyError
from orderdesk.domain.money import Money


class PurchaseStatus(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    PARTLY_RECEIVED = "partly_received"
    RECEIVED = "received"
    CANCELED = "canceled"


@dataclass(eq=False)
class PurchaseLine:
    """Units of one product. `cost_minor` is for one of them; `order_line_id` the customer's line that they are bought for."""

    position: int
    product_id: int
    quantity: int
    cost_minor: int | None = None
    received: int = 0
    canceled: int = 0
    order_line_id: int | None = None
    purchase_order_id: int = field(init=False)
    id: int = field(init=False)

    @property
    def open(self) -> int:
        return self.quantity - self.received - self.canceled

    def receive(self, quantity: int, of: str) -> None:
        """Units came in. TooManyError beyond what is to come."""
        self.require_to_come(quantity, of)
        self.received += quantity

    def require_to_come(self, quantity: int, of: str) -> None:
        """Raise TooManyError beyond what is to come, or below one."""
        if not 0 < quantity <= self.open:
            nothing = "All of it has come already, or is canceled."
            raise TooManyError(
                "received", quantity, self.open, of, nothing, "Receive what came beyond that as stock of the product."
            )

    def change_quantity(self, quantity: int, of: str) -> None:
        """Ask for more or fewer units. RefusedError below what came."""
        if quantity < self.received:
            came = f"{self.received} of {of} {'has' if self.received == 1 else 'have'} come already."
            raise RefusedError(came, f"Ask for {self.received} or more.")
        self.quantity = quantity

    def cancel(self) -> None:
        """What has not come will not."""
        self.canceled = self.quantity - self.received


@dataclass(eq=False)
class PurchaseOrder:
    """An order to a supplier. Nothing of a draft counts as on order; costs are in minor units of `currency`."""

    number: str
    supplier: str
    currency: str
    placed_on: date
    expected_on: date | None = None
    sent_on: date | None = None
    canceled_on: date | None = None
    lines: list[PurchaseLine] = field(default_factory=list)
    id: int = field(init=False)

    @property
    def status(self) -> PurchaseStatus:
        return purchase_status(
            sent=self.sent_on is not None,
            canceled=self.canceled_on is not None,
            received=sum(line.received for line in self.lines),
            to_come=sum(line.open for line in self.lines),
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Units of a product as the supplier is asked for them; `supplier_sku` is their own, "" for unknown, `cost` for one."""

    title: str
    sku: str
    supplier_sku: str
    quantity: int
    cost: Money | None


@dataclass(frozen=True, slots=True)
class Request:
    """What a purchase order says to its supplier; `total` is None where a cost is not known."""

    number: str
    supplier: str
    placed_on: date
    expected_on: date | None
    lines: tuple[Wanted, ...]
    total: Money | None


def purchase_status(*, sent: bool, canceled: bool, received: int, to_come: int) -> PurchaseStatus:
    """The state that a seller sees, from the units received and still to come."""
    if canceled:
        return PurchaseStatus.CANCELED
    if not sent:
        return PurchaseStatus.DRAFT
    if not to_come:
        return PurchaseStatus.RECEIVED
    return PurchaseStatus.PARTLY_RECEIVED if received else PurchaseStatus.SENT
