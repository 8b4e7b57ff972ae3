"""The connections that a shop is read through: one for each thread, made when it first asks."""

from __future__ import annotations

import threading
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from orderdesk.storage.connect import connect
from orderdesk.storage.failures import in_the_sellers_words


class Readers:
    """The readers of one file. Whoever closes them sees to it that no thread still reads."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._read_only = read_only
        self._threads = threading.local()
        self._open: list[sqlite.Connection] = []

    @property
    def are_open(self) -> bool:
        return bool(self._open)

    def of_this_thread(self) -> sqlite.Connection:
        connection: sqlite.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            with in_the_sellers_words(self._path):
                connection = connect(self._path, read_only=self._read_only)
            self._threads.connection = connection
            self._open.append(connection)
        return connection

    def close(self) -> None:
        for reader in self._open:
            reader.close()
        self._open.clear()
        self._threads = threading.local()
