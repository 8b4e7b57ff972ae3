from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from orderdesk.services.tasks import Progress
from orderdesk.ui.garbage import GarbageCollector
from orderdesk.ui.task_runner import TaskRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner("test")
    yield made
    made.stop()
    assert qtbot is not None


def test_an_answer_comes_back_on_the_gui_thread(runner: TaskRunner, qtbot: QtBot) -> None:
    threads: list[object] = []
    here = QThread.currentThread()
    task = runner.run(lambda _: threading.current_thread().name)
    task.succeeded.connect(lambda name: threads.extend([name, QThread.currentThread() is here]))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == ["test", True]


def test_an_error_is_handed_over_and_the_next_task_runs(runner: TaskRunner, qtbot: QtBot) -> None:
    failed = runner.run(lambda _: 1 // 0)
    with qtbot.waitSignal(failed.failed) as signal:
        pass
    assert isinstance(signal.args[0], ZeroDivisionError)
    with qtbot.waitSignal(runner.run(lambda _: 7).succeeded) as signal:
        pass
    assert signal.args == [7]


def test_cancel_stops_work_at_its_next_step(runner: TaskRunner, qtbot: QtBot) -> None:
    begun = threading.Event()
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        go_on.wait(10)
        progress.step(1, 2)

    task = runner.run(work, "Working")
    qtbot.waitUntil(begun.is_set)
    task.cancel()
    with qtbot.waitSignal(task.canceled):
        go_on.set()


def test_progress_is_told(runner: TaskRunner, qtbot: QtBot) -> None:
    task = runner.run(lambda progress: progress.step(3, 9, "Dana"))
    with qtbot.waitSignal(task.progressed) as signal:
        pass
    assert signal.args == [3, 9, "Dana"]


def test_a_worker_that_reports_without_pause_does_not_flood_the_window(runner: TaskRunner, qtbot: QtBot) -> None:
    told: list[int] = []

    def work(progress: Progress) -> None:
        for done in range(100_000):
            progress.step(done, 100_000)

    task = runner.run(work)
    task.progressed.connect(lambda done, *_: told.append(done))
    with qtbot.waitSignal(task.finished, timeout=20_000):
        pass
    assert 0 < len(told) < 1_000


def test_cycles_are_collected_on_the_gui_thread_alone(runner: TaskRunner, qtbot: QtBot) -> None:
    threads: list[str] = []

    def leave_cycles(_: Progress) -> None:
        for _ in range(20_000):
            ring: list[object] = []
            ring.append(ring)

    collector = GarbageCollector(runner)
    gc.callbacks.append(lambda *_: threads.append(threading.current_thread().name))
    try:
        with qtbot.waitSignal(runner.run(leave_cycles).finished, timeout=20_000):
            pass
        assert threads == []
        collector.look()
        assert set(threads) == {threading.main_thread().name}
    finally:
        gc.callbacks.pop()
        collector.stop()
    assert gc.isenabled()
