"""When OrderDesk itself goes wrong: a log without customer data, a box without a traceback, a report to copy."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType

from orderdesk.domain.errors import OrderDeskError
from orderdesk.ui import late

_MOST_BYTES = 200_000
_KEPT = 5
_PLACES = 12


class Reports:
    """The log of this start, and the latest mishaps for the report. Python's own logging would cost the start 15 ms."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "orderdesk.log"
        self._latest: list[str] = []

    def note(self, error: BaseException) -> None:
        """Log a mistake of ours: its kind and where in the code it was, never its message, which may hold a customer's name."""
        entry = mishap(error)
        self._latest = [*self._latest, entry][-_KEPT:]
        self.write(entry)

    def note_versions(self) -> None:
        """Say in the log what runs here. Finding that out takes a while."""
        self.write(late.versions.versions())

    def write(self, entry: str) -> None:
        """Add a line, readable by this user only; a log that can't be written stops nothing."""
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.path.exists() and self.path.stat().st_size > _MOST_BYTES:
                self.path.replace(self.path.with_suffix(".old.log"))
            self.path.touch(mode=0o600)
            with self.path.open("a", encoding="utf-8") as log:
                log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z {entry}\n")

    def text(self) -> str:
        """What the seller can send when asking for help."""
        return "\n".join(["OrderDesk report", late.versions.versions(), *(self._latest or ["No error since the start."])])

    def install(self, show: Callable[[BaseException], None]) -> None:
        """Catch what nobody caught, in every thread: log it, then `show` it on the thread where it happened."""

        def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                sys.__excepthook__(kind, error, trace)
                return
            if not isinstance(error, OrderDeskError):
                self.note(error)
            show(error)

        def caught_in_thread(hook: threading.ExceptHookArgs) -> None:
            if hook.exc_value is not None:
                caught(hook.exc_type, hook.exc_value, hook.exc_traceback)

        sys.excepthook = caught
        threading.excepthook = caught_in_thread


def mishap(error: BaseException) -> str:
    """An error's kind and the places it came through, innermost first, without values."""
    places = [f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}" for frame, line in _frames(error)]
    return f"{type(error).__name__} at {' < '.join(reversed(places[-_PLACES:]))}"


def _frames(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
