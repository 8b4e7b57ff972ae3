"""Other programs that have the same shop open, driven step by step through their pipes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PREAMBLE = f"""
import sys
sys.path[:0] = {[str(ROOT), str(ROOT / "src")]!r}
from pathlib import Path
path = Path(sys.argv[1])
def say(word): print(word, flush=True)
def wait(): return sys.stdin.readline().strip()
"""


@contextmanager
def another_program(code: str, path: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program with `path`, `say(word)` and `wait()`; ended, if it has not ended itself, with the block."""
    command = [sys.executable, "-c", PREAMBLE + code, str(path), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            yield program
        finally:
            if program.poll() is None:
                program.kill()


def hear(program: subprocess.Popen[str]) -> str:
    """The next word it says; "" when it has ended."""
    assert program.stdout is not None
    return program.stdout.readline().strip()


def tell(program: subprocess.Popen[str], word: str = "go") -> None:
    assert program.stdin is not None
    program.stdin.write(word + "\n")
    program.stdin.flush()
