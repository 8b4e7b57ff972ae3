"""The search field: what is typed is searched for at once; Esc empties it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from orderdesk.ui.icons import icon
from orderdesk.ui.words import tr

# The icon before the text and the button behind it.
_AROUND = 76
# What stands between what is searched and the shortcut.
_SHORTCUT = "   "


class SearchField(QLineEdit):
    """`searched` carries the text with every key; `left` says that the seller goes down to the results."""

    searched = Signal(str)
    left = Signal()

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self._hint = hint
        self.setPlaceholderText(hint)
        self.setAccessibleName(tr("Search"))
        self.setMaxLength(200)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", QPalette.ColorRole.PlaceholderText), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self.searched)

    @override
    def sizeHint(self) -> QSize:
        """As narrow as may be: it has what the buttons beside it leave, before one of them takes a line of its own."""
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the hint has no room its shortcut goes: half of it would say nothing."""
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self._hint) + _AROUND <= self.width()
        self.setPlaceholderText(self._hint if fits else self._hint.partition(_SHORTCUT)[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
