"""Setting lines: breaking text to a width, and shrinking what is too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from orderdesk.documents.emoji import signs
from orderdesk.documents.sheet import Type

# A word, or one sign of a script that breaks anywhere, with whether a space stands before it.
_IDEOGRAPHS = r"\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_UNITS = re.compile(f"( ?)([{_IDEOGRAPHS}][\ufe0e\ufe0f]?|[^ {_IDEOGRAPHS}]+)")
# A number by itself stays with the word behind it, and a word with the number behind it: "December 15, 2026".
_NUMBER = re.compile(r"[(]?[\d.,+-]+[),]?")
_LONGEST_UNIT = 24
_SHORT_LAST_LINE = 0.22
_SHORTEST_ABOVE = 0.7
_STEP = 0.25
# Between the names of a list.
_BETWEEN = ", "


def wrapped(text: str, type_: Type, width: float, *, beside: bool = False, apart: bool = False) -> tuple[str, ...]:
    """The text broken into lines no wider than `width` points, a word that is wider inside it. "" gives no line.

    `beside`: such a word begins on the line of the words before it where they leave half of it. `apart`: figures are not those of
    one number or date, but numbers of their own.
    """
    if type_.width(text) <= width:
        return (text,) if text else ()
    return _in_lines(text, type_, width, beside=beside, apart=apart)


@lru_cache(maxsize=2_000)
def _in_lines(text: str, type_: Type, width: float, *, beside: bool, apart: bool) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    used = 0.0
    space = type_.width(" ")
    for gap, word in _units(text, apart=apart):
        room = type_.width(word)
        lead = space if gap and line else 0.0
        begins = beside and room > width and used <= width / 2
        if line and used + lead + room > width and not begins:
            lines.append(line)
            line, used, lead = "", 0.0, 0.0
        line += (" " if lead else "") + word
        used += lead + room
        if room > width:
            *full, line = _broken(line, type_, width)
            lines.extend(full)
            used = type_.width(line)
    return (*lines, line) if line else tuple(lines)


@lru_cache(maxsize=500)
def balanced(text: str, type_: Type, width: float) -> tuple[str, ...]:
    """The text wrapped, but a last word that stood alone gets company from the line above; all other lines keep the measure."""
    lines = wrapped(text, type_, width)
    if len(lines) < 2 or " " in lines[-1] or type_.width(lines[-1]) > width * _SHORT_LAST_LINE:
        return lines
    last = text.rpartition(lines[-2])[1:]
    two = wrapped("".join(last), type_, type_.width(lines[-2]) - 0.01)
    kept = len(two) == 2 and type_.width(two[0]) > width * _SHORTEST_ABOVE
    return (*lines[:-2], *two) if kept else lines


def even(text: str, type_: Type, width: float) -> tuple[str, ...]:
    """The text wrapped into as few lines as fit the width, the first no longer than it takes."""
    lines = wrapped(text, type_, width)
    narrow, wide = type_.width(text) / max(len(lines), 1), width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(wrapped(text, type_, middle)) <= len(lines) else (middle, wide)
    return wrapped(text, type_, wide)


def _units(text: str, *, apart: bool) -> Iterator[tuple[bool, str]]:
    """What a line may not break inside, with whether a space stands before it: words, dates, phone numbers."""
    kept, gap_before = "", False
    for space, word in _UNITS.findall(text):
        last = kept.rpartition(" ")[2]
        glued = space and not apart and (word[0].isdigit() or _NUMBER.fullmatch(last))
        if kept and glued and len(kept) + len(word) <= _LONGEST_UNIT:
            kept += space + word
            continue
        if kept:
            yield gap_before, kept
        kept, gap_before = word, bool(space)
    if kept:
        yield gap_before, kept


def _broken(word: str, type_: Type, width: float) -> list[str]:
    """Text without a place to break it in parts that fit, at least one sign each."""
    parts = []
    left = signs(word)
    while len(left) > 1 and type_.width("".join(left)) > width:
        low, high = 1, len(left) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if type_.width("".join(left[:middle])) <= width else (low, middle - 1)
        parts.append("".join(left[:low]))
        left = left[low:]
    return [*parts, "".join(left)]


def shrunk(text: str, type_: Type, width: float, least: float) -> Type:
    """The type at the largest size, down to `least`, at which the text fits the width on one line; at `least` where none does."""
    natural = type_.width(text)
    if natural <= width:
        return type_
    exact = type_.size * width / natural
    return type_.at(max(exact // _STEP * _STEP, least))


def fitted(
    text: str, type_: Type, width: float, lines: int, least: float, *, apart: bool = False
) -> tuple[Type, tuple[str, ...]] | None:
    """The largest type down to `least` that sets the text in at most so many lines, and the lines; None where none does."""
    size = type_.size
    while size >= least:
        smaller = type_ if size == type_.size else type_.at(size)
        broken = wrapped(text, smaller, width, apart=apart)
        if len(broken) <= lines:
            return smaller, broken
        size -= max(_STEP, size * 0.04)
    return None


def fitted_list(text: str, type_: Type, width: float, lines: int, least: float) -> tuple[Type, tuple[str, ...]] | None:
    """The same for a list of numbers, of which none is broken: where not all fit, the first that do, with an ellipsis."""
    found = fitted(text, type_, width, lines, least, apart=True)
    names = text.split(_BETWEEN)
    while found is None and len(names) > 1:
        names.pop()
        found = fitted(_BETWEEN.join([*names, "…"]), type_.at(least), width, lines, least, apart=True)
    return found


def shortened_list(text: str, type_: Type, width: float) -> str:
    """The list on one line, or as many of its first names as fit whole; the first of them anyway, as much of it as fits."""
    names = text.split(_BETWEEN)
    while type_.width(text) > width and len(names) > 1:
        names.pop()
        text = _BETWEEN.join([*names, "…"])
    return shortened(text, type_, width)


def shortened(text: str, type_: Type, width: float) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if type_.width(text) <= width:
        return text
    left = signs(text)
    while left and type_.width("".join(left) + "…") > width:
        left.pop()
    return "".join(left).rstrip() + "…"
