"""One card of Today: how many there are of a kind, and the first of them as lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from orderdesk.ui.badges import Badge
from orderdesk.ui.sheet import Line
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import card, column, label, row

_LETTERS = 70


class TodayCard:
    """The `surface` is what is shown; `count` is of all, also of those that are not on it."""

    def __init__(self, theme: Theme, title: str, count: int, aside: str) -> None:
        self.surface = card()
        self.count = count
        self._theme = theme
        self._layout = column(self.surface, margins=12, spacing=6)
        self._head = row()
        self._head.addWidget(label(title.replace("{}", f"{count:,}"), "strong", wrap=False))
        self._head.addWidget(label(aside, "muted", wrap=False))
        self._head.addStretch(1)
        self._layout.addLayout(self._head)

    def add_button(self, button: QWidget) -> None:
        """What can be done about all of them, beside the title."""
        self._head.addWidget(button)

    def add_line(
        self, text: str, amount: str, below: str, badge: Badge, button: QWidget | None = None, *, highlighted: bool = False
    ) -> None:
        """One of them, with what can be done about it."""
        line = Line(self._theme, text, amount, below, badge, highlighted=highlighted, letters=_LETTERS)
        if button is not None:
            line.add_button(button)
        self._layout.addWidget(line)

    def add_link(self, link: QWidget) -> None:
        """Where there is more of it, below the lines."""
        self._layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
