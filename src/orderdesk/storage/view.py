"""A read snapshot of the shop's file: plain SQL in, tuples out.

Reads go through the driver itself, without SQLAlchemy: the first rows are on screen before the heavy libraries are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

Parameters = Mapping[str, Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class View:
    """One connection's snapshot. `folder` is where the shop's documents lie."""

    connection: sqlite.Connection
    folder: Path

    def all(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        return self.connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The single value of the first row; None without a row."""
        row = self.one(sql, parameters)
        return None if row is None else row[0]


def match_words(typed: str) -> str:
    """Free text as an FTS5 query: every word as a quoted prefix, so that nothing typed is ever query syntax."""
    words = "".join(letter if letter.isalnum() else " " for letter in typed).split()
    return " ".join(f'"{word}"*' for word in words)
