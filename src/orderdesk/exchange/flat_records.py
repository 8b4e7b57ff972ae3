"""Rows that are a record each: products, customers, listings, what suppliers have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from orderdesk.exchange.answers import Answers
from orderdesk.exchange.cells import CellError
from orderdesk.exchange.columnar import Batch, ColumnValues, Rows, SameValues
from orderdesk.exchange.currencies import contradiction, settled_currency, too_fine
from orderdesk.exchange.detection import Layout
from orderdesk.exchange.profile import Kind
from orderdesk.exchange.records import CustomerRecord, FeedRecord, ListingRecord, ProductRecord, SkippedRow

_RECORDS: Mapping[str, type[ProductRecord | CustomerRecord | ListingRecord | FeedRecord]] = {
    "products": ProductRecord,
    "customers": CustomerRecord,
    "listings": ListingRecord,
    "supplier_stock": FeedRecord,
}


class FlatReader:
    """Reads one file of such rows: `records` and `skipped` once it has been `read`."""

    def __init__(self, layout: Layout, answers: Answers) -> None:
        self.records: list[Any] = []
        self.skipped: list[SkippedRow] = []
        self._profile = layout.profile
        self._record: Callable[..., Any] = _RECORDS[layout.profile.kind]
        self._wholes = 0
        columns = {column.field: ColumnValues(layout, column, answers) for column in layout.profile.columns}
        said = [item for item in fields(_RECORDS[layout.profile.kind]) if item.name != "row"]
        constants = layout.profile.constants
        self._columns = [columns.get(item.name) or SameValues(constants.get(item.name, item.default)) for item in said]
        self._fields = [item.name for item in said]
        self._headers = [columns[name].header if name in columns else name for name in self._fields]
        self._named = [self._fields.index(name) for name in self._profile.named]
        self._keys = [tuple(map(self._fields.index, key)) for key in self._profile.keys]
        self._answers = answers
        self._amounts = {column.field: column.kind for column in layout.profile.columns if column.kind in (Kind.MONEY, Kind.COST)}
        self._rows_by_key: dict[tuple[object, ...], int] = {}

    @property
    def rows_taken(self) -> int:
        return len(self.records) + self._wholes

    def read(self, rows: Rows) -> None:
        """Read all rows. After it `rows.read` is the number of them."""
        for batch in rows.batches():
            self._add(batch)
        if self._profile.parts:
            self._drop_wholes()
        self.skipped += rows.skipped
        self.skipped.sort(key=lambda skipped: skipped.row)

    def _add(self, batch: Batch) -> None:
        columns = dict(enumerate(zip(*batch.rows, strict=True)))
        values = [column.values(columns, len(batch.rows)) for column in self._columns]
        for number, cells in zip(batch.numbers, zip(*values, strict=True), strict=True):
            if refused := self._refusal(number, cells):
                self.skipped.append(refused)
                continue
            record = self._record(number, *cells)
            if refused := self._unfit(record):
                self.skipped.append(refused)
            else:
                self.records.append(record)

    def _unfit(self, record: Any) -> SkippedRow | None:
        """Settle the currency of the record's amounts; the first that is none of it, and why."""
        if not self._amounts:
            return None
        amounts = [getattr(record, name) for name in self._amounts]
        record.currency = settled_currency(record.currency, amounts, self._answers)
        currency = record.currency or self._answers.usual_currency or ""
        for (name, kind), amount in zip(self._amounts.items(), amounts, strict=True):
            if reason := contradiction(amount, currency) or ("" if kind is Kind.COST else too_fine(amount, currency)):
                return SkippedRow(record.row, self._headers[self._fields.index(name)], reason)
        return None

    def _drop_wholes(self) -> None:
        """The row of a thing that comes in variations says nothing that theirs don't say: only they can be bought."""
        of, part = attrgetter(self._profile.keys[0][0]), attrgetter(self._profile.parts)
        parted = {of(record) for record in self.records if part(record)}
        kept = [record for record in self.records if part(record) or of(record) not in parted]
        self._wholes = len(self.records) - len(kept)
        self.records = kept

    def _refusal(self, number: int, cells: Sequence[object]) -> SkippedRow | None:
        for cell in cells:
            if isinstance(cell, CellError):
                return SkippedRow(number, cell.header, cell.reason)
        if not any(cells[place] for place in self._named):
            names = [self._headers[place] for place in self._named]
            return SkippedRow(number, names[0], f"there is no {' or '.join(names)}. Fill it in, then import the file again.")
        for places in self._keys:
            if cells[places[0]]:
                key = (places, *(cells[place] for place in places))
                first = self._rows_by_key.setdefault(key, number)
                if first == number:
                    break
                what = f"“{cells[places[0]]}” is already in row {first} of this file; that row was taken. Keep one of them."
                return SkippedRow(number, self._headers[places[0]], what)
        return None
