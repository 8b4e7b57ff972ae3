"""Kits: what they are put together from, and what their lines take off the shelf and bring back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orderdesk.domain.errors import NotFoundError, RefusedError
from orderdesk.domain.orders import OrderLine
from orderdesk.storage.kits import add_parts, drop_parts
from orderdesk.storage.queries.kits import Part, counted_units, kits_with, parts_of
from orderdesk.storage.queries.lookup import product_called
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


def set_parts(transaction: Transaction, kit_id: int, parts: Mapping[str, int]) -> bool:
    """Make the product a kit of so many units of products by SKU or title, or no kit without any; whether that changed anything.

    Raises NotFoundError for an unknown one, RefusedError for a kit in a kit or one that has stock of its own.
    """
    view = transaction.view
    wanted = {_called(view, name): quantity for name, quantity in parts.items()}
    if wanted == {part.product_id: part.quantity for part in parts_of(view, kit_id)}:
        return False
    if wanted:
        _require_fit(transaction, kit_id, list(wanted))
    drop_parts(transaction, kit_id)
    if wanted:
        product = transaction.product(kit_id)
        product.tracked = product.stock_known = False
    add_parts(transaction, kit_id, wanted)
    return True


def require_own_stock(transaction: Transaction, product_id: int) -> None:
    """Raises RefusedError for a kit."""
    parts = parts_of(transaction.view, product_id)
    if parts:
        title = transaction.product(product_id).title
        raise RefusedError(f"{title} is a kit and has no stock of its own.", f"Its parts have: {_named(parts)}.")


def move_units(transaction: Transaction, line: OrderLine, kind: str, units: int) -> None:
    """Units of a line leave the shelf (`units` < 0) or come back to it; those of a kit as its parts."""
    for product_id, each in counted_units(transaction.view, line.product_id):
        transaction.move_stock(product_id, kind, units * each, order_line_id=line.id)


def _called(view: View, name: str) -> int:
    found = product_called(view, name)
    if found is None:
        raise NotFoundError("product", name)
    return found


def _require_fit(transaction: Transaction, kit_id: int, part_ids: list[int]) -> None:
    kit, view = transaction.product(kit_id), transaction.view
    for part_id in part_ids:
        if part_id == kit_id or parts_of(view, part_id):
            raise RefusedError(f"{transaction.product(part_id).title} is a kit itself.", "Name the products that it is made of.")
    holders = kits_with(view, kit_id)
    if holders:
        raise RefusedError(f"{kit.title} is a part of {_named(holders)}.", "A kit is no part of another kit.")
    if kit.on_hand or kit.on_order:
        raise RefusedError(
            f"{kit.title} has {kit.on_hand} on hand and {kit.on_order} on order of its own.",
            "Count it to 0 and cancel what is on order first: a kit is put together from its parts.",
        )


def _named(products: Sequence[Part]) -> str:
    return ", ".join(each.sku or each.title for each in products)
