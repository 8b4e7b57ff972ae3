"""Tables into files: CSV and XLSX by the file's ending."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from orderdesk.domain.errors import InvalidValueError, RefusedError
from orderdesk.exchange.tables import MAX_ROWS
from orderdesk.exchange.text import MAX_CELL, shield
from orderdesk.files import write_atomically

Value = str | int | bool | Decimal | date | datetime | None
"""What a cell of an export can hold; None is an empty cell, a datetime must be aware."""


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a header row and the rows, in the format that the ending of the path names: .csv or .xlsx.

    Raises RefusedError for another ending and for more rows than a spreadsheet has, InvalidValueError for text longer
    than a cell holds, and OSError as the disk gives it. The file is there as a whole or not at all.
    """
    writers: dict[str, Callable[[Sequence[str], Iterable[Sequence[Value]]], bytes]] = {".csv": _csv, ".xlsx": _xlsx}
    if path.is_dir():
        raise RefusedError(f"{path.absolute()} is a folder.", "Name a file in it, with .csv or .xlsx at the end.")
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise RefusedError(
            f"{path.name} can't be written: its ending says neither CSV nor XLSX.", "Name it with .csv or .xlsx at the end."
        )
    write_atomically(path, writer(columns, _checked(columns, rows)))


def _checked(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    for number, row in enumerate(rows, 2):
        if number > MAX_ROWS:
            raise RefusedError(f"There are more than {MAX_ROWS:,} rows, which no spreadsheet holds.", "Export a part of them.")
        for column, value in zip(columns, row, strict=True):
            if isinstance(value, str) and len(value) > MAX_CELL:
                raise InvalidValueError(f"{column} in row {number}", f"{value[:20]}…", f"text of at most {MAX_CELL:,} characters")
        yield row


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_printed(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8", errors="replace")


def _encodable(text: str) -> str:
    """The text with `?` for what is half a letter only and no file can hold."""
    return text.encode("utf-8", errors="replace").decode()


def _printed(value: Value) -> str:
    if isinstance(value, str):
        return shield(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _xlsx(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = workbook.add_worksheet()
    bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    # The spreadsheet's own mark for text that must stay text: nothing is added to the value.
    as_text = workbook.add_format({"quote_prefix": True})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
                sheet.write_number(number, place, value)
            elif isinstance(value, date) and not isinstance(value, datetime):
                sheet.write_datetime(number, place, value, day)
            elif text := _encodable(value) if isinstance(value, str) else _printed(value):
                sheet.write_string(number, place, text, as_text if shield(text) != text else None)
    sheet.freeze_panes(1, 0)
    workbook.close()
    return content.getvalue()
