"""Dates as files print them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

from orderdesk.domain.days import FIRST_YEAR, LAST_YEAR
from orderdesk.exchange.records import Moment

A_DATE = f"a date such as 2026-03-09, from {FIRST_YEAR} to {LAST_YEAR}"

_TIME = r"(?:[T ]+(?P<time>[0-9].*))?"
_ISO = re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}}){_TIME}")
_MONTH_FIRST = re.compile(
    rf"(?P<name>[A-Za-z]{{3,9}})\.?[- ](?P<day>[0-9]{{1,2}})(?:-|, ?| )(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_DAY_FIRST = re.compile(rf"(?P<day>[0-9]{{1,2}})[- ](?P<name>[A-Za-z]{{3,9}})\.?[-, ]+(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}")
_IN_DIGITS = re.compile(
    rf"(?P<one>[0-9]{{1,2}})(?P<mark>[/.-])(?P<two>[0-9]{{1,2}})(?P=mark)(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)? ?(?P<offset>Z|UTC|GMT|[A-Z]{3,4}|[+-][0-9]{2}:?[0-9]{2})?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The zone names that United States marketplaces print, in hours from UTC.
_ZONES = {"PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CST": -6, "CDT": -5, "EST": -5, "EDT": -4, "Z": 0, "UTC": 0, "GMT": 0}


def read_moment(printed: str, order: Callable[[], str]) -> Moment:
    """The date, and the time, an instant where its offset stands there. ValueError for anything else.

    `order` answers "MDY" or "DMY"; it is asked only about dates in digits that are not ISO 8601.
    """
    match = _ISO.fullmatch(printed) or _MONTH_FIRST.fullmatch(printed) or _DAY_FIRST.fullmatch(printed)
    if match is not None:
        named = match.groupdict().get("name")
        day, month = int(match["day"]), _month(named) if named else int(match["month"])
    else:
        match = _IN_DIGITS.fullmatch(printed)
        if match is None:
            raise ValueError(printed)
        one, two = int(match["one"]), int(match["two"])
        day, month = (one, two) if match["mark"] == "." or order() == "DMY" else (two, one)
    on = date(_year(match["year"]), month, day)
    at, clock = _time(on, match["time"]) if match["time"] else (None, None)
    return Moment(on, at, printed, clock)


def day_and_month(printed: str) -> tuple[int, int] | None:
    """The first two numbers of a date in digits whose order must be known, else None."""
    match = _IN_DIGITS.fullmatch(printed)
    return None if match is None or match["mark"] == "." else (int(match["one"]), int(match["two"]))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _year(digits: str) -> int:
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(digits)
    return year


def _time(on: date, printed: str) -> tuple[datetime | None, time | None]:
    """The instant, or a time without an offset; neither where the zone has a name that says nothing certain."""
    match = _CLOCK.fullmatch(printed.strip())
    if match is None:
        raise ValueError(printed)
    hour = int(match["hour"])
    if half := match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(printed)
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    fraction = (match["fraction"] or "").ljust(6, "0")[:6]
    clock = time(hour, int(match["minute"]), int(match["second"] or 0), int(fraction))
    if match["offset"] is None:
        return None, clock
    zone = _zone(match["offset"])
    return None if zone is None else datetime.combine(on, clock, zone), None


def _zone(offset: str) -> timezone | None:
    """The offset's zone; None for a name that says nothing certain."""
    if offset[0] in "+-":
        minutes = int(offset[1:3]) * 60 + int(offset[-2:])
        return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
    hours = _ZONES.get(offset)
    if hours is None:
        return None
    return timezone(timedelta(hours=hours)) if hours else UTC
