"""What customers were told and that is due: their answer, the date that they were given, word of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from orderdesk.domain.days import later
from orderdesk.domain.packs import Silence
from orderdesk.storage.queries.deadlines import Deadline, deadlines
from orderdesk.storage.queries.given import LAST_TOLD, TO_HEAR
from orderdesk.storage.queries.orders import OrderRow, order_rows
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View

_DAYS_AHEAD = 3
# By a letter that names a day from today until then.
_NAMED_DAYS = f"""
WITH told AS MATERIALIZED (
    SELECT o.id, {LAST_TOLD} AS letter FROM orders o WHERE o.backordered_units > 0 AND NOT {TO_HEAR})
SELECT DISTINCT t.id FROM told t CROSS JOIN notice n ON n.id = t.letter
CROSS JOIN notice_line nl ON nl.notice_id = n.id CROSS JOIN order_line l ON l.id = nl.order_line_id AND l.order_id = t.id
WHERE nl.answer_by BETWEEN :today AND :until OR nl.new_date BETWEEN :today AND :until OR n.update_on BETWEEN :today AND :until
"""


@dataclass(frozen=True, slots=True)
class Due:
    """An order whose customer was told, and what is due."""

    order: OrderRow
    deadline: Deadline


def due_next(view: View, *, today: date, slipped: Sequence[int], shown: int) -> tuple[list[Due], int]:
    """The first orders of which a day comes within the next three that their customers were told, and how many there are.

    Those that their customers have to hear of anyway, as of the `slipped` ones, are left out.
    """
    until = later(today, _DAYS_AHEAD)
    asked = {"slipped": as_json(slipped), "today": today.isoformat(), "until": until.isoformat()}
    named = [order for (order,) in view.all(_NAMED_DAYS, asked)]
    found = deadlines(view, named, today=today) if named else {}
    days = {order: each.next_on for order, each in found.items() if each.next_on is not None and today <= each.next_on <= until}
    first = sorted(days, key=lambda order: (days[order], order))[:shown]
    return _rows(view, first, found, today), len(days)


def due_of(view: View, order_ids: Sequence[int], *, today: date) -> list[Due]:
    """These orders with what is due of each, in their order."""
    rows, found = order_rows(view, order_ids, today=today) if order_ids else [], deadlines(view, order_ids, today=today)
    return [Due(row, found.get(row.id) or _passed(row)) for row in rows]


def _passed(row: OrderRow) -> Deadline:
    """That of an order of which nothing waits any more."""
    return Deadline(None, silence=Silence.CANCELLATION, answer_by=row.silent_by)


def _rows(view: View, order_ids: Sequence[int], found: Mapping[int, Deadline], today: date) -> list[Due]:
    return [Due(row, found[row.id]) for row in order_rows(view, order_ids, today=today)] if order_ids else []
