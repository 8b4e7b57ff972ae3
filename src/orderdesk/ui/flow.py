"""A layout that breaks into lines as text does, from the leading side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget
from typing_extensions import override

_GAP = 6


class FlowLayout(QLayout):
    """Lines of widgets at their own sizes; one that expands pushes those after it to the end of their lines."""

    def __init__(self, parent: QWidget, *, gap: int = _GAP) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, place: int, widget: QWidget) -> None:
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), really=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, really=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, really: bool) -> int:
        y, pushed = rect.top(), False
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            pushes = any(map(_expands, line))
            if really:
                left_over = max(0, rect.width() - self._width_of(line))
                start = rect.left() + (left_over if pushed and not pushes else 0)
                self._place(line, QRect(start, y, rect.right() + 1 - start, height), rect)
            pushed = pushed or pushes
            y += height + self._gap
        return max(0, y - self._gap - rect.top())

    def _lines(self, width: int) -> Iterator[list[QLayoutItem]]:
        """The items by line."""
        line: list[QLayoutItem] = []
        for item in self._items:
            if item.isEmpty():
                continue
            if line and self._width_of([*line, item]) > width:
                yield line
                line = []
            line.append(item)
        if line:
            yield line

    def _place(self, line: list[QLayoutItem], room: QRect, whole: QRect) -> None:
        """Side by side, in the middle of the line's height; the first that expands takes what is left over."""
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        x, left_over = room.left(), max(0, room.width() - self._width_of(line))
        for item in line:
            size = item.sizeHint()
            if _expands(item):
                size, left_over = size + QSize(left_over, 0), 0
            y = room.top() + (room.height() - size.height()) // 2
            item.setGeometry(QStyle.visualRect(direction, whole, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap

    def _width_of(self, line: Sequence[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in line) + self._gap * (len(line) - 1)


def _expands(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)
