"""Working days, as a country's public holidays leave them.

Known are those that are kept all over the country, of the United States (5 U.S.C. 6103), of Germany (the nine that the laws of
all its states have, as of 2026) and of England and Wales in the United Kingdom (Banking and Financial Dealings Act 1971,
schedule 1, with the days proclaimed under it, as of 2026). Elsewhere only Saturdays and Sundays are free.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from orderdesk.domain.days import later

_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6


def working_days_after(day: date, count: int, country: str) -> date:
    """The working day of a country (two letters) that many after `day`, which itself does not count."""
    while count:
        day = later(day, 1)
        count -= is_working_day(day, country)
    return day


def working_day_by(day: date, country: str) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day, country):
        day = later(day, -1)
    return day


def is_working_day(day: date, country: str) -> bool:
    """Monday to Friday, and no public holiday of the country."""
    return day.weekday() < _SATURDAY and day not in public_holidays(country.upper(), day.year)


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of the country that fall, or are kept, in the year."""
    known = {"US": _united_states, "DE": _germany, "GB": _england_and_wales}.get(country)
    return frozenset(known(year)) if known else frozenset()


def _united_states(year: int) -> Iterable[date]:
    """A Saturday's is kept on the Friday before, the next New Year's Day so on December 31; a Sunday's on the Monday."""
    fixed = [date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    kept = [later(day, {_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0)) for day in (*fixed, date(year + 1, 1, 1))]
    mondays = [_nth(year, month, _MONDAY, nth) for month, nth in ((1, 3), (2, 3), (9, 1), (10, 2))]
    return (*(day for day in kept if day.year == year), *mondays, _last_monday_of_may(year), _nth(year, 11, _THURSDAY, 4))


def _germany(year: int) -> Iterable[date]:
    """New Year's Day, May 1, the Day of German Unity, Christmas and the day after; Good Friday, Easter Monday, Ascension Day and
    Whit Monday.
    """
    fixed = [date(year, month, day) for month, day in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))]
    return (*fixed, *(later(_easter(year), days) for days in (-2, 1, 39, 50)))


def _england_and_wales(year: int) -> Iterable[date]:
    """New Year's Day, Christmas Day and Boxing Day, or the next day that is free for them; Good Friday and Easter Monday; the
    first Monday of May, and the last of May and August.
    """
    last_of_august = later(_nth(year, 9, _MONDAY, 1), -7)
    found = [later(_easter(year), days) for days in (-2, 1)]
    found += [_nth(year, 5, _MONDAY, 1), _last_monday_of_may(year), last_of_august]
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        kept = (later(fixed, days) for days in range(7))
        found.append(next(day for day in kept if day.weekday() < _SATURDAY and day not in found))
    return found


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian calendar: the method of Meeus, Jones and Butcher (Astronomical Algorithms, chapter 8)."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    month, day = divmod(moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


def _last_monday_of_may(year: int) -> date:
    return later(_nth(year, 6, _MONDAY, 1), -7)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return later(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
