"""Watches what the program reaches for outside itself: files, hosts, other programs."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orderdesk.resources import resource

_OUTSIDE = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.startfile",
    "urllib.",
    "webbrowser.",
    "ctypes.dlopen",
)
# The program's own fonts, what its libraries bring (names of months, forms of addresses), and the clock's time zones.
_OWN = (resource(), Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("stdlib")), Path("/usr/share/zoneinfo"))
_watching: list[str] | None = None


def _hook(event: str, words: tuple[object, ...]) -> None:
    if _watching is None:
        return
    if event == "open" and isinstance(words[0], (str, bytes)):
        path = Path(words[0].decode() if isinstance(words[0], bytes) else words[0])
        if words[1] not in ("r", "rb", None) or not any(path.is_relative_to(own) for own in _OWN):
            _watching.append(f"open {path} ({words[1]})")
    elif event.startswith(_OUTSIDE):
        _watching.append(f"{event} {words}")


sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is opened, asked or started within the block, but for the program's own files, which are only read."""
    global _watching  # noqa: PLW0603  # a hook of the interpreter can't be taken off again
    _watching = seen = []
    try:
        yield seen
    finally:
        _watching = None
