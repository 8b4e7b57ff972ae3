"""Asking for the rows of a page: ids and counts off the GUI thread, stale answers dropped."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from orderdesk.storage.view import View
from orderdesk.ui.desk import Desk

Row = TypeVar("Row")
Sort = tuple[tuple[str, bool], ...]
_COUNT_AFTER_MS = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page shows: its only state. `channel` is "" for all."""

    filter: str
    search: str = ""
    channel: str = ""
    sort: Sort = ()


@dataclass(frozen=True, slots=True)
class Source(Generic[Row]):
    """Where a page's rows come from."""

    ids: Callable[[View, Wanted, date], array[int]]
    rows: Callable[[View, Sequence[int], date], list[Row]]
    counts: Callable[[View, Wanted, date], dict[str, int]]


class Listing(QObject):
    """One question at a time: while it is asked, only the latest wish waits. `answered`: ids; `counted`: rows per filter."""

    answered = Signal(object)
    counted = Signal(object)

    def __init__(self, desk: Desk, source: Source[Row], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source = source
        self._asked: Wanted | None = None
        self._next: Wanted | None = None
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(_COUNT_AFTER_MS)
        self._count_later.timeout.connect(self._count)
        self._last: Wanted | None = None

    def ask(self, wanted: Wanted) -> None:
        """Have the ids of this view; an answer to an earlier question that is still under way is dropped."""
        self._next = wanted
        if self._asked is None:
            self._ask_next()

    def _ask_next(self) -> None:
        wanted, self._next = self._next, None
        if wanted is None or not self._desk.is_open:
            return
        self._asked = self._last = wanted
        ids = self._source.ids
        task = self._desk.ask(lambda view, today: ids(view, wanted, today), self._ids_came)
        task.failed.connect(self._forget)

    def _ids_came(self, ids: array[int]) -> None:
        self._asked = None
        if self._next is not None:
            self._ask_next()
            return
        self.answered.emit(ids)
        self._count_later.start()

    def _forget(self) -> None:
        self._asked = None

    def _count(self) -> None:
        wanted, counts = self._last, self._source.counts
        if wanted is not None and self._asked is None and self._desk.is_open:
            self._desk.ask(lambda view, today: counts(view, wanted, today), self.counted.emit)
