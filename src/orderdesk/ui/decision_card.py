"""What can be done about a line that is short, side by side: when, for what money, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from orderdesk.domain.money import Money
from orderdesk.storage.queries.decisions import Choice, Option
from orderdesk.storage.queries.order_detail import LineRow
from orderdesk.ui import formats
from orderdesk.ui.defects import counted_words
from orderdesk.ui.reasons import why_words
from orderdesk.ui.refund_letters import telling_words
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import button, callout, column, ghost_button, label, row, scrolled
from orderdesk.ui.words import counted, marked, tr

_SAYS = {
    Choice.WAIT: marked("Wait"),
    Choice.BUY_ELSEWHERE: marked("Buy elsewhere"),
    Choice.SUBSTITUTE: marked("Send {} instead"),
    Choice.CANCEL: marked("Cancel with a refund"),
}


class DecisionCard(QFrame):
    """The options with their acts, each by its choice; `about` names the order. `closed` by Esc or the cross."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        line: LineRow,
        about: str,
        found: list[Option],
        today: date,
        acts: Mapping[Choice, Callable[[Option], None]],
    ) -> None:
        super().__init__()
        self.setObjectName("decision")
        self.setAccessibleName(tr("What can be done"))
        layout = column(self, margins=0, spacing=0)
        layout.addLayout(self._head(line))
        sheet = Sheet(theme)
        sheet.text(about, "muted")
        if line.why:
            sheet.text(why_words(line, today), "muted")
        usual = Choice.CANCEL if any(option.telling for option in found) else Choice.WAIT
        for option in found:
            made = sheet.line(_says(option), _money(option), _when(option, today), None, highlighted=option.choice is usual)
            if option.choice in acts and not option.lacks:
                act = partial(acts[option.choice], option)
                made.add_small_buttons([button(tr("Do this…"), act, kind="link", name=f"decision.{option.choice.value}")])
        for option in found:
            if option.counted:
                role = "danger" if any(record.is_over for record in option.counted) else "info"
                sheet.add(callout(role, tr("Before you cancel"), counted_words(option.counted, today)))
        layout.addWidget(scrolled(sheet), 1)

    def _head(self, line: LineRow) -> QHBoxLayout:
        head = row()
        head.setContentsMargins(12, 12, 12, 0)
        title = tr("{} short of {}").replace("{}", str(line.backordered), 1).replace("{}", line.title)
        head.addWidget(label(title, "title"), 1)
        head.addWidget(ghost_button(tr("Close"), "x", self.closed.emit), 0, Qt.AlignmentFlag.AlignTop)
        return head


def _says(option: Option) -> str:
    if option.choice is Choice.SHIP_REST:
        return counted(int(option.detail), "Ship the {} that is here", "Ship the {} that are here")
    return tr(_SAYS[option.choice]).replace("{}", option.title)


def _when(option: Option, today: date) -> str:
    """When the customer could have it, from whom, and what else there is to it."""
    if option.on is None or option.days is None:
        days = [tr("no date is known")]
    elif not option.days:
        days = [tr("today")]
    else:
        about = tr("about {}").replace("{}", formats.day(option.on, today))
        days = [about, counted(option.days, "in {} day", "in {} days") if option.days > 0 else ""]
    return " · ".join(part for part in (*days, *_from_whom(option), *_beside(option, today)) if part)


def _beside(option: Option, today: date) -> tuple[str, ...]:
    """What waiting would cost in goodwill and when it needs a word, and what stays behind where the rest is shipped."""
    if option.telling:
        return (telling_words(option.telling, today),)
    if option.choice is Choice.WAIT:
        offered = tr("offer: {}").replace("{}", formats.offer(option.offer)) if option.offer else tr("no offer")
        after = option.consent_after
        return offered, tr("after {} only if they agree").replace("{}", formats.day(after, today)) if after else ""
    if option.choice is Choice.SHIP_REST:
        return (tr("{} still waits").replace("{}", formats.known_money(option.waits)),)
    return ()


def _from_whom(option: Option) -> tuple[str, ...]:
    """The supplier, and what they had; of waiting, where units were bought already; of a substitute, its SKU."""
    if option.choice is Choice.WAIT and option.detail:
        return (tr("bought already on {}").replace("{}", option.detail),)
    if option.choice is Choice.SUBSTITUTE:
        return (option.detail,) if option.detail != option.title else ()
    if option.choice is not Choice.BUY_ELSEWHERE or option.there is None:
        return (option.detail,) if option.choice is Choice.BUY_ELSEWHERE else ()
    there = f"{option.there:,}"
    if option.lacks:
        return option.detail, tr("has {} of {}").replace("{}", there, 1).replace("{}", f"{option.there + option.lacks:,}")
    words = tr("had {}, more than a day ago") if option.is_stale else tr("has {}")
    return option.detail, words.replace("{}", there)


def _money(option: Option) -> str:
    match option.choice:
        case Choice.WAIT if option.telling:
            return tr("only if they agree")
        case Choice.WAIT:
            return tr("{} kept").replace("{}", formats.known_money(option.value))
        case Choice.BUY_ELSEWHERE:
            return tr("{} margin").replace("{}", formats.known_money(option.money))
        case Choice.SUBSTITUTE:
            return _difference(option.difference, option.money)
        case Choice.SHIP_REST:
            return tr("{} leaves").replace("{}", formats.known_money(option.value))
        case Choice.CANCEL:
            return tr("price unknown") if option.money is None else _to_pay_back(option.money, lacks_tax=option.lacks_tax)


def _difference(more: Money | None, money: Money | None) -> str:
    """What is paid back for a substitute that costs less, or how much more one costs that goes at the old price."""
    if more is None or money is None:
        return tr("difference in price unknown")
    if more.minor > 0:
        return tr("{} dearer, at the old price").replace("{}", formats.money(more))
    if not more.minor:
        return tr("the same price")
    return _to_pay_back(money)


def _to_pay_back(earned: Money, *, lacks_tax: bool = False) -> str:
    """What earns so much less than nothing."""
    if not earned.minor:
        return tr("nothing to pay back")
    text = tr("{} and its tax to pay back") if lacks_tax else tr("{} to pay back")
    return text.replace("{}", formats.money(Money(-earned.minor, earned.currency)))
