"""Bringing the world's files into the shop: previewed exactly, idempotent, one undoable step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from orderdesk.domain.errors import OtherFileError, RefusedError, UnreadableFileError
from orderdesk.domain.shop import ShopProfile
from orderdesk.exchange.reader import formats, read_file
from orderdesk.exchange.records import FeedRecord, ListingRecord, OrderRecord, ParsedFile, ProductRecord, Question
from orderdesk.services.backups import back_up
from orderdesk.services.import_feeds import import_feed
from orderdesk.services.import_listings import import_listings
from orderdesk.services.import_orders import import_orders
from orderdesk.services.import_records import import_customers, import_products
from orderdesk.services.import_results import DEFAULT_OPTIONS, FileResult, ImportOptions, ImportResult, Tally
from orderdesk.services.tasks import NO_PROGRESS, Progress
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.suppliers import suppliers
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

# Within one import, products and customers come before the orders that name them.
_FIRST = ("products", "customers", "orders", "listings", "supplier_stock")
_WHOSE = "The file says what a supplier has, but not which one. Whose stock is it?"
_SAMPLES = 5
_TITLES = {each.name: each.title for each in formats()}
_NONE_OF_ITS_OWN: Mapping[Path, ImportOptions] = MappingProxyType({})
_NOT_PREVIEWED: Mapping[Path, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as it was read, and what the seller says of it."""

    path: Path
    file: ParsedFile
    options: ImportOptions

    @property
    def lacks_supplier(self) -> bool:
        return self.file.kind == "supplier_stock" and not self.options.supplier.strip()


def preview_import(
    store: Store,
    paths: Sequence[Path],
    *,
    options: ImportOptions = DEFAULT_OPTIONS,
    own_options: Mapping[Path, ImportOptions] = _NONE_OF_ITS_OWN,
    now: datetime,
    progress: Progress = NO_PROGRESS,
) -> ImportResult:
    """What `import_files` would do with those of the files that can be read, found by doing it and taking it back.

    A file's `own_options` stand for `options` where it has some. Raises UnreadableFileError where none can be read, RefusedError
    for a supplier named with files that are of none.
    """
    read, refused = _read(store, paths, options, own_options, progress)
    _require_some(read, refused)
    with store.rehearse("import", now=now) as transaction:
        files = _take_in(transaction, read, progress)
    return ImportResult(None, files, transaction.gained, transaction.lost, tuple(refused))


def import_files(
    store: Store,
    paths: Sequence[Path],
    *,
    options: ImportOptions = DEFAULT_OPTIONS,
    own_options: Mapping[Path, ImportOptions] = _NONE_OF_ITS_OWN,
    previewed: Mapping[Path, str] = _NOT_PREVIEWED,
    now: datetime,
    progress: Progress = NO_PROGRESS,
) -> ImportResult:
    """Take those of the files in that can be read, as one step, after a backup. What can't be is skipped, a file or a row, and
    reported.

    `previewed` are the digests of what the seller was shown of them. Raises UnreadableFileError where none can be read,
    OtherFileError, with nothing taken in, for one that is not as it was shown; RefusedError for a supplier's file without the
    supplier, and for a supplier named with files that are of none.
    """
    read, refused = _read(store, paths, options, own_options, progress)
    digests = {each.path: each.file.digest for each in read}
    for path, digest in previewed.items():
        if digests.get(path) != digest:
            raise OtherFileError(path.name)
    _require_some(read, refused)
    nameless = next((each.path.name for each in read if each.lacks_supplier), None)
    if nameless is not None:
        raise RefusedError(f"{nameless} says what a supplier has, but not which one.", "Name the supplier.")
    before = back_up(store, occasion="before import")
    names = ", ".join(each.path.name for each in read)
    with store.begin("import", f"Imported {names}", now=now) as transaction:
        files = _take_in(transaction, read, progress)
    news = any(file.new or file.changed for file in files)
    if not news:
        before.unlink(missing_ok=True)  # the shop is as it was: the last ten are worth more
    return ImportResult(transaction.event_id if news else None, files, transaction.gained, transaction.lost, tuple(refused))


def _require_some(read: Sequence[_Read], refused: Sequence[UnreadableFileError]) -> None:
    """Raise UnreadableFileError, which names every file, where none can be read."""
    if read or not refused:
        return
    *others, last = refused
    raise UnreadableFileError(" ".join([*(f"{each} {each.remedy}" for each in others), str(last)]), last.remedy)


def _read(
    store: Store, paths: Sequence[Path], options: ImportOptions, own_options: Mapping[Path, ImportOptions], progress: Progress
) -> tuple[list[_Read], list[UnreadableFileError]]:
    """The files as they are read, and what is wrong with those that can't be."""
    with store.read() as view:
        profile = profile_of(view)
    read: list[_Read] = []
    refused = []
    for done, path in enumerate(paths):
        progress.step(done, 2 * len(paths), path.name)
        its = own_options.get(path, options)
        try:
            read.append(_Read(path, _read_one(path, its, profile), its))
        except UnreadableFileError as error:
            refused.append(error)
    _refuse_needless_supplier(read)
    return read, refused


def _refuse_needless_supplier(read: Sequence[_Read]) -> None:
    is_named = any(each.options.supplier.strip() for each in read)
    if is_named and not any(each.file.kind == "supplier_stock" for each in read):
        names = ", ".join(f"{each.path.name} ({_TITLES[each.file.format]})" for each in read)
        raise RefusedError(f"No supplier's stock is in {names}.", "Leave the supplier out to take it in as what it is.")


def _read_one(path: Path, options: ImportOptions, profile: ShopProfile) -> ParsedFile:
    return read_file(
        path,
        format=options.format,
        encoding=options.encoding,
        currency=options.currency,
        date_order=options.date_order,
        usual_currency=profile.currency,
        country=profile.country,
    )


def _take_in(transaction: Transaction, read: Sequence[_Read], progress: Progress) -> tuple[FileResult, ...]:
    results = {}
    for done, each in enumerate(sorted(read, key=lambda each: _FIRST.index(each.file.kind))):
        progress.step(len(read) + done, 2 * len(read), each.path.name)
        if each.file.kind == "supplier_stock":
            known = tuple(row.name for row in suppliers(transaction.view))
            each.file.questions.append(Question("supplier", _WHOSE, known, each.options.supplier))
        results[each.path] = _result(each.path, each.file, _take_in_one(transaction, each))
    return tuple(results[each.path] for each in read)


def _take_in_one(transaction: Transaction, read: _Read) -> Tally:
    profile, file, options = profile_of(transaction.view), read.file, read.options
    match file.kind:
        case "products":
            return import_products(transaction, file.products, profile)
        case "customers":
            return import_customers(transaction, file.customers)
        case "listings":
            listings, is_complete = file.listings, not file.skipped
            return import_listings(transaction, listings, profile, live_on=file.live_on, is_complete=is_complete)
        case "supplier_stock":
            return Tally() if read.lacks_supplier else import_feed(transaction, file.supplier_stock, options.supplier)
        case _:
            return import_orders(transaction, file.orders, profile, treat_as_paid=options.treat_as_paid)


def _result(path: Path, file: ParsedFile, tally: Tally) -> FileResult:
    notes = list(tally.notes)
    if file.unknown_columns:
        notes.append("Columns that are not used: " + ", ".join(file.unknown_columns))
    return FileResult(
        path=path,
        unpaid=tally.unpaid,
        format=file.format,
        title=_TITLES[file.format],
        kind=file.kind,
        new=tally.new,
        changed=tally.changed,
        unchanged=tally.unchanged,
        skipped=tuple(sorted([*file.skipped, *tally.skipped], key=lambda row: row.row)),
        questions=tuple(file.questions),
        notes=tuple(notes),
        samples=tuple(_sample(record) for record in file.records[:_SAMPLES]),
        digest=file.digest,
    )


def _sample(record: object) -> str:
    match record:
        case OrderRecord():
            more = f" +{len(record.lines) - 1}" if len(record.lines) > 1 else ""
            return f"{record.order_number}: {record.ship_to.name or record.buyer_name}, {record.lines[0].title}{more}"
        case ProductRecord():
            return f"{record.sku}: {record.title}"
        case FeedRecord():
            return f"{record.supplier_sku or record.barcode}: {'unknown' if record.quantity is None else record.quantity}"
        case ListingRecord():
            return f"{record.listing_id}: {', '.join(filter(None, (record.sku, record.title)))}"
        case _:
            return str(getattr(record, "name", ""))
