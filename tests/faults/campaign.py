"""Kills a busy seller again and again, and looks after each kill whether anything was lost, doubled or left half done.

    python -m tests.faults.campaign --kills 100 [--seed 7]

prints its counts; the exit status is 1 if a fault was found, and the shop then stays where it is said to be.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from typing_extensions import override

from orderdesk.services.checks import check
from orderdesk.storage.store import Store
from tests.builders import make_shop
from tests.faults.audit import Audit
from tests.faults.seller import LATE, NEVER, OPENING_STEPS, PER_JOB, PLENTY, make, sell

_KILLS_PER_SHOP = 25
# A batch of letters is one step for each of at most four customers, a print job one for each letter; everything else is one.
_STEPS_OF = {"batch": 4, "print": PER_JOB}


@dataclass
class Counts:
    kills: int = 0
    kills_while_making: int = 0
    after_an_acknowledged_step: int = 0
    acknowledged: int = 0
    letters: int = 0
    finished_later: int = 0
    left_over: int = 0
    during: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @override
    def __str__(self) -> str:
        during = ", ".join(f"{name} {count}" for name, count in self.during.most_common())
        return (
            f"{self.kills} kills and {self.kills_while_making} while a shop was made "
            f"({self.after_an_acknowledged_step} after an acknowledged step; during {during}); "
            f"{self.acknowledged} steps acknowledged, {self.letters} letters, {self.finished_later} finished after a kill, "
            f"{self.left_over} temporary files left; {len(self.faults)} faults"
        )


@dataclass
class Story:
    """What a seller told until its end."""

    ready: bool = False
    acknowledged: int = 0
    steps: int = 0
    under_way: str = "opening"

    def hear(self, words: str) -> None:
        match words.split():
            case ["ready"]:
                self.ready, self.under_way = True, "between steps"
            case ["begin", name]:
                self.under_way = name
            case ["done", number]:
                self.acknowledged, self.under_way = int(number), "between steps"
                self.steps += 1
            case ["refused", _]:
                self.under_way = "between steps"


def run(kills: int, seed: int, folder: Path) -> Counts:
    """The campaign; stops at the first kill after which something is wrong."""
    counts, draw = Counts(), random.Random(seed)
    while counts.kills < kills and not counts.faults:
        home = folder / f"shop {counts.kills}"
        home.mkdir()
        counts.faults += _kill_while_making(home / "shop.orderdesk", draw)
        counts.kills_while_making += 1
        audit = Audit(_new_shop(home))
        for _ in range(min(_KILLS_PER_SHOP, kills - counts.kills)):
            before = _last_step(audit.path)
            story = _one_kill(audit.path, draw)
            counts.kills += 1
            counts.during[story.under_way] += 1
            counts.acknowledged += story.steps
            counts.after_an_acknowledged_step += story.steps > 0
            counts.faults += list(audit.after_a_kill(max(before, story.acknowledged), _STEPS_OF.get(story.under_way, 1)))
            if counts.faults:
                break
        counts.letters += audit.letters
        counts.finished_later += audit.finished_later
        counts.left_over += audit.left_over
        if not counts.faults:
            shutil.rmtree(home)
    return counts


def _new_shop(home: Path) -> Path:
    shop = make_shop(home)
    shop.stock(NEVER, 0)
    shop.stock(PLENTY, 100_000)
    shop.stock(LATE, 0)
    shop.order("1", (NEVER, 1))
    shop.store.close()
    assert _last_step(shop.store.path) == OPENING_STEPS
    return shop.store.path


def _last_step(path: Path) -> int:
    store = Store.open(path)
    with store.read() as view:
        last = int(view.value("SELECT max(id) FROM event"))
    store.close()
    return last


def _kill_while_making(path: Path, draw: random.Random) -> list[str]:
    """Whatever is left of a shop that was being made: the next start makes it, whole."""
    child = os.fork()
    if child == 0:
        try:
            make(path, draw.randint(1, 90))
        finally:
            os._exit(3)
    os.waitpid(child, 0)
    store = Store.open(path)
    try:
        return check(store)
    finally:
        store.close()


def _one_kill(path: Path, draw: random.Random) -> Story:
    """Half of the sellers end at a chosen point of their way to the disk, half whenever the time is up."""
    seed, by_countdown = draw.randrange(10**9), draw.random() < 0.5
    countdown = int(10 ** draw.uniform(0.5, 3.3)) if by_countdown else None
    patience = None if by_countdown else draw.uniform(0, 0.4)
    listening, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listening)
        try:
            sell(path, seed, telling, countdown)
        except BaseException as error:  # noqa: BLE001
            os.write(telling, f"broke {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(3)
    os.close(telling)
    try:
        return _listen(listening, child, patience)
    finally:
        os.close(listening)


def _listen(listening: int, child: int, patience: float | None) -> Story:
    story, heard = Story(), b""
    ends_at: float | None = None
    while True:
        left = None if ends_at is None else max(0.0, ends_at - time.monotonic())
        readable, _, _ = select.select([listening], [], [], left)
        if not readable:
            os.kill(child, signal.SIGKILL)
            ends_at = None
            continue
        words = os.read(listening, 65536)
        if not words:
            break
        *lines, heard = (heard + words).split(b"\n")
        for line in lines:
            story.hear(line.decode())
            if line.startswith(b"broke"):
                raise RuntimeError(line.decode())
        if story.ready and patience is not None and ends_at is None:
            ends_at, patience = time.monotonic() + patience, None
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the seller ended by itself: {os.waitstatus_to_exitcode(status)}")
    return story


def main() -> int:
    """The campaign as the command line asks for it; the exit status."""
    parser = argparse.ArgumentParser(description="Kill a busy seller again and again; count what was lost.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None, help="what to repeat; drawn and printed where it is not given")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if arguments.seed is None else arguments.seed
    folder = Path(tempfile.mkdtemp(prefix="orderdesk-kills-"))
    print(f"seed {seed}", flush=True)
    began = time.monotonic()
    counts = run(arguments.kills, seed, folder)
    print(f"{counts} in {time.monotonic() - began:.0f} s")
    if counts.faults:
        print("\n".join(counts.faults), f"The shop is kept in {folder}", sep="\n")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
