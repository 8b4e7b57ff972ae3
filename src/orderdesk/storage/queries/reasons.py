"""Why a line is short: its place in the queue, who stands ahead of it, which step took its units, which parts a kit lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from orderdesk.domain.days import day_of
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Loss:
    """The last step that moved units of a line, where it lost some."""

    units: int
    summary: str
    on: date


@dataclass(frozen=True, slots=True)
class Why:
    """Why a line of the product `name` is short.

    It is at `place` of the queue (from 1), behind `units_ahead` wanted units, of which those of the order `first` come first.
    `lost` is None where it has been short since it came in; `lacking` are the parts of a kit that there are too few of.
    """

    name: str
    place: int
    units_ahead: int
    first: str
    lost: Loss | None
    lacking: tuple[str, ...]


# How many lines stand ahead of each line, how many units they want, and the order at the head.
_PLACES = """
SELECT mine.id, count(ahead.id), coalesce(sum(ahead.wanted), 0),
    (SELECT o.order_number || ' (' || c.name || ')' FROM order_line f JOIN orders o ON o.id = f.order_id JOIN customer c ON c.id = o.customer_id
     WHERE f.product_id = mine.product_id AND f.eligible = 1 AND f.ordered > f.canceled + f.shipped ORDER BY f.queue_key, f.position, f.id LIMIT 1),
    coalesce(nullif(mine.sku, ''), mine.title)
FROM json_each(?) j CROSS JOIN order_line mine ON mine.id = j.value
LEFT JOIN order_line ahead ON ahead.product_id = mine.product_id AND ahead.eligible = 1 AND ahead.ordered > ahead.canceled + ahead.shipped
    AND (ahead.queue_key, ahead.position, ahead.id) < (mine.queue_key, mine.position, mine.id)
GROUP BY mine.id
"""
_LOSSES = """
SELECT c.order_line_id, c.before - c.after, e.summary, e.at, coalesce((SELECT time_zone FROM shop), 'UTC')
FROM json_each(?) j CROSS JOIN allocation_change c ON c.order_line_id = j.value JOIN event e ON e.id = c.event_id
WHERE c.id = (SELECT max(id) FROM allocation_change WHERE order_line_id = j.value) AND c.after < c.before
"""
_LACKING = """
SELECT l.id, coalesce(nullif(part.sku, ''), part.title)
FROM json_each(?) j CROSS JOIN order_line l ON l.id = j.value CROSS JOIN kit_part k ON k.kit_id = l.product_id
JOIN product part ON part.id = k.part_id WHERE part.tracked = 1 AND part.on_hand - part.allocated < k.quantity ORDER BY l.id, k.id
"""


def reasons(view: View, line_ids: Sequence[int]) -> dict[int, Why]:
    """Why these lines are short, by id."""
    asked = (as_json(list(line_ids)),)
    losses = {
        line: Loss(units, summary, day_of(parse_instant(at), ZoneInfo(zone)))
        for line, units, summary, at, zone in view.all(_LOSSES, asked)
    }
    lacking: dict[int, tuple[str, ...]] = {}
    for line, part in view.all(_LACKING, asked):
        lacking[line] = (*lacking.get(line, ()), part)
    return {
        line: Why(name, ahead + 1, units, first or "", losses.get(line), lacking.get(line, ()))
        for line, ahead, units, first, name in view.all(_PLACES, asked)
    }
