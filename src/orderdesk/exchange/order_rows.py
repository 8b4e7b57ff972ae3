"""Rows into orders with their lines, for every shape that rows come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from orderdesk.exchange.answers import Answers
from orderdesk.exchange.columnar import Batch, ColumnValues, first_error
from orderdesk.exchange.detection import Layout
from orderdesk.exchange.profile import Column, Shape
from orderdesk.exchange.records import LineRecord, SkippedRow

_LINE_FIELDS = ("line_id", "sku", "title", "quantity", "unit_price", "shipped", "canceled")

Cells = tuple[str, ...]
Key = tuple[str, str]


@dataclass(slots=True)
class OpenOrder:
    """An order under construction: its rows so far, and the text of the cells that are said once per order."""

    row: int
    cells: Cells
    rows: list[int] = field(default_factory=list)
    lines: list[LineRecord] = field(default_factory=list)
    repeats_row: int | None = None


class OrderRows:
    """Sorts batches of rows into orders. `problems` has, by its row, all that was wrong with a row."""

    def __init__(self, layout: Layout, answers: Answers) -> None:
        profile = layout.profile
        self.problems: dict[int, SkippedRow] = {}
        self.orders: list[OpenOrder] = []
        self.places = _order_places(layout)
        self._shape = profile.shape
        self._header = layout.header
        self._by_key: dict[Key, OpenOrder] = {}
        self._columns = {column.field: ColumnValues(layout, column, answers) for column in profile.columns if _is_read_here(column)}
        opening = next((column for column in profile.columns if column.field == profile.opening), None)
        self._opening = self.places.index(layout.places[opening][0]) if opening in layout.places and opening else None
        self._nothing: Cells = ("",) * len(self.places)
        self._cells_of = itemgetter(*self.places)
        self._last: OpenOrder | None = None

    def add(self, batch: Batch) -> None:
        """Take in the next rows of the file."""
        columns = dict(enumerate(zip(*batch.rows, strict=True)))
        count = len(batch.rows)
        values = {name: column.values(columns, count) for name, column in self._columns.items()}
        keys = zip(values.pop("order_number"), values.pop("channel", [""] * count), strict=True)
        lines = self._line_values(values)
        odd = self._odd_rows(batch.numbers, values)
        repeated_cells = self._shape is Shape.EVERY_ROW
        last_key, last_cells, order = None, None, None
        for number, key, cells, line in zip(batch.numbers, keys, map(self._cells_of, batch.rows), lines, strict=True):
            if order is None or key != last_key or cells != last_cells or not repeated_cells:
                order = self._order_of(key, number, cells)
                last_key, last_cells = key, cells
            ...
