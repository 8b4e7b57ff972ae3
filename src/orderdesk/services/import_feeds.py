"""What a supplier has, from their file. Of products that it does not name nothing is said: their figures stay, and grow old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date

from orderdesk.domain.counts import counted, first_names
from orderdesk.domain.products import Product
from orderdesk.domain.suppliers import Supplier, SupplierProduct
from orderdesk.exchange.currencies import too_fine
from orderdesk.exchange.records import FeedRecord, SkippedRow, minor_units
from orderdesk.services.days import shop_day
from orderdesk.services.import_results import Tally
from orderdesk.services.suppliers import follow_usual_supplier, offer_to_change
from orderdesk.storage.queries.kits import kit_ids
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.suppliers import FeedNames, named_in_feed, offer_id, supplier_named
from orderdesk.storage.transaction import Transaction


def import_feed(transaction: Transaction, records: Sequence[FeedRecord], supplier: str) -> Tally:
    """Take in what that supplier, new or known, has of each product. A SKU that nobody knows is reported and makes no product."""
    tally, discontinued = Tally(), []
    names, kits = named_in_feed(transaction.view, supplier), kit_ids(transaction.view)
    supplier_id = supplier_named(transaction.view, supplier)
    row_of: dict[int, int] = {}
    for record in records:
        products = _products(names, record)
        if reason := _why_not(products, kits, row_of, supplier):
            tally.skipped.append(SkippedRow(record.row, "", f"{record.supplier_sku or record.barcode}: {reason}"))
            continue
        (product_id,) = products
        row_of[product_id] = record.row
        supplier_id = supplier_id or transaction.add(Supplier(supplier.strip()))
        _note(transaction, record, supplier_id, product_id, tally)
        if record.discontinued:
            discontinued.append(transaction.product(product_id).sku or transaction.product(product_id).title)
    tally.notes += _rounded(records, profile_of(transaction.view).currency)
    if discontinued:
        tally.notes.append(f"{supplier.strip()} will have no more of: {', '.join(discontinued)}")
    return tally


def _rounded(records: Sequence[FeedRecord], usual_currency: str) -> list[str]:
    """A note of the costs that were stated finer than anybody pays."""
    finer = [record for record in records if too_fine(record.cost, record.currency or usual_currency)]
    if not finer:
        return []
    named = first_names([f"{record.supplier_sku or record.barcode} at {record.cost}" for record in finer])
    return [f"{counted(len(finer), 'cost')} with more decimals than the currency has, rounded: {named}."]


def _products(names: FeedNames, record: FeedRecord) -> list[int]:
    """Those that the row may mean, by the surest of its names that anything goes by."""
    sku, barcode = record.supplier_sku, record.barcode
    ways = (names.get(key, []) for key in ((0, sku), (1, sku), (2, barcode), (3, sku)))
    return next((found for found in ways if found), [])


def _why_not(products: Sequence[int], kits: set[int], row_of: dict[int, int], supplier: str) -> str:
    if not products:
        return f"no product goes by it. Note it at the product as what {supplier.strip()} calls it, or leave it"
    if len(products) > 1:
        return f"{len(products)} products go by it. Note which one it is at the product"
    if products[0] in kits:
        return "it is a kit; its parts are bought, not the kit"
    if products[0] in row_of:
        return f"its product is that of row {row_of[products[0]]}; that row was taken"
    return ""


def _note(transaction: Transaction, record: FeedRecord, supplier_id: int, product_id: int, tally: Tally) -> None:
    """What the row does not say stays as it is, but what they expect next: that was another day's word."""
    is_new = offer_id(transaction.view, supplier_id, product_id) is None
    product, offer = transaction.product(product_id), offer_to_change(transaction, supplier_id, product_id)
    before = astuple(offer)
    _fill(transaction, record, product, offer, shop_day(transaction.view, transaction.at))
    follow_usual_supplier(product, transaction.supplier(supplier_id), offer)
    tally.new += is_new
    tally.changed += not is_new and astuple(offer) != before
    tally.unchanged += not is_new and astuple(offer) == before


def _fill(transaction: Transaction, record: FeedRecord, product: Product, offer: SupplierProduct, today: date) -> None:
    offer.supplier_sku = record.supplier_sku or offer.supplier_sku
    if record.quantity is not None:
        offer.quantity, offer.quantity_at = record.quantity, transaction.at
    if record.cost is not None:
        currency = record.currency or offer.currency or product.currency or profile_of(transaction.view).currency
        offer.cost_minor, offer.currency = minor_units(record.cost, currency), currency
    if record.lead_time_days is not None:
        offer.lead_time_days = record.lead_time_days
    has_passed = record.next_on is not None and record.next_on < today
    offer.next_units, offer.next_on = (None, None) if has_passed else (record.next_units, record.next_on)
