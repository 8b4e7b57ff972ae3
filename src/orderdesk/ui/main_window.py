"""The window: pages at the leading side, menus, what is going on at the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget
from typing_extensions import override

from orderdesk.ui.banner import Banner
from orderdesk.ui.commands import CommandSet
from orderdesk.ui.desk import Desk
from orderdesk.ui.fallback_fonts import load_fallback_fonts
from orderdesk.ui.history_steps import HistorySteps
from orderdesk.ui.pages import PAGES, build_page
from orderdesk.ui.sidebar import Sidebar
from orderdesk.ui.status_line import StatusLine
from orderdesk.ui.toast import Toast
from orderdesk.ui.trail import Trail
from orderdesk.ui.widgets import column, row
from orderdesk.ui.window_actions import WindowActions
from orderdesk.ui.window_commands import MENUS
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr

START_PAGE = "orders"


class MainWindow(QMainWindow):
    """`painted`: the window has been on screen once; the heavy work may begin."""

    painted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("main-window")
        self.setWindowTitle("OrderDesk")
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self._pages: dict[str, QWidget] = {}
        self._was_painted = False
        self.trail = Trail()
        self._lay_out()
        self.toast = Toast(self.centralWidget())
        self.history = HistorySteps(desk, self)
        self.actions_of_window = WindowActions(self, desk)
        self.command_sets = {tr(title): CommandSet(self.actions_of_window, commands) for title, commands in MENUS}
        self._add_menus()
        self._connect()
        self._restore_place()
        self.show_page(desk.memory.recall("window/page", START_PAGE))

    # -- pages

    def page(self, name: str) -> QWidget:
        """The page of that name, made when it is first wanted."""
        if name not in self._pages:
            page = build_page(name, self)
            self._pages[name] = page
            self.stack.addWidget(page)
            summarized = getattr(page, "summarized", None)
            if summarized is not None:
                summarized.connect(self.status.show_summary)
        return self._pages[name]

    @property
    def current_page(self) -> QWidget:
        return self.stack.currentWidget()

    def show_page(self, name: str, *, remember: bool = True) -> QWidget:
        """Bring a page to the front; unknown names show the orders."""
        page = self.page(name if name in PAGES else START_PAGE)
        self.stack.setCurrentWidget(page)
        self.sidebar.show_page(name)
        self.status.show_summary("")
        if name in self.sidebar.buttons:
            self.desk.memory.keep("window/page", name)
        if remember:
            self.trail.visit(name)
        self._fill_page_menu()
        enter: Callable[[], None] | None = getattr(page, "enter", None)
        if enter is not None and self.desk.is_open:
            enter()
        page.setFocus()
        return page

    def page_commands(self) -> CommandSet | None:
        """The commands of the page in front."""
        return getattr(self.current_page, "commands", None)

    # -- parts

    def _lay_out(self) -> None:
        self.sidebar = Sidebar([(name, spec.title, spec.icon) for name, spec in PAGES.items() if spec.in_sidebar], self.desk.theme)
        self.banner = Banner()
        self.stack = QStackedWidget()
        self.status = StatusLine()
        center = QWidget()
        outer = column(center, spacing=6)
        outer.setContentsMargins(10, 6, 10, 4)
        beside = row(spacing=10)
        beside.addWidget(self.sidebar)
        right_side = QWidget()
        right = column(right_side, spacing=8)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        beside.addWidget(right_side, 1)
        outer.addLayout(beside, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(center)

    def _add_menus(self) -> None:
        self._page_menu = QMenu(self)
        for title, commands in self.command_sets.items():
            if title == tr("Help"):
                self.menuBar().addMenu(self._page_menu)
            commands.fill(self.menuBar().addMenu(title))
        self.history.attach(self.command_sets[tr("Edit")])
        self._page_actions: list[object] = []

    def _fill_page_menu(self) -> None:
        """The page's own commands: a menu, and shortcuts that are alive while the page is in front."""
        for action in list(self._page_menu.actions()):
            self._page_menu.removeAction(action)
        commands = self.page_commands()
        self._page_menu.menuAction().setVisible(commands is not None)
        if commands is not None:
            spec = getattr(self.current_page, "spec", None)
            self._page_menu.setTitle(tr(spec.title) if spec else tr("Page"))
            commands.fill(self._page_menu)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.show_page)
        self.desk.said.connect(self.toast.show_message)
        self.desk.failed.connect(lambda error: self.banner.show_problem(explain(error)))
        self.desk.runner.began.connect(self.status.follow)
        self.desk.opened.connect(self._opened)
        self.desk.feed.committed.connect(lambda _: self.history.ask())

    def _opened(self) -> None:
        load_fallback_fonts()
        self.history.ask()
        self.actions_of_window.greet()

    def _restore_place(self) -> None:
        state = self.desk.memory.recall("window/geometry")
        if not state or not self.restoreGeometry(QByteArray.fromBase64(state.encode())):
            self.resize(1280, 760)

    # -- Qt

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.memory.keep("window/geometry", self.saveGeometry().toBase64().toStdString())
        super().closeEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.desk.is_open:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.actions_of_window.preview_files(paths)
