"""From the start of the process to the painted window, and to painted rows, against an empty main window with an empty table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.ratios import report
from tests.benchmarks.shops import online_retail_shop

_ROUNDS = 9
_EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        QTimer.singleShot(0, QApplication.quit)
application = QApplication(sys.argv)
window = Window()
window.setCentralWidget(QTableView())
window.resize(1280, 760)
window.show()
application.exec()
"""
_OURS = "import tests.benchmarks.watched_start as start; start.main()"


def run() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shop = online_retail_shop(folder)
        painted, rows = [], []
        for round_ in range(_ROUNDS + 1):
            ours = _moments(_OURS, folder, str(shop))
            empty = _moments(_EMPTY, folder)["painted"]
            if round_:
                painted.append((ours["painted"], empty))
                rows.append((ours["rows"], empty))
        report("Start to painted window", painted, aim=1.35)
        report("Start to painted rows", rows, aim=2.2)


def _moments(program: str, home: Path, *words: str) -> dict[str, float]:
    """Seconds from the start of a process to each word that it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"), "HOME": str(home)}
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", program, *words], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    moments = {line.strip(): time.perf_counter() - began for line in process.stdout}
    process.wait()
    return moments
