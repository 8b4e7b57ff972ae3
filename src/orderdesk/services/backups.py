"""Backups without asking, and the way back from one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from orderdesk.domain.errors import StoreError
from orderdesk.storage import backup
from orderdesk.storage.backup import BY_HAND, Backup
from orderdesk.storage.restore import replace_with
from orderdesk.storage.store import Store


def back_up(store: Store, path: Path | None = None, *, occasion: str = BY_HAND) -> Path:
    """Copy the whole shop to `path`, or among the shop's own backups; where it lies. Of those not by hand the last ten are kept.

    Raises StoreError; an existing file is never overwritten.
    """
    if path is not None and path.is_dir():
        raise StoreError(f"{path.absolute()} is a folder.", "Name a file in it; a backup makes one.")
    if path is not None and path.exists():
        raise StoreError(f"{path} is there already.", "Choose another name; a backup never overwrites a file.")
    target = path or backup.new_backup_path(store.path, occasion)
    backup.copy_database(store.path, target)
    if path is None:
        backup.keep_the_last_ten(store.path)
    return target


def restore(shop: Path, backup_file: Path) -> Path | None:
    """Put a backup in place of the shop; the shop as it was becomes a backup, whose path is returned.

    Raises StoreError, with the shop as it was. Stores of this process must be closed.
    """
    return replace_with(shop, backup_file)


def backups(shop: Path) -> list[Backup]:
    """The backups of a shop, which need not be open, newest first."""
    return backup.backups(shop)


def made_at(path: Path) -> datetime | None:
    """When a backup was made; None for a file that was given another name."""
    return backup.made_at(path)


def last_backup_at(shop: Path) -> datetime | None:
    """When a shop was last backed up, by hand or not; None for never."""
    return backup.last_backup_at(shop)
