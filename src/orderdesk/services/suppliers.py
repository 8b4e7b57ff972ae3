"""Suppliers: who they are, and what they ask for a product."""

from __future__ import annotations

from datetime import datetime

from orderdesk.domain.errors import AlreadyThereError, NotFoundError
from orderdesk.domain.products import Product
from orderdesk.domain.suppliers import Supplier, SupplierProduct
from orderdesk.services.drafts import SupplierDraft, SupplierProductDraft
from orderdesk.services.kits import require_own_stock
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.bulk import delete
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.suppliers import OfferRow, offer_id, supplier_named
from orderdesk.storage.store import Store
from orderdesk.storage.suppliers import rename_usual_supplier
from orderdesk.storage.transaction import Transaction


def add_supplier(store: Store, draft: SupplierDraft, *, now: datetime) -> int:
    """Add a supplier; the new id. Raises AlreadyThereError for a name that is taken."""
    facts = draft.values()
    with store.begin("add_supplier", f"Added supplier {facts['name']}", now=now) as transaction:
        _require_free(transaction, facts["name"], 0)
        return transaction.add(Supplier(**facts))


def edit_supplier(store: Store, supplier_id: int, draft: SupplierDraft, *, now: datetime) -> Step:
    """Change what is known of a supplier; products that usually come from them go by the new name."""
    facts = draft.values()
    summary = f"Edited supplier {facts['name']}"
    with store.edit("edit_supplier", summary, now=now) as transaction:
        _require_free(transaction, facts["name"], supplier_id)
        supplier = transaction.supplier(supplier_id)
        if supplier.name != facts["name"]:
            rename_usual_supplier(transaction, supplier.name, facts["name"])
        for name, value in facts.items():
            setattr(supplier, name, value)
    return step_of(transaction, summary)


def set_offer(store: Store, product_id: int, draft: SupplierProductDraft, *, now: datetime) -> Step:
    """Note what a supplier, new or known, asks for a product. A quantity counts as seen now.

    What its usual supplier asks is the product's own cost and lead time; the first supplier of a product is its usual one.
    Raises InvalidValueError, and RefusedError for a kit.
    """
    with store.begin("set_offer", "", now=now) as transaction:
        product = transaction.product(product_id)
        require_own_stock(transaction, product_id)
        draft.currency = draft.currency.strip() or product.currency or profile_of(transaction.view).currency
        facts = draft.values("supplier", "cost") | {"cost_minor": draft.value("cost")}
        name = draft.value("supplier")
        supplier_id = supplier_named(transaction.view, name) or transaction.add(Supplier(name))
        offer = offer_to_change(transaction, supplier_id, product_id)
        for field, value in facts.items():
            setattr(offer, field, value)
        offer.quantity_at = None if offer.quantity is None else transaction.at
        follow_usual_supplier(product, transaction.supplier(supplier_id), offer)
        summary = f"Noted what {name} asks for {product.title}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def drop_offer(store: Store, product_id: int, supplier: str, *, now: datetime) -> Step:
    """That supplier does not sell the product. Raises NotFoundError where nothing was known of it."""
    with store.begin("drop_offer", "", now=now) as transaction:
        supplier_id = supplier_named(transaction.view, supplier)
        if supplier_id is None:
            raise NotFoundError("supplier", supplier)
        key = offer_id(transaction.view, supplier_id, product_id)
        if key is None:
            raise NotFoundError("product", f"of {supplier}")
        delete(transaction, "supplier_product", key)
        product, name = transaction.product(product_id), transaction.supplier(supplier_id).name
        if _is_usual(product, name):
            product.supplier = product.supplier_sku = ""
        summary = f"{name} sells {product.title} no more"
        transaction.describe(summary)
    return step_of(transaction, summary)


def draft_of_offer(offer: OfferRow) -> SupplierProductDraft:
    """The form filled with what is known; a quantity is to be looked at anew."""
    return SupplierProductDraft(
        supplier=offer.supplier,
        supplier_sku=offer.supplier_sku,
        cost="" if offer.cost is None else str(offer.cost.amount),
        currency="" if offer.cost is None else offer.cost.currency,
        lead_time_days="" if offer.lead_time_days is None else str(offer.lead_time_days),
    )


def offer_to_change(transaction: Transaction, supplier_id: int, product_id: int) -> SupplierProduct:
    """What a supplier asks for a product, made if nothing is known of it yet."""
    key = offer_id(transaction.view, supplier_id, product_id)
    if key is None:
        key = transaction.add(SupplierProduct(supplier_id, product_id))
    return transaction.supplier_product(key)


def follow_usual_supplier(product: Product, supplier: Supplier, offer: SupplierProduct) -> None:
    """What its usual supplier asks is the product's own; the first one is its usual one."""
    if product.supplier and not _is_usual(product, supplier.name):
        return
    product.supplier = supplier.name
    product.supplier_sku = offer.supplier_sku or product.supplier_sku
    if offer.lead_time_days is not None:
        product.lead_time_days = offer.lead_time_days
    if offer.cost_minor is not None and product.currency in (None, offer.currency):
        product.cost_minor, product.currency = offer.cost_minor, offer.currency


def _is_usual(product: Product, name: str) -> bool:
    return product.supplier.casefold() == name.casefold()


def _require_free(transaction: Transaction, name: str, supplier_id: int) -> None:
    if supplier_named(transaction.view, name) not in (None, supplier_id):
        raise AlreadyThereError("supplier", name)
