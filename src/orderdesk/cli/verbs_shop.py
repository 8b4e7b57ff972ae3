"""Verbs about the shop as a whole: profile, products, customers, stock, import, export, undo, backups, check, the sample shop."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orderdesk.cli import documents, texts
from orderdesk.cli.context import PROGRESS, Answer, Context
from orderdesk.cli.verbs_letters import apology_run
from orderdesk.domain.errors import InvalidValueError, RefusedError
from orderdesk.domain.orders import QueuePolicy
from orderdesk.domain.shop import Paper, ShopProfile
from orderdesk.exchange.reader import formats
from orderdesk.services import apologies, backups, checks, exports, history, imports, products
from orderdesk.services.import_results import FileResult, ImportOptions, ImportResult
from orderdesk.services.sample import make_sample_shop
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.customers import CustomersView, customer_ids, customer_rows
from orderdesk.storage.queries.export import exported
from orderdesk.storage.queries.products import ProductsView, product_ids, product_rows

_CHOICES: dict[str, type[Paper] | type[QueuePolicy]] = {"paper": Paper, "queue": QueuePolicy}


def shop(context: Context, words: Namespace) -> Answer:
    if words.settings:
        changes: dict[str, Any] = {name: _setting(name, value) for name, value in pairs(words.settings, ShopProfile).items()}
        save_shop_profile(context.store, replace(context.profile, **changes), now=context.now)
        del context.profile
    profile = {name: str(value) for name, value in asdict(context.profile).items()}
    return Answer(profile, "\n".join(f"{name}={value}" for name, value in profile.items()))


def _setting(name: str, value: str) -> Any:
    choices = _CHOICES.get(name)
    if choices is None:
        return value
    if value not in list(choices):
        raise InvalidValueError(name, value, " or ".join(choices))
    return choices(value)


def pairs(settings: list[str], form: type) -> dict[str, str]:
    """KEY=VALUE words as a dictionary. Raises InvalidValueError for a key that the form does not have."""
    known = [each.name for each in fields(form)]
    given = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or name not in known:
            raise InvalidValueError("setting", setting, "KEY=VALUE with a key of " + ", ".join(known))
        given[name] = value
    return given


def list_products(context: Context, words: Namespace) -> Answer:
    with context.store.read() as view:
        rows = product_rows(view, product_ids(view, ProductsView(search=words.search or "")))
    form = documents.full_product if words.full else documents.product
    cells = [(row.sku, row.title, row.on_hand, row.allocated, row.available, row.backordered, row.status) for row in rows]
    columns = ("SKU", "Product", "On hand", "Allocated", "Available", "Short", "Status")
    return Answer([form(row) for row in rows], texts.table(columns, cells, empty="No products."))


def list_customers(context: Context, words: Namespace) -> Answer:
    with context.store.read() as view:
        rows = customer_rows(view, customer_ids(view, CustomersView(search=words.search or "")))
    cells = [(row.name, row.company, row.country, row.orders, row.open_backorders or "", row.email) for row in rows]
    columns = ("Name", "Company", "Country", "Orders", "Waiting", "E-mail")
    return Answer([documents.customer(row) for row in rows], texts.table(columns, cells, empty="No customers."))


def list_listings(context: Context, _: Namespace) -> Answer:
    with context.store.read() as view:
        rows = [{**row, "price": None if row["price"] is None else str(row["price"])} for row in exported(view, "listings")]
    cells = [(row["listing_id"], row["channel"], row["sku"], row["format"], row["quantity"], row["bids"]) for row in rows]
    return Answer(rows, texts.table(("Listing", "Channel", "SKU", "Format", "Quantity", "Bids"), cells, empty="No listings."))


def receive(context: Context, words: Namespace) -> Answer:
    product = products.find_product(context.store, words.sku)
    step = products.receive_stock(context.store, product, words.units, now=context.now)
    return Answer(documents.step(step), texts.step(step))


def count(context: Context, words: Namespace) -> Answer:
    product = products.find_product(context.store, words.sku)
    step = products.count_stock(context.store, product, words.units, words.reason, now=context.now)
    return Answer(documents.step(step), texts.step(step))


def import_files(context: Context, words: Namespace) -> Answer:
    if words.list:
        known = [asdict(each) for each in formats()]
        return Answer(known, "\n".join(f"{each['name']:22} {each['title']}" for each in known))
    if not words.files:
        raise RefusedError("No file was named.", "Name one or more files, or --list to see what can be imported.")
    options = ImportOptions(words.format, words.currency, words.date_order, words.treat_as_paid, words.encoding)
    paths = [Path(name) for name in words.files]
    if words.dry_run:
        result = imports.preview_import(context.store, paths, options=options, now=context.now, progress=PROGRESS)
    else:
        result = imports.import_files(context.store, paths, options=options, now=context.now, progress=PROGRESS)
    context.notes += [f"{file.path.name}: {note}" for file in result.files for note in file.notes]
    return Answer(_import_document(result), "\n".join(_file_text(file) for file in result.files))


def export(context: Context, words: Namespace) -> Answer:
    path = Path(words.file)
    rows = exports.export(context.store, words.kind, path)
    return Answer({"file": str(path), "kind": words.kind, "rows": rows}, f"{rows} rows written to {path}.")


def undo(context: Context, words: Namespace) -> Answer:
    step = history.undo(context.store, event_id=words.import_id, now=context.now)
    return Answer(documents.step(step), texts.step(step))


def redo(context: Context, _: Namespace) -> Answer:
    step = history.redo(context.store, now=context.now)
    return Answer(documents.step(step), texts.step(step))


def backup(context: Context, words: Namespace) -> Answer:
    path = backups.back_up(context.store, Path(words.file))
    return Answer({"file": str(path)}, f"Backed up to {path}.")


def restore(context: Context, words: Namespace) -> Answer:
    kept = backups.restore(context.data, Path(words.file))
    text = f"Restored from {words.file}." + (f" The shop as it was is kept in {kept}." if kept else "")
    return Answer({"data": str(context.data), "kept": str(kept) if kept else None}, text)


def check(context: Context, _: Namespace) -> Answer:
    problems = checks.check(context.store)
    text = "\n".join(problems) if problems else "All is well."
    return Answer({"ok": not problems, "problems": problems}, text, done=not problems)


def demo(context: Context, words: Namespace) -> Answer:
    folder = Path(words.out).absolute() if words.out else Path.cwd() / f"orderdesk-demo-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    context.data = folder / "sample.orderdesk"
    if context.data.exists():
        raise RefusedError(f"{context.data} is there already.", "Name another folder with --out.")
    make_sample_shop(context.store, now=context.now, progress=PROGRESS)
    with context.store.read() as view:
        short = backordered_lines(view)
    run = apologies.apologize(
        context.store, apologies.orders_to_tell(context.store), now=context.now, folder=folder, batch=True, progress=PROGRESS
    )
    made = apology_run(run)
    document = {
        "data": str(context.data),
        "backordered_lines": len(short),
        "orders": len({row.order_number for row in short}),
        "customers": len({row.customer for row in short}),
        "units_short": sum(row.backordered for row in short),
        "letters": [each["letter"] for each in made["apologies"]],
        "coupons": [each["coupon"] for each in made["apologies"] if each["coupon"]],
        "batch": made["batch"],
    }
    lines = [f"{row.backordered} × {row.title} for {row.customer}, order {row.order_number}" for row in short]
    text = [f"{len(short)} lines can't be filled:", *(f"  {line}" for line in lines), "", "Letters and coupons:"]
    text += [f"  {path}" for path in (*document["letters"], *document["coupons"])]
    return Answer(
        document, "\n".join([*text, "", f"All letters in one file: {document['batch']}", f"The sample shop: {context.data}"])
    )


def _import_document(result: ImportResult) -> dict[str, Any]:
    return {
        "files": [_file_document(file) for file in result.files],
        "lost": documents.shifts(result.lost),
        "gained": documents.shifts(result.gained),
        "import_id": result.import_id,
    }


def _file_document(file: FileResult) -> dict[str, Any]:
    return {
        "file": str(file.path),
        "format": file.format,
        "kind": file.kind,
        "new": file.new,
        "changed": file.changed,
        "unchanged": file.unchanged,
        "skipped": [asdict(row) for row in file.skipped],
        "questions": [asdict(question) for question in file.questions],
    }


def _file_text(file: FileResult) -> str:
    counts = f"{file.path.name} ({file.format}): {file.new} new, {file.changed} changed, {file.unchanged} unchanged"
    skipped = [f"  skipped: {row}" for row in file.skipped]
    return "\n".join([f"{counts}, {len(skipped)} skipped", *skipped])
