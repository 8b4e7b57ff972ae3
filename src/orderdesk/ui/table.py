"""The table of every page: rows picked by mouse and keyboard, columns chosen, moved, resized and remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QWidget
from typing_extensions import override

from orderdesk.ui.columns import ColumnLayout
from orderdesk.ui.delegates import EMPTY, PICK, ROW_HEIGHT, RowDelegate
from orderdesk.ui.header import Header, Sort
from orderdesk.ui.memory import Memory
from orderdesk.ui.table_model import PAGE, Index, TableModel
from orderdesk.ui.theme import Theme

_SelectionFlag = QItemSelectionModel.SelectionFlag
_LETTER_MOVES = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}
_MOVES = {
    *_LETTER_MOVES,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}


class Table(QTableView):
    """`picked`: the selection is another one. `opened`: Enter or a double click on a row. `resorted`: another order is wanted."""

    picked = Signal()
    opened = Signal(int)
    resorted = Signal()
    filter_wanted = Signal()
    unticked = Signal(object)

    def __init__(self, name: str, model: TableModel[Any], theme: Theme, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.table")
        self.rows = model
        self._theme = theme
        self._room = 0
        self._ticking = self._left_menu = False
        self._needed: dict[int, int] = {}
        self.head = Header(model.columns, theme, self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self._delegate = RowDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self._configure()
        self.layout_of_columns = ColumnLayout(name, self.head, model.columns, memory)
        self.layout_of_columns.changed.connect(self._columns_changed)
        self.layout_of_columns.restore()
        self._delegate.lead = self.layout_of_columns.lead()
        self.head.sectionClicked.connect(self._head_clicked)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        for change in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            change.connect(self._tick_all)
        for refresh in (model.dataChanged, model.modelReset):
            refresh.connect(self._measure)
        theme.changed.connect(self._repaint)

    def _configure(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)

    # -- what is picked

    def picked_ids(self) -> list[int]:
        """Ids of the selected rows, in the order of the view."""
        selection = self.selectionModel().selection()
        ranges = sorted((each.top(), each.bottom()) for each in map(selection.at, range(selection.count())))
        return [row_id for top, bottom in ranges for row_id in self.rows.ids[top : bottom + 1]]

    def current_id(self) -> int | None:
        place = self.currentIndex().row()
        return self.rows.ids[place] if 0 <= place < len(self.rows.ids) else None

    def id_after(self, ids: Sequence[int]) -> int | None:
        """The row below all of these; None at the end of the view."""
        below = max(self.rows.places_of(ids), default=-1) + 1
        return self.rows.ids[below] if 0 < below < len(self.rows.ids) else None

    def pick(self, row_id: int) -> bool:
        """Select just that row and bring it into view; False if the view does not have it."""
        place = self.rows.place_of(row_id)
        if place is None:
            return False
        self.pick_place(place)
        return True

    def pick_place(self, place: int) -> None:
        """Select just the row at that place. Qt's selectRow fails, mirrored, where the last column is hidden."""
        self._ticking = False
        index = self.rows.index(place, self._delegate.lead)
        self.selectionModel().setCurrentIndex(index, _SelectionFlag.ClearAndSelect | _SelectionFlag.Rows)
        self.scrollTo(index)

    def keep_picked(self, ids: Sequence[int], current: int | None) -> None:
        """Select these rows again, as far as they are still there, without scrolling."""
        if self.picked_ids() == list(ids):
            return
        selection = QItemSelection()
        last = len(self.rows.columns) - 1
        for top, bottom in runs(self.rows.places_of(ids)):
            selection.select(self.rows.index(top, 0), self.rows.index(bottom, last))
        model = self.selectionModel()
        place = self.rows.place_of(current) if current is not None else None
        if place is not None:
            model.setCurrentIndex(self.rows.index(place, self._delegate.lead), _SelectionFlag.NoUpdate)
        model.select(selection, _SelectionFlag.ClearAndSelect | _SelectionFlag.Rows)

    def tick_again(self, ids: Sequence[int]) -> None:
        """Tick rows whose ticks went as another row was clicked."""
        self._ticking = True
        self.keep_picked(ids, None)

    def _selection_changed(self) -> None:
        self._tick_all()
        self.picked.emit()

    def _tick_all(self) -> None:
        """The box in the head says whether every row is ticked."""
        picked, ticked = len(self.picked_ids()), self._delegate.ticks
        self._delegate.ticks = self._ticking or picked > 1
        self.head.all_picked = self._delegate.ticks and 0 < picked == len(self.rows.ids)
        self._repaint_head()
        if ticked != self._delegate.ticks:
            self._repaint()  # the box of the row that was selected already has changed as well

    # -- sorting and columns

    @property
    def sort(self) -> Sort:
        return self.head.sort

    def sort_by(self, sort: Sort) -> None:
        self.head.sort = sort
        self._repaint_head()
        self.layout_of_columns.keep()
        self._fit()
        self.resorted.emit()

    def _head_clicked(self, section: int) -> None:
        column = self.rows.columns[section]
        if column.key == PICK:
            self._ticking = True
            (self.clearSelection if self.head.all_picked else self.selectAll)()
            self._tick_all()  # the only row may have been selected already
        elif column.sorts:
            more = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.sort_by(self.head.sorted_by(column.key, more=more))

    def columns_menu(self) -> QMenu:
        """Which columns are shown, each a check mark."""
        return self.layout_of_columns.menu(self)

    def _columns_changed(self) -> None:
        self._delegate.lead = self.layout_of_columns.lead()
        self._needed = {}
        self._measure()
        self._repaint()

    def _fit(self) -> None:
        needed = {place: max(wide, self.head.needed(place)) for place, wide in self._needed.items()}
        self.layout_of_columns.fit(self._room, needed, {place for place, wide in self._needed.items() if wide <= EMPTY})

    def _measure(self) -> None:
        """What the first rows need, and later those in sight. Columns only grow by it: they do not jump while one searches."""
        self.head.setResizeContentsPrecision(0 if self._needed else PAGE)
        if self.rows.ids:
            for section in self.layout_of_columns.to_measure():
                self._needed[section] = max(self.sizeHintForColumn(section), self._needed.get(section, 0))
        self._fit()

    def _repaint(self) -> None:
        self.viewport().update()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        """The frame is round a whole row; Qt paints the cell anew."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            self.viewport().update(0, self.rowViewportPosition(index.row()), self.viewport().width(), self.rowHeight(index.row()))

    def _repaint_head(self) -> None:
        """The head alone: what the model says of it would have every row painted again, with each step from row to row."""
        self.head.headerDataChanged(Qt.Orientation.Horizontal, 0, len(self.rows.columns) - 1)

    # -- mouse and keyboard

    def _double_clicked(self, index: QModelIndex) -> None:
        if self.rows.columns[index.column()].key != PICK:
            self.opened.emit(self.rows.ids[index.row()])

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        picking = index.isValid() and self.rows.columns[index.column()].key == PICK
        self._left_menu = False
        if picking and event.button() == Qt.MouseButton.LeftButton:
            self._tick(index)
            return
        ticked = self.picked_ids() if self._ticking and event.button() == Qt.MouseButton.LeftButton else []
        self._ticking = self._ticking and event.button() != Qt.MouseButton.LeftButton
        super().mousePressEvent(event)
        if len(ticked) > 1 and len(self.picked_ids()) == 1:
            self.unticked.emit(ticked)

    def _tick(self, index: QModelIndex) -> None:
        """Tick a box, or take the tick off. With the first one goes the row that the pane showed, which nobody has ticked."""
        way = _SelectionFlag.Toggle if self._delegate.ticks else _SelectionFlag.ClearAndSelect
        self._ticking = True
        self.selectionModel().setCurrentIndex(index, _SelectionFlag.NoUpdate)
        self.selectionModel().select(index, way | _SelectionFlag.Rows)
        self._tick_all()  # that row may have been the one that is selected

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._left_menu = event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        left_menu, self._left_menu = self._left_menu, False
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = Qt.Key(event.key())
        self._ticking = self._ticking and key not in _MOVES
        if plain and key in _LETTER_MOVES:
            super().keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, _LETTER_MOVES[key], Qt.KeyboardModifier.NoModifier))
        elif plain and key == Qt.Key.Key_Slash:
            self.filter_wanted.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            current = self.current_id()
            if current is not None:
                self.opened.emit(current)
        elif plain and key == Qt.Key.Key_Escape:
            event.setAccepted(left_menu)  # the page closes what is open; one more than closed a menu does nothing
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here; searching is what the search field is for."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = event.size().width()  # asking for the viewport makes PySide load every kind of widget, which takes 40 ms
        self._fit()


def runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of neighbors, of places in rising order."""
    first = 0
    for each in range(1, len(places) + 1):
        if each == len(places) or places[each] != places[each - 1] + 1:
            yield places[first], places[each - 1]
            first = each
