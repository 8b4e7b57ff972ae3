"""Work off the GUI thread: one worker, one queue; each piece of work is a Task that says how it went."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from orderdesk.domain.errors import CanceledError

if TYPE_CHECKING:
    from orderdesk.services.tasks import Progress

Work = Callable[["Progress"], Any]
Report = Callable[[int, str, object], None]

_TELL_EVERY_SECONDS = 0.03


class Task(QObject):
    """One piece of work as the window sees it; it lives on the GUI thread alone.

    Exactly one of succeeded, failed and canceled comes; then finished.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    canceled = Signal()
    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self, parent: QObject, title: str, job: _Job) -> None:
        super().__init__(parent)
        self.title = title
        self._job = job

    def cancel(self) -> None:
        """Ask the work to stop at its next step; work that has not begun never does."""
        self._job.stop.set()

    def tell(self, what: str, value: Any) -> None:
        """Pass on what the worker reported."""
        if what == "progressed":
            self.progressed.emit(*value)
        elif what == "canceled":
            self.canceled.emit()
        else:
            (self.succeeded if what == "succeeded" else self.failed).emit(value)


class _Job:
    """The same piece of work as the worker sees it, and its Progress. No QObject: a Task may be gone before its worker knows."""

    def __init__(self, number: int, work: Work, report: Report) -> None:
        self.stop = threading.Event()
        self._number = number
        self._work = work
        self._report = report
        self._told_at = 0.0

    def step(self, done: int, total: int, text: str = "") -> None:
        if self.stop.is_set():
            raise CanceledError
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_SECONDS:
            self._told_at = now
            self._report(self._number, "progressed", (done, total, text))

    def run(self) -> tuple[int, str, object]:
        """Do the work: the one boundary where any error is caught."""
        try:
            if self.stop.is_set():
                raise CanceledError
            return self._number, "succeeded", self._work(self)
        except CanceledError:
            return self._number, "canceled", None
        except Exception as error:  # noqa: BLE001  # whatever it is, the seller is told and the worker goes on
            return self._number, "failed", error


class TaskRunner(QObject):
    """One worker thread and its queue. A plain thread, not a pool: the store keeps one connection per thread."""

    began = Signal(object)
    _reported = Signal(int, str, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count()
        self._tasks: dict[int, Task] = {}
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._reported.connect(self._deliver)  # queued: the worker reports from its own thread
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Work, title: str = "") -> Task:
        """Queue the work. A titled task is shown with its progress; an untitled one is silent.

        It starts when the event loop turns next, so that whoever called this can still connect to the task.
        """
        number = next(self._numbers)
        job = _Job(number, work, self._reported.emit)
        task = self._tasks[number] = Task(self, title, job)
        if title:
            self.began.emit(task)
        QTimer.singleShot(0, task, lambda: self._queue.put(job))
        return task

    def stop(self) -> None:
        """Let the present task end, drop the thread."""
        self._queue.put(None)
        self._thread.join(timeout=30)

    def _deliver(self, number: int, what: str, value: object) -> None:
        task = self._tasks[number]
        task.tell(what, value)
        if what != "progressed":
            task.finished.emit()
            del self._tasks[number]
            task.deleteLater()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            outcome = job.run()
            del job  # what its work holds on to is let go of on the GUI thread
            self._reported.emit(*outcome)
            del outcome
