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
from orderdesk.storage.connect import connect, may_be_written, require_openable
from orderdesk.storage.failures import in_the_sellers_words
from orderdesk.storage.opening import make_ready, require_not_lost, require_writable
from orderdesk.storage.readers import Readers
from orderdesk.storage.seal import seal
from orderdesk.storage.view import View
from orderdesk.storage.watch import Watch

if TYPE_CHECKING:
    from orderdesk.storage.transaction import Transaction
    from orderdesk.storage.writer import Writer

Listener = Callable[[Changes], None]


class _TakenBackError(Exception):
    """Ends a rehearsal, so that nothing of it stays."""


class Store:
    """An open shop. Safe to use from several threads; other processes may have the same file open.

    `read_only`: it lies where nothing can be written, so that each step is refused. `watch`: what others do to it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read_only = path.exists() and not may_be_written(path)
        self.folder = path.parent / f"{path.stem} documents"
        self._listeners: list[Listener] = []
        self._writing = threading.RLock()
        self._writer: Writer | None = None
        self._readers = Readers(path, read_only=self.read_only)
        self.watch = Watch(path, self.read)
        self._at_one_go = threading.local()

    @classmethod
    def open(cls, path: Path, *, must_be_there: bool = False) -> Store:
        """Open the shop's file, made if there is none and it need not be there, brought up to this version if it is older.

        Raises StoreError, with the file untouched, for what is no shop, damaged, or of a newer version. Where it can't be written
        to, it is open for reading.
        """
        path = path.absolute()
        require_openable(path)
        require_not_lost(path, must_be_there=must_be_there)
        store = cls(path)
        try:
            with in_the_sellers_words(path):
                make_ready(path, read_only=store.read_only)
                store.watch.begin()
        except StoreError:
            store.close()
            raise
        return store

    @contextmanager
    def read(self) -> Iterator[View]:
        """A snapshot: whatever is asked inside the block is answered from one state of the shop."""
        connection = self._readers.of_this_thread()
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
            require_writable(self.path, read_only=self.read_only)
            self.watch.require_in_place()
            steps: list[int] = getattr(self._at_one_go, "steps", [])
            first = steps[0] if steps else None
            with in_the_sellers_words(self.path), self._write().begin(kind, summary, now, undoable, first) as transaction:
                yield transaction
            self.watch.note_own(transaction.event_id)
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
        require_writable(self.path, read_only=self.read_only)
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
            require_writable(self.path, read_only=self.read_only)
            self.watch.require_in_place()
            with in_the_sellers_words(self.path), self._write().view() as view:
                yield view

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` after each commit of this process, on the thread that committed."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Let go of the file, with everything in it and nothing beside it."""
        if not self.read_only and (self._writer or self._readers.are_open):
            with contextlib.suppress(sqlite.Error, StoreError):  # what stays in the log is taken in at the next start
                self._put_to_rest()
        if self._writer:
            self._writer.close()
        self._readers.close()

    def _put_to_rest(self) -> None:
        """Everything into the file, then its seal, unless another program is still at it."""
        still_in_use = self._readers.of_this_thread().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if self._writer and not still_in_use:
            seal(self.path)

    def _write(self) -> Writer:
        if self._writer is None:
            from orderdesk.storage.writer import Writer  # SQLAlchemy comes only with the first write

            self._writer = Writer(self.path, self.folder)
        return self._writer

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)
