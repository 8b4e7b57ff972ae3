"""Answers for people: sentences and plain tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from orderdesk.domain.changes import AllocationShift
from orderdesk.services.steps import Step


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> str:
    """Rows under their columns, each as wide as its widest cell; the sentence `empty` where there are none."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not cells:
        return empty
    widths = [max(_width(row[place]) for row in [list(columns), *cells]) for place in range(len(columns))]
    lines = [list(columns), ["-" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines
    )


def step(made: Step) -> str:
    """What was done, and whose units moved."""
    return "\n".join([made.summary + ".", *_moved("gained", made.gained), *_moved("lost", made.lost)])


def _moved(verb: str, shifts: Sequence[AllocationShift]) -> list[str]:
    return [f"  {shift.order_number} {verb} {shift.title}: {shift.before} → {shift.after}" for shift in shifts]


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text
    )
