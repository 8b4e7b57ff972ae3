"""Instants as they lie in the file."""

from __future__ import annotations

from datetime import UTC, datetime


def instant_text(instant: datetime) -> str:
    """An aware instant as UTC text that sorts in time: `2026-11-23T04:26:29Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_instant(stored: str) -> datetime:
    return datetime.fromisoformat(stored)
