"""What is inside the window: sidebar, pages, menus, what is going on at the foot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.domain.shop import ShopProfile
from orderdesk.ui import late
from orderdesk.ui.banner import Banner
from orderdesk.ui.commands import CommandSet, shortcut_text
from orderdesk.ui.desk import Desk
from orderdesk.ui.history_steps import HistorySteps
from orderdesk.ui.made_pages import MadePages
from orderdesk.ui.pages import PAGES
from orderdesk.ui.sidebar import Sidebar
from orderdesk.ui.status_line import StatusLine
from orderdesk.ui.toast import Toast
from orderdesk.ui.trail import Trail
from orderdesk.ui.widgets import column, row
from orderdesk.ui.window_actions import WindowActions
from orderdesk.ui.window_commands import MENUS
from orderdesk.ui.window_menus import WindowMenus
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr

START_PAGE = "orders"
WELCOME_PAGE = "first-run"


class Interior(QWidget):
    """The central widget of `main`."""

    def __init__(self, main: QMainWindow, desk: Desk) -> None:
        super().__init__()
        self.main = main
        self.desk = desk
        self._closes_anyway = False
        self.setProperty("kind", "pages")
        self.trail = Trail()
        self.sidebar = Sidebar([(name, spec.title, spec.icon) for name, spec in PAGES.items() if spec.in_sidebar], desk.theme)
        self.sidebar.offer(WELCOME_PAGE, False)  # until the shop is found empty
        self.banner = Banner()
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.pages = MadePages(self, self.stack, self.status)
        self._lay_out()
        self.history = HistorySteps(desk, self)
        self.actions_of_window = WindowActions(self, desk)
        self.command_sets = {tr(title): CommandSet(self.actions_of_window, commands) for title, commands in MENUS}
        take_first = self.command_sets[tr("Edit")].action("edit.take_offer")
        self.toast = Toast(self, shortcut_text(take_first))
        take_first.setEnabled(False)
        self.toast.offers.connect(take_first.setEnabled)
        self.menus = WindowMenus(main, self.command_sets, desk.theme)
        self.history.attach(self.command_sets[tr("Edit")])
        self.offer_what_was_typed()
        self._connect()

    # -- pages

    def start_over(self) -> None:
        """Make the pages anew: nothing of the former shop stays on them, no letter, no form, no search."""
        name = self.current_page.objectName().removeprefix("page.")
        self.toast.hide()
        self.pages.forget()
        self.offer_what_was_typed()
        self.trail = Trail()
        self.show_page(name if PAGES[name].in_sidebar else START_PAGE)

    @property
    def current_page(self) -> QWidget:
        return self.pages.in_front

    def show_first_page(self) -> None:
        """The page that was in front when the window was last closed; in a window that is open already, the shop is greeted."""
        self.show_page(self.desk.memory.recall("window/page", START_PAGE))
        if self.desk.is_open:
            self._opened()

    def show_page(self, name: str, *, remember: bool = True) -> QWidget:
        """Bring a page to the front; unknown names show the orders."""
        name = name if name in PAGES else START_PAGE
        page = self.pages.named(name)
        if page is not self.stack.currentWidget():
            self.banner.leave_page()
        self.stack.setCurrentWidget(page)
        self.sidebar.show_page(name)
        self.status.show_summary("")
        if PAGES[name].in_sidebar and name != WELCOME_PAGE:
            self.desk.memory.keep("window/page", name)
        if remember:
            self.trail.visit(name)
        self.menus.show_page(page, self.page_commands(), self.trail)
        enter: Callable[[], None] | None = getattr(page, "enter", None)
        if enter is not None and self.desk.is_open:
            enter()
        self.setFocusProxy(page)
        page.setFocus()
        return page

    def page_commands(self) -> CommandSet | None:
        """The commands of the page in front."""
        return getattr(self.current_page, "commands", None)

    def offer_what_was_typed(self) -> None:
        """A form that was closed with something typed comes back by its command, as long as it is there."""
        self.command_sets[tr("Edit")].action("edit.bring_back").setEnabled(self.pages.with_discarded is not None)

    def may_close(self) -> bool:
        """Whether nothing that is typed would be lost; else it is shown, with the way to close all the same."""
        unsaved = self.pages.with_unsaved
        if unsaved is None or self._closes_anyway:
            return True
        name, form = unsaved
        self.show_page(name)
        form.setFocus()
        self.desk.say(tr("What you typed here is not saved."), [(tr("Close all the same"), self._close_anyway)])
        return False

    def _close_anyway(self) -> None:
        self._closes_anyway = True
        self.main.close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that the page has no use for is about what stands above it."""
        if event.key() == Qt.Key.Key_Escape:
            self.banner.hide()
        else:
            super().keyPressEvent(event)

    # -- parts

    def _lay_out(self) -> None:
        outer = column(self, spacing=6)
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

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.show_page)
        self.desk.said.connect(self.toast.show_message)
        self.desk.wondered.connect(self.banner.show_question)
        self.desk.failed.connect(self._show_problem)
        self.desk.went_on.connect(self.banner.leave_page)
        self.desk.runner.began.connect(self.status.follow)
        self.desk.replaced.connect(self.start_over)
        self.desk.opened.connect(self._opened)
        self.desk.feed.committed.connect(self._committed)

    def _show_problem(self, error: Exception) -> None:
        why = explain(error)
        ways = [(tr(PAGES[why.page].title), partial(self._mend, why.page))] if why.page else []
        self.banner.show_problem(why, ways)

    def _mend(self, page: str) -> None:
        self.show_page(page)

    def _opened(self) -> None:
        self.banner.hide()  # what kept the shop from opening is over
        self._name_window()
        self.actions_of_window.greet()

    def _committed(self, _: Changes) -> None:
        self.history.ask()
        self.desk.ask(lambda view, _: late.shop_queries.shop_profile(view), self._learn_profile)

    def _learn_profile(self, profile: ShopProfile | None) -> None:
        """A step here, its undo, or another program may have changed it."""
        self.desk.learn_profile(profile)
        self._name_window()

    def _name_window(self) -> None:
        """Which shop this is, where one has several."""
        name = self.desk.profile.name if self.desk.profile else ""
        self.main.setWindowTitle(f"{name} – OrderDesk" if name else "OrderDesk")
