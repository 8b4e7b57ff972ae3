"""History: everything that was done, newest first, and the way to take any of it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from typing_extensions import override

from orderdesk.storage.queries.history import HistoryRow
from orderdesk.ui import formats
from orderdesk.ui.desk import Desk
from orderdesk.ui.history_columns import COMMANDS, FILTERS, SOURCE, columns, may_undo, sentence, state_badge
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.ways_back import done, take_back
from orderdesk.ui.widgets import command_button
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.domain.changes import Changes
    from orderdesk.ui.window_actions import WindowActions


def history_spec(today: date) -> PageSpec[HistoryRow]:
    """The history page, declared."""
    return PageSpec(
        name="history",
        title=marked("History"),
        icon="history",
        hint=marked("Search orders, products, customers…   Ctrl+F"),
        nouns=(marked("{} step"), marked("{} steps")),
        picked=(marked("{} step selected"), marked("{} steps selected")),
        unpicked=marked("Select a step to see which units it moved."),
        new="",
        columns=columns(today),
        filters=FILTERS,
        commands=COMMANDS,
        source=SOURCE,
        sort=(),
        key=lambda row: row.event_id,
        sentence=lambda row: sentence(row, today),
    )


class HistoryPage(TablePage[HistoryRow]):
    def __init__(self, desk: Desk, _window: WindowActions) -> None:
        super().__init__(desk, history_spec(desk.today()))

    def undo(self) -> None:
        """Take that one step back, whatever came after it, unless a later one has built on it."""
        for row in self.picked_rows()[:1]:
            take_back(self.desk, [row.event_id])

    @override
    def sheet_of(self, row: HistoryRow) -> Sheet:
        sheet = Sheet(self.desk.theme)
        sheet.title(done(row.summary), formats.moment(row.at, self.desk.today()))
        badge = state_badge(row)
        if badge is not None:
            sheet.badges([badge])
        for moved in row.detail.split(", ") if row.detail else ():
            sheet.text(moved)
        if may_undo(row):
            sheet.add(command_button(self.commands.action("history.undo"), "undo-2"))
        return sheet

    @override
    def touched_by(self, changes: Changes) -> bool:
        return True

    @override
    def show_nothing_yet(self) -> None:
        why = tr("Whatever you do is kept here, and can be taken back.")
        self.empty.show_message("history", tr("Nothing was done yet"), why, tr("Show all"), self.show_all)
