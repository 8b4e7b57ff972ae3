"""Why a line is short, in the seller's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orderdesk.domain.kept import KEPT_BY
from orderdesk.storage.queries.expected import Source
from orderdesk.storage.queries.order_detail import LineRow
from orderdesk.storage.queries.reasons import Holder, Holders, Why
from orderdesk.ui import formats
from orderdesk.ui.words import counted, tr


def why_words(line: LineRow, today: date) -> str:
    """Its place in the queue, who is ahead and with what, what a kit lacks, the step that took its units, and what comes for it
    alone; "" where it is not short.
    """
    return " ".join([*_sentences(line.why, today), *_own(line, today)]) if line.why else ""


def _own(line: LineRow, today: date) -> Iterator[str]:
    """What of the units to come is not by the queue."""
    if line.over_allocated:
        yield _filled(tr("Kept for it and not on hand: {}; what comes in next makes up for it."), f"{line.over_allocated:,}")
    yield from (_bought(source, today) for source in line.bought)


def _bought(source: Source, today: date) -> str:
    what = (f"{source.bought:,}", source.supplier, source.number)
    if source.expected_on is None:
        return _filled(tr("Bought for it: {} from {} ({}), no day known."), *what)
    return _filled(tr("Bought for it: {} from {} ({}), expected {}."), *what, formats.day(source.expected_on, today))


def _sentences(why: Why, today: date) -> Iterator[str]:
    if why.ahead.lines:
        said = tr("Place {} in the queue for {}: {} wanted ahead of it. {}.")
        wanted = counted(why.ahead.units, "{} unit is", "{} units are")
        yield _filled(said, f"{why.place:,}", why.name, wanted, _holders(why.ahead))
    else:
        yield _filled(tr("First in the queue for {}."), why.name)
    if why.keeping.lines:
        yield _filled(tr("Kept for others, whoever is ahead: {}."), _holders(why.keeping))
    if why.lacking:
        yield _filled(tr("Too few are here of {}."), ", ".join(why.lacking))
    if why.lost:
        yield _filled(tr("It lost {} on {}: {}."), f"{why.lost.units:,}", formats.day(why.lost.on, today), why.lost.summary)


def _holders(holders: Holders) -> str:
    """Who holds how many units, and of how many where that is not all they want."""
    more = [counted(holders.more, "and {} more", "and {} more")] if holders.more else []
    return ", ".join([*map(_holder, holders.named), *more])


def _holder(holder: Holder) -> str:
    said = tr("{} ({}) holds {}") if holder.held >= holder.wanted else tr("{} ({}) holds {} of {}")
    by = f", {tr(KEPT_BY[holder.by])}" if holder.by else ""
    return _filled(said, holder.order_number, holder.customer, f"{holder.held:,}", f"{holder.wanted:,}") + by


def _filled(said: str, *values: str) -> str:
    """The text with each `{}` replaced in turn; what a value says is left as it is."""
    first, *rest = said.split("{}")
    return first + "".join(value + part for value, part in zip(values, rest, strict=False))
