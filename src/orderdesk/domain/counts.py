"""Numbers with what they count, as the history and the command line say them; the window has words of its own for it."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """One or more of something whose plural takes an s: "1 unit", "1,204 units"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
