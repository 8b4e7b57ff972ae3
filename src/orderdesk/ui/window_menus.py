"""The menu bar: the window's own menus, and one for the page in front."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from orderdesk.ui.theme import Mode, Theme
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.ui.commands import CommandSet
    from orderdesk.ui.trail import Trail


class WindowMenus(QObject):
    """Each menu opens with Alt and its letter, the first one with F10."""

    def __init__(self, main: QMainWindow, sets: Mapping[str, CommandSet], theme: Theme) -> None:
        super().__init__(main)
        self._sets = sets
        self._theme = theme
        bar = main.menuBar()
        self._page_menu = QMenu(main)
        for title, commands in sets.items():
            if title == tr("Help"):
                bar.addMenu(self._page_menu)
            menu = bar.addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            commands.fill(menu)
        QShortcut(Qt.Key.Key_F10, main, lambda: bar.setActiveAction(bar.actions()[0]))

        theme.changed.connect(self._tick_theme)
        self._tick_theme()

    def _tick_theme(self) -> None:
        for mode in Mode:
            action = self._sets[tr("View")].action(f"view.{mode.value}")
            action.setCheckable(True)
            action.setChecked(mode is self._theme.mode)

    def show_page(self, page: QWidget, commands: CommandSet | None, trail: Trail) -> None:
        """The page's own commands: a menu, and shortcuts that are alive while it is in front. What does nothing is disabled."""
        for action in list(self._page_menu.actions()):
            self._page_menu.removeAction(action)
        self._page_menu.menuAction().setVisible(commands is not None)
        if commands is not None:
            spec = getattr(page, "spec", None)
            self._page_menu.setTitle(_with_free_letter(tr(spec.title) if spec else tr("Page"), self._sets))
            commands.fill(self._page_menu)
        go, view = self._sets[tr("Go")], self._sets[tr("View")]
        go.action("go.back").setEnabled(trail.can_go_back)
        go.action("go.forward").setEnabled(trail.can_go_forward)
        view.action("view.columns").setEnabled(getattr(page, "table", None) is not None)


def _with_free_letter(title: str, others: Iterable[str]) -> str:
    """The title with the first letter that opens none of the other menus marked for Alt."""
    taken = {each[:1].casefold() for each in others}
    place = next((place for place, letter in enumerate(title) if letter.isalpha() and letter.casefold() not in taken), 0)
    return f"{title[:place]}&{title[place:]}"
