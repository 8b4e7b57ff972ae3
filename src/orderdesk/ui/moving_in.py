"""What happens once the window is on screen: its desk is set up, the shop opened in the worker, the pages made meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from orderdesk.ui import late
from orderdesk.ui.desk import Desk, Outside
from orderdesk.ui.fallback_fonts import load_fallback_fonts
from orderdesk.ui.main_window import MainWindow
from orderdesk.ui.memory import Memory
from orderdesk.ui.printing import DesktopOpener, system_printer
from orderdesk.ui.theme import Mode, Theme


def move_in(
    window: MainWindow, application: QApplication, shop: Path, memory: Memory, today: date | None, claim: Callable[[Path], bool]
) -> None:
    """Furnish the window and open the shop in it. `today` replaces the calendar's; `claim` makes another file this window's."""
    theme = Theme(application, Mode(memory.recall("window/theme", Mode.SYSTEM.value)))
    load_fallback_fonts()
    desk = Desk(shop, Outside(system_printer(), DesktopOpener(), today, claim=claim), memory, theme)
    desk.open_shop()
    desk.mishap.connect(lambda error: late.boxes.show_mishap(window, error))
    desk.reports.install(desk.mishap.emit)
    window.furnish(desk)
    window.current_page.setFocus()
