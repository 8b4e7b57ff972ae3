"""What can be done about a line that is short, side by side: when, for what money, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from orderdesk.storage.queries.decisions import Choice, Option
from orderdesk.storage.queries.order_detail import LineRow
from orderdesk.ui import formats
from orderdesk.ui.defects import counted_words
from orderdesk.ui.reasons import why_words
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import button, callout, column, ghost_button, label, row
from orderdesk.ui.words import marked, tr

_SAYS = {
    Choice.WAIT: marked("Wait"),
    Choice.BUY_ELSEWHERE: marked("Buy elsewhere"),
    Choice.SUBSTITUTE: marked("Send {} instead"),
    Choice.SHIP_REST: marked("Ship the {} that are here"),
    Choice.CANCEL: marked("Cancel with a refund"),
}


class DecisionCard(QFrame):
    """The options with their acts, each by its choice. `closed` by Esc or the cross."""

    closed = Signal()

    def __init__(
        self, theme: Theme, line: LineRow, found: list[Option], today: date, acts: Mapping[Choice, Callable[[Option], None]]
    ) -> None:
        super().__init__()
        self.setObjectName("decision")
        self.setAccessibleName(tr("What can be done"))
        layout = column(self, margins=0, spacing=0)
        layout.addLayout(self._head(line))
        sheet = Sheet(theme)
        if line.why:
            sheet.text(why_words(line.why, today), "muted")
        for option in found:
            made = sheet.line(_says(option), _money(option), _when(option, today), None, highlighted=option.choice is Choice.WAIT)
            if option.choice in acts:
                act = partial(acts[option.choice], option)
                made.add_small_buttons([button(tr("Do this…"), act, kind="link", name=f"decision.{option.choice.value}")])
        for option in found:
            if option.counted:
                role = "danger" if any(record.is_over for record in option.counted) else "info"
                sheet.add(callout(role, tr("Before you cancel"), counted_words(option.counted, today)))
        layout.addWidget(sheet, 1)

    def _head(self, line: LineRow) -> QHBoxLayout:
        head = row()
        head.setContentsMargins(12, 12, 12, 0)
        title = tr("{} short of {}").replace("{}", str(line.backordered), 1).replace("{}", line.title)
        head.addWidget(label(title, "title"), 1)
        head.addWidget(ghost_button(tr("Close"), "x", self.closed.emit), 0, Qt.AlignmentFlag.AlignTop)
        return head


def _says(option: Option) -> str:
    detail = option.detail if "{}" in _SAYS[option.choice] else ""
    return tr(_SAYS[option.choice]).replace("{}", detail)


def _when(option: Option, today: date) -> str:
    """When the customer could have it, and from whom."""
    if option.on is None:
        day = tr("no date is known")
    else:
        day = tr("today") if option.on == today else tr("about {}").replace("{}", formats.day(option.on, today))
    return " · ".join(part for part in (day, *_from_whom(option)) if part)


def _from_whom(option: Option) -> tuple[str, ...]:
    """The supplier, and what they had; of waiting, where units were bought already."""
    if option.choice is Choice.WAIT and option.detail:
        return (tr("bought already on {}").replace("{}", option.detail),)
    if option.choice is not Choice.BUY_ELSEWHERE or option.there is None:
        return (option.detail,) if option.choice is Choice.BUY_ELSEWHERE else ()
    there = tr("has {}").replace("{}", f"{option.there:,}")
    return option.detail, tr("had {}, more than a day ago").replace("{}", f"{option.there:,}") if option.is_stale else there


def _money(option: Option) -> str:
    if option.money is None:
        return tr("money unknown") if option.choice is not Choice.WAIT else ""
    if not option.money.minor:
        return ""
    if option.choice is Choice.BUY_ELSEWHERE:
        return tr("{} margin").replace("{}", formats.money(option.money))
    return formats.money(option.money)
