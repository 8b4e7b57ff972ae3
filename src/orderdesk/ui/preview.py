"""PDF pages as pictures: rendered in the worker, shown at the width of the pane."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from orderdesk.ui.theme import Theme
from orderdesk.ui.words import tr

# Twice the usual width of the pane, so that the pages are sharp on a dense screen too.
RENDER_WIDTH = 1000
_GAP = 10


def rendered_pages(pdf: bytes, width: int = RENDER_WIDTH) -> list[QImage]:
    """Each page as a picture `width` pixels wide. Run it off the GUI thread."""
    document = pdfium.PdfDocument(pdf)
    try:
        pages = []
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, prefer_bgrx=True)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
            pages.append(image)
            # Here and now: the collector runs on another thread, and pdfium is for one at a time.
            bitmap.close()
            page.close()
        return pages
    finally:
        document.close()


def scrolled_pages(pages: PagesView) -> QScrollArea:
    """The pages in a frame of their own that scrolls up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(tr("Preview"))
    area.setWidget(pages)
    return area


class PagesView(QWidget):
    """Pages one below the other, as wide as the widget. `clicked`: the seller wants to see them large."""

    clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.pages: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_pages(self, pages: Sequence[QImage]) -> None:
        self.pages = list(pages)
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return sum(round(page.height() * width / page.width()) + _GAP for page in self.pages)

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        y = 0
        for page in self.pages:
            height = round(page.height() * self.width() / page.width())
            scaled = page.scaled(
                round(self.width() * ratio),
                round(height * ratio),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            painter.drawImage(0, y, scaled)
            painter.setPen(QColor(self._theme.colors.hairline))
            painter.drawRect(0, y, self.width() - 1, height - 1)
            y += height + _GAP

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
