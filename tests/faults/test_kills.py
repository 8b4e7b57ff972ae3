"""A small campaign on every run; the whole one is `python -m tests.faults.campaign`."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from orderdesk.services.apologies import apologize
from orderdesk.services.checks import check
from orderdesk.services.deliveries import answer_handed_over, unanswered
from orderdesk.storage.store import Store
from tests.builders import make_shop
from tests.faults.seller import Tray, print_two, times_recorded

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


def ended_by_itself(path: Path, countdown: int) -> bool:
    """Print in a process of its own; whether the countdown was never over."""
    child = os.fork()
    if child == 0:
        try:
            print_two(path, countdown)
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
        over = ended_by_itself(path, countdown)
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
