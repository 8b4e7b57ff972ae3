"""Bringing a shop's file to this version: each migration in one transaction, a copy made first, no row lost."""

from __future__ import annotations

import os
from pathlib import Path

from alembic import command
from alembic.config import Config
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from orderdesk.domain.errors import StoreError
from orderdesk.files import unfinished_path
from orderdesk.storage.backup import copy_database, new_backup_path
from orderdesk.storage.connect import APPLICATION_ID, SCHEMA_VERSION, connect, prepare

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(path: Path) -> None:
    """Make the file, or bring an older one up to this version; afterwards it is in its proper journal mode.

    A new file appears whole or not at all. Raises StoreError if an older file would lose rows; it then stays as it was.
    """
    if path.exists():
        copy_database(path, new_backup_path(path, "before update"))
        upgrade(path)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = unfinished_path(path)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        upgrade(unfinished)
        _appear(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _appear(unfinished: Path, path: Path) -> None:
    """Give the finished file its name, unless another start was faster: that shop is the one."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            os.replace(unfinished, path)


def upgrade(path: Path) -> None:
    """Bring a file up to this version in one transaction; without a copy of what it was."""
    engine = create_engine("sqlite://", creator=lambda: connect(path), module=sqlite, poolclass=StaticPool, hide_parameters=True)
    # Foreign keys must be off before the transaction begins: rebuilding a table would otherwise delete its children.
    event.listen(engine, "connect", lambda driver, _: driver.execute("PRAGMA foreign_keys = OFF"))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            _upgrade_within(connection)
        with engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            connection.rollback()
            prepare(driver)
    finally:
        engine.dispose()


def _upgrade_within(connection: Connection) -> None:
    before = _row_counts(connection)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    after = _row_counts(connection)
    lost = sorted(table for table, count in before.items() if after.get(table, count) < count)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if lost or broken:
        raise StoreError(
            f"The shop's file could not be brought up to date: rows of {', '.join(lost) or broken[0][0]} would be lost.",
            "Nothing was changed; a copy was made beside it. Please report this.",
        )
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _row_counts(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_search%'"
    ).scalars()
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in list(names)}
