"""Bars with their names and values, painted in the colors of the theme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from orderdesk.ui.theme import Theme

_ROW = 28
_BAR = 14
_GAP = 10
_NAME_SHARE = 0.4


class BarChart(QWidget):
    """One bar below the other, the longest over the whole width; a bar tells its name and value when pointed at."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._title = title
        self._bars: list[tuple[str, int, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_bars(self, bars: Sequence[tuple[str, int, str]]) -> None:
        """Each bar's name, value, and the value in words."""
        self._bars = list(bars)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(", ".join(f"{name}: {words}" for name, _, words in bars))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self._bars)) * _ROW)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = event.pos().y() // _ROW
            if 0 <= place < len(self._bars):
                name, _, words = self._bars[place]
                QToolTip.showText(event.globalPos(), f"{name}: {words}", self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.fontMetrics().horizontalAdvance
        names = min(self.width() * _NAME_SHARE, max((wide(name) for name, _, _ in self._bars), default=0) + 1)
        values = max((wide(words) for _, _, words in self._bars), default=0)
        room = max(1.0, self.width() - names - values - 2 * _GAP)
        most = max((value for _, value, _ in self._bars), default=0) or 1
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, (name, value, words) in enumerate(self._bars):
            self._paint_row(painter, place * _ROW, name, words, names, room * value / most, mirrored=mirrored)

    def _paint_row(
        self, painter: QPainter, top: int, name: str, words: str, names: float, length: float, *, mirrored: bool
    ) -> None:
        colors, metrics = self._theme.colors, QFontMetrics(self.font())
        boxes = (
            QRectF(0, top, names, _ROW),
            QRectF(names + _GAP, top + (_ROW - _BAR) / 2, length, _BAR),
            QRectF(names + _GAP + length + _GAP, top, self.width(), _ROW),
        )
        if mirrored:
            boxes = tuple(QRectF(self.width() - box.right(), box.y(), box.width(), box.height()) for box in boxes)  # type: ignore[assignment]
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(colors.text))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(names))
        painter.drawText(boxes[0], int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        painter.drawRoundedRect(boxes[1], 3, 3)
        painter.setPen(QColor(colors.muted))
        painter.drawText(boxes[2], int(side | Qt.AlignmentFlag.AlignVCenter), words)
