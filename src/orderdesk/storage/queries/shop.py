"""The shop's own row."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, tzinfo

from orderdesk.domain.days import start_of
from orderdesk.domain.orders import QueuePolicy
from orderdesk.domain.shop import Paper, ShopProfile
from orderdesk.domain.zones import zone_named
from orderdesk.storage.instants import instant_text
from orderdesk.storage.view import View

_COLUMNS = [each.name for each in fields(ShopProfile)]


def shop_zone(view: View) -> tzinfo | None:
    """The shop's time zone: its calendar decides which day an instant belongs to. None is this machine's, until one is said."""
    return zone_named(view.value("SELECT time_zone FROM shop"))


def day_begins(view: View, day: date | None) -> str:
    """When a day begins where the shop is, as instants lie in the file; "", which is before all of them, without one."""
    return instant_text(start_of(day, shop_zone(view))) if day else ""


def shop_profile(view: View) -> ShopProfile | None:
    """The profile; None where the seller was never asked."""
    row = view.one(f"SELECT {', '.join(_COLUMNS)} FROM shop")
    if row is None:
        return None
    values = dict(zip(_COLUMNS, row, strict=True))
    read = {"paper": Paper(values["paper"]), "queue": QueuePolicy(values["queue"]), "reply_slip": bool(values["reply_slip"])}
    return ShopProfile(**values | read)


def profile_of(view: View) -> ShopProfile:
    """The profile; that of any new shop where the seller was never asked."""
    return shop_profile(view) or ShopProfile()
