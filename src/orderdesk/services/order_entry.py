"""Orders typed in by hand: add and edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from orderdesk.domain.days import day_of, start_of
from orderdesk.domain.errors import AlreadyThereError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.order_numbers import number_key
from orderdesk.domain.orders import Order, OrderLine, lowered_by
from orderdesk.domain.shop import ADDRESS_PARTS
from orderdesk.services.coupons import redeem_within
from orderdesk.services.customers import known_or_new_customer
from orderdesk.services.days import require_not_future, require_not_past, shop_day
from orderdesk.services.drafts import LineDraft, OrderDraft
from orderdesk.services.order_lines import edit_lines, new_line, require_amounts, require_lines
from orderdesk.services.orders import close_if_empty, pay
from orderdesk.services.settling import Standing, settle_found_out, standings
from orderdesk.services.steps import Step, step_of
from orderdesk.services.used_coupons import require_no_less
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.accounts import balance
from orderdesk.storage.queries.refunds import refunds_left, takings
from orderdesk.storage.queries.shop import profile_of, shop_zone
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View

_MONEY = ("shipping", "tax", "discount")
_AS_TYPED = ("channel", "ship_by", "ship_policy", "note", "tags", *(f"ship_{part}" for part in ADDRESS_PARTS))


def add_order(store: Store, draft: OrderDraft, *, now: datetime) -> int:
    """Add an order with its lines; its id. A SKU that is new makes a product whose stock is still to be counted.

    With a coupon it is redeemed in the same step. Raises CouponError where it can't be.
    """
    with store.begin("add_order", "", now=now) as transaction:
        draft.currency = draft.currency.strip() or profile_of(transaction.view).currency
        number = draft.value("order_number") or lookup.next_order_number(transaction.view)
        _require_free_number(transaction, draft.value("channel"), number)
        order = _new_order(transaction, draft, number, now)
        for position, line in enumerate(draft.lines, start=1):
            order.lines.append(new_line(transaction, line, position, draft.value("currency")))
        require_lines(order)
        require_amounts(order)
        order_id = transaction.add_order(order)
        _redeem(transaction, order_id, draft, now)
        transaction.describe(f"Added order {number}")
    return order_id


def edit_order(store: Store, order_id: int, draft: OrderDraft, *, now: datetime) -> Step:
    """Change an order. A line left out is taken off if nothing of it has shipped; the place in the queue stays.

    A coupon is redeemed as in `add_order`. Raises CouponError for an order that would be too small for one used on it before.
    """
    with store.edit("edit_order", "", now=now) as transaction:
        order = transaction.order(order_id)
        draft.currency, before, goods = order.currency, order.to_pay_minor, order.goods_minor
        was_paid, charges, stood = order.paid, order.charges, standings(transaction.view, [order_id])
        today = shop_day(transaction.view, now)
        placed_on, ship_by = draft.value("placed_on") or order.placed_on, draft.value("ship_by")
        if (placed_on, ship_by) != (order.placed_on, order.ship_by):  # days that came with a file stay as they are
            _require_days(placed_on, ship_by, today)
        _set_customer(transaction, order, draft)
        if draft.value("channel") != order.channel:
            _require_free_number(transaction, draft.value("channel"), order.order_number)
        for name in _AS_TYPED:
            setattr(order, name, draft.value(name))
        for name in _MONEY:
            setattr(order, f"{name}_minor", draft.value(name))
        if placed_on != order.placed_on:
            order.placed_on = placed_on
            order.placed_at = start_of(order.placed_on, shop_zone(transaction.view))
        order.on_credit = draft.on_credit
        was_over = order.is_over
        edit_lines(transaction, order, draft.lines)
        require_lines(order)
        require_amounts(order, before)
        require_no_less(transaction.view, order, goods)
        _set_paid(transaction, order, draft.paid, today, now)
        remark = _lower(transaction, order, charges, stood) if was_paid and order.paid else ""
        given_back = "" if was_over else close_if_empty(transaction, order)
        _redeem(transaction, order_id, draft, now)
        summary = f"Edited order {order.order_number}{remark}{given_back}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _lower(
    transaction: Transaction, order: Order, charges: Mapping[OrderLine | str, int | None], stood: Mapping[int, Standing]
) -> str:
    """A paid order had these charges before the step: what the history adds where it is not even now."""
    lowered = lowered_by(charges, order.charges)
    order.lowered_minor += lowered
    settle_found_out(transaction, stood)
    owed = balance(transaction.view, order.id)
    if not (lowered and owed):
        return ""
    return f"; it comes to {Money(abs(owed), order.currency)} {'less' if owed > 0 else 'more'} than was paid"


def _redeem(transaction: Transaction, order_id: int, draft: OrderDraft, now: datetime) -> None:
    if draft.coupon.strip():
        redeem_within(transaction, draft.coupon, transaction.order(order_id), None, now=now)


def draft_of_order(store: Store, order_id: int) -> OrderDraft:
    """The form filled with what is known of an order."""
    with store.read() as view:
        row = view.record("orders", order_id)
        lines = [view.record("order_line", line_id) for line_id in lookup.line_ids(view, order_id)]
    draft = OrderDraft(
        customer_id=row["customer_id"],
        paid=bool(row["paid"]),
        on_credit=bool(row["on_credit"]),
        lines=[_draft_of_line(line, row["currency"]) for line in lines],
    )
    for name in ("order_number", "placed_on", "currency", *_AS_TYPED):
        setattr(draft, name, row[name] or "")
    for name in _MONEY:
        setattr(draft, name, _amount(row[f"{name}_minor"], row["currency"]))
    return draft


def _draft_of_line(line: Mapping[str, Any], currency: str) -> LineDraft:
    return LineDraft(
        line_id=line["id"],
        product_id=line["product_id"],
        sku=line["sku"],
        title=line["title"],
        quantity=str(line["ordered"]),
        unit_price=_amount(line["unit_price_minor"], currency),
        currency=currency,
        ship_policy=line["ship_policy"] or "",
    )


def _new_order(transaction: Transaction, draft: OrderDraft, number: str, now: datetime) -> Order:
    zone = shop_zone(transaction.view)
    today = day_of(now, zone)
    placed_on = draft.value("placed_on") or today
    _require_days(placed_on, draft.value("ship_by"), today)
    placed_at = now if placed_on == today else start_of(placed_on, zone)
    customer_id = draft.customer_id if draft.customer_id is not None else known_or_new_customer(transaction, draft.customer)
    customer = transaction.view.record("customer", customer_id)
    address = {f"ship_{part}": draft.value(f"ship_{part}") or customer[part] for part in ADDRESS_PARTS}
    order = Order(
        channel=draft.value("channel"),
        order_number=number,
        number_key=number_key(number),
        customer_id=customer_id,
        placed_on=placed_on,
        placed_at=placed_at,
        currency=draft.value("currency"),
        ship_by=draft.value("ship_by"),
        ship_policy=draft.value("ship_policy"),
        on_credit=draft.on_credit,
        note=draft.value("note"),
        tags=draft.value("tags"),
        **_contacts(customer),
        **{f"{name}_minor": draft.value(name) for name in _MONEY},
        **address,
    )
    if draft.paid:
        order.paid, order.paid_on, order.paid_at = True, placed_on, placed_at
    return order


def _require_days(placed_on: date, ship_by: date | None, today: date) -> None:
    require_not_future("placed_on", placed_on, today)
    require_not_past("ship_by", ship_by, placed_on)


def _set_customer(transaction: Transaction, order: Order, draft: OrderDraft) -> None:
    """Another customer comes with their contacts; with their address too where the order had that of the former one."""
    if draft.customer_id is None or draft.customer_id == order.customer_id:
        return
    if order.notice_id is not None:
        raise RefusedError(
            f"Order {order.order_number} can't go to another customer: a letter speaks of it.", "Undo the letter first."
        )
    former, customer = (transaction.view.record("customer", key) for key in (order.customer_id, draft.customer_id))
    order.customer_id = draft.customer_id
    for name, value in _contacts(customer).items():
        setattr(order, name, value)
    if all(getattr(order, f"ship_{part}") == former[part] for part in ADDRESS_PARTS):
        for part in ADDRESS_PARTS:
            if draft.value(f"ship_{part}") == former[part]:
                setattr(draft, f"ship_{part}", customer[part])


def _contacts(customer: Mapping[str, Any]) -> dict[str, Any]:
    return {"buyer_name": customer["name"], **{name: customer[name] for name in ("email", "phone", "username")}}


def _set_paid(transaction: Transaction, order: Order, paid: bool, today: date, now: datetime) -> None:
    if paid and not order.paid:
        pay(transaction, order, today, now)
    elif order.paid and not paid:
        _require_untouched_money(transaction.view, order)
        order.paid, order.paid_on, order.paid_at, order.lowered_minor = False, None, None, 0


def _require_untouched_money(view: View, order: Order) -> None:
    """What was sent for the money of an order, went back or is owed of it would be forgotten with its payment."""
    back, left = takings(view, order.id).back, refunds_left(view, [order.id])[order.id]
    if back.minor:
        _refuse_unpaid(order, f"{back} of it has gone back")
    if any(line.shipped for line in order.lines):
        _refuse_unpaid(order, "some of it has shipped")
    if left is None or left.minor:
        _refuse_unpaid(order, f"{left or 'money'} is to be paid back of it")


def _refuse_unpaid(order: Order, why: str) -> None:
    raise RefusedError(f"Order {order.order_number} was paid: {why}.", "Leave it as paid, or first undo that.")


def _require_free_number(transaction: Transaction, channel: str, number: str) -> None:
    if lookup.order_numbered(transaction.view, channel, number) is not None:
        raise AlreadyThereError("order", number)


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else str(Money(minor, currency).amount)
