"""What goes into an order's parcel, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orderdesk.domain.shop import Address


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """Units ordered (without canceled ones), in this parcel, and still to follow; when, if that is known.

    `contents` are what one unit of a kit is put together from.
    """

    sku: str
    title: str
    ordered: int
    in_parcel: int
    to_follow: int
    expected_on: date | None
    contents: str = ""

    @property
    def sent_before(self) -> int:
        """Units that went in earlier parcels."""
        return self.ordered - self.in_parcel - self.to_follow


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel and whom it goes to; `language` is what they read, "" if that is not known."""

    order_number: str
    placed_on: date
    customer_id: int
    address: Address
    language: str
    lines: tuple[ParcelLine, ...]
