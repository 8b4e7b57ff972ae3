"""Words of letters: every text in every language, changed in place, with the letter that it stands in beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from typing_extensions import override

from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.tone.check import check_typed
from orderdesk.domain.tone.languages import CHECKED
from orderdesk.domain.tone.rules import Level
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.preview import rendered_pages
from orderdesk.ui.widgets import button, clear
from orderdesk.ui.words import tr
from orderdesk.ui.words_shell import WordsShell

if TYPE_CHECKING:
    from orderdesk.domain.changes import Changes
    from orderdesk.services.wordings import Specimen, Text
    from orderdesk.ui.window_actions import WindowActions

_AFTER_TYPING_MS = 250
# Whoever thinks that long over a sound sentence means it.
PAUSE_MS = 4000


class WordsPage(WordsShell):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._window = window
        self._texts: dict[str, Text] = {}
        self._shown = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_TYPING_MS)
        self._later.timeout.connect(self._look)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._keep_what_is_sound)
        self._under_way: dict[tuple[str, str], str] = {}
        self._is_sound = False
        self.choice.chosen.connect(self._show)
        self.choice.language_changed.connect(self._change_language)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.keep)
        # A method, not a lambda: Qt lets go of it with the page, which another shop takes away; the feed lives on.
        self._desk.feed.committed.connect(self._committed)

    def enter(self) -> None:
        """The page comes to the front."""
        self._load()

    def _committed(self, _: Changes) -> None:
        if self.isVisible():
            self._load()

    # -- asking and showing

    def _load(self) -> None:
        language = self.choice.language
        self._desk.perform(lambda store, _now, _: late.wordings.texts(store, language), self._show_texts)

    def _show_texts(self, texts: Sequence[Text]) -> None:
        self._texts = {text.name: text for text in texts}
        kept = self._shown if self._shown in self._texts else next(iter(self._texts))
        self.choice.show_texts(texts, kept)
        self._show(kept)

    def _show(self, name: str) -> None:
        """Edit that text, unless it is the one being edited."""
        text = self._texts[name]
        self.reset_button.setEnabled(text.own is not None)
        if name == self._shown and self.editor.hasFocus():
            return
        self._shown = name
        words = self._under_way.get((self.choice.language, name), text.words)
        self.editor.show_words(words, text.places, checked=self.choice.language in CHECKED)
        self.usual.setText(tr("Usually: {}").replace("{}", text.usual) if text.own is not None else "")
        clear(self.chips)
        for place in text.places:
            chip = button(f"{{{place}}}", partial(self.editor.put_in, place), kind="chip", name=f"place.{place}")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # to press one is not to leave the sentence
            self.chips.addWidget(chip)
        self.chips.addStretch(1)
        self._look()

    def _look(self) -> None:
        """Show the letter with what is typed, and what proofreading says of it."""
        language, name, words = self.choice.language, self._shown, self.editor.toPlainText()

        def step(store: Store, now: datetime, _: Progress) -> tuple[Specimen, list[QImage]]:
            specimen = late.wordings.specimen(store, language, name, words, now=now)
            return specimen, rendered_pages(specimen.pdf)

        def seen(found: tuple[Specimen, list[QImage]]) -> None:
            if (language, name, words) == (self.choice.language, self._shown, self.editor.toPlainText()):
                wrong = [each.text for each in found[0].findings if each.level is Level.ERROR]
                self._is_sound = not wrong and found[0].missing is None
                self.pages.show_pages(found[1])
                self.editor.mark(wrong)
                self.findings.show_specimen(found[0], check_typed(words, checked=language in CHECKED))

        self._desk.perform(step, seen, otherwise=self._refuse)

    # -- changing

    def _typed(self) -> None:
        self._is_sound = False
        self._later.start()
        self._pause.start()
        text, place = self._texts.get(self._shown), (self.choice.language, self._shown)
        if text is not None and self.editor.toPlainText() != text.words:
            self._under_way[place] = self.editor.toPlainText()
        else:
            self._under_way.pop(place, None)

    def _keep_what_is_sound(self) -> None:
        if self._is_sound:
            self.keep()

    def keep(self) -> None:
        """Keep what is typed, if it is other than before."""
        text = self._texts.get(self._shown)
        language, name, words = self.choice.language, self._shown, " ".join(self.editor.toPlainText().split())
        if text is None or words == text.words or not self._desk.is_open:
            return

        def step(store: Store, now: datetime, _: Progress) -> object:
            return late.wordings.save_words(store, language, name, words, now=now)

        self._desk.perform(step, lambda _: self._kept(language, name), otherwise=lambda error: self._refuse(error, name))

    def _kept(self, language: str, name: str) -> None:
        self._under_way.pop((language, name), None)
        self._desk.say(tr("Saved. New letters carry it."), [(tr("Undo"), self._window.undo)])
        self._load()

    @override
    def reset(self) -> None:
        language, name = self.choice.language, self._shown

        def step(store: Store, now: datetime, _: Progress) -> object:
            return late.wordings.reset_words(store, language, name, now=now)

        def done(_: object) -> None:
            self._desk.say(tr("The usual words again."), [(tr("Undo"), self._window.undo)])
            self._load()

        self._desk.perform(step, done, otherwise=self._refuse)

    def _refuse(self, error: Exception, name: str = "") -> None:
        """Say it beside the text, or in passing where the seller is at another one by now; what was typed is kept there."""
        if not isinstance(error, OrderDeskError):
            self._desk.failed.emit(error)
        elif self.isVisible() and name in ("", self._shown):
            self.findings.show_refusal(error)
        else:
            self._desk.say(tr("The words you typed are not in use yet: {}").replace("{}", str(error)))

    def _change_language(self) -> None:
        self._shown = ""
        self._load()
