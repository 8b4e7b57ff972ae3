"""Telling of steps that are done, with the way back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from orderdesk.domain.changes import AllocationShift, together
from orderdesk.domain.money import Money
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.steps import Step
    from orderdesk.ui.side_pane import SidePane
    from orderdesk.ui.toast import ToastAction

_NAMED = 3
# An amount as Money says it, whatever the words around it.
_AMOUNT = re.compile(r"(?<![\w.,])([0-9]{1,12}(?:\.[0-9]{2,3})?) ([A-Z]{3})(?!\w)")


def say_steps(desk: Desk, steps: Sequence[Step], *, said: str = "", note: str = "", ways: Sequence[ToastAction] = ()) -> None:
    """Say what was done, where given as it is `said` of all together, and a `note` on it, with the `ways` on, and Undo for all of
    it, unless a part can't be undone.
    """
    event_ids = [step.event_id for step in steps]
    way_back = [(tr("Undo"), lambda: take_back(desk, event_ids))] if all(step.undoable for step in steps) else []
    desk.say(f"{told(steps, said)}\n{note}".strip(), [*ways, *way_back])


def told(steps: Sequence[Step], said: str = "") -> str:
    """What was done, of several steps the first and how many more, unless it is `said` of all; who has more units by all of them,
    and who has fewer.
    """
    return " · ".join([said or _first_of(steps), *moved_words(shift for step in steps for shift in step.shifts)])


def _first_of(steps: Sequence[Step]) -> str:
    rest = len(steps) - 1
    more = [counted(rest, "and {} more", "and {} more")] if rest else []
    return " · ".join([done(steps[0].summary), *more])


def done(summary: str) -> str:
    """What a step did, its amounts as the window writes amounts."""
    return _AMOUNT.sub(_as_shown, summary)


def _as_shown(found: re.Match[str]) -> str:
    amount = Money.of(found[1], found[2])
    return formats.money(amount) if str(amount) == found[0] else found[0]


def moved_words(shifts: Iterable[AllocationShift]) -> list[str]:
    """The orders that have more units by steps that follow each other, and those that have fewer."""
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for shift in together(shifts):
        (gained if shift.gained else lost)[shift.order_number] += abs(shift.after - shift.before)
    said = ((tr("allocated to {}"), "+", gained), (tr("taken from {}"), "−", lost))
    return [
        words.replace("{}", _a_few([f"{number} {sign}{units:,}" for number, units in orders.items()]))
        for words, sign, orders in said
        if orders
    ]


def offer_back(desk: Desk, pane: SidePane) -> None:
    """What was typed in a form of the pane went with it: say so, with the way back."""
    desk.say(tr("Discarded what you typed."), [(tr("Bring back"), pane.bring_back)])


def take_back(desk: Desk, event_ids: Sequence[int]) -> None:
    """Undo these steps, all or none, and say so."""
    desk.perform(lambda store, now, _: late.history.undo_steps(store, event_ids, now=now), lambda undo: desk.say(told([undo])))


def _a_few(names: Sequence[str]) -> str:
    """Some of many names, and how many more there are."""
    rest = len(names) - _NAMED
    more = f" {counted(rest, 'and {} more', 'and {} more')}" if rest > 0 else ""
    return ", ".join(names[:_NAMED]) + more
