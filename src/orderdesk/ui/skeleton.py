"""What the window shows in the blink before its pages are there: its own frame, in its own colors."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from orderdesk.ui.theme import Theme

_SIDEBAR = 158
_PANE = 286


class Skeleton(QWidget):
    """The name, the place of the table, the place of the pane."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.hairline), 1))
        painter.setBrush(QColor(colors.surface))
        wide, high = self.width(), self.height()
        for card in (
            QRect(_SIDEBAR, 110, wide - _SIDEBAR - _PANE, high - 150),
            QRect(wide - _PANE + 8, 36, _PANE - 18, high - 76),
        ):
            painter.drawRoundedRect(self._mirrored(card), 8, 8)
        font = QFont(self.font())
        font.setPixelSize(17)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(QColor(colors.text))
        name = QRect(10, 34, _SIDEBAR - 20, 24)
        painter.drawText(self._mirrored(name), int(Qt.AlignmentFlag.AlignVCenter), "OrderDesk")

    def _mirrored(self, rect: QRect) -> QRect:
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return rect
        return QRect(self.width() - rect.right() - 1, rect.y(), rect.width(), rect.height())
