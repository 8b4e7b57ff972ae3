"""Showing the orders of one channel only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from orderdesk.storage.queries.orders import channels
from orderdesk.ui import formats
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.ui.desk import Desk


class ChannelChooser(QPushButton):
    """`chosen` carries a channel's token, "" for all."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._token = ""
        self.setObjectName("orders.channel")
        self._choices = QMenu(self)
        self._choices.aboutToShow.connect(self._fill)
        self.setMenu(self._choices)
        self.show_channel("")

    def show_channel(self, token: str) -> None:
        """Say which channel is shown."""
        self._token = token
        name = formats.channel(token) if token else tr("All channels")
        self.setText(f"{name} ▾".replace("&", "&&"))
        self.setAccessibleName(tr("Channel: {}").replace("{}", name))

    def _fill(self) -> None:
        self._choices.clear()
        for token in ("", *self._known()):
            name = formats.channel(token) if token else tr("All channels")
            action = self._choices.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(token == self._token)
            action.triggered.connect(lambda _checked=False, token=token: self._choose(token))

    def _known(self) -> list[str]:
        if not self._desk.is_open:
            return []
        with self._desk.store.read() as view:
            return channels(view)

    def _choose(self, token: str) -> None:
        self.show_channel(token)
        self.chosen.emit(token)
