"""Forms made of a draft and a list of fields; problems stand under the field they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from orderdesk.domain.errors import InvalidValueError
from orderdesk.services.draft_fields import Draft
from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.widgets import DropDown, button, column, ghost_button, label, narrow, restyle, row
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a draft. `kind`: text, day, check, long or choice (`choices` are (token, title)); `half`: two share a line."""

    name: str
    title: str
    kind: str = "text"
    hint: str = ""
    half: bool = False
    choices: Sequence[tuple[str, str]] = ()


class DraftForm(QFrame):
    """`submitted` when every field can be read; the draft then holds what was typed. `closed` by Esc, the cross or Close.

    `edited`: something in a field is other than before. `left`: a field was left, with what is typed in it. `today`: a day typed
    without a year is near it.
    """

    submitted = Signal()
    closed = Signal()
    edited = Signal()
    left = Signal()

    def __init__(
        self, title: str, draft: Draft, fields: Sequence[Field], verb: str, about: str = "", *, today: date | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("form")
        self.setAccessibleName(title)
        self.draft = draft
        self.touched = False
        self._fields = tuple(fields)
        self._today = today
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
        first = next(iter(self._editors.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def refuse(self, error: Exception) -> None:
        """Say why what was submitted can't be: at its field, or above the buttons."""
        self.verb.setEnabled(True)
        if isinstance(error, InvalidValueError) and error.field in self._editors:
            self._show_problems({error.field: error.expected})
            return
        self.say_below(str(explain(error)))

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
        """Read the fields; go on, or show what is wrong."""
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
            setattr(self.draft, each.name, _value(self._editors[each.name]))

    def problems(self) -> dict[str, str]:
        return self.draft.problems()

    def editor(self, name: str) -> QWidget:
        return self._editors[name]

    def extra(self, layout: QVBoxLayout) -> None:
        """What a form has besides its fields goes below them."""

    def _scrolled(self) -> QScrollArea:
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        area.setWidget(inside)
        return area

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
        editor = _editor(each, getattr(self.draft, each.name), self._today)
        editor.setObjectName(f"field.{each.name}")
        editor.setAccessibleName(tr(each.title))
        if each.kind != "check":
            needed = each.kind != "choice" and self.draft.needs(each.name)
            title = label(f"{tr(each.title)} *" if needed else tr(each.title), "muted", wrap=False)
            title.setBuddy(editor)
            layout.addWidget(title)
        layout.addWidget(editor)
        problem, remark = label("", "problem"), label("", "muted")
        for below in (problem, remark):
            below.hide()
            layout.addWidget(below)
        self._editors[each.name], self._problems[each.name], self._remarks[each.name] = editor, problem, remark
        _changes_of(editor).connect(partial(self._edited, each.name))
        if isinstance(editor, QLineEdit):
            editor.returnPressed.connect(self.submit)
            editor.editingFinished.connect(self.left)
        return cell

    def _foot(self, verb: str) -> Any:
        foot = row()
        self.verb = button(verb, self.submit, kind="primary", name="form.submit")
        foot.addWidget(self.verb, 1)
        foot.addWidget(button(tr("Close"), self.closed.emit, name="form.close"))
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
        self.touched = True
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
        elif event.matches(QKeySequence.StandardKey.Save):
            self.submit()
        else:
            super().keyPressEvent(event)


def _editor(each: Field, value: Any, today: date | None) -> QWidget:
    if each.kind == "check":
        box = QCheckBox(tr(each.title))
        box.setChecked(bool(value))
        return box
    if each.kind == "choice":
        combo = narrow(DropDown())
        for token, title in each.choices:
            combo.addItem(tr(title), token)
        combo.setCurrentIndex(max(0, combo.findData(value)))
        return combo
    if each.kind == "long":
        text = QPlainTextEdit(str(value or ""))
        text.setFixedHeight(72)
        text.setTabChangesFocus(True)
        return text
    line = DayEdit(str(value or ""), today) if each.kind == "day" else LineEdit(str(value or ""))
    line.setPlaceholderText(tr(each.hint) if each.hint else "")
    line.setMaxLength(4000)
    return line


def _changes_of(editor: QWidget) -> SignalInstance:
    if isinstance(editor, QCheckBox):
        return editor.toggled
    if isinstance(editor, DropDown):
        return editor.currentIndexChanged
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    return editor.textChanged


def _value(editor: QWidget) -> Any:
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, DropDown):
        return editor.currentData()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    assert isinstance(editor, QLineEdit)
    return editor.plain() if isinstance(editor, DayEdit) else editor.text()
