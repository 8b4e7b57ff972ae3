"""Who else works on the shop's file: other programs' steps, and another file in its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from orderdesk.storage.replaced import identity, require_in_place
from orderdesk.storage.view import View

_Event = tuple[int, str, str]
_EVENTS = "SELECT id, kind, at FROM event"


class Watch:
    """What this program has seen of the file since it `began`, and which steps are its own."""

    def __init__(self, path: Path, read: Callable[[], AbstractContextManager[View]]) -> None:
        self._path = path
        self._read = read
        self._identity = identity(path)
        self._seen: _Event | None = None
        self._own: set[int] = set()

    def begin(self) -> None:
        """The file is there as it was opened: what it says by now is known."""
        self._identity = identity(self._path)
        with self._read() as view:
            self._seen = view.one(f"{_EVENTS} ORDER BY id DESC LIMIT 1")

    def note_own(self, event_id: int) -> None:
        """That step was this program's."""
        self._own.add(event_id)

    def require_in_place(self) -> None:
        """Raise StoreError where what was opened is no longer there."""
        require_in_place(self._path, self._identity)

    def changed_elsewhere(self) -> bool:
        """Whether another program has committed since this was last asked."""
        with self._read() as view:
            rows = view.all(f"{_EVENTS} WHERE id > ? ORDER BY id", (self._seen[0] if self._seen else 0,))
        self._seen = rows[-1] if rows else self._seen
        events = {row[0] for row in rows}
        foreign = events - self._own
        self._own -= events
        return bool(foreign)

    def was_replaced(self) -> bool:
        """Whether another file, or another's content, lies in the shop's place since it was opened."""
        found = identity(self._path)
        if found is None or found != self._identity:
            return found is not None
        own = max(self._own, default=None)  # asked first: what is committed later needs not be in the snapshot
        with self._read() as view:
            seen = self._seen
            if seen is not None and view.one(f"{_EVENTS} WHERE id = ?", seen[:1]) != seen:
                return True
            return own is not None and view.one(f"{_EVENTS} WHERE id = ?", (own,)) is None
