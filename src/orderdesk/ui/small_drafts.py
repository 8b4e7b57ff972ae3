"""Forms of a field or two: why an order is held, how many units, what the shelf holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from orderdesk.domain.errors import InvalidValueError
from orderdesk.services.drafts import Draft, Reader, read_units
from orderdesk.ui.forms import Field
from orderdesk.ui.words import marked


def read_some_units(draft: Draft, name: str, text: str) -> int:
    """A whole number of 1 or more."""
    units: int | None = read_units(draft, name, text)
    if not units:
        raise InvalidValueError(name, text, "a whole number of 1 or more")
    return units


@dataclass
class HoldDraft(Draft):
    """Why an order waits."""

    reason: str = ""


@dataclass
class UnitsDraft(Draft):
    """How many units."""

    quantity: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"quantity": read_some_units}


def read_count(draft: Draft, name: str, text: str) -> int:
    """A whole number of 0 or more."""
    units: int | None = read_units(draft, name, text)
    if units is None:
        raise InvalidValueError(name, text, "a whole number of 0 or more")
    return units


@dataclass
class CountDraft(Draft):
    """What the shelf holds, and why it differs."""

    quantity: str = ""
    reason: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"quantity": read_count}


HOLD_FIELDS = (Field("reason", marked("Why (only you see it)"), hint=marked("Address to be confirmed")),)
UNITS_FIELDS = (Field("quantity", marked("Units")),)
COUNT_FIELDS = (
    Field("quantity", marked("Units on the shelf")),
    Field("reason", marked("Why it differs"), hint=marked("Shelf count")),
)
