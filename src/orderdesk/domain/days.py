"""Days: in words, for the sentences of the program itself, and counted, for deadlines."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo

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


def day_of(instant: datetime, zone: tzinfo | None) -> date:
    """The calendar day of an instant in a time zone; without one, in that of this machine."""
    return instant.astimezone(zone).date()


def start_of(day: date, zone: tzinfo | None) -> datetime:
    """The instant when a day begins in a time zone; without one, in that of this machine."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def later(day: date, days: int) -> date:
    """So many calendar days later."""
    return day + timedelta(days=days)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date) -> date:
    """The Monday of its week."""
    return later(day, -day.weekday())


def last_weeks(day: date, count: int) -> list[date]:
    """The Mondays of so many weeks, that of the day the last."""
    return [later(week_of(day), -7 * back) for back in reversed(range(count))]


def last_months(day: date, count: int) -> list[date]:
    """The first days of so many months, that of the day the last."""
    return [months_after(day.replace(day=1), -back) for back in reversed(range(count))]
