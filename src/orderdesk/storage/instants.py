"""Instants and days as they lie in the file."""

from __future__ import annotations

from datetime import UTC, date, datetime


def instant_text(instant: datetime) -> str:
    """An aware instant as UTC text that sorts in time: `2026-11-23T04:26:29Z`."""
    return instant.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def parse_instant(stored: str) -> datetime:
    return datetime.fromisoformat(stored)


def parse_day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
