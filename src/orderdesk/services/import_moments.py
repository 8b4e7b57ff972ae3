"""When an order was placed, paid, canceled, from what a file prints."""

from __future__ import annotations

from datetime import date, datetime, time

from orderdesk.domain.orders import PaidStatus
from orderdesk.domain.shop import ShopProfile
from orderdesk.exchange.records import Moment, OrderRecord
from orderdesk.services.days import instant_of, local_day, start_of_day
from orderdesk.storage.instants import instant_text


def placed_moment(moment: Moment | None, profile: ShopProfile, now: datetime) -> tuple[str, str, str]:
    """(the shop's day, UTC instant that ranks it, the printed text). A day without a time ranks as its start."""
    if moment is None:
        return local_day(now, profile.time_zone).isoformat(), instant_text(now), ""
    return _day(moment, profile).isoformat(), _instant(moment, profile), moment.printed


def placed_day(moment: Moment | None, profile: ShopProfile) -> date | None:
    """The shop's day on which an order was placed, as far as the file says so."""
    return None if moment is None else _day(moment, profile)


def end_of(moment: Moment, profile: ShopProfile) -> str:
    """The UTC instant at which something ends: on a day without a time, its last second."""
    return instant_text(moment.at or instant_of(moment.on, moment.clock or time(23, 59, 59), profile.time_zone))


def is_paid(record: OrderRecord) -> bool:
    return record.paid_status in (PaidStatus.PAID, PaidStatus.REFUNDED) or (not record.paid_status and record.paid is not None)


def paid_moment(record: OrderRecord, profile: ShopProfile) -> tuple[str | None, str | None]:
    """(the shop's day, UTC instant) of payment; both None where only "paid" is known: then the order's own date ranks it."""
    if record.paid is None or not is_paid(record):
        return None, None
    return _day(record.paid, profile).isoformat(), _instant(record.paid, profile)


def canceled_on(record: OrderRecord, profile: ShopProfile, now: datetime) -> date | None:
    if not record.canceled:
        return None
    return _day(record.canceled_at, profile) if record.canceled_at else local_day(now, profile.time_zone)


def _day(moment: Moment, profile: ShopProfile) -> date:
    """The day where the shop is, which deadlines count from; a day without a time and offset is that day everywhere."""
    return local_day(moment.at, profile.time_zone) if moment.at else moment.on


def _instant(moment: Moment, profile: ShopProfile) -> str:
    """A time without an offset is one of the shop's own clock."""
    if moment.at is None and moment.clock is not None:
        return instant_text(instant_of(moment.on, moment.clock, profile.time_zone))
    return instant_text(moment.at or start_of_day(moment.on, profile.time_zone))
