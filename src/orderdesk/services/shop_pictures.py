"""The shop's logo and the seller's signature, from any picture file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from orderdesk.documents.logos import canonical_picture
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.pictures import keep_picture
from orderdesk.storage.queries.shop import shop_profile
from orderdesk.storage.shop_row import save_profile
from orderdesk.storage.store import Store


class Picture(StrEnum):
    """What a picture of the shop is for."""

    LOGO = "logo"
    SIGNATURE = "signature"


def save_picture(store: Store, purpose: Picture, content: bytes, *, now: datetime) -> Step:
    """Make a PNG, JPEG or SVG file the shop's logo or signature; empty content takes it away. Raises InvalidValueError."""
    said = f"New {purpose}" if content else f"No {purpose} any more"
    picture = canonical_picture(purpose.value, content) if content else b""
    with store.begin("shop", said, now=now) as transaction:
        profile = shop_profile(transaction.view) or ShopProfile()
        sha256 = keep_picture(transaction, picture) if picture else ""
        changed = replace(profile, logo=sha256) if purpose is Picture.LOGO else replace(profile, signature=sha256)
        save_profile(transaction, changed)
    return step_of(transaction, said)
