"""Before a shop is open: its file is where it was, of this version, sound, and in its proper journal mode."""

from __future__ import annotations

import contextlib
from pathlib import Path

from orderdesk.domain.errors import StoreError
from orderdesk.files import sweep
from orderdesk.storage.backup import backups
from orderdesk.storage.connect import SCHEMA_VERSION, connect, prepare, schema_version
from orderdesk.storage.failures import full
from orderdesk.storage.room import is_full
from orderdesk.storage.seal import require_sound


def require_not_lost(path: Path, *, must_be_there: bool) -> None:
    """Never a new, empty shop where one is expected: where there are backups, there was a shop."""
    if path.exists():
        return
    newest = next(iter(backups(path)), None)
    if newest is not None:
        raise StoreError(
            f"The shop's file {path} is gone, though it has backups.",
            f"Restore the newest one, {newest.path}, or move its folder away to start anew.",
        )
    if must_be_there:
        raise StoreError(
            f"There is no shop's file {path}.", "Check its name; the first product, order or import begins a new one."
        )


def require_writable(path: Path, *, read_only: bool) -> None:
    """Raise StoreError where nothing can be written."""
    if read_only and is_full(path.parent):
        raise full(path)
    if read_only:
        raise StoreError(
            f"{path} can only be read: the file or its folder can't be written to.",
            "Nothing was changed. Check their permissions, or copy the shop into a folder of your own and open the copy.",
        )


def make_ready(path: Path, *, read_only: bool) -> None:
    """The file is there, of this version, sound, and in its journal mode; a restored backup comes in another."""
    if not path.exists() or schema_version(path, read_only=read_only) < SCHEMA_VERSION:
        require_writable(path, read_only=read_only)
        _migrate(path)
    with contextlib.closing(connect(path, read_only=read_only)) as connection:
        require_sound(path, connection)
        if read_only:
            return
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            prepare(connection)
    sweep(path.parent)


def _migrate(path: Path) -> None:
    from orderdesk.storage.migrate import migrate  # Alembic comes only when there is something to migrate

    migrate(path)
