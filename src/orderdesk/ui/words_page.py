"""Words of letters: every text in every language, changed in place, with the letter that it stands in beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.tone.languages import CHECKED
from orderdesk.domain.tone.rules import Level
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.preview import PagesView, rendered_pages, scrolled_pages
from orderdesk.ui.widgets import DropDown, button, callout, card, clear, column, label, row
from orderdesk.ui.wording import explain
from orderdesk.ui.words import marked, tr
from orderdesk.ui.words_editor import WordsEditor

if TYPE_CHECKING:
    from orderdesk.services.wordings import Specimen, Text
    from orderdesk.ui.window_actions import WindowActions

_SECTIONS = {
    "headline": marked("Headline"),
    "salutation": marked("Greeting"),
    "opening": marked("What happened"),
    "choices": marked("What the customer can do"),
    "closing": marked("How to answer"),
    "coupon": marked("Coupon"),
    "reply": marked("Reply slip"),
    "labels": marked("Labels in the letter"),
    "slip": marked("Packing slip"),
}
_NAME = Qt.ItemDataRole.UserRole
_AFTER_TYPING_MS = 250
_ROW_PADDING = 6


class _WholeText(QStyledItemDelegate):
    """Rows as high as their text: Qt asks for the height without the room that the style keeps free at both ends."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        within = QStyleOptionViewItem(option)
        within.rect.adjust(_ROW_PADDING, 0, -_ROW_PADDING, 0)
        return super().sizeHint(within, index)


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
        self.editor = WordsEditor(desk.theme)
        self.pages = PagesView(desk.theme)
        self._build()
        self._desk.feed.committed.connect(lambda _: self._load() if self.isVisible() else None)

    def enter(self) -> None:
        """The page comes to the front."""
        self._load()

    # -- asking and showing

    @property
    def language(self) -> str:
        return str(self.languages.currentData())

    def _load(self) -> None:
        language = self.language
        self._desk.perform(lambda store, _now, _: late.wordings.texts(store, language), self._show_texts)

    def _show_texts(self, texts: Sequence[Text]) -> None:
        self._texts = {text.name: text for text in texts}
        kept = self._shown if self._shown in self._texts else next(iter(self._texts))
        self.list.blockSignals(True)
        self.list.clear()
        section = ""
        for text in texts:
            if text.name.partition(".")[0] != section:
                section = text.name.partition(".")[0]
                self._add_heading(tr(_SECTIONS[section]))
            self._add_text(text, picked=text.name == kept)
        self.list.blockSignals(False)
        self._show(kept)

    def _add_heading(self, title: str) -> None:
        item = QListWidgetItem(title)
        font = self.list.font()
        font.setBold(True)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _add_text(self, text: Text, *, picked: bool) -> None:
        item = QListWidgetItem(f"• {text.words}" if text.own is not None else text.words)
        item.setData(_NAME, text.name)
        item.setToolTip(tr("Your own words") if text.own is not None else "")
        self.list.addItem(item)
        if picked:
            self.list.setCurrentItem(item)

    def _show(self, name: str) -> None:
        """Edit that text, unless it is the one being edited."""
        text = self._texts[name]
        self._reset.setEnabled(text.own is not None)
        if name == self._shown and self.editor.hasFocus():
            return
        self._shown = name
        self.editor.show_words(text.words, text.places, checked=self.language in CHECKED)
        self._usual.setText(tr("Usually: {}").replace("{}", text.usual) if text.own is not None else "")
        clear(self._chips)
        for place in text.places:
            self._chips.addWidget(button(f"{{{place}}}", partial(self.editor.put_in, place), kind="chip", name=f"place.{place}"))
        self._chips.addStretch(1)
        self._look()

    def _look(self) -> None:
        """Show the letter with what is typed, and what proofreading says of it."""
        language, name, words = self.language, self._shown, self.editor.toPlainText()

        def step(store: Store, now: datetime, _: Progress) -> tuple[Specimen, list[QImage]]:
            specimen = late.wordings.specimen(store, language, name, words, now=now)
            return specimen, rendered_pages(specimen.pdf)

        def seen(found: tuple[Specimen, list[QImage]]) -> None:
            if (language, name, words) == (self.language, self._shown, self.editor.toPlainText()):
                self.pages.show_pages(found[1])
                self._say_findings(found[0])

        self._desk.perform(step, seen, otherwise=self._refuse)

    def _say_findings(self, specimen: Specimen) -> None:
        clear(self._findings)
        errors = [each for each in specimen.findings if each.level is Level.ERROR]
        self.editor.mark([each.text for each in errors])
        for each in errors:
            self._findings.addWidget(callout("danger", *late.wordings.explained(each)))
        if not errors and specimen.checked:
            self._findings.addWidget(callout("ok", tr("Nothing to mend")))
        if not specimen.checked:
            note = tr("The tone check knows English only. Dates, refund, placeholders and exclamation marks are checked.")
            self._findings.addWidget(callout("neutral", tr("Tone not checked"), note))

    # -- changing

    def _typed(self) -> None:
        self._later.start()

    def keep(self) -> None:
        """Keep what is typed, if it is other than before."""
        text = self._texts.get(self._shown)
        language, name, words = self.language, self._shown, " ".join(self.editor.toPlainText().split())
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
        language, name = self.language, self._shown

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
        clear(self._findings)
        self._findings.addWidget(callout("danger", *str(explain(error)).split("\n")))

    def _chosen(self) -> None:
        name = self.list.currentItem().data(_NAME) if self.list.currentRow() >= 0 else None
        if name:
            self._show(str(name))

    def _change_language(self) -> None:
        self._shown = ""
        self._load()

    # -- how it looks

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(8)
        splitter.setChildrenCollapsible(False)
        for side in (self._list_side(), self._editor_side(), scrolled_pages(self.pages)):
            splitter.addWidget(side)
        splitter.setSizes([300, 380, 420])
        column(self).addWidget(splitter)
        self.setFocusProxy(self.list)

    def _list_side(self) -> QFrame:
        side = card()
        layout = column(side, margins=12)
        layout.addWidget(label(tr("Words of letters"), "title"))
        self.languages = DropDown()
        self.languages.setObjectName("words.language")
        self.languages.setAccessibleName(tr("Language"))
        for code in formats.LANGUAGES:
            self.languages.addItem(formats.language(code), code)
        self.languages.activated.connect(lambda _: self._change_language())
        layout.addWidget(self.languages)
        self.list = QListWidget()
        self.list.setObjectName("words.list")
        self.list.setAccessibleName(tr("Texts"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)  # many begin alike
        self.list.setItemDelegate(_WholeText(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        layout.addWidget(self.list, 1)
        return side

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
        findings = QWidget()
        self._findings = column(findings, spacing=6)
        layout.addWidget(findings)
        self._usual = label("", "muted")
        layout.addWidget(self._usual)
        buttons = row()
        self._reset = button(tr("Usual words again"), self.reset, image="undo-2", name="words.reset")
        buttons.addWidget(self._reset)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(1)
        return side
