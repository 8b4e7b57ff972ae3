"""What goes into an order's parcel: what is allocated now, else what left last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orderdesk.domain.days import day_of
from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.orders import ShipPolicy
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.domain.products import never_arrives
from orderdesk.domain.shipping import Waiting, given_up, leaving
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.addresses import ON_FILE, ON_ORDER, address_of
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.queries.given import LINE_NOT_TOLD
from orderdesk.storage.queries.promised import DAYS, day_to_be_told, day_to_repeat
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A parcel that left, with how many units; carrier and number are "" where they are not known."""

    at: datetime
    left_on: date
    units: int
    carrier: str
    tracking: str


@dataclass(frozen=True, slots=True)
class LastParcel:
    """The parcel of an order that left last, and what of the order stays behind: units with their products' titles."""

    shipment_id: int
    carrier: str
    tracking: str
    left: tuple[tuple[int, str], ...]
    behind: tuple[tuple[int, str], ...]


_ORDER = f"""
SELECT o.order_number, o.placed_on, c.language, o.ship_policy, {ON_ORDER}, {ON_FILE}, c.id
FROM orders o JOIN customer c ON c.id = o.customer_id WHERE o.id = ?
"""
_SHIPMENTS = """
SELECT s.at, sum(u.quantity), s.carrier, s.tracking FROM shipment s JOIN shipment_line u ON u.shipment_id = s.id
WHERE s.order_id = ? GROUP BY s.id ORDER BY s.id DESC
"""
_IN_SHIPMENT = """
SELECT u.quantity, l.title FROM shipment_line u JOIN order_line l ON l.id = u.order_line_id WHERE u.shipment_id = ? ORDER BY l.position
"""
_BEHIND = """
SELECT ordered - canceled - shipped, title FROM order_line WHERE order_id = ? AND ordered > canceled + shipped ORDER BY position
"""
# What a file said was shipped is no parcel of its own: it is read off the shelf's movements.
_LINES = f"""
SELECT l.id, l.product_id, l.sku, l.title, l.ordered, l.allocated, l.wanted - l.allocated, l.ship_policy,
    l.ordered - l.canceled - l.shipped,
    CASE WHEN EXISTS (SELECT 1 FROM shipment WHERE order_id = l.order_id) THEN coalesce((
        SELECT sum(u.quantity) FROM shipment_line u WHERE u.order_line_id = l.id
        AND u.shipment_id = (SELECT max(id) FROM shipment WHERE order_id = l.order_id)), 0)
    ELSE coalesce((SELECT -sum(m.quantity) FROM stock_movement m WHERE m.order_line_id = l.id AND m.product_id = l.product_id
        AND m.event_id = (SELECT max(event_id) FROM stock_movement WHERE kind = 'shipped' AND order_line_id IN (
            SELECT id FROM order_line WHERE order_id = l.order_id))), 0) END,
    coalesce((SELECT group_concat(k.quantity || ' × ' || part.title, ', ') FROM kit_part k JOIN product part ON part.id = k.part_id
        WHERE k.kit_id = l.product_id), ''),
    {DAYS}, l.backordered > 0 AND {LINE_NOT_TOLD}, l.backordered, (SELECT discontinued FROM product WHERE id = l.product_id), l.canceled,
    coalesce((SELECT r.title FROM order_line r WHERE r.id = l.replaces_id), '')
FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.order_id = ? AND l.ordered > l.canceled ORDER BY l.position
"""


def parcel(view: View, order_id: int, *, today: date) -> Parcel:
    """The parcel of an order.

    What follows comes by the day that its customer was told, where that holds, or is still to be told. Raises NotFoundError.
    """
    order = view.one(_ORDER, (order_id,))
    if order is None:
        raise NotFoundError("order", f"with the number {order_id}")
    number, placed_on, language, policy, *addresses, customer_id = order
    rows = view.all(_LINES, (order_id,))
    expected = expected_on(view, {row[1] for row in rows}, today=today)
    waiting = [Waiting(row[5], row[6], row[7] and ShipPolicy(row[7])) for row in rows]
    now = leaving(ShipPolicy(policy), waiting)
    lost = [given_up(ShipPolicy(policy), line) for line in waiting]
    leaves = list(zip(now, lost, strict=True)) if any(now) else [None] * len(rows)
    lines = tuple(_line(row, units, expected.get(row[0]), today) for row, units in zip(rows, leaves, strict=True))
    address = address_of(addresses[:8], addresses[8:])
    return Parcel(number, date.fromisoformat(placed_on), customer_id, address, language, lines)


def _line(row: Sequence[Any], leaves: tuple[int, int] | None, supply: date | None, today: date) -> ParcelLine:
    """A line of the parcel; `leaves` are the units that leave now, and those that are canceled by that: None where nothing does."""
    _, _, sku, title, ordered, *_, is_open, left_last, contents, days, is_to_hear, short, discontinued, canceled, replaces = row
    promised = (day_to_be_told if is_to_hear else day_to_repeat)(days, supply, today)
    never = short if never_arrives(bool(discontinued), promised or supply) else 0
    if leaves is None:
        return ParcelLine(sku, title, ordered, left_last, is_open, promised, contents, never, canceled, replaces)
    now, lost = leaves
    still_open, never = is_open - now - lost, 0 if lost else never
    return ParcelLine(sku, title, ordered, now, still_open, promised, contents, never, canceled + lost, replaces)


def last_shipment(view: View, order_id: int) -> int | None:
    """The id of the last parcel of an order that left."""
    found = view.value("SELECT max(id) FROM shipment WHERE order_id = ?", (order_id,))
    return None if found is None else int(found)


def last_parcel(view: View, order_id: int) -> LastParcel:
    """What left last, and what is still to come. Raises NotFoundError where nothing has left."""
    shipment = last_shipment(view, order_id)
    if shipment is None:
        raise NotFoundError("parcel", f"of the order with the number {order_id}")
    kept = view.record("shipment", shipment)
    left = view.all(_IN_SHIPMENT, (shipment,))
    behind = view.all(_BEHIND, (order_id,))
    return LastParcel(shipment, kept["carrier"], kept["tracking"], tuple(map(tuple, left)), tuple(map(tuple, behind)))


def shipments_of(view: View, order_id: int) -> list[ShipmentRow]:
    """The parcels of an order that left, the last one first."""
    zone = shop_zone(view)
    rows = view.all(_SHIPMENTS, (order_id,))
    return [ShipmentRow(at := parse_instant(stored), day_of(at, zone), *rest) for stored, *rest in rows]
