"""Products and customers from a file; what the file does not say stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from orderdesk.domain.channels import OWN_SHOP
from orderdesk.domain.counts import counted
from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.kits import parse_parts
from orderdesk.domain.shop import ShopProfile
from orderdesk.exchange.records import CustomerRecord, ProductRecord, SkippedRow, minor_units
from orderdesk.services.import_contacts import leave_out_impossible
from orderdesk.services.import_people import COLUMNS as CUSTOMER_COLUMNS
from orderdesk.services.import_people import Person, customer_ids
from orderdesk.services.import_results import Tally
from orderdesk.services.kits import set_parts
from orderdesk.storage import bulk
from orderdesk.storage.queries.kits import kit_ids
from orderdesk.storage.transaction import Transaction

_PRODUCT_COLUMNS = (
    *(
        "sku",
        "title",
        "tracked",
        "price_minor",
        "cost_minor",
        "currency",
        "reorder_point",
        "safety_stock",
        "supplier",
        "supplier_sku",
    ),
    *("lead_time_days", "on_order", "on_order_expected_on", "discontinued", "barcode"),
)
_NOUNS = {
    "price_minor": "price",
    "cost_minor": "cost",
    "on_hand": "stock count",
    "title": "title",
    "supplier": "supplier",
    "parts": "kit",
}


def import_products(transaction: Transaction, records: Sequence[ProductRecord], profile: ShopProfile) -> Tally:
    """Take products in, each named once. A quantity on hand is a count: the difference is adjusted, with the import as reason."""
    tally = Tally()
    keys = [(record.sku, "") if record.sku else ("", record.title) for record in records]
    known = bulk.product_ids(transaction.view, keys)
    rows = bulk.rows_by_id(transaction.view, "product", (*_PRODUCT_COLUMNS, "on_hand", "stock_known"), known.values())
    kits = kit_ids(transaction.view)
    first = bulk.next_id(transaction.view, "product")
    added: dict[tuple[str, str], tuple[int, ProductRecord]] = {}
    changed: set[int] = set()
    what: Counter[str] = Counter()
    for record, key in zip(records, keys, strict=True):
        if key in known:
            said = _without_stock(record, tally) if known[key] in kits else record
            if news := _update_product(transaction, known[key], said, rows[known[key]], profile):
                changed.add(record.row)
                what.update(news)
        else:
            added[key] = (first + len(added), record)
    _add_products(transaction, list(added.values()), profile)
    kits_changed = _put_kits_together(transaction, list(zip(records, keys, strict=True)), tally)
    of_known = [record.row for record, key in zip(records, keys, strict=True) if key in known]
    changed |= kits_changed
    what.update("parts" for _ in kits_changed.intersection(of_known))
    tally.notes += _changes(what)
    tally.new += len(added)
    tally.changed += len(changed.intersection(of_known))
    tally.unchanged += len(of_known) - len(changed.intersection(of_known))
    return tally


def _changes(what: Counter[str]) -> list[str]:
    """How many prices, counts and so on of known products are others than before, in one note; what has no name is a detail."""
    named: Counter[str] = Counter()
    for name, times in what.items():
        named[_NOUNS.get(name, "other detail")] += times
    nouns = [noun for noun in (*_NOUNS.values(), "other detail") if named[noun]]
    return [f"Changes {', '.join(counted(named[noun], noun) for noun in nouns)}."] if nouns else []


def _put_kits_together(transaction: Transaction, said: Sequence[tuple[ProductRecord, tuple[str, str]]], tally: Tally) -> set[int]:
    """Last, as a kit may stand in the file before its parts; one that can't be made is a product without them.

    The rows of those whose parts are others than before.
    """
    kits = {key: record for record, key in said if record.parts}
    ids = bulk.product_ids(transaction.view, list(kits))
    changed = set()
    for key, record in kits.items():
        try:
            if set_parts(transaction, ids[key], parse_parts("parts", record.parts)):
                changed.add(record.row)
        except OrderDeskError as error:
            tally.skipped.append(SkippedRow(record.row, "parts", str(error)))
    return changed


def _without_stock(record: ProductRecord, tally: Tally) -> ProductRecord:
    if record.on_hand:
        reason = f"{record.sku or record.title} is a kit; its parts are counted, not the kit"
        tally.skipped.append(SkippedRow(record.row, "on_hand", reason))
    return replace(record, on_hand=None, tracked=None)


def import_customers(transaction: Transaction, records: Sequence[CustomerRecord]) -> Tally:
    """Take customers in; one who is known by id, user name, e-mail or address is brought up to date, but keeps their id."""
    tally = Tally()
    leave_out_impossible(records, tally)
    people = [Person(OWN_SHOP, *(getattr(record, name) for name in CUSTOMER_COLUMNS)) for record in records]
    first = bulk.next_id(transaction.view, "customer")
    ids = customer_ids(transaction, people)
    rows = bulk.rows_by_id(transaction.view, "customer", CUSTOMER_COLUMNS, ids)
    added: set[int] = set()
    for person, customer in zip(people, ids, strict=True):
        news = {
            name: value
            for name in CUSTOMER_COLUMNS
            if (value := getattr(person, name))
            and value != rows[customer][name]
            and not (name == "customer_id" and rows[customer][name])
        }
        if customer >= first and customer not in added:
            added.add(customer)
            tally.new += 1
        elif news:
            bulk.update(transaction, "customer", customer, news)
            rows[customer].update(news)
            tally.changed += 1
        else:
            tally.unchanged += 1
    return tally


def _add_products(transaction: Transaction, added: Sequence[tuple[int, ProductRecord]], profile: ShopProfile) -> None:
    rows = []
    for product_id, record in added:
        said = _product_values(record, profile.currency)
        defaults = {"tracked": 1, "safety_stock": 0, "on_order": 0, "discontinued": 0, "title": record.sku}
        values = {**defaults, **{name: value for name, value in said.items() if value is not None}}
        rows.append((product_id, int(record.on_hand is not None), *(values.get(name) for name in _PRODUCT_COLUMNS)))
    bulk.insert(transaction, "product", ("id", "stock_known", *_PRODUCT_COLUMNS), rows)
    for product_id, record in added:
        if record.on_hand:
            transaction.move_stock(product_id, "adjusted", record.on_hand, reason="Import")


def _update_product(
    transaction: Transaction, product_id: int, record: ProductRecord, known: dict[str, Any], profile: ShopProfile
) -> set[str]:
    """Which of the product's facts the file changes."""
    said = _product_values(record, known["currency"] or profile.currency)
    news = {name: value for name, value in said.items() if value not in (None, "") and value != known[name]}
    if record.on_hand is not None and not known["stock_known"]:
        news["stock_known"] = 1
    is_count = record.on_hand is not None and (record.on_hand != known["on_hand"] or "stock_known" in news)
    if news:
        bulk.update(transaction, "product", product_id, news)
    if record.on_hand is not None and record.on_hand != known["on_hand"]:
        transaction.move_stock(product_id, "adjusted", record.on_hand - known["on_hand"], reason="Import")
    return (set(news) - {"stock_known"}) | ({"on_hand"} if is_count else set())


def _product_values(record: ProductRecord, usual_currency: str) -> dict[str, Any]:
    currency = record.currency or usual_currency
    day = record.on_order_expected_on
    return {
        "sku": record.sku,
        "title": record.title or None,
        "tracked": None if record.tracked is None else int(record.tracked),
        "price_minor": minor_units(record.price, currency),
        "cost_minor": minor_units(record.cost, currency),
        "currency": currency,
        "reorder_point": record.reorder_point,
        "safety_stock": record.safety_stock,
        "supplier": record.supplier,
        "supplier_sku": record.supplier_sku,
        "lead_time_days": record.lead_time_days,
        "on_order": record.on_order,
        "on_order_expected_on": day.isoformat() if day else None,
        "discontinued": None if record.discontinued is None else int(record.discontinued),
        "barcode": record.barcode,
    }
