"""A listing as it is typed, in the window and on the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from orderdesk.domain.channels import OWN_SHOP
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.listings import ListingFormat
from orderdesk.services.draft_fields import Draft, Reader, read_currency, read_day, read_price, read_required, read_units_or_zero


def _read_product(draft: Draft, name: str, text: str) -> str:
    if not text and getattr(draft, "product_id", None) is None:
        raise InvalidValueError(name, text, "a product, by its SKU or title")
    return text


def _read_format(_: Draft, name: str, text: str) -> ListingFormat:
    if text not in list(ListingFormat):
        raise InvalidValueError(name, text, f"one of {', '.join(ListingFormat)}")
    return ListingFormat(text)


@dataclass
class ListingDraft(Draft):
    """A listing as typed: `product_id` is that of a product chosen, else `sku` names it by SKU or title.

    Without a number of its own it goes by what its product is called. Without a day it ends when it is ended.
    """

    product_id: int | None = None
    sku: str = ""
    listing_id: str = ""
    channel: str = OWN_SHOP
    format: str = ListingFormat.FIXED_PRICE.value
    quantity: str = "1"
    bids: str = ""
    price: str = ""
    currency: str = ""
    ends_on: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {
        "sku": _read_product,
        "channel": read_required,
        "format": _read_format,
        "quantity": read_units_or_zero,
        "bids": read_units_or_zero,
        "price": read_price,
        "currency": read_currency,
        "ends_on": read_day,
    }
