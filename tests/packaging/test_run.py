"""What packaging/run.py decides, and the set-up it makes, repairs and skips."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of Linux libraries")


def start(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Start a project's run.py as on a machine without a display."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, str(project / "packaging" / "run.py"), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=project, env=environment)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_the_supported_pythons_are_taken(run: ModuleType, version: tuple[int, int]) -> None:
    assert run.python_refusal(version) is None


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 15)])
def test_other_pythons_are_refused_with_a_sentence(run: ModuleType, version: tuple[int, int]) -> None:
    assert run.python_refusal(version) == f"OrderDesk needs Python 3.11 to 3.14; this one is 3.{version[1]}."


@pytest.mark.parametrize(
    ("system", "environment", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_display_is_told_from_the_system(run: ModuleType, system: str, environment: dict[str, str], shown: bool) -> None:
    assert run.has_display(system, environment) is shown


@pytest.mark.parametrize(
    ("words", "display", "expected"),
    [
        ([], True, []),
        ([], False, ["demo", "--out", str(Path("here", "orderdesk-demo"))]),
        (["import", "orders.csv"], True, ["import", "orders.csv"]),
        (["--json", "backorders"], False, ["--json", "backorders"]),
    ],
)
def test_the_window_the_sample_shop_or_what_was_asked(
    run: ModuleType, words: list[str], display: bool, expected: list[str]
) -> None:
    assert run.app_words(words, display, Path("here")) == expected


def test_each_sample_shop_gets_a_folder_of_its_own(run: ModuleType, tmp_path: Path) -> None:
    for name in ("orderdesk-demo", "orderdesk-demo-2", "orderdesk-demo-3"):
        assert run.app_words([], False, tmp_path) == ["demo", "--out", str(tmp_path / name)]
        (tmp_path / name).mkdir()


@pytest.mark.parametrize("words", [["-n0"], ["-n", "1"], ["--pdb"], ["-p", "no:xdist"]])
def test_the_tests_are_not_spread_where_the_caller_decides(run: ModuleType, words: list[str]) -> None:
    assert run.test_words(words) == words


def test_the_tests_are_spread_over_the_processors(run: ModuleType) -> None:
    workers = min(os.cpu_count() or 1, 4)
    assert run.test_words(["tests/domain"]) == [*(["-n", str(workers)] if workers > 1 else []), "tests/domain"]


@LINUX_ONLY
def test_only_libraries_that_cannot_be_loaded_are_missing(run: ModuleType) -> None:
    assert run.missing_libraries(["libc.so.6", "libnone-of-the-kind.so.0"]) == ["libnone-of-the-kind.so.0"]


@pytest.mark.parametrize("packages", [["libgl1"], ["libgl1", "libglib2.0-0"]])
def test_the_line_to_type_is_one_that_a_shell_understands(run: ModuleType, packages: Sequence[str]) -> None:
    by_sudo, by_su = (shlex.split(run.apt_line(packages, sudo=sudo)) for sudo in (True, False))
    assert by_sudo == ["sudo", "apt-get", "update", "&&", "sudo", "apt-get", "install", "-y", *packages]
    assert by_su == ["su", "-c", "apt-get update && apt-get install -y " + " ".join(packages)]


def test_a_fingerprint_changes_with_each_file(run: ModuleType, tmp_path: Path) -> None:
    lock, project = tmp_path / "lock", tmp_path / "project"
    seen = set()
    for content in (("a", "bc"), ("ab", "c"), ("a", "b")):
        lock.write_text(content[0])
        project.write_text(content[1])
        seen.add(run.fingerprint(lock, project))
    assert len(seen) == 3


@pytest.mark.parametrize("torn", ["", '{"venv": "Pyth', "[]"])
def test_a_torn_stamp_counts_as_none(run: ModuleType, tmp_path: Path, torn: str) -> None:
    stamp = tmp_path / "stamp"
    assert run.read_stamp(stamp) == {}
    stamp.write_text(torn)
    assert run.read_stamp(stamp) == {}


def test_the_first_start_sets_up_the_second_only_starts_and_a_changed_lock_is_added(tiny_project: Path) -> None:
    first = start(tiny_project)
    assert first.stdout == f"{['demo', '--out', str(tiny_project / 'orderdesk-demo')]}\n", first.stderr
    assert "Making a virtual environment" in first.stderr
    second = start(tiny_project, "--json", "backorders")
    assert (second.stdout, second.stderr) == ("['--json', 'backorders']\n", "")
    (tiny_project / "requirements.lock").write_text("# still nothing\n")
    third = start(tiny_project)
    assert "Installing the packages" in third.stderr
    assert "Making a virtual environment" not in third.stderr
    assert start(tiny_project).stderr == ""


def test_a_set_up_that_was_broken_off_is_made_anew(tiny_project: Path, run: ModuleType) -> None:
    start(tiny_project)
    packages = next((tiny_project / ".venv").rglob("site-packages"))
    (tiny_project / ".venv" / run.STAMP.name).unlink()
    shutil.rmtree(packages / "pip")
    again = start(tiny_project, "orders")
    assert again.stdout == "['orders']\n", again.stderr
    assert (packages / "pip").is_dir()


def test_a_moved_folder_is_set_up_anew(tiny_project: Path) -> None:
    start(tiny_project)
    moved = tiny_project.rename(tiny_project.with_name("moved desk"))
    again = start(moved, "orders")
    assert again.stdout == "['orders']\n", again.stderr
    assert str(moved) in again.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right of its own there")
@pytest.mark.parametrize("there", [True, False])
def test_what_a_linked_environment_points_at_is_left_alone(tiny_project: Path, tmp_path: Path, there: bool) -> None:
    shared = tmp_path / "shared"
    if there:
        (shared / "bin").mkdir(parents=True)
        (shared / "set-up.json").write_text("theirs")
    (tiny_project / ".venv").symlink_to(shared)
    started = start(tiny_project, "--help")
    assert started.stdout == "['--help']\n", started.stderr
    assert f"a link to {shared}" in started.stderr
    assert not (tiny_project / ".venv").is_symlink()
    assert sorted(file.name for file in shared.rglob("*")) == (["bin", "set-up.json"] if there else [])
