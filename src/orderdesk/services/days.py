"""The shop's days and hours; without a time zone, this machine's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from orderdesk.domain.days import day_of, spelled_out, start_of
from orderdesk.domain.errors import InvalidValueError, RefusedError
from orderdesk.domain.zones import zone_named
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View

# Where an order was placed, the day may have begun that is to come where the shop is.
_AHEAD = timedelta(days=1)


def shop_day(view: View, instant: datetime) -> date:
    """The day of an instant where the shop is."""
    return day_of(instant, shop_zone(view))


def local_day(instant: datetime, time_zone: str | None) -> date:
    """The day of an instant in a time zone."""
    return day_of(instant, zone_named(time_zone))


@lru_cache(maxsize=4096)
def start_of_day(day: date, time_zone: str) -> datetime:
    """The start of a day, as an instant: a day without a time ranks as that."""
    return start_of(day, zone_named(time_zone))


def instant_of(day: date, clock: time, time_zone: str | None) -> datetime:
    """What a clock in the time zone shows on a day, as an instant."""
    return datetime.combine(day, clock, zone_named(time_zone)).astimezone(UTC)


def noon(day: date, time_zone: str | None) -> datetime:
    """Noon of a day, as an instant."""
    return instant_of(day, time(12), time_zone)


def require_not_future(field: str, day: date, today: date) -> None:
    """Raise InvalidValueError for a day that has not come yet, of what has happened."""
    if day > today:
        raise InvalidValueError(field, day.isoformat(), f"{today} or an earlier day")


def require_clock(today: date, happened: str, on: date) -> None:
    """Raise RefusedError where the clock stands before what has happened: what leaves the house then would be wrongly dated."""
    if on > today + _AHEAD:
        raise RefusedError(
            f"The clock says {spelled_out(today)}, but {happened} {spelled_out(on)}.", "Set the clock of this computer right."
        )


def require_not_past(field: str, day: date | None, today: date) -> None:
    """Raise InvalidValueError for a day on which nothing can come any more."""
    if day is not None and day < today:
        raise InvalidValueError(field, day.isoformat(), f"{today} or a later day")
