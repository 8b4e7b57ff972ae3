"""The pages at the leading edge of the window, and when the shop was last backed up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QStyle, QWidget
from typing_extensions import override

from orderdesk.ui.icons import paint_icon
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import ENTER, column, label
from orderdesk.ui.words import tr

WIDTH = 138


class NavButton(QAbstractButton):
    """A page's name with its icon, and how many things wait there."""

    def __init__(self, title: str, image: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = image
        self.count = 0
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        self.count = count
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 37)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = colors.selected_text if self.isChecked() else colors.text
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selection if self.isChecked() else colors.hairline))
            painter.setOpacity(1.0 if self.isChecked() else 0.4)
            painter.drawRoundedRect(self.rect(), 6, 6)
            painter.setOpacity(1.0)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        paint_icon(painter, self._image, ink, self._mirrored(QRect(12, 9, 19, 19)))
        self._paint_words(painter, ink)

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        trailing = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self._mirrored(QRect(40, 0, self.width() - 44, self.height())), int(leading), self.text())
        if self.count:
            painter.drawText(self._mirrored(QRect(self.width() - 60, 0, 48, self.height())), int(trailing), f"{self.count:,}")

    def _mirrored(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)


class Sidebar(QWidget):
    """`chosen` carries the name of a page."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str, str]], theme: Theme) -> None:
        """`pages` are (name, title, icon)."""
        super().__init__()
        self.setFixedWidth(WIDTH)
        layout = column(self, spacing=2)
        layout.addWidget(label("OrderDesk", "brand", wrap=False))
        layout.addSpacing(10)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, NavButton] = {}
        for name, title, image in pages:
            button = NavButton(tr(title), image, theme, self)
            button.setObjectName(f"nav.{name}")
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            layout.addWidget(button)
            self.buttons[name] = button
        layout.addStretch(1)
        self.backed_up = label("", "muted")
        self.backed_up.setObjectName("backed-up")
        layout.addWidget(self.backed_up)

    def offer(self, name: str, offered: bool) -> None:
        """Whether a page that is not for every day stands among the others."""
        self.buttons[name].setVisible(offered)

    def offers(self, name: str) -> bool:
        return not self.buttons[name].isHidden()

    def show_page(self, name: str) -> None:
        """Mark a page; none for one that is not here."""
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == name)
        self._group.setExclusive(True)
