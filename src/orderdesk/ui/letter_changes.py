"""What the seller may still change in a letter: the offer, the new date, the customer's concern, the language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from orderdesk.documents.proof import require_sound_concern
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.goodwill import Offer
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.ui import formats
from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.offer_editor import OfferEditor
from orderdesk.ui.typed import read_typed_day
from orderdesk.ui.widgets import DropDown, label, restyle
from orderdesk.ui.words import tr


@dataclass(frozen=True, slots=True)
class Saying:
    """What a letter says of its own accord; `offer` is None where there is no coupon, `new_date` where deliveries give it."""

    offer: Offer | None
    new_date: date | None
    concern: str
    language: str


def saying_of(row: NoticeRow) -> Saying:
    """What the letter says as it is."""
    return Saying(row.coupon.offer if row.coupon else None, row.wished_date, row.concern, row.language)


class LetterChanges(QWidget):
    """`changed`: the seller has settled on something; `typed()` reads it."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._has_coupon = False
        self._offer = OfferEditor()
        self._offer.changed.connect(self.changed)
        self._no_offer = label("", "muted")
        self._new_date = DayEdit("", today)
        self._line(self._new_date, "letter.new_date", tr("New date"), tr("by the deliveries"))
        self._concern = LineEdit()
        self._line(self._concern, "letter.concern", tr("The customer's concern"), tr("in their own words"))
        self._concern.textEdited.connect(self._mind_concern)
        self._problem = label("", "problem")
        self._problem.setObjectName("letter.concern.problem")
        self._language = DropDown()
        self._language.setObjectName("letter.language")
        self._language.setAccessibleName(tr("Language"))
        for code in formats.LANGUAGES:
            self._language.addItem(formats.language(code), code)
        self._language.activated.connect(lambda _: self.changed.emit())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        for place, (title, editor) in enumerate(
            (
                (tr("Offer"), self._offer),
                (tr("New date"), self._new_date),
                (tr("Concern"), self._concern),
                (tr("Language"), self._language),
            )
        ):
            grid.addWidget(label(title, "muted", wrap=False), 2 * place, 0)
            grid.addWidget(editor, 2 * place, 1)
            if editor is self._concern:
                grid.addWidget(self._problem, 2 * place + 1, 1)
        grid.addWidget(self._no_offer, 0, 1)
        grid.setColumnStretch(1, 1)

    def show_letter(self, row: NoticeRow) -> None:
        """Show what the letter says."""
        said, self._has_coupon = saying_of(row), row.coupon is not None
        self._offer.show_offer(said.offer, row.coupon.currency if row.coupon else "")
        self._offer.setVisible(self._has_coupon)
        self._no_offer.setText(_why_no_offer(row.channel))
        self._no_offer.setVisible(not self._has_coupon)
        day = said.new_date.isoformat() if said.new_date else ""
        for line, text in ((self._new_date, day), (self._concern, said.concern)):
            if not (line.hasFocus() and line.isModified()):  # what is being typed stays
                line.setText(text)
        self._language.setCurrentIndex(self._language.findData(said.language))
        self.mark_wrong("")
        self._mind_concern(self._concern.text())

    def typed(self) -> Saying:
        """What it should say. Raises InvalidValueError."""
        offer = self._offer.offer() if self._has_coupon else None
        day, concern = read_typed_day("new_date", self._new_date.plain()), self._concern.text().strip()
        return Saying(offer, day, concern, str(self._language.currentData()))

    def mark_wrong(self, field: str) -> None:
        """Mark the field that can't be read, and no other."""
        for name, line in (("new_date", self._new_date), ("concern", self._concern)):
            restyle(line, "wrong", name == field)

    def _mind_concern(self, typed: str) -> None:
        """Say at once what is wrong with the customer's words; for suppliers they are read when they are meant."""
        problem = ""
        try:
            require_sound_concern(typed, str(self._language.currentData()))
        except InvalidValueError as error:
            problem = tr("Expected: {}.").replace("{}", error.expected)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        restyle(self._concern, "wrong", bool(problem))

    def _line(self, line: QLineEdit, name: str, spoken: str, hint: str) -> None:
        line.setObjectName(name)
        line.setAccessibleName(spoken)
        line.setPlaceholderText(hint)
        line.setMaxLength(400)
        line.editingFinished.connect(self.changed)


def _why_no_offer(channel: str) -> str:
    if channel == "amazon":
        return tr("None: Amazon allows no coupon.")
    return tr("None: an order gets a coupon once, and where your rules offer one.")
