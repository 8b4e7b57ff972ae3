"""Work off the GUI thread: one worker, one queue; each piece of work is a Task that says how it went."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from orderdesk.domain.errors import CanceledError

if TYPE_CHECKING:
    from orderdesk.services.tasks import Progress

Work = Callable[["Progress"], Any]


class Task(QObject):
    """One piece of work, and its own Progress.

    Exactly one of succeeded, failed and canceled comes, on the GUI thread; then finished.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    canceled = Signal()
    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self, parent: QObject, title: str, work: Work) -> None:
        super().__init__(parent)
        self.title = title
        self._work = work
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; work that has not begun never does."""
        self._stop.set()

    def step(self, done: int, total: int, text: str = "") -> None:
        if self._stop.is_set():
            raise CanceledError
        self.progressed.emit(done, total, text)

    def run(self) -> None:
        """Do the work, on the worker's thread: the one boundary where any error is caught."""
        try:
            if self._stop.is_set():
                raise CanceledError
            answer = self._work(self)
        except CanceledError:
            self.canceled.emit()
        except Exception as error:  # noqa: BLE001  # whatever it is, the seller is told and the worker goes on
            self.failed.emit(error)
        else:
            self.succeeded.emit(answer)
        self.finished.emit()


class TaskRunner(QObject):
    """One worker thread and its queue. A plain thread, not a pool: the store keeps one connection per thread."""

    began = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Work, title: str = "") -> Task:
        """Queue the work. A titled task is shown with its progress; an untitled one is silent.

        It starts when the event loop turns next, so that whoever called this can still connect to the task.
        """
        task = Task(self, title, work)
        task.finished.connect(task.deleteLater)
        if title:
            self.began.emit(task)
        QTimer.singleShot(0, task, lambda: self._queue.put(task))
        return task

    def stop(self) -> None:
        """Let the present task end, drop the thread."""
        self._queue.put(None)
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while (task := self._queue.get()) is not None:
            task.run()
