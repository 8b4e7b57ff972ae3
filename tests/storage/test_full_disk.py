"""A disk that is full: a clear sentence, nothing half done, and the same step works once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orderdesk.cli.main import run
from orderdesk.domain.errors import StoreError
from orderdesk.services import letters
from orderdesk.services.apologies import apologize
from orderdesk.services.backups import back_up, restore
from orderdesk.services.checks import check
from orderdesk.storage.seal import seal_path
from orderdesk.storage.store import Store
from tests.builders import Shop, make_shop


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB; skips where this user may not mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not shutil.which("mount"):
        pytest.skip("there is no mount command here")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"this user may not mount a disk: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


def _facts(shop: Shop) -> list[tuple[int, ...]]:
    with shop.store.read() as view:
        return view.all("SELECT (SELECT count(*) FROM event), (SELECT sum(on_hand) FROM product), (SELECT count(*) FROM orders)")


def test_a_full_disk_stops_a_step_whole_and_the_next_try_works(small_disk: Path) -> None:
    shop = make_shop(small_disk)
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 2))
    filler, before = _fill(small_disk), _facts(shop)
    refused = None
    for _ in range(2000):  # the log still has room for some steps
        before = _facts(shop)
        try:
            shop.receive("LAMP", 1)
        except StoreError as error:
            refused = error
            break
    assert refused is not None and "disk is full" in str(refused)
    assert "Nothing was changed" in refused.remedy
    assert _facts(shop) == before
    filler.unlink()
    shop.receive("LAMP", 1)
    assert _facts(shop)[0][1] == before[0][1] + 1
    assert check(shop.store) == []
    shop.store.close()
    again = Store.open(small_disk / "shop.orderdesk")
    assert check(again) == []
    again.close()


def test_a_letter_that_found_no_room_is_kept_and_drawn_when_there_is(shop: Shop, small_disk: Path) -> None:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 2))
    filler = _fill(small_disk)
    run = apologize(shop.store, [shop.orders["1"]], now=shop.tick(), folder=small_disk)
    assert run.apologies == ()
    assert "can't be saved: No space left on device" in run.refused[0].reason
    assert [path.name for path in small_disk.iterdir()] == ["filler"]
    assert len(letters.finish_letters(shop.store)) == 1
    filler.unlink()
    assert letters.finish_letters(shop.store) == []
    again = apologize(shop.store, [shop.orders["1"]], now=shop.tick(), folder=small_disk).apologies[0]
    assert again.letter.exists() and again.coupon is not None and again.coupon.exists()
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM coupon") == 1


def test_a_backup_that_finds_no_room_leaves_nothing_behind(shop: Shop, small_disk: Path) -> None:
    _fill(small_disk)
    with pytest.raises(StoreError, match=r"disk is full|can't be written"):
        back_up(shop.store, small_disk / "copy.orderdesk")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]
    assert check(shop.store) == []


@pytest.mark.parametrize("copies_that_fit", [0, 1])
def test_a_restore_that_finds_no_room_leaves_the_shop_where_it_is(small_disk: Path, tmp_path: Path, copies_that_fit: int) -> None:
    shop = make_shop(small_disk)
    backup = back_up(shop.store, tmp_path / "good.orderdesk")
    shop.stock("LAMP", 1)
    shop.store.close()
    before, filler = shop.store.path.read_bytes(), _fill(small_disk)
    os.truncate(filler, filler.stat().st_size - copies_that_fit * (len(before) + 300_000))
    with pytest.raises(StoreError, match=r"disk is full|can't be written"):
        restore(shop.store.path, backup)
    assert shop.store.path.read_bytes() == before
    assert list(small_disk.rglob(".*")) == [seal_path(shop.store.path)]
    filler.unlink()
    assert restore(shop.store.path, backup) is not None
    again = Store.open(shop.store.path)
    assert check(again) == []
    again.close()


def test_a_new_shop_that_finds_no_room_leaves_nothing_behind(small_disk: Path) -> None:
    _fill(small_disk)
    with pytest.raises(StoreError):
        Store.open(small_disk / "shop.orderdesk")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


WITH_A_LIMIT = """
import resource, signal, sys
sys.path[:0] = sys.argv[2].split("|")
from pathlib import Path
from orderdesk.domain.errors import StoreError
from orderdesk.services.checks import check
from tests.builders import Shop, make_shop
shop = make_shop(Path(sys.argv[1]))
shop.stock("LAMP", 0)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, resource.RLIM_INFINITY))
received = 0
try:
    while True:
        shop.receive("LAMP", 1)
        received += 1
except StoreError as error:
    print("refused:", error, error.remedy)
with shop.store.read() as view:
    assert view.value("SELECT on_hand FROM product") == received
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
shop.receive("LAMP", 1)
assert check(shop.store) == [], check(shop.store)
print("went on")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no limit on the size of files")
def test_a_write_that_fails_is_told_and_the_program_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITH_A_LIMIT, str(tmp_path), "|".join([*sys.path, str(Path(__file__).parents[2])])]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stdout.splitlines()[-1:] == ["went on"], (run.stdout, run.stderr)
    assert run.stdout.startswith(("refused: The disk", "refused: The shop's file"))


def test_a_shop_on_a_full_disk_is_read_and_says_that_the_disk_is_full(
    small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = make_shop(small_disk)
    shop.stock("LAMP", 1)
    shop.order("1", ("LAMP", 2))
    shop.store.close()
    filler, before = _fill(small_disk), shop.store.path.read_bytes()

    def told(*words: str) -> tuple[int, str]:
        status = run(["--data", str(shop.store.path), "--today", "2026-11-20", *words])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    for words, says in ((("orders",), "Partly ready"), (("check",), "All is well."), (("products",), "LAMP")):
        status, text = told(*words)
        assert (status, says in text) == (0, True), text
    for words in (("receive", "LAMP", "1"), ("backup", str(small_disk / "copy.orderdesk"))):
        status, text = told(*words)
        assert (status, text.startswith("The disk is full."), "Free some space" in text) == (1, True, True), text
    assert shop.store.path.read_bytes() == before
    assert sorted(path.name for path in small_disk.iterdir() if path.is_file()) == [
        ".shop.orderdesk.sha256",
        "filler",
        "shop.orderdesk",
    ]
    filler.unlink()
    assert told("receive", "LAMP", "1")[0] == 0


def test_what_a_crash_left_in_the_log_is_read_on_a_disk_that_is_full_still(
    shop: Shop, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.stock("LAMP", 1)
    shop.order("1", ("LAMP", 2))
    lost = small_disk / "shop.orderdesk"
    for beside in ("", "-wal"):  # SQLite's index of the log is gone, as it is after a loss of power
        shutil.copy(f"{shop.store.path}{beside}", f"{lost}{beside}")
    filler = _fill(small_disk)
    before = {path.name: path.read_bytes() for path in small_disk.iterdir() if path.is_file()}

    def told(*words: str) -> tuple[int, str]:
        status = run(["--data", str(lost), "--today", "2026-11-20", *words])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    for words, says in ((("orders",), "Partly ready"), (("check",), "All is well."), (("products",), "LAMP")):
        status, text = told(*words)
        assert (status, says in text) == (0, True), text
    status, text = told("receive", "LAMP", "1")
    assert (status, text.startswith("The disk is full."), "Free some space" in text) == (1, True, True), text
    assert told("backup", str(shop.store.path.with_name("copy.orderdesk")))[0] == 0
    opened = Store.open(lost)
    with opened.read() as view, opened.inspect() as other:  # several connections at once, as the window has
        assert view.value("SELECT count(*) FROM orders") == other.value("SELECT count(*) FROM orders") == 1
    opened.close()
    assert {path.name: path.read_bytes() for path in small_disk.iterdir() if path.is_file()} == before
    filler.unlink()
    assert told("receive", "LAMP", "1")[0] == 0
    assert told("check") == (0, "All is well.\n")


def test_a_file_that_may_not_grow_is_no_broken_disk(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    shop.store.close()
    command = (
        f"ulimit -f 100; exec '{sys.executable}' -m orderdesk --data '{shop.store.path}' backup '{tmp_path / 'copy.orderdesk'}'"
    )
    backed_up = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert backed_up.returncode == 1
    assert "no limit keeps files small" in backed_up.stderr
    assert not (tmp_path / "copy.orderdesk").exists()
