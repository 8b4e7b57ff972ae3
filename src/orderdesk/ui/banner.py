"""What went wrong, above the page, until it is read: a sentence and a remedy, no box in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from orderdesk.ui.widgets import button, clear, column, ghost_button, label, let_go_of_keyboard, restyle, row
from orderdesk.ui.wording import Explanation
from orderdesk.ui.words import tr


class Banner(QFrame):
    """One message at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._stays = False
        self.setProperty("kind", "callout")
        layout = row(self, margins=10, spacing=10)
        words_holder = QFrame()
        words = column(words_holder, spacing=2)
        self._heading, self._remedy = label("", "strong"), label("")
        self._heading.setObjectName("banner.text")
        words.addWidget(self._heading)
        words.addWidget(self._remedy)
        layout.addWidget(words_holder, 1)
        self._buttons = row(spacing=6)
        layout.addLayout(self._buttons)
        layout.addWidget(ghost_button(tr("Dismiss"), "x", self.hide), 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        return f"{self._heading.text()} {self._remedy.text()}".strip()

    def show_problem(
        self, explanation: Explanation, ways: Sequence[tuple[str, Callable[[], None]]] = (), *, stays: bool = False
    ) -> None:
        """Say what went wrong on this page, with ways to mend it; what `stays` is true on every page."""
        self._stays = stays
        self._show("danger", explanation.sentence, explanation.remedy, ways)

    def show_question(self, heading: str, text: str, answers: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Ask something that can wait; any answer closes it."""
        self._stays = True
        self._show("info", heading, text, answers)

    def leave_page(self) -> None:
        """The seller has gone on to another page."""
        if not self._stays:
            self.hide()

    def _show(self, role: str, heading: str, text: str, answers: Sequence[tuple[str, Callable[[], None]]]) -> None:
        restyle(self, "callout", role)
        self._heading.setText(heading)
        self._remedy.setText(text)
        self._remedy.setVisible(bool(text))
        clear(self._buttons)
        for title, act in answers:
            self._buttons.addWidget(button(title, self._after(act)))
        self.setAccessibleName(self.text)
        self.show()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        let_go_of_keyboard(self)

    def _after(self, act: Callable[[], None]) -> Callable[[], None]:
        def acted() -> None:
            self.hide()
            act()

        return acted
