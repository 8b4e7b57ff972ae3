"""What floats over the window until Esc: the command palette, the shortcut sheet, a choice, About."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from typing_extensions import override

from orderdesk.ui.commands import CommandSet, shortcut_text, spoken
from orderdesk.ui.versions import licenses, version
from orderdesk.ui.widgets import column, ghost_button, label, row
from orderdesk.ui.words import tr


class Overlay(QFrame):
    """A card over the upper middle of the window; Esc or a click beside it closes it."""

    def __init__(self, window: QMainWindow, title: str, width: int) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("overlay")
        self.setProperty("kind", "overlay")
        self.setAccessibleName(title)
        self._width = width
        self._before = window.focusWidget()
        self.content = column(self, margins=14, spacing=10)
        head = row()
        head.addWidget(label(title, "title"), 1)
        head.addWidget(ghost_button(tr("Close"), "x", self.close_overlay))
        self.content.addLayout(head)
        window.installEventFilter(self)

    def open(self) -> None:
        """Show it and give it the keyboard."""
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def close_overlay(self) -> None:
        self.hide()
        self.deleteLater()
        if self._before is not None:
            self._before.setFocus()

    def _place(self) -> None:
        window = self._window
        width = min(self._width, window.width() - 40)
        self.setFixedWidth(width)
        height = min(self.sizeHint().height(), window.height() - 100)
        self.setGeometry((window.width() - width) // 2, 60, width, height)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


class _Chooser(Overlay):
    """A list that narrows as one types; Enter takes what is marked."""

    def __init__(self, window: QMainWindow, title: str, entries: Sequence[tuple[str, str, Callable[[], None]]]) -> None:
        super().__init__(window, title, 480)
        self._entries = entries
        self._typed = QLineEdit()
        self._typed.setObjectName("chooser.typed")
        self._typed.setAccessibleName(title)
        self._typed.setPlaceholderText(tr("Type to narrow the list"))
        self._list = QListWidget()
        self._list.setObjectName("chooser.list")
        self._list.setAccessibleName(title)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMinimumHeight(260)
        self.content.addWidget(self._typed)
        self.content.addWidget(self._list, 1)
        self.setFocusProxy(self._typed)
        self._typed.textChanged.connect(self._narrow)
        self._typed.returnPressed.connect(self._take)
        self._typed.installEventFilter(self)
        self._list.itemClicked.connect(lambda _: self._take())
        self._narrow("")

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split()
        self._list.clear()
        for place, (title, aside, _) in enumerate(self._entries):
            if all(word in title.casefold() for word in words):
                item = QListWidgetItem(f"{title}    {aside}" if aside else title)
                item.setData(Qt.ItemDataRole.UserRole, place)
                self._list.addItem(item)
        if not self._list.count():
            nothing = QListWidgetItem(tr("Nothing that can be done now is called so"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0)

    def _take(self) -> None:
        item = self._list.currentItem()
        place = item.data(Qt.ItemDataRole.UserRole) if self._list.count() else None
        if place is not None:
            _, _, act = self._entries[place]
            self.close_overlay()
            act()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._typed and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)


class CommandPalette(_Chooser):
    """Every command that is possible now, by name."""

    def __init__(self, window: QMainWindow, actions: Sequence[QAction]) -> None:
        possible = [action for action in actions if action.isEnabled()]
        super().__init__(
            window, tr("Find a command"), [(spoken(action), shortcut_text(action), action.trigger) for action in possible]
        )


def ask_which(window: QMainWindow, title: str, choices: Sequence[tuple[str, str]], chosen: Callable[[str], None]) -> None:
    """Let the seller choose one of (token, name)."""
    _Chooser(window, title, [(name, "", partial(chosen, token)) for token, name in choices]).open()


class ShortcutSheet(Overlay):
    """Every key there is, read off the commands."""

    _IN_TABLES = (
        ("J, K, ↑, ↓", "Move"),
        ("Enter", "Edit what is selected"),
        ("Ctrl+A", "Select all"),
        ("/", "Go to the filters"),
        ("Esc", "Close, clear the search"),
    )

    def __init__(self, window: QMainWindow, sets: Mapping[str, CommandSet], page: CommandSet | None) -> None:
        super().__init__(window, tr("Shortcuts"), 620)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        line = 0
        groups = [*((title, each.actions) for title, each in sets.items()), *([(tr("This page"), page.actions)] if page else [])]
        for title, actions in groups:
            rows = [(shortcut_text(action), spoken(action)) for action in actions if shortcut_text(action)]
            line = self._add(grid, line, title, rows)
        self._add(grid, line, tr("In tables"), [(keys, tr(what)) for keys, what in self._IN_TABLES])
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(420)
        area.setAccessibleName(tr("Shortcuts"))
        area.setWidget(inside)
        self.content.addWidget(area, 1)

    def _add(self, grid: QGridLayout, line: int, title: str, rows: Sequence[tuple[str, str]]) -> int:
        if rows:
            grid.addWidget(label(title, "section", wrap=False), line, 0, 1, 2)
        for place, (keys, what) in enumerate(rows, start=line + 1):
            grid.addWidget(label(keys, "muted", wrap=False), place, 0)
            grid.addWidget(label(what, wrap=False), place, 1)
        return line + len(rows) + 1


class AboutSheet(Overlay):
    """The version, and the licenses of everything inside."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window, tr("About OrderDesk"), 620)
        self.content.addWidget(label(tr("Version {}").replace("{}", version("orderdesk")), "muted"))
        self.content.addWidget(label(tr("Turns every backorder of a one-person shop into a loyal customer. MIT license.")))
        texts = QPlainTextEdit(licenses())
        texts.setReadOnly(True)
        texts.setMinimumHeight(340)
        texts.setAccessibleName(tr("Licenses"))
        self.content.addWidget(texts, 1)
