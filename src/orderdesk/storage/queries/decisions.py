"""What can be done about a line that is short: each way with its days and its money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from orderdesk.domain.days import later
from orderdesk.domain.defects import CancellationRecord
from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.products import never_arrives
from orderdesk.storage.queries.alternatives import Alternative, best_alternatives
from orderdesk.storage.queries.cancels import TellingCancels
from orderdesk.storage.queries.defects import if_canceled
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.queries.kits import parts_of
from orderdesk.storage.queries.purchases import bought_for
from orderdesk.storage.queries.refunds import margin_of, paid_for, refund_if_canceled, refund_if_replaced
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.suppliers import OfferRow, arrives_on, offers_of_product
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

    `days` from today until then. `money` is what the shop earns by it (or, below zero, pays back), None for unknown; `detail`
    names a supplier, a SKU (`title`: the product of it), units, and of waiting the purchase orders on which units were bought for it.
    `value` is what was paid for what stays sold by waiting, and for what leaves today while `waits` does not. `difference`: how much
    more the substitute is priced, below zero less. `offer` is what a letter to who waits would give, and after `consent_after` an
    order waits only if its customer agrees; `telling` is what telling them now cancels, unless they agree first (all three of
    services/ways_out.py).
    `cost` is for one unit bought elsewhere, `there` what the supplier had; `is_stale` says that this was too long ago to count.
    `lacks`: how many of the units that are short the supplier does not have; the money is then for those that they have.
    `lacks_tax`: the tax is not known, and goes back on top of the money, where any does. `counted`: where a marketplace counts the
    cancellation, the seller's record there with it.
    """

    choice: Choice
    on: date | None
    money: Money | None
    detail: str = ""
    title: str = ""
    days: int | None = None
    value: Money | None = None
    waits: Money | None = None
    difference: Money | None = None
    offer: Offer | None = None
    consent_after: date | None = None
    telling: TellingCancels | None = None
    cost: Money | None = None
    there: int | None = None
    is_stale: bool = False
    lacks: int = 0
    lacks_tax: bool = False
    counted: tuple[CancellationRecord, ...] = ()


_LINE = """
SELECT l.backordered, l.order_id, l.product_id, p.title, l.unit_price_minor, o.currency, p.cost_minor, p.currency, p.lead_time_days,
    p.supplier, p.discontinued, o.allocated_units
FROM order_line l JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id WHERE l.id = ?
"""
# By line of an order, its units that are here, and those that it waits for.
_HERE = "SELECT id, allocated FROM order_line WHERE order_id = ? AND allocated > 0"
_WAITS = "SELECT id, backordered FROM order_line WHERE order_id = ? AND backordered > 0"


class _Short(NamedTuple):
    """A line that is short by so many units."""

    order_id: int
    line_id: int
    units: int


def options(view: View, line_id: int, *, today: date, now: datetime) -> list[Option]:
    """The ways out for a line that is short, as a seller would weigh them. Raises NothingToDoError where nothing is short."""
    row = view.one(_LINE, (line_id,))
    if row is None or not row[0]:
        raise NothingToDoError("This line is not short of any unit.", "Nothing has to be decided.")
    found = _options(view, line_id, row, today, now)
    return [each if each.on is None else replace(each, days=(each.on - today).days) for each in found]


def _options(view: View, line_id: int, row: Sequence[Any], today: date, now: datetime) -> Iterator[Option]:
    short, order, product, title, price, currency, cost, cost_currency, lead_days, supplier, discontinued, here = row
    bought, due = bought_for(view, line_id), refund_if_canceled(view, [order], [line_id])
    kept, day = None if due is None else due.amount, expected_on(view, {product}, today=today).get(line_id)
    if not never_arrives(bool(discontinued), day):
        yield Option(Choice.WAIT, day, Money(0, currency), ", ".join(bought), value=kept)
    lacking = short - sum(bought.values())
    if lacking > 0 and not parts_of(view, product):  # a kit is bought as its parts
        usual = OfferRow(supplier, product, "", title, "", money_or_none(cost, cost_currency or currency), lead_days, None, None)
        ways = [
            _elsewhere(view, line_id, each, lacking, _could_leave_on(view, each.supplier, product, today), now)
            for each in offers_of_product(view, product) or [usual]
        ]
        yield from sorted(ways, key=lambda way: way.lacks)  # who has all of it first
    for other in best_alternatives(view, product, title, short, money_or_none(price, currency)):
        yield _instead(view, other, _Short(order, line_id, short), money_or_none(price, currency), today)
    if here:
        leaves, waits = (paid_for(view, order, dict(view.all(units, (order,)))) for units in (_HERE, _WAITS))
        yield Option(Choice.SHIP_REST, today, Money(0, currency), str(here), value=leaves, waits=waits)
    back = None if kept is None else Money(-kept.minor, currency)
    lacks_tax = due is not None and due.lacks_tax and due.amount.minor > 0
    yield Option(Choice.CANCEL, today, back, lacks_tax=lacks_tax, counted=tuple(if_canceled(view, [line_id], today=today)))


def _could_leave_on(view: View, supplier: str, product: int, today: date) -> date | None:
    """When units bought there today are packed, as those are that the customer waits for."""
    arrives = arrives_on(view, supplier, product, today=today)
    return None if arrives is None else later(arrives, profile_of(view).handling_days)


def _elsewhere(view: View, line_id: int, offer: OfferRow, units: int, leaves: date | None, now: datetime) -> Option:
    """What that supplier could do; a quantity that is too old is said, and not relied on."""
    there, stale = offer.quantity, offer.is_stale(now)
    lacks = 0 if there is None or stale else max(0, units - there)
    margin = margin_of(view, line_id, units - lacks, offer.cost)
    return Option(Choice.BUY_ELSEWHERE, leaves, margin, offer.supplier, cost=offer.cost, there=there, is_stale=stale, lacks=lacks)


def _instead(view: View, other: Alternative, of: _Short, price: Money | None, today: date) -> Option:
    """What is alike, from the shelf: at the lower of the two prices, so that the shop pays back what it costs less."""
    named, called = other.sku or other.title, other.title or other.sku
    if price is None or other.price_minor is None or other.currency != price.currency:
        return Option(Choice.SUBSTITUTE, today, None, named, title=called)
    back = refund_if_replaced(view, of.order_id, of.line_id, of.units * min(price.minor, other.price_minor))
    difference = Money(of.units * (other.price_minor - price.minor), price.currency)
    money = None if back is None else Money(-back.minor, back.currency)
    return Option(Choice.SUBSTITUTE, today, money, named, title=called, difference=difference)
