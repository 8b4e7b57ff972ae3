"""What customers who wait have answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class AnswerKind(StrEnum):
    """What a customer who was told of a delay wants; that they gave no answer yet, or none in time.

    What silence means is the country packs' business.
    """

    NONE = "none"
    SILENCE = "silence"
    AGREED = "agreed"
    CANCELED = "canceled"
    SUBSTITUTE = "substitute"


@dataclass(eq=False)
class CustomerAnswer:
    """An answer about an order that waits, in the customer's words where they are known; `notice_id` is the letter it is to.

    `open_ended`: they agreed when the date that the letter gives did not hold any more, so they wait until it comes.
    """

    order_id: int
    kind: AnswerKind
    at: datetime
    notice_id: int | None = None
    words: str = ""
    open_ended: bool = False
    id: int = field(init=False)


def has_slipped(
    given: date | None, expected: date | None, today: date, update_on: date | None = None, *, chosen: bool = False
) -> bool:
    """Whether the date that a customer was given for a line will not hold: it has passed, or what waits is `expected` later than
    that; or on no day any more, unless the seller has `chosen` the date.

    Who was given none was promised word by `update_on`.
    """
    if given is None:
        return update_on is not None and update_on <= today
    return given < today or (expected > given if expected is not None else not chosen)


def day_that_holds(given: date | None, expected: date | None, today: date, *, chosen: bool = False) -> date | None:
    """The date that a customer was given for a line, while it has not slipped."""
    return None if has_slipped(given, expected, today, chosen=chosen) else given
