"""By when a customer has to be told of a backorder, and what it means if they stay silent."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from orderdesk.domain.packs import Delay, standing
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Deadline:
    """Before the customer is told: the last day to tell them.

    After: the date they were given, what their silence means, and until when they may answer.
    """

    tell_by: date | None
    given: date | None = None
    silence: str | None = None
    answer_by: date | None = None

    @property
    def next_on(self) -> date | None:
        """The next day that counts."""
        return self.tell_by or self.answer_by


_ORDERS = """
SELECT o.id, (SELECT country FROM shop), coalesce(nullif(o.ship_country, ''), c.country), coalesce(o.paid_on, o.placed_on), o.ship_by,
    o.told_at IS NOT NULL,
    (SELECT json_array(max(nl.new_date), nl.silence, nl.answer_by) FROM order_line l
        JOIN notice_line nl ON nl.order_line_id = l.id WHERE l.order_id = o.id AND nl.notice_id = o.notice_id)
FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value JOIN customer c ON c.id = o.customer_id WHERE o.backordered_units > 0
"""


def deadlines(view: View, order_ids: Iterable[int]) -> dict[int, Deadline]:
    """By order id; orders of which nothing is backordered are left out."""
    return {row[0]: _deadline(*row[1:]) for row in view.all(_ORDERS, (as_json(list(order_ids)),))}


def _deadline(shop: str | None, buyer: str, ordered: str, promised: str | None, told: int, said: str | None) -> Deadline:
    if told:
        given, silence, answer_by = json.loads(said) if said else (None, None, None)
        return Deadline(None, _day(given), silence, _day(answer_by))
    ordered_on = date.fromisoformat(ordered)
    delay = Delay(ordered_on, _day(promised), told_on=ordered_on, new_date=None)
    return Deadline(standing(shop or "", buyer, delay).deadline)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
