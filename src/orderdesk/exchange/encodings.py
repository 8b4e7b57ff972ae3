"""In which encoding a text file is written: byte-order mark, then strict UTF-8, then an informed guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from orderdesk.exchange.countries import writes_latin

# The longer mark before the shorter one that it begins with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_SAMPLE = 1 << 18
_UTF_8_LETTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_RUN = re.compile(rb"[\x80-\xff]+")
# A run without the quotation marks, dashes and currency signs of the West at its ends.
_WORD = re.compile(rb"[\xc0-\xff](?:[\x80-\xff]*[\xc0-\xff])?")
# Bytes that are letters in Central Europe and signs in the West, next to another letter.
_CENTRAL_EUROPEAN = re.compile(rb"[A-Za-z][\x9c\x9f\xb3\xb9\xbe\xbf]|[\x8c\x8f\xa3\xa5\xaf\xbc][a-z]|[\x8d\x9d]")

WESTERN, CENTRAL_EUROPEAN = "cp1252", "cp1250"
_OTHER_SCRIPTS = ("cp1251", "cp1253", "cp1255", "cp932", "gb18030", "big5", "euc_kr")
GUESSES = (WESTERN, CENTRAL_EUROPEAN, *_OTHER_SCRIPTS)
"""Encodings that a file can only be guessed to have: nothing in it says so."""

ENCODINGS = ("utf-8", "utf-16", "utf-32", *GUESSES)
"""Encodings that text files are read in."""


def find_encoding(content: bytes, country: str = "") -> str:
    """The name of the codec to read the content with, "utf-8-sig" for UTF-8 with a byte-order mark.

    `country` is the shop's: where people write Latin letters, only whole words of others are taken for another script.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:4096]
    if head.count(0) > len(head) * 5 // 8:
        return "utf-32-be" if head[:2] == b"\0\0" else "utf-32-le"
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    return "utf-8" if _is_utf_8(content) or _is_damaged_utf_8(content) else _guess(content, country)


def _is_utf_8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _BLOCK):
            decoder.decode(content[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf_8(content: bytes) -> bool:
    """Whether the file is UTF-8 but for a few bytes, as when it was cut off in the middle of a letter."""
    sample = content if len(content) <= 2 * _SAMPLE else content[:_SAMPLE] + content[-_SAMPLE:]
    good = len(_UTF_8_LETTER.findall(sample))
    bad = sample.decode("utf-8", errors="replace").count("\ufffd")
    return good > 0 and bad <= 1 + good // 10


def _guess(content: bytes, country: str) -> str:
    """Latin letters with accents stand alone between others; other scripts make whole words of bytes beyond ASCII."""
    telling = _telling_part(content)
    runs, least = (_WORD.findall(telling), 3) if writes_latin(country) else (_RUN.findall(telling), 2)
    if runs and sum(map(len, runs)) >= least * len(runs):
        best = from_bytes(telling, cp_isolation=list(_OTHER_SCRIPTS)).best()
        return best.encoding if best else WESTERN
    return CENTRAL_EUROPEAN if _CENTRAL_EUROPEAN.search(telling) else WESTERN


def _telling_part(content: bytes) -> bytes:
    """The lines that hold something else than ASCII: in a mostly English file the rest only dilutes the evidence."""
    lines = [line for line in content[:_SAMPLE].splitlines() if not line.isascii()]
    return b"\n".join(lines) or content[-_SAMPLE:]
