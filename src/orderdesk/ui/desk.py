"""What every page works with: the open shop, a worker for steps and one for questions, news, memory, the world outside."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from orderdesk.domain.errors import StoreError
from orderdesk.ui import late
from orderdesk.ui.change_feed import ChangeFeed
from orderdesk.ui.formats import write_as_in
from orderdesk.ui.garbage import GarbageCollector
from orderdesk.ui.memory import Memory
from orderdesk.ui.task_runner import Task, TaskRunner
from orderdesk.ui.theme import Theme
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.domain.shop import ShopProfile
    from orderdesk.services.ports import Opener, Passwords, Printer
    from orderdesk.services.tasks import Progress
    from orderdesk.storage.store import Store
    from orderdesk.storage.view import View
    from orderdesk.ui.reports import Reports
    from orderdesk.ui.toast import ToastAction

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Outside:
    """The world outside the window. `day` fixes today (tests, `--today`); None is the real one, and the user's own log folder and
    keyring. `claim` makes a shop's file this window's; False where another window has it.
    """

    printer: Printer
    opener: Opener
    day: date | None = None
    log_folder: Path | None = None
    passwords: Passwords | None = None
    claim: Callable[[Path], bool] = lambda _: True


class Desk(QObject):
    """Steps are performed one after the other by `runner`; questions are answered beside them by `questions`.

    `replaced`: another shop is to be `opened` now. `said` carries a toast, `wondered` a question to the seller,
    `failed` an error of the seller's world, `mishap` what nobody caught. `went_on`: the seller is at something else by now.
    """

    opened = Signal()
    replaced = Signal()
    said = Signal(str, object)
    wondered = Signal(str, str, object)
    failed = Signal(object)
    mishap = Signal(object)
    went_on = Signal()

    def __init__(self, path: Path, outside: Outside, memory: Memory, theme: Theme) -> None:
        super().__init__()
        self.path = path
        self.outside = outside
        self.memory = memory
        self.theme = theme
        self.runner = TaskRunner("steps", self)
        self.questions = TaskRunner("questions", self)
        self.feed = ChangeFeed(self.questions, self)
        self.feed.replaced.connect(self._show_other_shop)
        self._garbage = GarbageCollector(self)
        self.profile: ShopProfile | None = None
        self._store: Store | None = None

    @cached_property
    def reports(self) -> Reports:
        """The log, and what there is to report."""
        return late.reports.Reports(self.outside.log_folder or late.places.log_folder())

    @property
    def is_open(self) -> bool:
        return self._store is not None

    @property
    def store(self) -> Store:
        """The open shop; ask only after `opened`."""
        assert self._store is not None, "the shop is not open yet"
        return self._store

    def now(self) -> datetime:
        """This instant; where today is fixed, noon of that day where the shop is."""
        if self.outside.day is None:
            return datetime.now(UTC)
        return late.days.noon(self.outside.day, self._time_zone())

    def today(self) -> date:
        return self.outside.day or late.days.local_day(self.now(), self._time_zone())

    def open_shop(self) -> Task:
        """Open the shop's file in the worker; `opened` follows, or `failed`."""
        task = self.runner.run(lambda _: _opened(self.path))
        task.succeeded.connect(self._shop_opened)
        task.failed.connect(self._note)
        task.failed.connect(self.failed)
        return task

    def replace_shop(self, replace: Callable[[], object], title: str, other: Path | None = None) -> Task:
        """Close the shop, if it could be opened at all, run `replace` on its file, open it again, or the `other`.

        What is being asked and done ends first.
        """

        def reopen(_: object) -> None:
            if other is not None:
                self.path = other
                self.memory.keep("window/shop", str(other.absolute()))
            self.replaced.emit()
            self.open_shop()

        store, self._store = self._store, None
        self.feed.rest()

        def closed_and_replaced(_: Progress) -> object:
            asked_and_answered.wait()
            if store is not None:
                store.close()
            return replace()

        asked_and_answered = threading.Event()
        self.questions.run(lambda _: asked_and_answered.set())
        task = self.runner.run(closed_and_replaced, title)
        task.failed.connect(self._note)
        task.succeeded.connect(reopen)
        task.canceled.connect(self.open_shop)
        # Said once the shop is open again: opening it takes away what kept it from being open.
        task.failed.connect(lambda error: self.open_shop().finished.connect(lambda: self.failed.emit(error)))
        return task

    def _show_other_shop(self) -> None:
        """Another program has put another shop in the place of this one."""
        task = self.replace_shop(lambda: None, "")
        task.succeeded.connect(lambda _: self.say(tr("Another program restored this shop; this is what it holds now.")))

    def stop(self) -> None:
        """Close the shop and both workers."""
        self.feed.rest()
        self.questions.stop()
        self.runner.stop()
        self._garbage.stop()
        store, self._store = self._store, None
        if store is not None:
            store.close()
        self.memory.keep("window/dark", self.theme.colors.dark)
        self.memory.write()

    def perform(
        self,
        step: Callable[[Store, datetime, Progress], Answer],
        then: Callable[[Answer], None] | None = None,
        *,
        title: str = "",
        otherwise: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Run a step in the worker; `then` gets its answer on the GUI thread, `otherwise` its error (`failed` if not given)."""
        store, now = self._store, self.now()
        task = self.runner.run(lambda progress: step(_open(store), now, progress), title)
        if then is not None:
            task.succeeded.connect(then)
        task.failed.connect(self._note)
        task.failed.connect(otherwise or self.failed.emit)
        return task

    def ask(self, question: Callable[[View, date], Answer], then: Callable[[Answer], None]) -> Task:
        """Answer a question from one snapshot of the shop, off the GUI thread; `then` gets the answer on it."""
        store, today = self._store, self.today()

        def answer(_: Progress) -> Answer:
            with _open(store).read() as view:
                return question(view, today)

        task = self.questions.run(answer)
        task.succeeded.connect(then)
        task.failed.connect(self._note)
        task.failed.connect(self.failed)
        return task

    def say(self, text: str, actions: Sequence[ToastAction] = ()) -> None:
        """Show a toast."""
        self.said.emit(text, list(actions))

    def wonder(self, heading: str, text: str, answers: Sequence[ToastAction]) -> None:
        """Ask the seller something above the page."""
        self.wondered.emit(heading, text, list(answers))

    def reload_profile(self) -> None:
        """Read the shop's profile again: a step has changed it."""
        with self.store.read() as view:
            self.learn_profile(late.shop_queries.shop_profile(view))

    def learn_profile(self, profile: ShopProfile | None) -> None:
        """What the shop's profile is by now."""
        self.profile = profile
        self._write_as_at_home()

    def _write_as_at_home(self) -> None:
        write_as_in(self.profile.country if self.profile else "", self._time_zone())

    def _time_zone(self) -> str | None:
        return self.profile.time_zone if self.profile else None

    def _note(self, error: Exception) -> None:
        if explain(error).ours:
            self.reports.note(error)

    def _shop_opened(self, found: tuple[Store, ShopProfile | None]) -> None:
        self._store, self.profile = found
        self._write_as_at_home()
        self.feed.follow(self._store)
        self.opened.emit()


def _open(store: Store | None) -> Store:
    if store is None:
        raise StoreError(tr("No shop is open."), tr("Restore a backup from the File menu, or open another file."))
    return store


def _opened(path: Path) -> tuple[Store, ShopProfile | None]:
    store = late.store.Store.open(path)
    with store.read() as view:
        return store, late.shop_queries.shop_profile(view)
