"""What the window shows in the blink before its pages are there: its own frame, in its own colors."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from orderdesk.ui.colors import Colors

_SIDEBAR = 158
_PANE = 268


class Skeleton(QFrame):
    """The place of the table and the place of the pane.

    Colored by a style sheet and without text: pens, brushes and fonts would take longer than all the rest of the first paint.
    """

    def __init__(self, colors: Colors) -> None:
        super().__init__()
        self.setStyleSheet(
            f"Skeleton {{ background: {colors.window} }} "
            f"Skeleton > QFrame {{ background: {colors.surface}; border: 1px solid {colors.hairline}; border-radius: 8px }}"
        )
        beside = QHBoxLayout(self)
        beside.setContentsMargins(_SIDEBAR, 36, 10, 40)
        beside.setSpacing(8)
        beside.addWidget(QFrame(), 1)
        pane = QFrame()
        pane.setFixedWidth(_PANE)
        beside.addWidget(pane)
