"""What other tools read in a PDF: its text, and the codes on a rendering of its pages."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdfium2
import zxingcpp


def text_of(path: Path) -> str:
    """All text, white space folded."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))


def codes_in(path: Path, *, dots_per_inch: int = 150) -> set[tuple[str, str]]:
    """Every bar code as (kind, text)."""
    document = pypdfium2.PdfDocument(path)
    try:
        pictures = [page.render(scale=dots_per_inch / 72).to_pil() for page in document]
    finally:
        document.close()
    return {(code.format.name, code.text) for picture in pictures for code in zxingcpp.read_barcodes(picture)}
