"""What is known of order 1001."""

from __future__ import annotations

from datetime import date

from orderdesk.storage.queries.deadlines import Deadline, deadlines
from orderdesk.storage.queries.order_detail import OrderDetail, order_detail
from orderdesk.storage.queries.orders import OrdersView, order_ids
from tests.builders import Shop


def detail(shop: Shop) -> OrderDetail:
    with shop.store.read() as view:
        return order_detail(view, shop.orders["1001"], today=shop.now.date())


def deadline(shop: Shop) -> Deadline:
    with shop.store.read() as view:
        return deadlines(view, [shop.orders["1001"]], today=shop.now.date())[shop.orders["1001"]]


def unanswered(shop: Shop, today: date) -> list[int]:
    with shop.store.read() as view:
        return list(order_ids(view, OrdersView(filter="unanswered"), today=today))
