"""The shop's day and hour; without a time zone, this machine's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from orderdesk.domain.days import day_of


def noon(day: date, time_zone: str | None) -> datetime:
    """Noon of a day where the shop is, as an instant."""
    return datetime.combine(day, time(12), ZoneInfo(time_zone) if time_zone else None).astimezone(UTC)


def local_day(instant: datetime, time_zone: str | None) -> date:
    """The day of an instant where the shop is."""
    return day_of(instant, ZoneInfo(time_zone) if time_zone else None)
