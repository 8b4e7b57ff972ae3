"""A page with a list, and beside it the form for what is picked in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QListWidget, QVBoxLayout, QWidget

from orderdesk.ui.desk import Desk
from orderdesk.ui.widgets import card, column, label, row

if TYPE_CHECKING:
    from orderdesk.ui.window_actions import WindowActions


class ListPage(QWidget):
    """Its list and buttons are found as `name`.list and so on; what goes above and below the list, a page adds itself."""

    def __init__(self, desk: Desk, window: WindowActions, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(f"page.{name}")
        self.setProperty("kind", "page")
        self._desk = desk
        self._window = window
        self.list = QListWidget()
        self.list.setObjectName(f"{name}.list")
        self.list.setAccessibleName(title)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.currentRowChanged.connect(lambda _: self.picked())
        sides = row(self, spacing=10)
        side = card()
        layout = column(side, margins=12)
        layout.addWidget(label(title, "title"))
        self.add_above(layout)
        layout.addWidget(self.list, 1)
        self.add_below(layout)
        sides.addWidget(side, 1)
        side = card()
        self._form_side = column(side, margins=8)
        sides.addWidget(side, 1)
        self.setFocusProxy(self.list)

    def picked(self) -> None:
        """Another row is picked, or none."""

    def add_above(self, layout: QVBoxLayout) -> None:
        """What stands between the title and the list."""

    def add_below(self, layout: QVBoxLayout) -> None:
        """What can be done with the list."""
