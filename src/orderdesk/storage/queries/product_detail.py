"""A product with all that its pane shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from orderdesk.domain.errors import NotFoundError
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.alternatives import Alternative, best_alternatives
from orderdesk.storage.queries.given import LINE_NOT_TOLD
from orderdesk.storage.queries.kits import Part, kits_with, parts_of
from orderdesk.storage.queries.products import ProductRow, product_rows
from orderdesk.storage.queries.suppliers import OfferRow, offers_of_product
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An order that wants the product and has not all of it, in queue order."""

    order_id: int
    order_number: str
    customer: str
    ordered: int
    allocated: int
    backordered: int
    placed_on: date
    told: bool


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One movement of the product's stock; `summary` is the step that made it, as far as it is of one order."""

    at: datetime
    kind: str
    quantity: int
    reason: str
    summary: str


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """A product with who waits for it (in queue order), its latest movements (newest first), the parts of a kit, the kits
    that it is a part of, what suppliers ask for it, and what could be sold in its place where it has run out."""

    row: ProductRow
    waiting: list[WaitingRow]
    movements: list[MovementRow]
    parts: list[Part]
    kits: list[Part]
    offers: list[OfferRow]
    instead: list[Alternative]


def product_detail(view: View, product_id: int, *, today: date) -> ProductDetail:
    """One product. Raises NotFoundError."""
    rows = product_rows(view, [product_id], today=today)
    if not rows:
        raise NotFoundError("product", f"with the number {product_id}")
    row = rows[0]
    return ProductDetail(
        row,
        _waiting(view, product_id),
        _movements(view, product_id),
        parts_of(view, product_id),
        kits_with(view, product_id),
        offers_of_product(view, product_id),
        best_alternatives(view, product_id, row.title, max(1, row.backordered), row.price) if not row.available else [],
    )


def _waiting(view: View, product_id: int) -> list[WaitingRow]:
    rows = view.all(
        f"SELECT o.id, o.order_number, c.name, l.ordered, l.allocated, l.backordered, o.placed_on, NOT {LINE_NOT_TOLD} "
        "FROM order_line l JOIN orders o ON o.id = l.order_id JOIN customer c ON c.id = o.customer_id "
        "WHERE l.product_id = ? AND l.ordered > l.canceled + l.shipped AND l.backordered > 0 ORDER BY l.queue_key, l.position, l.id",
        (product_id,),
    )
    return [
        WaitingRow(order_id, number, customer, ordered, allocated, short, date.fromisoformat(placed_on), bool(told))
        for order_id, number, customer, ordered, allocated, short, placed_on, told in rows
    ]


def _movements(view: View, product_id: int) -> list[MovementRow]:
    rows = view.all(
        "SELECT e.at, m.kind, m.quantity, m.reason, e.summary, o.order_number FROM stock_movement m JOIN event e ON e.id = m.event_id "
        "LEFT JOIN order_line l ON l.id = m.order_line_id LEFT JOIN orders o ON o.id = l.order_id WHERE m.product_id = ? ORDER BY m.id DESC LIMIT 30",
        (product_id,),
    )
    return [
        MovementRow(parse_instant(at), kind, quantity, reason, _of_its_order(summary, quantity, number))
        for at, kind, quantity, reason, summary, number in rows
    ]


def _of_its_order(summary: str, quantity: int, number: str | None) -> str:
    """The step as this movement is a part of it: of all that was shipped in it, what left this shelf for one order."""
    undone, shipped, _ = summary.partition("Shipped ")
    return f"{undone}{shipped}{abs(quantity)} of order {number}" if shipped and number else summary
