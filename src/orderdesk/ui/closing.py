"""A form that asks about what a step can take away, such as an undo, closes with that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from orderdesk.domain.changes import Changes
from orderdesk.storage.view import View
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm


class ClosesWhenOver(QObject):
    """Asks after each commit whether what the form is about still `holds`; goes away with the form."""

    def __init__(self, form: DraftForm, desk: Desk, holds: Callable[[View], bool]) -> None:
        super().__init__(form)
        self._form = form
        self._desk = desk
        self._holds = holds
        desk.feed.committed.connect(self._committed)

    def _committed(self, _: Changes) -> None:
        self._desk.ask(lambda view, _: self._holds(view), self._heard)

    def _heard(self, holds: bool) -> None:
        if not (holds or self._form.isHidden()):  # hidden is what was closed and can be brought back
            self._form.closed.emit()
