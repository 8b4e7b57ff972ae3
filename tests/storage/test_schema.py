"""The layout of the file: a migrated one is a fresh one, and no migration loses rows, dies half-way or forgets a trigger."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import StoreError
from orderdesk.services.checks import check
from orderdesk.storage import connect, migrate, store
from orderdesk.storage.backup import backup_folder, backups
from orderdesk.storage.schema import schema_statements
from orderdesk.storage.store import Store
from tests.builders import Shop


def _layout(connection: sqlite.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    return {(kind, name): re.sub(r"\s+", " ", sql).strip() for kind, name, sql in rows}


def _fresh() -> sqlite.Connection:
    connection = sqlite.connect(":memory:", isolation_level=None)
    for statement in schema_statements():
        connection.execute(statement)
    return connection


def test_a_migrated_file_is_laid_out_as_a_fresh_one(shop: Shop) -> None:
    with shop.store.read() as view:
        assert _layout(view.connection) == _layout(_fresh())


def test_every_table_is_strict() -> None:
    loose = [row[1] for row in _fresh().execute("PRAGMA table_list") if not row[5] and not row[1].startswith("sqlite_")]
    assert [name for name in loose if "_search" not in name] == []


def test_every_reference_is_restrictive() -> None:
    connection = _fresh()
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    actions = {row[6] for table in tables for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()}
    assert actions == {"RESTRICT"}


NEXT = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

def upgrade():
    run = op.get_bind().exec_driver_sql
    run("CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
    run("INSERT INTO shelf (name) SELECT DISTINCT sku FROM product")
    {further}
"""


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the program one version newer, with the given further statements in its migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", folder)

    def install(further: str) -> None:
        (folder / "versions" / "v0002_shelf.py").write_text(NEXT.replace("{further}", further), encoding="utf-8")
        monkeypatch.setattr(migrate, "_MIGRATIONS", folder)
        for module in (connect, migrate, store):
            monkeypatch.setattr(module, "SCHEMA_VERSION", 2)

    return install


@pytest.fixture
def older(trading: Shop) -> Iterator[Shop]:
    trading.store.close()
    yield trading
    trading.store.close()


def _rows(path: Path) -> dict[str, list[Any]]:
    connection = sqlite.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    connection.close()
    return rows


def test_a_migration_keeps_every_row_and_makes_a_copy_first(older: Shop, newer_program: Any) -> None:
    before = _rows(older.store.path)
    newer_program("pass")
    opened = Store.open(older.store.path)
    assert check(opened) == []
    opened.close()
    after = _rows(older.store.path)
    assert {name: rows for name, rows in after.items() if name not in ("shelf", "alembic_version")} == {
        name: rows for name, rows in before.items() if name != "alembic_version"
    }
    copies = list(backup_folder(older.store.path).iterdir())
    assert [_rows(copy)["orders"] for copy in copies] == [before["orders"]]


@pytest.mark.parametrize(
    ("further", "error"),
    [
        ('run("DELETE FROM stock_movement_that_is_not_there")', Exception),
        ("raise RuntimeError('the power went')", RuntimeError),
        (
            '[run(f"DROP TRIGGER {name}") for name in ("coupon_stays", "coupon_kept_delete")]; run("DELETE FROM coupon")',
            StoreError,
        ),
        ('run("UPDATE orders SET customer_id = 999")', StoreError),
    ],
    ids=["a statement fails", "it dies half-way", "rows would be lost", "rows would be orphaned"],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    older: Shop, newer_program: Any, further: str, error: type[Exception]
) -> None:
    before, content = _rows(older.store.path), older.store.path.read_bytes()
    newer_program(further)
    for _ in range(2):  # the next start meets the same file, not a half-made one
        with pytest.raises(error):
            Store.open(older.store.path)
        assert _rows(older.store.path) == before
    assert older.store.path.read_bytes() == content


def test_a_migration_that_failed_once_succeeds_when_mended(older: Shop, newer_program: Any) -> None:
    newer_program("raise RuntimeError('the power went')")
    with pytest.raises(RuntimeError):
        Store.open(older.store.path)
    newer_program("pass")
    opened = Store.open(older.store.path)
    assert check(opened) == []
    assert len(backups(older.store.path)) == 2
    opened.close()
