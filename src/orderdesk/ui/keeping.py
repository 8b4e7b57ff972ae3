"""Backups, the way back from one, and everything out as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
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
    from orderdesk.ui.interior import Interior

_SAY_AGAIN_MS = 60_000
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

    def back_up(self) -> None:
        """Back up now, and say where."""
        self._back_up("by hand", lambda path: self._desk.say(tr("Backed up to {}").replace("{}", path.name)))

    def back_up_quietly(self) -> None:
        """The backup of every start."""
        self._back_up("start", lambda path: None)

    def restore(self) -> None:
        """Ask which backup, then put it in the shop's place; the shop as it was becomes a backup itself."""
        start = str(self._desk.path.parent / f"{self._desk.path.stem} backups")
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, tr("Restore a backup"), start, tr("Shops (*.orderdesk);;All files (*)")
        )
        if not chosen:
            return
        sure = QMessageBox(self._window)
        sure.setIcon(QMessageBox.Icon.Question)
        sure.setTextFormat(Qt.TextFormat.PlainText)
        sure.setText(tr("Put this backup in the place of the shop?"))
        sure.setInformativeText(tr("{}\n\nThe shop as it is now is kept as a backup.").replace("{}", chosen))
        yes = sure.addButton(tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        sure.addButton(QMessageBox.StandardButton.Cancel)
        sure.exec()
        if sure.clickedButton() is yes:
            self.restore_from(Path(chosen))

    def restore_from(self, backup: Path) -> None:
        """Close the shop, put the backup in its place, open it again."""
        path = self._desk.path
        task = self._desk.replace_shop(lambda: late.backups.restore(path, backup), tr("Restoring"))
        task.succeeded.connect(lambda _: self._desk.say(tr("Restored {}").replace("{}", backup.name)))

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
            self._backed_up_at = self._desk.now()
            self._say_when()
            then(path)

        self._desk.perform(lambda store, now, _: late.backups.back_up(store, occasion=occasion), done)

    def _say_when(self) -> None:
        if self._backed_up_at is not None:
            when = formats.ago(self._backed_up_at, self._desk.now())
            self._window.sidebar.backed_up.setText(tr("Backed up {}").replace("{}", when))
