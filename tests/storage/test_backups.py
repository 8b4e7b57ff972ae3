"""Backups: whole, private, never overwritten, the last ten kept; and the way back from one."""

from __future__ import annotations

import gzip
import os
import re
import stat
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import StoreError
from orderdesk.services.backups import back_up, backups, restore
from orderdesk.services.checks import check
from orderdesk.storage.backup_folder import backup_folder
from orderdesk.storage.store import Store
from tests.builders import Shop


def _orders(path: Path) -> list[str]:
    store = Store.open(path)
    try:
        assert check(store) == []
        with store.read() as view:
            return [number for (number,) in view.all("SELECT order_number FROM orders ORDER BY id")]
    finally:
        store.close()


def test_the_last_ten_are_kept(shop: Shop) -> None:
    made = [back_up(shop.store, occasion="start") for _ in range(13)]
    assert sorted(backup_folder(shop.store.path).iterdir()) == sorted(made[-10:])
    assert [backup.path for backup in backups(shop.store.path)] == made[:2:-1]


def test_a_backup_is_a_whole_shop_in_one_private_file(trading: Shop) -> None:
    path = back_up(trading.store)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [(backup.path, backup.orders) for backup in backups(trading.store.path)] == [(path, 2)]
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert _orders(path) == ["1001", "1002"]


def test_a_backup_of_a_moment_has_all_of_it_and_nothing_after(trading: Shop) -> None:
    """Taken while a step is under way, it holds the state before that step."""
    with trading.store.begin("probe", "Probe", now=trading.now) as transaction:
        transaction.move_stock(trading.products["BOOK"], "received", 5)
        path = back_up(trading.store)
    store = Store.open(path)
    with store.read() as view:
        assert view.value("SELECT on_hand FROM product WHERE sku = 'BOOK'") == 8
    assert check(store) == []
    store.close()


def test_a_file_that_is_there_is_never_overwritten(shop: Shop, tmp_path: Path) -> None:
    mine = tmp_path / "thesis.orderdesk"
    mine.write_text("ten years of work")
    with pytest.raises(StoreError, match="is there already"):
        back_up(shop.store, mine)
    assert mine.read_text() == "ten years of work"


def test_a_restored_backup_is_the_shop_of_that_moment_and_the_former_one_is_kept(trading: Shop) -> None:
    path = back_up(trading.store)
    trading.order("1003", ("BOOK", 1))
    trading.store.close()
    former = restore(trading.store.path, path)
    assert _orders(trading.store.path) == ["1001", "1002"]
    assert former is not None
    assert _orders(former) == ["1001", "1002", "1003"]
    restore(trading.store.path, former)
    assert _orders(trading.store.path) == ["1001", "1002", "1003"]


def test_a_backup_restores_where_there_is_no_shop(trading: Shop, tmp_path: Path) -> None:
    path = back_up(trading.store, tmp_path / "stick.orderdesk")
    elsewhere = tmp_path / "new" / "shop.orderdesk"
    elsewhere.parent.mkdir()
    assert restore(elsewhere, path) is None
    assert _orders(elsewhere) == ["1001", "1002"]


def _text(path: Path) -> None:
    path.write_text("not a shop " * 500)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _holes(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096, 3):
        content[page * 4096 : (page + 1) * 4096] = bytes(4096)
    path.write_bytes(content)


def _newer(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [_text, _cut, _holes, _newer, Path.unlink])
def test_a_backup_that_is_none_is_refused_and_the_shop_stays(trading: Shop, spoil: object) -> None:
    path = back_up(trading.store)
    trading.store.close()
    before = trading.store.path.read_bytes()
    spoil(path)  # type: ignore[operator]
    with pytest.raises(StoreError):
        restore(trading.store.path, path)
    assert trading.store.path.read_bytes() == before
    assert [each.path for each in backups(trading.store.path)] == []


def test_what_a_crash_left_half_copied_is_swept_up(shop: Shop) -> None:
    back_up(shop.store)
    old, fresh = (backup_folder(shop.store.path) / f".{name}.orderdesk.0a1b2c3d.tmp" for name in ("old", "fresh"))
    for path in (old, fresh):
        path.touch()
    os.utime(old, (0, 0))
    back_up(shop.store)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_damaged_shop_is_set_aside_when_a_backup_takes_its_place(trading: Shop) -> None:
    path = back_up(trading.store)
    trading.store.close()
    _holes(trading.store.path)
    damaged = trading.store.path.read_bytes()
    former = restore(trading.store.path, path)
    assert former is not None and former.exists()
    assert damaged in [each.read_bytes() for each in trading.store.path.parent.rglob("*") if each.is_file()]
    assert _orders(trading.store.path) == ["1001", "1002"]


def test_a_restore_that_breaks_off_leaves_a_damaged_shop_where_it_is(trading: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    path = back_up(trading.store)
    trading.store.close()
    _holes(trading.store.path)
    damaged = trading.store.path.read_bytes()

    replace = os.replace

    def refuses(source: Path, target: Path) -> None:
        assert trading.store.path.exists()
        if target == trading.store.path:
            raise OSError(5, "Input/output error", str(target))
        replace(source, target)

    monkeypatch.setattr("orderdesk.storage.restore.os.replace", refuses)
    with pytest.raises(StoreError):
        restore(trading.store.path, path)
    assert trading.store.path.read_bytes() == damaged


def test_a_shop_is_not_restored_onto_itself(trading: Shop, tmp_path: Path) -> None:
    trading.store.close()
    alias = tmp_path / "alias.orderdesk"
    alias.symlink_to(trading.store.path)
    for same in (trading.store.path, alias):
        with pytest.raises(StoreError, match="is the shop itself"):
            restore(trading.store.path, same)
    assert not backup_folder(trading.store.path).exists()


def test_a_backup_restores_into_a_folder_that_is_not_there_yet(trading: Shop, tmp_path: Path) -> None:
    path = back_up(trading.store, tmp_path / "stick.orderdesk")
    elsewhere = tmp_path / "new" / "of 2026" / "shop.orderdesk"
    assert restore(elsewhere, path) is None
    assert _orders(elsewhere) == ["1001", "1002"]


def test_who_has_the_shop_open_finds_the_backup_of_an_older_version_in_it(trading: Shop) -> None:
    old = trading.store.path.with_name("old.orderdesk")
    old.write_bytes(gzip.decompress((Path(__file__).parent / "shop_0001.orderdesk.gz").read_bytes()))
    restore(trading.store.path, old)
    with trading.store.read() as view:
        assert [number for (number,) in view.all("SELECT order_number FROM orders ORDER BY id")] == ["1042", "1043"]
    assert check(trading.store) == []
    assert [path.suffix for path in trading.store.path.parent.iterdir() if path.name.startswith(".")] == []


def test_backups_by_hand_are_not_rotated_away_by_those_of_every_start(shop: Shop) -> None:
    by_hand = back_up(shop.store)
    made = [back_up(shop.store, occasion="start") for _ in range(12)]
    assert by_hand.exists()
    assert [path.exists() for path in made] == [False] * 2 + [True] * 10
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.\d{3} by hand", by_hand.stem)


@pytest.mark.parametrize(
    ("meddling", "says"),
    [
        ("DROP TABLE answer", "The table answer is not there."),
        ("CREATE TRIGGER mine AFTER UPDATE ON shop BEGIN DELETE FROM note; END", "The trigger mine is none of OrderDesk's."),
        ("DROP INDEX ix_orders_newest", "The index ix_orders_newest is not there."),
        ("ALTER TABLE customer ADD COLUMN mood TEXT", "The table customer is not laid out as it should be."),
    ],
)
def test_a_backup_that_is_laid_out_otherwise_is_refused_and_check_finds_it(trading: Shop, meddling: str, says: str) -> None:
    copy, path = back_up(trading.store), trading.store.path
    trading.store.close()
    before = path.read_bytes()
    with closing(sqlite.connect(copy)) as connection:
        connection.execute(meddling)
        connection.commit()
    with pytest.raises(StoreError, match=re.escape(says)) as refused:
        restore(path, copy)
    assert refused.value.remedy == "Nothing was changed. Choose another backup."
    assert path.read_bytes() == before
    os.replace(copy, path)
    opened = Store.open(path)
    assert says in check(opened)
    opened.close()


@pytest.mark.parametrize("name", ["", "shop.orderdesk"])
def test_what_a_killed_copy_left_beside_the_shop_is_swept_away_an_hour_later(trading: Shop, name: str) -> None:
    path = trading.store.path
    trading.store.close()
    left = [path.with_name(f".{name or 'mine.orderdesk'}.0a1b2c3d.tmp{end}") for end in ("", "-wal", "-journal")]
    others = [path.with_name(".theirs.tmp"), path.with_name(".report.2026.tmp")]
    for each in (*left, *others):
        each.write_bytes(path.read_bytes() if each in left else b"theirs")
        os.utime(each, (0, 0))
    Store.open(path).close()
    assert [each.exists() for each in (*left, *others)] == [False] * len(left) + [True] * len(others)
