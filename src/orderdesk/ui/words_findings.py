"""What proofreading says of words that are typed, and why some are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from orderdesk.domain.tone.rules import Level
from orderdesk.ui import late
from orderdesk.ui.widgets import callout, clear, column
from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.services.wordings import Specimen


class WordsFindings(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, spacing=6)

    def show_specimen(self, specimen: Specimen) -> None:
        """Each error, or that there is none; and where the tone is not checked, that it is not."""
        clear(self._layout)
        errors = [each for each in specimen.findings if each.level is Level.ERROR]
        for each in errors:
            self._layout.addWidget(callout("danger", *late.wordings.explained(each)))
        if not errors and specimen.checked:
            self._layout.addWidget(callout("ok", tr("Nothing to mend")))
        if not specimen.checked:
            note = tr("The tone check knows English only. Dates, refund, placeholders and exclamation marks are checked.")
            self._layout.addWidget(callout("neutral", tr("Tone not checked"), note))

    def show_refusal(self, error: Exception) -> None:
        clear(self._layout)
        self._layout.addWidget(callout("danger", *str(explain(error)).split("\n")))
