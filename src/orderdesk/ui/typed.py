"""Reading what a person types: a day as this program or their desktop writes it, or year-month-day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QLocale

from orderdesk.domain.errors import InvalidValueError
from orderdesk.ui import formats
from orderdesk.ui.words import tr

_THIS_CENTURY = 2000
_HALF_A_YEAR = 183


def read_typed_day(field: str, typed: str, today: date | None = None) -> date | None:
    """The day; None for nothing. One without a year ("Dec 20") is the one nearest to `today`. Raises InvalidValueError."""
    text = typed.strip()
    if not text:
        return None
    written = QLocale().toDate(text, QLocale.FormatType.ShortFormat, _THIS_CENTURY)
    if written.isValid():
        return date(written.year(), written.month(), written.day())
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        found = _as_written_here(text, today)
        if found is None:
            raise InvalidValueError(field, text, tr("a day such as 2026-12-04")) from error
        return found


def _as_written_here(text: str, today: date | None) -> date | None:
    """The day that `formats.day` writes so."""
    year = re.search(r"\d{4}", text)
    if year is not None and int(year[0]) >= _THIS_CENTURY:
        first = date(int(year[0]), 1, 1)
        days = [first + timedelta(days=after) for after in range(366)]
        return next((day for day in days if _bare(formats.day(day, date.min)) == _bare(text)), None)
    if today is None:
        return None
    days = [today + timedelta(days=after) for after in sorted(range(-_HALF_A_YEAR, _HALF_A_YEAR), key=abs)]
    return next((day for day in days if _bare(formats.day(day, day)) == _bare(text)), None)


def _bare(text: str) -> str:
    """Without what nobody types the same way twice."""
    return " ".join(text.casefold().replace(",", " ").replace(".", " ").split())
