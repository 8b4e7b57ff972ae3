"""What can be done with several rows at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from orderdesk.ui.widgets import command_button, ghost_button, label, row
from orderdesk.ui.words import tr


class BulkBar(QWidget):
    """Shown at the foot of the table while several rows are selected."""

    dismissed = Signal()

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("bulk-bar")
        layout = row(self, margins=8)
        self._count = label("", "strong", wrap=False)
        layout.addWidget(self._count)
        for place, action in enumerate(actions):
            layout.addWidget(command_button(action, "", "primary" if place == 0 else ""))
        layout.addStretch(1)
        layout.addWidget(ghost_button(tr("Select none"), "x", self.dismissed.emit))
        self.hide()

    def show_count(self, count: int) -> None:
        self._count.setText(tr("{} selected").replace("{}", f"{count:,}"))
        self.setVisible(count > 1)
