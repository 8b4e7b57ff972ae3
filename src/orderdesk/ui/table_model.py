"""One model for every table: an array of ids in the view's order, and a cache of pages of the rows that are seen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from orderdesk.ui.badges import Badge
from orderdesk.ui.words import tooltip, tr

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

PAGE = 128
_PAGES_KEPT = 64
_MOST_MOVES = 2_000
_FEW = 16
_NOWHERE = QModelIndex()

# Compared as ints: an enum's comparison costs more than everything else in `data`.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column, declared once. `text` is what a cell says; `badge` draws it as a pill; `look`: plain, muted or strong.

    `sorts`: the store can order by it. `shown`: part of the first-time set, `roomy`: of that of a table that has room for it.
    `width` in pixels: up to that it has what its contents need before others have more; `stretch`: takes what is left;
    `elide_middle`: its end tells rows apart.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    width: int
    look: str = "plain"
    numeric: bool = False
    sorts: bool = True
    shown: bool = True
    roomy: bool = False
    stretch: bool = False
    elide_middle: bool = False
    badge: Callable[[Row], Badge | None] | None = None


@dataclass(slots=True)
class Shown(Generic[Row]):
    """A row with the texts and badges of its cells, made once."""

    row: Row
    texts: list[str]
    badges: list[Badge | None]
    highlighted: bool


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows by page. `fetch` answers with the rows of some ids; those that are gone are left out."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: Callable[[Sequence[int]], Sequence[Row]],
        *,
        key: Callable[[Row], int],
        highlighted: Callable[[Row], bool],
        sentence: Callable[[Row], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.ids: array[int] = array("q")
        self._fetch = fetch
        self._key = key
        self._highlighted = highlighted
        self._sentence = sentence
        self._pages: OrderedDict[int, dict[int, Row | Shown[Row]]] = OrderedDict()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role in (_DISPLAY, _TOOLTIP):
            shown = self.shown(index.row())
            text = shown.texts[index.column()] if shown else ""
            return text if role == _DISPLAY else tooltip(text)
        if role == _ALIGN:
            return _RIGHT if self.columns[index.column()].numeric else _LEFT
        if role == _ACCESSIBLE:
            shown = self.shown(index.row())
            if shown is None:
                return ""
            return self._sentence(shown.row) if index.column() == 0 else shown.texts[index.column()]
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return tr(self.columns[section].title)
        return None

    def shown(self, place: int) -> Shown[Row] | None:
        """The row at a place of the view, fetched with its page; None while it is gone from the store."""
        if not 0 <= place < len(self.ids):
            return None
        number = place // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._load(number)
        row_id = self.ids[place]
        found = page.get(row_id)
        if found is None or isinstance(found, Shown):
            return found
        # Of a page's rows only those that are seen get their texts made.
        shown = page[row_id] = self._shown(found)
        return shown

    def row(self, place: int) -> Row | None:
        shown = self.shown(place)
        return shown.row if shown else None

    def rows_of(self, ids: Sequence[int]) -> list[Row]:
        """The rows of these ids, asked of the store."""
        return list(self._fetch(ids)) if ids else []

    def place_of(self, row_id: int) -> int | None:
        """Where an id stands in the view; None if it does not."""
        try:
            return self.ids.index(row_id)
        except ValueError:
            return None

    def places_of(self, row_ids: Sequence[int]) -> list[int]:
        """Where ids stand in the view, in its order; those that do not are left out."""
        if len(row_ids) <= _FEW:
            return sorted(place for row_id in row_ids if (place := self.place_of(row_id)) is not None)
        wanted = set(row_ids)
        return [place for place, row_id in enumerate(self.ids) if row_id in wanted]

    def replace(self, ids: array[int]) -> None:
        """Show another answer: small differences are removed and inserted, so that scroll and selection stay."""
        self._pages.clear()
        start, old_end, new_end = _difference(self.ids, ids)
        if max(old_end - start, new_end - start) > _MOST_MOVES:
            self.beginResetModel()
            self.ids = ids
            self.endResetModel()
            return
        if old_end > start:
            self.beginRemoveRows(_NOWHERE, start, old_end - 1)
            self.ids = self.ids[:start] + self.ids[old_end:]
            self.endRemoveRows()
        if new_end > start:
            self.beginInsertRows(_NOWHERE, start, new_end - 1)
            self.ids = ids
            self.endInsertRows()
        self.forget()

    def forget(self) -> None:
        """Ask for the rows again as they come into view: some have changed."""
        self._pages.clear()
        if len(self.ids):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    def _load(self, number: int) -> dict[int, Row | Shown[Row]]:
        wanted = self.ids[number * PAGE : (number + 1) * PAGE]
        page: dict[int, Row | Shown[Row]] = {self._key(row): row for row in self._fetch(wanted)}
        self._pages[number] = page
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def _shown(self, row: Row) -> Shown[Row]:
        return Shown(
            row,
            [column.text(row) for column in self.columns],
            [column.badge(row) if column.badge else None for column in self.columns],
            self._highlighted(row),
        )


def _difference(old: array[int], new: array[int]) -> tuple[int, int, int]:
    """What differs between two arrays: from where, to where in the old, to where in the new."""
    start = _alike(len(old), len(new), lambda count: old[:count] == new[:count])
    end = _alike(len(old) - start, len(new) - start, lambda count: old[len(old) - count :] == new[len(new) - count :])
    return start, len(old) - end, len(new) - end


def _alike(one: int, other: int, same: Callable[[int], bool]) -> int:
    """The largest count for which `same` holds, found by halving: comparing whole slices is as fast as memory."""
    low, high = 0, min(one, other)
    if same(high):
        return high
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if same(middle) else (low, middle)
    return low
