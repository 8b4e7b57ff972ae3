"""Telling of steps that are done, with the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.steps import Step
    from orderdesk.ui.side_pane import SidePane

_GAINERS_SHOWN = 3


def say_steps(desk: Desk, steps: Sequence[Step]) -> None:
    """Say what was done, of several steps the first and how many more, with Undo for all of them, unless one can't be undone."""
    first, rest = steps[0], len(steps) - 1
    gained = [f"{shift.order_number} +{shift.after - shift.before}" for shift in first.gained]
    more = tr("allocated to {}").replace("{}", ", ".join(gained[:_GAINERS_SHOWN])) if gained else ""
    if rest:
        more = counted(rest, "and {} more", "and {} more")
    event_ids = [step.event_id for step in steps]
    way_back = [(tr("Undo"), lambda: take_back(desk, event_ids))] if all(step.undoable for step in steps) else []
    desk.say(" · ".join(part for part in (first.summary, more) if part), way_back)


def offer_back(desk: Desk, pane: SidePane) -> None:
    """What was typed in a form of the pane went with it: say so, with the way back."""
    desk.say(tr("Discarded what you typed."), [(tr("Bring back"), pane.bring_back)])


def take_back(desk: Desk, event_ids: Sequence[int]) -> None:
    """Undo these steps, all or none, and say so."""
    desk.perform(lambda store, now, _: late.history.undo_steps(store, event_ids, now=now).summary, desk.say)
