"""The shop's profile: its letterhead, currency, paper and time zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from zoneinfo import available_timezones

from babel.numbers import get_territory_currencies

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.shop import Paper, ShopProfile
from orderdesk.exchange.countries import country_code, is_country
from orderdesk.exchange.money_cells import is_currency
from orderdesk.services.letters import finish_letters
from orderdesk.services.ready_letters import keep_profile
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.pictures import keep_picture
from orderdesk.storage.queries.shop import shop_profile as _stored_profile
from orderdesk.storage.store import Store

_MOST_HANDLING_DAYS = 60

# Where Babel's tables are behind: Bulgaria has the euro since 2026.
_CURRENCIES = {"BG": "EUR"}
# The countries that use US Letter paper (CLDR paperSize).
_LETTER_PAPER = {"US", "CA", "MX", "CL", "CO", "CR", "GT", "NI", "PA", "PH", "PR", "SV", "VE", "BZ"}
_WINDOWS = {"GB": Paper.A4_UK}


def shop_profile(store: Store) -> ShopProfile | None:
    """The profile; None while the seller has not been asked for it."""
    with store.read() as view:
        return _stored_profile(view)


def proposed_profile(country: str, time_zone: str) -> ShopProfile:
    """Sensible defaults for a shop in that country, by its code or name."""
    country = country_code(country).upper()
    currency = _CURRENCIES.get(country) or next(iter(get_territory_currencies(country)), "USD")
    paper = Paper.LETTER if country in _LETTER_PAPER else _WINDOWS.get(country, Paper.A4)
    known_zone = time_zone if time_zone in available_timezones() else ""
    return ShopProfile(country=country, currency=currency, paper=paper, time_zone=known_zone)


def save_shop_profile(store: Store, profile: ShopProfile, *, pictures: Iterable[bytes] = (), now: datetime) -> Step:
    """Keep the profile, and the pictures it names that are new, in one step; letters that lie ready follow it.

    Raises InvalidValueError for a field that can't hold what it was given, and what `keep_profile` does.
    """
    require_sound(profile)
    with store.begin("shop", "Shop profile saved", now=now) as transaction:
        for content in pictures:
            keep_picture(transaction, content)
        keep_profile(transaction, profile)
    finish_letters(store)
    return step_of(transaction, "Shop profile saved")


def require_sound(profile: ShopProfile) -> None:
    """Raise InvalidValueError for the first field that can't be."""
    if not is_country(profile.country):
        raise InvalidValueError("country", profile.country, "a country, such as US or Germany")
    if not is_currency(profile.currency):
        raise InvalidValueError("currency", profile.currency, "a currency in use, by its three letters, such as USD")
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", profile.accent):
        raise InvalidValueError("accent", profile.accent, "a color such as #1F4F3C")
    if profile.time_zone and profile.time_zone not in available_timezones():
        raise InvalidValueError("time_zone", profile.time_zone, "a time zone such as Europe/Berlin")
    if not re.fullmatch(r"(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)?", profile.mail_host):
        raise InvalidValueError("mail_host", profile.mail_host, "a mail server's name alone, such as smtp.example.com")
    if not 0 <= profile.handling_days <= _MOST_HANDLING_DAYS:
        raise InvalidValueError("handling_days", str(profile.handling_days), f"0 to {_MOST_HANDLING_DAYS} days")
    if not 1 <= profile.mail_port <= 65_535:
        raise InvalidValueError("mail_port", str(profile.mail_port), "a port from 1 to 65535, mostly 587 or 465")
    for name in (each.name for each in fields(profile)):
        if len(str(getattr(profile, name))) > 200:
            raise InvalidValueError(name, str(getattr(profile, name))[:20] + "…", "at most 200 characters")
