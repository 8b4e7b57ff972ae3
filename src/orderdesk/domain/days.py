"""Days in words, for the sentences of the program itself."""

from __future__ import annotations

from datetime import date

# A year outside of these is mistyped.
FIRST_YEAR, LAST_YEAR = 1900, 2199
# Not strftime: it speaks the language that the desktop has set.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spelled_out(day: date) -> str:
    """`December 4, 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
