"""What a page says when it has nothing to show: why, and one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from orderdesk.ui.icons import icon
from orderdesk.ui.widgets import button, clear, column, label, row

Action = tuple[str, Callable[[], None]]


class EmptyState(QWidget):
    """An icon, a sentence, an action."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, margins=24, spacing=8)

    def show_message(self, image: str, heading: str, text: str, action: str, act: Callable[[], None], *others: Action) -> None:
        """`others` are further ways, behind the first one."""
        clear(self._layout)
        self._layout.addStretch(2)
        picture = QLabel()
        picture.setPixmap(icon(image, QPalette.ColorRole.PlaceholderText).pixmap(36, 36))
        self._layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addWidget(label(heading, "title", wrap=False), 0, Qt.AlignmentFlag.AlignHCenter)
        why = label(text, "muted")
        why.setAlignment(Qt.AlignmentFlag.AlignHCenter)  # each of its lines
        self._layout.addWidget(why)
        self._layout.addSpacing(6)
        ways = row()
        ways.addStretch(1)
        ways.addWidget(button(action, act, kind="primary"))
        for title, other in others:
            ways.addWidget(button(title, other))
        ways.addStretch(1)
        self._layout.addLayout(ways)
        self._layout.addStretch(3)
