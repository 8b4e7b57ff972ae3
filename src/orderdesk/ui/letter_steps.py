"""What the pane shows of a letter, gathered by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orderdesk.domain.errors import NothingToDoError
from orderdesk.storage.queries.notices import NoticeRow, notice
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.services.letters import Wording


@dataclass(frozen=True, slots=True)
class LetterContents:
    """A letter with its pages as PDF, and how it is worded."""

    row: NoticeRow
    order_ids: tuple[int, ...]
    letter: bytes
    coupon: bytes | None
    wording: Wording


def letter_contents(store: Store, notice_id: int, order_ids: Sequence[int]) -> LetterContents:
    """A letter with its files' bytes, drawn again from the record where they are lost."""
    files = late.letters.files_of(store, notice_id)
    with store.read() as view:
        row = notice(view, notice_id)
    if row is None:
        raise NothingToDoError(tr("That letter is gone."))
    coupon = files.coupon.read_bytes() if files.coupon else None
    wording = late.letters.wording_of(store, notice_id)
    return LetterContents(row, tuple(order_ids), files.letter.read_bytes(), coupon, wording)
