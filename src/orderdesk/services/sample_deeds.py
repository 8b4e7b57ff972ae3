"""What the diary of the sample shop can tell of, each an ordinary use case of the services done at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import apologize
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.drafts import SupplierProductDraft
from orderdesk.services.orders import cancel_order, find_line, find_order, hold_order, mark_paid, ship_order
from orderdesk.services.products import count_stock, find_product, receive_stock
from orderdesk.services.suppliers import set_offer
from orderdesk.services.telling import mark_order_told
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.coupons import coupons_of_customer
from orderdesk.storage.store import Store

Entry = Mapping[str, Any]


def _receive(store: Store, entry: Entry, now: datetime) -> None:
    receive_stock(store, find_product(store, entry["sku"]), entry["quantity"], now=now)


def _count(store: Store, entry: Entry, now: datetime) -> None:
    count_stock(store, find_product(store, entry["sku"]), entry["quantity"], entry["reason"], now=now)


def _ship(store: Store, entry: Entry, now: datetime) -> None:
    order_id = find_order(store, entry["order"])
    units = {find_line(store, order_id, sku): quantity for sku, quantity in entry.get("units", {}).items()}
    ship_order(store, order_id, units or None, now=now)


def _hold(store: Store, entry: Entry, now: datetime) -> None:
    hold_order(store, find_order(store, entry["order"]), entry["reason"], now=now)


def _pay(store: Store, entry: Entry, now: datetime) -> None:
    mark_paid(store, find_order(store, entry["order"]), now=now)


def _cancel(store: Store, entry: Entry, now: datetime) -> None:
    cancel_order(store, find_order(store, entry["order"]), now=now)


def _apologize(store: Store, entry: Entry, now: datetime) -> None:
    apologize(store, [find_order(store, entry["order"])], now=now)


def _tell(store: Store, entry: Entry, now: datetime) -> None:
    mark_order_told(store, find_order(store, entry["order"]), ToldBy(entry["by"]), now=now)


def _agree(store: Store, entry: Entry, now: datetime) -> None:
    agree_to_wait(store, find_order(store, entry["order"]), entry["words"], now=now)


def _redeem(store: Store, entry: Entry, now: datetime) -> None:
    """Use the coupon that the order's customer had from an earlier apology."""
    with store.read() as view:
        customer_id = view.record("orders", lookup.order_id(view, entry["order"]))["customer_id"]
        coupon = coupons_of_customer(view, customer_id)[0]
    redeem_coupon(store, coupon.code, entry["order"], now=now)


def _offer(store: Store, entry: Entry, now: datetime) -> None:
    """Somebody has asked a supplier what they want and how many they have."""
    facts = {name: entry[name] for name in ("supplier", "cost", "lead_time_days", "quantity")}
    set_offer(store, find_product(store, entry["sku"]), SupplierProductDraft(**facts), now=now)


DEEDS: Mapping[str, Callable[[Store, Entry, datetime], object]] = {
    "receive": _receive,
    "count": _count,
    "ship": _ship,
    "hold": _hold,
    "pay": _pay,
    "cancel": _cancel,
    "apologize": _apologize,
    "tell": _tell,
    "agree": _agree,
    "redeem": _redeem,
    "offer": _offer,
}
