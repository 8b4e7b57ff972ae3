"""Taking a customer's name out of the file: what says who they are goes, the orders and their money stay.

The log of former rows is cleared of it too; what it kept can't be brought back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from orderdesk.domain.shop import ADDRESS_PARTS
from orderdesk.storage.identities import records_of
from orderdesk.storage.nobody import erased_name, is_erased
from orderdesk.storage.search import CUSTOMER_SEARCH, ORDER_SEARCH
from orderdesk.storage.transaction import Transaction

# Values of the statements: `customer`, the `name` that comes in the place of theirs, and `records`, their ids as JSON.
_Whose = Mapping[str, Any]
_GONE = "…"
_SHORTEST_NAME = 3
_CUSTOMER = ("customer_id", "email", "phone", "username", "company", "line1", "line2", "city", "region", "postal_code", "note")
# The country stays: figures, taxes and deadlines go by it, and it says of nobody who they are.
_BUYER = ("buyer_name", "email", "phone", "username", "note", "tags", "hold_reason")
_SHIP_TO = tuple(f"ship_{part}" for part in ADDRESS_PARTS if part != "country")
_ORDER = (*_BUYER, *_SHIP_TO)
# The log knows the customer by the records too that were merged into theirs.
_RECORDS = "(SELECT value FROM json_each(:records))"
# Theirs, and those taken back that were theirs.
_ORDERS = f"""(SELECT id FROM orders WHERE customer_id = :customer UNION SELECT row_id FROM row_change
    WHERE table_name = 'orders' AND before ->> 'customer_id' IN {_RECORDS} AND row_id NOT IN (SELECT id FROM orders))"""
# One that went to another customer was theirs in the log alone.
_FORMER_ORDER = f"table_name = 'orders' AND (row_id IN {_ORDERS} OR before ->> 'customer_id' IN {_RECORDS})"
_PARCELS = f"""
SELECT tracking FROM shipment WHERE order_id IN {_ORDERS}
UNION SELECT before ->> 'tracking' FROM row_change
WHERE table_name = 'shipment' AND before IS NOT NULL AND before ->> 'order_id' IN {_ORDERS}
"""
# A row that is gone by now still says in the log whose it was.
_STEPS_ABOUT = f"""
WITH mine(table_name, id) AS (
    SELECT 'customer', value FROM json_each(:records)
    UNION ALL SELECT 'orders', id FROM {_ORDERS}
    UNION ALL SELECT 'notice', id FROM notice WHERE customer_id = :customer
    UNION ALL SELECT 'coupon', id FROM coupon WHERE customer_id = :customer
    UNION ALL SELECT 'marketing_consent', id FROM marketing_consent WHERE customer_id = :customer
    UNION ALL SELECT 'order_line', l.id FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.customer_id = :customer
    UNION ALL SELECT 'shipment', s.id FROM shipment s JOIN orders o ON o.id = s.order_id WHERE o.customer_id = :customer
    UNION ALL SELECT 'answer', a.id FROM answer a JOIN orders o ON o.id = a.order_id WHERE o.customer_id = :customer
    UNION ALL SELECT 'refund', r.id FROM refund r JOIN orders o ON o.id = r.order_id WHERE o.customer_id = :customer
),
touched(event_id) AS (
    SELECT r.event_id FROM row_change r JOIN mine ON mine.table_name = r.table_name AND mine.id = r.row_id
    UNION SELECT event_id FROM row_change WHERE before ->> 'customer_id' IN {_RECORDS}
        OR before ->> 'order_id' IN (SELECT id FROM mine WHERE table_name = 'orders')
    UNION SELECT d.event_id FROM delivery d JOIN mine ON mine.table_name = 'notice' AND mine.id = d.notice_id
)
SELECT id, summary FROM event WHERE id IN touched OR undoes IN touched
"""
_NAMES = ("name", "email", "phone", "username", "company", "line1", "line2", "customer_id", "buyer_name")


def erase(transaction: Transaction, customer_id: int) -> None:
    """Take the customer's name away, empty what else says who they are, and redraw their letters without it."""
    name = erased_name(customer_id)
    whose = {"customer": customer_id, "name": name, "records": json.dumps(records_of(transaction.view, customer_id))}
    hidden = _hiding(_known_words(transaction, whose))
    _erase_letters(transaction, customer_id, hidden)
    _erase_steps(transaction, whose, hidden)
    transaction.execute(f"UPDATE customer SET name = ?, {_blank(_CUSTOMER)} WHERE id = ?", (name, customer_id))
    transaction.execute(f"UPDATE orders SET {_blank(_ORDER)} WHERE customer_id = ?", (customer_id,))
    mine = "(SELECT id FROM orders WHERE customer_id = ?)"
    transaction.execute(f"UPDATE answer SET words = '' WHERE order_id IN {mine} AND words <> ''", (customer_id,))
    transaction.execute(f"UPDATE refund SET how = '' WHERE order_id IN {mine} AND how <> ''", (customer_id,))
    transaction.execute(f"UPDATE shipment SET tracking = '' WHERE order_id IN {mine} AND tracking <> ''", (customer_id,))
    transaction.execute("UPDATE coupon SET void_reason = ? WHERE customer_id = ? AND status = 'voided'", (_GONE, customer_id))
    transaction.execute("DELETE FROM customer_key WHERE customer_id = ?", (customer_id,))
    _erase_log(transaction, whose)
    _erase_search(transaction, whose)


def _blank(columns: Sequence[str]) -> str:
    return ", ".join(f"{column} = ''" for column in columns)


def _known_words(transaction: Transaction, whose: _Whose) -> set[str]:
    """Everything that the file calls them by, in its rows and in the log of what they were."""
    found: set[str] = set()
    rows = [dict(transaction.view.record("customer", whose["customer"]))]
    orders = transaction.view.all("SELECT id FROM orders WHERE customer_id = ?", (whose["customer"],))
    rows += [dict(transaction.view.record("orders", key)) for (key,) in orders]
    rows += [
        json.loads(before)
        for (before,) in transaction.view.all(
            f"SELECT before FROM row_change WHERE before IS NOT NULL AND ((table_name = 'customer' AND row_id IN {_RECORDS}) "
            f"OR {_FORMER_ORDER})",
            whose,
        )
    ]
    for row in rows:
        found.update(str(row.get(name) or "") for name in (*_NAMES, *_SHIP_TO))
    found.update(tracking for (tracking,) in transaction.view.all(_PARCELS, whose))
    found = {words for words in found if not is_erased(words)}  # it says of nobody who they are
    return found | {part for words in found for part in words.split(" ") if words in _full_names(rows)}


def _full_names(rows: list[dict[str, object]]) -> set[str]:
    return {str(row.get(name) or "") for row in rows for name in ("name", "buyer_name", "ship_name")}


def _hiding(words: set[str]) -> Callable[[str], str]:
    """What takes those words out of a text, the longest first."""
    telling = sorted((each for each in words if len(each) >= _SHORTEST_NAME), key=len, reverse=True)
    if not telling:
        return lambda text: text
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in telling), re.IGNORECASE)
    return lambda text: pattern.sub(_GONE, text)


def _erase_letters(transaction: Transaction, customer_id: int, hidden: Callable[[str], str]) -> None:
    """The letters keep what was promised; who it was promised to, and what they had said, is left out, in their files too."""
    for key, letter, concern in transaction.view.all(
        "SELECT id, letter, concern FROM notice WHERE customer_id = ?", (customer_id,)
    ):
        stored = json.loads(letter)
        stored["address"] = [_GONE]
        stored.pop("digest", None)  # a known name could be tried on it
        without = _hiding({concern.strip()})
        text = json.dumps(_each_text(stored, lambda words, without=without: hidden(without(words))), sort_keys=True)  # type: ignore[misc]
        transaction.execute(
            "UPDATE notice SET letter = ?, concern = '', letter_sha256 = NULL, coupon_sha256 = NULL WHERE id = ?", (text, key)
        )
    transaction.execute(
        "UPDATE delivery SET detail = '' WHERE notice_id IN (SELECT id FROM notice WHERE customer_id = ?)", (customer_id,)
    )


def _each_text(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, dict):
        return {key: _each_text(each, change) for key, each in value.items()}
    if isinstance(value, list):
        return [_each_text(each, change) for each in value]
    return change(value) if isinstance(value, str) else value


def _erase_steps(transaction: Transaction, whose: _Whose, hidden: Callable[[str], str]) -> None:
    """The history says what was done for them, not for whom; steps that had nothing to do with them say what they said."""
    steps = transaction.view.all(_STEPS_ABOUT, whose)
    for key, summary in steps:
        if hidden(summary) != summary:
            transaction.execute("UPDATE event SET summary = ? WHERE id = ?", (hidden(summary), key))


def _erase_log(transaction: Transaction, whose: _Whose) -> None:
    """The former rows too, and those that this very step has just replaced: undoing a step brings back nobody's name."""
    of_order = f"before ->> 'order_id' IN {_ORDERS}"
    blank_customer = ", ".join(f"'$.{column}', ''" for column in _CUSTOMER)
    blank_order = ", ".join(f"'$.{column}', ''" for column in _ORDER)
    changes = (
        ("customer", f"row_id IN {_RECORDS}", f"'$.name', :name, {blank_customer}"),
        ("orders", _FORMER_ORDER, blank_order),
        (
            "notice",
            "row_id IN (SELECT id FROM notice WHERE customer_id = :customer)",
            "'$.letter', (SELECT letter FROM notice WHERE id = row_id), '$.concern', ''",
        ),
        ("coupon", f"before ->> 'customer_id' IN {_RECORDS} AND before ->> 'void_reason' <> ''", f"'$.void_reason', '{_GONE}'"),
        ("shipment", of_order, "'$.tracking', ''"),
        ("answer", of_order, "'$.words', ''"),
        ("refund", of_order, "'$.how', ''"),
    )
    for table, condition, values in changes:
        sql = f"UPDATE row_change SET before = json_set(before, {values}) WHERE table_name = '{table}' AND before IS NOT NULL AND {condition}"
        transaction.execute(sql, whose)
    transaction.execute(
        f"DELETE FROM row_change WHERE table_name = 'customer_key' AND before ->> 'customer_id' IN {_RECORDS}", whose
    )


def _erase_search(transaction: Transaction, whose: _Whose) -> None:
    """The words that they were found by, in the full-text tables too."""
    for search, mine in (
        (CUSTOMER_SEARCH, "SELECT :customer"),
        (ORDER_SEARCH, "SELECT id FROM orders WHERE customer_id = :customer"),
    ):
        for sql in (search.delete(mine), search.insert(mine), search.let_go):
            transaction.execute(sql, whose)
