"""What the shop refuses, by name. Each error carries a sentence that says what, and a remedy that says what to do."""

from __future__ import annotations

from datetime import date

from orderdesk.domain.days import spelled_out
from orderdesk.domain.tone.reasons import REASONS

_LONGEST_ECHO = 80
# What people call a field whose own name is not what it holds.
_CALLED = {
    "expected_on": "day it is expected",
    "first": "first label",
    "how": "way it was paid back",
    "line1": "street",
    "line2": "second line of the street",
    "mail_host": "mail server",
    "mail_port": "port of the mail server",
    "on_hand": "number on hand",
    "on_order": "number on order",
    "on_order_expected_on": "day the units on order are expected",
    "placed_on": "day of the order",
    "ship_by": "day to ship by",
}


def _echo(typed: str) -> str:
    """What was typed, as an error shows it: enough to know it again."""
    return typed if len(typed) <= _LONGEST_ECHO else f"{typed[: _LONGEST_ECHO - 1]}…"


def named(reason: str, number: str, name: str) -> str:
    """Why an order is left out, beginning with its name unless its number is in it."""
    return reason if number in reason else f"{name}: {reason}"


class OrderDeskError(Exception):
    """Something in the seller's world that stops a step; nothing was changed.

    `str(error)` is the sentence, `error.remedy` what to do about it.
    """

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.remedy = remedy


class InvalidValueError(OrderDeskError):
    """A value that a field cannot hold."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(
            f"{_echo(value)!r} can't be the {_CALLED.get(field, field.replace('_', ' '))}.", f"Expected: {expected}."
        )
        self.field = field
        self.value = value
        self.expected = expected


class InvalidRuleError(InvalidValueError):
    """A rule that can't be: `place` is the rule's in the list, from 1, `field` what is wrong in it."""

    def __init__(self, place: int, field: str, value: str, expected: str) -> None:
        super().__init__(f"{field} of rule {place}", value, expected)
        self.place = place
        self.field = field


class CurrencyMismatchError(OrderDeskError):
    """Two amounts of different currencies where one is needed; amounts are never converted."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} can't be added up.", "Use one currency; amounts are never converted.")


class NotFoundError(OrderDeskError):
    """No such order, product, customer, coupon or import."""

    def __init__(self, what: str, key: str) -> None:
        if key.strip():
            super().__init__(f"There is no {what} {_echo(key)}.", "Check the spelling, or search for it.")
        else:
            super().__init__(f"No {what} is named.", f"Say which {what}.")


class AlreadyThereError(OrderDeskError):
    """A second thing under a key that must be unique."""

    def __init__(self, what: str, key: str) -> None:
        article = "an" if what[0] in "aeiou" else "a"
        super().__init__(f"There already is {article} {what} {_echo(key)}.", "Edit that one, or choose another name or number.")


class TooManyError(OrderDeskError):
    """More units than the line or the shelf has, or less than one.

    `where_none` is what to do where there are none at all, `or_else` what can be done with those beyond.
    """

    def __init__(self, verb: str, asked: int, most: int, of: str, where_none: str = "", or_else: str = "") -> None:
        there = "is only 1" if most == 1 else f"are only {most}" if most else "are none"
        why = "at least 1 is needed" if asked < 1 else f"there {there}"
        super().__init__(
            f"{asked} of {of} can't be {verb}: {why}.",
            f"{_asked_for(most) or where_none} {or_else if asked > most else ''}".strip(),
        )


def _asked_for(most: int) -> str:
    return f"Ask for 1 to {most}." if most > 1 else "Ask for 1." if most else ""


class NothingBackorderedError(OrderDeskError):
    """An apology for an order that has no backordered line."""

    def __init__(self, order_number: str) -> None:
        super().__init__(f"Order {order_number} has no backordered line.", "There is nothing to apologize for.")


class AlreadyToldError(OrderDeskError):
    """A change to a letter that the customer has."""

    def __init__(self, order_number: str, told_on: date) -> None:
        super().__init__(
            f"The customer of order {order_number} was told on {spelled_out(told_on)}.",
            "Their letter and coupon stay as they are; open them from the order.",
        )


class NothingToDoError(OrderDeskError):
    """A step that would change nothing: nothing allocated to ship, nothing to undo."""


class NoAddressError(NothingToDoError):
    """Something for somebody of whom it is not known where they are."""

    def __init__(self, whose: str) -> None:
        super().__init__(f"{whose} has no address.", "Enter it, or leave that one out.")


class RefusedError(OrderDeskError):
    """A step that the rules of the shop forbid in the present state."""


class OvertakenError(RefusedError):
    """A letter that lies ready and says what is not so any more: made again, it follows or another takes its place."""


class UnknownZoneError(OrderDeskError):
    """The time zone of the shop is none that this machine knows."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The time zone “{_echo(name)}” of the shop is not known here.",
            "Set another one in the shop's profile. By the command line: orderdesk shop time_zone=America/New_York.",
        )


class NotSetUpError(RefusedError):
    """What the shop's settings have to say first: `in_settings` is the remedy in the window, `command` that of a script."""

    def __init__(self, sentence: str, in_settings: str, command: str) -> None:
        super().__init__(sentence, f"{in_settings} By the command line: orderdesk {command}.")
        self.in_settings = in_settings


class NotOwedError(RefusedError):
    """More to pay back than is owed: the seller may mean it, and has to say so."""

    def __init__(self, sentence: str) -> None:
        super().__init__(
            sentence,
            "Check the amount, and cancel first what it is for: what goes back beyond what is owed is a gift or for units that "
            "came back, and counts for nothing that is canceled later.",
        )


class StillOwedError(RefusedError):
    """A customer to erase to whom money is still to go back: the seller may mean it, and has to say so."""


class SentBeforeError(RefusedError):
    """A letter that was e-mailed before: the seller may mean to send it again, and has to say so."""


class CouponError(OrderDeskError):
    """A coupon that can't be used: unknown code, wrong check symbol, used up, voided, expired, other currency."""


class UnprintableTextError(OrderDeskError):
    """A character that no bundled font covers; the letter is stopped rather than printed with a gap."""

    def __init__(self, character: str, name: str, where: str) -> None:
        super().__init__(
            f"It can't be printed: {where} contains {character!r} ({name}), which none of the fonts has.",
            "Change that text, then try again.",
        )


class StoreError(OrderDeskError):
    """The shop's file can't be opened, read or written as it should."""


class DamagedError(StoreError):
    """The shop's file holds what nobody wrote."""


class NoPrinterError(StoreError):
    """There is nothing to print on; `remedy` names the page where that is mended."""

    def __init__(self) -> None:
        super().__init__(
            "There is no printer to print on.",
            "Choose one under Printers, or add one to this computer. Until then, choose Open at a letter, or Save as one PDF on "
            "Today, and print that elsewhere. Nothing is lost.",
        )


class SendingError(OrderDeskError):
    """A mail server that did not take a letter, or no way to it; nothing has left."""


class UnknownOutcomeError(OrderDeskError):
    """A letter of which only the seller can find out whether it has left."""


class UnreadableFileError(OrderDeskError):
    """A file that can't be imported at all: unknown format, damaged, too large."""


class OtherFileError(OrderDeskError):
    """A file that is not the one any more whose content the seller was shown."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has changed since it was shown.", "Nothing was imported. Look at what it brings now.")


class CanceledError(OrderDeskError):
    """The seller pressed Cancel; what was under way has been rolled back."""

    def __init__(self) -> None:
        super().__init__("Stopped.", "What was under way has been taken back.")


class ToneError(OrderDeskError):
    """Words with which no letter may go out. `rule` is the rule's id, `words` what it found, "" for the letter as a whole."""

    def __init__(self, rule: str, words: str) -> None:
        found = f": {words!r}" if words else ""
        super().__init__(f"A letter with these words can't go out{found} ({REASONS.get(rule, rule)}).", "Change the words.")
        self.rule = rule
        self.words = words
