"""What the fields of a form are filled in with, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.desk import Desk
from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.lookup import Lookup, ProductLookup, find_suppliers
from orderdesk.ui.money_edit import MoneyEdit
from orderdesk.ui.widgets import DropDown, narrow
from orderdesk.ui.words import tr
from orderdesk.ui.zone_box import ZoneBox

if TYPE_CHECKING:
    from orderdesk.ui.forms import Field


def editor_of(each: Field, value: Any, desk: Desk | None) -> QWidget:
    """The widget that a field is filled in with, `value` in it."""
    if each.kind == "check":
        box = QCheckBox(tr(each.title))
        box.setChecked(bool(value))
        return box
    if each.kind == "choice":
        combo = narrow(DropDown())
        for token, title in each.choices:
            combo.addItem(tr(title), token)
        combo.setCurrentIndex(max(0, combo.findData(value)))
        return combo
    if each.kind == "zone":
        return ZoneBox(str(value or ""))
    if each.kind == "long":
        text = QPlainTextEdit(str(value or ""))
        text.setFixedHeight(72)
        text.setTabChangesFocus(True)
        return text
    line = _line(each, str(value or ""), desk)
    line.setPlaceholderText(_hint(each))
    line.setMaxLength(4000)
    return line


def _hint(each: Field) -> str:
    """Never to be taken for something that is set already."""
    said, word = (tr("e.g. {}"), each.example) if each.example else (tr("else {}"), each.usual)
    return said.replace("{}", tr(word)) if word else ""


def _line(each: Field, text: str, desk: Desk | None) -> QLineEdit:
    if desk is not None and each.kind in ("product", "supplier"):
        found = ProductLookup(desk) if each.kind == "product" else Lookup(desk, find_suppliers)
        found.setText(text)
        return found
    if each.kind == "day":
        return DayEdit(text, desk.today() if desk else None)
    return MoneyEdit(text) if each.kind == "money" else LineEdit(text)


def changes_of(editor: QWidget) -> SignalInstance:
    """What an editor emits when something else stands in it."""
    if isinstance(editor, QCheckBox):
        return editor.toggled
    if isinstance(editor, DropDown):
        return editor.currentIndexChanged
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    return editor.textChanged


def typed_value(editor: QWidget) -> Any:
    """What stands in an editor."""
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, DropDown):
        return editor.currentData()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    assert isinstance(editor, QLineEdit)
    return editor.plain() if isinstance(editor, LineEdit) else editor.text()
