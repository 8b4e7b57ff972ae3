"""Writing whom products usually come from."""

from __future__ import annotations

from orderdesk.storage.transaction import Transaction


def rename_usual_supplier(transaction: Transaction, former: str, name: str) -> None:
    """Products that usually come from the one of that name, whatever its case, go by the new one."""
    transaction.execute("UPDATE product SET supplier = ? WHERE supplier = ? COLLATE NOCASE", (name, former))
