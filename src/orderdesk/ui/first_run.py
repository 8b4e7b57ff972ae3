"""The first thing a new seller sees: four ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from orderdesk.ui.icons import icon
from orderdesk.ui.widgets import button, card, column, label, row
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.ui.desk import Desk
    from orderdesk.ui.window_actions import WindowActions

_WIDTH = 640


class FirstRunPage(QWidget):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__()
        self.setObjectName("page.first-run")
        self.setProperty("kind", "page")
        layout = column(self)
        layout.addStretch(2)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        inside = column(middle, spacing=8)
        inside.addWidget(label(tr("Welcome to OrderDesk"), "hero"))
        promise = tr("It shows what you can't ship, and turns it into an apology letter with a coupon in one click.")
        inside.addWidget(label(promise, "muted"))
        inside.addSpacing(14)
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, choice in enumerate(_choices(window, is_first=desk.memory.recall("window/shop") is None)):
            grid.addWidget(choice, place // 2, place % 2)
        inside.addLayout(grid)
        inside.addSpacing(10)
        inside.addWidget(label(tr("Everything stays in one file on this computer. Nothing is sent anywhere."), "muted"))
        layout.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)


def _choices(window: WindowActions, *, is_first: bool) -> list[QFrame]:
    """The main one is the sample at a first start; of a shop that was begun on purpose, to fill it."""
    starting = window.starting
    return [
        _choice(
            "store",
            tr("Try the sample shop"),
            tr("Sixty orders of a charming little shop, to click through."),
            window.sample_shop,
            primary=is_first,
        ),
        _choice(
            "file-up",
            tr("Import CSV"),
            tr("Orders, products or customers from a marketplace or a spreadsheet."),
            window.import_files,
        ),
        _choice(
            "pencil",
            tr("Start empty"),
            tr("Say who you are, then add products and orders by hand."),
            starting.start_empty,
            primary=not is_first,
        ),
        _choice(
            "archive-restore",
            tr("Restore backup"),
            tr("Bring back a shop from another computer or an earlier day."),
            window.restore,
        ),
    ]


def _choice(image: str, title: str, text: str, act: Callable[[], None], *, primary: bool = False) -> QFrame:
    made = card()
    layout = column(made, margins=16, spacing=8)
    head = row(spacing=10)
    picture = QLabel()
    picture.setPixmap(icon(image, QPalette.ColorRole.Link).pixmap(22, 22))
    head.addWidget(picture)
    head.addWidget(label(title, "strong"), 1)
    layout.addLayout(head)
    words = label(text, "muted")
    words.setMinimumHeight(2 * words.fontMetrics().lineSpacing() + 2)
    layout.addWidget(words, 1)
    layout.addWidget(button(title, act, kind="primary" if primary else "", name=f"first-run.{image}"))
    return made
