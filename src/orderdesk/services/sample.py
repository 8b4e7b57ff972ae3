"""The sample shop: a believable month of The Dapper Heron, with backorders in every state, dated back from today."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from orderdesk.domain.customers import Customer
from orderdesk.domain.errors import RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.orders import Order, OrderLine, number_key
from orderdesk.domain.products import Product
from orderdesk.domain.shop import Address, Paper, ShopProfile
from orderdesk.resources import resource
from orderdesk.services.apologies import apologize, mark_order_told
from orderdesk.services.customers import keys_of
from orderdesk.services.shop import local_day, save_shop_profile
from orderdesk.services.tasks import NO_PROGRESS, Progress
from orderdesk.storage.identities import know_customer_as
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.orders import order_counts
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

_ADDRESS = tuple(Address.__dataclass_fields__)
Entry = Mapping[str, Any]


def make_sample_shop(store: Store, *, now: datetime, progress: Progress = NO_PROGRESS) -> None:
    """Fill an empty shop: 40 products, 25 customers, 60 orders of the last four weeks, some told, some with a letter, some not.

    Raises RefusedError for a shop that has orders already.
    """
    with store.read() as view:
        if order_counts(view, today=now.date())["all"]:
            raise RefusedError("This shop has orders already.", "Open the sample shop in a file of its own.")
    values = json.loads(_text("shop"))
    profile = ShopProfile(**{**values, "paper": Paper(values["paper"])})
    orders: list[Entry] = json.loads(_text("orders"))
    opened = now - timedelta(days=30)
    save_shop_profile(store, profile, now=opened)
    with store.begin("sample", "Opened the sample shop", now=opened) as transaction:
        products = _add_products(transaction, profile, local_day(profile, now))
        customers = _add_customers(transaction)
    days = [(days_ago, list(group)) for days_ago, group in groupby(orders, key=lambda order: int(order["days_ago"]))]
    for done, (days_ago, group) in enumerate(days):
        progress.step(done, len(days), profile.name)
        evening = now - timedelta(days=days_ago, minutes=20)
        with store.begin("sample", f"{len(group)} orders came in", now=evening) as transaction:
            for place, order in enumerate(group):
                placed_at = evening - timedelta(hours=3, minutes=-11 * place)
                transaction.add(_order(transaction, order, profile, placed_at, products, customers, now))
        _tell(store, group, min(now, evening + timedelta(minutes=15)))
    progress.step(len(days), len(days))


def _text(name: str) -> str:
    return resource("sample", f"{name}.json").read_text(encoding="utf-8")


def _add_products(transaction: Transaction, profile: ShopProfile, today: date) -> dict[str, int]:
    ids = {}
    for entry in json.loads(_text("products")):
        facts = dict(entry)
        on_hand, in_days = facts.pop("on_hand", None), facts.pop("on_order_in_days", None)
        for name in ("price", "cost"):
            amount = facts.pop(name, None)
            facts[f"{name}_minor"] = None if amount is None else Money.of(amount, profile.currency).minor
        product = Product(**facts, currency=profile.currency, stock_known=on_hand is not None)
        product.on_order_expected_on = today + timedelta(days=in_days) if in_days else None
        ids[product.sku] = transaction.add(product)
        if on_hand:
            transaction.move_stock(product.id, "adjusted", on_hand, reason="First count")
    return ids


def _add_customers(transaction: Transaction) -> dict[str, int]:
    ids = {}
    for entry in json.loads(_text("customers")):
        customer = Customer(**entry)
        ids[customer.customer_id] = transaction.add(customer)
        know_customer_as(transaction, customer.id, keys_of(customer))
    return ids


def _order(
    transaction: Transaction,
    entry: Entry,
    profile: ShopProfile,
    placed_at: datetime,
    products: Mapping[str, int],
    customers: Mapping[str, int],
    now: datetime,
) -> Order:
    customer = transaction.customer(customers[entry["customer_id"]])
    order = Order(
        channel=entry["channel"],
        order_number=entry["order_number"],
        number_key=number_key(entry["order_number"]),
        customer_id=customer.id,
        placed_on=local_day(profile, placed_at),
        placed_at=placed_at,
        currency=profile.currency,
        shipping_minor=Money.of(entry["shipping"], profile.currency).minor,
        buyer_name=customer.name,
        email=customer.email,
        phone=customer.phone,
        username=customer.username,
        **{f"ship_{part}": getattr(customer, part) for part in _ADDRESS},
    )
    order.lines = [_line(transaction, position, line, products) for position, line in enumerate(entry["lines"], start=1)]
    _settle_state(order, entry, local_day(profile, now))
    return order


def _line(transaction: Transaction, position: int, entry: Entry, products: Mapping[str, int]) -> OrderLine:
    product = transaction.product(products[entry["sku"]])
    return OrderLine(
        position, product.id, product.sku, product.title, ordered=entry["quantity"], unit_price_minor=product.price_minor
    )


def _settle_state(order: Order, entry: Entry, today: date) -> None:
    """What has happened to the order since: paid, held, shipped, canceled, and the day that was promised."""
    state = entry.get("state", "open")
    order.paid = state != "unpaid"
    order.paid_at, order.paid_on = (order.placed_at, order.placed_on) if order.paid else (None, None)
    order.hold, order.hold_reason = "hold" in entry, entry.get("hold", "")
    order.ship_by = today + timedelta(days=entry["ship_by_in"]) if "ship_by_in" in entry else None
    order.canceled_on = order.placed_on if state == "canceled" else None
    for line in order.lines:
        line.shipped = line.ordered if state == "shipped" else 0
        line.canceled = line.ordered if state == "canceled" else 0


def _tell(store: Store, orders: Sequence[Entry], now: datetime) -> None:
    """Some customers have had their letter, some only wait for it to be printed."""
    for entry in orders:
        if "told" not in entry and "letter" not in entry:
            continue
        with store.read() as view:
            order_id = lookup.order_id(view, entry["order_number"])
        if entry.get("told") != ToldBy.PHONE:
            apologize(store, [order_id], now=now)
        if "told" in entry:
            mark_order_told(store, order_id, ToldBy(entry["told"]), now=now)
