"""By when a customer has to be told of a backorder, and what it means if they stay silent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from orderdesk.domain.cases import AnswerKind
from orderdesk.domain.packs import Delay, Silence, standing
from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries.expected import expected_of_orders
from orderdesk.storage.queries.given import ANSWERED, GIVEN_ON, LAST_TOLD
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Deadline:
    """Before the customer is told: the last day to tell them, and what their silence will mean as things stand.

    After: the date they were given, what their silence means, and until when they may answer. `answer` is what they said
    to the letter they have, or that their time is over; their silence means nothing then. Who was given no date hears again by
    `update_on`.
    """

    tell_by: date | None
    given: date | None = None
    silence: Silence | None = None
    answer_by: date | None = None
    answer: AnswerKind | None = None
    update_on: date | None = None

    @property
    def tell_on(self) -> date | None:
        """The day to tell them by: of the backorder; once told, before the date they were given, or the day word was promised."""
        return self.tell_by or self.given or self.update_on

    @property
    def next_on(self) -> date | None:
        """The next day that counts: to tell them by; once told, that of their answer, the date they were given, or word of it."""
        return self.tell_by or min((day for day in (self.answer_by, self.given, self.update_on) if day is not None), default=None)

    def word_is_due(self, today: date) -> bool:
        """Whether they were promised word by now."""
        return self.update_on is not None and self.update_on <= today


_ORDERS = f"""
SELECT o.id, (SELECT country FROM shop), coalesce(nullif(o.ship_country, ''), c.country), o.placed_on, o.paid_on, o.ship_by, o.on_credit,
    o.told_at IS NOT NULL,
    (SELECT json_array({GIVEN_ON}, nl.silence, nl.answer_by,
        CASE WHEN count(nl.new_date) < count(*) THEN n.update_on END)
        FROM notice n JOIN notice_line nl ON nl.notice_id = n.id JOIN order_line l ON l.id = nl.order_line_id
        WHERE n.id = {LAST_TOLD} AND l.order_id = o.id),
    (SELECT a.kind FROM answer a WHERE a.order_id = o.id AND a.notice_id IS {ANSWERED} AND a.at >= o.backordered_since
        AND a.kind <> 'none' ORDER BY a.id DESC LIMIT 1)
FROM json_each(:orders) j CROSS JOIN orders o ON o.id = j.value JOIN customer c ON c.id = o.customer_id WHERE o.backordered_units > 0
"""


def deadlines(view: View, order_ids: Iterable[int], *, today: date) -> dict[int, Deadline]:
    """By order id; orders of which nothing is backordered are left out."""
    rows = view.all(_ORDERS, {"orders": as_json(list(order_ids))})
    new_dates = _new_dates(view, [row[0] for row in rows if not row[7]], today)
    return {
        order: _given(said, answer) if told else _to_tell(shop or "", buyer, _delay(facts, new_dates.get(order)))
        for order, shop, buyer, *facts, told, said, answer in rows
    }


def _new_dates(view: View, order_ids: list[int], today: date) -> Mapping[int, date | None]:
    """By order id, the day when all that is short will be there; None where that of one line is not known."""
    return {
        order: None if None in days else max(day for day in days if day is not None)
        for order, days in expected_of_orders(view, order_ids, today=today).items()
    }


def _delay(facts: list[Any], new_date: date | None) -> Delay:
    ordered, paid, promised, on_credit = facts
    ordered_on = date.fromisoformat(ordered)
    told_on = ordered_on
    return Delay(ordered_on, parse_day(promised), told_on, new_date, on_credit=bool(on_credit), paid_on=parse_day(paid))


def _to_tell(shop: str, buyer: str, delay: Delay) -> Deadline:
    found = standing(shop, buyer, delay)
    return Deadline(found.deadline, silence=found.silence)


def _given(said: str | None, answer: str | None) -> Deadline:
    given, silence, answer_by, update_on = json.loads(said) if said else [None] * 4
    if answer:
        return Deadline(None, parse_day(given), answer=AnswerKind(answer), update_on=parse_day(update_on))
    meant = Silence(silence) if silence else None
    return Deadline(None, parse_day(given), meant, parse_day(answer_by), update_on=parse_day(update_on))
