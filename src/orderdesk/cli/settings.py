"""KEY=VALUE words."""

from __future__ import annotations

from collections.abc import Sequence

from orderdesk.cli.context import UsageError


def pairs(settings: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """KEY=VALUE words as a dictionary. Raises UsageError for other words, and for keys that are not `known` or stand twice."""
    given: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or name not in known:
            raise UsageError(f"{setting!r} is no KEY=VALUE with one of the keys {', '.join(known)}.")
        if name in given:
            raise UsageError(f"{name} is given twice.")
        given[name] = value
    return given
