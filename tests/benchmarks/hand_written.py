"""The same letters by a PDF writer of a few lines: text at places, boxes, fonts whole; no shaping, no checks. The floor."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from orderdesk.documents.codes import QR_MODULES, bar_modules, bars, qr
from orderdesk.documents.letter import Letter
from orderdesk.domain.coupons import printed
from tests.benchmarks.letter_rivals import FONTS, table, words

_BARS_HIGH = 20
_WIDTH = 468.0


class HandWritten:
    """Text at places, boxes, and what a PDF needs around them; fonts whole, no shaping, no checks."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []
        self._pages: list[int] = []
        self._fonts = {name: _Metrics(path) for name, path in FONTS.items()}

    def make(self, letters: Sequence[Letter]) -> bytes:
        for letter in letters:
            self._pages.append(self._stream(self._page(letter).encode("ascii")))
        return self._finish()

    def _page(self, letter: Letter) -> str:
        out: list[str] = []
        y = 735.0
        for text in (letter.head.shop, letter.head.address, *letter.head.contacts):
            y = self._set(out, "Sans", 9, 72, y, text, 12)
        y = 590.0
        for line in letter.address:
            y = self._set(out, "Sans", 10.4, 76, y, line, 12)
        for number, reference in enumerate(letter.references):
            self._set(out, "Sans", 9, 436, 590 - 24 * number, f"{reference.label} {reference.value}", 12)
        y = self._set(out, "Bold", 15.2, 72, 507, letter.headline, 24)
        paragraphs = list(words(letter))
        for text in paragraphs[:2]:
            y = self._set(out, "Serif", 10, 72, y, text, 13.8) - 5
        for row in table(letter):
            for x, cell in zip((72, 300, 420), row, strict=True):
                self._set(out, "Sans", 9, x, y, cell, 12, width=1000)
            out.append(f"72 {y - 4:.2f} 468 0.3 re f")
            y -= 18
        for text in paragraphs[2:]:
            y = self._set(out, "Serif", 10, 72, y, text, 13.8) - 2
        self._ticket(out, letter)
        return "\n".join(out)

    def _ticket(self, out: list[str], letter: Letter) -> None:
        coupon = letter.coupon
        assert coupon is not None
        out.append("72 48 468 150 re S")
        for size, y, text in ((7, 174, coupon.thanks), (44, 125, coupon.value), (11, 100, coupon.meaning), (7, 62, coupon.kind)):
            self._set(out, "Sans", size, 88, y, text, 12, width=130)
        self._set(out, "Mono", 16.4, 238, 155, printed(coupon.code), 20)
        facts = (coupon.valid, coupon.made_out, coupon.redeem)
        for x, fact in zip((238, 344, 470), facts, strict=True):
            self._set(out, "Sans", 9, x, 97, fact.label, 12)
            self._set(out, "Sans", 9, x, 85, fact.value, 12)
        self._set(out, "Sans", 7, 238, 67, coupon.terms, 9, width=286)
        module = 199 / bar_modules(coupon.code)
        out.append(f"q {module:.4f} 0 0 {module:.4f} 238 115 cm {bars(coupon.code, _BARS_HIGH)} f Q")
        out.append(f"q {64 / QR_MODULES:.4f} 0 0 {64 / QR_MODULES:.4f} 459 180 cm {qr(coupon.code)} f Q")

    def _set(
        self, out: list[str], font: str, size: float, x: float, y: float, text: str, leading: float, width: float = _WIDTH
    ) -> float:
        metrics, line, used = self._fonts[font], [], 0.0
        for word in text.split():
            wide = metrics.width(word) * size
            if line and used + wide > width:
                out.append(f"BT /{font} {size} Tf {x:.2f} {y:.2f} Td <{metrics.shown(' '.join(line))}> Tj ET")
                y, line, used = y - leading, [], 0.0
            line.append(word)
            used += wide + metrics.width(" ") * size
        out.append(f"BT /{font} {size} Tf {x:.2f} {y:.2f} Td <{metrics.shown(' '.join(line))}> Tj ET")
        return y - leading

    def _add(self, body: bytes) -> int:
        self._objects.append(body)
        return len(self._objects)

    def _stream(self, data: bytes, entries: bytes = b"") -> int:
        packed = zlib.compress(data, 6)
        return self._add(b"<< %s/Filter /FlateDecode /Length %d >> stream\n%s\nendstream" % (entries, len(packed), packed))

    def _finish(self) -> bytes:
        fonts = b" ".join(b"/%s %d 0 R" % (name.encode(), self._font(name)) for name in self._fonts)
        parent = len(self._objects) + len(self._pages) + 1
        kids = [
            self._add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Resources << /Font << %s >> >> /Contents %d 0 R >>"
                % (parent, fonts, content)
            )
            for content in self._pages
        ]
        listed = b" ".join(b"%d 0 R" % kid for kid in kids)
        self._add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed))
        catalog = self._add(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
        parts, offsets, position = [b"%PDF-1.7\n"], [], 9
        for number, body in enumerate(self._objects, 1):
            offsets.append(position)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            position += len(parts[-1])
        size = len(offsets) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        parts.extend(b"%010d 00000 n \n" % offset for offset in offsets)
        parts.append(b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, catalog, position))
        return b"".join(parts)

    def _font(self, name: str) -> int:
        metrics = self._fonts[name]
        program = self._stream(metrics.program, b"/Length1 %d " % len(metrics.program))
        about = (
            b"/FontName /%s /Flags 4 /FontBBox [0 -300 1000 1000] /ItalicAngle 0 "
            b"/Ascent 900 /Descent -300 /CapHeight 700 /StemV 80"
        )
        descriptor = self._add(b"<< /Type /FontDescriptor %s /FontFile2 %d 0 R >>" % (about % name.encode(), program))
        descendant = self._add(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            b"/Supplement 0 >> /CIDToGIDMap /Identity /FontDescriptor %d 0 R /W [0 [%s]] >>"
            % (name.encode(), descriptor, metrics.widths)
        )
        to_unicode = self._stream(metrics.to_unicode())
        return self._add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
            % (name.encode(), descendant, to_unicode)
        )


class _Metrics:
    """A font's glyphs by character and their widths in ems."""

    def __init__(self, path: Path) -> None:
        font = TTFont(path)
        self.program = path.read_bytes()
        self._glyphs = {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        unit = font["head"].unitsPerEm
        order = font.getGlyphOrder()
        self._advances = [font["hmtx"][name][0] / unit for name in order]
        self.widths = b" ".join(b"%d" % round(advance * 1000) for advance in self._advances)
        self.width = lru_cache(maxsize=10_000)(self._width)
        self.shown = lru_cache(maxsize=10_000)(self._shown)

    def _width(self, word: str) -> float:
        return sum(self._advances[self._glyphs[ord(character)]] for character in word)

    def _shown(self, text: str) -> str:
        return "".join(f"{self._glyphs[ord(character)]:04X}" for character in text)

    def to_unicode(self) -> bytes:
        pairs = "".join(f"<{glyph:04X}> <{code:04X}>\n" for code, glyph in list(self._glyphs.items())[:100])
        return (
            f"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 100 beginbfchar\n{pairs}endbfchar endcmap".encode()
        )


def hand_written(letters: Sequence[Letter]) -> bytes:
    return HandWritten().make(letters)
