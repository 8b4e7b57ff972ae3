"""Products and their stock: add, edit, receive, count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from orderdesk.domain.counts import require_units
from orderdesk.domain.errors import AlreadyThereError, InvalidValueError
from orderdesk.domain.kits import parts_text
from orderdesk.domain.money import Money
from orderdesk.domain.products import Product
from orderdesk.services.arrivals import awaited_lines, take_in
from orderdesk.services.drafts import ProductDraft
from orderdesk.services.kits import require_own_stock, set_parts
from orderdesk.services.steps import Step, step_of
from orderdesk.services.tasks import NO_PROGRESS, Progress
from orderdesk.storage.queries.kits import parts_of
from orderdesk.storage.queries.lookup import product_id as _product_id
from orderdesk.storage.queries.lookup import product_meant, product_named
from orderdesk.storage.queries.purchases import bought_for_lines
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

_RENAMED = {"price": "price_minor", "cost": "cost_minor"}


def find_product(store: Store, sku: str) -> int:
    """The id of the product with that SKU. Raises NotFoundError."""
    with store.read() as view:
        return _product_id(view, sku)


def find_product_meant(store: Store, name: str) -> int:
    """The id of the product with that SKU or title, as a person types it. Raises NotFoundError."""
    with store.read() as view:
        return product_meant(view, name)


def add_product(store: Store, draft: ProductDraft, *, now: datetime) -> int:
    """Add a product; its id. A quantity on hand is its first count. Raises AlreadyThereError for a SKU that is taken."""
    with store.begin("add_product", f"Added {draft.title.strip()}", now=now) as transaction:
        draft.currency = draft.currency.strip() or profile_of(transaction.view).currency
        facts, on_hand = _facts(draft), draft.value("on_hand")
        _require_free(transaction, facts["sku"], facts["title"], 0)
        product_id = transaction.add(Product(**facts, stock_known=on_hand is not None))
        if on_hand:
            transaction.move_stock(product_id, "adjusted", on_hand, reason="First count")
        set_parts(transaction, product_id, draft.value("parts"))
    return product_id


def edit_product(store: Store, product_id: int, draft: ProductDraft, *, now: datetime) -> Step:
    """Change a product's facts; its stock moves only by receiving and counting.

    Raises what `set_parts` raises for the parts of a kit.
    """
    summary = f"Edited {draft.title.strip()}"
    with store.edit("edit_product", summary, now=now) as transaction:
        draft.currency = draft.currency.strip() or profile_of(transaction.view).currency
        facts = _facts(draft)
        _require_free(transaction, facts["sku"], facts["title"], product_id)
        product, parts = transaction.product(product_id), draft.value("parts")
        set_parts(transaction, product_id, parts)
        for name, value in facts.items():
            setattr(product, name, value)
        product.tracked = product.tracked and not parts
    return step_of(transaction, summary)


def draft_of_product(store: Store, product_id: int) -> ProductDraft:
    """The form filled with what is known of a product."""
    with store.read() as view:
        row = view.record("product", product_id)
        parts = parts_text((part.sku or part.title, part.quantity) for part in parts_of(view, product_id))
    money = {
        name: str(Money(row[column], row["currency"] or "USD").amount) if row[column] is not None else ""
        for name, column in _RENAMED.items()
    }
    texts = ("sku", "title", "supplier", "supplier_sku", "barcode", "currency", "on_order_expected_on")
    numbers = ("reorder_point", "safety_stock", "lead_time_days", "on_order")
    return ProductDraft(
        tracked=bool(row["tracked"]),
        discontinued=bool(row["discontinued"]),
        on_hand=str(row["on_hand"]) if row["stock_known"] else "",
        parts=parts,
        **{name: row[name] or "" for name in texts},
        **{name: "" if row[name] is None else str(row[name]) for name in numbers},
        **money,
    )


def receive_stock(store: Store, product_id: int, quantity: int, *, now: datetime) -> Step:
    """Units came in, and are on order no more; the head of the queue gains first. Raises InvalidValueError below 1.

    Purchase orders that await the product for the shelf are filled, the earliest expected first. What was bought for a customer's
    line comes by its purchase order alone.
    """
    require_units(quantity, least=1)
    with store.begin("receive", "", now=now) as transaction:
        summary = f"Received {quantity} of {transaction.product(product_id).named}"
        booked = take_in(transaction, product_id, quantity, awaited_lines(transaction, product_id))
        if booked:
            each = [f"{units} on {transaction.purchase(line.purchase_order_id).number}" for line, units in booked]
            summary += f", booked {', '.join(each)}"
        if bought := bought_for_lines(transaction.view, product_id):
            summary += f"; what was bought on {', '.join(bought)} is still to come"
        transaction.describe(summary)
    return step_of(transaction, summary)


def count_stock(store: Store, product_id: int, quantity: int, reason: str, *, now: datetime) -> Step:
    """The shelf holds that many: the difference is adjusted; when fewer, the last in the queue loses first.

    Raises InvalidValueError without a reason.
    """
    return count_stocks(store, [product_id], quantity, reason, now=now)


def count_stocks(
    store: Store, product_ids: Sequence[int], quantity: int, reason: str, *, now: datetime, progress: Progress = NO_PROGRESS
) -> Step:
    """The shelf holds that many of each of them: one step, so that a list of new products is counted at once."""
    require_units(quantity, least=0)
    if not reason.strip():
        raise InvalidValueError("reason", reason, "why the shelf holds another number")
    with store.begin("count", "", now=now) as transaction:
        for place, product_id in enumerate(product_ids):
            progress.step(place, len(product_ids))
            _count(transaction, product_id, quantity, reason.strip())
        many = f"each of {len(product_ids):,} products"
        summary = f"Counted {quantity} of {transaction.product(product_ids[0]).named if len(product_ids) == 1 else many}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _count(transaction: Transaction, product_id: int, quantity: int, reason: str) -> None:
    require_own_stock(transaction, product_id)
    product = transaction.product(product_id)
    difference = quantity - product.on_hand
    product.stock_known = True
    if difference:
        transaction.move_stock(product_id, "adjusted", difference, reason=reason)


def _facts(draft: ProductDraft) -> dict[str, Any]:
    return {_RENAMED.get(name, name): value for name, value in draft.values("on_hand", "parts").items()}


def _require_free(transaction: Transaction, sku: str, title: str, product_id: int) -> None:
    if product_named(transaction.view, sku, title) not in (None, product_id):
        raise AlreadyThereError("product", sku or title)
