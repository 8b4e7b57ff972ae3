"""The texts of letters to choose from, in every language; those in the seller's own words have a dot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from orderdesk.ui import formats
from orderdesk.ui.widgets import DropDown, column, label
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.services.wordings import Text

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
_ROW_PADDING = 6


class _WholeText(QStyledItemDelegate):
    """Rows as high as their text: Qt asks for the height without the room that the style keeps free at both ends."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        within = QStyleOptionViewItem(option)
        within.rect.adjust(_ROW_PADDING, 0, -_ROW_PADDING, 0)
        return super().sizeHint(within, index)


class WordsChoice(QFrame):
    """`chosen` carries the name of another text; `language_changed`: the texts of another language are wanted."""

    chosen = Signal(str)
    language_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        layout = column(self, margins=12)
        layout.addWidget(label(tr("Words of letters"), "title"))
        self.languages = DropDown()
        self.languages.setObjectName("words.language")
        self.languages.setAccessibleName(tr("Language"))
        for code in formats.LANGUAGES:
            self.languages.addItem(formats.language(code), code)
        self.languages.activated.connect(lambda _: self.language_changed.emit())
        layout.addWidget(self.languages)
        self.list = QListWidget()
        self.list.setObjectName("words.list")
        self.list.setAccessibleName(tr("Texts"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)  # many begin alike
        self.list.setItemDelegate(_WholeText(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda *_: self._choose())
        layout.addWidget(self.list, 1)

    @property
    def language(self) -> str:
        return str(self.languages.currentData())

    def show_texts(self, texts: Sequence[Text], kept: str) -> None:
        """List the texts, section by section, with the one that is `kept` picked."""
        self.list.blockSignals(True)
        self.list.clear()
        section = ""
        for text in texts:
            if text.name.partition(".")[0] != section:
                section = text.name.partition(".")[0]
                self._add_heading(tr(_SECTIONS[section]))
            self._add_text(text, picked=text.name == kept)
        self.list.blockSignals(False)

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

    def _choose(self) -> None:
        name = self.list.currentItem().data(_NAME) if self.list.currentRow() >= 0 else None
        if name:
            self.chosen.emit(str(name))
