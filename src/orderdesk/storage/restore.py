"""The way back: a backup takes the shop's place as a whole, and at no moment is there no shop."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import StoreError
from orderdesk.files import sync_folder, unfinished_path
from orderdesk.storage.backup import copy_database, describe, new_backup_path
from orderdesk.storage.connect import SCHEMA_VERSION, connect, require_file, schema_version
from orderdesk.storage.failures import in_the_sellers_words

_COMPANIONS = ("-wal", "-shm")


def replace_with(shop: Path, backup: Path) -> Path | None:
    """Put a backup in the shop's place; what was there becomes a backup itself, whose path is returned.

    Other programs that have the shop open find the backup's content in it. Raises StoreError, with the shop as it was, where the
    backup can't be used or the disk refuses.
    """
    describe(backup)
    if shop.exists():
        require_file(shop)
        if shop.samefile(backup):
            raise StoreError(f"{backup} is the shop itself.", "Nothing was changed. Name one of its backups.")
    try:
        shop.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _copied_beside(shop, backup) as fresh:
            return _exchange(shop, fresh)
    except OSError as error:
        raise StoreError(
            f"{shop} can't be restored: {error.strerror}.", "Nothing was changed. Check its folder, then try again."
        ) from error


@contextmanager
def _copied_beside(shop: Path, backup: Path) -> Iterator[Path]:
    """A verified copy in the shop's folder, brought up to this version; gone afterwards, unless it has become the shop."""
    fresh = unfinished_path(shop)
    try:
        copy_database(backup, fresh)
        with in_the_sellers_words(fresh):
            if schema_version(fresh) < SCHEMA_VERSION:
                _upgrade(fresh)
            _require_own_layout(fresh, backup)
        yield fresh
    finally:
        for left in (fresh, *_companions(fresh)):
            left.unlink(missing_ok=True)


def _exchange(shop: Path, fresh: Path) -> Path | None:
    if not shop.exists():
        for left in _companions(shop):
            left.unlink(missing_ok=True)
        _rename(fresh, shop)
        return None
    kept = _kept_copy(shop)
    if kept is not None:
        _pour(fresh, shop)
        return kept
    kept = _set_aside(shop)
    _rename(fresh, shop)
    return kept


def _kept_copy(shop: Path) -> Path | None:
    """A backup of the shop as it is; None where it is too damaged to be copied. Raises StoreError where the disk refuses."""
    kept = new_backup_path(shop, "before restore")
    try:
        copy_database(shop, kept)
    except StoreError:
        if _is_sound(shop):
            raise
        return None
    return kept


def _is_sound(shop: Path) -> bool:
    try:
        describe(shop)
    except StoreError:
        return False
    return True


def _set_aside(shop: Path) -> Path:
    """A second name for what can't be copied, with what belongs to it; the first is the shop's until the new one takes it."""
    kept = shop.with_name(f"{shop.name}.damaged-{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}")
    try:
        os.link(shop, kept)
    except OSError:  # a file system without links
        shutil.copy2(shop, kept)
    for companion, other in zip(_companions(shop), _companions(kept), strict=True):
        with contextlib.suppress(FileNotFoundError):
            os.replace(companion, other)
    return kept


def _pour(fresh: Path, shop: Path) -> None:
    """Write the copy into the shop's file in one transaction, so that whoever has it open sees the change."""
    with (
        in_the_sellers_words(shop),
        contextlib.closing(sqlite.connect(fresh)) as source,
        contextlib.closing(connect(shop)) as target,
    ):
        for statement in ("BEGIN IMMEDIATE", "ROLLBACK"):  # the copying itself would wait for another program for ever
            target.execute(statement)
        source.backup(target)


def _rename(fresh: Path, shop: Path) -> None:
    os.replace(fresh, shop)
    sync_folder(shop.parent)


def _companions(path: Path) -> list[Path]:
    return [Path(f"{path}{end}") for end in _COMPANIONS]


def _require_own_layout(fresh: Path, backup: Path) -> None:
    """Raise StoreError for a backup that lacks a part of a shop's file, or that somebody has added one to."""
    from orderdesk.storage.layout import differences  # SQLAlchemy comes only when there is something to compare

    with contextlib.closing(connect(fresh)) as connection:
        found = differences(connection)
    if found:
        raise StoreError(
            f"{backup} is not as OrderDesk makes a shop's file. {next(iter(found.values()))}",
            "Nothing was changed. Choose another backup.",
        )


def _upgrade(path: Path) -> None:
    from orderdesk.storage.migrate import upgrade  # Alembic comes only when there is something to migrate

    upgrade(path)
