"""Everything that the shop's file knows about one customer, as it is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from orderdesk.storage.queries.history import history_of_order
from orderdesk.storage.queries.notices import letters_folder
from orderdesk.storage.view import View

Data = dict[str, Any]

_OF_CUSTOMER = {
    "known_as": "SELECT key FROM customer_key WHERE customer_id = ? ORDER BY key",
    "marketing_consent": "SELECT given_at, withdrawn_at FROM marketing_consent WHERE customer_id = ?",
    "orders": "SELECT * FROM orders WHERE customer_id = ? ORDER BY placed_at, id",
    "letters": "SELECT * FROM notice WHERE customer_id = ? ORDER BY reserved_at, id",
    "coupons": "SELECT * FROM coupon WHERE customer_id = ? ORDER BY issued_at, id",
}


class SavedLetter(NamedTuple):
    """Where a letter's files lie, what their names begin with, and whether they are drawn as its record is now."""

    notice_id: int
    folder: Path
    stem: str
    is_drawn: bool


def open_order_of(view: View, customer_id: int) -> str | None:
    """The number of the customer's oldest order of which something is still to be shipped."""
    sql = "SELECT order_number FROM orders WHERE customer_id = ? AND open_units > 0 ORDER BY placed_at LIMIT 1"
    found = view.value(sql, (customer_id,))
    return None if found is None else str(found)


def saved_letters(view: View, customer_id: int) -> list[SavedLetter]:
    """Every letter to the customer, voided ones too."""
    rows = view.all("SELECT id, folder, home, stem, letter_sha256 IS NOT NULL FROM notice WHERE customer_id = ?", (customer_id,))
    return [SavedLetter(key, letters_folder(view, chosen, home), stem, bool(drawn)) for key, chosen, home, stem, drawn in rows]


def numbers_of_orders(view: View, customer_id: int) -> list[tuple[str, int]]:
    """The customer's orders as (order number, id)."""
    return view.all("SELECT order_number, id FROM orders WHERE customer_id = ?", (customer_id,))


def everything_about(view: View, customer_id: int) -> Data:
    """The customer with orders and their lines, answers and refunds, letters and how they left, coupons and their ledgers, and
    the orders' history.

    Column names are those of the file; money is in minor units. Raises NotFoundError.
    """
    found: Data = {"customer": dict(view.record("customer", customer_id))}
    found |= {name: _rows(view, sql, customer_id) for name, sql in _OF_CUSTOMER.items()}
    for order in found["orders"]:
        order["lines"] = _rows(view, "SELECT * FROM order_line WHERE order_id = ? ORDER BY position", order["id"])
        order["answers"] = _rows(view, "SELECT kind, words, at FROM answer WHERE order_id = ? ORDER BY id", order["id"])
        order["parcels"] = _rows(view, "SELECT at, carrier, tracking FROM shipment WHERE order_id = ? ORDER BY id", order["id"])
        order["refunds"] = _rows(
            view, "SELECT amount_minor, refunded_on, how FROM refund WHERE order_id = ? ORDER BY id", order["id"]
        )
        order["history"] = [
            {"at": step.at.isoformat(), "summary": step.summary, "detail": step.detail}
            for step in history_of_order(view, order["id"])
        ]
    for letter in found["letters"]:
        letter["letter"] = json.loads(letter["letter"])
        letter["deliveries"] = _rows(view, "SELECT way, detail, at FROM delivery WHERE notice_id = ? ORDER BY id", letter["id"])
    for coupon in found["coupons"]:
        coupon["ledger"] = _rows(view, "SELECT * FROM coupon_entry WHERE coupon_id = ? ORDER BY id", coupon["id"])
    return found


def _rows(view: View, sql: str, key: int) -> list[Data]:
    cursor = view.connection.execute(sql, (key,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
