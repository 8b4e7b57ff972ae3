"""Whether a spreadsheet is safe to hand to the reader, which lays sheets out in memory as full rectangles.

A file of 7 kB with one cell in the last row and column would otherwise take 500 GB and the whole program with it.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from orderdesk.exchange.old_excel import old_excel_extent

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MOST_UNPACKED = 300 * 1024 * 1024
_MOST_RATIO = 200
_SMALL = 1024 * 1024
_MOST_CELLS = 5_000_000
_MOST_TEXT = 200 * 1024 * 1024

# All that the standard library raises about an archive that is damaged, locked, or packed in an unusual way.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, KeyError, RuntimeError, struct.error)

_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)[0-9]+[\"']")
_ROW = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]*([0-9]+)[\"']")
_SHARED = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si\s*>", re.DOTALL)
_REFERENCE = re.compile(rb"<(?:\w+:)?v\s*>\s*([0-9]+)\s*</")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row\s*>", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']([0-9]+)[\"']")
_SPACES = re.compile(rb"text:c\s*=\s*[\"']([0-9]{5,})[\"']")


class UnsafeSheetError(Exception):
    """Why a spreadsheet must not be opened, as half a sentence."""


def is_spreadsheet(content: bytes) -> bool:
    """Whether the content is that of a spreadsheet program rather than text."""
    return content.startswith((_ZIP, _OLE))


def check_spreadsheet(content: bytes) -> None:
    """Raise UnsafeSheetError for a file that would take too much memory, or that is no spreadsheet."""
    if content.startswith(_OLE):
        rows, columns = old_excel_extent(content)
        _check_cells(rows * columns)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive, len(content))
            names = archive.namelist()
            if "content.xml" in names:
                _check_ods(archive.read("content.xml"))
            elif "xl/workbook.xml" in names:
                _check_xlsx(archive)
            else:
                raise UnsafeSheetError("it holds no sheet")
    except _DAMAGE as error:
        raise UnsafeSheetError("it is damaged or locked") from error


def _check_sizes(archive: zipfile.ZipFile, packed: int) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > packed * _MOST_RATIO):
        raise UnsafeSheetError("it unpacks to far more than it should")


def _check_cells(cells: int) -> None:
    if cells > _MOST_CELLS:
        raise UnsafeSheetError(f"its sheets span more than {_MOST_CELLS:,} cells, most of them empty")


def _check_xlsx(archive: zipfile.ZipFile) -> None:
    shared = [len(match) for match in _SHARED.findall(_part(archive, "xl/sharedStrings.xml"))]
    longest, texts = max(shared, default=0), 0
    for name in archive.namelist():
        if name == "xl/sharedStrings.xml":
            continue
        part = archive.read(name)
        rows = max(map(int, set(_ROW.findall(part))), default=0)
        columns = max(map(_column_number, set(_COLUMN.findall(part))), default=0)
        _check_cells(rows * max(columns, 1))
        references = _REFERENCE.findall(part) if longest * rows * max(columns, 1) > _MOST_TEXT else ()
        texts += sum(shared[int(index)] * times for index, times in Counter(references).items() if int(index) < len(shared))
        if texts > _MOST_TEXT:
            raise UnsafeSheetError("it repeats long texts too often")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_ods(content: bytes) -> None:
    if _SPACES.search(content):
        raise UnsafeSheetError("it has texts of nothing but space")
    cells = 0
    for attributes, inside in _ODS_ROW.findall(content):
        cells += _times(attributes) * sum(_filled_cells(inside))
        _check_cells(cells)


def _filled_cells(row: bytes) -> Iterator[int]:
    """How many columns each cell of the row fills; cells that hold nothing fill none."""
    for attributes in _ODS_CELL.findall(row):
        if not attributes.endswith(b"/"):
            yield _times(attributes)


def _times(attributes: bytes) -> int:
    match = _REPEATED.search(attributes)
    return int(match.group(1)) if match else 1
