"""In which encoding a text file is written: byte-order mark, then strict UTF-8, then an informed guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20
_SAMPLE = 1 << 18
_LETTERS = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


def find_encoding(content: bytes) -> str:
    """The name of the codec to read the content with, "utf-8-sig" for UTF-8 with a byte-order mark."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:4096]
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    if _is_utf_8(content) or _is_damaged_utf_8(content):
        return "utf-8"
    best = from_bytes(_telling_part(content), cp_isolation=list(_LEGACY)).best()
    return best.encoding if best else "cp1252"


_LEGACY = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp932", "gb18030", "big5", "euc_kr", "mac_roman")


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
    sample = content[:_SAMPLE] + content[-_SAMPLE:]
    good = len(_LETTERS.findall(sample))
    bad = sample.decode("utf-8", errors="replace").count("\ufffd")
    return bad <= 1 + good // 10 and good > 0


def _telling_part(content: bytes) -> bytes:
    """The lines that hold something else than ASCII: in a mostly English file the rest only dilutes the evidence."""
    lines = [line for line in content[:_SAMPLE].splitlines() if not line.isascii()]
    return b"\n".join(lines) or content[-_SAMPLE:]
