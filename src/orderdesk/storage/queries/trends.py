"""How weeks and months have gone: how fast customers were told, what goodwill cost and who came back."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from orderdesk.domain.days import day_of, last_months, last_weeks, start_of, week_of
from orderdesk.domain.figures import Episode, Notifying, Share, notifying
from orderdesk.domain.money import Money
from orderdesk.storage.instants import instant_text
from orderdesk.storage.queries.coupons import SPENT
from orderdesk.storage.queries.episodes import episodes
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View

WEEKS, MONTHS = 12, 6


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday: units of its orders that were filled at once, and how long those had waited who were told in it, or
    whose day to be told was over in it.
    """

    begins: date
    fill: Share
    told: Notifying


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day: what coupons used in it took off, by currency, and customers who ordered again.

    Each customer counts once, in the month of the first order after the first letter.
    """

    begins: date
    goodwill: tuple[Money, ...]
    kept: int


_GOODWILL = f"""
WITH month AS (SELECT key AS place, value AS begins FROM json_each(:begin))
SELECT (SELECT max(place) FROM month WHERE begins <= r.at), c.currency, -sum(r.amount_minor)
FROM {SPENT} r CROSS JOIN coupon c ON c.id = r.coupon_id
WHERE r.amount_minor IS NOT NULL AND r.at >= :begin ->> 0 GROUP BY 1, 2 ORDER BY 1, 2
"""
_KEPT = """
WITH told AS (
    SELECT customer_id, min(told_at) AS at FROM notice WHERE told_at IS NOT NULL AND voided_at IS NULL GROUP BY customer_id)
SELECT substr(again, 1, 7), count(*) FROM (
    SELECT min(o.placed_on) AS again FROM told t CROSS JOIN orders o ON o.customer_id = t.customer_id AND o.placed_at > t.at
    GROUP BY t.customer_id)
WHERE again >= :first GROUP BY 1
"""


def weeks(view: View, filled: dict[date, Share], *, now: datetime) -> tuple[Week, ...]:
    """The last weeks, with the units that were filled at once in them."""
    zone = shop_zone(view)
    begin = last_weeks(day_of(now, zone), WEEKS)
    told: dict[date, list[Episode]] = defaultdict(list)
    for each in episodes(view, since=begin[0]):
        at = each.judged_at(now)
        if at is not None:
            told[week_of(day_of(at, zone))].append(each)
    return tuple(Week(monday, filled.get(monday, Share(0, 0)), notifying(told[monday], now)) for monday in begin)


def months(view: View, *, today: date) -> tuple[Month, ...]:
    """The last months."""
    zone, begin = shop_zone(view), last_months(today, MONTHS)
    goodwill: dict[int, list[Money]] = defaultdict(list)
    for place, currency, minor in view.all(
        _GOODWILL, {"begin": json.dumps([instant_text(start_of(day, zone)) for day in begin])}
    ):
        goodwill[place].append(Money(minor, currency))
    kept = dict(view.all(_KEPT, {"first": begin[0].isoformat()}))
    return tuple(Month(day, tuple(goodwill[place]), kept.get(f"{day:%Y-%m}", 0)) for place, day in enumerate(begin))
