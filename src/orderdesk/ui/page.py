"""What the table pages have in common: search, chips, table, bulk bar, and the pane beside them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.ui.bulk_bar import BulkBar
from orderdesk.ui.chips import Filter, FilterChips
from orderdesk.ui.commands import Command, CommandSet
from orderdesk.ui.desk import Desk
from orderdesk.ui.empty import EmptyState
from orderdesk.ui.listing import Listing, Source, Wanted
from orderdesk.ui.search_field import SearchField
from orderdesk.ui.side_pane import SidePane
from orderdesk.ui.table import Table
from orderdesk.ui.table_model import Column, TableModel
from orderdesk.ui.widgets import button, card, column, command_button, row
from orderdesk.ui.words import counted, tr

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PageSpec(Generic[Row]):
    """A page, declared: its columns, filters, commands and where its rows come from.

    `nouns` are what one and many rows are called, with {} for the number; `new` is the id of the command that adds one.
    """

    name: str
    title: str
    icon: str
    hint: str
    nouns: tuple[str, str]
    new: str
    columns: Sequence[Column[Row]]
    filters: Sequence[Filter]
    commands: Sequence[Command]
    source: Source[Row]
    sort: tuple[tuple[str, bool], ...]
    key: Callable[[Row], int]
    highlighted: Callable[[Row], bool]
    sentence: Callable[[Row], str]


class TablePage(QWidget, Generic[Row]):
    """`summarized` carries a line for the status bar."""

    summarized = Signal(str)

    def __init__(self, desk: Desk, spec: PageSpec[Row]) -> None:
        super().__init__()
        self.desk = desk
        self.spec = spec
        self.setObjectName(f"page.{spec.name}")
        self.setProperty("kind", "page")
        self.commands = CommandSet(self, spec.commands)
        self.wanted = Wanted(spec.filters[0].key, sort=spec.sort)
        self._wake_rows()
        self._wake_widgets()
        self._connect()
        self.commands.refresh([])

    # -- what is there

    def _wake_rows(self) -> None:
        spec = self.spec
        self.model = TableModel(
            spec.columns, self._fetch, key=spec.key, highlighted=spec.highlighted, sentence=spec.sentence, parent=self
        )
        self.listing = Listing(self.desk, spec.source, self)

    def _wake_widgets(self) -> None:
        spec = self.spec
        self.search = SearchField(tr(spec.hint))
        self.search.setObjectName(f"{spec.name}.search")
        self.chips = FilterChips(spec.filters)
        self.table = Table(spec.name, self.model, self.desk.theme, self.desk.memory)
        self.table.setAccessibleName(tr(spec.title))
        self.empty = EmptyState()
        self.bulk = BulkBar(self.commands.bulk_actions())
        self.pane = SidePane(spec.name)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(10)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._list_side())
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes(self.desk.memory.recall(f"{spec.name}/splitter", [780, 300]))
        layout = column(self)
        layout.addWidget(self.splitter)

    def _list_side(self) -> QWidget:
        side = QWidget()
        layout = column(side, spacing=8)
        bar = row()
        bar.addWidget(self.search, 1)
        self.columns_button = button(tr("Columns"), self.show_columns_menu, image="columns-3", name=f"{self.spec.name}.columns")
        bar.addWidget(self.columns_button)
        bar.addWidget(command_button(self.commands.action(self.spec.new), "plus", "primary"))
        layout.addLayout(bar)
        layout.addWidget(self.chips)
        surface = card()
        inside = column(surface, margins=1, spacing=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        inside.addWidget(self._stack, 1)
        inside.addWidget(self.bulk)
        layout.addWidget(surface, 1)
        return side

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self._want(replace(self.wanted, search=text)))
        self.search.left.connect(self._enter_table)
        self.chips.chosen.connect(lambda key: self._want(replace(self.wanted, filter=key)))
        self.table.filter_wanted.connect(self.chips.focus_current)
        self.table.resorted.connect(lambda: self._want(replace(self.wanted, sort=self.table.sort or self.spec.sort)))
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda _: self.open_picked())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._context_menu)
        self.bulk.dismissed.connect(self.table.clearSelection)
        self.listing.answered.connect(self._rows_came)
        self.listing.counted.connect(self._counts_came)
        self.splitter.splitterMoved.connect(lambda: self.desk.memory.keep(f"{self.spec.name}/splitter", self.splitter.sizes()))
        self.pane.closed.connect(self.table.setFocus)
        self.desk.feed.committed.connect(self.changed)
        self._detail_later = QTimer(self)
        self._detail_later.setSingleShot(True)
        self._detail_later.setInterval(0)
        self._detail_later.timeout.connect(self.show_detail)
        self.wanted = replace(self.wanted, sort=self.table.sort or self.spec.sort)

    # -- what pages add

    def show_detail(self) -> None:
        """Fill the pane with what is picked."""
        raise NotImplementedError

    def open_picked(self) -> None:
        """Enter or a double click: edit what is picked."""
        raise NotImplementedError

    def touched_by(self, changes: Changes) -> bool:
        """Whether a commit may have changed what the page shows."""
        return True

    # -- asking and showing

    def refresh(self) -> None:
        """Ask again, keeping selection and scroll."""
        if self.desk.is_open:
            self.listing.ask(self.wanted)

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and self.touched_by(changes):
            self.refresh()

    def pick_when_there(self, row_id: int) -> None:
        """Show that row, dropping filter and search if they hide it."""
        self._to_pick: int | None = row_id
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.chips.choose(self.spec.filters[0].key)
        self._want(replace(self.wanted, search="", channel="", filter=self.spec.filters[0].key))

    _to_pick = None

    def _want(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.refresh()

    def _fetch(self, ids: Sequence[int]) -> Sequence[Row]:
        with self.desk.store.read() as view:
            return self.spec.source.rows(view, ids, self.desk.today())

    def _rows_came(self, ids: array[int]) -> None:
        kept, current = self.table.picked_ids(), self.table.current_id()
        self.model.replace(ids)
        self.table.keep_picked(kept, current)
        if self._to_pick is not None and self.table.pick(self._to_pick):
            self._to_pick = None
        elif ids and not self.table.picked_ids():
            self.table.selectRow(0)
        self.summarized.emit(counted(len(ids), *self.spec.nouns))
        self._show_emptiness(not ids)
        self._picked()

    def _counts_came(self, counts: dict[str, int]) -> None:
        self.chips.show_counts(counts)

    def _show_emptiness(self, is_empty: bool) -> None:
        self._stack.setCurrentWidget(self.empty if is_empty else self.table)
        if not is_empty:
            return
        if self.wanted.search or self.wanted.channel or self.wanted.filter != self.spec.filters[0].key:
            self.empty.show_message("search", tr("Nothing found"), tr("No row fits the search and the filter."), tr("Show all"), self.show_all)
        else:
            self.show_nothing_yet()

    def show_nothing_yet(self) -> None:
        """The page of a shop that has none of these yet: one action."""
        raise NotImplementedError

    def show_all(self) -> None:
        """Drop search and filter."""
        self.search.clear()
        self.chips.choose(self.spec.filters[0].key)
        self._want(replace(self.wanted, search="", channel="", filter=self.spec.filters[0].key))

    # -- what is picked

    def picked_rows(self) -> list[Row]:
        """The rows that commands look at and work on: all that are picked, read in pages from the store."""
        ids = self.table.picked_ids()
        if len(ids) == 1:
            place = self.model.place_of(ids[0])
            found = self.model.row(place) if place is not None else None
            return [found] if found is not None else []
        return self.model.rows_of(ids[:1000])

    def _picked(self) -> None:
        rows = self.picked_rows()
        self.commands.refresh(rows)
        self.bulk.show_count(len(self.table.picked_ids()))
        self._detail_later.start()

    def _enter_table(self) -> None:
        self.table.setFocus()
        if self.model.ids and not self.table.picked_ids():
            self.table.selectRow(0)

    def _context_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        self.commands.fill(menu, rows_only=True)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(point))

    def show_columns_menu(self) -> None:
        menu = self.table.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height() + 2)))

    def edit_with(self, form: Any) -> None:
        """Show a form in the pane."""
        self.pane.show_form(form)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.pane.close_top() or self.show_all()
            return
        super().keyPressEvent(event)
