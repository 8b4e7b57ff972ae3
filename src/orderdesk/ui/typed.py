"""Reading what a person types: a day as their desktop writes it, or year-month-day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale

from orderdesk.domain.errors import InvalidValueError
from orderdesk.ui.words import tr

_THIS_CENTURY = 2000


def read_typed_day(field: str, typed: str) -> date | None:
    """The day; None for nothing. Raises InvalidValueError."""
    text = typed.strip()
    if not text:
        return None
    written = QLocale().toDate(text, QLocale.FormatType.ShortFormat)
    if written.isValid() and written.year() >= _THIS_CENTURY:  # a short year is read as one of the last century
        return date(written.year(), written.month(), written.day())
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(field, text, tr("a day such as 2026-12-04")) from error
