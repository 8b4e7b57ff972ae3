"""A line of text to fill in: what stands there is selected when one comes to it, so that typing takes its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

# The window or a list of proposals was in front for a moment: who was typing goes on where they were.
_COMING_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class LineEdit(QLineEdit):
    """A first click selects everything, a second one sets the cursor. Of what is longer than the field the beginning is shown."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._just_clicked_into = False
        self.home(False)

    def plain(self) -> str:
        """What is typed, as a form holds it wherever the shop is."""
        return self.text()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._just_clicked_into = True
        elif event.reason() not in _COMING_BACK:
            self._select_backwards()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _COMING_BACK:
            self.home(False)

    @override
    def setText(self, text: str | None) -> None:
        super().setText(text)
        if not self.hasFocus():
            self.home(False)

    def _select_backwards(self) -> None:
        """Everything, with the cursor at the beginning, so that this is what is seen of it."""
        self.setSelection(len(self.text()), -len(self.text()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._just_clicked_into and not self.hasSelectedText():
            self._select_backwards()
        self._just_clicked_into = False


def number_field(text: str, spoken: str, name: str) -> LineEdit:
    """A narrow line for a number in a row of others, its figures at the end."""
    line = LineEdit(text)
    dress_number(line, spoken, name)
    return line


def dress_number(line: LineEdit, spoken: str, name: str) -> None:
    """Make a line such a field."""
    line.setAccessibleName(spoken)
    line.setPlaceholderText(spoken)
    line.setObjectName(name)
    line.setAlignment(Qt.AlignmentFlag.AlignTrailing)
    line.setMinimumWidth(40)
