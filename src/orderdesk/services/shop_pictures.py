"""The shop as its letters show it: profile, logo and signature, kept together and seen before they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.logos import canonical_picture, read_picture
from orderdesk.documents.render import render_letter
from orderdesk.documents.specimens import specimens
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.days import local_day
from orderdesk.services.shop import require_sound, save_shop_profile
from orderdesk.services.steps import Step
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store


class Picture(StrEnum):
    """What a picture of the shop is for."""

    LOGO = "logo"
    SIGNATURE = "signature"


# Files of pictures that are new, by purpose; empty content takes one away.
NewPictures = Mapping[Picture, bytes]


def save_shop(store: Store, profile: ShopProfile, new: NewPictures, *, now: datetime) -> Step:
    """Keep the profile and its new pictures (PNG, JPEG or SVG) in one step; letters that lie ready follow.

    Raises InvalidValueError, and what `keep_profile` does.
    """
    canonical = {purpose: _canonical(purpose, content) for purpose, content in new.items()}
    return save_shop_profile(store, _with_pictures(profile, canonical), pictures=filter(None, canonical.values()), now=now)


def save_picture(store: Store, purpose: Picture, content: bytes, *, now: datetime) -> Step:
    """Make a PNG, JPEG or SVG file the shop's logo or signature; empty content takes it away. Raises InvalidValueError."""
    with store.read() as view:
        profile = profile_of(view)
    return save_shop(store, profile, {purpose: content}, now=now)


def picture_file(purpose: Picture, path: Path) -> bytes:
    """What a picture's file holds. Raises InvalidValueError for what is no file, can't be read or is too large."""
    try:
        return read_picture(purpose.value, path)
    except OSError as error:
        raise InvalidValueError(purpose.value, str(path), f"a file that can be read ({error.strerror})") from error


def preview(store: Store, profile: ShopProfile, new: NewPictures, *, now: datetime) -> bytes:
    """The shop's most usual letter as PDF, as it would be with this profile and these pictures. Raises InvalidValueError."""
    require_sound(profile)
    canonical = {purpose: _canonical(purpose, content) for purpose, content in new.items()}
    with store.read() as view:
        known = pictures(view)
    known |= {_sum(content): content for content in canonical.values()}
    usual = next(specimens(_with_pictures(profile, canonical), "en", {}, local_day(now, profile.time_zone)))
    return render_letter(compose_apology(usual), known)


def _canonical(purpose: Picture, content: bytes) -> bytes:
    return canonical_picture(purpose.value, content) if content else b""


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()


def _with_pictures(profile: ShopProfile, canonical: NewPictures) -> ShopProfile:
    sums = {purpose: _sum(content) if content else "" for purpose, content in canonical.items()}
    return replace(
        profile,
        logo=sums.get(Picture.LOGO, profile.logo),
        signature=sums.get(Picture.SIGNATURE, profile.signature),
    )
