"""Import: each file recognized, what it would bring, what it can't say, what is left out; then one undoable step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QWidget
from typing_extensions import override

from orderdesk.domain.errors import OtherFileError
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.empty import EmptyState
from orderdesk.ui.import_card import file_card
from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.ways_back import moved_words, take_back
from orderdesk.ui.widgets import button, callout, clear, column, label, row
from orderdesk.ui.wording import explain
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.import_results import ImportOptions, ImportResult
    from orderdesk.ui.window_actions import WindowActions

# Where what was imported can be seen, by its kind; the first page shows all of it.
_SHOWN_ON = {
    "orders": ("orders", "today"),
    "products": ("inventory", "reorder", "today"),
    "supplier_stock": ("inventory", "reorder", "today"),
    "listings": ("listings", "today"),
    "customers": ("customers",),
}


class ImportPage(QWidget):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__()
        self.setObjectName("page.import")
        self.setProperty("kind", "page")
        self._desk = desk
        self._window = window
        self._paths: list[Path] = []
        self._previewed: dict[Path, str] = {}  # of each file the digest of what is shown
        self._answers: dict[Path, dict[str, Any]] = {}
        layout = column(self, spacing=10)
        head = row()
        head.addWidget(label(tr("Import"), "title"), 1)
        head.addWidget(button(tr("Choose files…"), self.choose_files, image="folder-open", name="import.choose"))
        self.cancel_button = button(tr("Cancel"), self._leave, name="import.cancel")
        head.addWidget(self.cancel_button)
        self.import_button = button(tr("Import"), self.take_in, kind="primary", image="file-up", name="import.go")
        self.import_button.setEnabled(False)
        head.addWidget(self.import_button)
        layout.addLayout(head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(tr("What the files would bring"))
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._cards = column(inside, spacing=10)
        self._area.setWidget(inside)
        layout.addWidget(self._area, 1)
        self._invite()

    def choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, tr("Import"), str(Path.home()), tr("Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)")
        )
        if chosen:
            self.preview([Path(path) for path in chosen])

    def preview(self, paths: Sequence[Path]) -> None:
        """Show what these files would bring; nothing is changed."""
        self._answers.clear()
        self._paths = list(paths)
        self._look()

    def _look(self) -> None:
        """Read the files by what the seller has answered so far."""
        self.import_button.setEnabled(False)

        def step(store: Store, now: datetime, progress: Progress) -> ImportResult:
            return late.imports.preview_import(store, self._paths, own_options=self._options(), now=now, progress=progress)

        self._desk.perform(step, self._show, title=tr("Reading the files"), otherwise=self._refuse)

    def take_in(self) -> None:
        """Import what was previewed."""
        self.import_button.setEnabled(False)

        def step(store: Store, now: datetime, progress: Progress) -> ImportResult:
            return late.imports.import_files(
                store, self._paths, own_options=self._options(), previewed=self._previewed, now=now, progress=progress
            )

        task = self._desk.perform(step, self._imported, title=tr("Importing"), otherwise=self._not_imported)
        task.canceled.connect(lambda: self.import_button.setEnabled(True))

    def _options(self) -> dict[Path, ImportOptions]:
        return {path: late.import_results.ImportOptions(**answers) for path, answers in self._answers.items()}

    def _show(self, result: ImportResult) -> None:
        """What those files bring that can be read, and what is wrong with the others, which are left out."""
        clear(self._cards)
        self._paths = [file.path for file in result.files]
        self._previewed = {file.path: file.digest for file in result.files}
        for error in result.refused:
            self._add_refusal(error)
        to_answer: list[QWidget] = []
        for file in result.files:
            made = file_card(file, self._answers.get(file.path, {}), partial(self._answer, file.path))
            self._cards.addWidget(made)
            to_answer += [each for each in made.findChildren(LineEdit) if not each.text()]
        self._cards.addStretch(1)
        news = any(file.new or file.changed for file in result.files)
        self.import_button.setEnabled(news)
        for first in [*to_answer, *([self.import_button] if news else [])][:1]:
            first.setFocus()

    def _answer(self, path: Path, key: str, answer: object) -> None:
        """What is said of a file is said of that one only."""
        self._answers.setdefault(path, {})[key] = answer
        self._look()

    def _imported(self, result: ImportResult) -> None:
        new, changed = sum(file.new for file in result.files), sum(file.changed for file in result.files)
        text = tr("Imported: {} new, {} changed").replace("{}", f"{new:,}", 1).replace("{}", f"{changed:,}")
        skipped = sum(len(file.skipped) for file in result.files)
        text += ", " + counted(skipped, "{} row left out", "{} rows left out") if skipped else ""
        said = " · ".join([text, *moved_words(result.gained + result.lost)])
        self._desk.say(said, [(tr("Undo"), partial(take_back, self._desk, [result.import_id]))] if result.import_id else [])
        self._answers.clear()
        self._invite()
        # A letter without the shop's profile would have no sender.
        if self._desk.profile is None:
            self._window.go("settings")
        else:
            self._show_imported({file.kind for file in result.files})

    def _show_imported(self, kinds: set[str]) -> None:
        """Back to the page where the import was begun, if it shows what came; else to the page that does."""
        fitting = [pages for kind, pages in _SHOWN_ON.items() if kind in kinds]
        begun_on = self._window.page_before("import")
        if begun_on is not None and any(begun_on in pages for pages in fitting):
            self._window.go(begun_on)
        else:
            self._window.go_filtered(fitting[0][0], "all")

    def _not_imported(self, error: Exception) -> None:
        """What the seller has not seen is shown instead."""
        if isinstance(error, OtherFileError):
            why = explain(error)
            self._desk.say(f"{why.sentence} {why.remedy}")
            self._look()
        else:
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        clear(self._cards)
        self._add_refusal(error)
        self._cards.addStretch(1)

    def _add_refusal(self, error: Exception) -> None:
        why = explain(error)
        self._cards.addWidget(callout("danger", why.sentence, why.remedy))

    def _invite(self) -> None:
        clear(self._cards)
        empty = EmptyState()
        text = tr("Drop CSV or Excel files anywhere on this window, or choose them.")
        text += "\n" + tr("For a file of your own, File, Export writes one with all columns to fill in.")
        empty.show_message("file-up", tr("Bring your files"), text, tr("Choose files…"), self.choose_files)
        self._cards.addWidget(empty, 1, Qt.AlignmentFlag.AlignVCenter)
        self.import_button.setEnabled(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self._answers.clear()
        self._invite()
        self._window.go(self._window.page_before("import") or "orders")
