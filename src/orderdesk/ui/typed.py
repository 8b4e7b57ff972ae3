"""Reading what a person types: amounts and days as people type them in the shop's country, or as this program writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from orderdesk.domain.errors import InvalidValueError
from orderdesk.exchange.money_cells import read_amount
from orderdesk.ui import formats
from orderdesk.ui.words import tr

_THIS_CENTURY = 2000
_HALF_A_YEAR = 183
_NUMBERS = re.compile(r"\W*(\d{1,4})\W+(\d{1,2})(?:\W+(\d{4}|\d{1,2}))?\W*")
_SPACE = "[ \u00a0\u202f]"
_FIGURES = re.compile(f"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?:[.,][0-9]+)?|[.,]?[0-9](?:[0-9.,']*[0-9])?")
_PLAIN = re.compile("[0-9]*[.][0-9]+")


def plain_money(typed: str) -> str:
    """An amount as it is typed where the mark is a point and thousands are not kept apart; what can't be read, as it is.

    Figures that make sense with the other country's mark alone are read with that, as in files.
    """
    figures = _FIGURES.search(typed)
    if figures is None:
        return typed
    try:
        number = read_amount(figures[0], formats.decimal_mark())
    except ValueError:
        return typed
    return f"{typed[: figures.start()]}{number:f}{typed[figures.end() :]}"


def typed_here(plain: str) -> str:
    """An amount with a decimal point as it is typed here; anything else as it is."""
    return plain.replace(".", formats.decimal_mark()) if _PLAIN.fullmatch(plain) else plain


def read_typed_day(field: str, typed: str, today: date | None = None) -> date | None:
    """The day; None for nothing. One without a year ("Dec 20") is the one nearest to `today`. Raises InvalidValueError.

    Of "4/12" the country says which is the day; "13/4" can be read in one way only.
    """
    text = typed.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        found = _numbers(text, today) or _as_written_here(text, today)
        if found is None:
            raise InvalidValueError(field, text, tr("a day such as 2026-12-04")) from error
        return found


def _numbers(text: str, today: date | None) -> date | None:
    """The day that two or three numbers mean."""
    matched = _NUMBERS.fullmatch(text)
    if matched is None:
        return None
    numbers = [each for each in matched.groups() if each is not None]
    days = (_nearest(dict(zip(order, numbers, strict=True)), today) for order in _orders(numbers))
    return next((day for day in days if day is not None), None)


def _orders(numbers: Sequence[str]) -> Iterator[str]:
    """The order of the country first, then with day and month the other way round; a year of four digits is where it is."""
    order = formats.typed_order()
    if len(numbers) == 2:
        order = order.replace("y", "")
    elif len(numbers[0]) == 4:
        order = "yMd"
    elif len(numbers[2]) == 4:
        order = order.replace("y", "") + "y"
    yield order
    yield order.translate({ord("d"): "M", ord("M"): "d"})


def _nearest(parts: dict[str, str], today: date | None) -> date | None:
    """The day of these parts, in the year that they name, else nearest to `today`; None if there is none."""
    if "y" in parts:
        year = int(parts["y"])
        years = [year if len(parts["y"]) == 4 else _THIS_CENTURY + year]
    else:
        years = [] if today is None else [today.year - 1, today.year, today.year + 1]
    days = []
    for year in years:
        try:
            days.append(date(year, int(parts["M"]), int(parts["d"])))
        except ValueError:
            continue
    return min(days, key=lambda day: abs(day - (today or day)), default=None)


def _as_written_here(text: str, today: date | None) -> date | None:
    """The day that `formats` writes so; "4 Dec" and "Dec 4" are the same wherever one is."""
    year = re.search(r"\d{4}", text)
    if year is not None and int(year[0]) >= _THIS_CENTURY:
        first = date(int(year[0]), 1, 1)
        days = [first + timedelta(days=after) for after in range(366)]
        return next((day for day in days if _bare(formats.dated(day)) == _bare(text)), None)
    if today is None:
        return None
    days = [today + timedelta(days=after) for after in sorted(range(-_HALF_A_YEAR, _HALF_A_YEAR), key=abs)]
    return next((day for day in days if _bare(formats.day_and_month(day)) == _bare(text)), None)


def _bare(text: str) -> list[str]:
    """Without what nobody types the same way twice."""
    return sorted(text.casefold().replace(",", " ").replace(".", " ").split())
