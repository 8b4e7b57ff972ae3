"""What verbs are made of: their words, as argparse wants them."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from orderdesk.cli.context import Answer, Context
from orderdesk.domain.days import FIRST_YEAR, LAST_YEAR

Word = tuple[tuple[str, ...], dict[str, Any]]


def never(_: Namespace) -> bool:
    """Whatever the words, the verb is about a shop that is there."""
    return False


def always(_: Namespace) -> bool:
    """Whatever the words, the verb may begin a shop."""
    return True


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its words as argparse wants them, and what it does; of `one_of` at most one may stand there.

    `more` stands below the words in its help; `starts` says for which words it may begin a new shop, where the file that was
    named is not there.
    """

    name: str
    help: str
    run: Callable[[Context, Namespace], Answer]
    words: tuple[Word, ...] = ()
    one_of: tuple[Word, ...] = ()
    starts: Callable[[Namespace], bool] = never
    more: str = ""


def day(text: str) -> date:
    """A word that is a day. Raises ArgumentTypeError."""
    try:
        read = date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2026-12-04") from error
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise ArgumentTypeError(f"{text!r} is outside of {FIRST_YEAR} to {LAST_YEAR}")
    return read


def day_or_unknown(text: str) -> str:
    """A word that is a day, or says that none is known; as forms have it. Raises ArgumentTypeError."""
    return "" if text == "unknown" else day(text).isoformat()


def file_name(text: str) -> str:
    """A word that names a file. Raises ArgumentTypeError for one that is empty, as a variable is that was never set."""
    if not text:
        raise ArgumentTypeError("the name is empty; name the shop's file")
    return text


def at_most(text: str) -> int:
    """A word that is how many there may be. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"{text!r} is no number from 0")
    return int(text)


def supplier_name(text: str) -> str:
    """A word that is a supplier's name, which KEY=VALUE words follow. Raises ArgumentTypeError for one of those."""
    if "=" in text:
        raise ArgumentTypeError(f"{text!r} is no supplier's name; the name alone comes first")
    return text


def whole(text: str) -> int:
    """A word that is a whole number, in digits alone. Raises ArgumentTypeError."""
    if not re.fullmatch("-?[0-9]{1,30}", text):
        raise ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def word(*names: str, **options: Any) -> Word:
    """A word as argparse's `add_argument` takes it."""
    return names, options


def filter_word(name: str, told: str | None = None) -> Word:
    """A word that shows just what a filter of that name leaves; `told` is what its help says of it."""
    return word(f"--{name.replace('_', '-')}", dest="filter", action="store_const", const=name, default="all", help=told)


ORDER = word("order", help="an order's number, or channel:number")
LINE = word("sku", help="a line's SKU, or POSITION:SKU where several lines have it")
SKU = word("sku", help="a product's SKU, to the letter")
SUPPLIER = word("supplier", type=supplier_name)
SETTINGS = word("settings", nargs="*", metavar="KEY=VALUE")
