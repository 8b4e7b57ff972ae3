"""A thousand letters with coupons as one PDF: ours against what else could make them, and what a letter costs in memory.

What is not installed is named and left out: typst, weasyprint (pip), soffice (LibreOffice).
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import statistics
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pypdfium2

from orderdesk.__main__ import look_for_cycles_rarely
from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.render import render_batch
from orderdesk.domain.coupons import new_code, printed
from tests.benchmarks.hand_written import hand_written
from tests.benchmarks.letter_rivals import Maker, libreoffice, platypus, typst, weasyprint
from tests.benchmarks.ratios import report, seconds
from tests.documents.cases import DANA, apology, delayed

COUNT = 1_000
_ROUNDS = 5
# By how many times ours is to be faster, and how often each is tried.
_RIVALS: tuple[tuple[str, Maker, float, int], ...] = (
    ("platypus as it comes", platypus, 8, 3),
    ("Typst", typst, 2.5, 7),
    ("LibreOffice", libreoffice, 12, 2),
    ("WeasyPrint", weasyprint, 40, 1),
)


def run() -> None:
    _, *pairs = [_round(seed) for seed in range(1 + _ROUNDS)]  # the first does not count: it loads fonts and the like
    report(f"{COUNT} letters", pairs, aim=2)
    for name, make, aim, rounds in _RIVALS:
        _race(name, make, aim, rounds)
    few, many = (_peak_kilobytes(count) for count in (COUNT, 10 * COUNT))
    each = (many - few) / (9 * COUNT)
    print(f"Memory: {few / 1024:.0f} MB for {COUNT:,} letters, {many / 1024:.0f} MB for ten times as many", end=", ")
    print(f"{each:.1f} KB a letter (aim ≤ 25)", flush=True)


def _round(seed: int) -> tuple[float, float]:
    """How long ours take and those written by hand: letters that no round before has made, so that none lives on what it kept."""
    letters = different_letters(COUNT, seed)
    return _seconds_whole(render_batch, letters), _seconds_whole(hand_written, letters)


def _seconds_whole(make: Maker, letters: list[Letter]) -> float:
    made: list[bytes] = []
    took = seconds(lambda: made.append(make(letters)))
    _require_whole(made[0], letters)
    return took


def different_letters(count: int, seed: int = 0) -> list[Letter]:
    """Letters of three lines with a coupon each, to as many customers; others for each seed."""
    chance = random.Random(seed)
    return [_letter(seed * count + number, chance) for number in range(count)]


def _letter(number: int, chance: random.Random) -> Letter:
    customer = replace(DANA, name=f"Dana Whitfield {number}", line1=f"{chance.randrange(1, 1000)} Alder St Apt {number % 40}")
    lines = tuple(
        delayed(place, order_number=f"HO-{20_000 + number}", sku=f"SKU-{number}-{place}", quantity=chance.randrange(1, 9))
        for place in range(3)
    )
    return compose_apology(apology(3, customer=customer, lines=lines, coupon_code=new_code(chance.choice)))


def _race(name: str, rival: Maker, aim: float, rounds: int) -> None:
    """Ours and the rival's by turns, each in a process of its own: neither lives on what it made, or left in memory, before."""
    pairs = []
    for turn in range(rounds):
        try:
            pairs.append((_seconds_alone(render_batch, turn), _seconds_alone(rival, turn)))
        except ImportError as error:
            print(f"{name}: not installed ({error})")
            return
    times = statistics.median(theirs / ours for ours, theirs in pairs)
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"{name}: {theirs:.1f} s against our {ours:.2f} s, {times:.1f} times as long (aim ≥ {aim}), {rounds} rounds", flush=True
    )


def _seconds_alone(make: Maker, seed: int) -> float:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as alone:
        return alone.submit(_seconds_for, make, seed).result()


def _seconds_for(make: Maker, seed: int) -> float:
    """How long a thousand letters take once the program is loaded as on the command line and has made one."""
    look_for_cycles_rarely()
    letters = different_letters(COUNT, seed)
    make(letters[:1])
    return _seconds_whole(make, letters)


def _require_whole(pdf: bytes, letters: list[Letter]) -> None:
    """Every rival does the whole work: a page for each letter at least, with its words and its code."""
    opened = pypdfium2.PdfDocument(pdf)
    assert len(opened) >= len(letters)
    last = opened[len(opened) - 1].get_textpage().get_text_range()
    before = opened[len(opened) - 2].get_textpage().get_text_range() if len(opened) > len(letters) else ""
    said = re.sub(r"\s+", " ", before + last)
    coupon = letters[-1].coupon
    assert coupon is not None
    assert letters[-1].address[0] in said
    assert printed(coupon.code) in said


def _peak_kilobytes(count: int) -> int:
    """The most memory that a process of its own has held for so many letters; Linux says it."""
    command = [sys.executable, "-m", "tests.benchmarks.letters", str(count)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout)


if __name__ == "__main__":
    render_batch(different_letters(int(sys.argv[1])))
    (most,) = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))
    print(most)
