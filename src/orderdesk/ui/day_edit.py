"""A day, typed or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QToolButton, QWidgetAction
from typing_extensions import override

from orderdesk.domain.errors import InvalidValueError
from orderdesk.ui.icons import icon
from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.typed import read_typed_day
from orderdesk.ui.words import tr


class DayEdit(LineEdit):
    """Holds a day as 2026-12-04, however it was typed. The button at its end, or Alt+Down, shows the calendar.

    Without `today` a day has to be typed with its year.
    """

    def __init__(self, text: str, today: date | None = None) -> None:
        super().__init__(text)
        self._today = today
        self.editingFinished.connect(self._show_plain)
        picture = icon("calendar", QPalette.ColorRole.PlaceholderText)
        pick = self.addAction(picture, QLineEdit.ActionPosition.TrailingPosition)
        pick.setToolTip(tr("Choose a day"))
        pick.triggered.connect(self.show_calendar)
        self.setTextMargins(-4, 0, -8, 0)  # so that a day fits into half a pane beside the picture

    def plain(self) -> str:
        """What is typed as 2026-12-04; as it is where it is no day."""
        try:
            day = read_typed_day("", self.text(), self._today)
        except InvalidValueError:
            return self.text()
        return day.isoformat() if day else ""

    def _show_plain(self) -> None:
        if self.text() != self.plain():
            self.setText(self.plain())

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
