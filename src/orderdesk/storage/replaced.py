"""Whether the shop's file is still the one that was opened: another program may have put another in its place."""

from __future__ import annotations

from pathlib import Path

from orderdesk.domain.errors import StoreError

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """What tells the file from any other of its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def require_in_place(path: Path, opened: Identity | None) -> None:
    """Raise StoreError where what was opened is no longer there: what is written to it would be lost."""
    found = identity(path)
    if found is None:
        raise StoreError(f"The shop's file {path} is gone.", "Nothing was changed. Put it back, or restore a backup.")
    if found != opened:
        raise StoreError(
            f"Another file lies in the place of {path} since it was opened.", "Nothing was changed. Open the shop again."
        )
