"""Days: in words, for the sentences of the program itself, and counted, for deadlines."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

# A year outside of these is mistyped.
FIRST_YEAR, LAST_YEAR = 1900, 2199
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
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


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant when a day begins in a time zone."""
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


def working_days_after(day: date, count: int) -> date:
    """The working day that many after `day`, which itself does not count: Monday to Friday without US federal holidays."""
    while count:
        day = later(day, 1)
        count -= is_working_day(day)
    return day


def working_day_by(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day = later(day, -1)
    return day


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no federal holiday of the United States (5 U.S.C. 6103)."""
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """The weekdays of the year on which US federal holidays are observed; next New Year's Day may be kept on December 31."""
    fixed = [date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    floating = [
        *(_nth(year, month, _MONDAY, nth) for month, nth in ((1, 3), (2, 3), (9, 1), (10, 2))),
        _nth(year, 11, _THURSDAY, 4),
        later(_nth(year, 6, _MONDAY, 1), -7),  # the last Monday of May
    ]
    observed = [_observed(day) for day in (*fixed, date(year + 1, 1, 1))]
    return frozenset(day for day in (*observed, *floating) if day.year == year)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return later(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _observed(day: date) -> date:
    """On a Saturday the Friday before is free, on a Sunday the Monday after."""
    return later(day, {_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))
