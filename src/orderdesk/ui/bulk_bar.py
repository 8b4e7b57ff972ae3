"""What can be done with several rows at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from orderdesk.ui.widgets import command_button, ghost_button, label, let_go_of_keyboard, row
from orderdesk.ui.words import tr


class BulkBar(QWidget):
    """Shown at the foot of the table while several rows are selected; what can't be done, or has no room, is behind "More"."""

    dismissed = Signal()

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("bulk-bar")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._actions = tuple(actions)
        self._buttons = [command_button(action, "", "" if place else "primary") for place, action in enumerate(actions)]
        self._count = label("", "strong", wrap=False)
        self._more = QPushButton(tr("More") + " ▾")
        self._more.setObjectName("bulk.more")
        self._more.setAccessibleName(tr("More commands"))
        self._more.setAutoDefault(True)
        self._more.setMenu(QMenu(self._more))
        self._none = ghost_button(tr("Select none"), "x", self.dismissed.emit)
        self._layout = row(self, margins=8)
        for widget in (self._count, *self._buttons, self._more):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self._layout.addWidget(self._none)
        self.hide()

    def show_count(self, count: int) -> None:
        self._count.setText(tr("{} selected").replace("{}", f"{count:,}"))
        if count <= 1:
            let_go_of_keyboard(self)
        self.setVisible(count > 1)
        self._share_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Buttons of what can be done, in their order as far as they fit whole; the rest in the menu."""
        gap, sides = self._layout.spacing(), self._layout.contentsMargins()
        room = self.width() - sides.left() - sides.right() - self._count.sizeHint().width() - self._none.sizeHint().width() - gap
        possible = [place for place, action in enumerate(self._actions) if action.isEnabled()]
        widths = [self._buttons[place].sizeHint().width() + gap for place in possible]
        more = self._more.sizeHint().width() + gap
        whole = len(self._buttons)
        fitting = next((n for n in range(len(widths), 0, -1) if sum(widths[:n]) + (more if n < whole else 0) <= room), 0)
        shown = possible[:fitting]
        for place, each in enumerate(self._buttons):
            each.setVisible(place in shown)
        self._more.setVisible(fitting < whole)
        self._more.menu().clear()
        self._more.menu().addActions([action for place, action in enumerate(self._actions) if place not in shown])
