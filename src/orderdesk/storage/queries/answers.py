"""What customers who wait have answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from orderdesk.domain.cases import AnswerKind
from orderdesk.domain.days import day_of
from orderdesk.domain.products import never_arrives
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.queries.given import ANSWERED
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View

_SHORT = f"""
SELECT l.id, l.product_id, p.discontinued, (SELECT nl.new_date FROM notice_line nl WHERE nl.order_line_id = l.id AND nl.notice_id = {ANSWERED})
FROM orders o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id WHERE o.id = ? AND l.backordered > 0
"""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer as recorded; `words` are the customer's own, "" where they are not known."""

    kind: AnswerKind
    words: str
    at: datetime
    given_on: date


def answers_of_order(view: View, order_id: int) -> list[AnswerRow]:
    """The answers about an order, newest first."""
    rows = view.all("SELECT kind, words, at FROM answer WHERE order_id = ? ORDER BY id DESC", (order_id,))
    zone = shop_zone(view)
    return [AnswerRow(AnswerKind(kind), words, at := parse_instant(stored), day_of(at, zone)) for kind, words, stored in rows]


def letter_answered(view: View, order_id: int) -> int | None:
    """The letter that an answer about the order is to; None where there is none."""
    found = view.value(f"SELECT {ANSWERED} FROM orders o WHERE o.id = ?", (order_id,))
    return None if found is None else int(found)


def can_be_waited_for(view: View, order_id: int, *, today: date) -> bool:
    """Whether what the order is short of can still come: of discontinued products what is on the way, or has its day."""
    rows = view.all(_SHORT, (order_id,))
    expected = expected_on(view, {row[1] for row in rows}, today=today)
    return any(not never_arrives(bool(gone), parse_day(given) or expected.get(line)) for line, _, gone, given in rows)
