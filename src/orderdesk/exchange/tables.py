"""Text and spreadsheet files as rows of text cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from orderdesk.exchange.text import LOST, MAX_CELL

MAX_ROWS = 1_048_576

_UNPAIRED = "the quotation marks in this row don't pair up. Mend the row, then import again."
_TOO_LONG = f"a cell is longer than {MAX_CELL:,} characters, the most a spreadsheet holds. Shorten it, then import again."
_MARK_LOST = "orderdesk.lost"

codecs.register_error(_MARK_LOST, lambda error: (LOST, getattr(error, "end", 0)))


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that has no cells: its quotation marks make none, or one is longer than any may be."""

    reason: str


class Table(Protocol):
    """Rows that can be gone through more than once. `encoding` is "" for spreadsheets."""

    encoding: str
    delimiter: str

    def rows(self) -> Iterator[list[str] | BrokenRow]:
        """All rows from the first, blank ones too, so that counting them gives a spreadsheet's row numbers."""
        ...


class TextTable:
    """A CSV file, or one with another delimiter."""

    def __init__(self, content: bytes, encoding: str, delimiter: str) -> None:
        self.encoding = encoding
        self.delimiter = delimiter
        self._content = content

    def rows(self) -> Iterator[list[str] | BrokenRow]:
        csv.field_size_limit(MAX_CELL)
        count = 0
        try:
            for row in csv.reader(self._stream(), delimiter=self.delimiter, strict=True):
                count += 1
                yield row
        except csv.Error:
            # Sound files are read without the bookkeeping that finds the next sound row.
            yield from islice(self._rows_with_broken_ones(), count, None)

    def _rows_with_broken_ones(self) -> Iterator[list[str] | BrokenRow]:
        lines = _Lines(self._stream())
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.taken.clear()
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                # A mark without its fellow runs on through the lines that follow.
                is_one_line = len(lines.taken) == 1
                lines.go_back_to_second()
                yield BrokenRow(_TOO_LONG if is_one_line and "field larger" in str(error) else _UNPAIRED)
            else:
                yield row

    def _stream(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self._content), self.encoding, errors=_MARK_LOST, newline="")


class _Lines:
    """The lines of a file; those that a broken row has swallowed can be given back, so that it costs no other row."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.taken: list[str] = []
        self._stream = stream
        self._given_back: deque[str] = deque()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._given_back.popleft() if self._given_back else next(self._stream)
        self.taken.append(line)
        return line

    def go_back_to_second(self) -> None:
        self._given_back.extendleft(reversed(self.taken[1:]))
