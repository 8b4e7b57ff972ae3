"""How the page of words is laid out: the texts, the one being edited, the letter that it stands in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSplitter, QWidget

from orderdesk.ui.preview import PagesView, scrolled_pages
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import button, card, column, label, row, scrolled
from orderdesk.ui.words import tr
from orderdesk.ui.words_choice import WordsChoice
from orderdesk.ui.words_editor import WordsEditor
from orderdesk.ui.words_findings import WordsFindings


class WordsShell(QWidget):
    """The widgets of the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page.words")
        self.setProperty("kind", "page")
        self.choice = WordsChoice()
        self.editor = WordsEditor(theme)
        self.findings = WordsFindings()
        self.pages = PagesView(theme)
        self.chips: QHBoxLayout
        self.usual = label("", "muted")
        self.reset_button: QPushButton
        self._build()

    def reset(self) -> None:
        """The usual words again."""

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
        layout.addWidget(self.editor)
        chips = QWidget()
        self.chips = row(chips, spacing=6)
        layout.addWidget(chips)
        layout.addWidget(self._findings_below(), 1)
        layout.addWidget(self.usual)
        buttons = row()
        self.reset_button = button(tr("Usual words again"), self.reset, image="undo-2", name="words.reset")
        buttons.addWidget(self.reset_button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        return side

    def _findings_below(self) -> QScrollArea:
        """However many there are, they take nothing from the sentence above."""
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        layout = column(inside)
        layout.addWidget(self.findings)
        layout.addStretch(1)
        return scrolled(inside)
