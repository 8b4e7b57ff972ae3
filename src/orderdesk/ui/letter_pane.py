"""The letter in the pane: its pages, what may still be changed, and where it goes from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QWidget
from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.notices import NoticeKind, ToldBy
from orderdesk.services.steps import Step
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.letter_changes import LetterChanges, Saying, saying_of
from orderdesk.ui.letter_files import save_letter_as
from orderdesk.ui.letter_notes import rules_label, state_of, wording_label
from orderdesk.ui.letter_sending import copy_text, draft_mail, send_mail
from orderdesk.ui.letter_steps import LetterContents, Record, letter_contents, record_of
from orderdesk.ui.preview import PagesView, rendered_pages, scrolled_pages
from orderdesk.ui.small_drafts import TOLD_BY
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.widgets import button, callout, clear, column, ghost_button, label, row, say
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr

Loaded = tuple[LetterContents, list[QImage]]


class LetterPane(QFrame):
    """One letter with its coupon. Every change is a step of its own; the pages follow."""

    closed = Signal()
    ready = Signal()
    WIDTH = 420

    def __init__(self, desk: Desk, notice_id: int, order_ids: tuple[int, ...]) -> None:
        super().__init__()
        self.setObjectName("letter")
        self._desk = desk
        self.notice_id = notice_id
        self._order_ids = order_ids
        self.contents: LetterContents | None = None
        self._said: Saying | None = None
        self._wanted: Saying | None = None
        self._is_changing = False
        self._then: Callable[[], None] | None = None
        self._refusal: QFrame | None = None
        self._changes = LetterChanges(desk.today())
        self.pages = PagesView(desk.theme)
        self.pages.setAccessibleName(tr("Pages of the letter and the coupon"))
        self.pages.clicked.connect(self.open_letter)
        self._build()
        self._desk.feed.committed.connect(self._committed)
        self.load()

    def _committed(self, changes: Changes) -> None:
        """Undo, or another program, may have changed the letter; what the seller is changing here comes back by itself."""
        if changes.everything or changes.orders & set(self._order_ids):
            self._desk.ask(lambda view, _: record_of(view, self.notice_id), self._compare)

    def _compare(self, record: Record) -> None:
        if not self._is_changing and self.contents is not None and record != self.contents.record:
            self.load()

    def load(self) -> None:
        """Read the letter from the store and draw its pages."""

        def step(store: Store, _now: datetime, _: Progress) -> Loaded:
            contents = letter_contents(store, self.notice_id, self._order_ids)
            return contents, rendered_pages(contents.letter) + (rendered_pages(contents.coupon) if contents.coupon else [])

        self._desk.perform(step, self._show)

    # -- what the seller does with it

    def print_letter(self) -> None:
        """Print, and count the customer as told. What is typed is in the letter first, or stops it."""
        self._settle(self._print_now)

    def _print_now(self) -> None:
        printer, name = self._desk.outside.printer, self._desk.memory.recall(late.apologizing.CHOSEN_PRINTER, "")
        self._perform(
            lambda store, now, _: late.printing.print_letters(store, [self.notice_id], printer, now=now, name=name),
            tr("Printed; {} counts as told."),
        )

    def save_as(self) -> None:
        """Copy both files to where the seller wants them; what is typed is in them first."""
        self._settle(self._save_now)

    def _save_now(self) -> None:
        if self.contents is not None:
            save_letter_as(self, self.contents.row, self._desk)

    def open_letter(self) -> None:
        if self.contents is not None and self.contents.row.voided_at is None:
            self._desk.outside.opener.open(self.contents.row.letter_path)

    def draft(self) -> None:
        """Write an e-mail that says what the letter says, with what is typed in it."""
        self._settle(lambda: draft_mail(self._desk, self.notice_id, self._refuse))

    def copy(self) -> None:
        """Copy the text for the customer's channel, with what is typed in it."""
        self._settle(lambda: copy_text(self._desk, self.notice_id, self.load, self._refuse))

    def send(self) -> None:
        """Send the e-mail from here, with what is typed in it."""
        again = self.contents is not None and self.contents.row.told_at is not None
        self._settle(lambda: send_mail(self._desk, self.notice_id, self._customer(), self.load, self._refuse, again=again))

    def mark_told(self, by: ToldBy) -> None:
        def marked(step: Step) -> None:
            say_steps(self._desk, [step])
            self.load()

        self._desk.perform(
            lambda store, now, _: late.telling.mark_told(store, self.notice_id, by, now=now), marked, otherwise=self._refuse
        )

    def take_back(self) -> None:
        """Undo: the letter is voided, its coupon worthless."""

        def taken(summary: str) -> None:
            self._desk.say(summary)
            self.closed.emit()

        self._desk.perform(
            lambda store, now, progress: late.history.take_back_letters(store, [self.notice_id], now=now).summary,
            taken,
            otherwise=self._refuse,
        )

    def revise(self) -> None:
        """Have both PDFs follow what is typed, if anything is other than before."""
        self._settle(None)

    def _settle(self, then: Callable[[], None] | None) -> None:
        """Have the letter say what is typed, then go on; what can't be read or drawn stops it."""
        contents = self.contents
        if contents is None or not self._changes.isVisibleTo(self):
            self._go_on(then)
            return
        try:
            wanted = self._changes.typed()
        except InvalidValueError as error:
            self._refuse(error)
            return
        if self._is_changing and wanted == self._wanted:
            self._then = then or self._then
        elif wanted == self._said:
            self._go_on(then)
        else:
            self._then = then
            self._change_to(wanted)

    def _change_to(self, wanted: Saying) -> None:
        same_offer = self._said is not None and wanted.offer == self._said.offer

        def step(store: Store, now: datetime, _: Progress) -> object:
            offer = None if same_offer else wanted.offer
            wishes = late.apology_letter.Wishes(
                offer=offer, new_date=wanted.new_date, concern=wanted.concern, by_deliveries=wanted.new_date is None
            )
            return late.apologies.revise_apology(store, self.notice_id, wishes=wishes, now=now)

        self._wanted, self._is_changing = wanted, True
        self._desk.perform(step, lambda _: self.load(), otherwise=self._not_changed)

    def _not_changed(self, error: Exception) -> None:
        self._is_changing, self._then = False, None
        self._refuse(error)

    @staticmethod
    def _go_on(then: Callable[[], None] | None) -> None:
        if then is not None:
            then()

    # -- how it looks

    def _build(self) -> None:
        layout = column(self, margins=12, spacing=8)
        head = row()
        self._title = label(tr("Letter"), "title")
        head.addWidget(self._title, 1)
        head.addWidget(ghost_button(tr("Close"), "x", self.closed.emit), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        notes = QWidget()
        self._notes = column(notes, spacing=6)
        layout.addWidget(notes)
        self._changes.changed.connect(self.revise)
        layout.addWidget(self._changes)
        self._actions = QWidget()
        self._actions.setLayout(self._buttons())
        layout.addWidget(self._actions)
        layout.addWidget(scrolled_pages(self.pages), 1)

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for side in range(3):
            grid.setColumnStretch(side, 1)
        self._print = button(tr("Print"), self.print_letter, kind="primary", image="printer", name="letter.print")
        self._told = button(tr("Mark as told"), lambda: None, image="mail-check", name="letter.told")
        menu = QMenu(self._told)
        for by, title in TOLD_BY:
            menu.addAction(tr(title), partial(self.mark_told, ToldBy(by)))
        self._told.setMenu(menu)
        undo = button(tr("Undo"), self.take_back, image="undo-2", name="letter.undo")
        grid.addWidget(self._print, 0, 0)
        grid.addWidget(self._told, 0, 1)
        grid.addWidget(undo, 0, 2)
        grid.addWidget(button(tr("Save as…"), self.save_as, image="download", name="letter.save"), 1, 0)
        grid.addWidget(button(tr("Open"), self.open_letter, image="external-link", name="letter.open"), 1, 1)
        grid.addWidget(button(tr("Folder"), self._open_folder, image="folder-open", name="letter.folder"), 1, 2)
        self._send = button(tr("Send"), self.send, image="mail", name="letter.send")
        grid.addWidget(button(tr("Mail draft"), self.draft, image="pencil", name="letter.draft"), 2, 0)
        grid.addWidget(button(tr("Copy text"), self.copy, image="copy", name="letter.copy"), 2, 1)
        grid.addWidget(self._send, 2, 2)
        return grid

    def _show(self, loaded: Loaded) -> None:
        self.contents, pages = loaded
        facts = self.contents.row
        self.pages.show_pages(pages)
        self._title.setText(
            tr("Letter to {} – order {}").replace("{}", facts.customer, 1).replace("{}", ", ".join(facts.order_numbers))
        )
        clear(self._notes)
        self._refusal = None
        self._notes.addWidget(state_of(facts, self._desk.today()))
        self._notes.addWidget(wording_label(self.contents.wording))
        if self.contents.wording.rules:
            self._notes.addWidget(rules_label(self.contents.wording.rules))
        open_still = facts.told_at is None and facts.voided_at is None
        self._changes.setVisible(open_still and NoticeKind(facts.kind).leaves_a_choice)
        self._told.setVisible(open_still)
        self._actions.setEnabled(facts.voided_at is None)
        say(self._print, tr("Print") if facts.told_at is None else tr("Print again"), beside_image=True)
        say(self._send, tr("Send") if facts.told_at is None else tr("Send again"), beside_image=True)
        self._said = saying_of(facts)
        self._changes.show_letter(facts)
        self._is_changing, then, self._then = False, self._then, None
        self.ready.emit()
        self._go_on(then)

    def _perform(self, step: Callable[[Store, datetime, Progress], object], said: str) -> None:
        def performed(_: object) -> None:
            self._desk.say(said.replace("{}", self._customer()))
            self.load()

        self._desk.perform(step, performed, otherwise=self._refuse)

    def _customer(self) -> str:
        return self.contents.row.customer if self.contents else ""

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, InvalidValueError):
            self._changes.mark_wrong(error.field)
        if self._refusal is not None:
            self._refusal.hide()
            self._refusal.deleteLater()
        self._refusal = callout("danger", *str(explain(error)).split("\n"))
        self._notes.addWidget(self._refusal)

    def _open_folder(self) -> None:
        if self.contents is not None:
            self._desk.outside.opener.open(self.contents.row.letter_path.parent)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
