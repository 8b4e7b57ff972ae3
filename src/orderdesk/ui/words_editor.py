"""The field in which words of letters are edited: what is filled in stands out as a chip, what the tone check minds is marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from orderdesk.domain.tone.check import check_typed
from orderdesk.domain.tone.rules import Level
from orderdesk.ui.theme import Theme

_PLACE = re.compile(r"\{(\w+)\}")


class _Marks(QSyntaxHighlighter):
    """Chips and marks, painted over the text as it is typed."""

    def __init__(self, editor: WordsEditor, theme: Theme) -> None:
        super().__init__(editor.document())
        self._theme = theme
        self.places: frozenset[str] = frozenset()
        self.checked = True
        self.found: tuple[str, ...] = ()

    @override
    def highlightBlock(self, text: str) -> None:
        badges = self._theme.colors.badges
        for match in _PLACE.finditer(text):
            known = match[1] in self.places
            chip = QTextCharFormat()
            chip.setForeground(QColor(badges["info" if known else "danger"].text))
            chip.setBackground(QColor(badges["info" if known else "danger"].fill))
            self.setFormat(match.start(), match.end() - match.start(), chip)
        for start, end, level in self._minded(text):
            mark = QTextCharFormat()
            mark.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            role = "danger" if level is Level.ERROR else "backordered"
            mark.setUnderlineColor(QColor(badges[role].text))
            mark.setForeground(QColor(badges[role].text))
            self.setFormat(start, end - start, mark)

    def _minded(self, text: str) -> Sequence[tuple[int, int, Level]]:
        marks = [(each.start, each.end, each.level) for each in check_typed(text, checked=self.checked)]
        for words in self.found:
            marks += [(match.start(), match.end(), Level.ERROR) for match in re.finditer(re.escape(words), text)]
        return marks


class WordsEditor(QPlainTextEdit):
    """`left`: the seller has gone on to something else, or pressed Enter; what is typed is meant."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._marks = _Marks(self, theme)
        theme.changed.connect(self._marks.rehighlight)
        self.setTabChangesFocus(True)

    def show_words(self, words: str, places: Sequence[str], *, checked: bool) -> None:
        """Edit these words, in which `places` may be filled in; `checked`: the tone check knows their language."""
        self._marks.places, self._marks.checked, self._marks.found = frozenset(places), checked, ()
        self.setPlainText(words)
        self._marks.rehighlight()

    def mark(self, found: Sequence[str]) -> None:
        """Mark what reading the whole letter has found."""
        wanted = tuple(dict.fromkeys(words for words in found if words))
        if wanted != self._marks.found:
            self._marks.found = wanted
            self._marks.rehighlight()

    def put_in(self, place: str) -> None:
        """Put what is to be filled in where the cursor is."""
        self.insertPlainText(f"{{{place}}}")
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("\r", "\n"):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.left.emit()
