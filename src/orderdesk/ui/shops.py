"""From one shop's file to another: a new one, one that is there, the sample."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from orderdesk.domain.days import day_of
from orderdesk.domain.errors import OrderDeskError, StoreError
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.words import marked, tr

_ENDING = ".orderdesk"
_FILES = marked("Shops (*.orderdesk);;All files (*)")


class ShopFiles(QObject):
    """Each shop is a file of its own; the window shows one of them, and begins with it next time."""

    def __init__(self, parent: QObject, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk

    def ask_for_new(self) -> None:
        """Ask for a name, then begin an empty shop under it."""
        usual = self._desk.path.with_name(late.places.FILE_NAME)
        proposed = str(usual if self._can_begin(usual) else _free(self._desk.path.with_name(tr("My shop") + _ENDING)))
        chosen, _ = QFileDialog.getSaveFileName(
            None, tr("New shop"), proposed, tr(_FILES), options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.begin(Path(chosen))

    def ask_for_other(self) -> None:
        """Ask for a shop's file, then open it."""
        chosen, _ = QFileDialog.getOpenFileName(None, tr("Open a shop"), str(self._desk.path.parent), tr(_FILES))
        if chosen:
            self.open(Path(chosen))

    def begin(self, path: Path) -> None:
        """Make an empty shop; a file that is there stays as it is, but for the usual one where nobody has begun that."""
        path = path if path.suffix else path.with_suffix(_ENDING)
        if not self._can_begin(path):
            remedy = tr("Choose another name for the new shop, or open this one with File ▸ Open shop…")
            self._desk.failed.emit(StoreError(tr("{} is there already.").replace("{}", path.name), remedy))
        else:
            self._open_other(path, lambda: _made(path), tr("Making the shop"))

    def _can_begin(self, path: Path) -> bool:
        """Whether a new shop can have this file: whoever tries the sample first leaves the usual one empty."""
        is_open = path.absolute() == self._desk.path.absolute()
        return not path.exists() or (not is_open and path.name == late.places.FILE_NAME and _is_unbegun(path, self._desk.today()))

    def open(self, path: Path) -> None:
        """Open the shop of this file."""
        self._open_other(path, lambda: _made(path), tr("Opening the shop"))

    def open_sample(self) -> None:
        """Open the sample shop, made in a file of its own when it is first wanted."""
        path, now, title = self._desk.path.with_name("sample" + _ENDING), self._desk.now(), tr("Opening the sample shop")
        if path.absolute() == self._desk.path.absolute() and self._desk.profile is None:
            self._desk.replace_shop(lambda: _made_sample(path, now), title)
        else:
            self._open_other(path, lambda: _made_sample(path, now), title)

    def _open_other(self, path: Path, prepare: Callable[[], object], title: str) -> None:
        """Close the shop and open the one at `path` once `prepare` found it fit; this one again where it is not."""
        former, claim = self._desk.path, self._desk.outside.claim
        if path.absolute() == former.absolute():
            self._desk.say(tr("{} is open already.").replace("{}", path.name))
        elif not claim(path):
            self._desk.failed.emit(StoreError(tr("This shop is open in another window."), tr("Use that one, or close it first.")))
        else:
            self._desk.replace_shop(prepare, title, path).failed.connect(lambda _: claim(former))


def _free(path: Path) -> Path:
    """The path, with a number where it is taken."""
    names = [path, *(path.with_stem(f"{path.stem} {number}") for number in range(2, 100))]
    return next((each for each in names if not each.exists()), path)


def _made(path: Path) -> None:
    late.store.Store.open(path).close()


def _is_unbegun(path: Path, today: date) -> bool:
    try:
        store = late.store.Store.open(path)
    except OrderDeskError:
        return False
    try:
        return bool(late.sample.is_unbegun(store, today))
    finally:
        store.close()


def _made_sample(path: Path, now: datetime) -> None:
    store = late.store.Store.open(path)
    try:
        if late.sample.is_unbegun(store, day_of(now, None)):
            late.sample.make_sample_shop(store, now=now)
    finally:
        store.close()
