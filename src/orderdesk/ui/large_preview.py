"""A letter as large as the window: the whole page, or as wide as one wants it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QMainWindow, QScrollArea
from typing_extensions import override

from orderdesk.ui.overlays import Overlay
from orderdesk.ui.preview import PagesView
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import button, row
from orderdesk.ui.words import tr

# Of these pages, sharp up to twice the size of the paper on screen.
SHARP_WIDTH = 2000
_WIDTH = 1100
_STEP = 1.25
_LEAST, _MOST = 200, 2400


class LargePreview(Overlay):
    """+ and − (also Ctrl and the wheel) zoom; a click changes between the whole page and the full width; Esc closes."""

    def __init__(self, window: QMainWindow, theme: Theme, pages: Sequence[QImage]) -> None:
        super().__init__(window, tr("Letter"), _WIDTH)
        self._pages = PagesView(theme)
        self._pages.show_pages(pages)
        self._pages.clicked.connect(self._change_fit)
        self._area = QScrollArea()
        self._area.setObjectName("large.area")
        self._area.setAccessibleName(tr("Preview"))
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setMinimumHeight(360)
        self._area.setWidget(self._pages)
        self._is_whole = True
        ways = row(spacing=6)
        for text, act, name in (
            (tr("Whole page"), self.fit_page, "large.page"),
            (tr("Full width"), self.fit_width, "large.width"),
            (tr("Larger"), self.enlarge, "large.more"),
            (tr("Smaller"), self.shrink, "large.less"),
        ):
            ways.addWidget(button(text, act, name=name))
        ways.addStretch(1)
        self.content.addLayout(ways)
        self.content.addWidget(self._area, 1)
        self.setFocusProxy(self._area)

    @property
    def page_width(self) -> int:
        """How wide a page is shown."""
        return self._pages.width()

    def show_sharper(self, pages: Sequence[QImage]) -> None:
        """The same pages with more detail."""
        self._pages.show_pages(pages)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self._window.height())

    @override
    def open(self) -> None:
        super().open()
        self.content.activate()
        self.fit_page()

    def fit_page(self) -> None:
        """The whole first page."""
        self._is_whole = True
        if self._pages.pages:
            first = self._pages.pages[0]
            self._set_width(self._area.viewport().height() * first.width() // first.height())

    def fit_width(self) -> None:
        self._is_whole = False
        self._set_width(self._area.viewport().width())

    def enlarge(self) -> None:
        self._set_width(round(self.page_width * _STEP))

    def shrink(self) -> None:
        self._set_width(round(self.page_width / _STEP))

    def _change_fit(self) -> None:
        (self.fit_width if self._is_whole else self.fit_page)()

    def _set_width(self, width: int) -> None:
        wide = max(_LEAST, min(_MOST, width))
        self._pages.setFixedSize(wide, self._pages.heightForWidth(wide))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.enlarge()
        elif event.key() == Qt.Key.Key_Minus:
            self.shrink()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.enlarge if event.angleDelta().y() > 0 else self.shrink)()
