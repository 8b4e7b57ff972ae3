"""Bars with their names and values, painted in the colors of the theme: lying below each other, or standing side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from orderdesk.ui.theme import Theme
from orderdesk.ui.words import tooltip

_ROW = 28
_BAR = 14
_GAP = 10
_NAME_SHARE = 0.4
_COLUMN_HEIGHT = 148
_LINE = 20
_COLUMN_SHARE = 0.55
_WIDEST_COLUMN = 34
_APART = 3
_MIDDLE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Bar:
    """What a bar is of, how long it is, and its value in words; `said` is the value in full, where that is more."""

    name: str
    value: float
    words: str
    said: str = ""

    @property
    def in_full(self) -> str:
        return f"{self.name}: {self.said or self.words}"


class BarChart(QWidget):
    """One bar below the other, the longest over the whole width; a bar tells its name and value when pointed at."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._title = title
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(", ".join(bar.in_full for bar in bars))
        self.updateGeometry()
        self.update()

    def bar_at(self, point: QPoint) -> Bar | None:
        """The bar that is pointed at."""
        place = point.y() // _ROW
        return self._bars[place] if 0 <= place < len(self._bars) else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self._bars)) * _ROW)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos())
            if bar is not None:
                QToolTip.showText(event.globalPos(), tooltip(bar.in_full), self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.fontMetrics().horizontalAdvance
        names = min(self.width() * _NAME_SHARE, max((wide(bar.name) for bar in self._bars), default=0) + 1)
        values = max((wide(bar.words) for bar in self._bars), default=0)
        room = max(1.0, self.width() - names - values - 2 * _GAP)
        most = max((bar.value for bar in self._bars), default=0) or 1
        for place, bar in enumerate(self._bars):
            self._paint_row(painter, place * _ROW, bar, names, room * bar.value / most)

    def _paint_row(self, painter: QPainter, top: int, bar: Bar, names: float, length: float) -> None:
        colors, metrics = self._theme.colors, QFontMetrics(self.font())
        name, body, value = (
            self._mirrored(box)
            for box in (
                QRectF(0, top, names, _ROW),
                QRectF(names + _GAP, top + (_ROW - _BAR) / 2, length, _BAR),
                QRectF(names + _GAP + length + _GAP, top, self.width(), _ROW),
            )
        )
        side = Qt.AlignmentFlag.AlignRight if self._is_mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(colors.text))
        shown = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, int(names))
        painter.drawText(name, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        self._paint_bar(painter, body)
        painter.setPen(QColor(colors.muted))
        painter.drawText(value, int(side | Qt.AlignmentFlag.AlignVCenter), bar.words)

    def _paint_bar(self, painter: QPainter, body: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colors.accent))
        painter.drawRoundedRect(body, 3, 3)

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _mirrored(self, box: QRectF) -> QRectF:
        if not self._is_mirrored:
            return box
        return QRectF(self.width() - box.right(), box.y(), box.width(), box.height())


class ColumnChart(BarChart):
    """Bars that stand side by side on a line, as time runs, the tallest of the whole height or of `full`.

    What is too narrow for every name leaves some out, and for the values all: they are told when a bar is pointed at.
    """

    def __init__(self, theme: Theme, title: str, *, full: float = 0) -> None:
        super().__init__(theme, title)
        self._full = full

    @override
    def bar_at(self, point: QPoint) -> Bar | None:
        along = self.width() - 1 - point.x() if self._is_mirrored else point.x()
        place = int(along // self._slot)
        return self._bars[place] if 0 <= place < len(self._bars) else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, _COLUMN_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = self.height() - _LINE
        painter.fillRect(QRectF(0, foot, self.width(), 1), QColor(self._theme.colors.border))
        most = max([self._full, *(bar.value for bar in self._bars)]) or 1
        values, every = self._have_values_room(), self._names_apart()
        for place, bar in enumerate(self._bars):
            height = (foot - _LINE) * bar.value / most
            self._paint_column(painter, place, height, bar.words if values else "")
            if (len(self._bars) - 1 - place) % every == 0:
                self._paint_words(painter, place, foot, bar.name, self._theme.colors.text)

    @property
    def _slot(self) -> float:
        return self.width() / max(1, len(self._bars))

    def _have_values_room(self) -> bool:
        """Whether none runs into the one beside it."""
        wide = [self.fontMetrics().horizontalAdvance(bar.words) for bar in self._bars]
        return all((left + right) / 2 + _APART <= self._slot for left, right in pairwise(wide) if left and right)

    def _names_apart(self) -> int:
        """Every how many columns there is room for a name; the last one is moved in from the edge."""
        widest = max((self.fontMetrics().horizontalAdvance(bar.name) for bar in self._bars), default=0)
        moved = max(0.0, (widest - self._slot) / 2)
        return max(1, math.ceil((widest + moved + _APART) / max(1.0, self._slot)))

    def _paint_column(self, painter: QPainter, place: int, height: float, words: str) -> None:
        foot, width = self.height() - _LINE, min(_WIDEST_COLUMN, self._slot * _COLUMN_SHARE)
        middle = (place + 0.5) * self._slot
        self._paint_bar(painter, self._mirrored(QRectF(middle - width / 2, foot - height, width, height)))
        self._paint_words(painter, place, foot - height - _LINE, words, self._theme.colors.muted)

    def _paint_words(self, painter: QPainter, place: int, top: float, words: str, color: str) -> None:
        """Words over or under the middle of a column, and inside of the edges."""
        painter.setPen(QColor(color))
        width = self.fontMetrics().horizontalAdvance(words) + 1
        left = max(0.0, min((place + 0.5) * self._slot - width / 2, self.width() - width))
        painter.drawText(self._mirrored(QRectF(left, top, width, _LINE)), _MIDDLE, words)
