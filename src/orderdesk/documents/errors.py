"""What the letters refuse besides a character without a font: text that has no room on paper."""

from __future__ import annotations

from orderdesk.domain.errors import OrderDeskError


class TextTooLongError(OrderDeskError):
    """A text that does not fit its place on paper even at the smallest size."""

    def __init__(self, where: str, text: str) -> None:
        shortened = text if len(text) <= 60 else text[:59] + "…"
        super().__init__(f"The letter can't be printed: {where} is too long ({shortened!r}).", "Shorten it, then try again.")


class AddressTooLongError(OrderDeskError):
    """An address with more lines than the window of the envelope shows."""

    def __init__(self, lines: int, most: int) -> None:
        super().__init__(
            f"The letter can't be printed: the address takes {lines} lines, and the envelope's window shows {most}.",
            "Shorten the address, then try again.",
        )
