"""The store: one shop's file, with many readers, one writer at a time, and listeners that hear of every commit."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.changes import Changes
from orderdesk.domain.errors import StoreError
from orderdesk.storage.backup import backups
from orderdesk.storage.connect import SCHEMA_VERSION, connect, may_be_written, prepare, require_openable, schema_version
from orderdesk.storage.failures import in_the_sellers_words
from orderdesk.storage.replaced import identity, require_in_place
from orderdesk.storage.seal import require_sound, seal
from orderdesk.storage.view import View

if TYPE_CHECKING:
    from orderdesk.storage.transaction import Transaction
    from orderdesk.storage.writer import Writer

Listener = Callable[[Changes], None]
_Event = tuple[int, str, str]
_EVENTS = "SELECT id, kind, at FROM event"


class _TakenBackError(Exception):
    """Ends a rehearsal, so that nothing of it stays."""


class Store:
    """An open shop. Safe to use from several threads; other processes may have the same file open.

    `read_only`: it lies where nothing can be written, so that each step is refused.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read_only = path.exists() and not may_be_written(path)
        self.folder = path.parent / f"{path.stem} documents"
        self._listeners: list[Listener] = []
        self._writing = threading.RLock()
        self._writer: Writer | None = None
        self._readers = threading.local()
        self._open_readers: list[sqlite.Connection] = []
        self._identity = identity(path)
        self._seen_event: _Event | None = None
        self._own_events: set[int] = set()
        self._at_one_go = threading.local()

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open the shop's file, made if there is none, brought up to this version if it is older.

        Raises StoreError, with the file untouched, for what is no shop, damaged, or of a newer version. Where it can't be written
        to, it is open for reading.
        """
        path = path.absolute()
        require_openable(path)
        _require_not_lost(path)
        store = cls(path)
        try:
            with in_the_sellers_words(path):
                if not path.exists() or schema_version(path, read_only=store.read_only) < SCHEMA_VERSION:
                    store._require_writable()
                    _migrate(path)
                _make_ready(path, store.read_only)
                store._identity = identity(path)
                store._seen_event = store._reader().execute(f"{_EVENTS} ORDER BY id DESC LIMIT 1").fetchone()
        except StoreError:
            store.close()
            raise
        return store

    @contextmanager
    def read(self) -> Iterator[View]:
        """A snapshot: whatever is asked inside the block is answered from one state of the shop."""
        connection = self._reader()
        with in_the_sellers_words(self.path):
            if connection.in_transaction:  # a snapshot within a snapshot is the same one
                yield View(connection, self.folder)
                return
            connection.execute("BEGIN")
            try:
                yield View(connection, self.folder)
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def inspect(self) -> Iterator[View]:
        """A view on a connection of its own.

        On one that saw earlier states, SQLite's integrity check finds faults in the full-text tables where there are none.
        """
        with in_the_sellers_words(self.path):
            connection = connect(self.path, read_only=self.read_only)
            try:
                yield View(connection, self.folder)
            finally:
                connection.close()

    @contextmanager
    def begin(self, kind: str, summary: str, *, now: datetime, undoable: bool = True) -> Iterator[Transaction]:
        """One step of the seller: an event in the history and everything that follows, committed together or not at all."""
        with self._writing:
            self._require_writable()
            require_in_place(self.path, self._identity)
            steps: list[int] = getattr(self._at_one_go, "steps", [])
            first = steps[0] if steps else None
            with in_the_sellers_words(self.path), self._write().begin(kind, summary, now, undoable, first) as transaction:
                yield transaction
            self._own_events.add(transaction.event_id)
            steps.append(transaction.event_id)
        self._tell(transaction.changes)

    @contextmanager
    def edit(self, kind: str, summary: str, *, now: datetime) -> Iterator[Transaction]:
        """A step that sets what may be so already: where it changes nothing it is none, and is not `kept`."""
        with contextlib.suppress(_TakenBackError), self.begin(kind, summary, now=now) as transaction:
            yield transaction
            transaction.kept = transaction.changes_something()
            if not transaction.kept:
                raise _TakenBackError

    @contextmanager
    def at_one_go(self) -> Iterator[None]:
        """The steps that this thread begins inside the block are one act of the seller: undone together, done again together."""
        self._at_one_go.steps = []
        try:
            yield
        finally:
            del self._at_one_go.steps

    @contextmanager
    def rehearse(self, kind: str, *, now: datetime) -> Iterator[Transaction]:
        """A step worked out to its end and taken back: `gained` and `lost` then say what it would do."""
        self._require_writable()
        with (
            self._writing,
            in_the_sellers_words(self.path),
            contextlib.suppress(_TakenBackError),
            self._write().begin(kind, "", now, False) as transaction,
        ):
            yield transaction
            transaction.finish()
            raise _TakenBackError

    @contextmanager
    def bookkeeping(self) -> Iterator[View]:
        """A write that is no step of the seller's: what was rendered, what went to the printer."""
        with self._writing:
            self._require_writable()
            require_in_place(self.path, self._identity)
            with in_the_sellers_words(self.path), self._write().connection() as connection:
                driver = connection.connection.dbapi_connection
                assert driver is not None
                yield View(driver, self.folder)

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` after each commit of this process, on the thread that committed."""
        self._listeners.append(listener)

    def changed_elsewhere(self) -> bool:
        """Whether another process has committed since this was last asked."""
        with self.read() as view:
            rows = view.all(f"{_EVENTS} WHERE id > ? ORDER BY id", (self._seen_event[0] if self._seen_event else 0,))
        self._seen_event = rows[-1] if rows else self._seen_event
        events = {row[0] for row in rows}
        foreign = events - self._own_events
        self._own_events -= events
        return bool(foreign)

    def was_replaced(self) -> bool:
        """Whether another file, or another's content, lies in the shop's place since it was opened: it is to be opened again."""
        found = identity(self.path)
        if found is None or found != self._identity:
            return found is not None
        own = max(self._own_events, default=None)  # asked first: what is committed later needs not be in the snapshot
        with self.read() as view:
            seen = self._seen_event
            if seen is not None and view.one(f"{_EVENTS} WHERE id = ?", seen[:1]) != seen:
                return True
            return own is not None and view.one(f"{_EVENTS} WHERE id = ?", (own,)) is None

    def close(self) -> None:
        """Let go of the file, with everything in it and nothing beside it."""
        if not self.read_only and (self._writer or self._open_readers):
            with contextlib.suppress(sqlite.Error, StoreError):  # what stays in the log is taken in at the next start
                self._put_to_rest()
        if self._writer:
            self._writer.close()
        for reader in self._open_readers:
            reader.close()
        self._open_readers.clear()
        self._readers = threading.local()

    def _require_writable(self) -> None:
        """Raise StoreError where nothing can be written."""
        if self.read_only:
            raise StoreError(
                f"{self.path} can only be read: the file or its folder can't be written to.",
                "Nothing was changed. Check their permissions, or copy the shop into a folder of your own and open the copy.",
            )

    def _put_to_rest(self) -> None:
        """Everything into the file, then its seal, unless another program is still at it."""
        still_in_use = self._reader().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if self._writer and not still_in_use:
            seal(self.path)

    def _reader(self) -> sqlite.Connection:
        connection: sqlite.Connection | None = getattr(self._readers, "connection", None)
        if connection is None:
            with in_the_sellers_words(self.path):
                connection = connect(self.path, read_only=self.read_only)
            self._readers.connection = connection
            self._open_readers.append(connection)
        return connection

    def _write(self) -> Writer:
        if self._writer is None:
            from orderdesk.storage.writer import Writer  # SQLAlchemy comes only with the first write

            self._writer = Writer(self.path, self.folder)
        return self._writer

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)


def _require_not_lost(path: Path) -> None:
    """Never a new, empty shop where one is expected: where there are backups, there was a shop."""
    if path.exists():
        return
    newest = next(iter(backups(path)), None)
    if newest is not None:
        raise StoreError(
            f"The shop's file {path} is gone, though it has backups.",
            f"Restore the newest one, {newest.path}, or move its folder away to start anew.",
        )


def _make_ready(path: Path, read_only: bool) -> None:
    """The file is sound and in its proper journal mode; a restored backup comes in another."""
    with contextlib.closing(connect(path, read_only=read_only)) as connection:
        require_sound(path, connection)
        if not read_only and connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            prepare(connection)


def _migrate(path: Path) -> None:
    from orderdesk.storage.migrate import migrate  # Alembic comes only when there is something to migrate

    migrate(path)
