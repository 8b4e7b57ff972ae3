"""Two ways of doing the same, timed in turn, and their ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(name: str, ours: Callable[[], object], floor: Callable[[], object], *, rounds: int, aim: float) -> float:
    """Run both in turn, A B A B …, after one round that does not count; print the medians and the median of the ratios."""
    ours()
    floor()
    pairs = [(seconds(ours), seconds(floor)) for _ in range(rounds)]
    return report(name, pairs, aim=aim)


def report(name: str, pairs: list[tuple[float, float]], *, aim: float) -> float:
    ratio = statistics.median(mine / base for mine, base in pairs)
    mine, base = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    print(f"{name}: {mine:.1f} ms against {base:.1f} ms, ratio {ratio:.2f} (aim ≤ {aim}), {len(pairs)} rounds", flush=True)
    return ratio
