"""The fonts a PDF uses: which glyphs were drawn, and the subset, widths and text mapping embedded for them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter

import uharfbuzz as hb  # type: ignore[import-untyped]

from orderdesk.documents.fonts import EMOJI, Face, Role, face, own_face
from orderdesk.documents.strings import text_string
from orderdesk.documents.text import Glyph, Piece, line_of, shown
from orderdesk.documents.told import (
    CLOSED,
    CLOSED_IN_PARTS,
    CLOSED_PART,
    NOTHING,
    UNTOLD,
    opened,
    opened_in_parts,
    opened_part,
    runs_from_the_right,
)
from orderdesk.documents.turns import by_turns, has_a_lone_space, is_picture, told_apart

# TrueType needs these tables inside a PDF; all others would only add weight.
_KEPT_TABLES = frozenset(("glyf", "head", "hhea", "hmtx", "loca", "maxp"))
# Nearly every letter draws most of these, so its subsets hold all of them: made once, the same for every letter.
_COMMON = "".join(map(chr, range(0x20, 0x7F))) + "’“”–×·"
_COMMON_ROLES = (Role.SERIF, Role.SERIF_BOLD, Role.SANS, Role.SANS_BOLD)
_SYMBOLIC = 4


class FontUse:
    """What one file shows with its fonts: the glyphs drawn so far, by face, each with the text it stands for."""

    def __init__(self) -> None:
        self._texts: dict[int, dict[int, str]] = {}
        self._seen: set[Piece] = set()
        self._spoken: set[Piece] = set()
        self._pictures: dict[tuple[int, str], int] = {}
        # Most texts of a batch stand on every letter.
        self.show = lru_cache(maxsize=2_000)(self._show)

    def _show(self, role: Role, text: str, size: float, tracked: bool) -> str:
        """The operators that show the text, and say it themselves where its glyphs would not read back as it.

        Readers take the space between `tracked` letters for the end of a word.
        """
        line = line_of(role, text).pieces
        self._note_all(line)
        told = not self._spoken.isdisjoint(line) or runs_from_the_right(text)
        if tracked:
            return f"/Span <</ActualText {text_string(text).decode()}>> BDC {self._drawn(line, size)} EMC"
        pictured = not text.isascii() and any(map(is_picture, line))
        if pictured and (told or has_a_lone_space(line)) and (turns := by_turns(line, text)):
            return self._shown_in_parts(turns, text, size)
        drawn = self._drawn(line, size)
        if not told:
            return drawn
        if runs_from_the_right(text):
            return f"{opened(text, self._leftmost(line))}\n{drawn}\n{CLOSED}"
        # Of the whole text: readers lose the spaces between spans.
        return f"/Span <</ActualText {text_string(text).decode()}>> BDC\n{drawn}\nEMC"

    def _shown_in_parts(self, turns: list[tuple[list[Piece], str]], text: str, size: float) -> str:
        """The operators for a line with emoji, of which pdfium is told the words alone, part by part."""
        shown = [opened_in_parts(text)]
        for group, said in turns:
            if is_picture(group[0]):
                shown += [UNTOLD, self._drawn(self._saying(said, group), size), CLOSED_PART]
                continue
            for words, heard in told_apart(group, said):
                shown += [opened_part(heard, self._leftmost(words)), self._drawn(words, size), CLOSED_PART]
        return "\n".join([*shown, CLOSED_IN_PARTS])

    def _saying(self, text: str, pictures: list[Piece]) -> list[Piece]:
        """Neighboring emoji that stand for the text together: from right to left they are read in another order than drawn."""
        first, *others = [glyph for piece in pictures for glyph in piece.glyphs]
        if "".join(glyph.text for glyph in (first, *others)) == text:
            return pictures
        silent = (glyph._replace(text=NOTHING) for glyph in others)
        told = replace(pictures[0], glyphs=(first._replace(text=text), *silent))
        self._note_pictures(told)
        return [told]

    def _leftmost(self, line: Sequence[Piece]) -> str:
        """What the glyphs of a line's first piece stand for, up to a raised one, before which readers see a text end."""
        first = next((piece for piece in line if not piece.text.isspace()), line[0])
        raised = next((place for place, glyph in enumerate(first.glyphs) if glyph.dy), len(first.glyphs))
        return "".join(self._texts[first.face.index][glyph.number] for glyph in first.glyphs[: max(raised, 1)])

    def _note_all(self, line: Iterable[Piece]) -> None:
        """Notes the pieces as drawn, and which of them would not read back as their text by their glyphs alone."""
        for piece in line:
            if piece in self._seen:
                continue
            self._seen.add(piece)
            unlike = self._note_pictures(piece) if is_picture(piece) else self._note(piece) or piece.whole
            if unlike:
                self._spoken.add(piece)

    def _note(self, piece: Piece) -> bool:
        texts = self._texts.setdefault(piece.face.index, {})
        clash = False
        for glyph in piece.glyphs:
            clash = texts.setdefault(glyph.number, glyph.text) != glyph.text or clash
        return clash

    def _note_pictures(self, piece: Piece) -> bool:
        """An emoji has a code for each text it stands for, such as a thumb of every skin: pdfium hears of it by nothing else."""
        texts = self._texts.setdefault(EMOJI, {})
        for glyph in piece.glyphs:
            if (glyph.number, glyph.text) not in self._pictures:
                code = glyph.number if glyph.number not in texts else piece.face.glyph_count + len(self._pictures)
                self._pictures[glyph.number, glyph.text] = code
                texts[code] = glyph.text or NOTHING
        return not all(glyph.text for glyph in piece.glyphs)

    def _drawn(self, line: Iterable[Piece], size: float) -> str:
        """The operators that draw the pieces, those of one face as one text."""
        texts = []
        for set_in, run in groupby(line, attrgetter("face")):
            scaled = size * set_in.scale
            glyphs = "".join([self._shown(piece, scaled) for piece in run])
            texts.append(f"/F{set_in.index} {scaled:g} Tf\n[{glyphs}]TJ")
        return "\n".join(texts)

    def _shown(self, piece: Piece, size: float) -> str:
        if is_picture(piece):
            return "".join(f"<{self._pictures[glyph.number, glyph.text]:04x}>{_pen(piece.face, glyph)}" for glyph in piece.glyphs)
        return piece.shown or shown(piece.face, piece.glyphs, size)

    def embedded(self) -> list[EmbeddedFont]:
        """The fonts to embed, in the order of their numbers."""
        pictures = {code: number for (number, _), code in self._pictures.items()}
        return [_embed(index, texts, pictures if index == EMOJI else {}) for index, texts in sorted(self._texts.items())]


def _pen(face: Face, glyph: Glyph) -> str:
    """How far back the pen goes behind the glyph, in thousandths; only a space among emoji is narrower than in their face."""
    return f"{(face.advance(glyph.number) - glyph.advance) * 1000 / face.upem:.0f}".removeprefix("0")


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A subset of a face, ready to become PDF objects: a composite font.

    `packed_glyphs` is the glyph of each code, empty where the codes are the glyph numbers.
    """

    index: int
    name: bytes
    packed_program: bytes
    program_length: int
    widths: bytes
    packed_map: bytes
    packed_glyphs: bytes

    def descriptor(self, program: int) -> bytes:
        """The font descriptor that refers to the font program's object."""
        metrics = face(self.index).metrics()
        return (
            b"<< /Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle 0"
            b" /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R >>"
            % (self.name, _SYMBOLIC, *metrics.box, metrics.ascent, metrics.descent, metrics.cap_height, program)
        )

    def descendant(self, descriptor: int, glyphs: int) -> bytes:
        """The font's widths, and its mapping from codes to glyphs: the object of that number, 0 for the codes themselves."""
        mapping = b"%d 0 R" % glyphs if glyphs else b"/Identity"
        return (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo"
            b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap %s"
            b" /FontDescriptor %d 0 R /DW 0 /W [%s] >>" % (self.name, mapping, descriptor, self.widths)
        )

    def composite(self, descendant: int, to_unicode: int) -> bytes:
        """The font as pages name it."""
        return (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
            % (self.name, descendant, to_unicode)
        )


def _embed(index: int, drawn: dict[int, str], glyphs: dict[int, int]) -> EmbeddedFont:
    common = _common_texts(index)
    own = {code: glyph for code, glyph in glyphs.items() if code != glyph}
    return _font(index, frozenset(drawn.items() - common.items()), frozenset(own.items()))


@cache
def _common_texts(index: int) -> dict[int, str]:
    if index not in (own_face(role).index for role in _COMMON_ROLES):
        return {}
    return {face(index).glyph(character): character for character in _COMMON if face(index).covers(character)}


@lru_cache(maxsize=64)
def _font(index: int, rare: frozenset[tuple[int, str]], coded: frozenset[tuple[int, int]]) -> EmbeddedFont:
    """The face's common glyphs and the given rare ones, each with its text; `coded`: codes that are not their glyph's number."""
    texts = _common_texts(index) | dict(rare)
    glyphs = {code: code for code in texts} | dict(coded)
    opened = face(index)
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs.values())
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.drop_table_tag_set.update(_tag_number(tag) for tag in opened.face.table_tags if tag not in _KEPT_TABLES)
    program: bytes = hb.subset(opened.face, wanted).blob.data
    widths = " ".join(f"{code} [{opened.advance(glyph) * 1000 / opened.upem:.5g}]" for code, glyph in sorted(glyphs.items()))
    name = f"{_tag(texts)}+{opened.name}".encode()
    packed_map = zlib.compress(_to_unicode(texts), 6)
    packed_glyphs = zlib.compress(_glyph_map(glyphs), 6) if coded else b""
    return EmbeddedFont(index, name, zlib.compress(program, 6), len(program), widths.encode(), packed_map, packed_glyphs)


def _glyph_map(glyphs: dict[int, int]) -> bytes:
    """The glyph of each code from 0, two bytes each."""
    return b"".join(glyphs.get(code, 0).to_bytes(2, "big") for code in range(max(glyphs) + 1))


def _to_unicode(texts: dict[int, str]) -> bytes:
    """The map from glyphs back to text, for searching and copying."""
    lines = [f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in sorted(texts.items()) if text]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{maps}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _tag_number(tag: str) -> int:
    return int.from_bytes(tag.encode(), "big")


def _tag(texts: dict[int, str]) -> str:
    """Six capitals that depend on what the subset holds, as PDF wants them before a subset's name."""
    number = zlib.crc32(repr(sorted(texts.items())).encode("utf-8", "surrogatepass"))
    letters = []
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)
