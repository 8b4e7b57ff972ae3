"""A trigger set aside while very many rows are written: it would take longer than the writing itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pysqlite3 import dbapi2 as sqlite


@contextmanager
def set_aside(connection: sqlite.Connection, trigger: str) -> Iterator[None]:
    """Without the trigger inside the block. Part of the same transaction, so that a crash or an error brings it back."""
    definition = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", (trigger,)).fetchone()[0]
    connection.execute(f"DROP TRIGGER {trigger}")
    yield
    connection.execute(definition)
