"""From a key typed into the search to the painted result, on a large shop and on one five times as large."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from orderdesk.ui.desk import Desk, Outside
from orderdesk.ui.main_window import MainWindow
from orderdesk.ui.memory import Memory
from orderdesk.ui.printing import DesktopOpener, system_printer
from orderdesk.ui.theme import Mode, Theme
from tests.benchmarks.shops import online_retail_shop

_WORDS = ("white", "heart", "lantern", "customer 178", "536365", "red retro", "bag", "christmas", "zz top")


class _Painted(QObject):
    """Ends a loop at the first paint of the table after the answer to a key has come."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = False
        self.loop = QEventLoop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.answered:
            QTimer.singleShot(0, self.loop.quit)
        return False


def run() -> None:
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        medians = {times: _measure(application, folder, times) for times in (1, 5)}
    print(f"Five times the shop takes {medians[5] / medians[1]:.2f} times as long per key")


def _measure(application: QApplication, folder: Path, times: int) -> float:
    shop = online_retail_shop(folder, times=times)
    memory = Memory(folder / "window.ini")
    desk = Desk(shop, Outside(system_printer(), DesktopOpener()), memory, Theme(application, Mode.LIGHT))
    window = MainWindow(desk.memory)
    window.furnish(desk)
    window.show()
    desk.open_shop()
    _wait(lambda: desk.is_open)
    page = window.show_page("orders")
    _wait(lambda: len(page.model.ids) > 0)
    page.show_all()
    _wait(lambda: len(page.model.ids) > 1000)
    taken = [seconds for word in _WORDS for seconds in _type(page, word)]
    desk.stop()
    window.close()
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)]
    median = statistics.median(taken)
    print(f"A key in the search of {times} × the shop: median {median * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms (aim ≤ 50)")
    return median


def _type(page: object, word: str) -> list[float]:
    taken = []
    for letter in word:
        painted = _Painted()
        for part in (page.table.viewport(), page.empty):  # what finds nothing shows a sentence instead of rows
            part.installEventFilter(painted)
        came = page.listing.answered.connect(lambda _ids, painted=painted: setattr(painted, "answered", True))
        began = time.perf_counter()
        QTest.keyClick(page.search, letter)
        QTimer.singleShot(3000, painted.loop.quit)
        painted.loop.exec()
        taken.append(time.perf_counter() - began)
        page.listing.answered.disconnect(came)
        for part in (page.table.viewport(), page.empty):
            part.removeEventFilter(painted)
    page.search.clear()
    _wait(lambda: len(page.model.ids) > 1000)
    return taken


def _wait(holds: object) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: holds() and loop.quit())
    timer.start(5)
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()
