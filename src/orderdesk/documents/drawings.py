"""Drawings (SVG) into pixels, in a process of their own: one that crashes the renderer, or keeps it busy for ever, ends there."""

from __future__ import annotations

import subprocess
import sys

import resvg_py

from orderdesk import resources
from orderdesk.domain.errors import InvalidValueError

if sys.platform != "win32":
    import resource

WIDTH = 1_200
SECONDS = 10.0
_MOST_MEMORY = 1 << 30
_UNREADABLE = 3


def draw(field: str, content: bytes) -> bytes:
    """The drawing as a PNG on white.

    Raises ValueError for one that can't be read, InvalidValueError for one that asks too much of the renderer.
    """
    command = [sys.executable, "-P", "-m", __name__]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, creationflags=flags, check=False)
    except subprocess.TimeoutExpired as error:
        raise _asks_too_much(field) from error
    if done.returncode == _UNREADABLE:
        raise ValueError("no drawing")
    if done.returncode:
        raise _asks_too_much(field)
    return done.stdout


def _asks_too_much(field: str) -> InvalidValueError:
    return InvalidValueError(field, "a drawing as intricate as this", "a simpler drawing, or the same as a PNG picture")


def _draw_for_parent() -> int:
    """Standard input as PNG to standard output; the exit status."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
        sys.stdout.buffer.write(_drawn(text))
    except ValueError:
        return _UNREADABLE
    return 0


def _drawn(text: str) -> bytes:
    """With the bundled fonts in the place of those that this computer has not: letters without one would be left out silently."""
    return resvg_py.svg_to_bytes(
        svg_string=text,
        width=WIDTH,
        background="#ffffff",
        font_dirs=[str(resources.resource("fonts"))],
        serif_family="Source Serif 4",
        sans_serif_family="Source Sans 3",
        monospace_family="IBM Plex Mono",
        cursive_family="La Belle Aurore",
        fantasy_family="Source Sans 3",
    )


if __name__ == "__main__":
    sys.exit(_draw_for_parent())
