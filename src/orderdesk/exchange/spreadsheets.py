"""Spreadsheet files (XLSX, XLS, ODS) as rows of text cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from orderdesk.domain.errors import UnreadableFileError
from orderdesk.exchange.sheet_guard import UnsafeSheetError, check_spreadsheet, is_spreadsheet
from orderdesk.exchange.tables import BrokenRow, Table

__all__ = ["is_spreadsheet", "sheets"]

_MOST_SHEETS = 10
_BLANK_ROWS_AT_MOST = 1000
_REMEDY = "Open it in a spreadsheet program, save it as CSV (UTF-8), then import that."


class SheetTable:
    """One sheet of a spreadsheet."""

    encoding = ""
    delimiter = ""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._sheet = sheet

    def rows(self) -> Iterator[list[str] | BrokenRow]:
        if self._sheet.start is None:
            return
        left = [""] * self._sheet.start[1]
        blank_rows = 0
        for row in self._sheet.iter_rows():
            cells = [cell if isinstance(cell, str) else _text(cell) for cell in row]
            blank_rows = 0 if any(cells) else blank_rows + 1
            if blank_rows > _BLANK_ROWS_AT_MOST:
                return
            yield left + cells


def sheets(content: bytes, file_name: str) -> Iterator[Table]:
    """The sheets of the file, first to last. UnreadableFileError where it is damaged, locked, unsafe or no spreadsheet."""
    with _explained(file_name):
        check_spreadsheet(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [SheetTable(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names[:_MOST_SHEETS]]
    yield from found


@contextmanager
def _explained(file_name: str) -> Iterator[None]:
    try:
        yield
    except UnsafeSheetError as error:
        raise UnreadableFileError(f"{file_name} can't be read as a spreadsheet: {error}.", _REMEDY) from error
    except CalamineError as error:
        raise UnreadableFileError(f"{file_name} can't be read as a spreadsheet; it may be damaged or locked.", _REMEDY) from error
    except BaseException as error:
        # The library's own panics derive from BaseException, and their class can't be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError(f"{file_name} can't be read as a spreadsheet; it may be damaged.", _REMEDY) from error


def _text(cell: object) -> str:
    """A cell as a CSV file would have it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"  # the digits that a spreadsheet shows: 59.97
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)
