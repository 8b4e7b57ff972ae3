"""The window's own language: every text on screen passes through here on its way to the translator."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_CONTEXT = "OrderDesk"


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate(_CONTEXT, text)


def marked(text: str) -> str:
    """A text in a declaration, marked for translation; whoever shows it passes it through `tr`."""
    return text


def counted(number: int, one: str, many: str) -> str:
    """`one` or `many` with `{}` replaced by the number, grouped as the locale does: "1 order", "1,204 orders"."""
    return tr(one if number == 1 else many).replace("{}", f"{number:,}")


def tooltip(text: str) -> str:
    """The text as a tooltip shows it: Qt's has no plain text, and would take a customer called "<b>" for markup."""
    if "<" not in text and "&" not in text:
        return text
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<span style="white-space: pre-wrap">{plain}</span>'
