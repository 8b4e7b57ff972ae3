"""Undo and redo, saying what they would take back or do again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from orderdesk.ui import late
from orderdesk.ui.commands import CommandSet
from orderdesk.ui.desk import Desk
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.storage.view import View

_LONGEST = 60


class HistorySteps(QObject):
    """Keeps the two menu entries true."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def attach(self, commands: CommandSet) -> None:
        """The set that has the two commands."""
        self._undo, self._redo = commands.action("edit.undo"), commands.action("edit.redo")
        self._show((None, None))

    def ask(self) -> None:
        """See what there is to take back now."""
        if self._desk.is_open:
            self._desk.ask(lambda view, today: _summaries(view), self._show)

    def undo(self) -> None:
        self._desk.perform(lambda store, now, _: late.history.undo(store, now=now).summary, self._desk.say)

    def redo(self) -> None:
        self._desk.perform(lambda store, now, _: late.history.redo(store, now=now).summary, self._desk.say)

    def _show(self, summaries: tuple[str | None, str | None]) -> None:
        for action, verb, summary in ((self._undo, tr("Undo"), summaries[0]), (self._redo, tr("Redo"), summaries[1])):
            short = summary if summary is None or len(summary) <= _LONGEST else summary[:_LONGEST] + "…"
            action.setText(f"{verb}: {short}".replace("&", "&&") if short else verb)
            action.setEnabled(summary is not None)


def _summaries(view: View) -> tuple[str | None, str | None]:
    step, undone = late.events.last_step(view), late.events.last_undo(view)
    return (step.summary if step and step.undoable else None), (undone.undone_summary if undone else None)
