"""What may be opened: anything else is refused in a clear sentence and stays byte for byte as it was."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import OrderDeskError, StoreError
from orderdesk.services.backups import restore
from orderdesk.services.checks import check
from orderdesk.storage.connect import SCHEMA_VERSION
from orderdesk.storage.seal import seal, seal_path
from orderdesk.storage.store import Store
from tests.builders import Shop
from tests.storage.processes import another_program, hear

SEED = 3
PAGE = 4096


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def closed(trading: Shop) -> Path:
    trading.store.close()
    return trading.store.path


def _refused(path: Path, says: str) -> None:
    before = _files(path.parent)
    with pytest.raises(StoreError, match=says) as refusal:
        Store.open(path)
    assert refusal.value.remedy
    assert _files(path.parent) == before


def test_a_file_of_a_newer_version_is_refused(closed: Path) -> None:
    connection = sqlite.connect(closed)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    _refused(closed, "newer OrderDesk")


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.orderdesk").write_text("Dear diary, " * 50)
    _refused(tmp_path / "shop.orderdesk", "not a shop's file")


def test_a_short_file_that_begins_like_a_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.orderdesk").write_bytes(b"SQLite format 3\x00")
    _refused(tmp_path / "shop.orderdesk", "not a shop's file")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.orderdesk").touch()
    _refused(tmp_path / "shop.orderdesk", "is empty")


def test_a_file_that_was_damaged_since_it_was_closed_is_refused(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    content[8192:9192] = b"?" * 1000
    closed.write_bytes(content)
    _refused(closed, "is damaged")


def test_after_a_crash_the_seal_is_old_and_the_file_is_read_through(closed: Path) -> None:
    seal_path(closed).write_text("0" * 64)
    Store.open(closed).close()
    with closed.open("r+b") as file:
        file.seek(-PAGE, os.SEEK_END)
        file.write(b"?" * PAGE)
    seal(closed)
    Store.open(closed)._readers.close()  # as it was sealed: not read through
    seal_path(closed).write_text("0" * 64)
    _refused(closed, "is damaged")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.orderdesk").mkdir()
    _refused(tmp_path / "shop.orderdesk", "is a folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes by name")
@pytest.mark.timeout(10)
def test_a_pipe_or_a_device_is_refused_before_anything_is_read_from_it(tmp_path: Path, closed: Path) -> None:
    os.mkfifo(tmp_path / "pipe.orderdesk")
    for path in (tmp_path / "pipe.orderdesk", Path("/dev/zero")):
        with pytest.raises(StoreError, match="a pipe or a device"):
            Store.open(path)
        with pytest.raises(StoreError, match="a pipe or a device"):
            restore(path, closed)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite.connect(tmp_path / "shop.orderdesk")
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    connection.close()
    _refused(tmp_path / "shop.orderdesk", "belongs to another program")


def test_a_shop_whose_folder_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    _refused(tmp_path / "file" / "shop.orderdesk", "can't be written to|can't be read|can't be opened")


def test_a_shop_that_vanished_is_not_silently_begun_anew(trading: Shop) -> None:
    from orderdesk.services.backups import back_up

    back_up(trading.store)
    trading.store.close()
    trading.store.path.unlink()
    with pytest.raises(StoreError, match="is gone"):
        Store.open(trading.store.path)
    assert not trading.store.path.exists()


def test_a_file_cut_short_is_refused(closed: Path) -> None:
    content = closed.read_bytes()
    for length in (100, 4096, len(content) // 3):
        closed.write_bytes(content[:length])
        _refused(closed, "damaged|can't be read")


def _zero_a_page(content: bytearray, draw: random.Random) -> None:
    page = draw.randrange(1, len(content) // 4096)
    content[page * 4096 : (page + 1) * 4096] = bytes(4096)


def _scramble(content: bytearray, draw: random.Random) -> None:
    for _ in range(40):
        content[draw.randrange(100, len(content))] = draw.randrange(256)


def _cut(content: bytearray, draw: random.Random) -> None:
    del content[draw.randrange(101, len(content)) :]


def _repeat_a_page(content: bytearray, draw: random.Random) -> None:
    one, other = (4096 * draw.randrange(1, len(content) // 4096) for _ in range(2))
    content[one : one + 4096] = content[other : other + 4096]


@pytest.mark.parametrize("damage", [_zero_a_page, _scramble, _cut, _repeat_a_page])
def test_a_damaged_file_says_so_and_nothing_else_goes_wrong(
    closed: Path, damage: Callable[[bytearray, random.Random], None]
) -> None:
    """Opening or checking it ends in a named error or a list of problems; the damaged file itself is never touched."""
    content, draw = closed.read_bytes(), random.Random(SEED)
    told = 0
    for _ in range(40):
        damaged = bytearray(content)
        damage(damaged, draw)
        closed.write_bytes(damaged)
        try:
            store = Store.open(closed)
        except OrderDeskError:
            told += 1
        else:
            try:
                told += bool(check(store))
            except OrderDeskError:
                told += 1
            store.close()
        assert closed.read_bytes() == bytes(damaged)
        for companion in ("-wal", "-shm"):
            Path(f"{closed}{companion}").unlink(missing_ok=True)
    assert told >= 26  # a change may fall on bytes that no row uses, or on an empty table


AS_NOBODY = """
import orderdesk.storage.migrate, orderdesk.storage.store, orderdesk.storage.writer
from orderdesk.domain.errors import StoreError
from orderdesk.services import backups, checks, exports, letters
from tests.builders import NOW
import os
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    store = orderdesk.storage.store.Store.open(path)
except StoreError as error:
    say(f"refused: {error} {error.remedy}")
else:
    say("opened")
    elsewhere = Path(sys.argv[2])
    assert checks.check(store) == []
    assert letters.finish_letters(store) == []
    say(f"{exports.export(store, 'products', elsewhere / 'products.csv')} products")
    backups.back_up(store, elsewhere / "copy.orderdesk")
    try:
        with store.begin("probe", "Probe", now=NOW):
            say("written")
    except StoreError as error:
        say(f"refused: {error} {error.remedy}")
    store.close()
    say("closed")
"""


@pytest.fixture
def reachable(closed: Path) -> Iterator[Path]:
    """The closed shop in a folder that a program which is not root can get to; those of pytest are its user's alone."""
    folder = Path(tempfile.mkdtemp()) / "folder"
    folder.mkdir()
    folder.parent.chmod(0o755)
    yield Path(shutil.copy(closed, folder))
    folder.chmod(0o755)
    shutil.rmtree(folder.parent)


permissions = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has other permissions")


@permissions
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o755, 0o000), (0o000, 0o644)])
def test_what_may_not_be_read_is_refused_as_it_is(reachable: Path, folder_mode: int, file_mode: int) -> None:
    before = _files(reachable.parent)
    reachable.chmod(file_mode)
    reachable.parent.chmod(folder_mode)
    with another_program(AS_NOBODY, reachable) as program:
        answer = hear(program)
    reachable.parent.chmod(0o755)
    reachable.chmod(0o600)
    assert answer.startswith("refused: ") and "can't be" in answer
    assert _files(reachable.parent) == before


@permissions
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o644), (0o555, 0o444), (0o755, 0o444)])
def test_what_may_only_be_read_is_read_and_copied_and_each_step_says_why_not(
    reachable: Path, folder_mode: int, file_mode: int
) -> None:
    before = _files(reachable.parent)
    elsewhere = reachable.parent.with_name("elsewhere")
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    reachable.chmod(file_mode)
    reachable.parent.chmod(folder_mode)
    with another_program(AS_NOBODY, reachable, str(elsewhere)) as program:
        assert [hear(program), hear(program)] == ["opened", "2 products"]
        assert "can only be read: the file or its folder can't be written to. Nothing was changed." in hear(program)
        assert hear(program) == "closed"
    assert _files(reachable.parent) == before
    copy = Store.open(elsewhere / "copy.orderdesk")
    assert check(copy) == []
    copy.close()


@permissions
def test_a_shop_of_an_older_version_that_may_only_be_read_is_refused(reachable: Path) -> None:
    reachable.write_bytes(gzip.decompress((Path(__file__).parent / "shop_0001.orderdesk.gz").read_bytes()))
    before = _files(reachable.parent)
    reachable.chmod(0o644)
    reachable.parent.chmod(0o555)
    with another_program(AS_NOBODY, reachable) as program:
        assert "open the copy" in hear(program)
    assert _files(reachable.parent) == before


@permissions
def test_a_new_shop_in_a_read_only_folder_is_refused(reachable: Path) -> None:
    reachable.unlink()
    reachable.parent.chmod(0o555)
    with another_program(AS_NOBODY, reachable) as program:
        assert hear(program).startswith("refused: The folder")
    assert list(reachable.parent.iterdir()) == []
