"""Who is to be told of what: backordered lines gathered by customer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from orderdesk.domain.errors import NotFoundError, NothingBackorderedError
from orderdesk.domain.order_numbers import told_apart
from orderdesk.domain.orders import ShipPolicy
from orderdesk.domain.packs import Silence
from orderdesk.domain.shop import Address
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries.addresses import ON_FILE, ON_ORDER, address_in
from orderdesk.storage.queries.given import GIVEN_ON, IS_NEWS, LAST_TOLD, REFUNDED, TO_HEAR
from orderdesk.storage.queries.short_lines import ShortLine, short_lines
from orderdesk.storage.queries.slipped import given_another_day, slipped_orders
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits. `paid_on` is None also where it is paid and not known when.

    `told_before`: its customer has had a letter about this very wait; `last_given` is the last of its dates in it, None where one
    of them is not known; they hear again by `update_on`. They wait until `waits_until`, by their answer or their silence (None:
    nothing but the law's own limit), and where `open_ended` however long it takes. `on_credit`: the buyer applied to the shop for
    credit. `refunded`: the letter that is made says that the order is refunded.
    """

    order_number: str
    ordered_on: date
    paid_on: date | None
    promised_on: date | None
    country: str
    told_before: bool
    last_given: date | None
    waits_until: date | None
    update_on: date | None
    open_ended: bool
    on_credit: bool
    refunded: bool


@dataclass(frozen=True, slots=True)
class Group:
    """All backordered lines of one customer on one group of channels (Amazon, or the others): one letter's worth.

    `notice_id` is the letter that is not told yet, of that kind, else the one that all of them were told by; `covered`: it
    already speaks of exactly these lines and is that of these orders. The numbers tell its orders apart, also where channels have
    the same. `rest_can_ship`: some of these orders is here; `rest_follows`: sending it cancels nothing of what waits. `told_at`:
    when the customer was told, None where not of every order. `asked_for`: the order around which the group was gathered; `anew`:
    orders that get another day by hand.
    """

    customer_id: int
    customer: str
    on_amazon: bool
    currency: str
    language: str
    address: Address
    order_ids: tuple[int, ...]
    order_numbers: tuple[str, ...]
    orders: tuple[Waiting, ...]
    lines: tuple[ShortLine, ...]
    rest_can_ship: bool
    rest_follows: bool
    notice_id: int | None
    notice_kind: str | None
    told_at: datetime | None
    covered: bool
    asked_for: int
    anew: tuple[int, ...]

    @property
    def is_told_too_little(self) -> bool:
        """Whether more waits than the customer was told of by letter."""
        return any(line.more_than_told for line in self.lines)


_ORDERS = f"""
SELECT o.id, o.channel, o.order_number, o.customer_id, o.channel = 'amazon' AS on_amazon, o.currency, o.notice_id, n.told_at, o.allocated_units,
    {ON_ORDER}, {ON_FILE},
    o.placed_on, o.paid_on, o.ship_by, coalesce(nullif(o.ship_country, ''), c.country) AS home,
    (SELECT json_array({GIVEN_ON}, max(nl.silence), max(nl.answer_by), told.id, told.update_on)
        FROM notice told JOIN notice_line nl ON nl.notice_id = told.id JOIN order_line l ON l.id = nl.order_line_id
        WHERE told.id = {LAST_TOLD} AND l.order_id = o.id GROUP BY told.id) AS told,
    (SELECT json_group_array(json_array(a.notice_id, a.open_ended)) FROM answer a
        WHERE a.order_id = o.id AND a.kind = 'agreed' AND a.at >= o.backordered_since) AS agreed,
    n.kind,
    EXISTS (SELECT 1 FROM order_line l JOIN notice_line nl ON nl.order_line_id = l.id
        WHERE l.order_id = o.id AND nl.notice_id = o.notice_id AND {REFUNDED}) AS refunded,
    c.language, o.on_credit,
    EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.backordered > 0
        AND coalesce(l.ship_policy, o.ship_policy) = '{ShipPolicy.CANCEL_REMAINDER}') AS gives_up
FROM orders o JOIN customer c ON c.id = o.customer_id LEFT JOIN notice n ON n.id = o.notice_id
WHERE o.backordered_units > 0 AND {{which}} ORDER BY o.placed_at, o.number_key, o.id
"""
# Orders that the customer has to hear of; of which the date will not hold, with the others of the same letter; and the one that
# was asked for.
_TO_HEAR_OF = f"""({TO_HEAR} OR o.id = :order
    OR o.notice_id IN (SELECT s.notice_id FROM json_each(:slipped) j JOIN orders s ON s.id = j.value))"""
# An order of that letter of which its customer has to hear again.
_OVERTAKEN = f"""
SELECT 1 FROM orders o WHERE o.notice_id = :notice AND o.backordered_units > 0
AND {IS_NEWS} LIMIT 1
"""
# What a letter took off an order is over once the customer knows.
_SPOKEN_OF = f"""
SELECT nl.order_line_id, nl.quantity
FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id JOIN notice n ON n.id = nl.notice_id
WHERE nl.notice_id = ? AND NOT ({REFUNDED} AND l.backordered = 0 AND n.told_at IS NOT NULL)
"""


def groups_to_tell(
    view: View, order_ids: Sequence[int], *, today: date, new_date: date | None = None
) -> tuple[list[Group], list[str]]:
    """One group for each customer of these orders, in their order; and the numbers of those with nothing backordered.

    Who was told of another day than the `new_date` that the seller gives these orders has to hear of it.
    """
    anew = tuple(given_another_day(view, order_ids, new_date)) if new_date else ()
    groups: list[Group] = []
    refused: list[str] = []
    seen: set[int] = set()
    for order_id in order_ids:
        if order_id in seen:
            continue
        group = _group_around(view, order_id, today, anew)
        if group is None:
            refused.append(_number(view, order_id))
            continue
        seen.update(group.order_ids)
        groups.append(group)
    return groups, refused


def group_again(view: View, group: Group, *, today: date) -> Group:
    """What still waits of the group, as it stands now. Raises NothingBackorderedError where nothing does."""
    standing = (_group_around(view, order_id, today, group.anew) for order_id in (group.asked_for, *group.order_ids))
    current = next((each for each in standing if each is not None), None)
    if current is None:
        raise NothingBackorderedError(group.order_numbers[0])
    return current


def group_if_open(view: View, notice_id: int, *, today: date) -> Group | None:
    """The group that a letter speaks of, as it stands now; None where nothing of it waits any more."""
    rows = view.records(_ORDERS.format(which="o.notice_id = ?"), (notice_id,))
    return _group(view, rows, rows[0]["id"], today) if rows else None


def group_of_notice(view: View, notice_id: int, *, today: date) -> Group:
    """The same, where something must still wait."""
    group = group_if_open(view, notice_id, today=today)
    if group is None:
        raise NotFoundError("open letter", f"with the number {notice_id}")
    return group


def _group_around(view: View, order_id: int, today: date, anew: tuple[int, ...]) -> Group | None:
    """The order's group: what its customer has to hear of. An order that they know of stands with the others of its letter, while
    none of these has to be told again.
    """
    mine = view.one(
        "SELECT o.customer_id, o.channel = 'amazon', o.notice_id, o.backordered_units, n.told_at IS NOT NULL "
        "FROM orders o LEFT JOIN notice n ON n.id = o.notice_id WHERE o.id = ?",
        (order_id,),
    )
    if mine is None:
        raise NotFoundError("order", f"with the number {order_id}")
    customer_id, on_amazon, notice_id, backordered, is_told = mine
    if not backordered:
        return None
    slipped = [*slipped_orders(view, today=today, customer_id=customer_id), *anew]
    asked = {"customer": customer_id, "amazon": on_amazon, "order": order_id, "notice": notice_id}
    asked |= {"slipped": json.dumps(slipped), "today": today.isoformat()}
    which = "o.notice_id = :notice" if is_told and view.value(_OVERTAKEN, asked) is None else _TO_HEAR_OF
    rows = view.records(
        _ORDERS.format(which=f"o.customer_id = :customer AND (o.channel = 'amazon') = :amazon AND {which}"), asked
    )
    return _group(view, rows, order_id, today, anew)


def _group(view: View, rows: list[dict[str, Any]], asked_for: int, today: date, anew: tuple[int, ...] = ()) -> Group:
    first = rows[0]
    order_ids = tuple(row["id"] for row in rows)
    numbers = told_apart((row["channel"], row["order_number"]) for row in rows)
    called = dict(zip(order_ids, numbers, strict=True))
    lines = tuple(replace(line, order_number=called[line.order_id]) for line in short_lines(view, order_ids, today))
    told = [row["told_at"] for row in rows if row["told_at"] is not None]
    all_told = len(told) == len(rows)
    notice_id = next(
        (row["notice_id"] for row in rows if row["notice_id"] is not None and (all_told or not row["told_at"])), None
    )
    return Group(
        customer_id=first["customer_id"],
        customer=first["name"],
        on_amazon=bool(first["on_amazon"]),
        currency=first["currency"],
        language=first["language"],
        address=address_in(first),
        order_ids=order_ids,
        order_numbers=numbers,
        orders=tuple(map(_waiting, rows, numbers)),
        lines=lines,
        rest_can_ship=any(row["allocated_units"] for row in rows),
        rest_follows=not any(row["gives_up"] for row in rows),
        notice_id=notice_id,
        notice_kind=next((row["kind"] for row in rows if row["notice_id"] == notice_id), None),
        told_at=parse_instant(told[0]) if all_told else None,
        covered=notice_id is not None and all(row["notice_id"] == notice_id for row in rows) and _covers(view, notice_id, lines),
        asked_for=asked_for,
        anew=anew,
    )


def _waiting(row: Mapping[str, Any], number: str) -> Waiting:
    given, silence, answer_by, told_by, update_on = json.loads(row["told"]) if row["told"] else [None] * 5
    agreements = json.loads(row["agreed"])
    to_this = [bool(open_ended) for notice_id, open_ended in agreements if notice_id == told_by]
    asked = silence == Silence.CANCELLATION and not to_this
    return Waiting(
        order_number=number,
        ordered_on=date.fromisoformat(row["placed_on"]),
        paid_on=parse_day(row["paid_on"]),
        promised_on=parse_day(row["ship_by"]),
        country=row["home"],
        told_before=told_by is not None,
        last_given=parse_day(given),
        waits_until=parse_day(answer_by if asked else given),
        update_on=parse_day(update_on),
        open_ended=any(to_this) or (bool(agreements) and given is None and not asked),
        on_credit=bool(row["on_credit"]),
        refunded=bool(row["refunded"]),
    )


def _covers(view: View, notice_id: int, lines: Iterable[ShortLine]) -> bool:
    spoken_of = dict(view.all(_SPOKEN_OF, (notice_id,)))
    return spoken_of == {line.line_id: line.quantity for line in lines}


def _number(view: View, order_id: int) -> str:
    return str(view.value("SELECT order_number FROM orders WHERE id = ?", (order_id,)))
