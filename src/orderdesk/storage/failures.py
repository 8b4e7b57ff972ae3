"""What the database says when something goes wrong, in the seller's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import OrderDeskError, RefusedError, StoreError
from orderdesk.storage.backup_folder import what_to_restore
from orderdesk.storage.room import is_full

_SENTENCES = {
    "SQLITE_FULL": ("The disk is full.", "Nothing was changed. Free some space, then try again."),
    "SQLITE_BUSY": ("The shop is busy: another program is writing to it.", "Nothing was changed. Try again in a moment."),
    "SQLITE_LOCKED": ("The shop is busy: another program is writing to it.", "Nothing was changed. Try again in a moment."),
    "SQLITE_READONLY": (
        "The shop's file can't be written to.",
        "Nothing was changed. Check the permissions of the file and its folder.",
    ),
    "SQLITE_CANTOPEN": ("The shop's file can't be opened.", "Check that its folder exists and is yours."),
    "SQLITE_NOTADB": ("The file is not a shop's file, or it is damaged.", "Nothing was changed. If it was one, {restore}."),
    "SQLITE_CORRUPT": (
        "The shop's file can't be read as it should; the disk or the file may be damaged.",
        "Nothing was deleted. Close OrderDesk and check the disk; if it happens again, {restore}.",
    ),
    "SQLITE_IOERR": (
        "The disk reported an error.",
        "Nothing was changed. See that it has room and that no limit keeps files small, check the disk, then try again.",
    ),
}

_TEXTS = {
    "disk is full": "SQLITE_FULL",
    "is locked": "SQLITE_BUSY",
    "readonly": "SQLITE_READONLY",
    "unable to open": "SQLITE_CANTOPEN",
    "not a database": "SQLITE_NOTADB",
    "malformed": "SQLITE_CORRUPT",
    "disk I/O error": "SQLITE_IOERR",
}


# How SQLite may put it that it has no room.
_WHERE_FULL = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")


def full(path: Path) -> StoreError:
    """The disk that the file lies on has no room."""
    return _told("SQLITE_FULL", path)


def _told(name: str, path: Path) -> StoreError:
    sentence, remedy = _SENTENCES[name]
    return StoreError(f"{sentence} ({path})", remedy.replace("{restore}", what_to_restore(path)))


@contextmanager
def in_the_sellers_words(path: Path) -> Iterator[None]:
    """Turn errors of the database into StoreError (the disk, the file) or RefusedError (a rule of the shop)."""
    try:
        yield
    except OrderDeskError:
        raise
    except Exception as error:
        raised = explained(error, path)
        if raised is None:
            raise
        raise raised from error


def explained(error: BaseException, path: Path) -> OrderDeskError | None:
    """The same failure as a named error; None where it is no failure of the database."""
    original = getattr(error, "orig", error)
    if isinstance(original, UnicodeDecodeError):  # what a damaged page holds where text should be
        return _told("SQLITE_CORRUPT", path)
    if not isinstance(original, sqlite.Error):
        return None
    name = str(getattr(original, "sqlite_errorname", "")) or _name_by_text(str(original))
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return RefusedError("Something else in the shop still refers to what this step takes away.", "Undo that step first.")
    if name.startswith("SQLITE_CONSTRAINT"):
        return RefusedError(f"The shop's rules forbid this step ({original}).", "Nothing was changed.")
    if "invalid fts5 file format" in str(original) or str(original).startswith("no such table"):
        name = "SQLITE_CORRUPT"
    if name.startswith(_WHERE_FULL) and is_full(path.parent):
        return full(path)
    return next((_told(prefix, path) for prefix in _SENTENCES if name.startswith(prefix)), None)


def _name_by_text(said: str) -> str:
    """The backup's errors come without a name."""
    return next((name for text, name in _TEXTS.items() if text in said), "")
