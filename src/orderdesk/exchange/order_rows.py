"""Rows into orders with their lines, for every shape that rows come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter
from typing import cast

from orderdesk.exchange.answers import Answers
from orderdesk.exchange.cells import CellError
from orderdesk.exchange.columnar import Batch, ColumnValues
from orderdesk.exchange.detection import Layout
from orderdesk.exchange.profile import Kind, Shape
from orderdesk.exchange.records import LineRecord, SkippedRow
from orderdesk.exchange.text import clean_line

_LINE_FIELDS = ("line_id", "sku", "title", "quantity", "unit_price", "shipped", "canceled")
_NO_NUMBER = "the cell is empty. Fill in the order's number, then import again."
_LOOSE = (Kind.MOMENT, Kind.DAY, Kind.ORDER_NUMBER)
_KEY_FIELDS = ("order_number", "channel")

Cells = tuple[str, ...]
Values = dict[str, list[object]]


@dataclass(slots=True, eq=False)
class OpenOrder:
    """An order under construction: its lines so far, the rows that made none, and the text that is said once per order.

    `repeats` is the first row of the order that these rows say once more.
    """

    row: int
    cells: Cells
    repeats: int | None = None
    lines: list[LineRecord] = field(default_factory=list)
    other_rows: list[int] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        return sorted([*(line.row for line in self.lines), *self.other_rows])


class OrderRows:
    """Sorts batches of rows into `orders`. `problems` tells, by row, what was wrong with it; `strays` belong to no order."""

    def __init__(self, layout: Layout, answers: Answers) -> None:
        columns = layout.profile.columns
        places = {place for column in columns if column.of_order for place in layout.places.get(column, ())}
        self.orders: list[OpenOrder] = []
        self.problems: dict[int, SkippedRow] = {}
        self.strays: list[int] = []
        self.places = tuple(sorted(places))
        self._shape = layout.profile.shape
        self._header = layout.header
        self._opening = _opening_place(layout, self.places)
        self._columns = {
            column.field: ColumnValues(layout, column, answers)
            for column in columns
            if not column.of_order or column.field in _KEY_FIELDS
        }
        self._by_key: dict[tuple[object, object], OpenOrder] = {}
        self._loose = {place for column, at in layout.places.items() if column.kind in _LOOSE for place in at}
        self._latest: dict[object, OpenOrder] = {}
        self._nothing: Cells = ("",) * len(self.places)
        self._last: OpenOrder | None = None

    def add(self, batch: Batch) -> None:
        """Take in the next rows of the file."""
        count = len(batch.rows)
        values = self._values(batch)
        keys = zip(values["order_number"], values.get("channel", repeat("", count)), strict=True)
        cells = (values.get(name, repeat(None, count)) for name in _LINE_FIELDS)
        # Lines are numbered within their order when it is complete. Types were settled by the columns' kinds.
        lines = map(cast("Callable[..., LineRecord]", LineRecord), batch.numbers, repeat(0), *cells)
        without_line = self._rows_without_line(batch.numbers, values)
        may_go_on = self._shape is Shape.EVERY_ROW
        order, last_key, last_cells = None, None, None
        for number, key, said, line in zip(batch.numbers, keys, self._order_cells(batch.rows), lines, strict=True):
            if said != last_cells or key != last_key or not may_go_on:
                order, last_key, last_cells = self._order_of(number, key, said), key, said
            if order is None:
                self.strays.append(number)
                continue
            if number in without_line:
                order.other_rows.append(number)
            else:
                order.lines.append(line)

    def chunks(self, size: int) -> Iterator[list[OpenOrder]]:
        """All orders, first to last, so many at a time; they are forgotten as they go."""
        self._by_key.clear()
        self._latest.clear()
        self._last = None
        self.orders.reverse()
        while self.orders:
            chunk = self.orders[-size:]
            del self.orders[-size:]
            yield chunk[::-1]

    def _values(self, batch: Batch) -> Values:
        """The values of the batch's lines by field; whether a line is marked shipped as a whole is among its shipped units."""
        columns = dict(enumerate(zip(*batch.rows, strict=True)))
        values = {name: column.values(columns, len(batch.rows)) for name, column in self._columns.items()}
        if "all_shipped" in values:
            pairs = zip(values["quantity"], values["all_shipped"], strict=True)
            values["shipped"] = [quantity if done else None if done is None else 0 for quantity, done in pairs]
        values.setdefault("line_id", [""] * len(batch.rows))
        return values

    def _order_cells(self, rows: Sequence[Sequence[str]]) -> Iterator[Cells]:
        if len(self.places) > 1:
            return map(itemgetter(*self.places), rows)
        return ((row[self.places[0]],) for row in rows)

    def _rows_without_line(self, numbers: Sequence[int], values: Values) -> set[int]:
        """Rows that make no line: summaries of orders, and those with something unreadable, which is noted."""
        rows = zip(numbers, values["sku"], values["title"], values["line_id"], strict=True)
        nameless = {
            number for number, sku, title, line_id in rows if not (sku or title or (line_id and self._shape is Shape.SUMMARY))
        }
        summaries = nameless if self._shape is Shape.SUMMARY else set()
        for number in nameless - summaries:
            self._note(number, self._columns["sku"].header, "there is neither a SKU nor a title. Fill one in, then import again.")
        unreadable = self._note_errors(numbers, values, summaries)
        return nameless | unreadable

    def _note_errors(self, numbers: Sequence[int], values: Values, summaries: set[int]) -> set[int]:
        unreadable = set()
        for name, column in self._columns.items():
            if not column.failed:
                continue
            for number, value in zip(numbers, values[name], strict=True):
                if isinstance(value, CellError) and number not in summaries:
                    unreadable.add(number)
                    self._note(number, column.header, value.reason)
        return unreadable

    def _note(self, number: int, column: str, reason: str) -> None:
        self.problems.setdefault(number, SkippedRow(number, column, reason))

    def _order_of(self, number: int, key: tuple[object, object], cells: Cells) -> OpenOrder | None:
        """The order a row belongs to, a new one where it is the first; None, and a note, where it can't be told."""
        order = self._known_order(key, cells)
        if order is None and not key[0]:
            self._note(number, self._columns["order_number"].header, _NO_NUMBER)
            self._last = None
            return None
        if order is None:
            order = self._opened(number, key, cells)
        elif self._shape is Shape.EVERY_ROW and cells != order.cells and cells != self._nothing:
            self._merge(order, number, cells)
        elif self._opening is not None and cells[self._opening].strip():
            order = self._opened(number, key, cells, repeats=order.repeats or order.row)
        # A later row of the order may leave its channel out, or all that is said once per order.
        self._latest[key[0]] = self._last = order
        return order

    def _known_order(self, key: tuple[object, object], cells: Cells) -> OpenOrder | None:
        if not key[0]:
            return self._last if self._shape is Shape.EVERY_ROW and not any(map(str.strip, cells)) else None
        number, channel = key
        order = self._by_key.get(key)
        if order is None and not channel:
            order = self._latest.get(number)
        elif order is None and (order := self._by_key.get((number, ""))) is not None:
            self._by_key[key] = order
        return order

    def _opened(self, number: int, key: tuple[object, object], cells: Cells, repeats: int | None = None) -> OpenOrder:
        order = OpenOrder(number, cells, repeats)
        self.orders.append(order)
        self._by_key[key] = order
        return order

    def _merge(self, order: OpenOrder, number: int, cells: Cells) -> None:
        """Take what the order's earlier rows left blank from this one; two different values are a problem of this row.

        Times may differ, as where lines were entered one by one: the first row's counts. So may what nobody sees of a number.
        """
        merged = list(order.cells)
        for at, (said, cell) in enumerate(zip(order.cells, cells, strict=True)):
            if not said.strip():
                merged[at] = cell
            elif cell.strip() and cell.strip() != said.strip() and self.places[at] not in self._loose:
                reason = f"“{clean_line(cell)}” stands here, but “{clean_line(said)}” in row {order.row} of the same order."
                self._note(number, self._header[self.places[at]], f"{reason} Make them the same, then import again.")
        order.cells = tuple(merged)


def _opening_place(layout: Layout, places: Sequence[int]) -> int | None:
    for column, at in layout.places.items():
        if column.field == layout.profile.opening:
            return places.index(at[0])
    return None
