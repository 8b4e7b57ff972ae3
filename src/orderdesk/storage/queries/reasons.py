"""Why a line is short: its place in the queue, who stands ahead of it, which step took its units, which parts a kit lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from orderdesk.domain.days import day_of
from orderdesk.domain.kept import KeptBy, kept_by
from orderdesk.domain.zones import zone_named
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.kept import KEPT_SINCE
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Loss:
    """The last step that took units of a line which are not all back."""

    units: int
    summary: str
    on: date


@dataclass(frozen=True, slots=True)
class Holder:
    """An order that wants what the line wants: how many units of it, and how many it holds; what they are kept `by`."""

    order_number: str
    customer: str
    held: int
    wanted: int
    by: KeptBy | None = None


@dataclass(frozen=True, slots=True)
class Holders:
    """The first few of some orders, and how many `more` there are; together they want so many `units` by so many `lines`."""

    named: tuple[Holder, ...] = ()
    more: int = 0
    lines: int = 0
    units: int = 0


_NOBODY = Holders()


@dataclass(frozen=True, slots=True)
class Why:
    """Why a line of the product `name` is short.

    It stands in the queue behind the orders `ahead`. Those of `keeping` stand behind it, with units that are theirs all the
    same. `lost` is None where it never had more; `lacking` are the parts of a kit that are too few for it. Of a kit, those ahead
    and keeping are the ones who take such parts, and their units are what they ordered, kits or parts.
    """

    name: str
    ahead: Holders
    keeping: Holders
    lost: Loss | None
    lacking: tuple[str, ...]

    @property
    def place(self) -> int:
        return self.ahead.lines + 1


_MOST_NAMED = 3
# Who else takes units of what a line takes, itself or in kits; and what it lacks: of a kit the parts of which those ahead of it, and
# those behind it whose units are firm, leave fewer than it waits for.
_TAKERS = """
WITH mine AS MATERIALIZED (
    SELECT l.id, coalesce(k.part_id, l.product_id) AS shelf, k.id AS part, coalesce(k.quantity, 1) AS needs, l.queue_key, l.position,
        l.backordered, l.allocated
    FROM json_each(:lines) j CROSS JOIN order_line l ON l.id = j.value
    LEFT JOIN kit_part k ON k.kit_id = l.product_id LEFT JOIN product p ON p.id = k.part_id WHERE k.id IS NULL OR p.tracked = 1
), taking AS MATERIALIZED (
    SELECT shelf, shelf AS product_id, 1 AS units FROM mine
    UNION SELECT m.shelf, k.kit_id, k.quantity FROM mine m JOIN kit_part k ON k.part_id = m.shelf
), taker AS MATERIALIZED (
    SELECT m.id, m.shelf, (r.queue_key, r.position, r.id) < (m.queue_key, m.position, m.id) AS is_ahead, r.order_id, r.id AS line,
        r.queue_key, t.units, r.wanted, r.allocated AS held, r.firm
    FROM taking t CROSS JOIN mine m ON m.shelf = t.shelf CROSS JOIN order_line r ON r.product_id = t.product_id
        AND r.eligible = 1 AND r.ordered > r.canceled + r.shipped AND r.wanted > 0 AND r.id <> m.id
), lacking AS MATERIALIZED (
    SELECT m.id, m.shelf, m.part FROM mine m JOIN product p ON p.id = m.shelf
    WHERE m.part IS NULL OR p.on_hand - m.allocated * m.needs - coalesce((
        SELECT sum(iif(r.is_ahead, r.held, min(r.firm, r.held)) * r.units) FROM taker r WHERE r.id = m.id AND r.shelf = m.shelf), 0) < m.backordered * m.needs
)"""
# By name, with the parts that a kit lacks.
_NAMES = f"""
{_TAKERS}
SELECT l.id, coalesce(nullif(l.sku, ''), l.title), coalesce(nullif(p.sku, ''), p.title)
FROM json_each(:lines) j CROSS JOIN order_line l ON l.id = j.value
LEFT JOIN lacking y ON y.id = l.id AND y.part IS NOT NULL LEFT JOIN product p ON p.id = y.shelf ORDER BY j.key, y.part
"""
# Those who take what it lacks: all who are ahead, and who is behind with firm units, also those that are not here and come to them
# next. In the queue for a kit each counts what it wants itself, once for all parts.
_RIVALS = f"""
{_TAKERS}, rival AS MATERIALIZED (
    SELECT DISTINCT r.id, r.is_ahead, r.order_id, r.line, r.queue_key, r.wanted * iif(y.part IS NULL, r.units, 1) AS wanted,
        r.held * iif(y.part IS NULL, r.units, 1) AS held, r.firm * iif(y.part IS NULL, r.units, 1) AS firm
    FROM lacking y JOIN taker r ON r.id = y.id AND r.shelf = y.shelf
), standing AS (
    SELECT id, is_ahead, order_id, min(queue_key) AS turn, count(DISTINCT line) AS lines, sum(wanted) AS wanted,
        sum(iif(is_ahead, held, min(firm, held))) AS held, max(iif(is_ahead, NULL, line)) AS kept_line
    FROM rival WHERE is_ahead OR firm > 0 GROUP BY id, is_ahead, order_id
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY id, is_ahead ORDER BY turn, order_id) AS rank, count(*) OVER everyone AS orders,
        sum(lines) OVER everyone AS all_lines, sum(wanted) OVER everyone AS all_wanted
    FROM standing WINDOW everyone AS (PARTITION BY id, is_ahead)
)
SELECT q.id, q.is_ahead, q.orders, q.all_lines, q.all_wanted, o.order_number, c.name, q.held, q.wanted,
    iif(q.is_ahead, NULL, {KEPT_SINCE.format(line="q.kept_line")})
FROM ranked q CROSS JOIN orders o ON o.id = q.order_id CROSS JOIN customer c ON c.id = o.customer_id
WHERE q.rank <= :most ORDER BY q.id, q.is_ahead, q.rank
"""
# The last step that took units which no later one has brought back in full; one that was undone has taken nothing.
_LOSSES = """
SELECT c.order_line_id, c.before - c.after, e.summary, e.at, (SELECT time_zone FROM shop)
FROM json_each(?) j CROSS JOIN allocation_change c ON c.id = (
    SELECT x.id FROM allocation_change x JOIN event y ON y.id = x.event_id
    WHERE x.order_line_id = j.value AND x.after < x.before AND y.undone_by IS NULL AND NOT EXISTS (
        SELECT 1 FROM allocation_change z WHERE z.order_line_id = x.order_line_id AND z.id > x.id AND z.after >= x.before)
    ORDER BY x.id DESC LIMIT 1)
CROSS JOIN event e ON e.id = c.event_id
"""


def reasons(view: View, line_ids: Sequence[int]) -> dict[int, Why]:
    """Why these lines are short, by id."""
    asked = as_json(list(line_ids))
    losses = {
        line: Loss(units, summary, day_of(parse_instant(at), zone_named(zone)))
        for line, units, summary, at, zone in view.all(_LOSSES, (asked,))
    }
    rivals = {
        standing: _holders(list(rows))
        for standing, rows in groupby(view.all(_RIVALS, {"lines": asked, "most": _MOST_NAMED}), key=itemgetter(0, 1))
    }
    found = {}
    for (line, name), rows in groupby(view.all(_NAMES, {"lines": asked}), key=itemgetter(0, 1)):
        lacking = tuple(part for _, _, part in rows if part)
        ahead, keeping = (rivals.get((line, is_ahead), _NOBODY) for is_ahead in (1, 0))
        found[line] = Why(name, ahead, keeping, losses.get(line), lacking)
    return found


def _holders(rows: Sequence[Sequence[Any]]) -> Holders:
    """Those of one standing; each row says of all of them how many orders, lines and units they are."""
    _, _, orders, lines, units, *_ = rows[0]
    named = tuple(Holder(number, name, held, wanted, kept_by(kind)) for *_, number, name, held, wanted, kind in rows)
    return Holders(named, orders - len(named), lines, units)
