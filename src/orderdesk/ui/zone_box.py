"""Choosing a time zone: by its town or by what people call it."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, Qt, QTimeZone
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter
from typing_extensions import override

from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.widgets import DropDown, framed, narrow
from orderdesk.ui.words import tr

# The others are older names of these, or no towns.
_PARTS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


class ZoneBox(DropDown):
    """All zones to choose from, found by any part of what they are called; what is typed and none stays the one before."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setLineEdit(LineEdit(""))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        usual = (each for each in available_timezones() if each.startswith(_PARTS))
        for each in sorted({*usual, "UTC", zone}):
            self.addItem(_called(each), each)
        self.setCurrentIndex(self.findData(zone))
        found = QCompleter(self.model(), self)
        found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(framed(found))
        narrow(self)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setEditText(self.itemText(self.currentIndex()))


def _called(zone: str) -> str:
    """`America/Los Angeles · Pacific Standard Time`."""
    if not zone:
        return tr("that of this computer")
    name = QTimeZone(zone.encode()).displayName(QTimeZone.TimeType.GenericTime, QTimeZone.NameType.LongName, QLocale())
    return " · ".join(dict.fromkeys((zone.replace("_", " "), name)))
