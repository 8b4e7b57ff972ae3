"""Start OrderDesk: the window without a verb, a command with one."""

from __future__ import annotations

import gc
import os
import sys
from datetime import date
from pathlib import Path


def main() -> None:
    if os.name == "posix":
        os.umask(0o077)  # customers' names and addresses are nobody else's business
    sys.exit(_start(sys.argv[1:]))


def _start(words: list[str]) -> int:
    window = window_words(words)
    if window is not None:
        return _open_window(*window)
    # Each door loads only its own half of the house, so that either is there at once.
    from orderdesk.cli.main import report_fault, run

    look_for_cycles_rarely()
    sys.excepthook = report_fault
    return run(words)


def window_words(words: list[str]) -> tuple[Path | None, date | None] | None:
    """The file and day to open the window with; None where the words hold a verb or anything else for the command line."""
    data: Path | None = None
    today: date | None = None
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        value = value if equals else next(rest, "")
        try:
            match name:
                case "--data" if value:
                    data = Path(value)
                case "--today":
                    today = date.fromisoformat(value)
                case _:
                    return None
        except ValueError:
            return None
    return data, today


def look_for_cycles_rarely() -> None:
    """Letters and imports make many objects and hardly a cycle among them: looking for some took an eighth of a batch's time."""
    gc.set_threshold(100_000)


def _open_window(data: Path | None, today: date | None) -> int:
    if not _has_display():
        print("There is no display to open the window on. See orderdesk --help for what works without one.", file=sys.stderr)
        return 1
    from orderdesk.app import run_window

    return run_window(data, today)


def _has_display() -> bool:
    """Whether a window can be opened: without a display Qt ends the process, so this is asked before Qt is loaded."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    main()
