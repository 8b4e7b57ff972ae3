"""A read snapshot of the shop's file: plain SQL in, tuples out.

Reads go through the driver itself, without SQLAlchemy: the first rows are on screen before the heavy libraries are loaded.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import NotFoundError
from orderdesk.storage.search import in_plain_letters

# Letters that were marks in the Unicode that FTS5 knows: it parts a word there, and its table holds no phrases of two parts.
_MARKS_TO_FTS5 = frozenset(map(chr, (*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3)))

Parameters = Mapping[str, Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class View:
    """One connection's snapshot. `folder` is where the shop's documents lie."""

    connection: sqlite.Connection
    folder: Path

    def all(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.connection.execute(sql, parameters).fetchall()
        return rows

    def one(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self.connection.execute(sql, parameters).fetchone()
        return row

    def records(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """Rows by column name, for those that are too wide to count along."""
        cursor = self.connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The single value of the first row; None without a row."""
        row = self.one(sql, parameters)
        return None if row is None else row[0]

    def record(self, table: str, row_id: int) -> dict[str, Any]:
        """A whole row by column name. Raises NotFoundError."""
        cursor = self.connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
        row = cursor.fetchone()
        if row is None:
            raise NotFoundError(table, f"with the number {row_id}")
        return dict(zip((column[0] for column in cursor.description), row, strict=True))


def match_words(typed: str) -> str:
    """Free text as an FTS5 query: every word as a quoted prefix, so that nothing typed is ever query syntax."""
    composed = unicodedata.normalize("NFC", typed) if any(map(unicodedata.combining, typed)) else typed
    words = "".join(
        letter if letter.isalnum() and letter not in _MARKS_TO_FTS5 else " " for letter in in_plain_letters(composed)
    ).split()
    return " ".join(f'"{word}"*' for word in words)
