"""Writing what kits are put together from."""

from __future__ import annotations

from collections.abc import Mapping

from orderdesk.storage.transaction import Transaction


def drop_parts(transaction: Transaction, kit_id: int) -> None:
    transaction.execute("DELETE FROM kit_part WHERE kit_id = ?", (kit_id,))


def add_parts(transaction: Transaction, kit_id: int, parts: Mapping[int, int]) -> None:
    """Units by product id."""
    rows = [(kit_id, part_id, quantity) for part_id, quantity in parts.items()]
    transaction.execute_many("INSERT INTO kit_part (kit_id, part_id, quantity) VALUES (?, ?, ?)", rows)
