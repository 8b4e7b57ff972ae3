"""The keys of a command that is not possible now say why, in place of doing nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QWidget

from orderdesk.ui.desk import Desk


def say_why_not(table: QWidget, desk: Desk, action: QAction, why: Callable[[], str]) -> None:
    """While the action is disabled its keys are, in the table, those of a toast with the reason."""
    keys = QShortcut(action.shortcut(), table)
    keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    keys.setEnabled(not action.isEnabled())
    keys.activated.connect(lambda: desk.say(why()))
    action.enabledChanged.connect(lambda enabled: keys.setEnabled(not enabled))
