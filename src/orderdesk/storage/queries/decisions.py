"""What can be done about a line that is short: each way with its days and its money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.money import Money
from orderdesk.domain.refunds import refund_due
from orderdesk.domain.reorder import ASSUMED_LEAD_DAYS
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.view import View

_ALTERNATIVES = 3
_WORD = re.compile(r"[^\W\d_]{3,}")


class Choice(StrEnum):
    WAIT = "wait"
    BUY_ELSEWHERE = "buy_elsewhere"
    SUBSTITUTE = "substitute"
    SHIP_REST = "ship_rest"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Option:
    """One way out. `on`: when the customer could have it, None for unknown.

    `money` is what the shop earns by it (or, below zero, pays back), None for unknown; `detail` names a supplier, a SKU, units.
    """

    choice: Choice
    on: date | None
    money: Money | None
    detail: str = ""


_LINE = """
SELECT l.backordered, l.product_id, l.title, l.unit_price_minor, o.currency, p.cost_minor, p.currency, p.lead_time_days, p.supplier,
    o.allocated_units, coalesce(o.discount_minor, 0), (SELECT sum(ordered * unit_price_minor * (stand_in IS NULL)) FROM order_line
        WHERE order_id = o.id),
    CASE WHEN o.shipped_units = 0 AND o.open_units = l.backordered THEN coalesce(o.shipping_minor, 0) ELSE 0 END
FROM order_line l JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id WHERE l.id = ?
"""
# Like it by their words, and abundantly there: enough for the line beyond what everybody else waits for.
_LIKE_IT = """
SELECT p.sku, p.title, p.price_minor, p.currency FROM product_search s JOIN product p ON p.id = s.rowid
WHERE product_search MATCH ? AND p.id <> ? AND p.tracked = 1 AND p.discontinued = 0 AND p.on_hand - p.open_demand >= ?
ORDER BY s.rank, p.id LIMIT ?
"""


def options(view: View, line_id: int, *, today: date) -> list[Option]:
    """The ways out for a line that is short, as a seller would weigh them. Raises NothingToDoError where nothing is short."""
    row = view.one(_LINE, (line_id,))
    if row is None or not row[0]:
        raise NothingToDoError("This line is not short of any unit.", "Nothing has to be decided.")
    return list(_options(view, line_id, row, today))


def _options(view: View, line_id: int, row: Sequence[Any], today: date) -> Iterator[Option]:
    short, product, title, price, currency, cost, cost_currency, lead_days, supplier, here, discount, whole, shipping = row
    yield Option(Choice.WAIT, expected_on(view, {product}).get(line_id), _money(0, currency))
    margin = short * (price - cost) if None not in (price, cost) and cost_currency == currency else None
    arrives = today + timedelta(days=ASSUMED_LEAD_DAYS if lead_days is None else lead_days)
    yield Option(Choice.BUY_ELSEWHERE, arrives, _money(margin, currency), supplier)
    for sku, other, other_price, other_currency in _alternatives(view, title, product, short):
        lower = (
            None if price is None or other_price is None or other_currency != currency else min(0, other_price - price) * short
        )
        yield Option(Choice.SUBSTITUTE, today, _money(lower, currency), sku or other)
    if here:
        yield Option(Choice.SHIP_REST, today, _money(0, currency), str(here))
    refund = None if price is None or whole is None else -refund_due(short * price, whole, discount, shipping)
    yield Option(Choice.CANCEL, today, _money(refund, currency))


def _alternatives(view: View, title: str, product: int, units: int) -> list[tuple[str, str, int | None, str | None]]:
    words = dict.fromkeys(_WORD.findall(title))
    return view.all(_LIKE_IT, (" OR ".join(f'"{word}"' for word in words), product, units, _ALTERNATIVES)) if words else []


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
