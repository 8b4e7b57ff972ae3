"""Letters as they were recorded: what each says of its orders, and the coupon that it brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import money_or_none
from orderdesk.domain.notices import NoticeKind
from orderdesk.domain.order_numbers import told_apart
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries.given import GIVEN_ON
from orderdesk.storage.view import View

# Of the order of a line l in the letter nl: 0 where one of its lines can be waited for.
_LEAST_NEVER = (
    "SELECT min(x.never_arrives) FROM order_line y JOIN notice_line x ON x.order_line_id = y.id "
    "WHERE y.order_id = l.order_id AND x.notice_id = nl.notice_id"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a letter says of one order: the date promised, what silence means until when, by when the refund is sent.

    Beside lines that can be waited for, those that never arrive do not count.
    """

    new_date: date | None
    silence: str | None
    answer_by: date | None
    refund_by: date | None

    @property
    def is_refunded(self) -> bool:
        """Whether it leaves no choice: it came too late."""
        return self.silence is None and self.refund_by is not None


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter as recorded; `said` is per order number."""

    kind: str
    told_at: datetime | None
    customer: str
    order_numbers: tuple[str, ...]
    coupon_code: str | None
    offer: Offer | None
    valid_through: date | None
    said: tuple[Said, ...]

    @property
    def is_about_a_wait(self) -> bool:
        return NoticeKind(self.kind).is_about_a_wait


def made_letter(view: View, notice_id: int) -> MadeLetter:
    """What was recorded of a letter."""
    row = view.one(
        "SELECT n.kind, n.told_at, cu.name, c.code, c.kind, c.value_minor, c.rate, c.gift, c.currency, c.valid_through "
        "FROM notice n JOIN customer cu ON cu.id = n.customer_id LEFT JOIN coupon c ON c.notice_id = n.id WHERE n.id = ?",
        (notice_id,),
    )
    if row is None:
        raise NotFoundError("letter", f"with the number {notice_id}")
    kind, told_at, customer, code, offered, value, rate, gift, currency, valid_through = row
    offer = Offer(OfferKind(offered), money_or_none(value, currency), rate, gift) if code else None
    promised = view.all(
        f"SELECT o.channel, o.order_number, {GIVEN_ON}, nl.silence, nl.answer_by, nl.refund_by FROM notice_line nl "
        "JOIN order_line l ON l.id = nl.order_line_id JOIN orders o ON o.id = l.order_id "
        f"WHERE nl.notice_id = ? AND nl.never_arrives = ({_LEAST_NEVER}) GROUP BY o.id ORDER BY o.placed_at, o.number_key, o.id",
        (notice_id,),
    )
    said = tuple(Said(parse_day(row[2]), row[3], parse_day(row[4]), parse_day(row[5])) for row in promised)
    return MadeLetter(
        kind,
        parse_instant(told_at) if told_at else None,
        customer,
        told_apart(row[:2] for row in promised),
        code,
        offer,
        parse_day(valid_through),
        said,
    )
