"""Which columns a table shows, in which order, how wide, sorted by what: chosen by the seller, remembered by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from orderdesk.ui.column_widths import lacks, least, share_out
from orderdesk.ui.delegates import PICK
from orderdesk.ui.header import Header
from orderdesk.ui.memory import Memory
from orderdesk.ui.table_model import Column
from orderdesk.ui.words import tr


class ColumnLayout(QObject):
    """`changed`: another column stands first, or another set is shown."""

    changed = Signal()

    def __init__(self, name: str, head: Header, columns: tuple[Column[Any], ...], memory: Memory) -> None:
        super().__init__(head)
        self._key = f"{name}/columns"
        self._head = head
        self._columns = columns
        self._memory = memory
        self._restoring = True
        self._fitting = False
        self._chosen = False
        self._sized: set[str] = set()
        head.sectionMoved.connect(self._moved)
        head.sectionResized.connect(self._resized)
        head.sectionHandleDoubleClicked.connect(self._autosize)

    def restore(self) -> None:
        """Put the columns as they were left, or as they come."""
        kept = self._memory.recall(self._key) or {}
        self._restoring = True
        hidden, widths = kept.get("hidden"), kept.get("widths", {})
        self._chosen = hidden is not None
        self._sized.clear()
        for place, column in enumerate(self._columns):
            width = int(widths.get(column.key, column.width))
            # Earlier versions kept the widths of all columns, and of which stretch those that the seller had sized.
            if column.key in kept.get("sized", ()) or (not column.stretch and width != column.width):
                self._sized.add(column.key)
            self._head.resizeSection(place, width if column.key in self._sized else column.width)
            self._head.setSectionHidden(place, column.key in hidden if hidden is not None else column.roomy or not column.shown)
        self._order(kept.get("order", [column.key for column in self._columns]))
        known = {column.key for column in self._columns if column.sorts}
        self._head.sort = tuple((key, bool(down)) for key, down in kept.get("sort", ()) if key in known)
        self._restoring = False

    def keep(self) -> None:
        """Remember everything as it is now."""
        if self._restoring:
            return
        places = range(len(self._columns))
        hidden = [column.key for place, column in enumerate(self._columns) if self._head.isSectionHidden(place)]
        self._memory.keep(
            self._key,
            {
                **({"hidden": hidden} if self._chosen else {}),
                "order": [self._columns[self._head.logicalIndex(place)].key for place in places],
                "widths": {
                    column.key: self._head.sectionSize(place)
                    for place, column in enumerate(self._columns)
                    if column.key in self._sized
                },
                "sort": [list(each) for each in self._head.sort],
                "sized": sorted(self._sized),
            },
        )

    def lead(self) -> int:
        """The column that stands first."""
        order = (self._head.logicalIndex(place) for place in range(len(self._columns)))
        return next((section for section in order if not self._head.isSectionHidden(section)), 0)

    def free(self) -> list[int]:
        """The columns that are shown as wide as there is room for: all but those that the seller has sized."""
        places = range(len(self._columns))
        return [each for each in places if self._columns[each].key not in self._sized and not self._head.isSectionHidden(each)]

    def to_measure(self) -> list[int]:
        """The columns whose contents say how wide they are: the free ones, and those that may yet be shown."""
        roomy = [place for place, column in enumerate(self._columns) if column.roomy and not self._chosen]
        return sorted({*self.free(), *roomy})

    def fit(self, width: int, needed: Mapping[int, int], bare: Collection[int]) -> None:
        """Share out the width; `needed`: what columns take to be read whole, `bare`: those with nothing in them."""
        self._fitting = True
        if not self._chosen:
            self._show_roomy(width, needed, bare)
        free = self.free()
        taken = self._head.length() - sum(self._head.sectionSize(place) for place in free)
        for place, wide in share_out(width - taken, {place: self._columns[place] for place in free}, needed).items():
            self._head.resizeSection(place, wide)
        self._fitting = False

    def _show_roomy(self, width: int, needed: Mapping[int, int], bare: Collection[int]) -> None:
        """Until the seller chooses columns, those for wide tables are shown in their order where there is room for them.

        Not at the cost of what is to be read beside them; one that has nothing in it, only where nothing is cut either.
        """
        takes = {
            place: (self._head.sectionSize(place) if column.key in self._sized else 0) or least(column, needed.get(place))
            for place, column in enumerate(self._columns)
        }
        room = width - sum(takes[place] for place, each in enumerate(self._columns) if each.shown and not each.roomy)
        always = {place: column for place, column in enumerate(self._columns) if column.shown and not column.roomy}
        lacking = {place: lacks(column, needed.get(place, 0), takes[place]) for place, column in always.items()}
        readable = sum(lacking[place] for place, column in always.items() if not column.elide_middle)
        for place, column in enumerate(self._columns):
            if column.roomy:
                room -= takes[place]
                self._head.setSectionHidden(place, room < (sum(lacking.values()) if place in bare else readable))

    def menu(self, parent: QWidget) -> QMenu:
        """A check mark for each column, and the way back."""
        menu = QMenu(tr("Columns"), parent)
        for section, column in enumerate(self._columns):
            if column.key != PICK:
                action = menu.addAction(tr(column.title))
                action.setCheckable(True)
                action.setChecked(not self._head.isSectionHidden(section))
                action.toggled.connect(lambda shown, section=section: self.show_column(section, shown))
        menu.addSeparator()
        reset = QAction(tr("Reset columns"), menu)
        reset.triggered.connect(self.reset)
        menu.addAction(reset)
        return menu

    def show_column(self, section: int, shown: bool) -> None:
        self._chosen = True
        self._head.setSectionHidden(section, not shown)
        self.changed.emit()
        self.keep()

    def reset(self) -> None:
        """Everything as it comes."""
        self._memory.keep(self._key, {"sort": [list(each) for each in self._head.sort]})
        self.restore()
        self.changed.emit()

    def _order(self, keys: list[str]) -> None:
        sections = {column.key: place for place, column in enumerate(self._columns)}
        known = [sections[key] for key in keys if key in sections]
        # A column that a newer version brings keeps its declared place behind its neighbor.
        for column in self._columns:
            section = sections[column.key]
            if section not in known:
                known.insert(known.index(section - 1) + 1 if section else 0, section)
        for place, section in enumerate(known):
            self._head.moveSection(self._head.visualIndex(section), place)

    def _moved(self) -> None:
        self.keep()
        if not self._restoring:
            self.changed.emit()

    def _resized(self, section: int, before: int, after: int) -> None:
        if self._restoring or self._fitting:
            return
        if before and after:  # hiding and showing are no sizes
            self._sized.add(self._columns[section].key)
        self.keep()

    def _autosize(self, section: int) -> None:
        table = self._head.parentWidget()
        if isinstance(table, QTableView):
            self._head.resizeSection(section, max(table.sizeHintForColumn(section), 48))
