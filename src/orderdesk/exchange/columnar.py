"""A file's rows, a batch at a time, turned into columns of values: that is what makes a hundred thousand lines quick."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from orderdesk.domain.errors import UnreadableFileError
from orderdesk.exchange.answers import Answers
from orderdesk.exchange.cells import cell_reader
from orderdesk.exchange.detection import Layout
from orderdesk.exchange.profile import Column, Kind
from orderdesk.exchange.records import SkippedRow
from orderdesk.exchange.tables import MAX_ROWS, BrokenRow

# Small enough that a batch stays in the processor's cache: sixteen times as many rows take a third longer.
_BATCH = 256
_PUT_IN_QUOTES = "Put text that holds the delimiter in quotation marks, then import again."


@dataclass(slots=True)
class Batch:
    """Rows that hold data, each as wide as the header, with the numbers a spreadsheet shows for them."""

    numbers: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class Rows:
    """The data rows of a file below its header.

    After going through `batches`, `read` counts the rows that held something, and `skipped` are those that made no cells.
    """

    def __init__(self, layout: Layout) -> None:
        self.read = 0
        self.skipped: list[SkippedRow] = []
        self._layout = layout
        self._width = len(layout.header)
        self._header = list(layout.header)
        patterns = layout.profile.furniture
        self._furniture = re.compile("|".join(patterns)) if patterns else None

    def batches(self) -> Iterator[Batch]:
        """All data rows, in order. UnreadableFileError for a file with more rows than a spreadsheet has."""
        batch = Batch()
        for number, row in enumerate(self._layout.table.rows(), self._layout.first_number):
            if number <= self._layout.header_number:
                continue
            if number > MAX_ROWS:
                raise UnreadableFileError(f"The file has more than {MAX_ROWS:,} rows.", "Split it, then import the parts.")
            if isinstance(row, BrokenRow):
                self._skip(number, row.reason)
            elif self._is_taken(number, row):
                batch.numbers.append(number)
                batch.rows.append(row)
                if len(batch.rows) == _BATCH:
                    self.read += _BATCH
                    yield batch
                    batch = Batch()
        self.read += len(batch.rows)
        if batch.rows:
            yield batch

    def _is_taken(self, number: int, row: list[str]) -> bool:
        """Whether the row holds data; it is then as wide as the header."""
        if row and row[0] == self._header[0] and self._is_header(number, row):
            return False
        if len(row) != self._width and not self._fit(number, row):
            return False
        if not row[0].strip() and not any(map(str.strip, row)):
            return False
        return self._furniture is None or not self._is_furniture(self._furniture, row)

    def _fit(self, number: int, row: list[str]) -> bool:
        """Make the row as wide as the header; skip it where cells stand beyond the last column."""
        if any(cell.strip() for cell in row[self._width :]):
            self._skip(number, f"it has {len(row)} cells, the header row {self._width}. {_PUT_IN_QUOTES}")
            return False
        del row[self._width :]
        row.extend([""] * (self._width - len(row)))
        return True

    def _is_header(self, number: int, row: list[str]) -> bool:
        """Whether the header stands there again, as in reports put together by hand."""
        if row == self._header:
            return True
        cells = [cell.strip() for cell in row if cell.strip()]
        if 2 * sum(cell in self._header for cell in cells) > len(cells):
            sentence = f"Row {number} is a second header row, with other columns than row {self._layout.header_number}."
            raise UnreadableFileError(sentence, "Put the rows below it in a file of their own, and import both.")
        return False

    @staticmethod
    def _is_furniture(pattern: re.Pattern[str], row: Sequence[str]) -> bool:
        """Whether the row is a footer of the report."""
        return pattern.match(" ".join(cell for cell in row if cell).strip().lower()) is not None

    def _skip(self, number: int, reason: str) -> None:
        self.read += 1
        self.skipped.append(SkippedRow(number, "", reason))


class SameValues:
    """What every row has that the format has no column for."""

    def __init__(self, value: object) -> None:
        self._value = value

    def values(self, _: Mapping[int, Sequence[str]], count: int) -> list[object]:
        """The value of as many rows."""
        return [self._value] * count


class ColumnValues:
    """Reads one column of a file, from wherever its cells stand."""

    def __init__(self, layout: Layout, column: Column, answers: Answers) -> None:
        self.places = layout.places.get(column, ())
        self.header = layout.header_of(column)
        guarded = layout.profile.guarded and layout.table.delimiter != ""
        self._reader = cell_reader(column, self.header, answers, guarded=guarded)
        self._absent = None if column.kind is Kind.STATED else self._reader[""]

    @property
    def failed(self) -> bool:
        """Whether a value read so far is a CellError."""
        return self._reader.failed

    def values(self, columns: Mapping[int, Sequence[str]], count: int) -> list[object]:
        """The values of as many rows, given as their columns by place."""
        self._reader.forget()
        if not self.places:
            return [self._absent] * count
        if len(self.places) == 1:
            return list(map(self._reader.__getitem__, columns[self.places[0]]))
        alternatives = zip(*(columns[place] for place in self.places), strict=True)
        return [self._reader[next((cell for cell in cells if cell.strip()), "")] for cells in alternatives]
