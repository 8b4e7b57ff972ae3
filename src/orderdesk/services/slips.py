"""Packing slips, one for the parcel that is about to leave, or has just left; purchase orders for suppliers."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from orderdesk.documents.purchase_sheet import render_purchase
from orderdesk.documents.slip import render_slip
from orderdesk.documents.wording import language_to
from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.purchases import Request, Wanted
from orderdesk.services.days import local_day
from orderdesk.services.editions import save_beside
from orderdesk.services.firm import keep_packed
from orderdesk.storage.notices import slug
from orderdesk.storage.queries.parcels import parcel
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.purchases import purchase
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.wordings import own_words
from orderdesk.storage.store import Store


def save_packing_slip(store: Store, order_id: int, *, now: datetime, folder: Path | None = None) -> Path:
    """The packing slip of an order as a PDF; where it lies. The units that it is for are firm from now on.

    Raises NothingToDoError where nothing has left or can leave.
    """
    with store.read() as view:
        profile, shop_pictures = profile_of(view), pictures(view)
        today = local_day(now, profile.time_zone)
        contents = parcel(view, order_id, today=today)
        language = language_to(contents.address, contents.language, profile.country)
        words = own_words(view, language or "en")
    if not any(line.in_parcel for line in contents.lines):
        raise NothingToDoError(f"Nothing of order {contents.order_number} is packed.", "Receive or count its products first.")
    path = slip_path(folder or store.folder, contents.order_number, order_id)
    saved = save_beside(path, render_slip(profile, contents, today, words, shop_pictures), store.folder)
    _keep_packed(store, order_id, now)
    return saved


def slip_path(folder: Path, order_number: str, order_id: int) -> Path:
    return folder / f"{slug(order_number)}-{order_id}-slip.pdf"


def _keep_packed(store: Store, order_id: int, now: datetime) -> None:
    """What a slip was made for lies in a parcel: nobody else is to be promised it."""
    with contextlib.suppress(NothingToDoError):  # it has left, or was packed before
        keep_packed(store, order_id, now=now)


def save_purchase(store: Store, purchase_id: int, *, folder: Path | None = None) -> Path:
    """A purchase order as a PDF for its supplier; where it lies. Raises NotFoundError."""
    with store.read() as view:
        row, profile, shop_pictures = purchase(view, purchase_id), profile_of(view), pictures(view)
    lines = tuple(Wanted(line.title, line.sku, line.supplier_sku, line.quantity, line.cost) for line in row.lines)
    request = Request(row.number, row.supplier, row.sent_on or row.placed_on, row.expected_on, lines, row.total)
    path = (folder or store.folder) / f"{slug(row.number)}.pdf"
    return save_beside(path, render_purchase(profile, request, shop_pictures), store.folder)
