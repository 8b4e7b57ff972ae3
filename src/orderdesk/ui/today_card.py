"""One card of Today: how many there are of a kind, and the first of them as lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from orderdesk.ui.badges import Badge
from orderdesk.ui.flow import FlowLayout
from orderdesk.ui.sheet import Line
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import card, column, label

_LETTERS = 70


class TodayCard:
    """The `surface` is what is shown; `count` is of all, also of those that are not on it."""

    def __init__(self, theme: Theme, title: str, count: int, aside: str) -> None:
        self.surface = card()
        self.count = count
        self._theme = theme
        self._buttons: list[QWidget] = []
        self._layout = column(self.surface, margins=12, spacing=6)
        head = QWidget()
        self._head = FlowLayout(head)
        self._head.addWidget(label(title.replace("{}", f"{count:,}"), "strong", wrap=False))
        beside = label(aside, "muted", wrap=False)
        beside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._head.addWidget(beside)
        self._layout.addWidget(head)

    def add_button(self, button: QWidget) -> None:
        """What can be done about all of them, beside the title; below it where there is no room."""
        self._head.addWidget(button)

    def add_line(
        self,
        text: str,
        amount: str,
        below: str,
        badge: Badge,
        button: QWidget | None = None,
        *,
        opens: Callable[[], None],
        highlighted: bool = False,
    ) -> None:
        """One of them, with what can be done about it; `opens` shows it on its page."""
        line = Line(self._theme, text, amount, below, badge, highlighted=highlighted, opens=opens, letters=_LETTERS)
        if button is not None:
            line.add_button(button)
            self._align(button)
        self._layout.addWidget(line)

    def _align(self, button: QWidget) -> None:
        """The buttons of the lines are as wide as the widest, so that what stands before them ends below each other."""
        button.ensurePolished()
        self._buttons.append(button)
        widest = max(each.sizeHint().width() for each in self._buttons)
        for each in self._buttons:
            each.setMinimumWidth(widest)

    def add_link(self, link: QWidget) -> None:
        """Where there is more of it, below the lines."""
        self._layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
