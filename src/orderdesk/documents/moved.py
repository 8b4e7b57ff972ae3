"""A page moved on its paper, for a printer that puts it a little off."""

from __future__ import annotations

import re
from hashlib import md5
from io import BytesIO

import pypdfium2 as pdfium

_POINTS_PER_UM = 72 / 25_400
# PDFium keeps the first identifier of a file, and draws the second by lot.
_DRAWN_BY_LOT = re.compile(rb"(?<=><)[0-9A-F]{32}(?=>\]>>)")


def moved(pdf: bytes, right_um: int, down_um: int) -> bytes:
    """The same pages, everything on them that much farther right and down; what leaves the paper is cut off by it."""
    right, down = right_um * _POINTS_PER_UM, down_um * _POINTS_PER_UM
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            x0, y0, x1, y1 = page.get_mediabox()
            # The frame moves left and up over the page, so the page moves right and down in it.
            page.set_mediabox(x0 - right, y0 + down, x1 - right, y1 + down)
        saved = BytesIO()
        document.save(saved)
        return _reproducible(saved.getvalue())
    finally:
        document.close()


def _reproducible(pdf: bytes) -> bytes:
    """The file with an identifier that follows from what is in it."""
    place = pdf.rindex(b"trailer")
    contents, end = pdf[:place], pdf[place:]
    identifier = md5(contents, usedforsecurity=False).hexdigest().upper().encode()
    return contents + _DRAWN_BY_LOT.sub(identifier, end)
