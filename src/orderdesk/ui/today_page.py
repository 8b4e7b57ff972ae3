"""Today: whom to tell, what to ship, what runs low."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.storage.queries.cancels import TellingCancels
from orderdesk.storage.queries.today import Today, agenda
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.side_pane import SidePane
from orderdesk.ui.today_cards import SHOWN, TodayCards
from orderdesk.ui.today_steps import TodaySteps
from orderdesk.ui.ways_back import offer_back
from orderdesk.ui.widgets import column, row
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from datetime import date

    from orderdesk.services.overtaken import Overtaken
    from orderdesk.storage.view import View
    from orderdesk.ui.window_actions import WindowActions


Seen = tuple[Today, "dict[int, Overtaken]", dict[int, TellingCancels]]

_PAUSE_MS = 300


class TodayPage(QWidget):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__()
        self.setObjectName("page.today")
        self.setProperty("kind", "page")
        self.desk = desk
        self._window = window
        self._shown: Seen | None = None
        self.pane = SidePane("today", lambda: None)
        self.pane.setMinimumWidth(380)
        self.pane.hide()
        self.pane.closed.connect(self._pane_closed)
        self.pane.discarded.connect(self._offer_back)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._cards = TodayCards(column(inside, spacing=12), desk, window, TodaySteps(desk, self.pane))
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setAccessibleName(tr("Today"))
        self.setFocusProxy(area)
        layout = row(self, spacing=10)
        layout.addWidget(area, 1)
        layout.addWidget(self.pane)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_again)
        self._is_behind = False
        desk.feed.committed.connect(self._committed)

    def enter(self) -> None:
        if self.desk.is_open:
            self.desk.ask(_seen, self._show)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes to the page begins at its top."""
        super().showEvent(event)
        if not event.spontaneous():
            self._area.verticalScrollBar().setValue(0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.pane.close_top():
            super().keyPressEvent(event)

    def _pane_closed(self) -> None:
        if self.pane.had_keyboard:
            self._area.setFocus()
        self.pane.hide()

    def _offer_back(self) -> None:
        offer_back(self.desk, self.pane)

    def _committed(self, _: Changes) -> None:
        """At once, but of many steps in a row only now and then: what is shown is to be seen before it is shown anew."""
        if not self.isVisible():
            return
        if self._pause.isActive():
            self._is_behind = True
        else:
            self._pause.start()
            self.enter()

    def _look_again(self) -> None:
        if self._is_behind:
            self._is_behind = False
            self._pause.start()
            self.enter()

    def _show(self, found: Seen) -> None:
        to_do, overtaken, cancels = found
        self._window.show_count("today", to_do.to_tell.count)
        if found == self._shown:
            return
        self._shown = found
        self._cards.show(to_do, overtaken, cancels)


def _seen(view: View, today: date) -> Seen:
    """What there is to do; of the letters that are made, why some may not go out; and by the first of a customer's orders, what
    telling them cancels.
    """
    found = agenda(view, today=today)
    made = [*(who.made_id for who in found.to_tell.first if who.made_id is not None), *found.good_news.values()]
    overtaken = late.overtaken.overtaken_here(view, made, today=today) if made else {}
    cancels = {}
    for who in found.to_tell.first[:SHOWN]:
        may_leave = who.notice_id is not None and who.notice_id not in overtaken
        by_letter = found.cancels.get(who.notice_id or 0)
        taken = late.ways_out.what_telling_cancels(view, who.order_ids[0], by_letter, may_leave=may_leave, today=today)
        if taken is not None:
            cancels[who.order_ids[0]] = taken
    return found, overtaken, cancels
