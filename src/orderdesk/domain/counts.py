"""Numbers with what they count, as the history and the command line say them; the window has words of its own for it."""

from __future__ import annotations

from collections.abc import Sequence

from orderdesk.domain.errors import InvalidValueError

MOST_UNITS = 1_000_000


def counted(number: int, noun: str) -> str:
    """One or more of something whose plural takes an s: "1 unit", "1,204 units"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def first_names(names: Sequence[str], most: int = 3, *, between: str = ", ") -> str:
    """The first of many names, and whether there are more: "1001, 1002, 1003, …"."""
    return between.join([*names[:most], *(["…"] if len(names) > most else [])])


def require_units(quantity: int, *, least: int) -> None:
    """Raise InvalidValueError for a quantity below that, or above what anybody has."""
    if not least <= quantity <= MOST_UNITS:
        raise InvalidValueError("quantity", str(quantity), f"a whole number from {least} to {MOST_UNITS:,}")
