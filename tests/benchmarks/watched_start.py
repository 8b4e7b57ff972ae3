"""OrderDesk as it starts, saying when its window and when its rows are painted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTableView
from typing_extensions import override

from orderdesk import app
from orderdesk.ui.main_window import MainWindow

if TYPE_CHECKING:
    from orderdesk.ui.desk import Desk


class _WatchedWindow(MainWindow):
    """Says "painted" just as the empty window does."""

    _said = False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._said:
            self._said = True
            print("painted", flush=True)

    @override
    def furnish(self, desk: Desk) -> None:
        super().furnish(desk)
        table = self.current_page.findChild(QTableView)
        assert table is not None
        self._watcher = _TableWatcher(table)


class _TableWatcher(QObject):
    """Says "rows" when a table that has some is painted."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        table.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._table.model().rowCount():
            self._table.viewport().removeEventFilter(self)
            QTimer.singleShot(0, self._say)
        return False

    def _say(self) -> None:
        print("rows", flush=True)
        QApplication.closeAllWindows()


def main() -> None:
    app.MainWindow = _WatchedWindow  # type: ignore[misc]
    app.run_window(Path(sys.argv[1]), None)
