"""The letter in the pane: its pages, what may still be changed, and where it goes from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QMenu, QScrollArea, QWidget
from typing_extensions import override

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.notices import ToldBy
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.letter_files import save_letter_as
from orderdesk.ui.letter_steps import LetterContents, letter_contents, print_letters, take_back_letter
from orderdesk.ui.offer_editor import OfferEditor
from orderdesk.ui.preview import PagesView, rendered_pages
from orderdesk.ui.widgets import button, callout, clear, column, ghost_button, label, restyle, row
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr

TOLD_BY = (
    (ToldBy.PRINT, "On paper"),
    (ToldBy.EMAIL, "By e-mail"),
    (ToldBy.MESSAGE, "By message"),
    (ToldBy.PHONE, "By phone"),
    (ToldBy.OTHER, "Otherwise"),
)
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
        self.pages = PagesView(desk.theme)
        self.pages.setAccessibleName(tr("Pages of the letter and the coupon"))
        self.pages.clicked.connect(self.open_letter)
        self._build()
        self.load()

    def load(self) -> None:
        """Read the letter from the store and draw its pages."""

        def step(store: Store, _now: datetime, _: Progress) -> Loaded:
            contents = letter_contents(store, self.notice_id, self._order_ids)
            return contents, rendered_pages(contents.letter) + (rendered_pages(contents.coupon) if contents.coupon else [])

        self._desk.perform(step, self._show)

    # -- what the seller does with it

    def print_letter(self) -> None:
        """Print, and count the customer as told. What is typed but can't be read stops it: the letter would say something else."""
        if not self.revise():
            return
        printer = self._desk.outside.printer
        self._perform(
            lambda store, now, progress: print_letters(store, [self.notice_id], printer, now, progress),
            tr("Printed; {} counts as told."),
        )

    def save_as(self) -> None:
        if self.contents is not None:
            save_letter_as(self, self.contents, self._desk)

    def open_letter(self) -> None:
        if self.contents is not None:
            self._desk.outside.opener.open(self.contents.row.letter_path)

    def mark_told(self, by: ToldBy) -> None:
        self._perform(
            lambda store, now, progress: late.apologies.mark_told(store, self.notice_id, by, now=now), tr("{} counts as told.")
        )

    def take_back(self) -> None:
        """Undo: the letter is voided, its coupon worthless."""

        def taken(summary: str) -> None:
            self._desk.say(summary)
            self.closed.emit()

        self._desk.perform(
            lambda store, now, progress: take_back_letter(store, self.notice_id, self._order_ids, now),
            taken,
            otherwise=self._refuse,
        )

    def revise(self) -> bool:
        """Have both PDFs follow what is typed, if anything is other than before; False if it can't be read."""
        contents = self.contents
        if contents is None or contents.row.told_at is not None:
            return True
        try:
            offer, new_date = self._offer.offer(), _day(self._new_date.text())
        except InvalidValueError as error:
            self._refuse(error)
            return False
        self._change_to(contents, offer, new_date)
        return True

    def _change_to(self, contents: LetterContents, offer: Offer, new_date: date | None) -> None:
        concern, coupon = self._concern.text().strip(), contents.row.coupon
        same_offer = coupon is None or offer == coupon.offer
        if same_offer and concern == contents.row.concern and new_date == contents.row.new_date:
            return

        def step(store: Store, now: datetime, _: Progress) -> object:
            wishes = late.apology_letter.Wishes(offer=None if same_offer else offer, new_date=new_date, concern=concern)
            return late.apologies.revise_apology(store, self.notice_id, wishes=wishes, now=now)

        self._desk.perform(step, lambda _: self.load(), otherwise=self._refuse)

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
        layout.addWidget(self._changes())
        layout.addLayout(self._buttons())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Preview"))
        area.setWidget(self.pages)
        layout.addWidget(area, 1)

    def _changes(self) -> QWidget:
        self._box = QWidget()
        grid = QGridLayout(self._box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        self._offer = OfferEditor()
        self._offer.changed.connect(self.revise)
        self._new_date = self._line("letter.new_date", tr("New date"), "2026-12-04")
        self._concern = self._line("letter.concern", tr("The customer's concern"), tr("In their words: the birthday on Saturday"))
        for place, (title, editor) in enumerate(
            ((tr("Offer"), self._offer), (tr("New date"), self._new_date), (tr("Concern"), self._concern))
        ):
            grid.addWidget(label(title, "muted", wrap=False), place, 0)
            grid.addWidget(editor, place, 1)
        grid.setColumnStretch(1, 1)
        return self._box

    def _line(self, name: str, spoken: str, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(spoken)
        line.setPlaceholderText(hint)
        line.setMaxLength(400)
        line.editingFinished.connect(self.revise)
        return line

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for side in range(3):
            grid.setColumnStretch(side, 1)
        self._print = button(tr("Print"), self.print_letter, kind="primary", image="printer", name="letter.print")
        self._told = button(tr("Mark as told"), lambda: None, image="mail-check", name="letter.told")
        menu = QMenu(self._told)
        for by, title in TOLD_BY:
            menu.addAction(tr(title), partial(self.mark_told, by))
        self._told.setMenu(menu)
        self._undo = button(tr("Undo"), self.take_back, image="undo-2", name="letter.undo")
        grid.addWidget(self._print, 0, 0)
        grid.addWidget(self._told, 0, 1)
        grid.addWidget(self._undo, 0, 2)
        grid.addWidget(button(tr("Save as…"), self.save_as, image="download", name="letter.save"), 1, 0)
        grid.addWidget(button(tr("Open"), self.open_letter, image="external-link", name="letter.open"), 1, 1)
        grid.addWidget(button(tr("Folder"), self._open_folder, image="folder-open", name="letter.folder"), 1, 2)
        return grid

    def _show(self, loaded: Loaded) -> None:
        self.contents, pages = loaded
        facts = self.contents.row
        self.pages.show_pages(pages)
        self._title.setText(
            tr("Letter to {} – order {}").replace("{}", facts.customer, 1).replace("{}", ", ".join(facts.order_numbers))
        )
        clear(self._notes)
        self._notes.addWidget(self._state(facts.told_at, facts.voided_at))
        open_still = facts.told_at is None and facts.voided_at is None
        self._box.setVisible(open_still)
        self._told.setVisible(open_still)
        self._undo.setEnabled(facts.voided_at is None)
        self._print.setText(tr("Print") if facts.told_at is None else tr("Print again"))
        self._offer.show_offer(facts.coupon.offer if facts.coupon else None, facts.coupon.currency if facts.coupon else "USD")
        self._new_date.setText(facts.new_date.isoformat() if facts.new_date else "")
        self._concern.setText(facts.concern)
        for line in (self._new_date, self._concern):
            restyle(line, "wrong", False)
        self.ready.emit()

    def _state(self, told_at: datetime | None, voided_at: datetime | None) -> QWidget:
        assert self.contents is not None
        coupon, today = self.contents.row.coupon, self._desk.today()
        worth = ""
        if coupon is not None:
            worth = f"{formats.code(coupon.code)} · {formats.offer(coupon.offer)} · " + tr("valid through {}").replace(
                "{}", formats.day(coupon.valid_through, today)
            )
        if voided_at is not None:
            return callout("neutral", tr("Void: this letter and its coupon do not count."), worth)
        if told_at is not None:
            return callout("told", tr("Told on {}").replace("{}", formats.moment(told_at, today)), worth)
        return callout("info", tr("Ready to print or send"), worth)

    def _perform(self, step: Callable[[Store, datetime, Progress], object], said: str) -> None:
        customer = self.contents.row.customer if self.contents else ""

        def performed(_: object) -> None:
            self._desk.say(said.replace("{}", customer))
            self.load()

        self._desk.perform(step, performed, otherwise=self._refuse)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, InvalidValueError) and error.field == "new_date":
            restyle(self._new_date, "wrong", True)
        self._notes.addWidget(callout("danger", *str(explain(error)).split("\n")))

    def _open_folder(self) -> None:
        if self.contents is not None:
            self._desk.outside.opener.open(self.contents.row.letter_path.parent)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _day(typed: str) -> date | None:
    text = typed.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError("new_date", text, tr("a day such as 2026-12-04")) from error
