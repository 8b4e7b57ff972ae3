"""The writing side of the store: SQLAlchemy on one connection, every write begun IMMEDIATE.

Loaded by the store at its first write, so that a window can paint before SQLAlchemy is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from orderdesk.storage.connect import connect
from orderdesk.storage.instants import instant_text
from orderdesk.storage.transaction import Transaction


class Writer:
    """The one writing connection of this process."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._folder = folder
        self._engine = create_engine(
            "sqlite://", creator=lambda: connect(path), module=sqlite, poolclass=StaticPool, hide_parameters=True
        )
        event.listen(self._engine, "begin", _begin_immediate)

    @contextmanager
    def begin(self, kind: str, summary: str, at: datetime, undoable: bool, batch: int | None = None) -> Iterator[Transaction]:
        """One event and its transaction: committed when the block ends, rolled back when it raises.

        `batch` is the first of the steps that it is done with at one go.
        """
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            cursor = session.connection().exec_driver_sql(
                "INSERT INTO event (kind, at, summary, undoable, batch) VALUES (?, ?, ?, ?, ?)",
                (kind, instant_text(at), summary, int(undoable), batch),
            )
            transaction = Transaction(session, int(cursor.lastrowid), at, self._folder, undoable)
            yield transaction
            transaction.finish()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare transaction for bookkeeping that is no event, and for migrations."""
        with self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
