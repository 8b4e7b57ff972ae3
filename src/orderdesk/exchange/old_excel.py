"""How far the cells of an old Excel file (XLS) reach: enough of its format to know whether it is safe to open."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_NO_SECTOR = 0xFFFFFFFA
_NAMES = ("Workbook", "Book", "WORKBOOK", "BOOK")
# Records that hold cells: numbers, texts, formulas, blanks, and runs of such (the last two).
_RUNS = (0xBD, 0xBE)
_CELLS = frozenset((0x06, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x207, 0x27E, 0x406, 0x206))


def old_excel_extent(content: bytes) -> tuple[int, int]:
    """Rows and columns that the cells of the workbook reach over all its sheets; (0, 0) where there is no workbook."""
    rows, columns = 0, 0
    for kind, record in _records(_workbook(content)):
        if kind in _CELLS and len(record) >= 4:
            row, column = struct.unpack_from("<HH", record)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind in _RUNS:
                columns = max(columns, struct.unpack_from("<H", record, len(record) - 2)[0] + 1)
    return rows, columns


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _workbook(content: bytes) -> bytes:
    """The stream of the compound file that holds the workbook; b"" where there is none."""
    try:
        sector = 1 << struct.unpack_from("<H", content, 30)[0]
        small_sector = 1 << struct.unpack_from("<H", content, 32)[0]
        first_directory, _, cutoff, first_small = struct.unpack_from("<4I", content, 48)
        table = _numbers(b"".join(_sector(content, number, sector) for number in _table_sectors(content, sector)))
        streams = list(_streams(_chain(content[sector:], table, first_directory, sector)))
        first, length = next((first, length) for name, first, length in streams if name in _NAMES)
        if length >= cutoff:
            return _chain(content[sector:], table, first, sector)[:length]
        small_table = _numbers(_chain(content[sector:], table, first_small, sector))
        small_streams = _chain(content[sector:], table, streams[0][1], sector)
        return _chain(small_streams, small_table, first, small_sector)[:length]
    except (struct.error, StopIteration, ValueError, IndexError):
        return b""


def _table_sectors(content: bytes, sector: int) -> Iterator[int]:
    """Where the parts of the table of sectors are: the first 109 are named in the header, more in a chain of their own."""
    yield from _numbers(content[76:512])
    following = struct.unpack_from("<I", content, 68)[0]
    for _ in range(len(content) // sector):
        if following >= _NO_SECTOR:
            return
        *numbers, following = _numbers(_sector(content, following, sector))
        yield from numbers


def _sector(content: bytes, number: int, sector: int) -> bytes:
    return content[(number + 1) * sector : (number + 2) * sector] if number < _NO_SECTOR else b""


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(sectors: bytes, table: tuple[int, ...], first: int, size: int) -> bytes:
    """A stream's sectors one after the other."""
    parts: list[bytes] = []
    number = first
    while number < len(table) and len(parts) <= len(table):
        parts.append(sectors[number * size : (number + 1) * size])
        number = table[number]
    return b"".join(parts)


def _streams(directory: bytes) -> Iterator[tuple[str, int, int]]:
    """Name, first sector and length of all streams; the first holds the small streams."""
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        yield name, *struct.unpack_from("<II", directory, at + 116)
