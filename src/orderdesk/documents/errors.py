"""What the letters refuse besides a character without a font: text without room on paper or in a message, or not wanted there."""

from __future__ import annotations

from orderdesk.domain.errors import OrderDeskError


class TextTooLongError(OrderDeskError):
    """A text that does not fit its place on paper even at the smallest size."""

    def __init__(self, where: str, text: str) -> None:
        shortened = text if len(text) <= 60 else text[:59] + "…"
        super().__init__(f"It can't be printed: {where} is too long ({shortened!r}).", "Shorten it, then try again.")


class AddressTooLongError(OrderDeskError):
    """An address with more lines than the window of the envelope shows."""

    def __init__(self, lines: int, most: int) -> None:
        super().__init__(
            f"It can't be printed: the address takes {lines} lines, and the envelope's window shows {most}.",
            "Shorten the address, then try again.",
        )


class LabelTooLongError(OrderDeskError):
    """An address that does not fit its label even at the smallest size."""

    def __init__(self, name: str, lines: int, most: int) -> None:
        super().__init__(
            f"The label can't be printed: the address of {name} takes {lines} lines, and a label has room for {most}.",
            "Shorten the address, or leave it out.",
        )


class MessageTooLongError(OrderDeskError):
    """A message that stays too long for its channel even with one line of facts; of `several` orders by what the law asks for."""

    def __init__(self, channel: str, length: int, longest: int, *, several: bool) -> None:
        super().__init__(
            f"The message has {length:,} characters, and {channel} takes {longest:,}.",
            "Print the letter or e-mail it: what the law asks for about so many orders has no room in a message."
            if several
            else "Shorten the customer's concern or the products' titles, or print the letter.",
        )


class UnwantedContactError(OrderDeskError):
    """A way around a marketplace in a message there: a link, an e-mail address, a phone number."""

    def __init__(self, channel: str, contact: str) -> None:
        super().__init__(
            f"The message can't go out by {channel}: it contains {contact!r}, and no links, addresses or phone numbers may.",
            "Take that out of the product's title or the customer's concern, then apologize again.",
        )


class MailAddressError(OrderDeskError):
    """An e-mail address that is missing, or that no mail can go to."""
