"""Backups: whole copies of the shop's file, made while it is in use; those by hand and the last ten others stay."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import StoreError
from orderdesk.files import sweep, sync_folder, unfinished_path
from orderdesk.storage.backup_folder import backup_files, backup_folder
from orderdesk.storage.connect import may_be_written, open_to_read, require_readable
from orderdesk.storage.failures import in_the_sellers_words

_KEPT = 10
BY_HAND = "by hand"
_TO_THE_SECOND = "%Y-%m-%d %H.%M.%S"
_STAMP_LENGTH = len("2026-11-23 04.26.29.120")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file, and how many orders it holds."""

    path: Path
    orders: int

    @property
    def made_at(self) -> datetime | None:
        return made_at(self.path)

    @property
    def occasion(self) -> str:
        """What it was made for, as its name has it."""
        return self.path.stem[_STAMP_LENGTH:].strip()


def new_backup_path(shop: Path, occasion: str) -> Path:
    """A path that no file has yet, sorting by time, to be read by people: `2026-11-23 04.26.29.120 start.orderdesk`."""
    folder = backup_folder(shop)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = datetime.now().astimezone()
    while (path := folder / f"{_stamp(at)} {occasion}{shop.suffix or '.orderdesk'}").exists():
        at += timedelta(milliseconds=1)
    return path


def _stamp(at: datetime) -> str:
    return f"{at:{_TO_THE_SECOND}}.{at.microsecond // 1000:03}"


def made_at(path: Path) -> datetime | None:
    """When a backup was made, as its name has it; None for a file that was given another name."""
    try:
        return datetime.strptime(path.stem[:_STAMP_LENGTH].rpartition(".")[0], _TO_THE_SECOND).astimezone()
    except ValueError:
        return None


def last_backup_at(shop: Path) -> datetime | None:
    """When the newest backup of a shop was made."""
    return max(filter(None, map(made_at, backup_files(shop))), default=None)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database in use to a new file, verified, mode 0600. Raises StoreError; a failed copy leaves nothing behind."""
    unfinished = unfinished_path(target)
    sweep(target.parent)
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with in_the_sellers_words(target):
            _copy(source, unfinished)
        os.replace(unfinished, target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(
            f"The backup {target} can't be written: {error.strerror}.", "Choose another folder, or free some space."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    reading = sqlite.connect(source) if may_be_written(source) else open_to_read(source)
    writing = sqlite.connect(target)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")
        verdict = writing.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise StoreError(
                f"The copy of {source} is not sound ({verdict}).", "The shop's file may be damaged: restore an earlier backup."
            )
    finally:
        writing.close()
        reading.close()
    with target.open("rb") as file:
        os.fsync(file.fileno())


def keep_the_last_ten(shop: Path) -> None:
    """Those made without asking make room for each other; what the seller made by hand is the seller's to throw away."""
    made = backup_files(shop)
    for old in [path for path in made if not path.stem.endswith(BY_HAND)][:-_KEPT]:
        old.unlink(missing_ok=True)


def backups(shop: Path) -> list[Backup]:
    """The backups of a shop that can be opened, newest first."""
    found = []
    for path in reversed(backup_files(shop)):
        try:
            found.append(describe(path))
        except StoreError:
            continue
    return found


def describe(path: Path) -> Backup:
    """What a backup holds. Raises StoreError if it is none, is damaged or of a newer version."""
    require_readable(path)
    with in_the_sellers_words(path):
        connection = open_to_read(path)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise StoreError(f"{path} is damaged.", "Choose another backup.")
            orders = int(connection.execute("SELECT count(*) FROM orders").fetchone()[0])
        finally:
            connection.close()
    return Backup(path, orders)
