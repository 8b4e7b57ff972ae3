"""A PDF file, written directly: pages, bookmarks, embedded font subsets, and what PDF/A-2b asks of a file.

The same content gives the same bytes: dates come from the caller and the file's identity from its content.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import md5

from orderdesk.documents.embedding import FontUse
from orderdesk.documents.pdfa import metadata_packet, srgb_profile
from orderdesk.documents.pictures import NOTHING, Pictures, PictureUse
from orderdesk.documents.sheet import Drawing, Ink, Sheet
from orderdesk.documents.strings import text_string

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PRODUCER = "OrderDesk"


@dataclass(frozen=True, slots=True)
class Description:
    """What a reader is told about the file. `language` is a BCP 47 tag, `created` the date of the letter."""

    title: str
    author: str
    subject: str
    language: str
    created: date


class PdfFile:
    """One PDF under way. Pages are compressed as they are added, so a page costs a few kilobytes until `finish`."""

    def __init__(self, description: Description, pictures: Pictures = NOTHING) -> None:
        """`pictures` are those that its pages may draw, by SHA-256."""
        self._description = description
        self._objects: list[bytes] = []
        self._pages: list[tuple[int, float, float]] = []
        self._bookmarks: list[tuple[str, int]] = []
        self._furniture: dict[Hashable, tuple[str, Sheet]] = {}
        self.fonts = FontUse()
        # Most of what the letters of a batch say is the same, at the same height.
        self._drawn = lru_cache(maxsize=200)(self._drawn_apart)
        self._pictures = PictureUse(pictures)

    def new_sheet(self, width: float, height: float) -> Sheet:
        """An empty page of that size in points, to be drawn on and then added."""
        return Sheet(width, height, self.fonts, self._pictures)

    def add_page(self, width: float, height: float, content: str) -> None:
        """A page of that size in points, with its drawing operators."""
        self._pages.append((self._add_packed(_packed(content)), width, height))

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def furnish(self, sheet: Sheet, key: Hashable, draw: Callable[[Sheet], None]) -> None:
        """Puts on the sheet what all pages with that key have in common: drawn and kept once, however many they are."""
        if key not in self._furniture:
            common = self.new_sheet(sheet.width, sheet.height)
            draw(common)
            self._furniture[key] = f"S{len(self._furniture)}", common
        sheet.form(self._furniture[key][0])

    def place(self, sheet: Sheet, draw: Drawing, y: float) -> None:
        """Puts what `draw` sets at y on the sheet: as it stands on one before, where it was put there at that height."""
        sheet.put(*self._drawn(draw, y, sheet.width, sheet.height, sheet.ink))

    def _drawn_apart(self, draw: Drawing, y: float, width: float, height: float, ink: Ink) -> tuple[str, Ink]:
        apart = self.new_sheet(width, height)
        apart.ink = ink
        draw(apart, y)
        return apart.content(), apart.ink

    def bookmark_next_page(self, title: str) -> None:
        """Puts the page that is added next into the outline."""
        self._bookmarks.append((title, len(self._pages)))

    def finish(self) -> bytes:
        """The bytes of the file; the object is used up."""
        fonts = self._add(b"<< " + b" ".join(self._font_entries()) + b" >>")
        images = b" ".join(self._picture_entries())
        forms = b" ".join(self._form_entries(_resources(fonts, images)))
        resources = self._add(_resources(fonts, images + b" " + forms))
        pages = len(self._objects) + len(self._pages) + 1
        kids = [self._add_page_object(page, pages, resources) for page in self._pages]
        self._add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), _references(kids)))
        outline = self._add_outline(kids)
        catalog = self._add(self._catalog(pages, outline))
        return self._assemble(catalog, self._add(self._information()))

    def _add(self, body: bytes) -> int:
        self._objects.append(body)
        return len(self._objects)

    def _add_stream(self, data: bytes, entries: bytes = b"") -> int:
        return self._add(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data))

    def _add_packed(self, data: bytes, entries: bytes = b"") -> int:
        return self._add_stream(data, entries + b"/Filter /FlateDecode ")

    def _font_entries(self) -> Iterable[bytes]:
        for font in self.fonts.embedded():
            program = self._add_packed(font.packed_program, b"/Length1 %d " % font.program_length)
            descriptor = self._add(font.descriptor(program))
            glyphs = self._add_packed(font.packed_glyphs) if font.packed_glyphs else 0
            descendant = self._add(font.descendant(descriptor, glyphs))
            to_unicode = self._add_packed(font.packed_map)
            yield b"/F%d %d 0 R" % (font.index, self._add(font.composite(descendant, to_unicode)))

    def _picture_entries(self) -> Iterable[bytes]:
        for place, image in enumerate(self._pictures.embedded()):
            yield b"/P%d %d 0 R" % (place, self._add_stream(image.rows, image.entries()))

    def _form_entries(self, resources: bytes) -> Iterable[bytes]:
        for name, common in self._furniture.values():
            box = b"/BBox [0 0 %.2f %.2f]" % (common.width, common.height)
            entries = b"/Type /XObject /Subtype /Form %s /Resources %s " % (box, resources)
            yield b"/%s %d 0 R" % (name.encode(), self._add_packed(_packed(common.content()), entries))

    def _add_page_object(self, page: tuple[int, float, float], parent: int, resources: int) -> int:
        content, width, height = page
        return self._add(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Resources %d 0 R /Contents %d 0 R >>"
            % (parent, width, height, resources, content)
        )

    def _add_outline(self, kids: list[int]) -> int:
        first = len(self._objects) + 1
        count = len(self._bookmarks)
        root = first + count
        for place, (title, page) in enumerate(self._bookmarks):
            entry = b"<< /Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]" % (text_string(title), root, kids[page])
            entry += b" /Prev %d 0 R" % (first + place - 1) if place else b""
            entry += b" /Next %d 0 R" % (first + place + 1) if place < count - 1 else b""
            self._add(entry + b" >>")
        return self._add(b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first, root - 1, count)) if count else 0

    def _catalog(self, pages: int, outline: int) -> bytes:
        about = self._description
        packet = metadata_packet(about.title, about.author, about.subject, _PRODUCER, about.created)
        metadata = self._add_stream(packet, b"/Type /Metadata /Subtype /XML ")
        profile = self._add_packed(zlib.compress(srgb_profile()), b"/N 3 ")
        intent = self._add(
            b"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
            b" /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R >>" % profile
        )
        outlines = b" /Outlines %d 0 R /PageMode /UseOutlines" % outline if outline else b""
        return (
            b"<< /Type /Catalog /Pages %d 0 R /Lang %s /Metadata %d 0 R /OutputIntents [%d 0 R]"
            b" /ViewerPreferences << /DisplayDocTitle true >>%s >>"
            % (pages, text_string(about.language), metadata, intent, outlines)
        )

    def _information(self) -> bytes:
        about = self._description
        stamp = b"(D:%s000000Z)" % about.created.strftime("%Y%m%d").encode()
        return b"<< /Title %s /Author %s /Subject %s /Creator %s /Producer %s /CreationDate %s /ModDate %s >>" % (
            *(text_string(value) for value in (about.title, about.author, about.subject, _PRODUCER, _PRODUCER)),
            stamp,
            stamp,
        )

    def _assemble(self, catalog: int, information: int) -> bytes:
        parts = [_HEADER]
        offsets = []
        position = len(_HEADER)
        for number, body in enumerate(self._objects, 1):
            offsets.append(position)
            wrapped = (b"%d 0 obj\n" % number, body, b"\nendobj\n")
            parts.extend(wrapped)
            position += sum(map(len, wrapped))
        seen = md5(usedforsecurity=False)
        for part in parts:  # one by one: a large file is not to stand in memory once more
            seen.update(part)
        identity = seen.hexdigest().encode()
        size = len(offsets) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        parts.extend(b"%010d 00000 n \n" % offset for offset in offsets)
        parts.append(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n"
            % (size, catalog, information, identity, identity, position)
        )
        return b"".join(parts)


def _resources(fonts: int, drawn: bytes) -> bytes:
    return b"<< /Font %d 0 R /ProcSet [/PDF /Text] /XObject << %s >> >>" % (fonts, drawn)


def _packed(content: str) -> bytes:
    """Operators, compressed; the usual harder compression takes twice the time for a sixth of the size."""
    return zlib.compress(content.encode("ascii"), 2)


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
