"""Backups, the way back from one, and everything out as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox

from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.save_dialog import ask_where
from orderdesk.ui.words import counted, marked, tr

if TYPE_CHECKING:
    from orderdesk.storage.backup import Backup
    from orderdesk.ui.interior import Interior

_SAY_AGAIN_MS = 60_000
# Of many steps at one go, once.
_LOOK_AFTER_MS = 300
# As backups are named.
_OCCASIONS = {
    "start": marked("at a start of OrderDesk"),
    "before import": marked("before an import"),
    "before restore": marked("before another backup took its place"),
    "before update": marked("before an update of OrderDesk"),
    "by hand": marked("by hand"),
}
# As services.exports names them.
_KINDS = {
    "orders": marked("Orders"),
    "products": marked("Products"),
    "customers": marked("Customers"),
    "listings": marked("Listings"),
    "coupons": marked("Coupons"),
    "notices": marked("Letters"),
    "history": marked("History"),
}


class Keeping(QObject):
    """Says at the foot of the sidebar when the shop was last backed up."""

    def __init__(self, window: Interior, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._backed_up_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_SAY_AGAIN_MS)
        self._timer.timeout.connect(self._say_when)
        self._timer.start()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LOOK_AFTER_MS)
        self._later.timeout.connect(self._look_when)
        desk.feed.committed.connect(lambda _: self._later.start())  # an import has made one

    def back_up(self) -> None:
        """Back up now, and say when that was as the list to restore from does, with the way to the file."""
        self._back_up("by hand", self._say_made)

    def _say_made(self, path: Path) -> None:
        at = late.backups.made_at(path)
        when = formats.moment(at, self._desk.today()) if at else path.stem
        opener = self._desk.outside.opener
        self._desk.say(tr("Backed up {}").replace("{}", when), [(tr("Folder"), lambda: opener.open(path.parent))])

    def back_up_quietly(self) -> None:
        """The backup of every start."""
        self._back_up("start", lambda path: None)

    def restore(self) -> None:
        """Show the backups that there are, with the way to one elsewhere."""
        path = self._desk.path
        self._desk.runner.run(lambda _: late.backups.backups(path)).succeeded.connect(self._ask_which)

    def _ask_which(self, found: Sequence[Backup]) -> None:
        named = {str(each.path): self._named(each) for each in found}
        choices = [*named.items(), ("", tr("Another file…"))]
        late.overlays.ask_which(
            self._window.main, tr("Restore a backup"), choices, lambda chosen: self._restore(chosen, named.get(chosen, ""))
        )

    def _named(self, backup: Backup) -> str:
        """When it was made, what for, and how much is in it."""
        made_at, occasion = backup.made_at, backup.occasion
        if made_at is None:
            return backup.path.stem
        what_for = tr(_OCCASIONS[occasion]) if occasion in _OCCASIONS else occasion
        orders = counted(backup.orders, "{} order", "{} orders")
        return " · ".join((formats.moment(made_at, self._desk.today()), what_for, orders))

    def _restore(self, chosen: str, named: str) -> None:
        """Put the backup in the shop's place once the seller is sure; the shop as it was becomes a backup itself."""
        path = chosen or self._file_elsewhere()
        if not path:
            return
        sure = QMessageBox(self._window)
        sure.setIcon(QMessageBox.Icon.Question)
        sure.setTextFormat(Qt.TextFormat.PlainText)
        sure.setText(tr("Put this backup in the place of the shop?"))
        sure.setInformativeText(tr("{}\n\nThe shop as it is now is kept as a backup.").replace("{}", named or path))
        sure.setToolTip(path)
        yes = sure.addButton(tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        sure.addButton(QMessageBox.StandardButton.Cancel)
        sure.exec()
        if sure.clickedButton() is yes:
            self.restore_from(Path(path), named)

    def _file_elsewhere(self) -> str:
        title, kinds = tr("Restore a backup"), tr("Shops (*.orderdesk);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, str(Path.home()), kinds)
        return chosen

    def restore_from(self, backup: Path, named: str = "") -> None:
        """Close the shop, put the backup in its place, open it again; `named` is what the seller knows the backup by."""
        path = self._desk.path
        task = self._desk.replace_shop(lambda: late.backups.restore(path, backup), tr("Restoring"))
        task.succeeded.connect(lambda _: self._desk.say(tr("Restored {}").replace("{}", named or backup.name)))

    def export(self) -> None:
        """Ask what and where, then write everything of that kind."""
        late.overlays.ask_which(
            self._window.main, tr("Export"), [(kind, tr(title)) for kind, title in _KINDS.items()], self._export
        )

    def _export(self, kind: str) -> None:
        proposed = str(Path.home() / f"{kind}.csv")
        chosen = ask_where(self._window, tr("Export"), proposed, tr("CSV (*.csv);;Excel (*.xlsx)"))
        if chosen is not None:
            self.export_to(kind, chosen)

    def export_to(self, kind: str, path: Path) -> None:
        """Write a file of all rows of a kind, CSV or XLSX by its ending."""

        def step(store: Store, _now: datetime, _: Progress) -> int:
            return late.exports.export(store, kind, path)

        def done(rows: int) -> None:
            said = counted(rows, "{} row exported to", "{} rows exported to")
            self._desk.say(f"{said} {path.name}", [(tr("Open"), lambda: self._desk.outside.opener.open(path))])

        self._desk.perform(step, done, title=tr("Exporting"))

    def _back_up(self, occasion: str, then: Callable[[Path], None]) -> None:
        def done(path: Path) -> None:
            self._look_when()
            then(path)

        self._desk.perform(lambda store, now, _: late.backups.back_up(store, occasion=occasion), done)

    def _look_when(self) -> None:
        path = self._desk.path
        self._desk.questions.run(lambda _: late.backups.last_backup_at(path)).succeeded.connect(self._know_when)

    def _know_when(self, at: datetime | None) -> None:
        self._backed_up_at = at
        self._say_when()

    def _say_when(self) -> None:
        if self._backed_up_at is not None:
            # By the clock, as backups are named: also where the shop acts as if it were another day.
            when = formats.ago(self._backed_up_at, datetime.now(UTC))
            self._window.sidebar.backed_up.setText(tr("Backed up {}").replace("{}", when))
