"""Opening the shop's file: what may be opened, and the settings every connection has (each read back by a test)."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import StoreError
from orderdesk.files import SHOP_MARK
from orderdesk.storage.room import has_room

APPLICATION_ID = int.from_bytes(SHOP_MARK, "big")
SCHEMA_VERSION = 7
_HEADER = b"SQLite format 3\x00"
_BUSY_MILLISECONDS = 5000
# SQLite's files without locks: on them alone a connection that may not write can have a log's index for itself, in memory.
_WITHOUT_LOCKS = "win32-none" if os.name == "nt" else "unix-none"
# Every SQLite before this one can corrupt a file in write-ahead logging that two connections write at once.
_SOUND_SQLITE = (3, 51, 3)
_SETTINGS = (
    f"busy_timeout = {_BUSY_MILLISECONDS}",
    "foreign_keys = ON",
    "synchronous = FULL",
    "fullfsync = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
    "cache_size = -32000",
)


def connect(path: Path, *, read_only: bool = False) -> sqlite.Connection:
    """A connection in autocommit mode; transactions are begun by hand. Raises sqlite.Error, StoreError for an unsound SQLite."""
    if sqlite.sqlite_version_info < _SOUND_SQLITE:
        raise StoreError(f"SQLite {sqlite.sqlite_version} can damage the shop's file.", "Install OrderDesk's packages again.")
    connection = open_to_read(path) if read_only else _open(path)
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA synchronous = EXTRA")  # a rollback journal needs its folder synced too
    except BaseException:
        connection.close()
        raise
    return connection


def schema_version(path: Path, *, read_only: bool = False) -> int:
    """Which layout a shop's file has."""
    with contextlib.closing(connect(path, read_only=read_only)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def open_to_read(path: Path) -> sqlite.Connection:
    """A connection that writes nothing. Where nobody can write, the file is read as it lies there, with the log that a crash left."""
    log, index = Path(f"{path}-wal"), Path(f"{path}-shm")
    uri = f"{path.absolute().as_uri()}?mode=ro"
    if may_be_written(path):
        return _open(uri, uri=True)
    if not (log.exists() and log.stat().st_size):
        return _open(f"{uri}&immutable=1", uri=True)
    if index.exists():
        return _open(uri, uri=True)
    connection = _open(f"{uri}&vfs={_WITHOUT_LOCKS}", uri=True)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # before anything is read: the log's index is kept in memory then
    return connection


def _open(name: Path | str, *, uri: bool = False) -> sqlite.Connection:
    return sqlite.connect(name, uri=uri, isolation_level=None, check_same_thread=False, timeout=_BUSY_MILLISECONDS / 1000)


def may_be_written(path: Path) -> bool:
    """Whether a file and its folder, where SQLite keeps its log, can be written to: nobody forbids it, and there is room."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) and has_room(path)


def prepare(connection: sqlite.Connection) -> None:
    """Switch the file to write-ahead logging; where the disk refuses it, to the equally safe rollback journal."""
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = DELETE")


def require_openable(path: Path) -> None:
    """Raise StoreError, leaving the file byte for byte as it is, where it can't be a shop of this program's version."""
    if _exists(path):
        require_readable(path)
    elif path.is_symlink():
        raise StoreError(
            f"{path} is a link to {path.readlink()}, which is not there.", "Put that file back, or name the shop's file itself."
        )
    else:
        _require_writable_folder(path.parent)


def require_readable(path: Path) -> None:
    """Raise StoreError where the file is no shop of this program's version; it may lie where nothing can be written."""
    if not _exists(path):
        raise StoreError(f"There is no file {path}.", "Check the spelling.")
    require_file(path)
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise StoreError(f"{path} can't be read: {error.strerror}.", "Check the file's permissions.") from error
    if not head:
        raise StoreError(
            f"{path} is empty; a shop's file was expected.", "Restore a backup, or delete the empty file to start anew."
        )
    if not head.startswith(_HEADER) or len(head) < 100:
        raise StoreError(
            f"{path} is not a shop's file, or it is damaged.", "Nothing was changed. Restore a backup, or name another file."
        )
    _require_ours(path, head)


def require_file(path: Path) -> None:
    """Raise StoreError for a folder, and for a pipe or a device, which may never come to an end."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a shop's file.", "Name a file, such as shop.orderdesk in that folder.")
    if not path.is_file():
        raise StoreError(f"{path} is a pipe or a device, not a shop's file.", "Name a file.")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise StoreError(f"{path} can't be reached: {error.strerror}.", "Check the permissions of its folder.") from error


def _require_ours(path: Path, head: bytes) -> None:
    version, application = int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big")
    if application != APPLICATION_ID:
        raise StoreError(f"{path} belongs to another program.", "Nothing was changed. Name a shop's file.")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was written by a newer OrderDesk (its layout is {version}, this program knows {SCHEMA_VERSION}).",
            "Nothing was changed. Install the newer OrderDesk to open it.",
        )


def _require_writable_folder(folder: Path) -> None:
    existing = folder
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise StoreError(f"The folder {folder} can't be written to.", "Choose a folder of your own for the shop's file.")
