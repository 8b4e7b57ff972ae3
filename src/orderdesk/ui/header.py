"""The head of a table: titles, sort marks (several with Shift), columns moved and resized."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPolygon
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget
from typing_extensions import override

from orderdesk.ui.delegates import CELL_PAD, NUMBER_GAP, PICK, paint_check_box
from orderdesk.ui.table_model import Column
from orderdesk.ui.theme import Theme
from orderdesk.ui.words import tr

Sort = tuple[tuple[str, bool], ...]
HEIGHT = 34
_ARROW = 14


class Header(QHeaderView):
    """Paints itself: Qt's own shows one sort mark only. `sort` is (column key, descending) pairs, the first one strongest."""

    def __init__(self, columns: tuple[Column[object], ...], theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._theme = theme
        self.sort: Sort = ()
        self.all_picked = False
        self._font = QFont(parent.font())
        self._font.setWeight(QFont.Weight.DemiBold)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(HEIGHT)
        self.setMinimumSectionSize(28)
        self.setAccessibleName(tr("Columns"))

    def sorted_by(self, key: str, *, more: bool) -> Sort:
        """The sort after a click on a column: turned round if it is the one; added as a further one with `more`."""
        known = dict(self.sort)
        descending = not known[key] if key in known else False
        if not more:
            return ((key, descending),)
        if key in known:
            return tuple((name, descending if name == key else down) for name, down in self.sort)
        return (*self.sort, (key, False))

    def needed(self, section: int) -> int:
        """How wide a column is for its title to be read whole, with the mark if it sorts by it."""
        column = self._columns[section]
        if column.key == PICK:
            return column.width
        mark = _ARROW if column.key in dict(self.sort) else 0
        gap = NUMBER_GAP if column.numeric else 0
        return QFontMetrics(self._font).horizontalAdvance(tr(column.title)) + mark + gap + 2 * CELL_PAD + 1

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colors = self._theme.colors
        painter.save()
        painter.fillRect(rect, QColor(colors.window))
        painter.setPen(QColor(colors.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column = self._columns[logicalIndex]
        if column.key == PICK:
            box = QRect(rect.center().x() - 7, rect.center().y() - 8, 16, 16)
            paint_check_box(painter, box, self.all_picked, self._theme)
        else:
            self._paint_title(painter, rect, column)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, column: Column[object]) -> None:
        place = next((place for place, (key, _) in enumerate(self.sort) if key == column.key), None)
        mark = _ARROW if place is not None else 0
        inner = rect.adjusted(CELL_PAD, 0, -CELL_PAD - (NUMBER_GAP if column.numeric else 0), 0)
        room = QStyle.visualRect(self.layoutDirection(), rect, inner)
        metrics = QFontMetrics(self._font)
        title = metrics.elidedText(tr(column.title), Qt.TextElideMode.ElideRight, room.width() - mark)
        used = metrics.horizontalAdvance(title)
        leading = room.width() - used - mark if column.numeric else 0
        text = QStyle.visualRect(self.layoutDirection(), room, QRect(room.left() + leading, room.top(), used + 1, room.height()))
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.colors.text if mark else self._theme.colors.muted))
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), title)
        if place is not None:
            arrow = QRect(room.left() + leading + used + 3, room.top(), _ARROW, room.height())
            self._paint_mark(painter, QStyle.visualRect(self.layoutDirection(), room, arrow), place)

    def _paint_mark(self, painter: QPainter, rect: QRect, place: int) -> None:
        descending = self.sort[place][1]
        x, y = rect.left() + 4, rect.center().y() + 1
        tip, base = (y + 2, y - 2) if descending else (y - 2, y + 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._theme.colors.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygon([QPoint(x - 4, base), QPoint(x + 4, base), QPoint(x, tip)]))
        if len(self.sort) > 1:
            small = QFont(self._font)
            small.setPixelSize(9)
            painter.setFont(small)
            painter.setPen(QColor(self._theme.colors.accent))
            painter.drawText(QRect(x + 4, y - 9, 8, 10), int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
