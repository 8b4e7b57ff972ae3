"""Products that a letter names beside those that are late."""

from __future__ import annotations

from dataclasses import replace

from orderdesk.domain.goodwill import Offer
from orderdesk.storage.queries import lookup
from orderdesk.storage.view import View


def as_named(view: View, offer: Offer) -> Offer:
    """The offer as customers read it: a gift that was given by its SKU under its title."""
    product_id = lookup.product_called(view, offer.gift) if offer.gift is not None else None
    title = str(view.record("product", product_id)["title"]) if product_id is not None else ""
    return replace(offer, gift=title) if title.strip() else offer
