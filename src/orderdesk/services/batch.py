"""All letters of a run as one PDF, for one trip to the printer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from orderdesk.documents.letter import Letter
from orderdesk.documents.render import render_batch
from orderdesk.services.editions import is_as_made, save_beside
from orderdesk.storage import outbox
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store

# As `save_batch` calls one, also where it lies beside what others have there.
_NAME = re.compile(r"(letters-(\d+)-to-(\d+)-[0-9a-f]{6})(?:_\d+)?")


def save_batch(store: Store, notice_ids: Sequence[int], folder: Path) -> Path:
    """One PDF with a bookmark for each customer, named after its letters. Raises StoreError."""
    with store.read() as view:
        letters = [Letter.from_json(outbox.reserved(view, notice_id).letter) for notice_id in notice_ids]
        shop_pictures, profile = pictures(view), profile_of(view)
    mark = hashlib.sha256(repr(sorted(notice_ids)).encode()).hexdigest()[:6]
    path = folder / f"letters-{min(notice_ids)}-to-{max(notice_ids)}-{mark}.pdf"
    pages = render_batch(letters, shop_pictures, profile.country)
    return save_beside(path, pages, store.folder, called=f"The batch {path}", remedy="The single letters are there; try again.")


def batches_with(folder: Path, notice_ids: Sequence[int], home: Path) -> list[Path]:
    """The batches that the shop at `home` has made in a folder and that may hold one of these letters, by their names."""
    named = ((path, _NAME.fullmatch(path.stem)) for path in folder.glob("letters-*.pdf"))
    return [
        path
        for path, name in named
        if name and any(int(name[2]) <= each <= int(name[3]) for each in notice_ids) and is_as_made(path, home, f"{name[1]}.pdf")
    ]
