"""Packing slips: one for the parcel that is about to leave, or has just left."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from orderdesk.documents.slip import render_slip
from orderdesk.documents.wording import language_for
from orderdesk.domain.errors import NothingToDoError, StoreError
from orderdesk.domain.shop import ShopProfile
from orderdesk.files import write_atomically
from orderdesk.services.shop import local_day
from orderdesk.storage.notices import slug
from orderdesk.storage.queries.parcels import parcel
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.shop import shop_profile
from orderdesk.storage.queries.wordings import own_words
from orderdesk.storage.store import Store


def save_packing_slip(store: Store, order_id: int, *, now: datetime, folder: Path | None = None) -> Path:
    """The packing slip of an order as a PDF; where it lies. Raises NothingToDoError where nothing has left or can leave."""
    with store.read() as view:
        contents, profile, shop_pictures = parcel(view, order_id), shop_profile(view) or ShopProfile(), pictures(view)
        words = own_words(view, language_for(contents.language) or "en")
    if not any(line.in_parcel for line in contents.lines):
        raise NothingToDoError(f"Nothing of order {contents.order_number} is packed.", "Receive or count its products first.")
    place = folder or store.folder
    path = place / f"{slug(contents.order_number)}-{order_id}-slip.pdf"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, render_slip(profile, contents, local_day(profile, now), words, shop_pictures))
    except OSError as error:
        raise StoreError(f"The packing slip {path} can't be saved: {error.strerror}.", "Choose another folder.") from error
    return path
