"""Customers for the screens."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.money import Money
from orderdesk.domain.shop import Address
from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.coupons import CouponRow, coupons_of_customer, is_open
from orderdesk.storage.queries.credits import CREDIT
from orderdesk.storage.queries.given import LETTER_READY, NOT_TOLD
from orderdesk.storage.queries.lookup import wants_marketing
from orderdesk.storage.queries.notices import NoticeRow, notices_of_customer
from orderdesk.storage.queries.orders import OrderRow, orders_of_customer
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class CustomersView:
    """What the customers page shows."""

    filter: str = "all"
    search: str = ""
    sort: paging.Sort = (("name", False),)


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in a table. `spent` is what they paid and did not get back, per currency.

    `told` is None where nothing of theirs is backordered.
    `letter_ready`: they do not know yet, and letters about all of it lie ready.
    """

    id: int
    customer_id: str
    name: str
    company: str
    country: str
    orders: int
    spent: tuple[Money, ...]
    last_order_on: date | None
    open_backorders: int
    told: bool | None
    letter_ready: bool
    open_coupons: int
    email: str
    phone: str
    username: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class CustomerDetail:
    """A customer with orders, letters and coupons, each newest first; whether they want to hear of offers."""

    row: CustomerRow
    address: Address
    orders: list[OrderRow]
    notices: list[NoticeRow]
    coupons: list[CouponRow]
    wants_offers: bool


# Two records that are perhaps one person: the same name in the same place, or one address for e-mail.
_TWICE = """
SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY lower(name), lower(postal_code)) AS alike FROM customer
    WHERE name <> '' AND postal_code <> '') WHERE alike > 1
UNION SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY lower(email)) AS alike FROM customer WHERE email <> '') WHERE alike > 1
"""
_FILTERS = {
    "all": "",
    "waiting": "t.id IN (SELECT customer_id FROM orders WHERE backordered_units > 0)",
    "not_told": f"t.id IN (SELECT o.customer_id FROM orders o WHERE o.backordered_units > 0 AND {NOT_TOLD})",
    "with_coupon": f"t.id IN (SELECT k.customer_id FROM coupon k WHERE {is_open('k')})",
    "twice": f"t.id IN ({_TWICE})",
}
CUSTOMER_FILTERS = tuple(_FILTERS)
_SORTS = {
    "name": "t.name COLLATE NOCASE {}",
    "country": "t.country = '' ASC, t.country {}",
    "orders": "(SELECT count(*) FROM orders o WHERE o.customer_id = t.id) {}",
    "last_order": "(SELECT max(placed_at) FROM orders o WHERE o.customer_id = t.id) {} NULLS LAST",
    "open_backorders": "(SELECT count(*) FROM orders o WHERE o.customer_id = t.id AND o.backordered_units > 0) {}",
    "email": "t.email = '' ASC, t.email COLLATE NOCASE {}",
}
_PAGE = f"""
SELECT t.id, t.customer_id, t.name, t.company, t.country, t.email, t.phone, t.username, t.language, t.note,
    (SELECT count(*) FROM orders o WHERE o.customer_id = t.id),
    (SELECT max(placed_on) FROM orders o WHERE o.customer_id = t.id),
    (SELECT count(*) FROM orders o WHERE o.customer_id = t.id AND o.backordered_units > 0),
    (SELECT min(NOT {NOT_TOLD}) FROM orders o WHERE o.customer_id = t.id AND o.backordered_units > 0),
    (SELECT min({LETTER_READY}) FROM orders o
        WHERE o.customer_id = t.id AND o.backordered_units > 0 AND {NOT_TOLD}),
    (SELECT count(*) FROM coupon k WHERE k.customer_id = t.id AND {is_open("k")}),
    (SELECT json_group_object(currency, spent) FROM (SELECT currency,
        sum(total_minor + {CREDIT} - coalesce((SELECT sum(m.amount_minor) FROM refund m WHERE m.order_id = o.id), 0)) AS spent FROM orders o
        WHERE o.customer_id = t.id AND o.paid = 1 AND o.status <> 'canceled' AND o.total_minor IS NOT NULL GROUP BY currency))
FROM json_each(:ids) j CROSS JOIN customer t ON t.id = j.value ORDER BY j.key
"""


def customer_ids(view: View, wanted: CustomersView, *, today: date) -> array[int]:
    """Ids of every customer of the view, in its order; `today` is the day where the shop is."""
    where, words = paging.searched("customer_search", wanted.search, (_FILTERS[wanted.filter],))
    order = paging.order_by(wanted.sort, _SORTS, "t.id")
    return paging.ids(view, f"SELECT t.id FROM customer t {where} {order}", {"today": today.isoformat(), **words})


def customer_rows(view: View, ids: Sequence[int], *, today: date) -> list[CustomerRow]:
    """The rows of these ids, in their order."""
    return [_row(row) for row in view.all(_PAGE, {"ids": paging.as_json(ids), "today": today.isoformat()})]


def customer_counts(view: View, *, search: str = "", today: date) -> dict[str, int]:
    """How many customers each filter would show."""
    where, words = paging.searched("customer_search", search, ())
    return paging.count_each(view, "customer", _FILTERS, "t.id", where, {"today": today.isoformat(), **words})


def customer_detail(view: View, customer_id: int, *, today: date) -> CustomerDetail:
    """One customer. Raises NotFoundError."""
    rows = customer_rows(view, [customer_id], today=today)
    if not rows:
        raise NotFoundError("customer", f"with the number {customer_id}")
    facts = view.record("customer", customer_id)
    return CustomerDetail(
        row=rows[0],
        address=Address(*(facts[part] for part in Address.__dataclass_fields__)),
        orders=orders_of_customer(view, customer_id, today=today),
        notices=notices_of_customer(view, customer_id),
        coupons=coupons_of_customer(view, customer_id),
        wants_offers=wants_marketing(view, customer_id),
    )


def _row(row: Sequence[Any]) -> CustomerRow:
    (key, customer_id, name, company, country, email, phone, username, language, note, orders, last, open_backorders) = row[:13]
    told, letter_ready, coupons, spent = row[13:]
    return CustomerRow(
        id=key,
        customer_id=customer_id,
        name=name,
        company=company,
        country=country,
        orders=orders,
        spent=tuple(Money(amount, currency) for currency, amount in json.loads(spent).items()),
        last_order_on=parse_day(last),
        open_backorders=open_backorders,
        told=None if told is None else bool(told),
        letter_ready=bool(letter_ready),
        open_coupons=coupons,
        email=email,
        phone=phone,
        username=username,
        language=language,
        note=note,
    )
