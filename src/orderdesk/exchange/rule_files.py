"""Rules for offers as a CSV file: a row per rule, in the order they are tried."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orderdesk.domain.errors import UnreadableFileError
from orderdesk.exchange.detection import plain
from orderdesk.exchange.encodings import find_encoding
from orderdesk.exchange.reader import content_of
from orderdesk.exchange.tables import BrokenRow, TextTable
from orderdesk.exchange.text import LOST, clean_line, unshield

RULE_COLUMNS = ("channel", "days_late", "value_from", "told_before", "offer", "minimum_order", "months")
_DELIMITERS = (",", ";", "\t")


def read_rule_rows(path: Path) -> list[dict[str, str]]:
    """The cells of each rule by column, "" where the file lacks it. Raises UnreadableFileError."""
    content = content_of(path)
    encoding = find_encoding(content)
    for delimiter in _DELIMITERS:
        rows = [row for row in TextTable(content, encoding, delimiter).rows() if isinstance(row, BrokenRow) or any(row)]
        header = rows[0] if rows else []
        if not isinstance(header, BrokenRow) and "offer" in map(plain, header):
            return _by_column(path, [_COLUMNS.get(plain(cell), plain(cell)) for cell in header], rows[1:])
    raise UnreadableFileError(f"{path.name} has no column “offer”.", f"Its columns can be: {', '.join(RULE_COLUMNS)}.")


_COLUMNS = {plain(name): name for name in RULE_COLUMNS}


def _by_column(path: Path, header: Sequence[str], rows: Sequence[list[str] | BrokenRow]) -> list[dict[str, str]]:
    unknown = [name for name in header if name and name not in RULE_COLUMNS]
    if unknown:
        known = f"Its columns can be: {', '.join(RULE_COLUMNS)}."
        raise UnreadableFileError(f"{path.name} has a column “{clean_line(unknown[0])}”, which no rule has.", known)
    found = []
    for number, row in enumerate(rows, start=1):
        if isinstance(row, BrokenRow):
            raise UnreadableFileError(f"Rule {number} of {path.name} can't be read: {row.reason}", "")
        if any(LOST in cell for cell in row):
            raise UnreadableFileError(f"Rule {number} of {path.name} is not all in one encoding.", "Save the file as UTF-8.")
        cells = (unshield(clean_line(cell)) for cell in row)
        found.append(dict.fromkeys(RULE_COLUMNS, "") | dict(zip(header, cells, strict=False)))
    return found
