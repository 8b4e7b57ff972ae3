"""Verbs about buying: what to order again, purchase orders and their deliveries, units bought for one order."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

from orderdesk.cli import documents, outcomes, texts
from orderdesk.cli.context import Answer, Context, UsageError
from orderdesk.cli.documents import Document
from orderdesk.cli.settings import pairs
from orderdesk.cli.verbs_entry import filled
from orderdesk.domain.errors import InvalidValueError, NotFoundError
from orderdesk.domain.money import Money
from orderdesk.services import orders, products, purchases, slips, suppliers
from orderdesk.services import purchase_edits as edits
from orderdesk.services.drafts import PurchaseLineDraft, SourceDraft, SupplierDraft, SupplierProductDraft
from orderdesk.services.steps import Step
from orderdesk.storage.queries import purchases as rows
from orderdesk.storage.queries import suppliers as supply
from orderdesk.storage.queries.purchases import PurchaseRow
from orderdesk.storage.queries.reorder import reorder_rows
from orderdesk.storage.queries.suppliers import OfferRow


def reorder(context: Context, words: Namespace) -> Answer:
    """What to order now, how much, and why; or drafts of it."""
    if words.draft:
        return _drafted(purchases.draft_reorders(context.store, now=context.now))
    with context.store.read() as view:
        found = reorder_rows(view, today=context.today)
    figures = ((row, row.supply) for row in found)
    cells = [
        (row.supplier, row.sku, row.title, row.sold, its.position, its.point, its.up_to, its.quantity) for row, its in figures
    ]
    columns = ("Supplier", "SKU", "Product", "Sold in 30 days", "Position", "Reorder point", "Up to", "Order")
    return Answer(
        [documents.reorder(row) for row in found], texts.table(columns, cells, empty="Nothing runs low that is on no draft yet.")
    )


def buy(context: Context, words: Namespace) -> Answer:
    """A draft to a supplier."""
    wanted = {products.find_product(context.store, sku): units for sku, units in _units(words.wanted).items()}
    number = purchases.draft_purchase(context.store, words.supplier, wanted, expected_on=words.expected, now=context.now)
    return _shown(context, purchases.find_purchase(context.store, number))


def list_suppliers(context: Context, words: Namespace) -> Answer:
    """All suppliers, after one was added or changed where one is named."""
    if words.name is not None:
        _save_supplier(context, words.name, words.settings)
    with context.store.read() as view:
        found = supply.suppliers(view)
    cells = [(row.name, row.email, row.phone, row.products) for row in found]
    return Answer(
        [asdict(row) for row in found], texts.table(("Supplier", "E-mail", "Phone", "Products"), cells, empty="No suppliers yet.")
    )


def _save_supplier(context: Context, name: str, settings: Sequence[str]) -> None:
    with context.store.read() as view:
        known = next((row for row in supply.suppliers(view) if row.name.casefold() == name.casefold()), None)
    draft = SupplierDraft(name) if known is None else SupplierDraft(known.name, known.email, known.phone, known.site, known.note)
    filled(draft, pairs(settings, [each.name for each in fields(SupplierDraft)]))
    if known is None:
        suppliers.add_supplier(context.store, draft, now=context.now)
    elif settings:
        step = suppliers.edit_supplier(context.store, known.id, draft, now=context.now)
        context.notes += texts.idle(step)


def offer(context: Context, words: Namespace) -> Answer:
    """What a supplier asks for a product; settings that are not given stay as they were."""
    product = products.find_product(context.store, words.sku)
    if words.none:
        return _moved(suppliers.drop_offer(context.store, product, words.supplier, now=context.now))
    with context.store.read() as view:
        known = supply.offer_of(view, words.supplier, product)
    draft = SupplierProductDraft(words.supplier) if known is None else suppliers.draft_of_offer(known)
    filled(draft, pairs(words.settings, [each.name for each in fields(SupplierProductDraft)]))
    return _moved(suppliers.set_offer(context.store, product, draft, now=context.now))


def supplier_stock(context: Context, _: Namespace) -> Answer:
    """What every supplier asks and had; a quantity older than a day is flagged."""
    with context.store.read() as view:
        found = supply.offers(view)
    cells = [
        (row.supplier, row.sku, row.cost or "", row.lead_time_days, row.quantity, *_age(row, context), *_next(row))
        for row in found
    ]
    columns = ("Supplier", "SKU", "Cost", "Lead time", "Supplier has", "Hours ago", "", "Expects", "On")
    return Answer([_offer(row, context) for row in found], texts.table(columns, cells, empty="No supplier's figures are known."))


def _next(row: OfferRow) -> tuple[int | None, date | None]:
    return row.next_units, row.next_on


def _age(row: OfferRow, context: Context) -> tuple[int | None, str]:
    """Whole hours since somebody looked, and whether that is too long."""
    hours = None if row.seen_at is None else int((context.now - row.seen_at).total_seconds() // 3600)
    return hours, "old" if row.is_stale(context.now) else ""


def _offer(row: OfferRow, context: Context) -> Document:
    return {
        "supplier": row.supplier,
        "sku": row.sku,
        "supplier_sku": row.supplier_sku,
        "title": row.title,
        "cost": documents.money(row.cost),
        "lead_time_days": row.lead_time_days,
        "quantity": row.quantity,
        "seen_at": documents.iso(row.seen_at),
        "stale": row.is_stale(context.now),
        "next_units": row.next_units,
        "next_on": documents.iso(row.next_on),
    }


def list_purchases(context: Context, _: Namespace) -> Answer:
    with context.store.read() as view:
        found = rows.purchases(view)
    cells = [(row.number, row.supplier, _status(row, context.today), row.expected_on, row.units, row.to_come) for row in found]
    columns = ("Number", "Supplier", "Status", "Expected", "Units", "To come")
    return Answer([purchase(row, context.today) for row in found], texts.table(columns, cells, empty="Nothing was bought yet."))


def show_purchase(context: Context, words: Namespace) -> Answer:
    """A purchase order as it is, or changed, or what happens to it."""
    key = purchases.find_purchase(context.store, words.number)
    changed = bool(words.changes or words.cost or words.expected is not None)
    happens = words.receive is not None or words.send or words.cancel or words.out
    if changed and happens:
        raise UsageError("Change a purchase order first; then say what happens to it.")
    if changed:
        step = _edited(context, key, words)
        context.notes += texts.idle(step) if words.json else []
        return _moved(step)
    if words.receive is not None:
        return _moved(purchases.receive_purchase(context.store, key, _of_lines(context, key, words.receive), now=context.now))
    if words.send or words.cancel:
        act = purchases.send_purchase if words.send else purchases.cancel_purchase
        return _moved(act(context.store, key, now=context.now))
    if words.out:
        path = slips.save_purchase(context.store, key, folder=Path(words.out))
        return Answer({"number": words.number, "file": str(path)}, f"Saved {path}")
    return _shown(context, key)


def _edited(context: Context, key: int, words: Namespace) -> Step:
    """The purchase order with these units, costs and day; what is not named stays, and no unit takes a product off."""
    draft = edits.draft_of_purchase(context.store, key)
    if words.expected is not None:
        draft.expected_on = words.expected
    for sku, units in _units(words.changes).items():
        line = next((each for each in draft.lines if each.sku == sku), None)
        if line is not None and not units:
            draft.lines.remove(line)
            continue
        if line is None:
            draft.lines.append(line := PurchaseLineDraft(sku=sku))
        line.quantity = str(units)
    for text in words.cost or []:
        sku, equals, cost = text.rpartition("=")
        if not equals:
            raise InvalidValueError("cost", text, "a SKU and what one unit costs, such as LAMP=3.50")
        line = next((each for each in draft.lines if each.sku == sku), None)
        if line is None:
            raise NotFoundError("product", f"{sku} on that purchase order")
        line.cost = cost
    return edits.edit_purchase(context.store, key, draft, now=context.now)


def source(context: Context, words: Namespace) -> Answer:
    """Units that an order is short of, bought elsewhere for it alone."""
    line = orders.find_line(context.store, orders.find_order(context.store, words.order), words.sku)
    expected = words.expected.isoformat() if words.expected else ""
    made = purchases.source_line(context.store, line, SourceDraft(words.supplier, words.cost or "", expected), now=context.now)
    document = {"purchase_order": made.number, "margin": documents.money(made.margin), **outcomes.step(made.step)}
    told = (texts.step(made.step), f"{made.number} is under way.", _left(made.margin))
    return Answer(document, "\n".join(part for part in told if part))


def _left(margin: Money | None) -> str:
    if margin is None:
        return ""
    if margin.minor < 0:
        return f"That is {Money(-margin.minor, margin.currency)} more than was paid for them."
    return f"{margin} of what was paid for them are left."


def _status(row: PurchaseRow, today: date) -> str:
    return "overdue" if row.is_overdue(today) else texts.words(row.status)


def purchase(row: PurchaseRow, today: date) -> Document:
    return {
        "number": row.number,
        "supplier": row.supplier,
        "status": row.status.value,
        "placed_on": documents.iso(row.placed_on),
        "sent_on": documents.iso(row.sent_on),
        "expected_on": documents.iso(row.expected_on),
        "overdue": row.is_overdue(today),
        "total": documents.money(row.total),
        "lines": [
            {
                "sku": line.sku,
                "supplier_sku": line.supplier_sku,
                "title": line.title,
                "quantity": line.quantity,
                "received": line.received,
                "to_come": line.to_come,
                "cost": documents.money(line.cost),
                "for_order": line.for_order or None,
            }
            for line in row.lines
        ],
    }


def _shown(context: Context, key: int) -> Answer:
    with context.store.read() as view:
        row = rows.purchase(view, key)
    cells = [(line.sku, line.title, line.quantity, line.received, line.to_come, line.for_order) for line in row.lines]
    table = texts.table(("SKU", "Product", "Ordered", "Received", "To come", "For order"), cells, empty="")
    return Answer(purchase(row, context.today), f"{row.number} to {row.supplier}: {_status(row, context.today)}\n{table}")


def _drafted(made: purchases.Drafted) -> Answer:
    left = [f"No supplier is known for {', '.join(made.without_supplier)}."] if made.without_supplier else []
    document = {"drafted": list(made.numbers), "without_supplier": list(made.without_supplier)}
    return Answer(document, "\n".join([f"{made.step.summary}.", *left]))


def _moved(made: Step) -> Answer:
    return Answer(outcomes.step(made), texts.step(made))


def _of_lines(context: Context, key: int, given: Sequence[str]) -> dict[int, int] | None:
    """Units by line of the purchase order; None, all that is to come, where no product is named. Raises NotFoundError."""
    if not given:
        return None
    with context.store.read() as view:
        lines = {line.sku or line.title: line.line_id for line in rows.purchase(view, key).lines}
    came = _units(given)
    unknown = next((sku for sku in came if sku not in lines), None)
    if unknown is not None:
        raise NotFoundError("product", f"{unknown} on that purchase order")
    return {lines[sku]: units for sku, units in came.items()}


def _units(given: Sequence[str]) -> dict[str, int]:
    """Words like LAMP=3. Raises InvalidValueError for others, UsageError for a SKU that stands twice."""
    found: dict[str, int] = {}
    for text in given:
        sku, _, units = text.rpartition("=")
        if not sku or not (units.isascii() and units.isdigit()):
            raise InvalidValueError("product", text, "a SKU and its units, such as LAMP=3")
        if sku in found:
            raise UsageError(f"{sku} is given twice.")
        found[sku] = int(units)
    return found
