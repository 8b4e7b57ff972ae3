"""One click, both PDFs on disk and recorded, against a bare reportlab canvas that draws the same words, rules and codes."""

from __future__ import annotations

import itertools
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from orderdesk.resources import resource
from orderdesk.services.apologies import Apology, apologize
from tests.benchmarks.ratios import compare
from tests.builders import make_shop

_PAGE = (612, 792)
Word = tuple[float, float, float, str]


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = make_shop(Path(folder))
        shop.stock("LAMP", 0, price="64.00")
        for number in range(1, 41):
            shop.order(str(number), ("LAMP", 2), customer=f"Dana Whitfield {number}")
        waiting = itertools.cycle([shop.orders[str(number)] for number in range(1, 41)])

        def click() -> Apology:
            return apologize(shop.store, [next(waiting)], now=datetime.now(UTC)).apologies[0]

        made = click()
        assert made.coupon is not None
        pages = [_words(path) for path in (made.letter, made.coupon)]
        pdfmetrics.registerFont(TTFont("Body", str(resource("fonts", "source-serif-4", "SourceSerif4-Regular.ttf"))))
        names = (Path(folder) / "bare-letter.pdf", Path(folder) / "bare-coupon.pdf")

        def bare() -> None:
            for path, words in zip(names, pages, strict=True):
                _draw(path, words, made.coupon_code or "")

        compare("One click", click, bare, rounds=30, aim=2)
        shop.store.close()


def _words(path: Path) -> list[Word]:
    """Every line of text with its place and size, as it stands on the page."""
    text = pypdfium2.PdfDocument(path)[0].get_textpage()
    found = []
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        found.append((left, bottom, max(4.0, (top - bottom) * 0.9), text.get_text_bounded(left, bottom, right, top).strip()))
    return found


def _draw(path: Path, words: list[Word], code: str) -> None:
    canvas = Canvas(str(path), pagesize=_PAGE)
    for left, bottom, size, text in words:
        canvas.setFont("Body", size)
        canvas.drawString(left, bottom, text)
    for height in (700, 500, 300):
        canvas.line(72, height, 540, height)
    canvas.roundRect(72, 60, 468, 150, 8)
    Code128(code, barWidth=0.8, barHeight=28).drawOn(canvas, 230, 130)
    for row, cells in enumerate(segno.make(code, mask=2).matrix):
        for column, dark in enumerate(cells):
            if dark:
                canvas.rect(460 + column * 3, 190 - row * 3, 3, 3, stroke=0, fill=1)
    canvas.save()
