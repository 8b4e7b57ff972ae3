"""What Today says of somebody who is to be told: for how long, what is due when, and how far their letter is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from orderdesk.storage.queries.cancels import TellingCancels
from orderdesk.storage.queries.telling import ToldNext, ToTell, Wait
from orderdesk.ui import badges, formats
from orderdesk.ui.refund_letters import letter_badge
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.overtaken import Overtaken

_HOURS_SHOWN = 72


def waited(wait: Wait, now: datetime) -> str:
    """How long: in hours for the first few days, then in days and hours."""
    hours = wait.hours(now)
    return formats.hours(hours) if hours < _HOURS_SHOWN else formats.days_and_hours(hours)


def short_words(who: ToldNext, today: date) -> str:
    """What is short, by when they are to hear of it, and how old the order is where it was late to come in."""
    said = [who.items, counted(who.units_short, "{} unit short", "{} units short"), *_due_words(who, today)]
    if who.placed_on < who.wait.on:
        said.append(tr("placed {}").replace("{}", formats.day(who.placed_on, today)))
    return " · ".join(said)


def _due_words(who: ToldNext, today: date) -> list[str]:
    """What is due of each order, the first day first; said once of those of which it is the same."""
    said: dict[str, list[str]] = {}
    pairs = sorted(zip(who.deadlines, who.order_numbers, strict=True), key=lambda pair: pair[0].tell_on or date.max)
    for deadline, number in pairs:
        said.setdefault(formats.deadline(deadline, today), []).append(number)
    return [text if len(said) == 1 else f"{', '.join(numbers)}: {text}" for text, numbers in said.items() if text]


def telling_badge(who: ToldNext, cancels: TellingCancels | None, overtaken: Overtaken | None, today: date) -> badges.Badge:
    """How far their letter is; without one why they are to be told: again, as a date slipped or word of one was promised, or for
    the first time.
    """
    if who.notice_id is not None or overtaken is not None:
        return letter_badge(cancels, is_overtaken=overtaken is not None)
    if not who.slipped:
        return badges.NOT_TOLD
    return badges.WORD_DUE if who.deadline.word_is_due(today) else badges.SLIPPED


def has_letters(found: ToTell, overtaken: Mapping[int, Overtaken]) -> bool:
    """Whether a letter of who waits lies ready and may go out; `overtaken` are those that may not."""
    return any(who.notice_id is not None and who.notice_id not in overtaken for who in found.first)
