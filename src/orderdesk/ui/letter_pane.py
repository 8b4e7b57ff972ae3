"""The letter in the pane: its pages, what may still be changed, and where it goes from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid
from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.notices import ToldBy
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui.apologizing import ShowLetter
from orderdesk.ui.defects import counted_words, tell_knowingly
from orderdesk.ui.desk import Desk
from orderdesk.ui.letter_again import make_again
from orderdesk.ui.letter_buttons import LetterButtons
from orderdesk.ui.letter_changes import LetterChanges
from orderdesk.ui.letter_files import save_letter_as
from orderdesk.ui.letter_notes import (
    Messages,
    rules_label,
    state_of,
    telling_question,
    title_of,
    undo_question,
    wording_label,
)
from orderdesk.ui.letter_revision import LetterRevision
from orderdesk.ui.letter_sending import CouponGoes, copy_text, draft_mail, mark_told, print_notice, send_mail, take_back
from orderdesk.ui.letter_steps import LetterContents, Record, letter_contents, record_of, show_large
from orderdesk.ui.preview import PagesView, rendered_pages, scrolled_pages
from orderdesk.ui.side_pane import SidePane
from orderdesk.ui.widgets import callout, clear, column, ghost_button, label, row
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr

Loaded = tuple[LetterContents, list[QImage]]


class LetterPane(QFrame):
    """One letter with its coupon. Every change is a step of its own; the pages follow. `show` is for one that takes its place."""

    closed = Signal()
    ready = Signal()
    wanted_width = 420

    def __init__(self, desk: Desk, notice_id: int, order_ids: tuple[int, ...], show: ShowLetter) -> None:
        super().__init__()
        self.setObjectName("letter")
        self._desk = desk
        self.notice_id = notice_id
        self._order_ids = order_ids
        self._show_letter = show
        self.contents: LetterContents | None = None
        self._about, self._notices = QWidget(), QWidget()
        self._messages = Messages(self._notices)
        self._changes = LetterChanges(desk.today())
        self._revision = LetterRevision(desk, notice_id, self._changes, self.load, self._refuse)
        self._buttons = LetterButtons(self)
        self.pages = PagesView(desk.theme)
        self.pages.setAccessibleName(tr("Pages of the letter and the coupon"))
        self.pages.clicked.connect(lambda: show_large(self._desk, self, self.pages.pages, self.contents))
        self.pages.setToolTip(tr("Click to see it large"))
        self._build()
        self._desk.feed.committed.connect(self._committed)
        self.load()

    def _committed(self, changes: Changes) -> None:
        """Undo, or another program, may have changed the letter; what the seller is changing here comes back by itself."""
        if changes.everything or not self._order_ids or changes.orders & set(self._order_ids):
            self._desk.ask(lambda view, today: record_of(view, self.notice_id, today), self._compare)

    def _compare(self, record: Record) -> None:
        """Follow the letter; one that was taken back meanwhile goes, one that was void when it was opened is there to be read."""
        if self.contents is None or record == self.contents.record:
            return
        if record[0].voided_at is not None and self.contents.row.voided_at is None:
            self.closed.emit()
        elif not self._revision.is_under_way:
            self.load()

    def load(self) -> None:
        """Read the letter from the store and draw its pages; not of a pane that was closed while a step was under way."""
        if not isValid(self):
            return

        today = self._desk.today()

        def step(store: Store, _now: datetime, _: Progress) -> Loaded:
            contents = letter_contents(store, self.notice_id, self._order_ids, today)
            return contents, rendered_pages(contents.letter) + (rendered_pages(contents.coupon) if contents.coupon else [])

        self._desk.perform(step, self._show)

    # -- what the seller does with it

    def print_letter(self) -> None:
        """Print, and count the customer as told. What is typed is in the letter first, or stops it."""
        self._tell(lambda: print_notice(self._desk, self.notice_id, self._customer(), self.load, self._refuse))

    def make_again(self) -> None:
        """Have it say what is so, with what is typed in it, or another letter in its place."""
        self._revision.settle(self._make_again_now)

    def _make_again_now(self) -> None:
        if self.contents is not None:
            make_again(self._desk, self.contents.row, self._show_letter, self._refuse)

    def save_as(self) -> None:
        """Copy both files to where the seller wants them; what is typed is in them first."""
        self._revision.settle(self._save_now)

    def _save_now(self) -> None:
        if self.contents is not None:
            save_letter_as(self, self.contents.row, self._desk)

    def open_letter(self) -> None:
        if self.contents is not None and self.contents.row.voided_at is None:
            self._desk.outside.opener.open(self.contents.row.letter_path)

    def open_folder(self) -> None:
        if self.contents is not None:
            self._desk.outside.opener.open(self.contents.row.letter_path.parent)

    def draft(self) -> None:
        """Write an e-mail that says what the letter says, with what is typed in it."""
        self._revision.settle(lambda: draft_mail(self._desk, self.notice_id, self._refuse, self._coupon_goes()))

    def copy(self) -> None:
        """Copy the text for the customer's channel, with what is typed in it."""
        self._tell(lambda: copy_text(self._desk, self.notice_id, self.load, self._refuse, self._coupon_goes()))

    def send(self) -> None:
        """Send the e-mail from here, with what is typed in it."""
        again = self.contents is not None and self.contents.row.told_at is not None
        self._tell(
            lambda: send_mail(
                self._desk,
                self.notice_id,
                self._customer(),
                self.load,
                self._refuse,
                self._coupon_goes(),
                again=again,
            )
        )

    def mark_told(self, by: ToldBy) -> None:
        self._tell_knowingly(lambda: mark_told(self._desk, self.notice_id, by, self.load, self._refuse))

    def _tell(self, tell: Callable[[], None]) -> None:
        """Have the letter say what is typed, then tell its customer."""
        self._revision.settle(lambda: self._tell_knowingly(tell))

    def _tell_knowingly(self, tell: Callable[[], None]) -> None:
        def ask(words: str, tell: Callable[[], None]) -> None:
            if isValid(self):
                self._messages.show_message(telling_question(words, tell, self._messages.drop))

        tell_knowingly(self._desk, [self.notice_id], tell, ask)

    def take_back(self) -> None:
        """Undo; of a letter that the customer may have in hand, once the seller has seen what that means."""
        facts = self.contents.row if self.contents else None
        if facts is not None and facts.told_at is not None:
            self._messages.show_message(undo_question(facts, self._take_back, self._messages.drop))
        else:
            self._take_back()

    def _take_back(self) -> None:
        """The pane closes with the news of it, as where it is undone elsewhere."""
        take_back(self._desk, self.notice_id, self._refuse)

    # -- how it looks

    def _build(self) -> None:
        layout = column(self, margins=12, spacing=8)
        head = row()
        self._title = label(tr("Letter"), "title")
        head.addWidget(self._title, 1)
        head.addWidget(ghost_button(tr("Close"), "x", self.closed.emit), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self._state, self._notes = column(self._about), column(self._notices, spacing=6)
        self._changes.changed.connect(self._revision.settle)
        for widget in (self._about, self._messages, self._notices, self._changes):
            layout.addWidget(widget)
        pages = scrolled_pages(self.pages)
        pages.setMinimumHeight(0)  # rather than that a field is cut off
        layout.addWidget(pages, 1)
        layout.addWidget(self._buttons)  # at the foot: they stay under the mouse from letter to letter, whatever comes and goes

    def _show(self, loaded: Loaded) -> None:
        before, (self.contents, pages) = self.contents, loaded
        facts = self.contents.row
        self.pages.show_pages(pages)
        self._title.setText(title_of(facts))
        for each in (self._state, self._notes):
            clear(each)
        if before is not None and before.record != self.contents.record:
            self._messages.drop()
        self._state.addWidget(state_of(facts, self.contents.overtaken, self._desk.today()))
        if self.contents.counted:
            self._notes.addWidget(callout("backordered", counted_words(self.contents.counted, self._desk.today())))
        self._notes.addWidget(wording_label(self.contents.wording))
        if not self.contents.wording.has_address:
            self._notes.addWidget(callout("backordered", tr("No address is known: this letter can't be posted.")))
        if self.contents.wording.rules:
            self._notes.addWidget(rules_label(self.contents.wording.rules))
        self._buttons.show_letter(facts, self.contents.overtaken)
        self._revision.show_letter(facts)
        self.ready.emit()
        self._revision.resume()

    def _customer(self) -> str:
        return self.contents.row.customer if self.contents else ""

    def _coupon_goes(self) -> CouponGoes:
        """Whether the coupon goes with what is sent or copied."""
        if self.contents is None or self.contents.row.coupon is None:
            return CouponGoes.NONE
        return CouponGoes.ALONG if self._buttons.with_coupon else CouponGoes.ON_PAPER

    def _refuse(self, error: Exception) -> None:
        why = explain(error)
        if why.page or not isValid(self):
            self._desk.failed.emit(error)  # it is not about this letter, or the pane was closed meanwhile
            return
        if isinstance(error, InvalidValueError):
            self._changes.mark_wrong(error.field)
        self._messages.show_message(callout("danger", *str(why).split("\n")))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def show_letter(desk: Desk, pane: SidePane, notice_id: int, order_ids: tuple[int, ...]) -> None:
    """Show a letter on top of what a page's pane shows; where it is closed, that is there again."""
    desk.went_on.emit()
    letter = LetterPane(desk, notice_id, order_ids, partial(show_letter, desk, pane))
    letter.closed.connect(lambda: pane.close_top() if pane.top is letter else None)
    pane.show_form(letter)
