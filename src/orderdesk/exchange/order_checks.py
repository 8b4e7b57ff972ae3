"""Which orders of a file can't be taken: as a whole or not at all, with a reason for each of their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from orderdesk.domain.money import TOO_MUCH
from orderdesk.exchange.answers import Answers
from orderdesk.exchange.cells import CellError
from orderdesk.exchange.currencies import contradiction, too_fine
from orderdesk.exchange.order_rows import OpenOrder
from orderdesk.exchange.profile import Profile
from orderdesk.exchange.records import LineRecord, OrderRecord, SkippedRow

_AMOUNTS = ("shipping", "tax", "discount", "total")
_WHOLE = "row {row} of the same order can't be read; an order is taken as a whole or not at all."


class OrderChecks:
    """The checks for one file. `headers` are its columns by field, `problems` what was wrong with single rows."""

    def __init__(
        self, profile: Profile, headers: Mapping[str, str], problems: Mapping[int, SkippedRow], answers: Answers
    ) -> None:
        self._answers = answers
        self._profile = profile
        self._headers = headers
        self._problems = problems

    def skipped_rows(self, order: OpenOrder, record: OrderRecord, error: CellError | None) -> list[SkippedRow]:
        """All rows of an order that is not taken, [] for one that is. `error` is what can't be read of its own cells."""
        if objection := self._objection(order, record):
            return [SkippedRow(row, *objection) for row in order.rows]
        refused = self._problem(order)
        if refused is None and error is not None:
            refused = SkippedRow(order.row, error.header, error.reason)
        if refused is None and not order.lines:
            refused = SkippedRow(order.row, "", "the order has no line with a product. Export it again, then import.")
        refused = refused or self._disagreement(order.lines) or self._unfit(order, record) or self._too_much(order, record)
        return [self._reason(row, refused) for row in order.rows] if refused else []

    def _objection(self, order: OpenOrder, record: OrderRecord) -> tuple[str, str] | None:
        """Column and reason why these rows are no order to take in, though all of them can be read."""
        if order.repeats is not None:
            return "", f"the order is already in row {order.repeats} of this file; it was taken once."
        for name, reason in self._profile.required.items():
            if not getattr(record, name):
                return self._headers[name], reason
        return None

    def _problem(self, order: OpenOrder) -> SkippedRow | None:
        if not self._problems:
            return None
        return next((self._problems[row] for row in order.rows if row in self._problems), None)

    def _disagreement(self, lines: Sequence[LineRecord]) -> SkippedRow | None:
        """Lines that say something impossible."""
        for line in lines:
            if (line.shipped or line.canceled) and (gone := (line.shipped or 0) + (line.canceled or 0)) > line.quantity:
                reason = (
                    f"{gone} shipped and canceled are more than the {line.quantity} ordered. Correct the row, then import again."
                )
                return SkippedRow(line.row, self._headers["shipped"], reason)
        for line, first in repeated_lines(lines):
            if _content(line) != _content(first):
                reason = f"“{line.line_id}” is another line in row {first.row}. Give each line its own, then import again."
                return SkippedRow(line.row, self._headers["line_id"], reason)
        return None

    def _unfit(self, order: OpenOrder, record: OrderRecord) -> SkippedRow | None:
        """An amount that is none of the order's currency."""
        currency = record.currency or self._answers.usual_currency or ""
        amounts = [(order.row, name, getattr(record, name)) for name in _AMOUNTS]
        amounts += [(line.row, "unit_price", line.unit_price) for line in order.lines]
        for row, name, amount in amounts:
            if reason := contradiction(amount, currency) or too_fine(amount, currency):
                return SkippedRow(row, self._headers[name], reason)
        return None

    def _too_much(self, order: OpenOrder, record: OrderRecord) -> SkippedRow | None:
        """An order that comes to more than can be added up."""
        prices = [(line.unit_price or 0) * line.quantity for line in order.lines]
        whole = sum(prices) + (record.shipping or 0) + (record.tax or 0)
        if whole < TOO_MUCH:
            return None
        row = max(zip(prices, (line.row for line in order.lines), strict=True))[1]
        reason = f"the order would come to {whole:,}; it can only come to less than {TOO_MUCH:,}. Correct it, then import again."
        return SkippedRow(row, self._headers.get("unit_price", ""), reason)

    def _reason(self, row: int, refused: SkippedRow) -> SkippedRow:
        if row == refused.row:
            return refused
        return self._problems.get(row) or SkippedRow(row, "", _WHOLE.format(row=refused.row))


def amounts_of(lines: Sequence[LineRecord], record: OrderRecord) -> list[Decimal | None]:
    """All that an order and its lines say of money."""
    return [*(getattr(record, name) for name in _AMOUNTS), *(line.unit_price for line in lines)]


def repeated_lines(lines: Sequence[LineRecord]) -> list[tuple[LineRecord, LineRecord]]:
    """Lines whose id is taken, each with the first line that has it."""
    ids = [line.line_id for line in lines if line.line_id]
    if len(set(ids)) == len(ids):
        return []
    first: dict[str, LineRecord] = {}
    pairs = ((line, first.setdefault(line.line_id, line)) for line in lines if line.line_id)
    return [(line, earlier) for line, earlier in pairs if line is not earlier]


def _content(line: LineRecord) -> tuple[object, ...]:
    return line.sku, line.title, line.quantity, line.unit_price
