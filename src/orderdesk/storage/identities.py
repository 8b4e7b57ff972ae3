"""Under which keys a customer is known."""

from __future__ import annotations

from collections.abc import Sequence

from orderdesk.storage.transaction import Transaction


def know_customer_as(transaction: Transaction, customer_id: int, keys: Sequence[str]) -> None:
    """Add keys to those of the customer; a key that is somebody's stays theirs."""
    know_customers_as(transaction, [(key, customer_id) for key in keys])


def forget_customer_as(transaction: Transaction, customer_id: int, keys: Sequence[str]) -> None:
    """The customer is no longer known by these."""
    transaction.execute_many("DELETE FROM customer_key WHERE key = ? AND customer_id = ?", [(key, customer_id) for key in keys])


def know_customers_as(transaction: Transaction, keys: Sequence[tuple[str, int]]) -> None:
    """The same for many: pairs of (key, customer id)."""
    transaction.execute_many("INSERT OR IGNORE INTO customer_key (key, customer_id) VALUES (?, ?)", keys)
