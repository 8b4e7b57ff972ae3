"""Forms of a field or two: why an order is held, how many units, what the shelf holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from orderdesk.domain.cases import AnswerKind
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.notices import ToldBy
from orderdesk.services.draft_fields import Draft, Reader, read_required, read_some_units, read_units
from orderdesk.ui.forms import Field
from orderdesk.ui.typed import read_typed_day
from orderdesk.ui.words import marked, tr


@dataclass
class HoldDraft(Draft):
    """Why an order waits."""

    reason: str = ""


@dataclass
class ToldDraft(Draft):
    """How a customer was told."""

    by: str = ToldBy.PRINT.value


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
    reason: str = field(default_factory=lambda: tr("Shelf count"))

    READERS: ClassVar[Mapping[str, Reader]] = {"quantity": read_count, "reason": read_required}


def read_needed_day(_: Draft, name: str, text: str) -> date:
    """A day, as people type it."""
    day = read_typed_day(name, text)
    if day is None:
        raise InvalidValueError(name, text, tr("a day such as 2026-12-04"))
    return day


@dataclass
class NewDateDraft(Draft):
    """The date that a customer who was told has to hear of now."""

    new_date: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"new_date": read_needed_day}


@dataclass
class TrackingDraft(Draft):
    """By whom a parcel travels, and its number there."""

    carrier: str = ""
    tracking: str = ""


@dataclass
class AnswerDraft(Draft):
    """What a customer who waits wants, and how they put it; "none" where they gave no answer."""

    answer: str
    words: str = ""


@dataclass
class ReturnDraft(Draft):
    """How many units came back, whether they go on the shelf again, and what is sent in exchange, by SKU or title or chosen."""

    quantity: str = ""
    resalable: bool = True
    exchange: str = ""
    product_id: int | None = None

    READERS: ClassVar[Mapping[str, Reader]] = {"quantity": read_some_units}


@dataclass
class MergeDraft(Draft):
    """Which of two customers is kept, by id."""

    kept: str = ""


@dataclass
class NothingDraft(Draft):
    """A question that is answered by yes alone."""


NEW_DATE_FIELDS = (Field("new_date", marked("New date"), kind="day"),)
ANSWERS = (
    (AnswerKind.AGREED.value, marked("agrees to wait")),
    (AnswerKind.CANCELED.value, marked("cancels what is backordered")),
    (AnswerKind.NONE.value, marked("gave no answer")),
)
TOLD_BY = (
    (ToldBy.PRINT.value, marked("On paper")),
    (ToldBy.EMAIL.value, marked("By e-mail")),
    (ToldBy.MESSAGE.value, marked("By message")),
    (ToldBy.PHONE.value, marked("By phone")),
    (ToldBy.OTHER.value, marked("Otherwise")),
)
TOLD_FIELDS = (Field("by", marked("How the customer was told"), kind="choice", choices=TOLD_BY),)
TRACKING_FIELDS = (
    Field("tracking", marked("Tracking number, if it has one")),
    Field("carrier", marked("Carrier, if you want to note it")),
)
SUBSTITUTE_FIELDS = (
    Field("sku", marked("What they take instead, by SKU or title"), kind="product"),
    Field("quantity", marked("Units"), half=True),
    Field("unit_price", marked("Price"), kind="money", usual=marked("the lower"), half=True),
)
HOLD_FIELDS = (Field("reason", marked("Why (only you see it)"), example=marked("Address to be confirmed")),)
RETURN_FIELDS = (
    Field("quantity", marked("Units")),
    Field("resalable", marked("They can be sold again"), kind="check"),
    Field("exchange", marked("Send in exchange, if anything, by SKU or title"), kind="product"),
)
SUPPLIER_FIELDS = (
    Field("supplier", marked("Supplier"), kind="supplier"),
    Field("supplier_sku", marked("Supplier's SKU"), half=True),
    Field("lead_time_days", marked("Lead time in days"), half=True),
    Field("cost", marked("Cost"), kind="money", half=True),
    Field("currency", marked("Currency"), usual=marked("the usual"), half=True),
    Field("quantity", marked("Supplier has, if known")),
)
SOURCE_FIELDS = (
    Field("supplier", marked("Supplier"), kind="supplier"),
    Field("cost", marked("Cost"), kind="money", half=True),
    Field("expected_on", marked("Expected"), kind="day", half=True),
)
REFUND_FIELDS = (
    Field("amount", marked("Amount"), kind="money", half=True),
    Field("day", marked("Paid back on"), kind="day", usual=marked("today"), half=True),
    Field("how", marked("How"), example=marked("by card, through eBay")),
)
UNITS_FIELDS = (Field("quantity", marked("Units")),)
COUNT_FIELDS = (
    Field("quantity", marked("On hand")),
    Field("reason", marked("Why it differs")),
)


def answer_fields(can_wait: bool) -> tuple[Field, ...]:
    """What the customer may have answered; to wait where something can still come."""
    answers = [each for each in ANSWERS if can_wait or each[0] != AnswerKind.AGREED]
    return (
        Field("answer", marked("The customer"), kind="choice", choices=answers),
        Field("words", marked("In their words (only you see it)"), kind="long"),
    )
