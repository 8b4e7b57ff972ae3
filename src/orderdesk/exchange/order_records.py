"""Sorted rows into order records: what is said once per order is read, and lines and order are made to agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import repeat
from typing import cast

from orderdesk.domain.orders import PaidStatus
from orderdesk.domain.shop import Address
from orderdesk.exchange.answers import Answers
from orderdesk.exchange.cells import CellError
from orderdesk.exchange.columnar import ColumnValues, Rows
from orderdesk.exchange.currencies import settled_currency
from orderdesk.exchange.detection import Layout
from orderdesk.exchange.order_checks import OrderChecks, amounts_of, repeated_lines
from orderdesk.exchange.order_rows import OpenOrder, OrderRows
from orderdesk.exchange.prices import reconcile_prices
from orderdesk.exchange.profile import PriceReading
from orderdesk.exchange.records import LineRecord, OrderRecord, SkippedRow

_CHUNK = 1024
_ADDRESS = "ship_to."

Values = Mapping[str, Sequence[object]]


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
        headers = {column.field: layout.header_of(column) for column in layout.profile.columns}
        self._answers = answers
        self._checks = OrderChecks(layout.profile, headers, self._rows.problems, answers)

    def read(self, rows: Rows) -> None:
        """Read all rows. After it `rows.read` is the number of them."""
        for batch in rows.batches():
            self._rows.add(batch)
        for orders in self._rows.chunks(_CHUNK):
            self._finish(orders)
        self.skipped += [self._rows.problems[row] for row in self._rows.strays]
        self.skipped += rows.skipped
        self.skipped.sort(key=lambda skipped: skipped.row)

    def _finish(self, orders: Sequence[OpenOrder]) -> None:
        columns = dict(zip(self._rows.places, zip(*(order.cells for order in orders), strict=True), strict=True))
        values = {name: column.values(columns, len(orders)) for name, column in self._columns.items()}
        errors = self._errors(values)
        collected = cast("Sequence[Decimal | None]", values.get("collected_tax", [None] * len(orders)))
        for at, (order, record) in enumerate(zip(orders, _records(orders, values, self._profile.constants), strict=True)):
            if at not in errors:
                record.currency = settled_currency(record.currency, amounts_of(order.lines, record), self._answers)
            if skipped := self._checks.skipped_rows(order, record, errors.get(at)):
                self.skipped += skipped
            else:
                self._take(order, record, collected[at])

    def _errors(self, values: Values) -> dict[int, CellError]:
        """The first cell of each order that can't be read, by the order's place."""
        errors: dict[int, CellError] = {}
        for name, column in self._columns.items():
            if column.failed:
                for at, value in enumerate(values[name]):
                    if isinstance(value, CellError):
                        errors.setdefault(at, value)
        return errors

    def _take(self, order: OpenOrder, record: OrderRecord, collected_tax: Decimal | None) -> None:
        record.lines = self._without_repeats(order.lines)
        self.rows_taken += len(order.other_rows) + len(record.lines)
        if "canceled_at" in self._columns:
            record.canceled = record.canceled_at is not None
        if not record.paid_status and record.paid is not None:
            record.paid_status = PaidStatus.PAID
        _agree(record)
        if self._profile.prices is PriceReading.RECONCILED:
            reconcile_prices(record, collected_tax)
        self.records.append(record)

    def _without_repeats(self, lines: list[LineRecord]) -> list[LineRecord]:
        """The lines, numbered; one that is there twice under its id counts once."""
        if repeats := repeated_lines(lines):
            for line, first in repeats:
                reason = f"the line is already in row {first.row} of this file; it was taken once."
                self.skipped.append(SkippedRow(line.row, "", reason))
            surplus = {line.row for line, _ in repeats}
            lines = [line for line in lines if line.row not in surplus]
        for ordinal, line in enumerate(lines, 1):
            line.ordinal = ordinal
        return lines


def _records(orders: Sequence[OpenOrder], values: Values, constants: Mapping[str, str]) -> Iterator[OrderRecord]:
    """A record for each order, made from columns of values."""
    columns: dict[str, Iterable[object]] = {
        "row": [order.row for order in orders],
        "lines": [order.lines for order in orders],
        "ship_to": _addresses(values),
        **{name: repeat(value) for name, value in constants.items()},
    }
    arguments = (columns.get(item.name) or values.get(item.name) or repeat(item.default) for item in fields(OrderRecord))
    return map(cast("Callable[..., OrderRecord]", OrderRecord), *arguments)


def _addresses(values: Values) -> Iterator[Address]:
    if not any(name.startswith(_ADDRESS) for name in values):
        return repeat(Address())
    return map(
        cast("Callable[..., Address]", Address), *(values.get(_ADDRESS + item.name) or repeat("") for item in fields(Address))
    )


def _agree(record: OrderRecord) -> None:
    """Let the lines say what the file says of the whole order."""
    if record.shipped:
        for line in record.lines:
            line.shipped = line.quantity
    if record.canceled:
        for line in record.lines:
            line.canceled = line.quantity - (line.shipped or 0)
