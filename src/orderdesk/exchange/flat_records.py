"""Rows that are a record each: products, customers, listings, what suppliers have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from orderdesk.exchange.answers import Answers
from orderdesk.exchange.cells import CellError
from orderdesk.exchange.columnar import Batch, ColumnValues, Rows
from orderdesk.exchange.detection import Layout
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
        columns = {column.field: ColumnValues(layout, column, answers) for column in layout.profile.columns}
        self._fields = [item.name for item in fields(_RECORDS[layout.profile.kind]) if item.name != "row"]
        self._columns = {name: columns[name] for name in self._fields}
        self._named = [self._fields.index(name) for name in self._profile.named]
        self._keys = [tuple(map(self._fields.index, key)) for key in self._profile.keys]
        self._rows_by_key: dict[tuple[object, ...], int] = {}

    @property
    def rows_taken(self) -> int:
        return len(self.records)

    def read(self, rows: Rows) -> None:
        """Read all rows. After it `rows.read` is the number of them."""
        for batch in rows.batches():
            self._add(batch)
        self.skipped += rows.skipped
        self.skipped.sort(key=lambda skipped: skipped.row)

    def _add(self, batch: Batch) -> None:
        columns = dict(enumerate(zip(*batch.rows, strict=True)))
        values = [column.values(columns, len(batch.rows)) for column in self._columns.values()]
        for number, cells in zip(batch.numbers, zip(*values, strict=True), strict=True):
            if refused := self._refusal(number, cells):
                self.skipped.append(refused)
            else:
                self.records.append(self._record(number, *cells))

    def _refusal(self, number: int, cells: Sequence[object]) -> SkippedRow | None:
        for cell in cells:
            if isinstance(cell, CellError):
                return SkippedRow(number, cell.header, cell.reason)
        if not any(cells[place] for place in self._named):
            names = " or ".join(self._profile.named)
            return SkippedRow(number, self._profile.named[0], f"there is no {names}. Fill it in, then import the file again.")
        for places in self._keys:
            if cells[places[0]]:
                key = (places, *(cells[place] for place in places))
                first = self._rows_by_key.setdefault(key, number)
                if first == number:
                    break
                what = f"“{cells[places[0]]}” is already in row {first} of this file; that row was taken. Keep one of them."
                return SkippedRow(number, self._fields[places[0]], what)
        return None
