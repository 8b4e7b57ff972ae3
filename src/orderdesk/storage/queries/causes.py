"""Which products and suppliers leave orders short most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orderdesk.storage.queries.episodes import ENDED
from orderdesk.storage.queries.shop import day_begins
from orderdesk.storage.view import View

_MOST_CAUSES = 10


@dataclass(frozen=True, slots=True)
class Cause:
    """A product or supplier with what it has left short: so many `backorders` of lines in the time asked for.

    `units` of so many `lines` are short now. A supplier has no `sku`.
    """

    name: str
    sku: str
    backorders: int
    units: int
    lines: int


# The step that a wait began with: the last before which the order did not wait.
_BEGAN = """(SELECT n.event_id FROM row_change n JOIN event b ON b.id = n.event_id AND b.kind NOT IN ('undo', 'redo')
    WHERE n.table_name = 'orders' AND n.row_id = {order} AND n.before ->> 'backordered_since' IS NULL{earlier} ORDER BY n.id DESC LIMIT 1)"""


def _moved(how: str) -> str:
    """Whether a step that stands moved units of the line `l` in such a way, `a` from `before` to `after` in the step `g`."""
    return (
        "EXISTS (SELECT 1 FROM allocation_change a JOIN event g ON g.id = a.event_id "
        f"WHERE a.order_line_id = l.id AND g.kind <> 'undo' AND g.undone_by IS NULL AND {how})"
    )


# What was pending, or was asked for later and was there, gains units as well; it was never short.
_EVER_SHORT = f"(l.short_at_once > 0 OR {_moved('a.after < a.before')})"
# Short from its first day on and not filled by the time the wait began, or it lost units since.
_WAS_SHORT = f"""(l.short_at_once > 0 AND NOT {_moved("a.after > a.before AND g.id < t.began")}
    OR {_moved("a.after < a.before AND g.id >= t.began")})"""
# What was short of an order while it waited: lines that gained units then, or whose end ended the wait, and those short now.
_BACKORDERS = f"""
WITH episode AS MATERIALIZED (
    SELECT r.row_id AS order_id, {_BEGAN.format(order="r.row_id", earlier=" AND n.id < r.id")} AS began, e.id AS event_id, e.kind {ENDED}
    UNION ALL SELECT o.id, {_BEGAN.format(order="o.id", earlier="")}, NULL, NULL FROM orders o
    WHERE o.backordered_units > 0 AND o.backordered_since IS NOT NULL)
SELECT p.title, p.sku, p.supplier, count(*), sum(iif(t.event_id IS NULL, l.backordered, 0)), sum(t.event_id IS NULL AND l.backordered > 0)
FROM episode t CROSS JOIN order_line l ON l.order_id = t.order_id CROSS JOIN product p ON p.id = l.product_id
WHERE t.event_id IS NULL AND l.backordered > 0
    OR {_moved("a.after > a.before AND g.id > t.began AND (t.event_id IS NULL OR g.id <= t.event_id)")} AND {_EVER_SHORT}
    OR EXISTS (SELECT 1 FROM row_change b WHERE b.event_id = t.event_id AND b.table_name = 'order_line' AND b.row_id = l.id
        AND (l.canceled > b.before ->> 'canceled' OR l.ordered < b.before ->> 'ordered' OR t.kind IN ('drop_ship', 'import'))) AND {_WAS_SHORT}
GROUP BY p.id
"""


def causes(view: View, *, since: date | None = None) -> tuple[tuple[Cause, ...], tuple[Cause, ...]]:
    """The products and the suppliers of backorders that have ended since that day, or ever, and of those that last."""
    rows = view.all(_BACKORDERS, {"since": day_begins(view, since)})
    return _worst([((title, sku), row) for title, sku, _, *row in rows]), _worst(
        [((by, ""), row) for _, _, by, *row in rows if by]
    )


def _worst(found: Sequence[tuple[tuple[str, str], Sequence[Any]]]) -> tuple[Cause, ...]:
    """The sums of each name and SKU, those first that left lines short most often."""
    sums: dict[tuple[str, str], Counter[str]] = {}
    for named, (backorders, units, lines) in found:
        sums.setdefault(named, Counter()).update(backorders=backorders, units=units, lines=lines)
    all_of_them = [Cause(*named, each["backorders"], each["units"], each["lines"]) for named, each in sums.items()]
    return tuple(sorted(all_of_them, key=lambda each: (-each.backorders, -each.units, each.name, each.sku))[:_MOST_CAUSES])
