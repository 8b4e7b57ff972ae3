"""An amount as people here type it."""

from __future__ import annotations

from typing_extensions import override

from orderdesk.ui.line_edit import LineEdit, dress_number
from orderdesk.ui.typed import plain_money, typed_here


class MoneyEdit(LineEdit):
    """Shows an amount with the decimal mark of the shop's country, and takes one with its currency's sign."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setText(text)

    @override
    def plain(self) -> str:
        return plain_money(self.text())

    @override
    def setText(self, text: str | None) -> None:
        """An amount with a decimal point, as forms hold it."""
        super().setText(typed_here(text or ""))


def money_field(text: str, spoken: str, name: str) -> MoneyEdit:
    """As `number_field`, for an amount."""
    line = MoneyEdit(text)
    dress_number(line, spoken, name)
    return line
