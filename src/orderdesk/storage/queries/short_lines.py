"""Backordered lines with what their customers know of them, and what the seller has said by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from orderdesk.domain.cases import day_that_holds
from orderdesk.domain.products import never_arrives
from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.queries.given import DAY_TOLD, MORE_THAN_TOLD, READY_LINE, SAID_NEVER
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A backordered line: `quantity` units short, `expected_on` where incoming supply covers all of them.

    `said_never`: the letter about its order says that it never arrives; `more_than_told`: fewer of them than wait now, or nothing
    of it; `last_given` is its date in that letter, None for none, and `given_by_hand` says that the seller gave it, not the
    deliveries. `chosen_on` is the seller's own day for it: in the letter that lies ready about it, else the one given as long as it
    holds.
    """

    line_id: int
    order_id: int
    order_number: str
    placed_on: date
    promised_on: date | None
    currency: str
    sku: str
    title: str
    quantity: int
    unit_price_minor: int | None
    expected_on: date | None
    last_given: date | None = None
    discontinued: bool = False
    said_never: bool = False
    more_than_told: bool = False
    given_by_hand: bool = False
    chosen_on: date | None = None

    def never_arrives(self, new_date: date | None = None) -> bool:
        """Whether it will not come at all, unless the seller gives a date for it."""
        return new_date is None and never_arrives(self.discontinued, self.expected_on)


_LINES = f"""
SELECT l.id, o.id, o.order_number, o.placed_on, o.ship_by, o.currency, l.sku, l.title, l.backordered, l.unit_price_minor, l.product_id,
    {DAY_TOLD},
    (SELECT json_array(rl.chosen_on) {READY_LINE}), coalesce(p.discontinued, 0), {SAID_NEVER}, {MORE_THAN_TOLD}
FROM order_line l JOIN orders o ON o.id = l.order_id LEFT JOIN product p ON p.id = l.product_id
WHERE l.backordered > 0 AND o.id IN ({{places}}) ORDER BY o.placed_at, o.number_key, o.id, l.position
"""


def short_lines(view: View, order_ids: Sequence[int], today: date) -> list[ShortLine]:
    """What waits of these orders, the oldest order first."""
    rows = view.all(_LINES.format(places=", ".join("?" * len(order_ids))), order_ids)
    expected = expected_on(view, {row[10] for row in rows}, today=today)
    return [_short_line(row, expected.get(row[0]), today) for row in rows]


def _short_line(row: tuple[Any, ...], expected: date | None, today: date) -> ShortLine:
    line_id, order_id, number, placed_on, promised_on, currency, sku, title, short, price, _, told, ready, gone, never, more = row
    placed, promised = date.fromisoformat(placed_on), parse_day(promised_on)
    given, by_hand = map(parse_day, json.loads(told) if told else (None, None))
    chosen = parse_day(json.loads(ready)[0]) if ready else day_that_holds(by_hand, expected, today, chosen=True)
    line = ShortLine(line_id, order_id, number, placed, promised, currency, sku, title, short, price, expected)
    return replace(
        line,
        last_given=given,
        discontinued=bool(gone),
        said_never=bool(never),
        more_than_told=bool(more),
        given_by_hand=by_hand is not None,
        chosen_on=chosen,
    )
