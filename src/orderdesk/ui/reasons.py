"""Why a line is short, in the seller's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orderdesk.domain.kept import KEPT_BY
from orderdesk.storage.queries.reasons import Holder, Holders, Why
from orderdesk.ui import formats
from orderdesk.ui.words import counted, tr


def why_words(why: Why, today: date) -> str:
    """Its place in the queue, who is ahead and with what, what a kit lacks, and the step that took its units."""
    return " ".join(_sentences(why, today))


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
