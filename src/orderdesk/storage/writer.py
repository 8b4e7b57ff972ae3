"""The writing side of the store: one connection, every write begun IMMEDIATE; SQLAlchemy where a step loads or keeps entities.

Loaded by the store at its first write, so that a window can paint before SQLAlchemy is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from orderdesk.storage.connect import connect
from orderdesk.storage.instants import instant_text
from orderdesk.storage.late_session import LateSession
from orderdesk.storage.touched import make_room
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


class Writer:
    """The one writing connection of this process."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._folder = folder
        self._connection = connect(path)
        make_room(self._connection)
        self._engine = create_engine(
            "sqlite://", creator=lambda: self._connection, module=sqlite, poolclass=StaticPool, hide_parameters=True
        )
        self._engine.connect().close()  # the first one asks SQLite what it can do, and rolls back

    @contextmanager
    def begin(self, kind: str, summary: str, at: datetime, undoable: bool, batch: int | None = None) -> Iterator[Transaction]:
        """One event and its transaction: committed when the block ends, rolled back when it raises.

        `batch` is the first of the steps that it is done with at one go.
        """
        with closing(LateSession(self._engine)) as session, self.view() as view:
            event = view.connection.execute(
                "INSERT INTO event (kind, at, summary, undoable, batch) VALUES (?, ?, ?, ?, ?)",
                (kind, instant_text(at), summary, int(undoable), batch),
            )
            transaction = Transaction(view, session, event.lastrowid, at, undoable)
            yield transaction
            transaction.finish()

    @contextmanager
    def view(self) -> Iterator[View]:
        """A bare transaction, for bookkeeping that is no event."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield View(self._connection, self._folder)
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self._engine.dispose()
        self._connection.close()
