"""Sets OrderDesk up and starts it: `python3 packaging/run.py [WORDS…]`, or `… test [PYTEST WORDS…]` to run the tests.

The same file on Debian, other Linux, macOS and Windows; standard library only. Without words the window opens, or,
where there is no display, the sample shop runs headless; any other words are handed on to `orderdesk`.
What the first start prepares (.venv in the project's folder) is reused until the lock, pyproject.toml, the Python
version or the folder changes; what an interrupted start left half done is made anew.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterable, Iterator, Mapping, NoReturn, Sequence  # noqa: UP035  (parsed by old Pythons, to tell them off)

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
STAMP = VENV / "set-up.json"
DEMO_FOLDER = "orderdesk-demo"
OLDEST, NEWEST = (3, 11), (3, 14)
WINDOWS, LINUX = sys.platform == "win32", sys.platform.startswith("linux")

# What the linker must find, and the Debian package that has it. On later Debians and Ubuntus some are called
# …t64; apt-get takes the old names for them.
DRAWING_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def main(words: Sequence[str]) -> int:
    refusal = python_refusal(sys.version_info[:2])
    if refusal:
        stop(refusal)
    testing = words[:1] == ["test"]
    display = has_display(sys.platform, os.environ)
    if LINUX:
        provide_system_packages(display)
    with one_at_a_time() as held:
        provide_venv("requirements-dev.lock" if testing else "requirements.lock", held)
    if testing:
        environment = dict(os.environ) if display else {"QT_QPA_PLATFORM": "offscreen", **os.environ}
        return subprocess.call([venv_program("python"), "-m", "pytest", *test_words(words[1:])], cwd=PROJECT, env=environment)
    return become([venv_program("orderdesk"), *app_words(words, display)])


# What to do: decided from plain values.


def python_refusal(version: tuple[int, ...]) -> str | None:
    """The sentence for a Python that OrderDesk doesn't run on, or None."""
    if OLDEST <= version <= NEWEST:
        return None
    return "OrderDesk needs Python {}.{} to {}.{}; this is {}.{}.".format(*OLDEST, *NEWEST, *version)


def has_display(system: str, environment: Mapping[str, str]) -> bool:
    if system in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def app_words(words: Sequence[str], display: bool) -> list[str]:
    """The words for `orderdesk`: those given; else none (the window), or the sample shop where there is no display."""
    if words or display:
        return list(words)
    return ["demo", "--out", str(Path.cwd() / DEMO_FOLDER)]


def test_words(words: Sequence[str]) -> list[str]:
    """The words for pytest: spread over the processors unless the caller spreads them or debugs."""
    workers = min(os.cpu_count() or 1, 4)
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for word in words)
    return list(words) if chosen or workers < 2 else ["-n", str(workers), *words]


def missing_libraries(needed: Iterable[str]) -> list[str]:
    """Those of the shared libraries that the linker can't load."""
    missing = []
    for name in needed:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def fingerprint(lock: Path, python: tuple[int, ...], project: Path = PROJECT) -> str:
    """Changes with whatever the set-up depends on: lock, pyproject.toml, Python version, place of the folder."""
    parts = (lock.read_bytes(), (project / "pyproject.toml").read_bytes(), repr(python).encode(), os.fsencode(project))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def ready_locks(stamp: Path) -> dict[str, str]:
    """Lock file name -> fingerprint it was installed with; empty where no set-up was finished."""
    try:
        content = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


# System packages.


def provide_system_packages(display: bool) -> None:
    """Install what is missing, or stop with the line to type; on systems without apt-get only hint."""
    libraries = DRAWING_LIBRARIES | WINDOW_LIBRARIES if display else DRAWING_LIBRARIES
    missing = missing_libraries(libraries)
    venv_missing = not VENV.exists() and importlib.util.find_spec("ensurepip") is None
    if not missing and not venv_missing:
        return
    if not shutil.which("apt-get"):
        hint_without_apt(missing, venv_missing)
        return
    packages = [libraries[name] for name in missing]
    if venv_missing:
        packages.append("python{}.{}-venv".format(*sys.version_info))
    apt_install(packages)
    left = missing_libraries(missing)
    if left:
        stop("apt-get finished, but these libraries are still missing: {}.".format(" ".join(left)))


def hint_without_apt(missing: Sequence[str], venv_missing: bool) -> None:
    if venv_missing:
        stop("This Python lacks its modules venv and ensurepip: install them with the system's package manager.")
    say("The window needs libraries that were not found: {}.".format(" ".join(missing)))
    say("The package manager finds their packages by these names (dnf provides, zypper search --provides, pacman -F).")


def apt_install(packages: Sequence[str]) -> None:
    right = apt_right()
    if right is None:
        typed = "apt-get update && apt-get install -y " + " ".join(packages)
        typed = "sudo " + typed.replace("&& ", "&& sudo ") if shutil.which("sudo") else "su -c " + shlex.quote(typed)
        stop("OrderDesk needs system packages that are missing. Install them with this line, then start again:\n  " + typed)
    say("Installing system packages by apt-get: {}".format(" ".join(packages)))
    install = [*right, "apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *packages]
    if run_quietly(install) is None:
        return
    say("Asking apt-get for today's package lists first")
    problem = run_quietly([*right, "apt-get", "update"]) or run_quietly(install)
    if problem:
        stop(problem + "\napt-get could not install them: see above.")


def apt_right() -> list[str] | None:
    """What goes before apt-get so that it may install: root's or sudo's way; None = no right without a password."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo") and run_quietly(["sudo", "-n", "true"]) is None:
        return ["sudo", "-n", *quiet]
    return None


# The virtual environment.


@contextlib.contextmanager
def one_at_a_time() -> Iterator[tuple[int, ...]]:
    """Wait for another set-up of this folder, also for the pip that a killed one left running (it inherits the lock)."""
    if WINDOWS:
        yield ()
        return
    import fcntl

    descriptor = os.open(__file__, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield (descriptor,)
    finally:
        os.close(descriptor)


def provide_venv(lock_name: str, held: tuple[int, ...]) -> None:
    """Make or renew .venv unless it is as the lock wants it; the stamp goes first and comes back last."""
    lock = PROJECT / lock_name
    wanted = fingerprint(lock, sys.version_info[:2])
    ready = ready_locks(STAMP)
    if ready.get(lock_name) == wanted and Path(venv_program("python")).exists():
        return
    usable = bool(ready) and Path(venv_program("python")).exists() and same_python()
    STAMP.unlink(missing_ok=True)
    if not usable:
        say("Making a virtual environment in {}".format(VENV))
        step([sys.executable, "-I", "-m", "venv", "--clear", str(VENV)], held)
    say("Installing the packages of {} (the first time this takes a minute)".format(lock_name))
    pip = [venv_program("python"), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    step([*pip, "--require-hashes", "--requirement", str(lock)], held)
    say("Installing OrderDesk itself")
    step([*pip, "--no-build-isolation", "--editable", str(PROJECT)], held)
    say("Ready.")
