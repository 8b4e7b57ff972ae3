"""The same letters with their coupons by other means, as somebody who knows each of them would first write it.

Each takes the letters as words and gives one PDF with a page for every letter: letterhead, address, words, the table of what is
late, the choices, and the coupon with its bars and QR code.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from orderdesk.documents.codes import QR_MODULES, bar_modules, bars, qr
from orderdesk.documents.letter import Letter
from orderdesk.domain.coupons import printed
from orderdesk.resources import resource

FONTS = {
    "Serif": resource("fonts", "source-serif-4", "SourceSerif4-Regular.ttf"),
    "Bold": resource("fonts", "source-serif-4", "SourceSerif4-SemiBold.ttf"),
    "Sans": resource("fonts", "source-sans-3", "SourceSans3-Regular.ttf"),
    "Mono": resource("fonts", "ibm-plex-mono", "IBMPlexMono-SemiBold.ttf"),
}
_BARS_HIGH = 20

Maker = Callable[[Sequence[Letter]], bytes]


def words(letter: Letter) -> Iterator[str]:
    """The paragraphs of the letter's body, without its table."""
    yield from (letter.salutation, letter.opening)
    yield from (f"{choice.title}: {choice.text}" for choice in letter.choices)
    yield from filter(None, (letter.closing, letter.note, letter.offer, letter.signature, letter.signed))


def table(letter: Letter) -> list[tuple[str, str, str]]:
    """The table of what is late, its head first."""
    return [letter.facts.heads, *((f"{row.product}, {row.note}", row.promised, row.new_date) for row in letter.facts.rows)]


def platypus(letters: Sequence[Letter]) -> bytes:
    """reportlab's own layout, bar code and QR code."""
    from reportlab.graphics.barcode.code128 import Code128
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    for name, path in FONTS.items():
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(path)))
    body = ParagraphStyle("body", fontName="Serif", fontSize=10, leading=13.8, spaceAfter=4)
    small = ParagraphStyle("small", fontName="Sans", fontSize=8.7, leading=11)
    head = ParagraphStyle("head", fontName="Bold", fontSize=15.2, leading=19, spaceAfter=6)
    code = ParagraphStyle("code", fontName="Mono", fontSize=16.4, leading=20)
    story: list[Any] = []
    for letter in letters:
        coupon = letter.coupon
        assert coupon is not None
        top = (letter.head.shop, letter.head.address, *letter.head.contacts)
        story += [Paragraph(escape(text), small) for text in top]
        story.append(Spacer(1, 60))
        story += [Paragraph(escape(line), small) for line in letter.address]
        story += [Paragraph(escape(f"{each.label} {each.value}"), small) for each in letter.references]
        story += [Spacer(1, 30), Paragraph(escape(letter.headline), head)]
        paragraphs = [Paragraph(escape(text), body) for text in words(letter)]
        rows = [[Paragraph(escape(cell), small) for cell in row] for row in table(letter)]
        story += [*paragraphs[:2], Table(rows, colWidths=(228, 120, 120)), *paragraphs[2:]]
        widget = QrCodeWidget(coupon.code, barLevel="Q", barWidth=64, barHeight=64, barBorder=0)
        drawing = Drawing(64, 64)
        drawing.add(widget)
        facts = (coupon.valid, coupon.made_out, coupon.redeem)
        left = [Paragraph(escape(text), small) for text in (coupon.thanks, coupon.value, coupon.meaning, coupon.kind)]
        right = [Paragraph(printed(coupon.code), code), Code128(coupon.code, barWidth=0.9, barHeight=28)]
        right += [Paragraph(escape(f"{fact.label} {fact.value}"), small) for fact in facts]
        story += [
            Table([[left, [*right, Paragraph(escape(coupon.terms), small)], drawing]], colWidths=(140, 250, 78)),
            PageBreak(),
        ]
    saved = BytesIO()
    SimpleDocTemplate(saved, pagesize=(612, 792), leftMargin=66, rightMargin=66, topMargin=36, bottomMargin=30).build(story)
    return saved.getvalue()


def _svg(boxes: str, wide: float, high: float, shift: float) -> str:
    """Boxes (`x y width height re`, y upward) as a picture; the upper edge is at `shift`."""
    numbers = [float(number) for number in boxes.replace("re", "").split()]
    path = "".join(
        f"M{x:g} {shift - y - h:g}h{w:g}v{h:g}h{-w:g}z"
        for x, y, w, h in zip(numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=True)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}"><path d="{path}"/></svg>'


def _pictures(letter: Letter) -> tuple[str, str]:
    assert letter.coupon is not None
    code = letter.coupon.code
    return _svg(bars(code, _BARS_HIGH), bar_modules(code), _BARS_HIGH, _BARS_HIGH), _svg(qr(code), QR_MODULES, QR_MODULES, 0)


_TYPST = """
#set page(width: 612pt, height: 792pt, margin: (x: 72pt, top: 40pt, bottom: 40pt))
#set text(font: "Source Serif 4", size: 10pt)
#let small(it) = text(font: "Source Sans 3", size: 8.7pt, it)
#for (number, letter) in json("letters.json").enumerate() [
  #if number > 0 { pagebreak() }
  #for line in letter.top [#small(line) #linebreak()]
  #v(50pt)
  #for line in letter.address [#small(line) #linebreak()]
  #for line in letter.references [#small(line) #linebreak()]
  #v(20pt)
  #text(size: 15.2pt, weight: 600, letter.headline)

  #for text in letter.words.slice(0, 2) [#par(text)]
  #table(columns: (1fr, auto, auto), stroke: 0.3pt, ..letter.table.flatten().map(small))
  #for text in letter.words.slice(2) [#par(text)]
  #v(1fr)
  #rect(width: 100%, height: 150pt, grid(columns: (140pt, 1fr, 66pt),
    [#for text in letter.stub [#small(text) #linebreak()]],
    [#text(font: "IBM Plex Mono", size: 16.4pt, letter.code) \
     #image(bytes(letter.bars), format: "svg", width: 199pt)
     #for text in letter.facts [#small(text) #linebreak()]],
    image(bytes(letter.qr), format: "svg", width: 64pt)))
]
"""


def typst(letters: Sequence[Letter]) -> bytes:
    """One document over all letters, without tags as ours; the codes come as pictures, as in those below."""
    import typst as compiler

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "letters.json").write_text(json.dumps([_as_data(letter) for letter in letters]), "utf-8")
        (source := Path(folder) / "letters.typ").write_text(_TYPST, "utf-8")
        made: bytes = compiler.compile(str(source), font_paths=[str(path.parent) for path in FONTS.values()], pdf_tags=False)
        return made


def _as_data(letter: Letter) -> dict[str, Any]:
    coupon = letter.coupon
    assert coupon is not None
    bar_picture, qr_picture = _pictures(letter)
    facts = [f"{fact.label} {fact.value}" for fact in (coupon.valid, coupon.made_out, coupon.redeem)]
    return {
        "top": [letter.head.shop, letter.head.address, *letter.head.contacts],
        "address": letter.address,
        "references": [f"{each.label} {each.value}" for each in letter.references],
        "headline": letter.headline,
        "words": list(words(letter)),
        "table": table(letter),
        "stub": [coupon.thanks, coupon.value, coupon.meaning, coupon.kind],
        "code": printed(coupon.code),
        "facts": [*facts, coupon.terms],
        "bars": bar_picture,
        "qr": qr_picture,
    }


_STYLE = """
@page { size: 612pt 792pt; margin: 40pt 72pt }
body { font: 10pt/1.38 "Source Serif 4"; margin: 0 }
section { break-after: page } .small, td { font: 8.7pt "Source Sans 3" } h1 { font-size: 15.2pt; margin: 20pt 0 6pt }
p { margin: 0 0 4pt } table { width: 100%; border-collapse: collapse } td { border-bottom: .3pt solid }
.ticket { border: 1pt solid; height: 150pt } .code { font: 16.4pt "IBM Plex Mono" } .bars { width: 199pt } .qr { width: 64pt }
"""


def weasyprint(letters: Sequence[Letter]) -> bytes:
    """One page of HTML."""
    from weasyprint import HTML

    faces = "".join(
        f"@font-face {{ font-family: '{family}'; src: url('{FONTS[name].as_uri()}') }}"
        for name, family in (("Serif", "Source Serif 4"), ("Sans", "Source Sans 3"), ("Mono", "IBM Plex Mono"))
    )
    sections = "".join(_section(_as_data(letter)) for letter in letters)
    made: bytes = HTML(string=f"<style>{faces}{_STYLE}</style><body>{sections}").write_pdf()
    return made


def _section(data: dict[str, Any]) -> str:
    def lines(texts: Sequence[str], tag: str = "div class=small") -> str:
        return "".join(f"<{tag}>{escape(text)}</{tag.partition(' ')[0]}>" for text in texts)

    rows = "".join(f"<tr>{lines(row, 'td')}</tr>" for row in data["table"])
    pictures = "".join(
        f"<img class={name} src='data:image/svg+xml;base64,{base64.b64encode(data[name].encode()).decode()}'>"
        for name in ("bars", "qr")
    )
    return (
        f"<section>{lines(data['top'])}<br><br><br>{lines(data['address'])}{lines(data['references'])}"
        f"<h1>{escape(data['headline'])}</h1>{lines(data['words'][:2], 'p')}<table>{rows}</table>{lines(data['words'][2:], 'p')}"
        f"<div class=ticket>{lines(data['stub'])}<div class=code>{data['code']}</div>"
        f"{pictures}{lines(data['facts'])}</div></section>"
    )


_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>
<style:style style:name="N" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
</office:automatic-styles><office:body><office:text>%s</office:text></office:body></office:document>
"""


def libreoffice(letters: Sequence[Letter]) -> bytes:
    """One merged document. Raises ImportError where there is no LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        raise ImportError("soffice")
    with tempfile.TemporaryDirectory() as folder:
        text = _FLAT % "".join(_flat(_as_data(letter)) for letter in letters)
        (source := Path(folder) / "letters.fodt").write_text(text, "utf-8")
        profile = f"-env:UserInstallation={Path(tempfile.gettempdir(), 'orderdesk-benchmark-office').as_uri()}"
        asked = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(asked, check=True, capture_output=True)
        return (Path(folder) / "letters.pdf").read_bytes()


def _flat(data: dict[str, Any]) -> str:
    def lines(texts: Sequence[str]) -> str:
        return "".join(f"<text:p>{escape(text)}</text:p>" for text in texts)

    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{lines([cell])}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in data["table"]
    )
    pictures = "".join(
        f'<draw:frame svg:width="{width}pt" svg:height="{height}pt"><draw:image draw:mime-type="image/svg+xml">'
        f"<office:binary-data>{base64.b64encode(data[name].encode()).decode()}</office:binary-data></draw:image></draw:frame>"
        for name, width, height in (("bars", 199, 28), ("qr", 64, 64))
    )
    return (
        f'<text:p text:style-name="N"/>{lines(data["top"])}{lines(data["address"])}{lines(data["references"])}'
        f"{lines([data['headline'], *data['words'][:2]])}"
        f'<table:table><table:table-column table:number-columns-repeated="3"/>{rows}</table:table>{lines(data["words"][2:])}'
        f"{lines([*data['stub'], data['code']])}<text:p>{pictures}</text:p>{lines(data['facts'])}"
    )
