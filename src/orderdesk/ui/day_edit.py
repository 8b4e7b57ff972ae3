"""A day, typed or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QToolButton, QWidgetAction
from typing_extensions import override

from orderdesk.domain.errors import InvalidValueError
from orderdesk.ui import formats
from orderdesk.ui.icons import icon
from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.typed import read_typed_day
from orderdesk.ui.words import tr


class DayEdit(LineEdit):
    """Shows the day as it was understood, with its year. The button at its end, or Alt+Down, shows the calendar.

    Without `today` a day has to be typed with its year.
    """

    def __init__(self, text: str, today: date | None = None) -> None:
        super().__init__()
        self._today = today
        self.setText(text)
        self.editingFinished.connect(self._show_understood)
        picture = icon("calendar", QPalette.ColorRole.PlaceholderText)
        pick = self.addAction(picture, QLineEdit.ActionPosition.TrailingPosition)
        pick.setToolTip(tr("Choose a day"))
        pick.triggered.connect(self.show_calendar)
        self.setTextMargins(0, 0, -8, 0)  # so that a day fits into half a pane beside the picture

    @override
    def plain(self) -> str:
        """What is typed as 2026-12-04; as it is where it is no day."""
        day = self._understood(self.text())
        return day.isoformat() if day else self.text().strip()

    def meaning(self) -> str:
        """In full, what day is meant by something that could be read in another way too; "" once it is shown so, or is no day."""
        day = self._understood(self.text())
        return formats.long_day(day) if day and self.text() != formats.dated(day) else ""

    @override
    def setText(self, text: str | None) -> None:
        day = self._understood(text or "")
        super().setText(formats.dated(day) if day else text)

    def _understood(self, text: str) -> date | None:
        try:
            return read_typed_day("", text, self._today)
        except InvalidValueError:
            return None

    def _show_understood(self) -> None:
        if self.meaning():
            self.setText(self.text())

    def show_calendar(self) -> QCalendarWidget:
        """The calendar below the field, at the day that is typed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        typed = QDate.fromString(self.plain(), Qt.DateFormat.ISODate)
        if typed.isValid():
            calendar.setSelectedDate(typed)
        _dress(calendar)

        def chosen(day: QDate) -> None:
            self.setText(day.toString(Qt.DateFormat.ISODate))
            menu.close()
            self.setFocus()
            self.editingFinished.emit()

        calendar.clicked.connect(chosen)
        calendar.activated.connect(chosen)
        shown = QWidgetAction(menu)
        shown.setDefaultWidget(calendar)
        menu.addAction(shown)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()
        return calendar

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_calendar()
        else:
            super().keyPressEvent(event)


def _dress(calendar: QCalendarWidget) -> None:
    """In the window's own colors: red weekends and black arrows can't be read on a dark ground."""
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, QTextCharFormat())
    for name, picture in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
        arrow = calendar.findChild(QToolButton, name)
        if arrow is not None:
            arrow.setIcon(icon(picture))
