"""The figures of the shop as they stand: filled and backordered, how old, how fast told, and what causes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orderdesk.domain.days import day_of, last_weeks
from orderdesk.domain.figures import (
    Filling,
    FillRate,
    Notifying,
    Served,
    Share,
    Worth,
    by_age,
    fill_rate,
    filling,
    notifying,
    worth_of,
)
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.causes import Cause, causes
from orderdesk.storage.queries.coupon_figures import CouponFigures, coupon_figures
from orderdesk.storage.queries.episodes import episodes
from orderdesk.storage.queries.outcomes import Outcomes, outcomes
from orderdesk.storage.queries.shop import day_begins, shop_zone
from orderdesk.storage.queries.trends import WEEKS, Month, Week, months, weeks
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Figures:
    """`fill`: what orders placed in the time asked for were filled with at once, `open_fill` what those still open have now.

    What was short at first counts as short in `fill` whatever became of it; what was there and was canceled counts neither way.
    `ages` counts backordered lines by how long they wait (domain.figures.AGES); `value` is what they are worth, by currency.
    `products` and `suppliers` are those that cause most backorders of that time. `coupons` are all that were ever issued, by
    currency; `weeks` and `months` are the last ones, whatever time is asked for.
    """

    fill: FillRate
    open_fill: FillRate
    lines: int
    units: int
    orders: int
    value: tuple[Worth, ...]
    ages: tuple[int, ...]
    notifying: Notifying
    filling: Filling
    outcomes: Outcomes
    coupons: tuple[CouponFigures, ...]
    products: tuple[Cause, ...]
    suppliers: tuple[Cause, ...]
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]


# Fees and the like always count as there, and would flatter; a kit is there when its parts are.
_OF_STOCK = "l.product_id NOT IN (SELECT id FROM product WHERE tracked = 0 AND id NOT IN (SELECT kit_id FROM kit_part))"
# What was short at first stays short, however the wait ended: by a delivery, canceled, by a substitute, by the supplier directly.
# What was there and is canceled counts neither way, for it was never to be filled: units that were short are canceled first. What
# the shelf was never asked for, as the supplier sends it from the outset or it had left before, counts as filled. A line lowered
# to fewer units is judged as if it had never asked for more, and what stands in for another line asks for nothing new.
_AT_ONCE = "min(coalesce(l.filled_at_once, l.ordered), l.ordered - l.canceled)"
_ASKED = f"{_AT_ONCE} + min(coalesce(l.short_at_once, 0), l.ordered - {_AT_ONCE})"
_PLACED = f"""
FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
WHERE o.paid = 1 AND (l.filled_at_once IS NOT NULL OR l.pending = 0) AND l.stand_in IS NULL AND {_ASKED} > 0
AND {_OF_STOCK} AND {{since}}
"""
_FIRST_TIME = f"SELECT l.order_id, {_ASKED}, {_AT_ONCE} {_PLACED.format(since='o.placed_at >= :since')} ORDER BY l.order_id"
# By the Monday of the week that an order was placed in.
_BY_WEEK = f"""
SELECT date(o.placed_on, 'weekday 0', '-6 days'), sum({_AT_ONCE}), sum({_ASKED})
{_PLACED.format(since="o.placed_at >= date(:first, '-1 day') AND o.placed_on >= :first")} GROUP BY 1
"""
# Those paid for and not held; what was canceled is not to be filled.
_OPEN = f"""
SELECT l.order_id, l.ordered - l.canceled, l.shipped + l.allocated + l.drop_ship
FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
WHERE o.open_units > 0 AND o.paid = 1 AND o.hold = 0 AND l.ordered > l.canceled AND l.pending = 0 AND {_OF_STOCK}
ORDER BY l.order_id
"""
_SHORT = """
SELECT l.backordered, l.unit_price_minor, o.currency, o.backordered_since, o.id
FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.backordered > 0
"""


def fill_of(view: View, *, since: date | None) -> FillRate:
    """What orders placed since that day, or all of them, were filled with the first time that they asked."""
    return fill_rate(Served(*row) for row in view.all(_FIRST_TIME, {"since": day_begins(view, since)}))


def _fill_of_open(view: View) -> FillRate:
    """What there is for orders that are still open."""
    return fill_rate(Served(*row) for row in view.all(_OPEN))


def _filled_by_week(view: View, today: date) -> dict[date, Share]:
    """Units filled at once, by the Monday of their week."""
    rows = view.all(_BY_WEEK, {"first": last_weeks(today, WEEKS)[0].isoformat()})
    return {date.fromisoformat(monday): Share(filled, wanted) for monday, filled, wanted in rows}


def figures(view: View, *, now: datetime, since: date | None = None) -> Figures:
    """The figures as they are now; of orders placed, waits ended, letters told and coupons used since that day, or of all.

    What waits now counts whenever that began.
    """
    zone, (products, suppliers) = shop_zone(view), causes(view, since=since)
    today = day_of(now, zone)
    short, waits = view.all(_SHORT), episodes(view, since=since)
    days = [(today - day_of(parse_instant(row[3]), zone)).days for row in short if row[3]]
    return Figures(
        fill=fill_of(view, since=since),
        open_fill=_fill_of_open(view),
        lines=len(short),
        units=sum(row[0] for row in short),
        orders=len({row[4] for row in short}),
        value=_value(short),
        ages=by_age(max(0, day) for day in days),
        notifying=notifying(waits, now),
        filling=filling(waits),
        outcomes=outcomes(view, since=since),
        coupons=tuple(coupon_figures(view, today=today)),
        products=products,
        suppliers=suppliers,
        weeks=weeks(view, _filled_by_week(view, today), now=now),
        months=months(view, today=today),
    )


def _value(short: Sequence[Sequence[Any]]) -> tuple[Worth, ...]:
    """What is short, by currency."""
    prices: dict[str, list[int | None]] = defaultdict(list)
    for units, price, currency, *_ in short:
        prices[currency].append(None if price is None else units * price)
    return tuple(worth_of(currency, of_lines) for currency, of_lines in sorted(prices.items()))
