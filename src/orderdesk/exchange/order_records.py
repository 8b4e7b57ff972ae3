"""Sorted rows into order records: what is said once per order is read, and lines and order are made to agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orderdesk.domain.shop import Address
from orderdesk.exchange.answers import Answers
from orderdesk.exchange.cells import CellError
from orderdesk.exchange.columnar import ColumnValues, Rows
from orderdesk.exchange.detection import Layout
from orderdesk.exchange.order_rows import OpenOrder, OrderRows
from orderdesk.exchange.prices import reconcile_prices
from orderdesk.exchange.profile import PriceReading
from orderdesk.exchange.records import LineRecord, OrderRecord, SkippedRow

_CHUNK = 4096
_ADDRESS = "ship_to."


class OrderReader:
    """Reads one file of orders: `records` and `skipped` once it has been `read`."""

    def __init__(self, layout: Layout, answers: Answers) -> None:
        self.records: list[OrderRecord] = []
        self.skipped: list[SkippedRow] = []
        self.rows_taken = 0
        self._profile = layout.profile
        self._rows = OrderRows(layout, answers)
        columns = [column for column in layout.profile.columns if column.of_order]
        self._columns = {column.field: ColumnValues(layout, column, answers) for column in columns}
        lines = {column.field: column for column in layout.profile.columns if not column.of_order}
        self._line_headers = {name: ColumnValues(layout, column, answers).header for name, column in lines.items()}

    def read(self, rows: Rows) -> None:
        """Read all rows. After it `rows.read` is the number of them."""
        for batch in rows.batches():
            self._rows.add(batch)
        orders = self._rows.orders
        for start in range(0, len(orders), _CHUNK):
            self._finish(orders[start : start + _CHUNK])
        self.skipped += [self._rows.problems[row] for row in self._rows.strays]
        self.skipped += rows.skipped
        self.skipped.sort(key=lambda skipped: skipped.row)

    def _finish(self, orders: Sequence[OpenOrder]) -> None:
        columns = dict(zip(self._rows.places, zip(*(order.cells for order in orders), strict=True), strict=True))
        values = {name: column.values(columns, len(orders)) for name, column in self._columns.items()}
        address = {name.removeprefix(_ADDRESS): values.pop(name) for name in list(values) if name.startswith(_ADDRESS)}
        for order, said, ship_to in zip(orders, _rows_of(values, len(orders)), _rows_of(address, len(orders)), strict=True):
            if objection := self._objection(order, said):
                self.skipped += [SkippedRow(row, *objection) for row in order.rows]
            elif refused := self._refusal(order, {**said, **ship_to}):
                self._skip(order, refused)
            else:
                self._take(order, said, ship_to)

    def _refusal(self, order: OpenOrder, said: Mapping[str, object]) -> SkippedRow | None:
        """Why the order can't be taken."""
        if self._rows.problems:
            for row in order.rows:
                if row in self._rows.problems:
                    return self._rows.problems[row]
        for value in said.values():
            if isinstance(value, CellError):
                return SkippedRow(order.row, value.header, value.reason)
        if not order.lines:
            return SkippedRow(order.row, "", "the order has no line with a product. Export it again, then import.")
        return self._disagreement(order.lines)

    def _objection(self, order: OpenOrder, said: Mapping[str, object]) -> tuple[str, str] | None:
        """Column and reason why these rows are no order to take in, though all of them can be read."""
        if order.repeats is not None:
            return "", f"the order is already in row {order.repeats.row} of this file; it was taken once."
        for name, reason in self._profile.required.items():
            if not said[name]:
                return self._columns[name].header, reason
        return None

    def _disagreement(self, lines: Sequence[LineRecord]) -> SkippedRow | None:
        """Lines that say something impossible."""
        for line in lines:
            if (line.shipped or line.canceled) and (gone := (line.shipped or 0) + (line.canceled or 0)) > line.quantity:
                reason = (
                    f"{gone} shipped and canceled are more than the {line.quantity} ordered. Correct the row, then import again."
                )
                return SkippedRow(line.row, self._line_headers["shipped"], reason)
        for line, first in _repeats(lines):
            if _content(line) != _content(first):
                reason = f"“{line.line_id}” is another line in row {first.row}. Give each line its own, then import again."
                return SkippedRow(line.row, self._line_headers["line_id"], reason)
        return None

    def _skip(self, order: OpenOrder, refused: SkippedRow) -> None:
        others = f"row {refused.row} of the same order can't be read; an order is taken as a whole or not at all."
        for row in order.rows:
            if row == refused.row:
                self.skipped.append(refused)
            else:
                self.skipped.append(self._rows.problems.get(row) or SkippedRow(row, "", others))

    def _take(self, order: OpenOrder, said: dict[str, Any], ship_to: Mapping[str, Any]) -> None:
        canceled_at = said.get("canceled_at")
        collected = said.pop("collected_tax", None)
        said = {**self._profile.constants, **said}
        record = OrderRecord(row=order.row, ship_to=Address(**ship_to), lines=self._without_repeats(order.lines), **said)
        self.rows_taken += len(order.rows) - len(order.lines) + len(record.lines)
        if "canceled_at" in said:
            record.canceled = canceled_at is not None
        if not record.paid_status and record.paid is not None:
            record.paid_status = "paid"
        _agree(record)
        if self._profile.prices is PriceReading.RECONCILED:
            reconcile_prices(record, collected)
        self.records.append(record)

    def _without_repeats(self, lines: list[LineRecord]) -> list[LineRecord]:
        """The lines, numbered; one that is there twice under its id counts once."""
        if repeats := _repeats(lines):
            for line, first in repeats:
                reason = f"the line is already in row {first.row} of this file; it was taken once."
                self.skipped.append(SkippedRow(line.row, "", reason))
            surplus = {line.row for line, _ in repeats}
            lines = [line for line in lines if line.row not in surplus]
        for ordinal, line in enumerate(lines, 1):
            line.ordinal = ordinal
        return lines


def _repeats(lines: Sequence[LineRecord]) -> list[tuple[LineRecord, LineRecord]]:
    """Lines whose id is taken, each with the first line that has it."""
    ids = [line.line_id for line in lines if line.line_id]
    if len(set(ids)) == len(ids):
        return []
    first: dict[str, LineRecord] = {}
    pairs = ((line, first.setdefault(line.line_id, line)) for line in lines if line.line_id)
    return [(line, earlier) for line, earlier in pairs if line is not earlier]


def _content(line: LineRecord) -> tuple[object, ...]:
    return line.sku, line.title, line.quantity, line.unit_price


def _agree(record: OrderRecord) -> None:
    """Let the lines say what the file says of the whole order."""
    if record.shipped:
        for line in record.lines:
            line.shipped = line.quantity
    if record.canceled:
        for line in record.lines:
            line.canceled = line.quantity - (line.shipped or 0)


def _rows_of(values: Mapping[str, Sequence[object]], count: int) -> Iterator[dict[str, Any]]:
    """Columns of values as one mapping per record."""
    names = list(values)
    if not names:
        return ({} for _ in range(count))
    return (dict(zip(names, row, strict=True)) for row in zip(*values.values(), strict=True))
