"""The figures of the shop as they stand: filled and backordered, how old, how fast told, and what causes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from orderdesk.domain.figures import FillRate, Notifying, Served, by_age, fill_rate, notifying
from orderdesk.domain.money import Money
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.outcomes import Outcomes, outcomes
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View

_MOST_CAUSES = 10


@dataclass(frozen=True, slots=True)
class Cause:
    """A product or supplier with what it leaves short: units of so many lines."""

    name: str
    units: int
    lines: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`fill` is that of orders placed in the time asked for, `open_fill` that of those which are still open.

    `ages` counts backordered lines by how long they wait (domain.figures.AGES); `value` is what they are worth, by currency.
    """

    fill: FillRate
    open_fill: FillRate
    lines: int
    units: int
    orders: int
    value: tuple[Money, ...]
    ages: tuple[int, ...]
    notifying: Notifying
    outcomes: Outcomes
    products: tuple[Cause, ...]
    suppliers: tuple[Cause, ...]


# Orders that are paid for and not held; what was canceled was not to be filled.
_SERVED = """
SELECT o.open_units > 0, o.placed_at >= :since, l.order_id, l.ordered - l.canceled, l.shipped + l.allocated + l.drop_ship
FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
WHERE o.paid = 1 AND o.hold = 0 AND l.ordered > l.canceled AND l.pending = 0 ORDER BY l.order_id
"""
_SHORT = """
SELECT l.backordered, l.unit_price_minor, o.currency, o.backordered_since, o.id, coalesce(nullif(p.sku, ''), p.title), p.supplier
FROM order_line l JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id WHERE l.backordered > 0
"""
_TOLD = """
SELECT backordered_since, told_at FROM orders WHERE backordered_units > 0 AND backordered_since IS NOT NULL
"""


def fill_of(view: View, *, since: date) -> FillRate:
    """The fill rate of orders placed since that day."""
    return fill_rate(Served(*row[2:]) for row in view.all(_SERVED, {"since": since.isoformat()}) if row[1])


def figures(view: View, *, today: date, since: date | None = None) -> Figures:
    """The figures as of today; the fill rate is that of orders placed since that day, or of all."""
    zone = shop_zone(view)
    served = [(row[0], row[1], Served(*row[2:])) for row in view.all(_SERVED, {"since": since.isoformat() if since else ""})]
    short = view.all(_SHORT)
    told = [(parse_instant(began), parse_instant(when) if when else None) for began, when in view.all(_TOLD)]
    days = [(today - parse_instant(row[3]).astimezone(zone).date()).days for row in short if row[3]]
    return Figures(
        fill=fill_rate(line for _, is_wanted, line in served if is_wanted),
        open_fill=fill_rate(line for is_open, _, line in served if is_open),
        lines=len(short),
        units=sum(row[0] for row in short),
        orders=len({row[4] for row in short}),
        value=_value(short),
        ages=by_age(max(0, day) for day in days),
        notifying=notifying([when - began for began, when in told if when is not None], sum(when is None for _, when in told)),
        outcomes=outcomes(view, since=since),
        products=_causes([(row[5], row[0]) for row in short]),
        suppliers=_causes([(row[6], row[0]) for row in short if row[6]]),
    )


def _value(short: Sequence[Sequence[object]]) -> tuple[Money, ...]:
    """What is short, by currency; lines without a price are left out."""
    sums: dict[str, int] = {}
    for units, price, currency, *_ in short:
        if isinstance(price, int) and isinstance(units, int):
            sums[str(currency)] = sums.get(str(currency), 0) + units * price
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def _causes(short: Sequence[tuple[str, int]]) -> tuple[Cause, ...]:
    """Those that leave most units short, the worst first."""
    units: dict[str, int] = {}
    lines: dict[str, int] = {}
    for name, count in short:
        units[name] = units.get(name, 0) + count
        lines[name] = lines.get(name, 0) + 1
    worst = sorted(units, key=lambda name: (-units[name], name))
    return tuple(Cause(name, units[name], lines[name]) for name in worst[:_MOST_CAUSES])
