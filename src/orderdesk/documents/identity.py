"""Which document a PDF is an edition of: of its two identifiers, one stays when it is made anew, the other is of its content."""

from __future__ import annotations

from hashlib import md5
from pathlib import Path

_BEFORE, _LENGTH = b"/ID [<", 32
_END = 1024


def made_edition_of(document: str, pdf: bytes) -> bytes:
    """A file of this program's own, marked as an edition of that document."""
    start = pdf.rindex(_BEFORE) + len(_BEFORE)
    return pdf[:start] + _identifier(document.encode()) + pdf[start + _LENGTH :]


def is_edition_of(document: str, path: Path) -> bool:
    """Whether the file is one of that document. Of what can't be read, nobody knows."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _END))
            return _BEFORE + _identifier(document.encode()) + b">" in file.read()
    except OSError:
        return False


def is_intact(path: Path) -> bool:
    """Whether the file is as this program made it. Of what can't be read, nobody knows."""
    try:
        pdf = path.read_bytes()
    except OSError:
        return False
    drawn, _, end = pdf.rpartition(b"\nxref\n")
    return b"> <" + _identifier(drawn + b"\n") + b">]" in end


def _identifier(content: bytes) -> bytes:
    return md5(content, usedforsecurity=False).hexdigest().encode()
