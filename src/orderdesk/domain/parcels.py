"""What goes into an order's parcel, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orderdesk.domain.shop import Address


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """Units ordered, in this parcel, and still open; by when these were promised, None for no day.

    `never` are those of the open ones that will not arrive, `contents` what one unit of a kit is put together from. `canceled` of
    the ordered ones are ordered no more, or will not be once this parcel leaves; `replaces` is the product in whose place this
    one is sent, "" for none.
    """

    sku: str
    title: str
    ordered: int
    in_parcel: int
    still_open: int
    promised_on: date | None
    contents: str = ""
    never: int = 0
    canceled: int = 0
    replaces: str = ""

    @property
    def sent_before(self) -> int:
        """Units that went in earlier parcels."""
        return self.ordered - self.canceled - self.in_parcel - self.still_open

    @property
    def to_follow(self) -> int:
        """Units that come in later parcels."""
        return self.still_open - self.never


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel and whom it goes to; `language` is what they read, "" if that is not known."""

    order_number: str
    placed_on: date
    customer_id: int
    address: Address
    language: str
    lines: tuple[ParcelLine, ...]
