"""Saving a file so that a crash or a full disk leaves the old one or the new one, never a torn one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import time
from pathlib import Path

SHOP_MARK = b"ODSK"
"""What a shop's file has for the application's name in the head of its database."""

_ABANDONED_SECONDS = 3600
_COMPANIONS = ("-wal", "-shm", "-journal")
_UNFINISHED = re.compile(rf"\..*\.[0-9a-f]{{8}}\.tmp(\.pdf|{'|'.join(_COMPANIONS)})?")


def write_atomically(path: Path, content: bytes) -> None:
    """Write through a temporary file in the same folder: written, synced, renamed, the folder synced; mode 0600.

    Raises OSError, with what was at `path` untouched and nothing left behind; so it does where a shop's file lies there, be it a
    backup.
    """
    _require_no_shop(path)
    unfinished = unfinished_path(path)
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _require_no_shop(path: Path) -> None:
    """What a database keeps beside its file is part of it."""
    beside = next((path.name.removesuffix(end) for end in _COMPANIONS if path.name.endswith(end)), path.name)
    if _is_shop(path) or _is_shop(path.with_name(beside)):
        raise FileExistsError(errno.EEXIST, "a shop's file lies there, and none is ever written over", str(path))


def _is_shop(path: Path) -> bool:
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(72)[68:] == SHOP_MARK
    return False


def unfinished_path(path: Path) -> Path:
    """A hidden file beside `path`, of a name that no other has, to be renamed to it when it is whole."""
    return path.with_name(f".{path.name[:80]}.{os.urandom(4).hex()}.tmp")


def sweep(folder: Path) -> None:
    """Take away what `unfinished_path` named and a crash left behind; what is an hour old nobody is writing any more."""
    with contextlib.suppress(OSError):
        for left in folder.glob(".*.tmp*"):
            if _UNFINISHED.fullmatch(left.name) and time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                left.unlink()


def sync_folder(folder: Path) -> None:
    """Make the new name durable too; systems that can't open a folder do so by themselves."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
