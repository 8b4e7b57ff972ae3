"""The time zone in which a shop's days are counted."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from orderdesk.domain.errors import UnknownZoneError


def zone_named(name: str | None) -> ZoneInfo | None:
    """The zone of that IANA name; None, which is this machine's, without one. Raises UnknownZoneError."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZoneError(name or "") from error
