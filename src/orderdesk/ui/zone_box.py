"""Choosing a time zone: by its town or by what people call it."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, Qt, QTimeZone
from PySide6.QtWidgets import QComboBox, QCompleter

from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.widgets import DropDown, framed, narrow
from orderdesk.ui.words import tr

# The others are older names of these, or no towns.
_PARTS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


class ZoneBox(DropDown):
    """All zones to choose from, found by any part of what they are called. What is typed and is part of one only is that
    zone; what is none, or could be several, stays the one before.
    """

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.setEditable(True)
        line = LineEdit()
        line.editingFinished.connect(self._settle)
        self.setLineEdit(line)
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

    def _settle(self) -> None:
        typed = self.currentText()
        if typed != self.itemText(self.currentIndex()):
            found = self.findText(typed)
            self.setCurrentIndex(found if found >= 0 else self._only_one(typed))
        self.setEditText(self.itemText(self.currentIndex()))

    def _only_one(self, typed: str) -> int:
        """Where the only zone stands that is called so in part, else the one before."""
        wanted = typed.strip().casefold()
        fitting = [place for place in range(self.count()) if wanted in self.itemText(place).casefold()]
        return fitting[0] if len(fitting) == 1 else self.currentIndex()


def _called(zone: str) -> str:
    """`America/Los Angeles · Pacific Standard Time`."""
    if not zone:
        return tr("that of this computer")
    name = QTimeZone(zone.encode()).displayName(QTimeZone.TimeType.GenericTime, QTimeZone.NameType.LongName, QLocale())
    return " · ".join(dict.fromkeys((zone.replace("_", " "), name)))
