"""Under which keys a customer is known, what they consented to, and two records that become one."""

from __future__ import annotations

from collections.abc import Sequence

from orderdesk.storage.instants import instant_text
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View

# The key under which a customer is known as another record that was merged into theirs.
_RECORD = "record:"

_WITHDRAW_TOO = """
UPDATE marketing_consent AS mine SET withdrawn_at = (SELECT withdrawn_at FROM marketing_consent WHERE customer_id = :other)
WHERE customer_id = :kept AND withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM marketing_consent WHERE customer_id = :other AND withdrawn_at > mine.given_at)
"""
_KEEP_WITHDRAWAL = """
UPDATE OR IGNORE marketing_consent SET customer_id = :kept WHERE customer_id = :other AND withdrawn_at IS NOT NULL
"""


def know_customer_as(transaction: Transaction, customer_id: int, keys: Sequence[str]) -> None:
    """Add keys to those of the customer; a key that is somebody's stays theirs."""
    know_customers_as(transaction, [(key, customer_id) for key in keys])


def forget_customer_as(transaction: Transaction, customer_id: int, keys: Sequence[str]) -> None:
    """The customer is no longer known by these."""
    transaction.execute_many("DELETE FROM customer_key WHERE key = ? AND customer_id = ?", [(key, customer_id) for key in keys])


def know_customers_as(transaction: Transaction, keys: Sequence[tuple[str, int]]) -> None:
    """The same for many: pairs of (key, customer id)."""
    transaction.execute_many("INSERT OR IGNORE INTO customer_key (key, customer_id) VALUES (?, ?)", keys)


def set_marketing_consent(transaction: Transaction, customer_id: int, *, wanted: bool) -> None:
    """The customer wants to hear of offers from now on, or no longer; when either was said is kept."""
    at = instant_text(transaction.at)
    if wanted:
        transaction.execute(
            "INSERT INTO marketing_consent (customer_id, given_at) VALUES (?, ?) ON CONFLICT (customer_id) DO UPDATE "
            "SET given_at = excluded.given_at, withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL",
            (customer_id, at),
        )
    else:
        transaction.execute(
            "UPDATE marketing_consent SET withdrawn_at = ? WHERE customer_id = ? AND withdrawn_at IS NULL", (at, customer_id)
        )


def merge_rows(transaction: Transaction, kept: int, other: int) -> None:
    """Everything that names the other customer names the kept one, and the other is gone.

    Consent is nobody else's to give; but who withdrew it last, under whichever of the two names, has.
    """
    for table in ("orders", "notice", "coupon", "customer_key"):
        transaction.execute(f"UPDATE {table} SET customer_id = ? WHERE customer_id = ?", (kept, other))
    know_customer_as(transaction, kept, [f"{_RECORD}{other}"])
    transaction.execute(_WITHDRAW_TOO, {"kept": kept, "other": other})
    transaction.execute(_KEEP_WITHDRAWAL, {"kept": kept, "other": other})
    transaction.execute("DELETE FROM marketing_consent WHERE customer_id = ?", (other,))
    transaction.execute("DELETE FROM customer WHERE id = ?", (other,))


def records_of(view: View, customer_id: int) -> list[int]:
    """The customer's id and those of the records that were merged into theirs, which only the log still has."""
    keys = view.all("SELECT key FROM customer_key WHERE customer_id = ? AND key GLOB ?", (customer_id, f"{_RECORD}*"))
    return [customer_id, *(int(key.removeprefix(_RECORD)) for (key,) in keys)]
