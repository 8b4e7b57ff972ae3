"""When an order was placed, paid, canceled, from what a file prints."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from orderdesk.domain.orders import PaidStatus
from orderdesk.domain.shop import ShopProfile
from orderdesk.exchange.records import Moment, OrderRecord
from orderdesk.services.days import local_day, start_of_day
from orderdesk.storage.instants import instant_text


def placed_moment(moment: Moment | None, profile: ShopProfile, now: datetime) -> tuple[str, str, str]:
    """(day as printed, UTC instant that ranks it, the printed text). A day without a time ranks as its start."""
    if moment is None:
        return local_day(now, profile.time_zone).isoformat(), instant_text(now), ""
    at = instant_text(moment.at) if moment.at else instant_text(start_of_day(moment.on, profile.time_zone))
    return moment.on.isoformat(), at, moment.printed


def end_of(moment: Moment, profile: ShopProfile) -> str:
    """The UTC instant at which something ends: on a day without a time, its last second."""
    last = datetime.combine(moment.on, time(23, 59, 59), ZoneInfo(profile.time_zone))
    return instant_text(moment.at or last.astimezone(UTC))


def is_paid(record: OrderRecord) -> bool:
    return record.paid_status in (PaidStatus.PAID, PaidStatus.REFUNDED) or (not record.paid_status and record.paid is not None)


def paid_moment(record: OrderRecord, profile: ShopProfile) -> tuple[str | None, str | None]:
    """(day, UTC instant) of payment; the instant is None where only "paid" is known: then the order's own date ranks it."""
    if record.paid is None or not is_paid(record):
        return None, None
    at = instant_text(record.paid.at) if record.paid.at else instant_text(start_of_day(record.paid.on, profile.time_zone))
    return record.paid.on.isoformat(), at


def canceled_on(record: OrderRecord, profile: ShopProfile, now: datetime) -> date | None:
    if not record.canceled:
        return None
    return record.canceled_at.on if record.canceled_at else local_day(now, profile.time_zone)
