"""The first minutes: what is shown when the shop opens, and how an empty one begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from orderdesk.domain.notices import Way
from orderdesk.services.places import synced_by
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.notices import NoticeRow, notice
from orderdesk.storage.queries.orders import order_counts
from orderdesk.storage.queries.products import product_counts
from orderdesk.storage.queries.telling import to_tell
from orderdesk.storage.store import Store
from orderdesk.storage.view import View
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.wording import Explanation
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from datetime import date

    from orderdesk.ui.interior import Interior
    from orderdesk.ui.window_actions import WindowActions

# The pane is filled before the heavy libraries compete for the processor.
_WARM_UP_AFTER_MS = 200


class Starting(QObject):
    """What happens once when a shop opens, after its rows are on screen."""

    def __init__(self, window: Interior, desk: Desk, actions: WindowActions) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._actions = actions
        desk.feed.committed.connect(lambda _: self._count_today())
        desk.feed.committed.connect(lambda _: self._look_whether_empty())

    def look_round(self) -> None:
        """Ask how to begin where there is nothing yet; count what waits; then load what the first click needs."""
        if not self._desk.is_open:
            return
        self._desk.ask(_is_empty, self._greet)
        self._count_today()
        self._window.history.ask()
        QTimer.singleShot(_WARM_UP_AFTER_MS, self, self._warm_up)

    def start_empty(self) -> None:
        """Ask for the shop's profile, once."""
        self._actions.go("settings")

    def _look_whether_empty(self) -> None:
        if self._window.sidebar.offers("first-run") and self._desk.is_open:
            self._desk.ask(_is_empty, partial(self._window.sidebar.offer, "first-run"))

    def _greet(self, is_empty: bool) -> None:
        self._window.sidebar.offer("first-run", is_empty)
        if self._desk.profile is None:  # a letter without it would have no sender
            self._window.show_page("first-run" if is_empty else "settings", remember=False)
        elif self._window.current_page.objectName() == "page.first-run":
            self._window.show_page("orders")

    def _count_today(self) -> None:
        if self._desk.is_open:
            self._desk.ask(_not_told, lambda count: self._actions.show_count("today", count))

    def _warm_up(self) -> None:
        """Load what a click needs, finish letters that a crash left, back up; in this order, out of sight."""
        if not self._desk.is_open:
            return
        self._desk.runner.run(lambda _: late.load_all())
        self._desk.runner.run(lambda _: self._desk.reports.note_versions())
        if self._desk.store.read_only:
            self._say_that_it_is_only_read()
            return
        self._desk.perform(lambda store, _now, _: late.letters.finish_letters(store), self._finished)
        self._desk.perform(lambda store, _now, _: late.deliveries.unanswered(store), self._ask_what_left)
        self._actions.keeping.back_up_quietly()
        self._warn_of_syncing()

    def _say_that_it_is_only_read(self) -> None:
        sentence = tr("This shop can only be read: its file or its folder can't be written to, or the disk is full.")
        remedy = tr("To work with it, free some space and open it anew, or copy it into a folder of your own and open the copy.")
        self._window.banner.show_problem(Explanation(sentence, remedy), stays=True)

    def _warn_of_syncing(self) -> None:
        owner = synced_by(self._desk.path)
        if owner is not None:
            sentence = tr("The shop's file lies in a folder that {} synchronizes.").replace("{}", owner)
            remedy = tr("That can damage a file in use. Keep the shop in a folder of this computer alone, and backups there.")
            self._window.banner.show_problem(Explanation(sentence, remedy), stays=True)

    def _finished(self, failures: Sequence[Exception]) -> None:
        for failure in failures[:1]:
            self._desk.failed.emit(failure)

    def _ask_what_left(self, left: list[tuple[int, Way]]) -> None:
        """A letter was being handed over when OrderDesk ended: only the seller knows whether it left."""
        if left:
            notice_id, way = left[0]
            self._desk.ask(lambda view, today: notice(view, notice_id), lambda row: self._ask_whether(row, way))

    def _ask_whether(self, row: NoticeRow | None, way: Way) -> None:
        if row is None:
            return
        printed = way is Way.PRINTED
        heading = tr("Did the letter to {} come out of the printer?") if printed else tr("Did the e-mail to {} leave?")
        why = tr("OrderDesk ended while it was at the printer.") if printed else tr("OrderDesk ended while it was being sent.")
        answers = [(tr("Yes"), partial(self._answer, row.id, True)), (tr("No"), partial(self._answer, row.id, False))]
        self._window.banner.show_question(heading.replace("{}", row.customer), why, answers)

    def _answer(self, notice_id: int, left: bool) -> None:
        def step(store: Store, now: datetime, _: Progress) -> list[tuple[int, Way]]:
            late.deliveries.answer_handed_over(store, notice_id, left, now=now)
            return late.deliveries.unanswered(store)

        self._desk.perform(step, self._ask_what_left)


def _is_empty(view: View, today: date) -> bool:
    return not order_counts(view, today=today)["all"] and not product_counts(view, today=today)["all"]


def _not_told(view: View, today: date) -> int:
    return to_tell(view, today=today, shown=1).count
