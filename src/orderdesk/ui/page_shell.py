"""How a table page is laid out: search, chips, table, bulk bar, and the pane beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from orderdesk.ui.bulk_bar import BulkBar
from orderdesk.ui.chips import Filter, FilterChips
from orderdesk.ui.commands import Command, CommandSet, spoken
from orderdesk.ui.desk import Desk
from orderdesk.ui.empty import EmptyState
from orderdesk.ui.flow import FlowLayout
from orderdesk.ui.listing import Source
from orderdesk.ui.search_field import SearchField
from orderdesk.ui.side_pane import SidePane
from orderdesk.ui.table import Table
from orderdesk.ui.table_model import Column, TableModel
from orderdesk.ui.why_not import say_why_not
from orderdesk.ui.widgets import button, card, column, command_button
from orderdesk.ui.words import tr

Row = TypeVar("Row")
_LEAST_PANE, _MOST_PANE = 276, 400
# Of a wide window the pane has that share, and a letter in it that.
_PANE_PERCENT, _LETTER_PERCENT = 23, 32


@dataclass(frozen=True, slots=True)
class PageSpec(Generic[Row]):
    """A page, declared: its columns, filters, commands and where its rows come from.

    `nouns` are what one and many rows are called, with {} for the number, and `picked` the same of rows that are picked;
    `unpicked` stands in the pane while none is. `new` is the command that adds one, "" for none.
    """

    name: str
    title: str
    icon: str
    hint: str
    nouns: tuple[str, str]
    picked: tuple[str, str]
    unpicked: str
    new: str
    columns: Sequence[Column[Row]]
    filters: Sequence[Filter]
    commands: Sequence[Command]
    source: Source[Row]
    sort: tuple[tuple[str, bool], ...]
    sentence: Callable[[Row], str]
    key: Callable[[Row], int] = attrgetter("id")
    highlighted: Callable[[Row], bool] = lambda row: False


class PageShell(QWidget, Generic[Row]):
    """The widgets of a page. `summarized` carries a line for the status bar."""

    summarized = Signal(str)

    def __init__(self, desk: Desk, spec: PageSpec[Row]) -> None:
        super().__init__()
        self.desk = desk
        self.spec = spec
        self.setObjectName(f"page.{spec.name}")
        self.setProperty("kind", "page")
        self.commands = CommandSet(self, spec.commands)
        self.model = TableModel(
            spec.columns, self.fetch, key=spec.key, highlighted=spec.highlighted, sentence=spec.sentence, parent=self
        )
        self.search = SearchField(tr(spec.hint))
        self.search.setObjectName(f"{spec.name}.search")
        self.chips = FilterChips(spec.filters)
        self.table = Table(spec.name, self.model, desk.theme, desk.memory)
        self.table.setAccessibleName(tr(spec.title))
        self.empty = EmptyState()
        self.bulk = BulkBar(self.commands.bulk_actions())
        self.pane = SidePane(spec.name, self.table.picked_ids)
        self.setFocusProxy(self.table)
        self._lay_out()
        self._bind_keys()
        self.commands.refresh([])

    def fetch(self, ids: Sequence[int]) -> Sequence[Row]:
        """The rows of these ids, from the store; none while a backup takes its place."""
        if not self.desk.is_open:
            return []
        with self.desk.store.read() as view:
            return self.spec.source.rows(view, ids, self.desk.today())

    def show_columns_menu(self) -> None:
        self._pop_up(self.table.columns_menu(), self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height() + 2)))

    def show_row_menu(self, point: QPoint) -> None:
        """The commands for what is picked, at a point of the table."""
        menu = QMenu(self)
        self.commands.fill(menu, rows_only=True)
        self._pop_up(menu, self.table.viewport().mapToGlobal(point))

    def show_stack(self, widget: QWidget) -> None:
        """Show the table, or the empty state in its place."""
        self._stack.setCurrentWidget(widget)
        self.setFocusProxy(widget)

    def why_not(self, action: QAction) -> str:
        """Why a command is not possible now, for one who presses its keys."""
        is_picked = bool(self.table.picked_ids())
        why = tr("“{}” is not possible for what is selected.") if is_picked else tr("“{}”: select something first.")
        return why.replace("{}", spoken(action))

    def _bind_keys(self) -> None:
        """Keys without Ctrl are commands only while the table has the keyboard; the others say there why they do nothing."""
        for action in self.commands.actions:
            if action.shortcut().toString() in ("Space", "Del", "F2"):
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                self.table.addAction(action)
            elif not action.shortcut().isEmpty():
                say_why_not(self.table, self.desk, action, partial(self.why_not, action))

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(8)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._list_side())
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        key = f"{self.spec.name}/splitter"
        self._wanted_width = 0
        self.splitter.splitterMoved.connect(lambda: self.desk.memory.keep(key, self.splitter.sizes()))
        self.pane.width_wanted.connect(self._make_room)
        column(self).addWidget(self.splitter)

    def _make_room(self, wanted: int) -> None:
        """Give the pane the width that a letter or a form needs; back to the seller's own when it is closed."""
        self._wanted_width = wanted
        self._share_width(self.width())

    def _share_width(self, whole: int) -> None:
        """The list has what the pane leaves: that is as wide as the seller made it, else as fits the window."""
        kept = self.desk.memory.recall(f"{self.spec.name}/splitter")
        usual = kept[1] if kept else max(_LEAST_PANE, min(_MOST_PANE, whole * _PANE_PERCENT // 100))
        letter = whole * _LETTER_PERCENT // 100 if self._wanted_width > _MOST_PANE else 0
        width = max(letter, self._wanted_width, usual)
        self.splitter.setSizes([whole - self.splitter.handleWidth() - width, width])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width(event.size().width())

    def _list_side(self) -> QWidget:
        side = QWidget()
        layout = column(side, spacing=8)
        layout.setContentsMargins(1, 0, 1, 0)  # mirrored, Qt's splitter stands one pixel too far
        self.columns_button = button(tr("Columns"), self.show_columns_menu, image="columns-3", name=f"{self.spec.name}.columns")
        layout.addWidget(self._bar())
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

    def _bar(self) -> QWidget:
        """The search and what stands beside it; below it, where the window is narrow, what would be cut."""
        bar = QWidget()
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.top_bar = FlowLayout(bar, gap=8)
        self.top_bar.addWidget(self.search)
        self.top_bar.addWidget(self.columns_button)
        if self.spec.new:
            self.top_bar.addWidget(command_button(self.commands.action(self.spec.new), "plus", "primary"))
        return bar

    def _pop_up(self, menu: QMenu, point: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)
