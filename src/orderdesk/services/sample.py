"""The sample shop: a month of The Dapper Heron as it would have been lived, dated back from today.

Products, customers and orders come from resources/sample; the diary there says what Winifred did with them, day by day,
and each of its entries is an ordinary use case of the services, done at its own moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from orderdesk.domain.customers import Customer
from orderdesk.domain.days import day_of
from orderdesk.domain.errors import RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.order_numbers import number_key
from orderdesk.domain.orders import Order, OrderLine
from orderdesk.domain.products import Product
from orderdesk.domain.shop import ADDRESS_PARTS, Paper, ShopProfile
from orderdesk.resources import resource
from orderdesk.services.customers import keys_of
from orderdesk.services.sample_deeds import DEEDS, Entry
from orderdesk.services.tasks import NO_PROGRESS, Progress
from orderdesk.storage import bulk
from orderdesk.storage.identities import know_customer_as
from orderdesk.storage.instants import instant_text
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.customers import customer_counts
from orderdesk.storage.queries.orders import order_counts
from orderdesk.storage.queries.products import product_counts
from orderdesk.storage.queries.shop import shop_profile
from orderdesk.storage.shop_row import save_profile
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View

_OPENED_DAYS_AGO = 30
# By eight in the morning all of the last day has happened; before that, the last day is yesterday.
_LAST_DAY_IS_COMPLETE = timedelta(hours=8)

Deed = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The days of the sample files, counted from the last one, as days and instants of the shop's time zone."""

    last_day: date
    zone: ZoneInfo

    def day(self, days_ahead: int) -> date:
        return self.last_day + timedelta(days=days_ahead)

    def instant(self, entry: Entry) -> datetime:
        """The moment an entry tells by `days_ago` and `at`, a time of day."""
        return datetime.combine(self.day(-entry["days_ago"]), time.fromisoformat(entry["at"]), self.zone)


def make_sample_shop(store: Store, *, now: datetime, progress: Progress = NO_PROGRESS) -> None:
    """Fill an empty shop: 40 products, 25 customers, a month's 60 orders, what is on offer, and letters for some who wait.

    The same `now` gives the same shop but for coupon codes. A profile with a name is kept, another becomes that of the sample;
    what letters can't do without comes from there.
    `progress` can stop it before anything is written, not later, so that there is never half a sample shop.
    Raises RefusedError for a shop that has an order, a product or a customer already.
    """
    profile = _profile()
    progress.step(0, 1, profile.name)
    zone = ZoneInfo(profile.time_zone)
    _require_empty(store, day_of(now, zone))
    calendar = _Calendar(day_of(now.astimezone(zone) - _LAST_DAY_IS_COMPLETE, zone), zone)
    _open(store, profile, calendar)
    steps = [*_arrivals(store, profile, calendar), *_diary(store, calendar)]
    for _, do in sorted(steps, key=itemgetter(0)):
        do()
    _list(store, profile.currency, calendar)


def is_unbegun(store: Store, today: date) -> bool:
    """Whether nobody has made this shop theirs: it has no name, and nothing in it."""
    with store.read() as view:
        return shop_profile(view) is None and _is_empty(view, today)


def _is_empty(view: View, today: date) -> bool:
    return not any(count(view, today=today)["all"] for count in (order_counts, product_counts, customer_counts))


def _require_empty(store: Store, today: date) -> None:
    with store.read() as view:
        is_empty = _is_empty(view, today)
    if not is_empty:
        raise RefusedError(
            "The sample shop can't be added: this shop has orders, products or customers of its own.",
            "Open the sample shop in a file of its own.",
        )


def _read(name: str) -> Any:
    return json.loads(resource("sample", f"{name}.json").read_text(encoding="utf-8"))


def _profile() -> ShopProfile:
    values = _read("shop")
    return ShopProfile(**{**values, "paper": Paper(values["paper"])})


def _signing(known: ShopProfile | None, sample: ShopProfile) -> ShopProfile:
    """The seller's own profile, if it has a name, with the owner and e-mail of the sample where letters need them."""
    if known is None or not known.name:
        return sample
    answerable = known.line1 or known.email or known.phone
    return replace(known, owner=known.owner or sample.owner, email=known.email if answerable else sample.email)


def _open(store: Store, profile: ShopProfile, calendar: _Calendar) -> None:
    """The shop on its first day. Undo stops here: taking this back alone would leave orders of nothing."""
    opened = calendar.instant({"days_ago": _OPENED_DAYS_AGO, "at": "09:00"})
    with store.begin("sample", f"{profile.name} opened", now=opened, undoable=False) as transaction:
        save_profile(transaction, _signing(shop_profile(transaction.view), profile))
        for entry in _read("products"):
            _add_product(transaction, entry, profile.currency, calendar)
        for entry in _read("customers"):
            customer = Customer(**entry)
            know_customer_as(transaction, transaction.add(customer), keys_of(customer))


def _add_product(transaction: Transaction, entry: Entry, currency: str, calendar: _Calendar) -> None:
    facts = dict(entry)
    on_hand, in_days = facts.pop("on_hand", None), facts.pop("on_order_in_days", None)
    for name in ("price", "cost"):
        facts[f"{name}_minor"] = _minor(facts.pop(name, None), currency)
    product = Product(**facts, currency=currency, stock_known=on_hand is not None)
    product.on_order_expected_on = calendar.day(in_days) if in_days else None
    product_id = transaction.add(product)
    if on_hand:
        transaction.move_stock(product_id, "adjusted", on_hand, reason="First count")


def _list(store: Store, currency: str, calendar: _Calendar) -> None:
    """What is on offer at the end: auctions that run, and prices that stand."""
    now = calendar.instant({"days_ago": 0, "at": "07:50"})
    with store.begin("sample", "Listings came in", now=now, undoable=False) as transaction:
        rows = [_listing(transaction, entry, currency, calendar) for entry in _read("listings")]
        bulk.insert(transaction, "listing", bulk.LISTING, rows)


def _listing(transaction: Transaction, entry: Entry, currency: str, calendar: _Calendar) -> tuple[Any, ...]:
    ends = calendar.instant({"days_ago": -entry["days_ahead"], "at": entry["at"]}) if "days_ahead" in entry else None
    values = {
        **entry,
        "product_id": lookup.product_id(transaction.view, entry["sku"]),
        "price_minor": _minor(entry["price"], currency),
        "currency": currency,
        "ends_at": instant_text(ends.astimezone(UTC)) if ends else None,
        "ended_at": None,
        "ended_why": "",
    }
    return tuple(values[name] for name in bulk.LISTING)


def _arrivals(store: Store, profile: ShopProfile, calendar: _Calendar) -> Iterator[Deed]:
    """The orders of each day, fetched ten minutes after the last of them was placed."""
    for _, group in groupby(_read("orders"), key=itemgetter("days_ago")):
        entries = list(group)
        fetched_at = calendar.instant(entries[-1]) + timedelta(minutes=10)
        yield fetched_at, partial(_fetch, store, entries, profile.currency, calendar, fetched_at)


def _fetch(store: Store, entries: Iterable[Entry], currency: str, calendar: _Calendar, now: datetime) -> None:
    numbers = [entry["order_number"] for entry in entries]
    summary = f"Order{'s' if len(numbers) > 1 else ''} {', '.join(numbers)} came in"
    with store.begin("sample", summary, now=now, undoable=False) as transaction:
        for entry in entries:
            transaction.add_order(_order(transaction, entry, currency, calendar))


def _order(transaction: Transaction, entry: Entry, currency: str, calendar: _Calendar) -> Order:
    placed_at = calendar.instant(entry)
    customer = transaction.customer(lookup.customer_id(transaction.view, entry["customer_id"]))
    order = Order(
        channel=entry["channel"],
        order_number=entry["order_number"],
        number_key=number_key(entry["order_number"]),
        customer_id=customer.id,
        placed_on=day_of(placed_at, calendar.zone),
        placed_at=placed_at,
        currency=currency,
        ship_by=calendar.day(entry["ship_by"]) if "ship_by" in entry else None,
        note=entry.get("note", ""),
        buyer_name=customer.name,
        email=customer.email,
        phone=customer.phone,
        username=customer.username,
        lines=[_line(transaction, place, *line) for place, line in enumerate(entry["lines"].items(), start=1)],
        shipping_minor=_minor(entry["shipping"], currency),
        tax_minor=_minor(entry.get("tax"), currency),
        **{f"ship_{part}": getattr(customer, part) for part in ADDRESS_PARTS},
    )
    if entry.get("paid", True):
        order.paid, order.paid_on, order.paid_at = True, order.placed_on, placed_at
    return order


def _line(transaction: Transaction, position: int, sku: str, quantity: int) -> OrderLine:
    product = transaction.product(lookup.product_id(transaction.view, sku))
    return OrderLine(position, product.id, sku, product.title, ordered=quantity, unit_price_minor=product.price_minor)


def _minor(amount: str | None, currency: str) -> int | None:
    return None if amount is None else Money.of(amount, currency).minor


def _diary(store: Store, calendar: _Calendar) -> Iterator[Deed]:
    for entry in _read("diary"):
        at = calendar.instant(entry)
        do = DEEDS[entry["do"]]
        yield at, partial(do, store, entry, at)
