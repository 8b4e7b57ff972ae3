"""Puts the house together and opens the window. Whoever calls this has made sure that there is a display."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from orderdesk.services.places import shop_path
from orderdesk.ui import late
from orderdesk.ui.desk import Desk, Outside
from orderdesk.ui.main_window import MainWindow
from orderdesk.ui.memory import Memory
from orderdesk.ui.one_window import OneWindow
from orderdesk.ui.printing import DesktopOpener, system_printer
from orderdesk.ui.theme import Mode, Theme


def run_window(named: Path | None, today: date | None) -> int:
    """Open the window on a shop's file (made if there is none; the usual one if not named); the exit status.

    `today` replaces the calendar's.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("OrderDesk")
    application.setDesktopFileName("orderdesk")
    data = shop_path(str(named) if named else None)
    data.absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    alone = OneWindow(data)
    if not alone.take():
        return _second_start(alone)
    memory = Memory(user_config_path("OrderDesk", appauthor=False) / "window.ini")
    theme = Theme(application, Mode(memory.recall("window/theme", Mode.SYSTEM.value)))
    desk = Desk(data, Outside(system_printer(), DesktopOpener(), today), memory, theme)
    window = MainWindow(desk)
    alone.called.connect(lambda: _to_front(window))
    window.painted.connect(lambda: QTimer.singleShot(0, lambda: _move_in(window)))
    window.show()
    status = application.exec()
    desk.stop()
    alone.release()
    return status


def _move_in(window: MainWindow) -> None:
    """The window is on screen: open the shop in the worker while the pages are made."""
    desk = window.desk
    desk.open_shop()
    desk.mishap.connect(lambda error: late.boxes.show_mishap(window, error))
    desk.reports.install(desk.mishap.emit)
    window.interior.current_page.setFocus()


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
