"""When OrderDesk itself goes wrong: a log without customer data, a box without a traceback, a report to copy."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from orderdesk.domain.errors import OrderDeskError
from orderdesk.ui import late

_LOG = logging.getLogger("orderdesk")
_KEPT = 5
_latest: list[str] = []


def log_to(folder: Path) -> None:
    """Write the log into the folder: a few small files, readable by this user only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "orderdesk.log"
    path.touch(mode=0o600, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=200_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)


def log_versions() -> None:
    """Say in the log what runs here. Finding that out takes a while."""
    _LOG.info("%s", late.versions.versions())


def note(error: BaseException) -> None:
    """Log an error of ours: its kind and where in our code it was, never its message, which may hold a customer's name."""
    entry = mishap(error)
    _latest.append(entry)
    del _latest[:-_KEPT]
    _LOG.error("%s", entry)


def mishap(error: BaseException) -> str:
    """An error's kind and the places it came through, without values."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames[-12:]))
    return f"{type(error).__name__} at {places}"


def report_text() -> str:
    """What the seller can send when asking for help."""
    return "\n".join(["OrderDesk report", late.versions.versions(), *(_latest or ["No error since the start."])])


def install(show: Callable[[BaseException], None]) -> None:
    """Catch what nobody caught, in every thread: log it, then `show` it on the thread where it happened."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if not isinstance(error, OrderDeskError):
            note(error)
        show(error)

    def caught_in_thread(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            caught(hook.exc_type, hook.exc_value, hook.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
