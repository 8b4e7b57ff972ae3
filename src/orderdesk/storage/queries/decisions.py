"""What can be done about a line that is short: each way with its days and its money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from orderdesk.domain.defects import CancellationRecord
from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.money import Money
from orderdesk.domain.reorder import ASSUMED_LEAD_DAYS
from orderdesk.storage.queries.alternatives import alternatives
from orderdesk.storage.queries.defects import if_canceled
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.queries.kits import parts_of
from orderdesk.storage.queries.purchases import bought_for
from orderdesk.storage.queries.refunds import refund_if_canceled
from orderdesk.storage.queries.suppliers import OfferRow, offers_of_product
from orderdesk.storage.view import View


class Choice(StrEnum):
    WAIT = "wait"
    BUY_ELSEWHERE = "buy_elsewhere"
    SUBSTITUTE = "substitute"
    SHIP_REST = "ship_rest"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Option:
    """One way out. `on`: when the customer could have it, None for unknown.

    `money` is what the shop earns by it (or, below zero, pays back), None for unknown; `detail` names a supplier, a SKU, units, and
    of waiting the purchase orders on which units were bought for the line.
    `cost` is for one unit bought elsewhere, `there` what the supplier had; `is_stale` says that this was too long ago to count.
    `counted`: where a marketplace counts the cancellation, the seller's record there with it.
    """

    choice: Choice
    on: date | None
    money: Money | None
    detail: str = ""
    cost: Money | None = None
    there: int | None = None
    is_stale: bool = False
    counted: tuple[CancellationRecord, ...] = ()


_LINE = """
SELECT l.backordered, l.order_id, l.product_id, l.title, l.unit_price_minor, o.currency, p.cost_minor, p.currency, p.lead_time_days,
    p.supplier, o.allocated_units
FROM order_line l JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id WHERE l.id = ?
"""


def options(view: View, line_id: int, *, today: date, now: datetime) -> list[Option]:
    """The ways out for a line that is short, as a seller would weigh them. Raises NothingToDoError where nothing is short."""
    row = view.one(_LINE, (line_id,))
    if row is None or not row[0]:
        raise NothingToDoError("This line is not short of any unit.", "Nothing has to be decided.")
    return list(_options(view, line_id, row, today, now))


def _options(view: View, line_id: int, row: Sequence[Any], today: date, now: datetime) -> Iterator[Option]:
    short, order, product, title, price, currency, cost, cost_currency, lead_days, supplier, here = row
    bought = bought_for(view, line_id)
    yield Option(Choice.WAIT, expected_on(view, {product}, today=today).get(line_id), _money(0, currency), ", ".join(bought))
    lacking = short - sum(bought.values())
    if lacking > 0 and not parts_of(view, product):  # a kit is bought as its parts
        usual = OfferRow(supplier, product, "", title, "", _money(cost, cost_currency or currency), lead_days, None, None)
        for offer in offers_of_product(view, product) or [usual]:
            if offer.quantity is None or offer.quantity >= lacking or offer.is_stale(now):
                yield _elsewhere(offer, lacking, _money(price, currency), today, now)
    for other in alternatives(view, product, title, short):
        known = price is not None and other.price_minor is not None and other.currency == currency
        lower = min(0, (other.price_minor or 0) - price) * short if known else None
        yield Option(Choice.SUBSTITUTE, today, _money(lower, currency), other.sku or other.title)
    if here:
        yield Option(Choice.SHIP_REST, today, _money(0, currency), str(here))
    due = refund_if_canceled(view, [order], [line_id])
    back = None if due is None else Money(-due.amount.minor, currency)
    yield Option(Choice.CANCEL, today, back, counted=tuple(if_canceled(view, [line_id], today=today)))


def _elsewhere(offer: OfferRow, units: int, price: Money | None, today: date, now: datetime) -> Option:
    """What that supplier could do; a quantity that is too old is said, and not relied on."""
    margin = None
    if price is not None and offer.cost is not None and offer.cost.currency == price.currency:
        margin = Money(units * (price.minor - offer.cost.minor), price.currency)
    arrives = today + timedelta(days=ASSUMED_LEAD_DAYS if offer.lead_time_days is None else offer.lead_time_days)
    return Option(Choice.BUY_ELSEWHERE, arrives, margin, offer.supplier, offer.cost, offer.quantity, offer.is_stale(now))


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
