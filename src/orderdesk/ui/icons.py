"""Lucide icons that take the colors of the theme, sharp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from orderdesk.resources import resource


def paint_icon(painter: QPainter, name: str, color: str, rect: QRect) -> None:
    """Draw an icon in a color (#RRGGBB) into the rectangle."""
    _renderer(name, color).render(painter, QRectF(rect))


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """An icon in the color that the palette has for `role` at the moment it is painted."""
    return QIcon(_ThemedEngine(name, role))


@lru_cache(maxsize=512)
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    return QSvgRenderer(QByteArray(drawing.encode()))


class _ThemedEngine(QIconEngine):
    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self._role = role

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        paint_icon(painter, self._name, QApplication.palette().color(group, self._role).name(), rect)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    @override
    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._name, self._role)
