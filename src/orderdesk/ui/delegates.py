"""How a row of a table is painted: tint, leading bar, selection, text, badge; mirrored where the language runs the other way."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from orderdesk.ui.badges import HEIGHT, Badge, badge_pixmap, badge_width
from orderdesk.ui.theme import Theme

if TYPE_CHECKING:
    from orderdesk.ui.table_model import Column, Shown, TableModel

ROW_HEIGHT = 38
BAR_WIDTH = 4
CELL_PAD = 6
NUMBER_GAP = 6
EMPTY = NUMBER_GAP + 2 * CELL_PAD + 3
"""At most so wide is what a cell with nothing in it asks for, with the line beside it."""
_BOX = 16
_LINE_ALPHA = 130


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a TableModel straight from its rows. `lead` is the column that stands first and has the bar; `ticks`:
    what is selected was ticked, or is more than the row that the pane shows.
    """

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._view = parent
        self._theme = theme
        self.lead = 0
        self.ticks = False
        self._strong = QFont(parent.font())
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._plain = QFont(parent.font())
        self._metrics = {True: QFontMetrics(self._strong), False: QFontMetrics(self._plain)}
        self._elided = lru_cache(maxsize=8192)(self._elide)
        self._written = lru_cache(maxsize=8192)(self._write)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        model: TableModel[object] = index.model()  # type: ignore[assignment]
        shown = model.shown(index.row())
        if shown is None:
            return QSize(0, ROW_HEIGHT)
        badge = shown.badges[index.column()]
        column = model.columns[index.column()]
        width = badge_width(badge) if badge else self._written(shown.texts[index.column()], column.look == "strong")
        gap = NUMBER_GAP if column.numeric else 0
        return QSize(width + gap + 2 * CELL_PAD + 2, ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        model: TableModel[object] = index.model()  # type: ignore[assignment]
        shown = model.shown(index.row())
        if shown is None:
            return
        place = index.column()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        self._paint_ground(painter, rect, shown, selected)
        if place == self.lead and shown.highlighted:
            self._paint_bar(painter, option)
        column = model.columns[place]
        badge = shown.badges[place]
        if column.key == PICK:
            self._paint_box(painter, rect, selected and self.ticks)
        elif badge is not None:
            self._paint_badge(painter, option, badge)
        else:
            self._paint_text(painter, option, column, shown.texts[place], selected)
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            self._paint_focus(painter, rect)

    def _paint_ground(self, painter: QPainter, rect: QRect, shown: Shown[object], selected: bool) -> None:
        colors = self._theme.colors
        if selected:
            painter.fillRect(rect, ink(colors.selection))
        elif shown.highlighted:
            painter.fillRect(rect, ink(colors.tint))
        line = QColor(colors.hairline)
        line.setAlpha(_LINE_ALPHA)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)

    def _paint_bar(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect: QRect = option.rect
        bar = QRect(rect.left(), rect.top(), BAR_WIDTH, rect.height())
        direction: Qt.LayoutDirection = option.direction
        painter.fillRect(QStyle.visualRect(direction, rect, bar), ink(self._theme.colors.bar))

    def _paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, badge: Badge) -> None:
        rect: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        mirrored = direction == Qt.LayoutDirection.RightToLeft
        scale = self._view.devicePixelRatioF()
        pixmap = badge_pixmap(badge, self._theme.colors.dark, mirrored, scale, rect.width() - 2 * CELL_PAD + 2)
        width = round(pixmap.width() / scale)
        place = QRect(rect.left() + CELL_PAD - 1, rect.top() + (rect.height() - HEIGHT) // 2, width, HEIGHT)
        painter.drawPixmap(QStyle.visualRect(direction, rect, place).topLeft(), pixmap)

    def _paint_text(
        self, painter: QPainter, option: QStyleOptionViewItem, column: Column[object], text: str, selected: bool
    ) -> None:
        if not text:
            return
        colors = self._theme.colors
        strong = column.look == "strong"
        painter.setFont(self._strong if strong else self._plain)
        painter.setPen(ink(colors.selected_text if selected else colors.muted if column.look == "muted" else colors.text))
        cell: QRect = option.rect
        room = cell.adjusted(CELL_PAD, 0, -CELL_PAD - (NUMBER_GAP if column.numeric else 0), 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if mirrored:
            room = QStyle.visualRect(Qt.LayoutDirection.RightToLeft, cell, room)
        painter.drawText(
            room, _flags(mirrored, column.numeric) | reading(text), self._elided(text, room.width(), strong, column.elide_middle)
        )

    def _elide(self, text: str, width: int, strong: bool, in_the_middle: bool) -> str:
        how = Qt.TextElideMode.ElideMiddle if in_the_middle else Qt.TextElideMode.ElideRight
        return self._metrics[strong].elidedText(text, how, width)

    def _write(self, text: str, strong: bool) -> int:
        return self._metrics[strong].horizontalAdvance(text)

    def _paint_box(self, painter: QPainter, rect: QRect, selected: bool) -> None:
        paint_check_box(
            painter, QRect(rect.center().x() - _BOX // 2 + 2, rect.center().y() - _BOX // 2, _BOX, _BOX), selected, self._theme
        )

    def _paint_focus(self, painter: QPainter, rect: QRect) -> None:
        accent = QColor(self._theme.colors.accent)
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, accent)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, accent)


@cache
def ink(color: str) -> QColor:
    """A color of the palette, parsed once."""
    return QColor(color)


@cache
def _flags(mirrored: bool, numeric: bool) -> int:
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    side = Qt.AlignmentFlag.AlignTrailing if numeric else Qt.AlignmentFlag.AlignLeading
    absolute = QStyle.visualAlignment(direction, side | Qt.AlignmentFlag.AlignVCenter) | Qt.AlignmentFlag.AlignAbsolute
    return int(absolute) | int(Qt.TextFlag.TextSingleLine)


@lru_cache(maxsize=4096)
def reading(text: str) -> int:
    """The flag that keeps an order number or a Latin name in its own direction in a mirrored window."""
    first = next((each for each in map(unicodedata.bidirectional, text) if each in ("L", "R", "AL")), "L")
    return int(Qt.TextFlag.TextForceLeftToRight if first == "L" else Qt.TextFlag.TextForceRightToLeft)


# The column that shows and toggles whether its row is selected.
PICK = "pick"


def paint_check_box(painter: QPainter, box: QRect, checked: bool, theme: Theme) -> None:
    """A check box as the tables draw it."""
    colors = theme.colors
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colors.accent if checked else colors.border), 1))
    painter.setBrush(QColor(colors.accent if checked else colors.surface))
    painter.drawRoundedRect(box, 4, 4)
    if checked:
        painter.setPen(
            QPen(QColor(colors.on_accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        left, top = box.left(), box.top()
        painter.drawPolyline([QPoint(left + 4, top + 8), QPoint(left + 7, top + 11), QPoint(left + 12, top + 5)])
    painter.restore()
