"""What a PDF tells its readers that a line says, where some of it runs from right to left.

The standard wants the text in reading order, and so it stands outermost. But pdfium (Chrome) and poppler (Evince, Okular) take
what they are told for the order on paper and turn it around, each by rules of its own; so each hears what it makes the text of:
poppler heeds the marked content named Span alone, pdfium the innermost.
"""

from __future__ import annotations

import re
import unicodedata

from bidi.mirror import MIRRORED  # type: ignore[import-untyped]

from orderdesk.documents.strings import text_string

CLOSED = "EMC EMC EMC"
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# They show as nothing: one is taken for a letter from the left, the other parts it from its like.
_LEFT_MARK, _NOTHING = "\u200e", "\u200b"
# Letters from the left and from the right, figures, and signs; x is what takes after the letter before it.
_KINDS = {"L": "l", "R": "r", "AL": "r", "NSM": "x", "BN": "x"} | dict.fromkeys(("EN", "ES", "ET", "AN", "CS"), "f")
_POPPLER_RUN = re.compile(r"(r[^lf]*[rx]|r)(s*)|[^r]+")
_PDFIUM_RUN = re.compile(r"l+|r+|s+|[fx]+")


def runs_from_the_right(text: str) -> bool:
    """Whether some of the text does."""
    return not text.isascii() and _FROM_THE_RIGHT.search(text) is not None


def opened(text: str, leftmost: str) -> str:
    """The operators that open the line's marked content, to be closed by CLOSED; `leftmost`: what its first glyphs stand for."""
    said = (("P", text), ("Span", _for_poppler(text)), ("P", _for_pdfium(text, leftmost)))
    return " ".join(f"/{name} <</ActualText {text_string(words).decode()}>> BDC" for name, words in said)


def _kinds(text: str) -> str:
    return "".join(_KINDS.get(unicodedata.bidirectional(character), "s") for character in text)


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


def _for_pdfium(text: str, leftmost: str) -> str:
    """Pdfium turns a line with no fewer runs from the right than from the left, and a text whose first glyphs are from the right;
    signs behind a run from the right are mirrored.
    """
    said, before, missing = "", "l", 1
    for run in _PDFIUM_RUN.finditer(_kinds(text)):
        kind, part = run[0][0], text[run.start() : run.end()]
        said += "".join(MIRRORED.get(sign, sign) for sign in part) if (before, kind) == ("r", "s") else part
        before = kind if kind in "lr" else before
        missing += {"r": 1, "l": -1}.get(kind, 0)
    said += (_NOTHING + _LEFT_MARK) * max(missing, 0)
    return said[::-1] if "r" in _kinds(leftmost) else said
