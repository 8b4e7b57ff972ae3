"""Undo and redo, saying what they would take back or do again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from orderdesk.ui import late
from orderdesk.ui.commands import CommandSet
from orderdesk.ui.desk import Desk
from orderdesk.ui.ways_back import done, told
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.steps import Step
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
        self._show((None, None, ""))

    def ask(self) -> None:
        """See what there is to take back now."""
        if self._desk.is_open:
            self._desk.ask(lambda view, today: _summaries(view), self._show)

    def undo(self) -> None:
        self._desk.perform(lambda store, now, _: late.history.undo(store, now=now), self._tell)

    def redo(self) -> None:
        self._desk.perform(lambda store, now, _: late.history.redo(store, now=now), self._tell)

    def _tell(self, step: Step) -> None:
        self._desk.say(told([step]))

    def _show(self, summaries: tuple[str | None, str | None, str]) -> None:
        for action, verb, summary in ((self._undo, tr("Undo"), summaries[0]), (self._redo, tr("Redo"), summaries[1])):
            action.setText(f"{verb}: {summary}".replace("&", "&&") if summary else verb)
            action.setEnabled(summary is not None)
            action.setToolTip(action.text().replace("&&", "&"))
        if summaries[0] is None:
            self._say_why_not(summaries[2])

    def _say_why_not(self, standing: str) -> None:
        """Why there is nothing to take back: in the menu, where it is looked for."""
        why = tr("“{}” can't be undone").replace("{}", standing) if standing else tr("Nothing was done yet that could be undone.")
        if standing:
            self._undo.setText(tr("Can't undo: {}").replace("{}", standing[:_LONGEST]).replace("&", "&&"))
        self._undo.setToolTip(why)
        self._undo.setStatusTip(why)


def _summaries(view: View) -> tuple[str | None, str | None, str]:
    """What undo and redo would do, and the step that can't be undone and stands in the way; "" for none."""
    steps, undone = late.events.last_steps(view), late.events.last_undo(view)
    standing = next((step.summary for step in steps if not step.undoable), "")
    last = _named(steps[-1].summary, len(steps) - 1) if steps and not standing else None
    return last, (_named(undone.undone_summary, undone.others) if undone else None), standing


def _named(summary: str, others: int) -> str:
    """The first of several steps, and how many more."""
    summary = done(summary)
    short = summary if len(summary) <= _LONGEST else summary[:_LONGEST] + "…"
    return f"{short} {counted(others, 'and {} more', 'and {} more')}" if others > 0 else short
