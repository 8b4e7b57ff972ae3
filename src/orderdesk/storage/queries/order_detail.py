"""One order with everything the pane and the command line show of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.money import Money
from orderdesk.domain.orders import line_status
from orderdesk.domain.shop import Address
from orderdesk.storage.queries.cases import expected_on
from orderdesk.storage.queries.history import HistoryRow, history_of_order
from orderdesk.storage.queries.notices import NoticeRow, notices_of_order
from orderdesk.storage.queries.orders import OrderRow, order_rows
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class LineRow:
    """An order line. `expected_on`: when incoming supply covers it; `why`: its place in the queue, "" when nothing is short."""

    id: int
    order_id: int
    position: int
    line_id: str
    product_id: int
    sku: str
    title: str
    ordered: int
    shipped: int
    canceled: int
    drop_ship: int
    allocated: int
    backordered: int
    pending: int
    status: str
    unit_price: Money | None
    expected_on: date | None
    discontinued: bool
    count_me: bool
    why: str


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """An order whole; None is unknown. `history` is newest first."""

    row: OrderRow
    lines: list[LineRow]
    buyer_name: str
    email: str
    phone: str
    username: str
    address: Address
    currency: str
    external_id: str
    canceled: bool
    shipping: Money | None
    tax: Money | None
    discount: Money | None
    coupon_codes: str
    notices: list[NoticeRow]
    history: list[HistoryRow]


_LINES = """
SELECT l.id, l.order_id, l.position, l.line_id, l.product_id, l.sku, l.title, l.ordered, l.shipped, l.canceled, l.drop_ship, l.allocated,
    l.backordered, l.pending, l.returned, l.unit_price_minor, o.currency, p.discontinued, p.tracked = 1 AND p.stock_known = 0
FROM json_each(?) j CROSS JOIN order_line l ON l.order_id = j.value JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id
ORDER BY j.key, l.position
"""
_AHEAD = """
SELECT 1 + count(*), sum(l.wanted),
    (SELECT o.order_number || ' (' || c.name || ')' FROM order_line f JOIN orders o ON o.id = f.order_id JOIN customer c ON c.id = o.customer_id
     WHERE f.product_id = mine.product_id AND f.eligible = 1 AND f.ordered > f.canceled + f.shipped ORDER BY f.queue_key, f.position, f.id LIMIT 1)
FROM order_line mine JOIN order_line l ON l.product_id = mine.product_id AND l.eligible = 1 AND l.ordered > l.canceled + l.shipped
    AND (l.queue_key, l.position, l.id) < (mine.queue_key, mine.position, mine.id)
WHERE mine.id = ?
"""


def order_detail(view: View, order_id: int, *, today: date) -> OrderDetail:
    """One order. Raises NotFoundError."""
    rows = order_rows(view, [order_id], today=today)
    if not rows:
        raise NotFoundError("order", f"with the number {order_id}")
    facts = view.record("orders", order_id)
    currency = facts["currency"]
    return OrderDetail(
        row=rows[0],
        lines=lines_of_orders(view, [order_id], with_reasons=True)[order_id],
        buyer_name=facts["buyer_name"],
        email=facts["email"],
        phone=facts["phone"],
        username=facts["username"],
        address=Address(*(facts[f"ship_{part}"] for part in Address.__dataclass_fields__)),
        currency=currency,
        external_id=facts["external_id"],
        canceled=facts["canceled_on"] is not None,
        shipping=_money(facts["shipping_minor"], currency),
        tax=_money(facts["tax_minor"], currency),
        discount=_money(facts["discount_minor"], currency),
        coupon_codes=facts["coupon_codes"],
        notices=notices_of_order(view, order_id),
        history=history_of_order(view, order_id),
    )


def lines_of_orders(view: View, order_ids: Sequence[int], *, with_reasons: bool = False) -> dict[int, list[LineRow]]:
    """Lines by order id. Reasons (`why`) cost a look at the queue per backordered line."""
    rows = view.all(_LINES, (str(list(order_ids)),))
    expected = expected_on(view, {row[4] for row in rows if row[12]})
    found: dict[int, list[LineRow]] = {order_id: [] for order_id in order_ids}
    for row in rows:
        why = _why(view, row) if with_reasons and row[12] else ""
        found[row[1]].append(_line(row, expected.get(row[0]), why))
    return found


def _line(row: Sequence[Any], expected: date | None, why: str) -> LineRow:
    (key, order_id, position, line_id, product_id, sku, title, ordered, shipped, canceled, drop_ship, allocated) = row[:12]
    backordered, pending, returned, price, currency, discontinued, count_me = row[12:]
    status = line_status(
        ordered=ordered,
        shipped=shipped,
        canceled=canceled,
        returned=returned,
        drop_ship=drop_ship,
        backordered=backordered,
        pending=pending,
    )
    return LineRow(
        id=key,
        order_id=order_id,
        position=position,
        line_id=line_id,
        product_id=product_id,
        sku=sku,
        title=title,
        ordered=ordered,
        shipped=shipped,
        canceled=canceled,
        drop_ship=drop_ship,
        allocated=allocated,
        backordered=backordered,
        pending=pending,
        status=status.value,
        unit_price=_money(price, currency),
        expected_on=expected,
        discontinued=bool(discontinued),
        count_me=bool(count_me),
        why=why,
    )


def _why(view: View, row: Sequence[Any]) -> str:
    """Where a short line stands in the queue, and who stands first."""
    place, ahead, first = view.one(_AHEAD, (row[0],)) or (1, None, None)
    name = row[5] or row[6]
    if place == 1:
        return f"First in the queue for {name}."
    return f"Number {place} in the queue for {name}: {ahead} units are wanted ahead of it, first by {first}."


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
