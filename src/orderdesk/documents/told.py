"""What a PDF tells its readers that a line says, where some of it runs from right to left.

The standard wants the text in reading order, and so it stands outermost. But pdfium (Chrome) and poppler (Evince, Okular) take
what they are told for the order on paper and turn it around, each by rules of its own; so each hears what it makes the text of:
poppler heeds the marked content named Span alone, pdfium the innermost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bidi.mirror import MIRRORED  # type: ignore[import-untyped]

from orderdesk.documents.emoji import signs
from orderdesk.documents.strings import text_string

CLOSED, CLOSED_IN_PARTS, CLOSED_PART = "EMC EMC EMC", "EMC EMC", "EMC"
# Pdfium drops emoji from what it is told; told nothing, it reads what the glyphs stand for.
UNTOLD = "/P <</ActualText ()>> BDC"
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# They show as nothing: one is taken for a letter from the left, the other parts it from its like.
_LEFT_MARK, NOTHING = "\u200e", "\u200b"
# Letters from the left and from the right, figures, and signs; x is what takes after the letter before it.
_KINDS = {"L": "l", "R": "r", "AL": "r", "NSM": "x", "BN": "x"} | dict.fromkeys(("EN", "ES", "ET", "AN", "CS"), "f")
_POPPLER_RUN = re.compile(r"(r[^lf]*[rx]|r)(s*)|[^r]+")
_PDFIUM_RUN = re.compile(r"l+|r+|s+|[fx]+")


def runs_from_the_right(text: str) -> bool:
    """Whether some of the text does."""
    return not text.isascii() and _FROM_THE_RIGHT.search(text) is not None


def opened(text: str, leftmost: str) -> str:
    """The operators that open the line's marked content, to be closed by CLOSED; `leftmost`: what its first glyphs stand for."""
    return f"{opened_in_parts(text)} {opened_part(_for_pdfium(text), leftmost)}"


def opened_in_parts(text: str) -> str:
    """The operators that tell all readers but pdfium the line, to be closed by CLOSED_IN_PARTS."""
    said = (("P", text), ("Span", _for_poppler(text)))
    return " ".join(f"/{name} <</ActualText {text_string(words).decode()}>> BDC" for name, words in said)


def opened_part(said: str, leftmost: str) -> str:
    """The operator that tells pdfium a part of the line; it turns one whose first glyphs are from the right."""
    turned = said[::-1] if "r" in _kinds(leftmost) else said
    return f"/P <</ActualText {text_string(turned).decode()}>> BDC"


def parts(text: str, pictures: Iterable[str], *, ends_in_one: bool) -> list[str]:
    """What pdfium hears of a line with emoji: words and emoji by turns, words first and last, which may be "".

    A mark before emoji keeps them from being turned by what is before; where no words are behind, those before say all.
    """
    one = "(?:" + "|".join(map(re.escape, sorted(pictures, key=len, reverse=True))) + ")"
    some = f"({one}(?: ?{one})*)"
    said = re.split(some, _for_pdfium(re.sub(some, rf"{_LEFT_MARK}\1", text)))
    if ends_in_one:
        said[-3:] = [said[-3] + said[-1], said[-2], ""]
    return said


def _kinds(text: str) -> str:
    return "".join(map(_kinds_of_sign, signs(text)))


def _kinds_of_sign(sign: str) -> str:
    """Readers know no direction of the parts of emoji, nor of flags."""
    first = "s" if "\U0001f1e6" <= sign[0] <= "\U0001f1ff" else _KINDS.get(unicodedata.bidirectional(sign[0]), "s")
    return first + "s" * (len(sign) - 1)


def _for_poppler(text: str) -> str:
    """Poppler turns what begins with a letter from the right, up to one from the left or a figure; a mark keeps signs out."""
    said = ""
    for run in _POPPLER_RUN.finditer(_kinds(text)):
        if not run[1]:
            said += text[run.start() : run.end()]
            continue
        mark = _LEFT_MARK if run[2] or run.end() == len(text) else ""
        said += text[run.start() : run.end(1)][::-1] + mark + text[run.end(1) : run.end()]
    return said


def _for_pdfium(text: str) -> str:
    """Pdfium turns a line with no fewer runs from the right than from the left, and mirrors signs behind a run from the right."""
    said, before, missing = "", "l", 1
    for run in _PDFIUM_RUN.finditer(_kinds(text)):
        kind, part = run[0][0], text[run.start() : run.end()]
        said += "".join(MIRRORED.get(sign, sign) for sign in part) if (before, kind) == ("r", "s") else part
        before = kind if kind in "lr" else before
        missing += {"r": 1, "l": -1}.get(kind, 0)
    said += (NOTHING + _LEFT_MARK) * max(missing, 0)
    return said
