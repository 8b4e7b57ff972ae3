"""Every setting that keeps the shop's file safe, read back."""

from __future__ import annotations

import os
import stat
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.customers import Customer
from orderdesk.domain.errors import RefusedError
from orderdesk.services.backups import back_up, restore
from orderdesk.storage.connect import APPLICATION_ID, SCHEMA_VERSION, connect
from orderdesk.storage.store import Store
from tests.builders import NOW, Shop, make_shop

_FULL, _ON, _OFF = 2, 1, 0
SETTINGS = {
    "foreign_keys": _ON,
    "synchronous": _FULL,
    "fullfsync": _ON,
    "trusted_schema": _OFF,
    "cell_size_check": _ON,
    "secure_delete": _ON,
    "busy_timeout": 5000,
    "journal_mode": "wal",
    "mmap_size": 0,
}


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """What most systems have: new files may be read by everyone unless the program says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _settings_of(connection: sqlite.Connection) -> dict[str, object]:
    found = {name: connection.execute(f"PRAGMA {name}").fetchone() for name in SETTINGS}
    return {name: row[0] if row else 0 for name, row in found.items()}


@pytest.mark.parametrize("kind", ["read", "inspect", "bookkeeping"])
def test_every_connection_has_every_setting(shop: Shop, kind: str) -> None:
    with getattr(shop.store, kind)() as view:
        assert _settings_of(view.connection) == SETTINGS


@pytest.mark.parametrize("kind", ["read", "inspect", "bookkeeping"])
def test_a_restored_shop_has_every_setting_too(shop: Shop, kind: str) -> None:
    backup = back_up(shop.store)
    shop.store.close()
    restore(shop.store.path, backup)
    store = Store.open(shop.store.path)
    with getattr(store, kind)() as view:
        assert _settings_of(view.connection) == SETTINGS
    store.close()


def test_where_the_journal_is_rolled_back_its_folder_is_synced_too(shop: Shop) -> None:
    shop.store.close()
    plain = sqlite.connect(shop.store.path)
    plain.execute("PRAGMA journal_mode = DELETE")
    plain.close()
    connection = connect(shop.store.path)
    assert _settings_of(connection) == SETTINGS | {"journal_mode": "delete", "synchronous": 3}
    connection.close()


def test_transactions_use_the_connection_with_these_settings(shop: Shop) -> None:
    with shop.store.begin("probe", "Probe", now=NOW) as transaction:
        assert _settings_of(transaction.view.connection) == SETTINGS


def test_the_file_says_whose_it_is_and_of_which_version(shop: Shop) -> None:
    shop.store.close()
    head = shop.store.path.read_bytes()[:100]
    assert (int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")) == (APPLICATION_ID, SCHEMA_VERSION)


def test_the_sqlite_in_use_has_the_fix_for_two_writers() -> None:
    assert sqlite.sqlite_version_info >= (3, 51, 3)


@pytest.mark.parametrize("kind", ["step", "bookkeeping"])
def test_writers_begin_immediately(shop: Shop, kind: str) -> None:
    """Else two that read first and write then would overwrite each other, or be told that the shop is locked."""
    said: list[str] = []
    with shop.store.bookkeeping() as view:
        writing = view.connection
    writing.set_trace_callback(said.append)
    with shop.store.begin("probe", "Probe", now=NOW) if kind == "step" else shop.store.bookkeeping():
        assert said[0] == "BEGIN IMMEDIATE"


def test_a_second_writer_cannot_even_begin(shop: Shop) -> None:
    other = sqlite.connect(shop.store.path, isolation_level=None, timeout=0)
    with shop.store.begin("probe", "Probe", now=NOW), pytest.raises(sqlite.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()


@pytest.mark.usefixtures("usual_umask")
def test_nobody_else_can_read_the_shop_its_log_its_backups_or_its_letters(tmp_path: Path) -> None:
    from orderdesk.services.apologies import apologize

    Store.open(tmp_path / "new folder" / "shop.orderdesk").close()  # which makes the folder
    shop = make_shop(tmp_path / "new folder")
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    apologize(shop.store, [shop.orders["1"]], now=shop.tick())
    back_up(shop.store)
    back_up(shop.store, tmp_path / "copy.orderdesk")
    open_to_others = {
        str(path.relative_to(tmp_path)): oct(mode)
        for path in tmp_path.rglob("*")
        if (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077
    }
    assert Path(f"{shop.store.path}-wal").exists() and Path(f"{shop.store.path}-shm").exists()
    assert open_to_others == {}
    shop.store.close()


def test_closing_leaves_one_file_and_its_seal(trading: Shop) -> None:
    folder = trading.store.path.parent
    trading.store.close()
    assert {path.name for path in folder.iterdir() if path.is_file()} == {"shop.orderdesk", ".shop.orderdesk.sha256"}


def test_no_name_or_address_shows_in_an_error(shop: Shop) -> None:
    def add_twice() -> None:
        with shop.store.begin("probe", "Probe", now=NOW) as transaction:
            for _ in range(2):
                transaction.add(Customer("Canary Finch", customer_id="C-1", line1="9 Canary Row"))

    with pytest.raises(RefusedError) as refused:
        add_twice()
    told = "".join(traceback.format_exception(refused.value))
    assert "UNIQUE" in told
    assert "Canary" not in told.replace('"Canary Finch", customer_id="C-1", line1="9 Canary Row"', "")


def test_what_is_deleted_is_overwritten(shop: Shop) -> None:
    with shop.store.bookkeeping() as view:
        view.connection.execute("CREATE TABLE note (words TEXT) STRICT")
        view.connection.executemany("INSERT INTO note VALUES (?)", [("Canary Finch",)] * 50)
    with shop.store.bookkeeping() as view:
        view.connection.execute("DELETE FROM note")
    shop.store.close()
    assert b"Canary Finch" not in shop.store.path.read_bytes()
