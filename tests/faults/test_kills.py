"""A small campaign on every run; the whole one is `python -m tests.faults.campaign`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS, SEED = 24, 20261117


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork a process and kill it")
@pytest.mark.timeout(300)
def test_nothing_is_lost_doubled_or_half_done_when_the_program_is_killed() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.faults.campaign", "--kills", str(KILLS), "--seed", str(SEED)]
    paths = os.pathsep.join([str(root), str(root / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths})
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{KILLS} kills" in run.stdout and run.stdout.rstrip().split("; ")[-1].startswith("0 faults")
