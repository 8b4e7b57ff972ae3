"""The two boxes that stand in the way: something went wrong in the program itself, and the shop is open elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from orderdesk.ui.wording import explain
from orderdesk.ui.words import tr


def show_mishap(window: QWidget, error: BaseException) -> None:
    """Say what nobody caught, without a traceback."""
    why = explain(error)
    box = _plain_box(window, why.sentence, why.remedy)
    box.setObjectName("mishap")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def say_open_elsewhere(owner: str) -> None:
    """The shop's file is open in a window that does not answer."""
    advice = tr("Use that one, or close it first. {}").replace("{}", owner).strip()
    _plain_box(None, tr("This shop is open in another window."), advice).exec()


def _plain_box(parent: QWidget | None, text: str, advice: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(advice)
    return box
