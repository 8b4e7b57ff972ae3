"""When backordered units can be sent: what is on order and what suppliers expect, given out as allocation will when it comes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from orderdesk.domain.allocation import Demand
from orderdesk.domain.layering import Delivery, Layers, expected_dates, expected_together
from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries.given import READY_LINE, SAID_NEVER
from orderdesk.storage.queries.kits import counted_units, kit_family
from orderdesk.storage.queries.purchases import UNDER_WAY
from orderdesk.storage.view import View

# What is to come: bought for a line, else for the shelf.
# What no purchase order accounts for is expected on the product's own day. A delivery counts from the day that it is unpacked.
# What a supplier has is no delivery, and a day without a number of units covers none. What should have come by now has no day.
_UNPACKED = "iif({0} >= :today, date({0}, coalesce((SELECT handling_days FROM shop), 0) || ' days'), NULL)"
_COMING = f"""
WITH asked AS (SELECT j.value AS id FROM json_each(:asked) j),
bought AS (
    SELECT b.product_id, b.order_line_id, b.quantity - b.received - b.canceled AS units, {_UNPACKED.format("o.expected_on")} AS day
    FROM asked a CROSS JOIN purchase_line b ON b.product_id = a.id JOIN purchase_order o ON o.id = b.purchase_order_id
    WHERE {UNDER_WAY}),
coming AS (
    SELECT day, product_id, units, order_line_id FROM bought
    UNION ALL
    SELECT {_UNPACKED.format("p.on_order_expected_on")}, p.id,
        p.on_order - coalesce((SELECT sum(units) FROM bought WHERE product_id = p.id), 0), NULL
    FROM asked a CROSS JOIN product p ON p.id = a.id WHERE p.on_order > 0
    UNION ALL
    SELECT {_UNPACKED.format("f.next_on")}, f.product_id, f.next_units, NULL
    FROM asked a CROSS JOIN supplier_product f ON f.product_id = a.id)
SELECT * FROM coming WHERE units > 0 AND day IS NOT NULL
"""
_LINES = """
SELECT l.product_id, l.id, l.wanted, l.firm, l.allocated FROM json_each(?) j
CROSS JOIN order_line l ON l.product_id = j.value AND l.eligible = 1 AND l.ordered > l.canceled + l.shipped
"""
_SHORT_BY_PRODUCT = f"{_LINES} WHERE l.backordered > 0 ORDER BY j.key, l.queue_key, l.position, l.id"
_QUEUE_OF_KITS = f"{_LINES} ORDER BY l.queue_key, l.position, l.id"
_SHELVES = "SELECT p.id, p.on_hand FROM json_each(?) j JOIN product p ON p.id = j.value WHERE p.tracked = 1"
_SOURCES = f"""
SELECT b.product_id, b.order_line_id, {_UNPACKED.format("o.expected_on")}, o.number, o.supplier, b.quantity - b.received - b.canceled
FROM json_each(:asked) j CROSS JOIN purchase_line b ON b.product_id = j.value JOIN purchase_order o ON o.id = b.purchase_order_id
WHERE {UNDER_WAY} ORDER BY o.expected_on IS NULL, o.expected_on, o.id
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
    """A purchase order that is under way, to whom, and when its units can be sent, None where that is not known.

    `bought`: units on it that are for this line alone.
    """

    number: str
    supplier: str
    expected_on: date | None
    bought: int


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
    coming = _coming(view, asked | family, today)
    alone = json.dumps(sorted(coming.keys() & (asked - family)))
    answers: dict[int, Coverage] = {}
    for product, rows in groupby(view.all(_SHORT_BY_PRODUCT, (alone,)), key=itemgetter(0)):
        queue = [Demand(*row) for _, *row in rows]
        answers |= _covered(queue, expected_dates(queue, coming[product]))
    return answers | _of_family(view, family, coming) if family & coming.keys() else answers


def sources(
    view: View, lines: Mapping[int, int], covered: Mapping[int, Coverage], *, today: date
) -> dict[int, tuple[Source, ...]]:
    """By line id, of lines with their product: the purchase orders for it, and those of the days that it is expected.

    Of what was bought for another line, those that bring more than it still needs then. `covered` is that of all lines.
    """
    asked = json.dumps(sorted(set(lines.values())))
    rows = view.all(_SOURCES, {"asked": asked, "today": today.isoformat()})
    gets = {(line, day.isoformat()): units for line, each in covered.items() for units, day in each.parts}
    bought = Counter[tuple[int | None, str | None]]()
    for _, line, day, *_, units in rows:
        bought[line, day] += units
    return {
        line: tuple(
            Source(number, supplier, parse_day(day), units if own == line else 0)
            for of, own, day, number, supplier, units in rows
            if of == product
            and (own == line or ((line, day) in gets and (own is None or bought[own, day] > gets.get((own, day), 0))))
        )
        for line, product in lines.items()
    }


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


def _coming(view: View, products: Iterable[int], today: date) -> dict[int, list[Delivery]]:
    """By product, what is to come on a day that is known."""
    found = defaultdict(list)
    for day, *delivery in view.all(_COMING, {"asked": json.dumps(sorted(products)), "today": today.isoformat()}):
        found[delivery[0]].append(Delivery(date.fromisoformat(day), *delivery))
    return found


def _of_family(view: View, family: set[int], coming: Mapping[int, Sequence[Delivery]]) -> dict[int, Coverage]:
    """Of kits and their parts, which are given out together."""
    asked = (json.dumps(sorted(family)),)
    parts = {product: dict(counted_units(view, product)) for product in family}
    queue = [(Demand(*row), parts[product]) for product, *row in view.all(_QUEUE_OF_KITS, asked)]
    deliveries = [delivery for product in family for delivery in coming.get(product, ())]
    shelves = dict(view.all(_SHELVES, asked))
    return _covered([demand for demand, _ in queue], expected_together(shelves, queue, deliveries))


def _covered(queue: Iterable[Demand], found: Iterable[Layers]) -> dict[int, Coverage]:
    """Without lines of which nothing is covered."""
    return {demand.line_id: Coverage(tuple(parts), rest) for demand, (parts, rest) in zip(queue, found, strict=True) if parts}
