"""Purchase orders for the screens, and what is open of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby
from operator import itemgetter
from typing import Any

from orderdesk.domain.days import day_of
from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.purchases import PurchaseStatus, purchase_status
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.search import in_plain_letters
from orderdesk.storage.view import View

UNDER_WAY_STATES = (PurchaseStatus.SENT, PurchaseStatus.PARTLY_RECEIVED)


@dataclass(frozen=True, slots=True)
class PurchaseLineRow:
    """A line of a purchase order; `for_order` is the number of the customer's order that it is bought for, "" for the shelf.

    `supplier_sku` is how the supplier that it is bought from calls the product, "" where that is not known. A draft has nothing
    `to_come` until it is sent.
    """

    line_id: int
    product_id: int
    sku: str
    supplier_sku: str
    title: str
    quantity: int
    received: int
    to_come: int
    cost: Money | None
    for_order: str


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """A purchase order with its lines; `received_on` is the day on which units of it came last."""

    id: int
    number: str
    supplier: str
    currency: str
    status: PurchaseStatus
    placed_on: date
    expected_on: date | None
    sent_on: date | None
    received_on: date | None
    lines: tuple[PurchaseLineRow, ...]

    @property
    def still_expected_on(self) -> date | None:
        """When what is to come is expected; None once nothing is."""
        return None if self.status in (PurchaseStatus.RECEIVED, PurchaseStatus.CANCELED) else self.expected_on

    @property
    def total(self) -> Money | None:
        """What it costs; None where a cost is not known."""
        costs = [None if line.cost is None else line.cost.minor * line.quantity for line in self.lines]
        return None if None in costs else Money(sum(cost for cost in costs if cost is not None), self.currency)

    def is_overdue(self, today: date) -> bool:
        """Whether it is under way and should have been here before."""
        return self.status in UNDER_WAY_STATES and self.expected_on is not None and self.expected_on < today

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def to_come(self) -> int:
        return sum(line.to_come for line in self.lines)


# How the supplier of a purchase order o calls the product p; what stands with the product is how its usual supplier does.
_THEIR_SKU = """coalesce(
    (SELECT nullif(a.supplier_sku, '') FROM supplier_product a JOIN supplier s ON s.id = a.supplier_id
        WHERE a.product_id = p.id AND s.name = o.supplier COLLATE NOCASE),
    iif(p.supplier = o.supplier COLLATE NOCASE, p.supplier_sku, ''))"""
_ROWS = f"""
SELECT o.id, o.number, o.supplier, o.currency, o.placed_on, o.expected_on, o.sent_on, o.canceled_on,
    b.id, b.product_id, p.sku, {_THEIR_SKU}, p.title, b.quantity, b.received,
    iif(o.sent_on IS NULL, 0, b.quantity - b.received - b.canceled), b.cost_minor,
    coalesce((SELECT c.order_number FROM order_line l JOIN orders c ON c.id = l.order_id WHERE l.id = b.order_line_id), ''),
    iif(b.received > 0, (SELECT max(e.at) FROM row_change r JOIN event e ON e.id = r.event_id WHERE r.table_name = 'purchase_line'
        AND r.row_id = b.id AND r.before ->> 'received' < b.received AND e.undone_by IS NULL), NULL)
FROM purchase_order o JOIN purchase_line b ON b.purchase_order_id = o.id JOIN product p ON p.id = b.product_id
{{which}} ORDER BY o.id DESC, b.position
"""
# Of a line b of a purchase order o.
UNDER_WAY = "o.sent_on IS NOT NULL AND o.canceled_on IS NULL AND b.quantity > b.received + b.canceled"

# A product t is expected on its own day, where purchase orders do not account for all that is on order, or on that of the first
# of these. What should have come before today is overdue: nobody knows when it comes.
_OWN_DAY = "iif(t.on_order_expected_on {0} :today, t.on_order_expected_on, NULL)"
_BOUGHT_FOR = f"""(SELECT min(o.expected_on) FROM purchase_line b JOIN purchase_order o ON o.id = b.purchase_order_id
    WHERE b.product_id = t.id AND {UNDER_WAY} AND o.expected_on {{0}} :today)"""
_FIRST_DAY = f"min(coalesce({_OWN_DAY}, {_BOUGHT_FOR}), coalesce({_BOUGHT_FOR}, {_OWN_DAY}))"
EXPECTED_ON, OVERDUE_SINCE = _FIRST_DAY.format(">="), f"iif(t.on_order > 0, {_FIRST_DAY.format('<')}, NULL)"

PURCHASE_FILTERS = ("all", "drafts", "under_way", "received")
_SHOWN = {
    "drafts": (PurchaseStatus.DRAFT,),
    "under_way": UNDER_WAY_STATES,
    "received": (PurchaseStatus.RECEIVED,),
}


def purchases(view: View, *, shown: str = "all", search: str = "") -> list[PurchaseRow]:
    """Purchase orders, the newest first; `search` is part of a number, a supplier or a product on it."""
    words = _plain(search).split()
    found = [row for row in _rows(view, "", ()) if all(word in _named(row) for word in words)]
    return [row for row in found if shown == "all" or row.status in _SHOWN[shown]]


def overdue_purchases(view: View, *, today: date) -> list[PurchaseRow]:
    """Purchase orders that should have been here by now, the longest awaited first."""
    found = _rows(view, f"WHERE o.expected_on < ? AND {UNDER_WAY}", (today.isoformat(),))
    return sorted(found, key=lambda row: (row.expected_on or today, row.id))


def purchase_counts(view: View, *, search: str = "") -> dict[str, int]:
    """How many purchase orders each filter would show."""
    found = purchases(view, search=search)
    return {name: sum(name == "all" or row.status in _SHOWN[name] for row in found) for name in PURCHASE_FILTERS}


def purchase_rows(view: View, ids: Sequence[int]) -> list[PurchaseRow]:
    """The rows of these ids, in their order."""
    found = {row.id: row for row in _rows(view, "WHERE o.id IN (SELECT value FROM json_each(?))", (paging.as_json(ids),))}
    return [found[key] for key in ids if key in found]


def _named(row: PurchaseRow) -> str:
    return _plain(" ".join([row.number, row.supplier, *(f"{line.sku} {line.title} {line.for_order}" for line in row.lines)]))


def _plain(text: str) -> str:
    return in_plain_letters(text).casefold()


def purchase(view: View, purchase_id: int) -> PurchaseRow:
    """One of them. Raises NotFoundError."""
    found = _rows(view, "WHERE o.id = ?", (purchase_id,))
    if not found:
        raise NotFoundError("purchase order", f"with the number {purchase_id}")
    return found[0]


def purchase_numbered(view: View, number: str) -> int:
    """The id of a purchase order by its number, PO-1 or the 1 alone. Raises NotFoundError."""
    typed = number.strip()
    found = view.value("SELECT id FROM purchase_order WHERE number COLLATE NOCASE IN (?, ?)", (typed, f"PO-{typed}"))
    if found is None:
        raise NotFoundError("purchase order", number)
    return int(found)


def next_purchase_number(view: View) -> str:
    """PO-1, and so on; a number is never given twice."""
    given = view.value("SELECT seq FROM sqlite_sequence WHERE name = 'purchase_order'")
    return f"PO-{(given or 0) + 1}"


def open_purchases_of(view: View, product_id: int) -> list[int]:
    """Purchase orders under way with units of the product to come, the earliest expected first."""
    sql = (
        "SELECT DISTINCT o.id FROM purchase_line b JOIN purchase_order o ON o.id = b.purchase_order_id "
        f"WHERE b.product_id = ? AND {UNDER_WAY} ORDER BY o.expected_on IS NULL, o.expected_on, o.id"
    )
    return [row[0] for row in view.all(sql, (product_id,))]


def drafted_products(view: View) -> dict[int, str]:
    """Products that stand on a draft already, with the number of the latest."""
    sql = "SELECT b.product_id, o.number FROM purchase_order o JOIN purchase_line b ON b.purchase_order_id = o.id "
    return dict(view.all(f"{sql} WHERE o.sent_on IS NULL AND o.canceled_on IS NULL ORDER BY o.id"))


def bought_for(view: View, order_line_id: int) -> dict[str, int]:
    """Units under way that were bought for a customer's line, by the number of their purchase order."""
    sql = (
        "SELECT o.number, b.quantity - b.received - b.canceled FROM purchase_line b "
        f"JOIN purchase_order o ON o.id = b.purchase_order_id WHERE b.order_line_id = ? AND {UNDER_WAY} ORDER BY o.id"
    )
    return dict(view.all(sql, (order_line_id,)))


def bought_for_lines(view: View, product_id: int) -> dict[str, int]:
    """Units of a product under way that were bought for customers' lines, by the number of their purchase order."""
    sql = (
        "SELECT o.number, sum(b.quantity - b.received - b.canceled) FROM purchase_line b "
        "JOIN purchase_order o ON o.id = b.purchase_order_id "
        f"WHERE b.product_id = ? AND b.order_line_id IS NOT NULL AND {UNDER_WAY} GROUP BY o.id ORDER BY o.id"
    )
    return dict(view.all(sql, (product_id,)))


def _rows(view: View, which: str, values: Sequence[Any]) -> list[PurchaseRow]:
    found = view.all(_ROWS.format(which=which), values)
    zone = shop_zone(view)
    return [_row(list(lines), zone) for _, lines in groupby(found, key=itemgetter(0))]


def _row(rows: list[tuple[Any, ...]], zone: tzinfo | None) -> PurchaseRow:
    key, number, supplier, currency, placed_on, expected_on, sent_on, canceled_on = rows[0][:8]
    lines = tuple(_line(row[8:-1], currency) for row in rows)
    status = purchase_status(
        sent=sent_on is not None,
        canceled=canceled_on is not None,
        received=sum(line.received for line in lines),
        to_come=sum(line.to_come for line in lines),
    )
    placed, came = date.fromisoformat(placed_on), max((row[-1] for row in rows if row[-1]), default=None)
    received_on = day_of(parse_instant(came), zone) if came else None
    return PurchaseRow(
        key, number, supplier, currency, status, placed, parse_day(expected_on), parse_day(sent_on), received_on, lines
    )


def _line(row: Sequence[Any], currency: str) -> PurchaseLineRow:
    key, product, sku, supplier_sku, title, quantity, received, to_come, cost, for_order = row
    price = money_or_none(cost, currency)
    return PurchaseLineRow(key, product, sku, supplier_sku, title, quantity, received, to_come, price, for_order)


def products_on_order(view: View) -> int:
    """How many products have units on order, by purchase orders or by the product list alone."""
    return int(view.value("SELECT count(*) FROM product WHERE on_order > 0"))
