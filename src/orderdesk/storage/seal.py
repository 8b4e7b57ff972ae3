"""The seal: a hash of the shop's file kept beside it at every clean end, so that the next start sees damage from outside."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import DamagedError
from orderdesk.files import write_atomically
from orderdesk.storage.backup_folder import what_to_restore


def seal_path(shop: Path) -> Path:
    return shop.with_name(f".{shop.name}.sha256")


def seal(shop: Path) -> None:
    """Keep the hash of the file as it is now; everything must be in it (`wal_checkpoint`). A disk that refuses is no harm."""
    with contextlib.suppress(OSError):
        write_atomically(seal_path(shop), f"{_hash(shop)}\n".encode())


def require_sound(shop: Path, connection: sqlite.Connection) -> None:
    """Raise DamagedError for a damaged file. One that is as it was sealed is sound; any other is read through page by page."""
    with contextlib.suppress(OSError):
        if seal_path(shop).read_text(encoding="ascii", errors="replace").strip() == _hash(shop):
            return
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        remedy = f"Nothing was changed. To mend it, {what_to_restore(shop)}; the damaged file is kept beside it."
        raise DamagedError(f"{shop} is damaged.", remedy)


def _hash(shop: Path) -> str:
    with shop.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
