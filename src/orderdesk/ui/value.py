"""A fact that can be copied whole, however long it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from orderdesk.ui.formats import UNBROKEN_HYPHEN
from orderdesk.ui.widgets import Words
from orderdesk.ui.words import tooltip, tr

_LONGEST_WORD = 12
_BREAK = "\u200b"


class Value(Words):
    """A long word, such as a tracking number, breaks where its line ends; a copy of it has no such places, and plain hyphens.

    A double click selects everything.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(" ".join(_breakable(word) for word in text.split(" ")))
        self.setAccessibleName(self.text())
        self.setToolTip(tooltip(self.text()))

    @override
    def text(self) -> str:
        return _plain(super().text())

    @override
    def selectedText(self) -> str:
        return _plain(super().selectedText())

    def copy(self) -> None:
        """What is selected, or all of it."""
        QGuiApplication.clipboard().setText(self.selectedText() or self.text())

    @override
    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if ev.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(ev)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setSelection(0, len(super().text()))

    @override
    def contextMenuEvent(self, ev: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy"), self.copy)
        menu.popup(ev.globalPos())


def _plain(text: str) -> str:
    return text.replace(_BREAK, "").replace(UNBROKEN_HYPHEN, "-")


def _breakable(word: str) -> str:
    """Letters that are joined in writing stay so."""
    return _BREAK.join(word) if len(word) > _LONGEST_WORD and word.isascii() else word
