"""A small campaign on every run; the whole one is `python -m tests.faults.campaign`."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from orderdesk.services import history
from orderdesk.services.apologies import apologize
from orderdesk.services.checks import check
from orderdesk.services.customer_data import erase_customer
from orderdesk.services.customers import find_customer
from orderdesk.services.deliveries import answer_handed_over, unanswered
from orderdesk.services.letters import finish_letters
from orderdesk.services.orders import cancel_order
from orderdesk.services.slips import save_packing_slip
from orderdesk.storage.store import Store
from tests.builders import NOW, Shop, make_shop
from tests.faults.seller import Tray, end_suddenly, make, print_two, times_recorded
from tests.reading import text_of

KILLS, SEED = 24, 20261117


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork a process and kill it")


@needs_fork
@pytest.mark.timeout(300)
def test_nothing_is_lost_doubled_or_half_done_when_the_program_is_killed() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.faults.campaign", "--kills", str(KILLS), "--seed", str(SEED)]
    paths = os.pathsep.join([str(root), str(root / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths})
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{KILLS} kills" in run.stdout and run.stdout.rstrip().split("; ")[-1].startswith("0 faults")


def ended_by_itself(act: Callable[[], object]) -> bool:
    """Do it in a process of its own; whether that was not killed."""
    child = os.fork()
    if child == 0:
        try:
            act()
            os._exit(0)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return not os.WIFSIGNALED(status)


@needs_fork
@pytest.mark.timeout(300)
def test_what_is_printed_is_recorded_once_wherever_the_program_is_killed(tmp_path: Path) -> None:
    """At each point of the way: the tray shows what came out, the seller is asked of that alone, and the record is then right."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    for number, customer in (("1", "Ann Hill"), ("2", "Ben Ode")):
        apologize(shop.store, [shop.order(number, ("LAMP", 1), customer=customer)], now=shop.tick())
    path, tray, asked_of = shop.store.path, Tray(shop.store.path), set()
    shop.store.close()
    for countdown in count(1):
        over = ended_by_itself(partial(print_two, path, countdown))
        store = Store.open(path)
        asked = [notice_id for notice_id, _ in unanswered(store)]
        for notice_id in asked:
            left = tray.times(notice_id) > times_recorded(store, notice_id)
            asked_of.add((len(asked), left))
            answer_handed_over(store, notice_id, left, now=shop.tick())
        assert [tray.times(each) for each in (1, 2)] == [times_recorded(store, each) for each in (1, 2)], f"at point {countdown}"
        assert check(store) == []
        store.close()
        if over:
            break
    assert asked_of == {(2, False), (2, True), (1, True)}, "it was killed before the printer took the job, after, and in between"


def undo_the_letter(path: Path, countdown: int) -> None:
    store = Store.open(path)
    end_suddenly(countdown)
    history.undo(store, now=NOW + timedelta(days=1))
    store.close()


def erase_ann(path: Path, countdown: int) -> None:
    store = Store.open(path)
    ann = find_customer(store, "Ann Hill")
    end_suddenly(countdown)
    erase_customer(store, ann, although_owed=True, now=NOW + timedelta(days=1))
    store.close()


def with_a_letter(folder: Path) -> Shop:
    shop = make_shop(folder)
    shop.stock("LAMP", 0)
    apologize(shop.store, [shop.order("1", ("LAMP", 1), customer="Ann Hill")], now=shop.tick())
    return shop


def with_a_letter_taken_back(path: Path) -> None:
    with_a_letter(path.parent).store.close()


def with_a_customer_to_erase(path: Path) -> None:
    shop = with_a_letter(path.parent)
    shop.receive("LAMP", 1)
    save_packing_slip(shop.store, shop.orders["1"], now=shop.tick())
    cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    shop.store.close()


def of_the_first_layout(path: Path) -> None:
    path.write_bytes(gzip.decompress((Path(__file__).parents[1] / "storage" / "shop_0001.orderdesk.gz").read_bytes()))


def what_is_there(path: Path) -> tuple[list[tuple[str, ...]], bool]:
    """The steps that stand, and whether any file names Ann; after what a crash left was finished, and all is sound."""
    store = Store.open(path)
    assert finish_letters(store) == []
    assert check(store) == []
    with store.read() as view:
        steps = view.all("SELECT kind, summary, undone_by IS NULL FROM event ORDER BY id")
    names_ann = any("Ann Hill" in text_of(page) for page in store.folder.glob("*.pdf"))
    store.close()
    return steps, names_ann


@needs_fork
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("begin", "act", "every"),
    [(with_a_letter_taken_back, undo_the_letter, 5), (with_a_customer_to_erase, erase_ann, 7), (of_the_first_layout, make, 41)],
    ids=["undo", "erasing", "migration"],
)
def test_a_step_is_done_or_not_wherever_the_program_is_killed(
    tmp_path: Path, begin: Callable[[Path], None], act: Callable[[Path, int], None], every: int
) -> None:
    """At `every` so many points of the way; nightly at each."""
    first = tmp_path / "first" / "shop.orderdesk"
    first.parent.mkdir()
    begin(first)
    whole = tmp_path / "whole"
    shutil.copytree(first.parent, whole)
    assert ended_by_itself(partial(act, whole / first.name, 10**9))
    after = what_is_there(whole / first.name)
    shutil.copytree(first.parent, tmp_path / "before")
    before, seen = what_is_there(tmp_path / "before" / first.name), set()
    for countdown in count(1, every if settings.get_current_profile_name() == "usual" else 1):
        folder = tmp_path / str(countdown)
        shutil.copytree(first.parent, folder)
        over = ended_by_itself(partial(act, folder / first.name, countdown))
        found = what_is_there(folder / first.name)
        assert found[0] in (before[0], after[0]), f"at point {countdown}"
        assert found[0] == before[0] or found[1] == after[1], f"at point {countdown}"
        seen.add(found[0] == before[0])
        if over:
            break
    assert seen == ({True} if before[0] == after[0] else {True, False})
