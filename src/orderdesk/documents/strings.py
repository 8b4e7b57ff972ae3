"""Strings as a PDF writes them."""

from __future__ import annotations


def text_string(text: str) -> bytes:
    """A PDF string of any text: UTF-16 with a byte order mark, in hexadecimal; plain ASCII stays readable."""
    if text.isascii() and text.isprintable():
        return b"(%s)" % text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode()
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()
