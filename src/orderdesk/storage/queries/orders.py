"""Orders for the screens: ids of a view, rows of a page, counts of the filters."""

from __future__ import annotations

from array import array
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from orderdesk.domain.days import day_of
from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.orders import OrderStatus, ShipPolicy
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.accounts import MAY_LACK_REST, rests_to_pay
from orderdesk.storage.queries.arrived import ARRIVED
from orderdesk.storage.queries.given import (
    CANCELED_BY_SILENCE,
    GIVEN_ON,
    LAST_TOLD,
    LAST_TOLD_AT,
    LETTER_READY,
    NOT_TOLD,
)
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.queries.slipped import slipped_orders
from orderdesk.storage.queries.spoken import MADE_SINCE
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class OrdersView:
    """What the orders page shows: a filter, a search, a channel ("" is all), an order of columns (key, descending)."""

    filter: str = "all"
    search: str = ""
    channel: str = ""
    sort: paging.Sort = (("placed", True),)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a table. `units_short` counts backordered units, `waiting_days` since the backorder was seen, while it is one.

    `over_allocated` counts units that are kept for it and not on hand; `promised_on` is the day that the customer was told;
    `tracking` has the numbers of all its parcels; `paid_on` is None also where a file says that it is paid and not when.
    `letter_ready`: its letter, the one of `notice_id`, has still to go out. `items` names what is not canceled, if anything is left.
    `silent_by`: until then its customer might answer, and did not; what came in since is not theirs until the seller says so.
    `has_rest_to_pay`: it was paid, and comes to more since.
    """

    id: int
    number: str
    channel: str
    customer_id: int
    customer: str
    country: str
    placed_on: date
    placed_at: datetime
    items: str
    status: OrderStatus
    backordered_since: datetime | None
    waiting_days: int | None
    backordered_lines: int
    line_count: int
    units_short: int
    told_at: datetime | None
    told_on: date | None
    notice_id: int | None
    overdue: bool
    total: Money | None
    ship_by: date | None
    paid: bool
    has_rest_to_pay: bool
    paid_on: date | None
    note: str
    tags: str
    coupon_code: str | None
    hold_reason: str
    priority: int
    ship_policy: ShipPolicy
    allocated: int
    canceled: int
    shipped: int
    firm: int
    over_allocated: int
    promised_on: date | None
    tracking: str
    letter_ready: bool
    silent_by: date | None

    @property
    def told(self) -> bool:
        return self.told_at is not None

    @property
    def is_late(self) -> bool:
        """Overdue, and not by the seller's own choice to wait for the money or hold it."""
        return self.overdue and self.status not in (OrderStatus.AWAITING_PAYMENT, OrderStatus.ON_HOLD)


# Status by status, not by the open units: these the index on the status finds.
_OPEN = "t.status IN ('awaiting_payment', 'on_hold', 'backordered', 'partly_ready', 'ready', 'awaiting_supplier', 'pending')"
# Told that it is canceled without an answer by a day that has passed; found from the few letters that say so.
_UNANSWERED = f"""
SELECT o.id FROM notice_line nl CROSS JOIN order_line l ON l.id = nl.order_line_id CROSS JOIN orders o ON o.id = l.order_id
WHERE {CANCELED_BY_SILENCE} AND l.backordered > 0 AND nl.notice_id = {LAST_TOLD}
"""
# The same where what waited came in since, and is in the house still; to be looked for only among the few of such letters.
_ASKED = """
SELECT l.order_id FROM notice_line nl CROSS JOIN order_line l ON l.id = nl.order_line_id
WHERE nl.silence = 'cancellation' AND nl.answer_by < :today AND l.allocated > 0
"""
_SILENT_BY = f"SELECT max(here.silent_by) FROM ({ARRIVED.format(order='{order}')}) here WHERE here.units > 0"
# Units that are to stay with a line and are not there; where it has a place in the queue at all.
_OVER_ALLOCATED = "SELECT sum(max(l.firm - l.allocated, 0)) FROM order_line l WHERE l.order_id = {order} AND l.eligible = 1"
_DISCONTINUED = "SELECT 1 FROM order_line l JOIN product p ON p.id = l.product_id WHERE l.order_id = t.id AND l.backordered > 0 AND p.discontinued = 1"
# Something that the customer was told to wait for is here for them and may leave, and no letter that they have had says so.
_ARRIVED = f"""
SELECT 1 FROM ({ARRIVED.format(order="t.id")}) here JOIN order_line l ON l.id = here.line
WHERE NOT here.waits AND here.silent_by IS NULL AND here.units > coalesce((
    SELECT sum(g.quantity) FROM notice_line g JOIN notice n ON n.id = g.notice_id
    WHERE g.order_line_id = l.id AND n.kind = 'good_news' AND n.told_at IS NOT NULL AND n.voided_at IS NULL
    AND {MADE_SINCE.format(notice="n.id", step="here.step")}), 0)
"""
_NOT_TOLD = f"t.backordered_units > 0 AND EXISTS (SELECT 1 FROM orders o WHERE o.id = t.id AND {NOT_TOLD})"
_FILTERS = {
    "all": "",
    "to_do": "t.status IN ('ready', 'partly_ready', 'backordered', 'awaiting_supplier', 'pending')",
    "backordered": "t.backordered_units > 0",
    "not_told": _NOT_TOLD,
    "unanswered": f"""(t.backordered_units > 0 AND t.id IN ({_UNANSWERED})
        OR t.id IN ({_ASKED}) AND ({_SILENT_BY.format(order="t.id")}) IS NOT NULL)""",
    "slipped": "t.backordered_units > 0 AND t.id IN (SELECT value FROM json_each(:slipped))",
    "arrived": f"t.status IN ('ready', 'partly_ready', 'backordered') AND EXISTS ({_ARRIVED})",
    "over_allocated": f"t.backordered_units > 0 AND ({_OVER_ALLOCATED.format(order='t.id')}) > 0",
    "discontinued": f"t.backordered_units > 0 AND EXISTS ({_DISCONTINUED})",
    "ready": "t.status = 'ready'",
    "partly_ready": "t.status = 'partly_ready'",
    "awaiting_supplier": "t.status = 'awaiting_supplier'",
    "overdue": f"{_OPEN} AND t.ship_by < :today",
    "awaiting_payment": "t.status = 'awaiting_payment'",
    "on_hold": "t.status = 'on_hold'",
    "shipped": "t.status = 'shipped'",
    "canceled": "t.status = 'canceled'",
}
# Just this order is meant, with or without the mark that a shop system puts before its numbers.
_IS_NAMED = "t.order_number COLLATE NOCASE IN (:typed, '#' || :typed)"
_FILTERED_BY = "t.id, t.status, t.backordered_units, t.ship_by"
ORDER_FILTERS = tuple(_FILTERS)
# Who was told, whose letter is ready, who knows nothing of it; orders of which nothing is short come last.
_KNOWS = f"""CASE WHEN t.told_at IS NOT NULL AND NOT ({_NOT_TOLD}) THEN 0 WHEN t.backordered_units = 0 THEN 3
    WHEN EXISTS (SELECT 1 FROM notice n WHERE n.id = t.notice_id AND n.told_at IS NULL) THEN 1 ELSE 2 END"""
_TOLD_AT = f"SELECT {LAST_TOLD_AT} FROM orders o WHERE o.id = t.id"
_SORTS = {
    "number": "t.number_key {}",
    "placed": "t.placed_at {}",
    "customer": "(SELECT name FROM customer WHERE id = t.customer_id) COLLATE NOCASE {}",
    "channel": "t.channel {}",
    "status": "t.status {}",
    "waiting": "iif(t.backordered_units > 0, -unixepoch(t.backordered_since), NULL) {} NULLS LAST",
    "told": f"{_KNOWS} = 3, {_KNOWS} {{0}}, ({_TOLD_AT}) {{0}}",
    "total": "t.total_minor {} NULLS LAST",
    "ship_by": "t.ship_by {} NULLS LAST",
    "country": "t.ship_country {}",
}

# What a row shows just as it lies in the file, and days of it.
_SHOWN = (
    *(
        "id",
        "number",
        "channel",
        "customer_id",
        "customer",
        "country",
        "backordered_lines",
        "line_count",
        "units_short",
        "notice_id",
    ),
    *("note", "tags", "coupon_code", "hold_reason", "priority", "allocated", "canceled", "shipped", "firm", "over_allocated"),
    "tracking",
)
_DAYS = ("ship_by", "paid_on", "promised_on", "silent_by")
_PAGE = f"""
SELECT o.id, o.order_number AS number, o.channel, o.customer_id, c.name AS customer, o.ship_country AS country, o.placed_on, o.placed_at,
    o.status, o.backordered_since, o.backordered_lines, o.line_count, o.backordered_units AS units_short,
    iif({NOT_TOLD}, NULL, {LAST_TOLD_AT}) AS told_at, o.notice_id, o.open_units, o.total_minor, o.currency, o.ship_by, o.paid, o.paid_on,
    o.note, o.tags, o.hold_reason, o.priority, o.ship_policy, o.allocated_units AS allocated, o.shipped_units AS shipped,
    coalesce((SELECT sum(l.canceled) FROM order_line l WHERE l.order_id = o.id), 0) AS canceled,
    coalesce((SELECT sum(l.firm) FROM order_line l WHERE l.order_id = o.id), 0) AS firm,
    coalesce(({_OVER_ALLOCATED.format(order="o.id")}), 0) AS over_allocated,
    CASE WHEN o.backordered_units > 0
        THEN (SELECT l.title FROM order_line l WHERE l.order_id = o.id AND l.backordered > 0 ORDER BY l.position LIMIT 1)
        ELSE (SELECT l.title FROM order_line l WHERE l.order_id = o.id ORDER BY l.canceled = l.ordered, l.position LIMIT 1) END AS title,
    (SELECT k.code FROM coupon k WHERE k.notice_id = o.notice_id) AS coupon_code,
    (SELECT {GIVEN_ON} FROM order_line l JOIN notice_line nl ON nl.order_line_id = l.id
        WHERE l.order_id = o.id AND nl.notice_id = {LAST_TOLD}) AS promised_on,
    coalesce((SELECT group_concat(s.tracking, ', ') FROM shipment s WHERE s.order_id = o.id AND s.tracking <> ''), '') AS tracking,
    {LETTER_READY} AS letter_ready,
    (SELECT count(*) FROM order_line l WHERE l.order_id = o.id AND l.canceled < l.ordered) AS lines_left,
    iif(o.allocated_units > 0, ({_SILENT_BY.format(order="j.value")}), NULL) AS silent_by, {MAY_LACK_REST} AS may_lack_rest
FROM json_each(:ids) j CROSS JOIN orders o ON o.id = j.value JOIN customer c ON c.id = o.customer_id ORDER BY j.key
"""


def order_ids(view: View, wanted: OrdersView, *, today: date) -> array[int]:
    """Ids of every order of the view, in its order."""
    channel = "t.channel = :channel" if wanted.channel else ""
    where, words = paging.searched("order_search", wanted.search, (_FILTERS[wanted.filter], channel))
    order = paging.order_by(wanted.sort, _SORTS, "t.id DESC", first=_IS_NAMED if words else "")
    values = {"channel": wanted.channel, "today": today.isoformat(), "slipped": _slipped(view, wanted.filter, today), **words}
    return paging.ids(view, f"SELECT t.id FROM orders t {where} {order}", values)


def order_rows(view: View, ids: Sequence[int], *, today: date) -> list[OrderRow]:
    """The rows of these ids, in their order; `today` is the day where the shop is."""
    zone, found = shop_zone(view), view.records(_PAGE, {"ids": as_json(ids), "today": today.isoformat()})
    rests = rests_to_pay(view, [row["id"] for row in found if row["may_lack_rest"]])
    return [_row(row, today, zone, rests) for row in found]


def order_counts(view: View, *, search: str = "", channel: str = "", today: date) -> dict[str, int]:
    """How many orders each filter would show."""
    where, words = paging.searched("order_search", search, ("t.channel = :channel" if channel else "",))
    values = {"channel": channel, "today": today.isoformat(), "slipped": _slipped(view, "slipped", today), **words}
    return paging.count_each(view, "orders", _FILTERS, _FILTERED_BY, where, values)


def _slipped(view: View, filter_name: str, today: date) -> str:
    """The ids of orders whose dates have slipped, which SQL alone can't tell; looked for only where they are asked for."""
    return as_json(slipped_orders(view, today=today) if filter_name == "slipped" else [])


def channels(view: View) -> list[str]:
    """The channels that orders came by."""
    return [row[0] for row in view.all("SELECT DISTINCT channel FROM orders ORDER BY channel")]


def orders_of_customer(view: View, customer_id: int, *, today: date, limit: int = 200) -> list[OrderRow]:
    """A customer's orders, newest first."""
    found = view.all("SELECT id FROM orders WHERE customer_id = ? ORDER BY placed_at DESC, id DESC LIMIT ?", (customer_id, limit))
    return order_rows(view, [row[0] for row in found], today=today)


def _row(row: Mapping[str, Any], today: date, zone: tzinfo | None, rests: Container[int]) -> OrderRow:
    days: dict[str, Any] = {name: parse_day(row[name]) for name in _DAYS}
    waiting_since, told = (parse_instant(row[name]) if row[name] else None for name in ("backordered_since", "told_at"))
    others = (row["lines_left"] or row["line_count"]) - 1  # of what is not canceled, where anything is left
    due = days["ship_by"]
    return OrderRow(
        **{name: row[name] for name in _SHOWN},
        **days,
        placed_on=date.fromisoformat(row["placed_on"]),
        placed_at=parse_instant(row["placed_at"]),
        items=f"{row['title']} +{others}" if others else row["title"] or "",
        status=OrderStatus(row["status"]),
        backordered_since=waiting_since,
        waiting_days=max(0, (today - day_of(waiting_since, zone)).days) if waiting_since and row["units_short"] else None,
        told_at=told,
        told_on=day_of(told, zone) if told else None,
        overdue=bool(row["open_units"] and due and due < today),
        total=money_or_none(row["total_minor"], row["currency"]),
        paid=bool(row["paid"]),
        has_rest_to_pay=row["id"] in rests,
        ship_policy=ShipPolicy(row["ship_policy"]),
        letter_ready=bool(row["letter_ready"]),
    )
