"""Why a line is short, in the seller's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orderdesk.storage.queries.reasons import Why
from orderdesk.ui import formats
from orderdesk.ui.words import counted, tr


def why_words(why: Why, today: date) -> str:
    """Its place in the queue, what a kit lacks, and the step that took its units."""
    return " ".join(_sentences(why, today))


def _sentences(why: Why, today: date) -> Iterator[str]:
    if why.place == 1:
        yield tr("First in the queue for {}.").replace("{}", why.name)
    else:
        said = tr("Place {} in the queue for {}: {} wanted ahead of it, first by {}.")
        for value in (f"{why.place:,}", why.name, counted(why.units_ahead, "{} unit is", "{} units are"), why.first):
            said = said.replace("{}", value, 1)
        yield said
    if why.lacking:
        yield tr("Too few are here of {}.").replace("{}", ", ".join(why.lacking))
    if why.lost:
        said = tr("It lost {} on {}: {}.")
        for value in (f"{why.lost.units:,}", formats.day(why.lost.on, today), why.lost.summary):
            said = said.replace("{}", value, 1)
        yield said
