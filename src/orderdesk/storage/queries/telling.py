"""Whom to tell today: who waits and does not know, whose date slipped or whose letter lies ready, the first deadline first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from orderdesk.domain.counts import first_names
from orderdesk.domain.days import day_of
from orderdesk.domain.order_numbers import told_apart
from orderdesk.domain.packs import EU, PROTECTING_COUNTRIES, US
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.deadlines import Deadline, deadlines
from orderdesk.storage.queries.endings import letters_of_good_news
from orderdesk.storage.queries.given import GIVEN_ON, LAST_TOLD, LETTER_READY, TO_HEAR
from orderdesk.storage.queries.orders import OrdersView, order_ids
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.queries.slipped import slipped_orders
from orderdesk.storage.view import View

_NAMED = 3
_ALL = -1  # as LIMIT in SQL

ARRIVED = OrdersView(filter="arrived", sort=(("placed", False),))
"""The orders of which customers wait for something that is here, and have not heard so."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Since when a backorder is known, as an instant and as the day where the shop is."""

    since: datetime
    on: date

    def hours(self, now: datetime) -> int:
        return max(0, int((now - self.since).total_seconds() // 3600))


@dataclass(frozen=True, slots=True)
class ToldNext:
    """A customer who waits and has to hear of it: all such orders of one group of channels, one letter's worth.

    `made_id` is the letter that is made, `notice_id` the same where it speaks of just these lines, and only has to be printed;
    `slipped`: a date that they were given has. `deadlines` are those of the orders, `placed_on` the day of the oldest of them.
    """

    customer_id: int
    customer: str
    order_ids: tuple[int, ...]
    order_numbers: tuple[str, ...]
    items: str
    units_short: int
    placed_on: date
    wait: Wait
    made_id: int | None
    notice_id: int | None
    slipped: bool
    deadlines: tuple[Deadline, ...]

    @property
    def deadline(self) -> Deadline:
        """The first one."""
        return min(self.deadlines, key=lambda each: each.tell_on or date.max)


@dataclass(frozen=True, slots=True)
class ToTell:
    """The first of all who are to be told; `count` is of all, and so are `longest` and the orders whose date has `slipped`, and
    of all is said whether there are `letters_for_all`.
    """

    first: list[ToldNext]
    count: int
    longest: Wait | None
    slipped: list[int]
    letters_for_all: bool


# The country of an order's buyer or the shop's is one where it has to arrive in time, however it is paid.
_PROTECTED = """EXISTS (SELECT 1 FROM json_each(:protecting) WHERE value IN ((SELECT country FROM shop),
    coalesce(nullif(o.ship_country, ''), (SELECT country FROM customer WHERE id = o.customer_id))))"""
# The same as `deadline` of the country packs makes of each order.
_DUE = f"""coalesce(ship_by, iif({_PROTECTED}, date(placed_on, :protected_days),
    date(coalesce(paid_on, placed_on), iif(on_credit, :credit_days, :days))))"""
# Titles and letters are looked up for the groups that are shown, not for all.
_TO_TELL = f"""
WITH waiting AS MATERIALIZED (
    SELECT id, customer_id, channel = 'amazon' AS on_amazon, channel, order_number, number_key, placed_at, backordered_units,
        backordered_lines, backordered_since, placed_on, iif({LETTER_READY}, notice_id, NULL) AS ready,
        id IN (SELECT j.value FROM json_each(:slipped) j) AS has_slipped,
        CASE WHEN told_at IS NULL THEN {_DUE}
            ELSE (SELECT coalesce({GIVEN_ON}, n.update_on) FROM notice n JOIN notice_line nl ON nl.notice_id = n.id
                JOIN order_line l ON l.id = nl.order_line_id WHERE n.id = {LAST_TOLD} AND l.order_id = o.id) END AS due
    FROM orders o WHERE backordered_units > 0 AND {TO_HEAR}),
groups AS MATERIALIZED (
    SELECT customer_id, json_group_array(id ORDER BY placed_at, number_key, id) AS ids,
        json_group_array(json_array(channel, order_number) ORDER BY placed_at, number_key, id) AS numbers, sum(backordered_units) AS units,
        sum(backordered_lines) AS lines, max(has_slipped) AS slipped, min(backordered_since) AS since, min(placed_at) AS placed, min(placed_on) AS placed_on, max(ready) AS ready,
        min(due) AS due, count(*) OVER () AS of_all, min(min(backordered_since)) OVER () AS longest,
        sum(max(ready) IS NULL) OVER () AS without_letter
    FROM waiting GROUP BY customer_id, on_amazon ORDER BY due IS NULL, due, since, placed, customer_id LIMIT :shown)
SELECT g.customer_id, c.name, g.ids, g.numbers, g.units, g.since, g.of_all, g.longest, g.without_letter,
    (SELECT json_group_array(title) FROM (
        SELECT DISTINCT l.title FROM json_each(g.ids) j CROSS JOIN order_line l ON l.order_id = j.value WHERE l.backordered > 0 LIMIT :named + 1)),
    g.slipped, g.placed_on, g.ready,
    CASE WHEN (SELECT count(*) FROM notice_line WHERE notice_id = g.ready) = g.lines
        AND (SELECT count(*) FROM notice_line n CROSS JOIN order_line l ON l.id = n.order_line_id
            WHERE n.notice_id = g.ready AND n.quantity = l.backordered AND l.order_id IN (SELECT value FROM json_each(g.ids))) = g.lines
        THEN g.ready END
FROM groups g CROSS JOIN customer c ON c.id = g.customer_id ORDER BY g.due IS NULL, g.due, g.since, g.placed, g.customer_id
"""


def to_tell(view: View, *, today: date, shown: int) -> ToTell:
    """The first `shown` of them; `today` is the day where the shop is."""
    days = {"days": f"{US.days} days", "credit_days": f"{US.credit_days} days", "protected_days": f"{EU.days} days"}
    slipped = slipped_orders(view, today=today)
    known = {"slipped": as_json(slipped), "protecting": json.dumps(PROTECTING_COUNTRIES)}
    rows = view.all(_TO_TELL, {"shown": shown, "named": _NAMED, "today": today.isoformat(), **known, **days})
    zone = shop_zone(view)
    due = deadlines(view, [order_id for row in rows for order_id in json.loads(row[2])], today=today)
    count, longest, without = (rows[0][6], _wait(rows[0][7], zone), rows[0][8]) if rows else (0, None, 0)
    first = [_told_next(row, due, zone) for row in rows]
    written = not without and all(who.notice_id is not None for who in first)
    return ToTell(sorted(first, key=lambda who: who.deadline.tell_on or date.max), count, longest, slipped, written)


def orders_told_next(view: View, *, today: date) -> list[int]:
    """The orders of all who are to be told, the first deadline first."""
    return [order_id for each in to_tell(view, today=today, shown=_ALL).first for order_id in each.order_ids]


def letters_ready(view: View, *, today: date) -> list[int]:
    """The letters of all who are to be told that are made and only have to go out: the first deadline first, good news last."""
    of_waits = [each.notice_id for each in to_tell(view, today=today, shown=_ALL).first if each.notice_id is not None]
    here = order_ids(view, ARRIVED, today=today)
    return [*of_waits, *letters_of_good_news(view, here).values()]


def _told_next(row: Sequence[Any], due: Mapping[int, Deadline], zone: tzinfo | None) -> ToldNext:
    customer_id, customer, ids, numbers, short, since, _, _, _, titles, slipped, placed_on, made_id, notice_id = row
    names = json.loads(titles)
    return ToldNext(
        customer_id=customer_id,
        customer=customer,
        order_ids=tuple(json.loads(ids)),
        order_numbers=told_apart(json.loads(numbers)),
        items=first_names(names, _NAMED, between=" + "),
        units_short=short,
        placed_on=date.fromisoformat(placed_on),
        wait=_wait(since, zone),
        made_id=made_id,
        notice_id=notice_id,
        slipped=bool(slipped),
        deadlines=tuple(due[order_id] for order_id in json.loads(ids)),
    )


def _wait(since: str, zone: tzinfo | None) -> Wait:
    known = parse_instant(since)
    return Wait(known, day_of(known, zone))
