"""Cells as text: cleaned of what no field can hold, and shielded from spreadsheets that would run it as a formula."""

from __future__ import annotations

import re

MAX_CELL = 32_767
"""The longest cell a spreadsheet can hold, in characters."""

LOST = "\udfff"
"""Stands for bytes that are no letter in the file's encoding; no file can hold it otherwise."""

# What spreadsheets take for a formula at the start of a cell (OWASP ASVS 5.0, 1.2.10, and the full-width twins).
_FORMULA = re.compile("'*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
_SHIELDED = re.compile("'" + _FORMULA.pattern)
_BREAKS = re.compile("\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def shield(text: str) -> str:
    """The text as a CSV export holds it: an apostrophe before anything that a spreadsheet would run."""
    return f"'{text}" if _FORMULA.match(text) else text


def unshield(text: str) -> str:
    """The text that `shield` was given."""
    return text[1:] if _SHIELDED.match(text) else text


def clean_note(text: str) -> str:
    """The text without control characters, with `\\n` for every kind of line break; tabs become spaces."""
    text = text.strip()
    if text.isprintable():
        return text
    return _CONTROLS.sub("", _BREAKS.sub("\n", text).replace("\t", " ")).strip()


def clean_line(text: str) -> str:
    """The text on one line: like a note, with spaces for line breaks."""
    text = text.strip()
    if text.isprintable():
        return text
    return clean_note(text).replace("\n", " ").strip()
