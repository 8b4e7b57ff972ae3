"""What the pane shows of a letter, gathered by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMainWindow, QWidget

from orderdesk.domain.errors import NothingToDoError
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.notices import NoticeRow, notice
from orderdesk.storage.store import Store
from orderdesk.storage.view import View
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.preview import rendered_pages
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from datetime import date

    from orderdesk.domain.defects import CancellationRecord
    from orderdesk.services.letters import Wording
    from orderdesk.services.overtaken import Overtaken

Record = tuple[NoticeRow, str, "Overtaken | None"]


@dataclass(frozen=True, slots=True)
class LetterContents:
    """A letter with its pages as PDF, and how it is worded. `record` is what the store has of it, coupon and text, and why it may
    not go out as it is; `counted` what marketplaces count once its customer is told.
    """

    record: Record
    order_ids: tuple[int, ...]
    letter: bytes
    coupon: bytes | None
    wording: Wording
    counted: tuple[CancellationRecord, ...]

    @property
    def row(self) -> NoticeRow:
        return self.record[0]

    @property
    def overtaken(self) -> Overtaken | None:
        return self.record[2]


def record_of(view: View, notice_id: int, today: date) -> Record:
    """What the letter's pages and its state follow from. Raises NothingToDoError where it is gone."""
    row = notice(view, notice_id)
    if row is None:
        raise NothingToDoError(tr("That letter is gone."))
    is_over = row.told_at is not None or row.voided_at is not None
    overtaken = None if is_over else late.overtaken.overtaken_here(view, [notice_id], today=today).get(notice_id)
    return row, reserved(view, notice_id).letter, overtaken


def letter_contents(store: Store, notice_id: int, order_ids: Sequence[int], today: date) -> LetterContents:
    """A letter with its pages, drawn again from the record where its files are lost."""
    with store.read() as view:
        record, counted = record_of(view, notice_id, today), tuple(late.defects.if_told(view, [notice_id], today=today))
    letter, coupon = late.letters.pages_of(store, notice_id)
    return LetterContents(record, tuple(order_ids), letter, coupon, late.letters.wording_of(store, notice_id), counted)


def show_large(desk: Desk, beside: QWidget, pages: Sequence[QImage], contents: LetterContents | None) -> None:
    """The pages over the window at once, sharper ones as soon as they are drawn."""
    window = beside.window()
    if contents is None or not isinstance(window, QMainWindow):
        return
    preview = late.large_preview.LargePreview(window, desk.theme, pages)
    preview.open()
    files = [each for each in (contents.letter, contents.coupon) if each]
    width = late.large_preview.SHARP_WIDTH
    drawn = desk.runner.run(lambda _: [page for each in files for page in rendered_pages(each, width)])
    drawn.succeeded.connect(preview.show_sharper)
