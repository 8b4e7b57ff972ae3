"""Whether there is room on the disk for what every use of a shop's file writes beside it."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

# SQLite's index of its log takes half of it, the log itself the rest.
_LEAST = 64 * 1024


def is_full(folder: Path) -> bool:
    """Whether the disk has no room left; one that can't tell counts as having some."""
    with contextlib.suppress(OSError):
        usage = shutil.disk_usage(folder)
        return usage.total > 0 and usage.free < _LEAST
    return False


def has_room(shop: Path) -> bool:
    """Whether a shop's file can be used as always: there is room, or what is needed beside it is there already."""
    return Path(f"{shop}-shm").exists() or not is_full(shop.parent)
