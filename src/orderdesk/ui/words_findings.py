"""What proofreading says of words that are typed, and why some are refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from orderdesk.domain.tone.check import Finding
from orderdesk.domain.tone.reasons import NOT_CHECKED
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

    def show_specimen(self, specimen: Specimen, typed: Sequence[Finding]) -> None:
        """A fact that is missing, each error of the letter and what else is marked in the words that are typed, or that there is
        nothing; and where the tone is not checked, that it is not.
        """
        clear(self._layout)
        if specimen.missing is not None:
            self._say_why(specimen.missing)
        errors = [late.wordings.explained(each) for each in specimen.findings if each.level is Level.ERROR]
        wrong = {reason for reason, _ in errors}
        said: dict[str, list[str]] = {}
        for reason, words in dict.fromkeys([*errors, *map(late.wordings.explained, typed)]):
            said.setdefault(reason, []).append(words)
        for reason, found in said.items():
            self._layout.addWidget(
                callout("danger" if reason in wrong else "backordered", reason, ", ".join(filter(None, found)))
            )
        if not errors and not typed and specimen.checked and specimen.missing is None:
            self._layout.addWidget(callout("ok", tr("Nothing to mend")))
        if not specimen.checked:
            self._layout.addWidget(callout("neutral", tr(NOT_CHECKED)))

    def show_refusal(self, error: Exception) -> None:
        clear(self._layout)
        self._say_why(error)

    def _say_why(self, error: Exception) -> None:
        self._layout.addWidget(callout("danger", *str(explain(error)).split("\n")))
