"""What there is to do now: whom to tell, what to ship, what runs low."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.orders import OrderRow, OrdersView, order_ids, order_rows
from orderdesk.storage.queries.products import ProductRow, ProductsView, product_counts, product_ids, product_rows
from orderdesk.storage.view import View

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ToldNext:
    """A customer who waits and was not told: all their backordered orders of one group of channels, one letter's worth.

    `notice_id` is set where the letter is made and only has to be printed.
    """

    customer_id: int
    customer: str
    order_ids: tuple[int, ...]
    order_numbers: tuple[str, ...]
    items: str
    units_short: int
    backordered_since: datetime
    notice_id: int | None

    def hours(self, now: datetime) -> int:
        """How long the backorder is known."""
        return max(0, int((now - self.backordered_since).total_seconds() // 3600))


@dataclass(frozen=True, slots=True)
class Today:
    """The lists are cut at 50; the counts are of all."""

    not_told: list[ToldNext]
    not_told_count: int
    ready: list[OrderRow]
    ready_count: int
    low: list[ProductRow]
    low_count: int
    uncounted: int


_NOT_TOLD = """
SELECT o.customer_id, c.name, group_concat(o.id), json_group_array(o.order_number), sum(o.backordered_units),
    coalesce(min(o.backordered_since), min(o.placed_at)), max(o.notice_id),
    (SELECT json_group_array(title) FROM (SELECT DISTINCT l.title FROM order_line l JOIN orders x ON x.id = l.order_id
        WHERE x.customer_id = o.customer_id AND x.told_at IS NULL AND l.backordered > 0 LIMIT 4))
FROM orders o JOIN customer c ON c.id = o.customer_id
WHERE o.backordered_units > 0 AND o.told_at IS NULL
GROUP BY o.customer_id, o.channel = 'amazon' ORDER BY 6, min(o.placed_at), o.customer_id
"""


def today(view: View, *, today: date) -> Today:
    """What there is to say now."""
    rows = view.all(_NOT_TOLD)
    ready = order_ids(view, OrdersView(filter="ready", sort=(("ship_by", False), ("placed", False))), today=today)
    low = product_ids(view, ProductsView(filter="low", sort=(("available", False),)))
    return Today(
        not_told=[_told_next(row) for row in rows[:_SHOWN]],
        not_told_count=len(rows),
        ready=order_rows(view, ready[:_SHOWN], today=today),
        ready_count=len(ready),
        low=product_rows(view, low[:_SHOWN]),
        low_count=len(low),
        uncounted=product_counts(view)["count_me"],
    )


def _told_next(row: tuple[object, ...]) -> ToldNext:
    customer_id, customer, ids, numbers, short, since, notice_id, titles = row
    names = json.loads(str(titles))
    return ToldNext(
        customer_id=int(str(customer_id)),
        customer=str(customer),
        order_ids=tuple(int(key) for key in str(ids).split(",")),
        order_numbers=tuple(json.loads(str(numbers))),
        items=", ".join(names[:3]) + (" …" if len(names) > 3 else ""),
        units_short=int(str(short)),
        backordered_since=parse_instant(str(since)),
        notice_id=None if notice_id is None else int(str(notice_id)),
    )
