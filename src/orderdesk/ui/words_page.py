"""Words of letters: every text in every language, changed in place, with the letter that it stands in beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QWidget

from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.tone.languages import CHECKED
from orderdesk.domain.tone.rules import Level
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.preview import PagesView, rendered_pages, scrolled_pages
from orderdesk.ui.widgets import button, card, clear, column, label, row
from orderdesk.ui.words import tr
from orderdesk.ui.words_choice import WordsChoice
from orderdesk.ui.words_editor import WordsEditor
from orderdesk.ui.words_findings import WordsFindings

if TYPE_CHECKING:
    from orderdesk.services.wordings import Specimen, Text
    from orderdesk.ui.window_actions import WindowActions

_AFTER_TYPING_MS = 250


class WordsPage(QWidget):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__()
        self.setObjectName("page.words")
        self.setProperty("kind", "page")
        self._desk = desk
        self._window = window
        self._texts: dict[str, Text] = {}
        self._shown = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_TYPING_MS)
        self._later.timeout.connect(self._look)
        self.choice = WordsChoice()
        self.choice.chosen.connect(self._show)
        self.choice.language_changed.connect(self._change_language)
        self.editor = WordsEditor(desk.theme)
        self.findings = WordsFindings()
        self.pages = PagesView(desk.theme)
        self._build()
        self._desk.feed.committed.connect(lambda _: self._load() if self.isVisible() else None)

    def enter(self) -> None:
        """The page comes to the front."""
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
        self._reset.setEnabled(text.own is not None)
        if name == self._shown and self.editor.hasFocus():
            return
        self._shown = name
        self.editor.show_words(text.words, text.places, checked=self.choice.language in CHECKED)
        self._usual.setText(tr("Usually: {}").replace("{}", text.usual) if text.own is not None else "")
        clear(self._chips)
        for place in text.places:
            self._chips.addWidget(button(f"{{{place}}}", partial(self.editor.put_in, place), kind="chip", name=f"place.{place}"))
        self._chips.addStretch(1)
        self._look()

    def _look(self) -> None:
        """Show the letter with what is typed, and what proofreading says of it."""
        language, name, words = self.choice.language, self._shown, self.editor.toPlainText()

        def step(store: Store, now: datetime, _: Progress) -> tuple[Specimen, list[QImage]]:
            specimen = late.wordings.specimen(store, language, name, words, now=now)
            return specimen, rendered_pages(specimen.pdf)

        def seen(found: tuple[Specimen, list[QImage]]) -> None:
            if (language, name, words) == (self.choice.language, self._shown, self.editor.toPlainText()):
                self.pages.show_pages(found[1])
                self.editor.mark([each.text for each in found[0].findings if each.level is Level.ERROR])
                self.findings.show_specimen(found[0])

        self._desk.perform(step, seen, otherwise=self._refuse)

    # -- changing

    def _typed(self) -> None:
        self._later.start()

    def keep(self) -> None:
        """Keep what is typed, if it is other than before."""
        text = self._texts.get(self._shown)
        language, name, words = self.choice.language, self._shown, " ".join(self.editor.toPlainText().split())
        if text is None or words == text.words or not self._desk.is_open:
            return

        def step(store: Store, now: datetime, _: Progress) -> object:
            return late.wordings.save_words(store, language, name, words, now=now)

        self._desk.perform(step, lambda _: self._kept(), otherwise=self._refuse)

    def _kept(self) -> None:
        self._desk.say(tr("Saved. New letters carry it."), [(tr("Undo"), self._window.undo)])
        self._load()

    def reset(self) -> None:
        """The usual words again."""
        language, name = self.choice.language, self._shown

        def step(store: Store, now: datetime, _: Progress) -> object:
            return late.wordings.reset_words(store, language, name, now=now)

        def done(_: object) -> None:
            self._desk.say(tr("The usual words again."), [(tr("Undo"), self._window.undo)])
            self._load()

        self._desk.perform(step, done, otherwise=self._refuse)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, OrderDeskError):
            self._desk.failed.emit(error)
            return
        self.findings.show_refusal(error)

    def _change_language(self) -> None:
        self._shown = ""
        self._load()

    # -- how it looks

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(8)
        splitter.setChildrenCollapsible(False)
        for side in (self.choice, self._editor_side(), scrolled_pages(self.pages)):
            splitter.addWidget(side)
        splitter.setSizes([300, 380, 420])
        column(self).addWidget(splitter)
        self.setFocusProxy(self.choice.list)

    def _editor_side(self) -> QFrame:
        side = card()
        layout = column(side, margins=12)
        layout.addWidget(label(tr("Your words"), "section"))
        about = tr("What stands in braces is filled in by each letter. The sentences of the law stay as they are.")
        layout.addWidget(label(about, "muted"))
        self.editor.setObjectName("words.editor")
        self.editor.setAccessibleName(tr("Your words"))
        self.editor.setFixedHeight(110)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.keep)
        layout.addWidget(self.editor)
        chips = QWidget()
        self._chips: QHBoxLayout = row(chips, spacing=6)
        layout.addWidget(chips)
        layout.addWidget(self.findings)
        self._usual = label("", "muted")
        layout.addWidget(self._usual)
        buttons = row()
        self._reset = button(tr("Usual words again"), self.reset, image="undo-2", name="words.reset")
        buttons.addWidget(self._reset)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(1)
        return side
