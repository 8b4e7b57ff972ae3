"""What there is to do now: whom to tell, what to ship, what runs low."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from orderdesk.domain.days import day_of
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.deadlines import Deadline, deadlines
from orderdesk.storage.queries.listings import ListingRow, ListingsView, listings_shown
from orderdesk.storage.queries.orders import OrderRow, OrdersView, order_ids, order_rows
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.queries.products import ProductRow, ProductsView, product_ids, product_rows
from orderdesk.storage.queries.refunds import PromisedRefund, promised_refunds
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.queries.slipped import slipped_orders
from orderdesk.storage.queries.unblocking import Unblocked, unblocked
from orderdesk.storage.view import View

_SHOWN = 50
_NAMED = 3


@dataclass(frozen=True, slots=True)
class ToldNext:
    """A customer who waits and was not told, or whose date has slipped: all such orders of one group of channels, one letter's worth.

    `notice_id` is set where the letter is made, speaks of just these lines, and only has to be printed. `deadline` is
    the first one among the orders.
    """

    customer_id: int
    customer: str
    order_ids: tuple[int, ...]
    order_numbers: tuple[str, ...]
    items: str
    units_short: int
    backordered_since: datetime
    waiting_days: int
    notice_id: int | None
    slipped: bool
    deadline: Deadline

    def hours(self, now: datetime) -> int:
        """How long the backorder is known."""
        return max(0, int((now - self.backordered_since).total_seconds() // 3600))


@dataclass(frozen=True, slots=True)
class Today:
    """The lists are cut at 50; the counts are of all. `offered` are listings that may sell what isn't there.

    `unanswered`: orders whose customers were told that without an answer what waits is canceled, and did not give one in time;
    `unblocked` those that could leave with units of orders that wait to be complete; `refunds` are promised and not paid back.
    """

    not_told: list[ToldNext]
    not_told_count: int
    offered: list[ListingRow]
    offered_count: int
    unanswered: list[OrderRow]
    unanswered_count: int
    unblocked: list[Unblocked]
    refunds: list[PromisedRefund]
    ready: list[OrderRow]
    ready_count: int
    low: list[ProductRow]
    low_count: int
    uncounted: int


# Titles and letters are looked up for the groups that are shown, not for all.
_NOT_TOLD = """
WITH waiting AS (
    SELECT id, customer_id, channel = 'amazon' AS on_amazon, order_number, number_key, placed_at, notice_id, backordered_units,
        backordered_lines, backordered_since, told_at
    FROM orders WHERE backordered_units > 0 AND (told_at IS NULL OR id IN (SELECT value FROM json_each(:slipped)))),
groups AS MATERIALIZED (
    SELECT customer_id, json_group_array(id ORDER BY placed_at, number_key, id) AS ids,
        json_group_array(order_number ORDER BY placed_at, number_key, id) AS numbers, sum(backordered_units) AS units,
        sum(backordered_lines) AS lines, max(told_at IS NOT NULL) AS slipped, min(backordered_since) AS since, min(placed_at) AS placed, max(notice_id) AS notice_id,
        count(*) OVER () AS of_all
    FROM waiting GROUP BY customer_id, on_amazon ORDER BY since, placed, customer_id LIMIT :shown)
SELECT g.customer_id, c.name, g.ids, g.numbers, g.units, g.since, g.of_all,
    (SELECT json_group_array(title) FROM (
        SELECT DISTINCT l.title FROM json_each(g.ids) j CROSS JOIN order_line l ON l.order_id = j.value WHERE l.backordered > 0 LIMIT :named + 1)),
    g.slipped,
    CASE WHEN NOT g.slipped AND (SELECT count(*) FROM notice_line WHERE notice_id = g.notice_id) = g.lines
        AND (SELECT count(*) FROM notice_line n CROSS JOIN order_line l ON l.id = n.order_line_id
            WHERE n.notice_id = g.notice_id AND n.quantity = l.backordered AND l.order_id IN (SELECT value FROM json_each(g.ids))) = g.lines
        THEN g.notice_id END
FROM groups g CROSS JOIN customer c ON c.id = g.customer_id ORDER BY g.since, g.placed, g.customer_id
"""


def today(view: View, *, today: date) -> Today:
    """What there is to say now; `today` is the day where the shop is."""
    slipped = slipped_orders(view, today=today)
    rows = view.all(_NOT_TOLD, {"shown": _SHOWN, "named": _NAMED, "slipped": as_json(slipped)})
    zone = shop_zone(view)
    due = deadlines(view, [order_id for row in rows for order_id in json.loads(row[2])])
    offered = listings_shown(view, ListingsView(filter="to_change"), today=today)
    unanswered = order_ids(view, OrdersView(filter="unanswered", sort=(("waiting", True),)), today=today)
    ready = order_ids(view, OrdersView(filter="ready", sort=(("ship_by", False), ("placed", False))), today=today)
    low = product_ids(view, ProductsView(filter="low", sort=(("available", False),)), today=today)
    return Today(
        not_told=[_told_next(row, due, today, zone) for row in rows],
        not_told_count=rows[0][6] if rows else 0,
        offered=offered[:_SHOWN],
        offered_count=len(offered),
        unanswered=order_rows(view, unanswered[:_SHOWN], today=today) if unanswered else [],
        unanswered_count=len(unanswered),
        unblocked=unblocked(view),
        refunds=promised_refunds(view),
        ready=order_rows(view, ready[:_SHOWN], today=today),
        ready_count=len(ready),
        low=product_rows(view, low[:_SHOWN], today=today),
        low_count=len(low),
        uncounted=len(product_ids(view, ProductsView(filter="count_me"), today=today)),
    )


def _told_next(row: Sequence[Any], due: Mapping[int, Deadline], today: date, zone: ZoneInfo) -> ToldNext:
    customer_id, customer, ids, numbers, short, since, _, titles, slipped, notice_id = row
    names, known = json.loads(titles), parse_instant(since)
    return ToldNext(
        customer_id=customer_id,
        customer=customer,
        order_ids=tuple(json.loads(ids)),
        order_numbers=tuple(json.loads(numbers)),
        items=", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else ""),
        units_short=short,
        backordered_since=known,
        waiting_days=(today - day_of(known, zone)).days,
        notice_id=notice_id,
        slipped=bool(slipped),
        deadline=min((due[order_id] for order_id in json.loads(ids)), key=lambda each: each.tell_by or date.max),
    )
