"""Spreadsheet files (XLSX, XLS, ODS) as rows of text cells, after a look whether they are safe to open."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook

from orderdesk.domain.errors import UnreadableFileError
from orderdesk.exchange.tables import BrokenRow, Table

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_SHEETS = 10


def is_spreadsheet(content: bytes) -> bool:
    """Whether the content is that of a spreadsheet program rather than text."""
    return content.startswith((_ZIP, _OLE))


class SheetTable:
    """One sheet of a spreadsheet."""

    encoding = ""
    delimiter = ""

    def __init__(self, cells: Sequence[Sequence[object]]) -> None:
        self._cells = cells

    def rows(self) -> Iterator[list[str] | BrokenRow]:
        for row in self._cells:
            yield [_text(cell) for cell in row]


def sheets(content: bytes, file_name: str) -> Iterator[Table]:
    """The sheets of the file, first to last. UnreadableFileError where it is damaged, locked or no spreadsheet."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names[:_MOST_SHEETS]:
            yield SheetTable(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
    except CalamineError as error:
        remedy = "Open it in a spreadsheet program, save it as CSV (UTF-8), then import that."
        raise UnreadableFileError(f"{file_name} can't be read as a spreadsheet.", remedy) from error


def _text(cell: object) -> str:
    """A cell as a CSV file would have it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return str(cell)
