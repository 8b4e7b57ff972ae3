"""Purchase orders changed: a draft in all that it asks for, one under way in its day and its quantities."""

from __future__ import annotations

from datetime import datetime

from orderdesk.domain.errors import AlreadyThereError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.purchases import PurchaseLine, PurchaseOrder, PurchaseStatus
from orderdesk.services.arrivals import expect_deliveries
from orderdesk.services.days import require_not_past, shop_day
from orderdesk.services.drafts import PurchaseDraft, PurchaseLineDraft
from orderdesk.services.kits import require_own_stock
from orderdesk.services.purchases import known_cost, require_status
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.queries.lookup import product_meant
from orderdesk.storage.queries.purchases import purchase as purchase_row
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction


def draft_of_purchase(store: Store, purchase_id: int) -> PurchaseDraft:
    """The form filled with what the purchase order says."""
    with store.read() as view:
        row = purchase_row(view, purchase_id)
    lines = [
        PurchaseLineDraft(
            line_id=line.line_id,
            product_id=line.product_id,
            sku=line.sku,
            title=line.title,
            quantity=str(line.quantity),
            cost="" if line.cost is None else str(line.cost.amount),
            currency=row.currency,
        )
        for line in row.lines
    ]
    return PurchaseDraft(row.supplier, row.expected_on.isoformat() if row.expected_on else "", row.currency, lines)


def edit_purchase(store: Store, purchase_id: int, draft: PurchaseDraft, *, now: datetime) -> Step:
    """Make the purchase order's lines those of the form, and its day; what customers can expect follows.

    Raises InvalidValueError, NotFoundError or AlreadyThereError for what can't be on it; RefusedError for one that is over, for
    another product or cost once it was sent, and below what came of a line.
    """
    with store.edit("edit_purchase", "", now=now) as transaction:
        purchase = transaction.purchase(purchase_id)
        require_status(purchase, PurchaseStatus.DRAFT, PurchaseStatus.SENT, PurchaseStatus.PARTLY_RECEIVED)
        expected_on = draft.value("expected_on")
        if expected_on != purchase.expected_on:
            require_not_past("expected_on", expected_on, shop_day(transaction.view, now))
            purchase.expected_on = expected_on
        was_open = {line.product_id: line.open for line in purchase.lines}
        _change_lines(transaction, purchase, draft.lines)
        if purchase.sent_on is not None:
            _change_on_order(transaction, purchase, was_open)
        summary = f"Edited {purchase.number} to {purchase.supplier}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _change_lines(transaction: Transaction, purchase: PurchaseOrder, drafts: list[PurchaseLineDraft]) -> None:
    kept = {draft.line_id: draft for draft in drafts if draft.line_id is not None}
    for line in list(purchase.lines):
        title = transaction.product(line.product_id).title
        if line.id in kept:
            _change_line(purchase, line, kept[line.id], title)
        else:
            line.change_quantity(0, title)
            purchase.lines.remove(line)
    for draft in drafts:
        if draft.line_id is None:
            purchase.lines.append(_new_line(transaction, purchase, draft))
    if not purchase.lines:
        raise RefusedError("A purchase order needs at least one line.", "Cancel it instead.")


def _change_line(purchase: PurchaseOrder, line: PurchaseLine, draft: PurchaseLineDraft, title: str) -> None:
    draft.currency = purchase.currency
    line.change_quantity(draft.value("quantity"), title)
    cost = draft.value("cost")
    if cost != line.cost_minor and purchase.sent_on is not None:
        raise RefusedError(
            f"{purchase.number} was sent: what {title} costs can't be changed.", "Its day and its quantities still can."
        )
    line.cost_minor = cost


def _new_line(transaction: Transaction, purchase: PurchaseOrder, draft: PurchaseLineDraft) -> PurchaseLine:
    if purchase.sent_on is not None:
        raise RefusedError(f"{purchase.number} was sent: no product can be added to it.", "Make another purchase order for it.")
    key = draft.product_id or product_meant(transaction.view, draft.value("sku"))
    product = transaction.product(key)
    if any(line.product_id == key for line in purchase.lines):
        raise AlreadyThereError("line", f"for {product.title} on {purchase.number}")
    require_own_stock(transaction, key)
    draft.currency = purchase.currency
    cost = draft.value("cost")
    if cost is None:
        cost = _in_its_currency(purchase, known_cost(transaction, purchase.supplier, product), product.title)
    place = max((line.position for line in purchase.lines), default=0) + 1
    return PurchaseLine(place, key, draft.value("quantity"), cost)


def _in_its_currency(purchase: PurchaseOrder, cost: Money | None, title: str) -> int | None:
    if cost is not None and cost.currency != purchase.currency:
        sentence = f"{purchase.number} is in {purchase.currency}, and {title} costs {cost.currency}."
        raise RefusedError(sentence, f"Say what it costs in {purchase.currency}, or order it apart.")
    return None if cost is None else cost.minor


def _change_on_order(transaction: Transaction, purchase: PurchaseOrder, was_open: dict[int, int]) -> None:
    """More or fewer units of these products are on order, and on its day."""
    now_open = {line.product_id: line.open for line in purchase.lines}
    for key, before in was_open.items():
        product, after = transaction.product(key), now_open.get(key, 0)
        if after < before:
            product.take_off_order(before - after)
        product.on_order += max(0, after - before)
        expect_deliveries(transaction, product, purchase)
