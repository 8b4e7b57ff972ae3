"""What the cells of a file mean: one reader for each kind, with a memory, since files say the same thing many times."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from orderdesk.domain.counts import MOST_UNITS
from orderdesk.domain.order_numbers import LONGEST_NUMBER, visible
from orderdesk.exchange.answers import Answers
from orderdesk.exchange.countries import country_code
from orderdesk.exchange.dates import A_DATE, read_moment
from orderdesk.exchange.money_cells import AMOUNT, BARE_DOLLAR, NamedAmount, currency_of, is_currency, read_amount
from orderdesk.exchange.profile import Column, Kind
from orderdesk.exchange.records import Moment
from orderdesk.exchange.text import LOST, MAX_CELL, clean_line, clean_note, unshield
from orderdesk.exchange.yes_no import YES_NO

MAX_PRIORITY = 999

_DIGITS = re.compile("[0-9]{1,20}")
_WHOLE = re.compile(r"[0-9]{1,7}(?:\.0{1,6})?")
_STOCK = re.compile(
    r"(?P<sign>[->]?) ?(?P<number>[0-9]{1,3}(?:[,. '\u202f\u00a0][0-9]{3})+|[0-9]{1,9})(?:\.0{1,6})?(?P<mark>[+-]?)"
)
_MANGLED = re.compile(r"[0-9]+\.0")
_SHOWN = 40
_REMEMBERED = 50_000
_SHIELDABLE = (Kind.TEXT, Kind.NOTE, Kind.IDENTIFIER, Kind.ORDER_NUMBER, Kind.COUNTRY)

NEEDED = object()
"""In place of a blank cell's value: a blank cell can't be read."""


class CellError:
    """A cell that can't be read: a value like any other until somebody asks for it."""

    __slots__ = ("expected", "header", "printed")

    def __init__(self, header: str, printed: str, expected: str) -> None:
        self.header = header
        self.printed = printed
        self.expected = expected

    @property
    def reason(self) -> str:
        if not self.printed:
            return f"the cell is empty; expected {self.expected}. Fill it in, then import the file again."
        shown = self.printed if len(self.printed) <= _SHOWN else f"{self.printed[:_SHOWN]}\u2026"
        return f"“{clean_line(shown)}” is not {self.expected}. Correct the cell, then import the file again."


class CellReader(dict[str, object]):
    """Turns one column's cells into values: `reader[text]`; a CellError stands for a cell that can't be read.

    `failed` says that there was one. What has been read is remembered until `forget`.
    """

    def __init__(self, header: str, read: Callable[[str], object], expected: str, blank: object) -> None:
        super().__init__()
        self.failed = False
        self._header = header
        self._read = read
        self._expected = expected
        self._blank = blank

    def __missing__(self, printed: str) -> object:
        value = self._value(printed.strip())
        if isinstance(value, CellError):
            self.failed = True
        self[printed] = value
        return value

    def forget(self) -> None:
        """Keep the memory small in files where hardly a cell repeats."""
        if len(self) > _REMEMBERED:
            self.clear()

    def _value(self, text: str) -> object:
        if not text:
            return CellError(self._header, "", self._expected) if self._blank is NEEDED else self._blank
        if LOST in text:
            return CellError(self._header, text.replace(LOST, "\ufffd"), "text in the encoding that the file is in")
        if len(text) > MAX_CELL:
            return CellError(self._header, text, f"at most {MAX_CELL:,} characters long")
        try:
            return self._read(text)
        except ValueError:
            return CellError(self._header, text, self._expected)


def cell_reader(column: Column, header: str, answers: Answers, *, guarded: bool) -> CellReader:
    """The reader for a column that goes by `header` in this file."""
    read, expected = _READERS[column.kind](column, answers)
    if guarded and column.kind in _SHIELDABLE:
        read = _after(unshield, read)
    return CellReader(header, read, expected, blank_value(column, answers))


def blank_value(column: Column, answers: Answers) -> object:
    """What a blank cell of the column means; NEEDED where there must be something."""
    if column.kind is Kind.QUANTITY:
        return NEEDED
    if column.kind in (Kind.CURRENCY, Kind.SYMBOL):
        return answers.currency
    if column.kind is Kind.STATED:
        return False
    return "" if column.kind in _SHIELDABLE or column.kind in (Kind.BARED, Kind.WORD, Kind.PAID, Kind.PART, Kind.DIGITS) else None


def _after(first: Callable[[str], str], then: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: then(first(text))


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text):
            raise ValueError(text)
        number = int(text.partition(".")[0])
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return read


def _identifier(text: str) -> str:
    return clean_line(text[:-2] if _MANGLED.fullmatch(text) else text)


def _order_number(text: str) -> str:
    number = visible(clean_line(text))
    if len(number) > LONGEST_NUMBER:
        raise ValueError(text)
    return number


def _digits(text: str) -> str:
    number = _identifier(text)
    if not _DIGITS.fullmatch(number):
        raise ValueError(text)
    return number


def _part(text: str) -> str:
    printed = clean_line(html.unescape(text))
    return "" if ";" in printed else printed


def _bared(text: str) -> str:
    return clean_line(text.removeprefix("'"))


def _currency(text: str) -> str:
    if not is_currency(text.upper()):
        raise ValueError(text)
    return text.upper()


def _symbol(answers: Answers) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        currency = currency_of(text)
        return answers.dollar() if currency == BARE_DOLLAR else currency or answers.currency

    return read


def _amount(answers: Answers, *, reduction: bool) -> Callable[[str], Decimal | None]:
    def read(text: str) -> Decimal | None:
        number = read_amount(text, answers.decimal_mark)
        if number is None:
            return None
        named = currency_of(text)
        if (number < 0 and not reduction) or not (named in (None, BARE_DOLLAR) or is_currency(named)):
            raise ValueError(text)
        return NamedAmount.of(abs(number), named) if named else abs(number)

    return read


def _day(answers: Answers) -> Callable[[str], date]:
    return lambda text: read_moment(text, answers.date_order).on


def _moment(answers: Answers) -> Callable[[str], Moment]:
    return lambda text: read_moment(text, answers.date_order)


def _word(words: Mapping[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            return words[text.lower()]
        except KeyError as error:
            raise ValueError(text) from error

    return read


def _paid(words: Mapping[str, str], answers: Answers) -> Callable[[str], str]:
    def read(text: str) -> str:
        return words.get(text.lower()) or (words["paid"] if read_moment(text, answers.date_order) else "")

    return read


def _one_of(words: Mapping[str, str]) -> str:
    """By what they mean: each may be spelled in many ways."""
    return f"one of {', '.join(dict.fromkeys(words.values()))}"


def _stated(words: Mapping[str, str]) -> Callable[[str], bool]:
    return lambda text: not words or text.lower() in words


def _stock(words: Mapping[str, str]) -> Callable[[str], int | None]:
    """At least so many: "50+" and ">50" are 50, "3-" is fewer than 3, and what is owed already (-4) is none."""

    def read(text: str) -> int | None:
        word = words.get(text.lower())
        if word is not None:
            return int(word) if word else None
        match = _STOCK.fullmatch(text)
        if match is None:
            raise ValueError(text)
        number = int(re.sub("[^0-9]", "", match["number"])) - (match["mark"] == "-")
        if number > MOST_UNITS:
            raise ValueError(text)
        return 0 if match["sign"] == "-" else max(0, number)

    return read


def _yes_no(text: str) -> bool:
    try:
        return YES_NO[text.lower()]
    except KeyError as error:
        raise ValueError(text) from error


_Recipe = Callable[[Column, Answers], tuple[Callable[[str], object], str]]
_TEXT = "text"
_READERS: Mapping[Kind, _Recipe] = {
    Kind.TEXT: lambda column, answers: (clean_line, _TEXT),
    Kind.NOTE: lambda column, answers: (clean_note, _TEXT),
    Kind.IDENTIFIER: lambda column, answers: (_identifier, _TEXT),
    Kind.ORDER_NUMBER: lambda column, answers: (_order_number, f"an order's number of at most {LONGEST_NUMBER} characters"),
    Kind.DIGITS: lambda column, answers: (_digits, "a number in digits alone, such as 318000000000"),
    Kind.PART: lambda column, answers: (_part, _TEXT),
    Kind.BARED: lambda column, answers: (_bared, _TEXT),
    Kind.COUNTRY: lambda column, answers: (_after(clean_line, country_code), _TEXT),
    Kind.CURRENCY: lambda column, answers: (_currency, "a currency in use, by its three letters, such as USD"),
    Kind.SYMBOL: lambda column, answers: (_symbol(answers), AMOUNT),
    Kind.MONEY: lambda column, answers: (_amount(answers, reduction=False), AMOUNT),
    Kind.COST: lambda column, answers: (_amount(answers, reduction=False), AMOUNT),
    Kind.REDUCTION: lambda column, answers: (_amount(answers, reduction=True), AMOUNT),
    Kind.QUANTITY: lambda column, answers: (_whole_number(1, MOST_UNITS), f"a whole number from 1 to {MOST_UNITS:,}"),
    Kind.COUNT: lambda column, answers: (_whole_number(0, MOST_UNITS), f"a whole number from 0 to {MOST_UNITS:,}"),
    Kind.STOCK: lambda column, answers: (_stock(column.words), f"a number of units or one of {', '.join(column.words)}"),
    Kind.PRIORITY: lambda column, answers: (_whole_number(0, MAX_PRIORITY), f"a whole number from 0 to {MAX_PRIORITY}"),
    Kind.MOMENT: lambda column, answers: (_moment(answers), A_DATE),
    Kind.DAY: lambda column, answers: (_day(answers), A_DATE),
    Kind.YES_NO: lambda column, answers: (_yes_no, "yes or no"),
    Kind.STATED: lambda column, answers: (_stated(column.words), _TEXT),
    Kind.WORD: lambda column, answers: (_word(column.words), _one_of(column.words)),
    Kind.PAID: lambda column, answers: (
        _paid(column.words, answers),
        f"{_one_of(column.words)}, yes, no or the day it was paid",
    ),
}
