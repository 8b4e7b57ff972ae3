"""Filters as chips with counts; the rarer ones behind "More"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from orderdesk.ui.flow import FlowLayout
from orderdesk.ui.words import tr


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a page: the store's token, what the chip says, whether it is always shown.

    `good`: what it means that nothing is there, where that is as it should be.
    """

    key: str
    title: str
    usual: bool = True
    good: str = ""


class FilterChips(QWidget):
    """One filter at a time. `chosen` carries its key; `left` says that the seller goes down to the rows."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, filters: Sequence[Filter]) -> None:
        super().__init__()
        self._filters = tuple(filters)
        self._counts: Mapping[str, int] = {}
        self.current = self._filters[0].key
        self._layout = FlowLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._chips = {each.key: self._chip(each) for each in self._filters}
        self._more = QPushButton(tr("More") + " ▾")
        self._more.setProperty("kind", "chip")
        self._more.setAccessibleName(tr("More filters"))
        self._more.setAutoDefault(True)
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._fill_more)
        self._layout.addWidget(self._more)
        self._show()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._show()

    def choose(self, key: str) -> None:
        """Filter by this key and say so; unknown keys are passed over."""
        if key in self._chips and key != self.current:
            self.current = key
            self.chosen.emit(key)
        self._show()

    def _chosen_by_hand(self, key: str) -> None:
        self.choose(key)
        self.left.emit()

    def focus_current(self) -> None:
        self._chips[self.current].setFocus()

    def _chip(self, each: Filter) -> QPushButton:
        chip = QPushButton()
        chip.setObjectName(f"chip.{each.key}")
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(True)
        chip.clicked.connect(lambda _checked=False: self._chosen_by_hand(each.key))
        self._layout.addWidget(chip)
        return chip

    def _show(self) -> None:
        for each in self._filters:
            chip = self._chips[each.key]
            count = self._counts.get(each.key)
            text = tr(each.title) + (f" {count:,}" if count is not None else "")
            chip.setText(text)
            chip.setAccessibleName(tr("Filter: {}").replace("{}", text))
            chip.setChecked(each.key == self.current)
            chip.setVisible(each.usual or each.key == self.current)
        self._more.setVisible(any(not each.usual for each in self._filters))
        self._layout.invalidate()
        self.updateGeometry()

    def _fill_more(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for each in self._filters:
            if not each.usual:
                count = self._counts.get(each.key, 0)
                action = menu.addAction(f"{tr(each.title)}  {count:,}")
                action.setCheckable(True)
                action.setChecked(each.key == self.current)
                action.triggered.connect(lambda _checked=False, key=each.key: self._chosen_by_hand(key))
