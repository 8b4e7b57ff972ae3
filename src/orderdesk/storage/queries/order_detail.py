"""One order with everything the pane and the command line show of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.orders import LineStatus, ShipPolicy, StandIn, line_status
from orderdesk.domain.products import never_arrives
from orderdesk.domain.shop import ADDRESS_PARTS, Address
from orderdesk.storage.queries.answers import AnswerRow, answers_of_order
from orderdesk.storage.queries.coupons import UsedCoupon, coupons_used_on
from orderdesk.storage.queries.deadlines import Deadline, deadlines
from orderdesk.storage.queries.endings import unheard_of
from orderdesk.storage.queries.expected import Coverage, Source, coverage, sources
from orderdesk.storage.queries.history import HistoryRow, history_of_order
from orderdesk.storage.queries.notices import NoticeRow, notices_of_order
from orderdesk.storage.queries.orders import OrderRow, order_rows
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.queries.parcels import ShipmentRow, shipments_of
from orderdesk.storage.queries.reasons import Why, reasons
from orderdesk.storage.queries.refunds import RefundRow, owed_by, refund_to_make, refunds_of_order
from orderdesk.storage.queries.slipped import slipped_orders
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class LineRow:
    """An order line. `expected_on`: when incoming supply covers it, `coverage`: as far as it does, `sources`: by which purchase
    orders; `why`: None when nothing is short.

    `firm`: allocated units that stay; `ship_policy`: None where that of the order holds; `stand_in`: why it stands in for the
    line at the position `replaces`.
    """

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
    returned: int
    status: LineStatus
    unit_price: Money | None
    expected_on: date | None
    coverage: Coverage | None
    sources: tuple[Source, ...]
    discontinued: bool
    count_me: bool
    why: Why | None
    firm: int
    ship_policy: ShipPolicy | None
    stand_in: StandIn | None
    replaces: int | None

    @property
    def never_arrives(self) -> bool:
        """Whether what is short will not come at all."""
        return self.backordered > 0 and never_arrives(self.discontinued, self.expected_on)

    @property
    def bought(self) -> list[Source]:
        """Where units were bought for the line that are to come."""
        return [source for source in self.sources if source.bought]

    @property
    def to_buy(self) -> int:
        """Units short that were not bought for the line yet."""
        return max(0, self.backordered - sum(source.bought for source in self.bought))

    @property
    def over_allocated(self) -> int:
        """Units that are to stay with the line and are not there: a conflict that only the seller can settle."""
        return 0 if self.pending else max(0, self.firm - self.allocated)


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """An order with all that came in with it; None is unknown."""

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

    @property
    def subtotal(self) -> Money | None:
        """What was ordered, by its prices; what is sent in the place of others adds nothing. None where a price is not known."""
        if any(line.unit_price is None for line in self.lines):
            return None
        prices = (line.ordered * line.unit_price.minor for line in self.lines if line.unit_price and not line.stand_in)
        return Money(sum(prices), self.currency)


@dataclass(frozen=True, slots=True)
class OrderDetail(OrderRecord):
    """An order whole: its letters, its customer's answers, parcels, refunds, coupons used and what happened to it, newest first.

    `deadline`: where something is backordered; `slipped`: the date that was given has, or word of it is due; `to_pay_back`: what
    is owed for units that were canceled, `pay_back_by` by when; `unheard_of`: their customer has had no letter about all of them
    that were canceled here.
    """

    deadline: Deadline | None
    slipped: bool
    notices: list[NoticeRow]
    answers: list[AnswerRow]
    parcels: list[ShipmentRow]
    refunds: list[RefundRow]
    to_pay_back: Money | None
    pay_back_by: date | None
    unheard_of: bool
    coupons: list[UsedCoupon]
    history: list[HistoryRow]


_MOST_STEPS = 50
_FACTS = f"""
SELECT o.id, o.currency, o.shipping_minor, o.tax_minor, o.discount_minor, o.buyer_name, o.email, o.phone, o.username, o.external_id,
    o.canceled_on IS NOT NULL, o.coupon_codes, {", ".join(f"o.ship_{part}" for part in ADDRESS_PARTS)}
FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value
"""
_LINES = """
SELECT l.id, l.order_id, l.position, l.line_id, l.product_id, l.sku, l.title, l.ordered, l.shipped, l.canceled, l.drop_ship, l.allocated,
    l.backordered, l.pending, l.returned, l.unit_price_minor, o.currency, p.discontinued, p.tracked = 1 AND p.stock_known = 0,
    l.firm, l.ship_policy, l.stand_in, (SELECT position FROM order_line r WHERE r.id = l.replaces_id)
FROM json_each(?) j CROSS JOIN order_line l ON l.order_id = j.value CROSS JOIN orders o ON o.id = l.order_id
CROSS JOIN product p ON p.id = l.product_id ORDER BY j.key, l.position
"""
_QUANTITIES = ("ordered", "shipped", "canceled", "drop_ship", "allocated", "backordered", "pending", "returned")


def order_detail(view: View, order_id: int, *, today: date) -> OrderDetail:
    """One order. Raises NotFoundError."""
    found = _records(view, [order_id], today, with_reasons=True)
    if not found:
        raise NotFoundError("order", f"with the number {order_id}")
    whole = {each.name: getattr(found[0], each.name) for each in fields(OrderRecord)}
    to_pay_back = refund_to_make(view, order_id)
    return OrderDetail(
        **whole,
        deadline=deadlines(view, [order_id], today=today).get(order_id),
        slipped=order_id in slipped_orders(view, today=today, customer_id=found[0].row.customer_id),
        notices=notices_of_order(view, order_id),
        answers=answers_of_order(view, order_id),
        parcels=shipments_of(view, order_id),
        refunds=refunds_of_order(view, order_id),
        to_pay_back=to_pay_back,
        pay_back_by=owed_by(view, order_id) if to_pay_back else None,
        unheard_of=bool(unheard_of(view, [order_id])),
        coupons=coupons_used_on(view, order_id),
        history=history_of_order(view, order_id, limit=_MOST_STEPS),
    )


def order_records(view: View, order_ids: Sequence[int], *, today: date) -> list[OrderRecord]:
    """These orders with all that came in with them, in their order."""
    return _records(view, order_ids, today, with_reasons=False)


def lines_of_orders(view: View, order_ids: Sequence[int], *, today: date, with_reasons: bool = False) -> dict[int, list[LineRow]]:
    """Lines by order id. Reasons (`why`, `sources`) cost a look at the queue of each backordered line."""
    rows = view.all(_LINES, (as_json(order_ids),))
    covered = coverage(view, {row[4] for row in rows if row[12]}, today=today)
    short = {row[0]: row[4] for row in rows if row[12]} if with_reasons else {}
    why, bought = (reasons(view, list(short)), sources(view, short, covered, today=today)) if short else ({}, {})
    found: dict[int, list[LineRow]] = {order_id: [] for order_id in order_ids}
    for row in rows:
        found[row[1]].append(_line(row, covered.get(row[0]), bought.get(row[0], ()), why.get(row[0])))
    return found


def _records(view: View, order_ids: Sequence[int], today: date, *, with_reasons: bool) -> list[OrderRecord]:
    facts = {fact[0]: fact[1:] for fact in view.all(_FACTS, (as_json(order_ids),))}
    lines = lines_of_orders(view, order_ids, today=today, with_reasons=with_reasons)
    return [_record(row, lines[row.id], facts[row.id]) for row in order_rows(view, order_ids, today=today)]


def _record(row: OrderRow, lines: list[LineRow], facts: Sequence[Any]) -> OrderRecord:
    currency, shipping, tax, discount, buyer_name, email, phone, username, external_id, canceled, coupon_codes = facts[:11]
    return OrderRecord(
        row=row,
        lines=lines,
        buyer_name=buyer_name,
        email=email,
        phone=phone,
        username=username,
        address=Address(*facts[11:]),
        currency=currency,
        external_id=external_id,
        canceled=bool(canceled),
        shipping=money_or_none(shipping, currency),
        tax=money_or_none(tax, currency),
        discount=money_or_none(discount, currency),
        coupon_codes=coupon_codes,
    )


def _line(row: Sequence[Any], covered: Coverage | None, bought: tuple[Source, ...], why: Why | None) -> LineRow:
    key, order_id, position, line_id, product_id, sku, title = row[:7]
    quantities = dict(zip(_QUANTITIES, row[7:15], strict=True))
    price, currency, discontinued, count_me, firm, ship_policy, stand_in, replaces = row[15:]
    counted = {name: units for name, units in quantities.items() if name != "allocated"}
    return LineRow(
        id=key,
        order_id=order_id,
        position=position,
        line_id=line_id,
        product_id=product_id,
        sku=sku,
        title=title,
        **quantities,
        status=line_status(**counted),
        unit_price=money_or_none(price, currency),
        expected_on=covered.on if covered else None,
        coverage=covered,
        sources=bought,
        discontinued=bool(discontinued),
        count_me=bool(count_me),
        why=why,
        firm=firm,
        ship_policy=ShipPolicy(ship_policy) if ship_policy else None,
        stand_in=StandIn(stand_in) if stand_in else None,
        replaces=replaces,
    )
