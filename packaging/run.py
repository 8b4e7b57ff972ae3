"""Sets OrderDesk up and starts it: `python3 packaging/run.py [WORDS…]`, or `… test [PYTEST WORDS…]` to run the tests.

The same file on Debian, other Linux, macOS and Windows; standard library only. Without words the window opens, or,
where there is no display, the sample shop runs headless; any other words are handed on to `orderdesk`.
What the first start prepares (.venv in the project's folder) is reused until a lock, pyproject.toml, the Python
version or the folder changes; what an interrupted start left half done is made anew.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import itertools
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

if sys.platform != "win32":
    import fcntl

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
STAMP = VENV / "set-up.json"
RUNTIME_LOCK, TEST_LOCK = "requirements.lock", "requirements-dev.lock"
OLDEST, NEWEST = (3, 11), (3, 14)

# What the linker must find, and the Debian package that has it. On later Debians and Ubuntus some are called
# …t64; apt-get takes the old names for them too.
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
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
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


def main(words: Sequence[str]) -> NoReturn:
    refusal = python_refusal(sys.version_info[:2])
    if refusal:
        stop(refusal)
    testing = list(words[:1]) == ["test"]
    display = has_display(sys.platform, os.environ)
    if sys.platform.startswith("linux"):
        provide_system_packages(display)
    with one_at_a_time() as held:
        provide_venv(TEST_LOCK if testing else RUNTIME_LOCK, held)
    if testing:
        if not display:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.chdir(PROJECT)
        become([venv_program("python"), "-m", "pytest", *test_words(words[1:])])
    become([venv_program("orderdesk"), *app_words(words, display, Path.cwd())])


# What to do: decided from plain values.


def python_refusal(version: tuple[int, ...]) -> str | None:
    """The sentence for a Python that OrderDesk doesn't run on, or None."""
    if OLDEST <= version <= NEWEST:
        return None
    return "OrderDesk needs Python {}.{} to {}.{}; this one is {}.{}.".format(*OLDEST, *NEWEST, *version)


def has_display(system: str, environment: Mapping[str, str]) -> bool:
    if system in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def app_words(words: Sequence[str], display: bool, folder: Path) -> list[str]:
    """The words for `orderdesk`: those given; else none (the window), or, without a display, the sample shop in a new folder."""
    if words or display:
        return list(words)
    names = ("orderdesk-demo" if count == 1 else f"orderdesk-demo-{count}" for count in itertools.count(1))
    return ["demo", "--out", next(str(folder / name) for name in names if not (folder / name).exists())]


def test_words(words: Sequence[str]) -> list[str]:
    """The words for pytest: spread over the processors, unless the caller has a say in that or debugs."""
    workers = min(os.cpu_count() or 1, 4)
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb", "--trace")) or "no:xdist" in word for word in words)
    return list(words) if chosen or workers == 1 else ["-n", str(workers), *words]


def missing_libraries(needed: Iterable[str]) -> list[str]:
    """Those of the shared libraries that the linker can't load."""
    missing = []
    for name in needed:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def apt_line(packages: Sequence[str], sudo: bool) -> str:
    """The line a person types to install the packages."""
    steps = ["apt-get update", "apt-get install -y " + " ".join(packages)]
    if sudo:
        return " && ".join("sudo " + step for step in steps)
    return "su -c " + shlex.quote(" && ".join(steps))


def fingerprint(*files: Path) -> str:
    """Changes when the content of a file does."""
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()


def read_stamp(stamp: Path) -> dict[str, str]:
    """What the last finished set-up wrote: `venv` -> Python and place, a lock's name -> its fingerprint; else empty."""
    try:
        content = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


# System packages.


def provide_system_packages(display: bool) -> None:
    """Install what is missing or stop with the line to type; on a system without apt-get only hint."""
    libraries = {**DRAWING_LIBRARIES, **(WINDOW_LIBRARIES if display else {})}
    missing = missing_libraries(libraries)
    no_venv = not VENV.exists() and importlib.util.find_spec("ensurepip") is None
    if not missing and not no_venv:
        return
    if not shutil.which("apt-get"):
        hint_without_apt(missing, no_venv)
        return
    apt_install([libraries[name] for name in missing] + (["python{}.{}-venv".format(*sys.version_info)] if no_venv else []))
    left = missing_libraries(missing)
    if left:
        stop("apt-get is done, but these libraries still can't be loaded: {}".format(" ".join(left)))


def hint_without_apt(missing: Sequence[str], no_venv: bool) -> None:
    if no_venv:
        stop("This Python lacks its modules venv and ensurepip. Install them with the system's package manager.")
    say("OrderDesk's window needs libraries that were not found: {}".format(" ".join(missing)))
    say("The package manager knows their packages by these names (dnf provides, zypper search --provides, pacman -F).")


def apt_install(packages: Sequence[str]) -> None:
    right = apt_right()
    if right is None:
        line = apt_line(packages, sudo=bool(shutil.which("sudo")))
        stop(f"OrderDesk needs system packages that are missing. Install them with this line, then start again:\n{line}")
    say("Installing system packages with apt-get: {}".format(" ".join(packages)))
    install = [*right, "apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *packages]
    if quietly(install) is None:
        return
    say("Asking apt-get for the current package lists, then once more")
    problem = quietly([*right, "apt-get", "update"]) or quietly(install)
    if problem:
        stop(f"{problem}\napt-get could not install the packages: see above.")


def apt_right() -> list[str] | None:
    """What to put before apt-get so that it may install: root's or sudo's way; None where a password would be asked."""
    unattended = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if sys.platform == "win32" or os.geteuid() == 0:
        return unattended
    if shutil.which("sudo") and quietly(["sudo", "-n", "true"]) is None:
        return ["sudo", "-n", *unattended]
    return None


# The virtual environment.


@contextlib.contextmanager
def one_at_a_time() -> Iterator[tuple[int, ...]]:
    """Wait for another set-up of this folder; a pip that a killed one left running holds the lock it inherited."""
    if sys.platform == "win32":
        yield ()
    else:
        descriptor = os.open(__file__, os.O_RDONLY)
        try:
            wait_for_lock(descriptor)
            yield (descriptor,)
        finally:
            os.close(descriptor)


def wait_for_lock(descriptor: int) -> None:
    """Goes on without the lock where the file system has none."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up of this folder to end")
            fcntl.flock(descriptor, fcntl.LOCK_EX)


def provide_venv(lock: str, held: tuple[int, ...]) -> None:
    """Make or renew .venv unless it already is what the lock says. The stamp goes first and comes back last."""
    drop_link(VENV)
    venv = f"Python {sys.version_info[0]}.{sys.version_info[1]} in {VENV}"
    wanted = {name: fingerprint(PROJECT / name, PROJECT / "pyproject.toml") for name in (RUNTIME_LOCK, TEST_LOCK)}
    stamp = read_stamp(STAMP)
    sound = stamp.get("venv") == venv and all(Path(venv_program(name)).exists() for name in ("python", "orderdesk"))
    if sound and stamp.get(lock) == wanted[lock]:
        return
    STAMP.unlink(missing_ok=True)
    if not sound:
        say(f"Making a virtual environment: {VENV}")
        step([sys.executable, "-I", "-m", "venv", "--clear", str(VENV)], held)
    say(f"Installing the packages of {lock} (about a minute the first time)")
    pip_install(held, "--require-hashes", "--requirement", str(PROJECT / lock))
    say("Installing OrderDesk itself")
    pip_install(held, "--no-build-isolation", "--editable", str(PROJECT))
    provided = wanted if lock == TEST_LOCK else {RUNTIME_LOCK: wanted[RUNTIME_LOCK]}
    STAMP.write_text(json.dumps({"venv": venv, **provided}, indent=1), encoding="utf-8")


def drop_link(folder: Path) -> None:
    """Take a link at the folder's place away: made through it, the environment would empty what it points at."""
    if folder.resolve() != folder:
        say(f"{folder} is a link to {folder.resolve()}: the link is taken away, what it points at stays as it is")
        folder.unlink()


def pip_install(held: tuple[int, ...], *words: str) -> None:
    pip = [venv_program("python"), "-I", "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    step([*pip, "install", "--no-deps", *words], held)


def venv_program(name: str) -> str:
    return str(VENV / "Scripts" / f"{name}.exe" if sys.platform == "win32" else VENV / "bin" / name)


# Words and other programs.


def say(line: str) -> None:
    """To standard error: standard output belongs to the words handed on (`--json`)."""
    print(line, file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    say(sentence)
    sys.exit(1)


def step(command: Sequence[str], held: tuple[int, ...]) -> None:
    """Run a step of the set-up, or stop: what it says on the way is only about problems."""
    if subprocess.run(command, check=False, stdout=sys.stderr, pass_fds=held).returncode != 0:
        stop("The set-up stopped at this step (see above). Once that is mended, start again: it goes on by itself.")


def quietly(command: Sequence[str]) -> str | None:
    """Run a command without showing it: None when it did its work, else what it said."""
    done = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return None if done.returncode == 0 else done.stdout.strip() or f"{command[0]} failed"


def become(command: list[str]) -> NoReturn:
    """Go on as another program; Windows can't, so there its exit status is awaited."""
    if sys.platform == "win32":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
