"""Commands declared once as data; menus, context menus, bulk bars, buttons, the palette and the shortcut sheet read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from orderdesk.ui.icons import icon
from orderdesk.ui.words import tr

Shortcut = str | QKeySequence.StandardKey


def always(_: Sequence[Any]) -> bool:
    return True


def one(rows: Sequence[Any]) -> bool:
    """Enabled when exactly one row is selected."""
    return len(rows) == 1


def some(rows: Sequence[Any]) -> bool:
    """Enabled when any row is selected."""
    return bool(rows)


@dataclass(frozen=True, slots=True)
class Command:
    """Something the seller can do. `id` is `page.method`: the method of the page that does it.

    `enabled` sees the selected rows. `bulk`: offered in the bar for several rows; `row`: in the row's context menu;
    `also`: other keys for those whose fingers know them.
    """

    id: str
    title: str
    icon: str = ""
    shortcut: Shortcut | None = None
    enabled: Callable[[Sequence[Any]], bool] = always
    row: bool = False
    bulk: bool = False
    separated: bool = False
    also: str = ""


class CommandSet:
    """The commands of one owner as Qt actions, each wired to the owner's method of the same name."""

    def __init__(self, owner: QObject, commands: Iterable[Command]) -> None:
        self.commands = tuple(commands)
        self._actions = {command.id: _action(owner, command) for command in self.commands}

    @property
    def actions(self) -> list[QAction]:
        return list(self._actions.values())

    def action(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def refresh(self, rows: Sequence[Any]) -> None:
        """Enable what the selected rows allow."""
        for command in self.commands:
            self._actions[command.id].setEnabled(command.enabled(rows))

    def bulk_actions(self) -> list[QAction]:
        return [self._actions[command.id] for command in self.commands if command.bulk]

    def fill(self, menu: QMenu, *, rows_only: bool = False) -> None:
        """Add the actions to a menu, in the order of their declaration."""
        for command in self.commands:
            if rows_only and not command.row:
                continue
            if command.separated and not menu.isEmpty():
                menu.addSeparator()
            menu.addAction(self._actions[command.id])


def shortcut_text(action: QAction) -> str:
    """The action's keys as the platform writes them; "" for none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def spoken(action: QAction) -> str:
    """What the action says, without the doubled ampersands of menus."""
    return action.text().replace("&&", "&")


def _action(owner: QObject, command: Command) -> QAction:
    action = QAction(tr(command.title), owner)
    action.setObjectName(command.id)
    if command.icon:
        action.setIcon(icon(command.icon))
    if command.shortcut is not None:
        action.setShortcuts([QKeySequence(keys) for keys in (command.shortcut, command.also) if keys])
    method: Callable[[], None] = getattr(owner, command.id.rpartition(".")[2])
    action.triggered.connect(lambda _checked=False: method())
    return action
