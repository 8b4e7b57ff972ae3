"""Facts laid out for the pane: headings, notes, lines, buttons."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QStyle, QVBoxLayout, QWidget
from typing_extensions import override

from orderdesk.ui.badges import Badge, BadgeLabel
from orderdesk.ui.delegates import BAR_WIDTH
from orderdesk.ui.flow import FlowLayout
from orderdesk.ui.theme import Theme
from orderdesk.ui.value import Value
from orderdesk.ui.widgets import ENTER, callout, column, label, row, rule, side_of_window

_LINE_LETTERS = 36
# Letters of a badge and of what stands beside it, such as a SKU, that fit on one row: a SKU is not broken.
_BADGE_LETTERS = 25
_LONGEST_WORD = 22
_BREAK = "\u200b"
_READ_RIGHTWARDS, _READ_LEFTWARDS = "\u200e", "\u200f"
_ISOLATED, _TOGETHER = "\u2068", "\u2069"


def breakable(text: str) -> str:
    """The text with places where a word that is too long for the pane may break."""
    return " ".join(
        _BREAK.join(word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD))
        if len(word) > _LONGEST_WORD
        else word
        for word in text.split(" ")
    )


def side_by_side(text: str) -> str:
    """A text whose parts follow each other as the window reads, also where one of them is a name that is read the other way."""
    if " · " not in text or not any(unicodedata.bidirectional(each) in ("R", "AL") for each in text):
        return text
    mark = _READ_LEFTWARDS if QGuiApplication.isRightToLeft() else _READ_RIGHTWARDS
    return mark + " · ".join(f"{_ISOLATED}{part}{_TOGETHER}" for part in text.split(" · "))


class Sheet(QWidget):
    """One column of facts, top to bottom."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "scrolled")
        self._theme = theme
        outer = column(self, margins=12, spacing=0)
        self._layout = QVBoxLayout()
        self._layout.setSpacing(8)
        outer.addLayout(self._layout)
        outer.addStretch(1)

    def title(self, text: str, below: str = "") -> QLabel:
        made = label(breakable(text), "title")
        self._layout.addWidget(made)
        if below:
            self._layout.addWidget(label(below, "muted", selectable=True))
        return made

    def section(self, text: str) -> None:
        self._layout.addSpacing(4)
        self._layout.addWidget(rule())
        self._layout.addWidget(label(text, "section"))

    def text(self, text: str, kind: str = "") -> None:
        if text:
            self._layout.addWidget(label(text, kind, selectable=True))

    def note(self, role: str, *lines: str) -> None:
        self._layout.addWidget(callout(role, *lines))

    def badges(self, badges: Sequence[Badge]) -> None:
        holder = QWidget()
        layout = FlowLayout(holder)
        for badge in badges:
            layout.addWidget(BadgeLabel(badge, self._theme))
        self._layout.addWidget(holder)

    def fact(self, name: str, value: str) -> None:
        """A name and its value side by side; nothing where the value is unknown."""
        if not value:
            return
        line = row()
        line.addWidget(label(name, "muted", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        shown = Value(value)
        shown.setAlignment(side_of_window(Qt.AlignmentFlag.AlignTrailing) | Qt.AlignmentFlag.AlignTop)
        line.addWidget(shown, 1)
        self._layout.addLayout(line)

    def add(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)

    def line(
        self,
        text: str,
        amount: str,
        below: str,
        badge: Badge | None,
        *,
        note: str = "",
        highlighted: bool = False,
        act: Callable[[], None] | None = None,
    ) -> Line:
        """An order line, an order, a letter: two rows of text, a badge, a note; tint and bar where it is backordered."""
        made = Line(self._theme, text, amount, below, badge, note=note, highlighted=highlighted, act=act)
        self._layout.addWidget(made)
        return made


class Line(QFrame):
    """One entry of a list. With `act` it is a button; one that `opens` does so by a double click or Enter, as rows of tables do.

    `letters` of text and amount fit side by side.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        amount: str,
        below: str,
        badge: Badge | None,
        *,
        note: str = "",
        highlighted: bool = False,
        act: Callable[[], None] | None = None,
        opens: Callable[[], None] | None = None,
        letters: int = _LINE_LETTERS,
    ) -> None:
        super().__init__()
        self._theme = theme
        self.highlighted = highlighted
        self._act = act
        self._opens = opens
        self._letters = letters
        self._beside = row(self, spacing=8)
        self._beside.setContentsMargins(10, 6, 8, 6)
        self._words = words = QVBoxLayout()
        words.setSpacing(2)
        self._beside.addLayout(words, 1)
        self._lay_out(words, text, amount, below, badge)
        if note:
            words.addWidget(label(breakable(note), "muted"))
        self.setAccessibleName(" · ".join(part for part in (text, amount, below, note) if part))
        if act is not None or opens is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if act is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def _lay_out(self, words: QVBoxLayout, text: str, amount: str, below: str, badge: Badge | None) -> None:
        """Text and amount side by side, badge and the rest below; an amount that would squeeze the text goes below too."""
        beside = len(text) + len(amount) <= self._letters
        first, second = row(), row()
        first.addWidget(label(side_by_side(text)), 1)
        if badge is not None:
            second.addWidget(BadgeLabel(badge, self._theme), 0, Qt.AlignmentFlag.AlignTop)
        beside_badge = beside and (badge is None or len(below) <= _BADGE_LETTERS - len(badge.word))
        if below and beside_badge:
            second.addWidget(label(below, "muted"), 1)
        elif beside:
            second.addStretch(1)
        if beside:
            first.addWidget(label(amount, "muted", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        else:
            second.addWidget(label(amount, "muted"), 1)
        words.addLayout(first)
        words.addLayout(second)
        if below and not beside_badge:
            words.addWidget(label(breakable(below), "muted"))

    def add_small_buttons(self, buttons: Sequence[QWidget]) -> None:
        """Actions of this entry below its words, where they take no room from them."""
        if not buttons:
            return
        holder = QWidget()
        below = FlowLayout(holder)
        for each in buttons:
            below.addWidget(each)
        self._words.addWidget(holder)

    def add_button(self, button: QWidget) -> None:
        """An action of this entry, at its trailing side."""
        self._beside.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_chosen = self.hasFocus() or (self._act is not None and self.underMouse())
        painter.setBrush(QColor(colors.selection if is_chosen else colors.tint if self.highlighted else colors.alternate))
        painter.drawRoundedRect(self.rect(), 4, 4)
        if self.highlighted:
            bar = QRect(0, 0, BAR_WIDTH, self.height())
            painter.fillRect(QStyle.visualRect(self.layoutDirection(), self.rect(), bar), QColor(colors.bar))

    @override
    def mouseReleaseEvent(self, event: object) -> None:
        if self._act is not None and self.underMouse():
            self._act()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._opens is not None:
            self._opens()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._act is not None and event.key() in (*ENTER, Qt.Key.Key_Space):
            self._act()
        elif self._opens is not None and event.key() in ENTER:
            self._opens()
        else:
            super().keyPressEvent(event)
