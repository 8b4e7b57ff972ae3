"""Answers for people: sentences and plain tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from orderdesk.domain.changes import AllocationShift
from orderdesk.domain.counts import counted
from orderdesk.domain.defects import CancellationRecord
from orderdesk.domain.kept import KEPT_BY
from orderdesk.services.steps import Step
from orderdesk.storage.queries.expected import Coverage
from orderdesk.storage.queries.order_detail import LineRow
from orderdesk.storage.queries.reasons import Holder, Holders, Why

# What buyers typed must not steer the seller's terminal: control characters but the line's end, marks that turn the writing.
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

_ENDLESS = re.compile(r"\S{400,}")
_LONGEST_SHOWN = 80


def plain(text: str) -> str:
    """Text that a terminal shows as it is, line by line."""
    return _STEERING.sub(" ", text)


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(plain(text).split())


def complaint(text: str) -> str:
    """What is wrong, on one line; of a word longer than any path the beginning."""
    return _ENDLESS.sub(lambda word: f"{word[0][:_LONGEST_SHOWN]}…", one_line(text))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> str:
    """Rows under their columns, each as wide as its widest cell; the sentence `empty` where there are none."""
    cells = [["" if cell is None else one_line(str(cell)) for cell in row] for row in rows]
    if not cells:
        return empty
    widths = [max(map(_width, column)) for column in zip(columns, *cells, strict=True)]
    lines = [list(columns), ["-" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines
    )


def words(token: str) -> str:
    """A status for people: `partly_ready` is "Partly ready"."""
    return token.replace("_", " ").capitalize()


def step(made: Step) -> str:
    """What was done, whose units moved, and what is kept for orders without being there."""
    return "\n".join([f"{made.summary}.", *shifts(made.shifts), *_over_allocated(made.over_allocated)])


def idle(made: Step) -> list[str]:
    """That an edit changed nothing and so is no step that Undo would take back, where the answer does not say what was done."""
    return [] if made.undoable else [f"{made.summary}."]


def _over_allocated(units: int) -> list[str]:
    if not units:
        return []
    kept, it = ("1 unit kept for orders is", "it") if units == 1 else (f"{units:,} units kept for orders are", "them")
    return [f"{kept} not on hand: receive or count {it}, or let go of {it} (keep ORDER --end)."]


def shifts(moved: Iterable[AllocationShift]) -> list[str]:
    """A line for each order line whose units moved."""
    return [
        f"  {shift.order_number} {'gained' if shift.gained else 'lost'} {shift.title}: {shift.before} → {shift.after}"
        for shift in moved
    ]


def expected(coverage: Coverage | None) -> str:
    """When what is short can be sent: all of it, or how much of it on which days."""
    if coverage is None or coverage.on:
        return str(coverage.on) if coverage else ""
    return " + ".join([*(f"{units} on {day}" for units, day in coverage.parts), f"{coverage.uncovered} unknown"])


def why(line: LineRow) -> str:
    """Why a line is short: its place in the queue, who is ahead and with what, what a kit lacks, the step that took its units,
    and what comes for it alone; "" where it is not.
    """
    return " ".join(f"{each}." for each in [*_reasons(line.why), *_own(line)]) if line.why else ""


def _own(line: LineRow) -> Iterator[str]:
    """What of the units to come is not by the queue."""
    if line.over_allocated:
        yield f"Kept for it and not on hand: {line.over_allocated}; what comes in next makes up for it"
    for source in line.bought:
        day = f"expected {source.expected_on}" if source.expected_on else "no day known"
        yield f"Bought for it: {source.bought} from {source.supplier} ({source.number}), {day}"


def _reasons(reason: Why) -> list[str]:
    said = [f"Place {reason.place} in the queue for {reason.name}"]
    if reason.ahead.lines:
        said[0] += f", behind {counted(reason.ahead.units, 'wanted unit')}: {_holders(reason.ahead)}"
    if reason.keeping.lines:
        said.append(f"Kept for others, whoever is ahead: {_holders(reason.keeping)}")
    if reason.lacking:
        said.append(f"Too few are here of {', '.join(reason.lacking)}")
    if reason.lost:
        said.append(f"It lost {reason.lost.units} by: {reason.lost.summary}")
    return said


def _holders(holders: Holders) -> str:
    """Who holds how many units, and of how many where that is not all they want."""
    return ", ".join(map(_holder, holders.named)) + (f", and {holders.more} more" if holders.more else "")


def _holder(holder: Holder) -> str:
    held = f"{holder.held} of {holder.wanted}" if holder.held < holder.wanted else f"{holder.held}"
    by = f", {KEPT_BY[holder.by]}" if holder.by else ""
    return f"{holder.order_number} ({holder.customer}) holds {held}{by}"


def cancellation_record(record: CancellationRecord) -> str:
    """What a marketplace counts against the seller, a cancellation included."""
    return (
        f"At {record.channel} this counts: {record.canceled} of {record.sales} sales since {record.since} canceled for lack of "
        f"stock, {record.percent:.1f} %; its limit is {record.limit_percent} %. What the buyer asks to cancel does not count."
    )


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text
    )
