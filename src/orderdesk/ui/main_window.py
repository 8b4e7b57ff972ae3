"""The window itself: where it stands, what is dropped on it, and that it is painted before anything heavy is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

from orderdesk.ui import late
from orderdesk.ui.colors import DARK, LIGHT
from orderdesk.ui.memory import Memory
from orderdesk.ui.skeleton import Skeleton

if TYPE_CHECKING:
    from orderdesk.ui.desk import Desk
    from orderdesk.ui.interior import Interior
    from orderdesk.ui.window_actions import WindowActions


_USUAL = QSize(1280, 760)
# What the title bar and the edges take, as desktops draw them: how much it is here is known only once the window is shown.
_FRAME = QSize(16, 40)


def first_size(available: QSize) -> QSize:
    """The size of a window that was never opened before: the usual one, or as much of it as the screen has room for."""
    return _USUAL.boundedTo(available - _FRAME)


class MainWindow(QMainWindow):
    """`painted`: the window has been on screen once; now there is time to make what is inside."""

    painted = Signal()

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.setObjectName("main-window")
        self.setWindowTitle("OrderDesk")
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self._was_painted = False
        self._interior: Interior | None = None
        self.setCentralWidget(Skeleton(DARK if memory.recall("window/dark") else LIGHT))
        self._restore_place()

    def furnish(self, desk: Desk) -> None:
        """Make everything inside the window; the shop may be open already."""
        self._interior = late.interior.Interior(self, desk)
        self.setCentralWidget(self._interior)
        self._interior.show_first_page()

    @property
    def is_furnished(self) -> bool:
        return self._interior is not None

    @property
    def interior(self) -> Interior:
        """Everything inside the window."""
        assert self._interior is not None, "the window is not furnished yet"
        return self._interior

    @property
    def desk(self) -> Desk:
        """What every page works with."""
        return self.interior.desk

    @property
    def actions_of_window(self) -> WindowActions:
        return self.interior.actions_of_window

    @property
    def current_page(self) -> QWidget:
        return self.interior.current_page

    def show_page(self, name: str) -> QWidget:
        """Bring a page to the front."""
        return self.interior.show_page(name)

    def _restore_place(self) -> None:
        state = self._memory.recall("window/geometry")
        if not state or not self.restoreGeometry(QByteArray.fromBase64(state.encode())):
            self.resize(first_size(self.screen().availableSize()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._interior is not None and not self._interior.may_close():
            event.ignore()
            return
        self._memory.keep("window/geometry", self.saveGeometry().toBase64().toStdString())
        super().closeEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.is_furnished and self.desk.is_open:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.actions_of_window.preview_files(paths)
