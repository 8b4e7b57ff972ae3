"""How a file format is declared: which columns it has, what they mean, how its rows make records.

A format is a value of Profile and nothing more; the readers know shapes and kinds of cells, never a format.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds. In every kind a blank cell is an unknown value."""

    TEXT = "text"  # one line
    NOTE = "note"  # may have several lines
    IDENTIFIER = "identifier"  # text; a spreadsheet's "16422.0" is 16422 again
    ORDER_NUMBER = "order_number"  # text as short as a letter can print, without what nobody sees
    BARED = "bared"  # text that exports shield with a leading apostrophe: postal codes, telephone numbers
    COUNTRY = "country"
    CURRENCY = "currency"
    SYMBOL = "symbol"  # an amount, read for the currency its symbol names
    MONEY = "money"
    COST = "cost"  # money for one piece of many, which may be stated finer than anybody pays
    REDUCTION = "reduction"  # an amount taken off, with or without a minus sign
    QUANTITY = "quantity"  # at least 1
    COUNT = "count"  # at least 0
    STOCK = "stock"  # how many a supplier has: a number, "50+", or one of the column's words
    PRIORITY = "priority"
    PART = "part"  # which one of several variations; a cell that names more than one ("Color=Red;Blue") is none
    DIGITS = "digits"  # a marketplace's number
    MOMENT = "moment"
    DAY = "day"
    YES_NO = "yes_no"
    STATED = "stated"  # whether anything stands there, or one of the column's words if it has any
    WORD = "word"  # one of the column's words
    PAID = "paid"  # one of the column's words, or the day it was paid


class Shape(StrEnum):
    """How rows make records."""

    RECORD = "record"  # each row is one
    EVERY_ROW = "every_row"  # a row per line; the order's cells stand on every row, or are blank after the first
    FIRST_ROW = "first_row"  # a row per line; the order's cells stand on its first row only
    SUMMARY = "summary"  # an order of several lines has a row of its own, then a row per line


class PriceReading(StrEnum):
    """What an order line's price is the price of."""

    PIECE = "piece"
    RECONCILED = "reconciled"  # one piece or the whole line: whichever adds up to the order's total


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One value of a record: `field` is its name there ("ship_to.city" is a part of the address).

    `headers` are the names it goes by in files; where several of them are there, the first cell that holds something counts.
    `of_order` marks what is said once per order. `words` maps a WORD's spellings, in lower case, to its token; for STATED
    they are the spellings that count; a STOCK's words stand for a number, or for "" where nobody can tell.
    """

    field: str
    headers: tuple[str, ...]
    kind: Kind = Kind.TEXT
    of_order: bool = False
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A format that can be imported.

    `signature`: a header row is this format's only if it has one column of every group.
    `ignored` are columns that the format is known to have and OrderDesk has no use for.
    `required` maps fields of an order to what it means that they are blank: such an order is not taken.
    For rows that are a record each, `named` are the fields of which one must be filled, and `keys` those that no two
    rows share: the first key counts whose first field is filled. `parts`: the field by which variations of one thing differ, and
    which the thing's own row, beside theirs, has not: the first key's first field says of which thing a row is.
    `is_whole`: the file has everything of its channel that is live.
    `furniture` are patterns for the beginnings of rows that are no data (footers), in lower case.
    `opening` is a field that only the first row of an order has: where it is filled once more, the order is repeated.
    `guarded`: in text files, what looks like a formula carries an apostrophe, which is taken off.
    """

    name: str
    title: str
    kind: str
    shape: Shape
    columns: tuple[Column, ...]
    signature: tuple[tuple[str, ...], ...]
    ignored: tuple[str, ...] = ()
    constants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    required: Mapping[str, str] = dataclasses.field(default_factory=dict)
    named: tuple[str, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    parts: str = ""
    is_whole: bool = False
    furniture: tuple[str, ...] = ()
    opening: str = ""
    prices: PriceReading = PriceReading.PIECE
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A known file that holds no orders, or that OrderDesk cannot import: recognized, and refused with a hint.

    All of `headers` are in its header row.
    """

    title: str
    headers: tuple[str, ...]
    hint: str
