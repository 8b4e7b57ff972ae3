"""News of the store for the window: every commit of this process at once, those of others by looking now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from orderdesk.domain.changes import Changes
from orderdesk.ui.task_runner import TaskRunner

if TYPE_CHECKING:
    from orderdesk.storage.store import Store

_LOOK_EVERY_MS = 1500


class ChangeFeed(QObject):
    """`committed` carries Changes, on the GUI thread, whichever thread or process made them.

    `replaced`: another shop lies in the place of this one.
    """

    committed = Signal(object)
    replaced = Signal()
    _heard = Signal(object)

    def __init__(self, questions: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self._store: Store | None = None
        self._looking = False
        self._heard.connect(self.committed)  # queued across threads: the store tells on the committing one
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def follow(self, store: Store) -> None:
        """Listen to this store from now on."""
        self._store = store
        store.subscribe(self._heard.emit)
        self._timer.start()

    def rest(self) -> None:
        """Stop looking: the store is about to close."""
        self._timer.stop()
        self._store = None

    def look(self) -> None:
        """Ask whether another process has committed, or has put another shop in the place of this one."""
        if self._store is None or self._looking:
            return
        store, self._looking = self._store, True
        task = self._questions.run(lambda _: (store.watch.was_replaced(), store.watch.changed_elsewhere()))
        task.succeeded.connect(self._looked)
        task.finished.connect(self._rested)

    def _looked(self, news: tuple[bool, bool]) -> None:
        replaced, changed = news
        if replaced:
            self.replaced.emit()
        elif changed:
            self.committed.emit(Changes(everything=True))

    def _rested(self) -> None:
        self._looking = False
