"""The figures of the shop as they stand: filled and backordered, how old, how fast told, and what causes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from orderdesk.domain.days import day_of, last_weeks
from orderdesk.domain.figures import Filling, FillRate, Notifying, Served, Share, by_age, fill_rate, filling, notifying
from orderdesk.domain.money import Money
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

    `ages` counts backordered lines by how long they wait (domain.figures.AGES); `value` is what they are worth, by currency.
    `products` and `suppliers` are those that cause most backorders of that time. `coupons` are all that were ever issued, by currency; `weeks` and `months` are the last ones, whatever time is asked for.
    """

    fill: FillRate
    open_fill: FillRate
    lines: int
    units: int
    orders: int
    value: tuple[Money, ...]
    ages: tuple[int, ...]
    notifying: Notifying
    filling: Filling
    outcomes: Outcomes
    coupons: tuple[CouponFigures, ...]
    products: tuple[Cause, ...]
    suppliers: tuple[Cause, ...]
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]


# Orders that are paid for and not held; what was canceled was not to be filled.
_COUNTED = """
FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
LEFT JOIN allocation_change c ON c.id = (SELECT min(id) FROM allocation_change WHERE order_line_id = l.id)
LEFT JOIN event e ON e.id = c.event_id
WHERE o.paid = 1 AND o.hold = 0 AND l.ordered > l.canceled AND l.pending = 0 AND {which}
"""
_SERVED = f"SELECT l.order_id, l.ordered - l.canceled, {{filled}} {_COUNTED} ORDER BY l.order_id"
_NOW = "l.shipped + l.allocated + l.drop_ship"
# What a line got when it asked: what it had before its allocation first moved, with what had left by then. Where it moved because
# the line itself did (it was paid, released, counted, asked for more), what it had then.
_AT_ONCE = f"""
CASE WHEN c.id IS NULL THEN {_NOW} ELSE min(l.ordered - l.canceled, l.drop_ship + iif(EXISTS (
    SELECT 1 FROM row_change r WHERE r.event_id = c.event_id AND (
        r.table_name = 'orders' AND r.row_id = l.order_id AND (r.before ->> 'paid' = 0 OR r.before ->> 'hold' = 1)
        OR r.table_name = 'order_line' AND r.row_id = l.id AND r.before ->> 'ordered' <> l.ordered
        OR r.table_name = 'product' AND r.row_id = l.product_id AND r.before ->> 'stock_known' = 0)), c.after, c.before)
    + coalesce((SELECT sum(u.quantity) FROM shipment_line u JOIN shipment s ON s.id = u.shipment_id
        WHERE u.order_line_id = l.id AND s.at < e.at), 0)) END
"""
# By the Monday of the week that an order was placed in.
_BY_WEEK = f"""
SELECT date(o.placed_on, 'weekday 0', '-6 days'), sum({_AT_ONCE}), sum(l.ordered - l.canceled)
{_COUNTED.format(which="o.placed_at >= date(:first, '-1 day') AND o.placed_on >= :first")} GROUP BY 1
"""
_SHORT = """
SELECT l.backordered, l.unit_price_minor, o.currency, o.backordered_since, o.id
FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.backordered > 0
"""


def fill_of(view: View, *, since: date | None) -> FillRate:
    """What orders placed since that day, or all of them, were filled with at once."""
    asked = {"since": day_begins(view, since)}
    return fill_rate(Served(*row) for row in view.all(_SERVED.format(filled=_AT_ONCE, which="o.placed_at >= :since"), asked))


def _fill_of_open(view: View) -> FillRate:
    """What there is for orders that are still open."""
    return fill_rate(Served(*row) for row in view.all(_SERVED.format(filled=_NOW, which="o.open_units > 0")))


def _filled_by_week(view: View, today: date) -> dict[date, Share]:
    """Units filled at once, by the Monday of their week."""
    rows = view.all(_BY_WEEK, {"first": last_weeks(today, WEEKS)[0].isoformat()})
    return {date.fromisoformat(monday): Share(filled, wanted) for monday, filled, wanted in rows}


def figures(view: View, *, today: date, since: date | None = None) -> Figures:
    """The figures as of today; the fill rate is that of orders placed since that day, or of all."""
    zone, (products, suppliers) = shop_zone(view), causes(view, since=since)
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
        notifying=notifying(waits),
        filling=filling(waits),
        outcomes=outcomes(view, since=since),
        coupons=tuple(coupon_figures(view, today=today)),
        products=products,
        suppliers=suppliers,
        weeks=weeks(view, _filled_by_week(view, today), today=today),
        months=months(view, today=today),
    )


def _value(short: Sequence[Sequence[object]]) -> tuple[Money, ...]:
    """What is short, by currency; lines without a price are left out."""
    sums: dict[str, int] = {}
    for units, price, currency, *_ in short:
        if isinstance(price, int) and isinstance(units, int):
            sums[str(currency)] = sums.get(str(currency), 0) + units * price
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
