"""Orders typed in by hand: add and edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from orderdesk.domain.errors import AlreadyThereError, InvalidValueError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.orders import Order, OrderLine, number_key
from orderdesk.domain.products import Product
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.customers import known_or_new_customer
from orderdesk.services.drafts import LineDraft, OrderDraft
from orderdesk.services.shop import local_day
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.shop import shop_profile
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

_ADDRESS = ("name", "company", "line1", "line2", "city", "region", "postal_code", "country")
_MONEY = ("shipping", "tax", "discount")
_AS_TYPED = ("channel", "ship_by", "note", *(f"ship_{part}" for part in _ADDRESS))


def add_order(store: Store, draft: OrderDraft, *, now: datetime) -> int:
    """Add an order with its lines; its id. A SKU that is new makes a product whose stock is still to be counted."""
    with store.begin("add_order", "", now=now) as transaction:
        profile = shop_profile(transaction.view) or ShopProfile()
        draft.currency = draft.currency.strip() or profile.currency
        number = draft.order_number.strip() or lookup.next_order_number(transaction.view)
        _require_free_number(transaction, draft.channel.strip(), number)
        order = _new_order(transaction, draft, number, profile, now)
        for position, line in enumerate(draft.lines, start=1):
            order.lines.append(_new_line(transaction, line, position, draft.value("currency")))
        _require_lines(order)
        order_id = transaction.add(order)
        transaction.describe(f"Added order {number}")
    return order_id


def edit_order(store: Store, order_id: int, draft: OrderDraft, *, now: datetime) -> Step:
    """Change an order. A line left out is taken off if nothing of it has shipped; the place in the queue stays."""
    with store.begin("edit_order", "", now=now) as transaction:
        order = transaction.order(order_id)
        draft.currency = order.currency
        for name in _AS_TYPED:
            setattr(order, name, draft.value(name))
        for name in _MONEY:
            setattr(order, f"{name}_minor", draft.value(name))
        _set_customer(order, draft.customer_id)
        if draft.placed_on.strip() and draft.value("placed_on") != order.placed_on:
            order.placed_on = draft.value("placed_on")
            order.placed_at = _start_of_day(order.placed_on, shop_profile(transaction.view))
        _set_paid(order, draft.paid, shop_profile(transaction.view), now)
        _edit_lines(transaction, order, draft.lines)
        _require_lines(order)
        summary = f"Edited order {order.order_number}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def add_gift(transaction: Transaction, order: Order, gift: str) -> None:
    """Add one unit free of charge to an order, within a step: of the product with that SKU or title, else of a new one."""
    product_id = lookup.product_called(transaction.view, gift)
    if product_id is None:
        product_id = transaction.add(Product("", gift, currency=order.currency))
    position = max((line.position for line in order.lines), default=0) + 1
    order.lines.append(_new_line(transaction, LineDraft(product_id=product_id, unit_price="0"), position, order.currency))


def draft_of_order(store: Store, order_id: int) -> OrderDraft:
    """The form filled with what is known of an order."""
    with store.read() as view:
        row = view.record("orders", order_id)
        lines = [view.record("order_line", line_id) for line_id in lookup.line_ids(view, order_id)]
    draft = OrderDraft(
        customer_id=row["customer_id"], paid=bool(row["paid"]), lines=[_draft_of_line(line, row["currency"]) for line in lines]
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
    )


def _new_order(transaction: Transaction, draft: OrderDraft, number: str, profile: ShopProfile, now: datetime) -> Order:
    placed_on = draft.value("placed_on") or local_day(profile, now)
    placed_at = now if placed_on == local_day(profile, now) else _start_of_day(placed_on, profile)
    customer_id = draft.customer_id if draft.customer_id is not None else known_or_new_customer(transaction, draft.customer)
    customer = transaction.customer(customer_id)
    address = {f"ship_{part}": draft.value(f"ship_{part}") or getattr(customer, part) for part in _ADDRESS}
    order = Order(
        channel=draft.value("channel"),
        order_number=number,
        number_key=number_key(number),
        customer_id=customer_id,
        placed_on=placed_on,
        placed_at=placed_at,
        currency=draft.value("currency"),
        ship_by=draft.value("ship_by"),
        note=draft.value("note"),
        buyer_name=customer.name,
        email=customer.email,
        phone=customer.phone,
        username=customer.username,
        **{f"{name}_minor": draft.value(name) for name in _MONEY},
        **address,
    )
    if draft.paid:
        order.paid, order.paid_on, order.paid_at = True, placed_on, placed_at
    return order


def _set_customer(order: Order, customer_id: int | None) -> None:
    if customer_id is None or customer_id == order.customer_id:
        return
    if order.notice_id is not None:
        raise RefusedError(
            f"Order {order.order_number} can't go to another customer: a letter speaks of it.", "Undo the letter first."
        )
    order.customer_id = customer_id


def _set_paid(order: Order, paid: bool, profile: ShopProfile | None, now: datetime) -> None:
    if paid == order.paid:
        return
    order.paid, order.paid_at = paid, now if paid else None
    order.paid_on = local_day(profile, now) if paid else None


def _edit_lines(transaction: Transaction, order: Order, drafts: list[LineDraft]) -> None:
    kept = {draft.line_id: draft for draft in drafts if draft.line_id is not None}
    for line in list(order.lines):
        draft = kept.get(line.id)
        if draft is None:
            _take_off(transaction, order, line)
        else:
            _edit_line(line, draft, order.currency)
    position = max((line.position for line in order.lines), default=0)
    for offset, draft in enumerate((draft for draft in drafts if draft.line_id is None), start=1):
        order.lines.append(_new_line(transaction, draft, position + offset, order.currency))


def _take_off(transaction: Transaction, order: Order, line: OrderLine) -> None:
    if line.shipped:
        raise RefusedError(f"{line.title} can't be taken off: {line.shipped} of it have shipped.", "Cancel what is still open.")
    if lookup.letter_names_line(transaction.view, line.id):
        raise RefusedError(f"{line.title} can't be taken off: a letter speaks of it.", "Cancel the line instead.")
    order.lines.remove(line)


def _edit_line(line: OrderLine, draft: LineDraft, currency: str) -> None:
    draft.currency = currency
    line.title = draft.value("title") or line.title
    line.unit_price_minor = draft.value("unit_price")
    quantity = draft.value("quantity")
    if quantity != line.ordered:
        line.change_ordered(quantity, line.title)


def _new_line(transaction: Transaction, draft: LineDraft, position: int, currency: str) -> OrderLine:
    draft.currency = currency
    quantity = draft.value("quantity")
    if not quantity:
        raise InvalidValueError("quantity", draft.quantity, "a whole number of 1 or more")
    product = _product_for(transaction, draft, currency)
    return OrderLine(
        position=position,
        product_id=product.id,
        sku=product.sku,
        title=draft.value("title") or product.title,
        ordered=quantity,
        unit_price_minor=draft.value("unit_price"),
    )


def _product_for(transaction: Transaction, draft: LineDraft, currency: str) -> Product:
    if draft.product_id is not None:
        return transaction.product(draft.product_id)
    sku, title = draft.value("sku"), draft.value("title")
    if not sku and not title:
        raise InvalidValueError("product", "", "a SKU or a title")
    known = lookup.product_named(transaction.view, sku, title)
    if known is None:
        known = transaction.add(Product(sku, title or sku, price_minor=draft.value("unit_price"), currency=currency))
    return transaction.product(known)


def _require_lines(order: Order) -> None:
    if not order.lines:
        raise RefusedError("An order needs at least one line.", "Add a product to it.")


def _require_free_number(transaction: Transaction, channel: str, number: str) -> None:
    if lookup.order_numbered(transaction.view, channel, number) is not None:
        raise AlreadyThereError("order", number)


def _start_of_day(day: date, profile: ShopProfile | None) -> datetime:
    """A day without a time ranks as its start, where the shop is."""
    zone = ZoneInfo(profile.time_zone if profile else "UTC")
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else str(Money(minor, currency).amount)
