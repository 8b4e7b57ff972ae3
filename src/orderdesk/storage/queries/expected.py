"""When backordered units can be sent: what is on order and what suppliers expect, laid over the queue; what was bought for a line
comes to it first, and what it does not need of that is for the queue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from orderdesk.domain.layering import Layers, expected_dates, expected_together
from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries.given import READY_LINE, SAID_NEVER
from orderdesk.storage.queries.kits import counted_units, kit_family
from orderdesk.storage.queries.purchases import UNDER_WAY
from orderdesk.storage.view import View

# The units short by line in the order of the queue, then what is to come: bought for a line, else for the shelf.
# What no purchase order accounts for is expected on the product's own day. A delivery counts from the day that it is unpacked.
# What a supplier has is no delivery, and a day without a number of units covers none. What should have come by now has no day.
_UNPACKED = "iif({0} >= :today, date({0}, coalesce((SELECT handling_days FROM shop), 0) || ' days'), NULL)"
_SHORT_AND_INCOMING = f"""
WITH asked AS (SELECT j.value AS id FROM json_each(:asked) j),
bought AS (
    SELECT b.product_id, b.order_line_id, b.quantity - b.received - b.canceled AS units, {_UNPACKED.format("o.expected_on")} AS day
    FROM asked a CROSS JOIN purchase_line b ON b.product_id = a.id JOIN purchase_order o ON o.id = b.purchase_order_id
    WHERE b.quantity > b.received + b.canceled AND o.sent_on IS NOT NULL AND o.canceled_on IS NULL)
SELECT 0 AS incoming, p.id, l.id AS line, l.backordered, NULL, l.queue_key, l.position
FROM asked a CROSS JOIN product p ON p.id = a.id
CROSS JOIN order_line l ON l.product_id = p.id AND l.eligible = 1 AND l.ordered > l.canceled + l.shipped
WHERE l.backordered > 0 AND (p.on_order > 0 OR EXISTS (
    SELECT 1 FROM supplier_product f WHERE f.product_id = p.id AND f.next_units > 0 AND f.next_on IS NOT NULL))
UNION ALL
SELECT 1, product_id, order_line_id, units, day, NULL, NULL FROM bought
UNION ALL
SELECT 1, p.id, NULL, p.on_order - coalesce((SELECT sum(units) FROM bought WHERE product_id = p.id), 0), {_UNPACKED.format("p.on_order_expected_on")}, NULL, NULL
FROM asked a CROSS JOIN product p ON p.id = a.id WHERE p.on_order > 0
UNION ALL
SELECT 1, f.product_id, NULL, f.next_units, {_UNPACKED.format("f.next_on")}, NULL, NULL
FROM asked a CROSS JOIN supplier_product f ON f.product_id = a.id WHERE f.next_units > 0 AND f.next_on IS NOT NULL
ORDER BY 1, 2, 6, 7, 3
"""
# `is_shared`: more of it, with what else was bought for the same line, is to come than that line is short of.
_SOURCES = f"""
SELECT b.product_id, b.order_line_id,
    b.order_line_id IS NULL OR sum(b.quantity - b.received - b.canceled) OVER (PARTITION BY b.order_line_id)
        > (SELECT backordered FROM order_line WHERE id = b.order_line_id) AS is_shared,
    {_UNPACKED.format("o.expected_on")}, o.number, o.supplier, b.quantity - b.received - b.canceled
FROM json_each(:asked) j CROSS JOIN purchase_line b ON b.product_id = j.value JOIN purchase_order o ON o.id = b.purchase_order_id
WHERE {UNDER_WAY} ORDER BY o.expected_on IS NULL, o.expected_on, o.id
"""
_IDLE = "SELECT p.id, p.on_hand - p.allocated FROM json_each(?) j JOIN product p ON p.id = j.value WHERE p.on_hand > p.allocated"
_QUEUE_OF_KITS = """
SELECT l.id, l.product_id, l.backordered FROM json_each(?) j
CROSS JOIN order_line l ON l.product_id = j.value AND l.eligible = 1 AND l.ordered > l.canceled + l.shipped
WHERE l.backordered > 0 ORDER BY l.queue_key, l.position, l.id
"""
_SHORT_OF_ORDERS = f"""
SELECT l.order_id, l.id, l.product_id, {SAID_NEVER}, (SELECT rl.chosen_on {READY_LINE} AND rl.chosen_on >= :today)
FROM json_each(:orders) j CROSS JOIN orders o ON o.id = j.value CROSS JOIN order_line l ON l.order_id = o.id WHERE l.backordered > 0
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How incoming supply covers a backordered line: so many units on each day, and how many it does not cover."""

    parts: tuple[tuple[int, date], ...]
    uncovered: int

    @property
    def on(self) -> date | None:
        """When all of them can be sent; None where some are not covered."""
        return None if self.uncovered else max((day for _, day in self.parts), default=None)


@dataclass(frozen=True, slots=True)
class Source:
    """A purchase order that is under way, and to whom; `bought`: units on it that are for this line alone."""

    number: str
    supplier: str
    bought: int = 0


def expected_on(view: View, product_ids: Iterable[int], *, today: date) -> dict[int, date]:
    """By line id, when all units short of a backordered line can be sent; lines not wholly covered are left out.

    That is the day on which the last of them comes in, and the days that the shop takes to pack.
    """
    return {line: found.on for line, found in coverage(view, product_ids, today=today).items() if found.on}


def coverage(view: View, product_ids: Iterable[int], *, today: date) -> dict[int, Coverage]:
    """By line id, how the backordered lines of these products are covered; lines of which nothing is are left out.

    Nobody knows when a delivery comes that should have been here before `today`: it covers nothing.
    """
    asked = set(product_ids)
    family = kit_family(view, asked)
    found = view.all(_SHORT_AND_INCOMING, {"asked": json.dumps(sorted(asked | family)), "today": today.isoformat()})
    own, free = _own_and_free(found)
    answers: dict[int, Coverage] = {}
    alone = (row for row in found if not row[0] and row[1] not in family)
    for product, rows in groupby(alone, key=itemgetter(1)):
        answers |= _of_product([(line, short) for _, _, line, short, *_ in rows], free.get(product, []), own)
    return answers | _of_family(view, family, free, own) if family else answers


def sources(view: View, lines: Mapping[int, tuple[int, Coverage | None]], *, today: date) -> dict[int, tuple[Source, ...]]:
    """By line id, of lines with product and coverage: the purchase orders for it, and those of the days that it is expected."""
    asked = json.dumps(sorted({product for product, _ in lines.values()}))
    rows = view.all(_SOURCES, {"asked": asked, "today": today.isoformat()})
    found = {}
    for line, (product, covered) in lines.items():
        days = {day.isoformat() for _, day in covered.parts} if covered else set()
        found[line] = tuple(
            dict.fromkeys(
                Source(number, supplier, units if line_id == line else 0)
                for product_id, line_id, is_shared, day, number, supplier, units in rows
                if product_id == product and (line_id == line or (is_shared and day in days))
            )
        )
    return found


def expected_of_orders(view: View, order_ids: Iterable[int], *, today: date) -> dict[int, list[date | None]]:
    """By order id, the day of each line that is short: the seller's in the letter that lies ready, else that of incoming supply,
    None where it does not cover it.

    What the order's letter says never arrives is left out, unless it does.
    """
    lines = view.all(_SHORT_OF_ORDERS, {"orders": json.dumps(list(order_ids)), "today": today.isoformat()})
    expected = expected_on(view, {product for _, _, product, *_ in lines}, today=today) if lines else {}
    found: dict[int, list[date | None]] = {}
    for order, line, _, said_never, chosen in lines:
        if chosen or line in expected or not said_never:
            found.setdefault(order, []).append(parse_day(chosen) or expected.get(line))
    return found


def _own_and_free(found: Iterable[Sequence[Any]]) -> tuple[dict[int, Layers], dict[int, list[tuple[date, int]]]]:
    """By line, what comes of the units bought for it, and by product, what comes for who is next in the queue.

    What a line does not need any more of what was bought for it is free.
    """
    coming: dict[tuple[int, int | None], list[tuple[date, int]]] = {}
    short: dict[int, int] = {}
    for is_coming, product, line, units, day, *_ in found:
        if not is_coming:
            short[line] = units
        elif units > 0 and day:
            coming.setdefault((product, line), []).append((date.fromisoformat(day), units))
    own: dict[int, Layers] = {}
    free: dict[int, list[tuple[date, int]]] = {}
    for (product, line), supply in coming.items():
        needs = 0 if line is None else short.get(line, 0)
        kept, (rest, _) = expected_dates([needs, sum(units for _, units in supply)], supply)
        free.setdefault(product, []).extend((day, units) for units, day in rest)
        if line is not None:
            own[line] = kept
    return own, free


def _of_family(
    view: View, family: set[int], free: dict[int, list[tuple[date, int]]], own: dict[int, Layers]
) -> dict[int, Coverage]:
    """The same for kits and their parts: units of a kit wait for the last of their parts, others may lie here."""
    asked = (json.dumps(sorted(family)),)
    idle = {product: [(date.min, units)] for product, units in view.all(_IDLE, asked)}
    supply = {product: [*idle.get(product, []), *free.get(product, [])] for product in family}
    queue = [(line, short, dict(counted_units(view, product))) for line, product, short in view.all(_QUEUE_OF_KITS, asked)]
    mine = {line: own.get(line, ([], short)) for line, short, _ in queue}
    return _covered(mine, expected_together([(mine[line][1], parts) for line, _, parts in queue], supply))


def _of_product(queue: list[tuple[int, int]], supply: list[tuple[date, int]], own: dict[int, Layers]) -> dict[int, Coverage]:
    mine = {line: own.get(line, ([], short)) for line, short in queue}
    return _covered(mine, expected_dates([rest for _, rest in mine.values()], supply))


def _covered(own: Mapping[int, Layers], shared: Sequence[Layers]) -> dict[int, Coverage]:
    """What comes for each line alone, and its share of the rest, in queue order; without lines of which nothing is covered."""
    return {
        line: Coverage((*bought, *parts), rest)
        for (line, (bought, _)), (parts, rest) in zip(own.items(), shared, strict=True)
        if bought or parts
    }
