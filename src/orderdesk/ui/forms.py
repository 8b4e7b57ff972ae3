"""Forms made of a draft and a list of fields; problems stand under the field they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from orderdesk.domain.errors import InvalidValueError
from orderdesk.services.draft_fields import Draft
from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.desk import Desk
from orderdesk.ui.field_editors import changes_of, editor_of, typed_value
from orderdesk.ui.lookup import Lookup
from orderdesk.ui.widgets import ENTER, button, column, ghost_button, label, restyle, row, scrolled
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr

# So that a day, a name or a number fits into half of it.
_WIDE = 340


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a draft. `kind`: text, day, money, check, long, choice (`choices` are (token, title)), or what is found as one
    types: product (the draft's `product_id` is that of the one chosen), supplier or (time) zone. `half`: two share a line.

    An empty field says in gray what could stand in it (`example`), or what it means to leave it empty (`usual`).
    """

    name: str
    title: str
    kind: str = "text"
    example: str = ""
    usual: str = ""
    half: bool = False
    choices: Sequence[tuple[str, str]] = ()


class DraftForm(QFrame):
    """`submitted` when every field can be read; the draft then holds what was typed. `closed` by Esc, the cross or Close.

    `edited`: something in a field is other than before. `left`: a field was left, with what is typed in it. `desk` says what
    day it is, to which a day typed without a year is near, and where products and suppliers are looked for.
    """

    submitted = Signal()
    closed = Signal()
    edited = Signal()
    left = Signal()

    def __init__(
        self, title: str, draft: Draft, fields: Sequence[Field], verb: str, about: str = "", *, desk: Desk | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("form")
        self.setAccessibleName(title)
        self.draft = draft
        self.touched = False
        self._fields = tuple(fields)
        self.wanted_width = _WIDE if any(each.half for each in fields) else 0
        self._asks = desk
        self._editors: dict[str, QWidget] = {}
        self._problems: dict[str, QLabel] = {}
        self._remarks: dict[str, QLabel] = {}
        layout = column(self, margins=12, spacing=8)
        head = row()
        head.addWidget(label(title, "title"), 1)
        head.addWidget(ghost_button(tr("Close"), "x", self.closed.emit), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        if about:
            layout.addWidget(label(about, "muted"))
        layout.addWidget(self._scrolled(), 1)
        self._refusal = label("", "problem")
        self._refusal.hide()
        layout.addWidget(self._refusal)
        layout.addLayout(self._foot(verb))
        self.setFocusProxy(self._first_to_fill())

    def refuse(self, error: Exception) -> None:
        """Say why what was submitted can't be: at its field, or above the buttons."""
        self.offer_again()
        if isinstance(error, InvalidValueError) and error.field in self._editors:
            self._show_problems({error.field: error.expected})
            return
        self.say_below(str(explain(error)))

    def offer_again(self) -> None:
        """What was submitted was not done."""
        self.verb.setEnabled(True)

    def point_out(self, name: str, expected: str) -> None:
        """Show a field's problem at it, and leave the keyboard where it is."""
        text = tr("Expected: {}.").replace("{}", expected) if expected else ""
        self._problems[name].setText(text)
        self._problems[name].setVisible(bool(text))
        restyle(self._editors[name], "wrong", bool(text))

    def remark(self, name: str, words: str) -> None:
        """Say what comes of what is typed in a field, below it."""
        self._remarks[name].setText(words)
        self._remarks[name].setVisible(bool(words))

    def has(self, name: str) -> bool:
        """Whether there is a field of that name."""
        return name in self._editors

    def say_below(self, words: str) -> None:
        """Say something above the buttons, until something is edited."""
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))

    def submit(self) -> None:
        """Read the fields; go on, or show what is wrong. Nothing is sent off twice."""
        if not self.verb.isEnabled():
            return
        self._refusal.hide()
        self.read()
        found = self.problems()
        self._show_problems(found)
        if not found:
            if self.verb.hasFocus() and self.focusProxy() is not None:
                self.setFocus()  # where what is refused is put right
            self.verb.enable(False)
            self.submitted.emit()

    def read(self) -> None:
        """Put what is typed into the draft."""
        for each in self._fields:
            editor = self._editors[each.name]
            setattr(self.draft, each.name, typed_value(editor))
            if each.kind == "product" and isinstance(editor, Lookup):
                self.draft.product_id = editor.row.id if editor.row else None  # type: ignore[attr-defined]

    def problems(self) -> dict[str, str]:
        return self.draft.problems()

    def editor(self, name: str) -> QWidget:
        return self._editors[name]

    def extra(self, layout: QVBoxLayout) -> None:
        """What a form has besides its fields goes below them."""

    def watch(self, *editors: QWidget) -> None:
        """What stands in these is typed as well, and would be lost with the form."""
        for editor in editors:
            changes_of(editor).connect(self.touch)

    def touch(self, *_: object) -> None:
        self.touched = True

    def tab_through(self, widgets: Iterable[QWidget]) -> None:
        """Tab goes through these as they are read, then to the buttons; Qt would go by when each was made."""
        for before, after in pairwise([*widgets, self.verb, self.leave]):
            QWidget.setTabOrder(before, after)

    def _first_to_fill(self) -> QWidget:
        """Where the keyboard goes: to what is needed and empty, else to the first field; a question without any is answered."""
        empty = (self._editors[each.name] for each in self._fields if self._asks_for(each) and not self._typed(each.name))
        return next(empty, next(iter(self._editors.values()), self.verb))

    def _asks_for(self, each: Field) -> bool:
        """Whether it has to be typed, and can't be left empty."""
        return each.kind not in ("check", "choice") and self.draft.needs(each.name)

    def _typed(self, name: str) -> str:
        return str(typed_value(self._editors[name])).strip()

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._inside = layout = column(inside, spacing=10)
        layout.setContentsMargins(2, 2, 6, 2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._fill(grid)
        layout.addLayout(grid)
        self.extra(layout)
        layout.addStretch(1)
        self._area = scrolled(inside)
        return self._area

    def _fill(self, grid: QGridLayout) -> None:
        line, side = 0, 0
        for each in self._fields:
            cell = self._cell(each)
            if not each.half:
                line, side = (line + 1, 0) if side else (line, 0)
                grid.addWidget(cell, line, 0, 1, 2)
                line += 1
                continue
            grid.addWidget(cell, line, side, Qt.AlignmentFlag.AlignTop)
            line, side = (line + 1, 0) if side else (line, 1)

    def _cell(self, each: Field) -> QWidget:
        cell = QWidget()
        layout = column(cell, spacing=3)
        editor = editor_of(each, getattr(self.draft, each.name), self._asks)
        editor.setObjectName(f"field.{each.name}")
        editor.setAccessibleName(tr(each.title))
        if each.kind != "check":
            title = label(f"{tr(each.title)} *" if self._asks_for(each) else tr(each.title), "muted")
            title.setBuddy(editor)
            layout.addWidget(title)
        layout.addWidget(editor)
        problem, remark = label("", "problem"), label("", "muted")
        for below in (problem, remark):
            below.hide()
            layout.addWidget(below)
        self._editors[each.name], self._problems[each.name], self._remarks[each.name] = editor, problem, remark
        changes_of(editor).connect(partial(self._edited, each.name))
        if isinstance(editor, QLineEdit):
            editor.editingFinished.connect(self.left)
        if isinstance(editor, DayEdit):
            editor.textChanged.connect(lambda: self.remark(each.name, editor.meaning()))
        return cell

    def _foot(self, verb: str) -> Any:
        foot = row()
        self.verb = button(verb, self.submit, kind="primary", name="form.submit")
        foot.addWidget(self.verb, 1)
        self.leave = button(tr("Close"), self.closed.emit, name="form.close")
        foot.addWidget(self.leave)
        return foot

    def _show_problems(self, found: dict[str, str]) -> None:
        for name in self._editors:
            self.point_out(name, found.get(name, ""))
        wrong = next((name for name in self._editors if name in found), None)
        if wrong is not None:
            self._editors[wrong].setFocus()
            self._inside.activate()  # so that the problem has its place already
            self._area.ensureWidgetVisible(self._problems[wrong])
            self._area.ensureWidgetVisible(self._editors[wrong])

    def _edited(self, name: str, *_: object) -> None:
        """What was wrong with the field is being put right."""
        self.touch()
        self.point_out(name, "")
        self.say_below("")
        self.edited.emit()

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that would be lost with the form."""
        return self.touched and self.verb.isEnabled()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in ENTER or event.matches(QKeySequence.StandardKey.Save):  # Enter in a long text begins a new line
            self.submit()
        else:
            super().keyPressEvent(event)
