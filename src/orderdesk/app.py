"""Puts the house together and opens the window. Whoever calls this has made sure that there is a display."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from orderdesk.services.places import shop_path
from orderdesk.ui import late
from orderdesk.ui.main_window import MainWindow
from orderdesk.ui.memory import Memory
from orderdesk.ui.one_window import Claim, OneWindow

if TYPE_CHECKING:
    from datetime import date


def run_window(named: Path | None, today: date | None) -> int:
    """Open the window on a shop's file (made if there is none; the usual one if not named); the exit status.

    `today` replaces the calendar's.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("OrderDesk")
    application.setDesktopFileName("orderdesk")
    memory = Memory(user_config_path("OrderDesk", appauthor=False) / "window.ini")
    data = _shop(named, memory)
    data.absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    alone = OneWindow(data)
    if not alone.take():
        return _second_start(alone)
    window = MainWindow(memory)
    claim = Claim(alone)
    claim.called.connect(lambda: _to_front(window))

    def move_in() -> None:
        late.moving_in.move_in(window, application, data, memory, today, claim.take)

    window.painted.connect(lambda: QTimer.singleShot(0, move_in))
    window.show()
    status = application.exec()
    if window.is_furnished:
        window.desk.stop()
    claim.release()
    return status


def _shop(named: Path | None, memory: Memory) -> Path:
    """The file that was named, else the one that was open last and is still there, else the usual one."""
    last = memory.recall("window/shop")
    if named is None and not os.environ.get("ORDERDESK_DATA") and last and Path(last).is_file():
        return Path(last)
    return shop_path(str(named) if named else None)


def _second_start(alone: OneWindow) -> int:
    if alone.call_first():
        return 0
    late.boxes.say_open_elsewhere(alone.owner())
    return 1


def _to_front(window: MainWindow) -> None:
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
