"""The bundled fonts: which face sets which kind of words, and which one stands in for a script it lacks."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import uharfbuzz as hb  # type: ignore[import-untyped]

from orderdesk.resources import resource


class Role(StrEnum):
    """What a piece of text is; each role has a face of its own and shares the stand-ins."""

    SERIF = "serif"
    SERIF_BOLD = "serif_bold"
    SANS = "sans"
    SANS_BOLD = "sans_bold"
    MONO = "mono"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class _File:
    """A font file below resources/fonts. `spans` are the code points it stands in for, () for a role's own face.

    `scale`: how large it is set beside Latin letters, so that the marks of one line clear those of the next.
    """

    folder: str
    name: str
    spans: tuple[tuple[int, int], ...] = ()
    scale: float = 1


_FILES = (
    _File("source-serif-4", "SourceSerif4-Regular"),
    _File("source-serif-4", "SourceSerif4-SemiBold"),
    _File("source-sans-3", "SourceSans3-Regular"),
    _File("source-sans-3", "SourceSans3-SemiBold"),
    _File("ibm-plex-mono", "IBMPlexMono-SemiBold"),
    _File("la-belle-aurore", "LaBelleAurore-Regular"),
    _File("noto-sans", "NotoSansHebrew-Regular", ((0x0590, 0x05FF), (0xFB1D, 0xFB4F))),
    _File("noto-sans", "NotoSansArabic-Regular", ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFEFC))),
    _File("noto-sans", "NotoSansDevanagari-Regular", ((0x0900, 0x097F), (0xA8E0, 0xA8FF))),
    _File("noto-sans", "NotoSansThai-Regular", ((0x0E00, 0x0E7F),)),
    _File("noto-sans", "NotoSansArmenian-Regular", ((0x0530, 0x058F), (0xFB13, 0xFB17))),
    _File("noto-sans", "NotoSansGeorgian-Regular", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F))),
    _File("noto-sans", "NotoSansMyanmar-Regular", ((0x1000, 0x109F), (0xA9E0, 0xA9FE), (0xAA60, 0xAA7F)), 0.8),
    _File("noto-sans", "NotoSans-Regular", ((0x00A0, 0x058F), (0x1AB0, 0x218F), (0x2C60, 0x2E5F), (0xA640, 0xFB06))),
    _File("nanum-gothic", "NanumGothic", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))),
    _File("droid-sans-fallback", "DroidSansFallbackFull", ((0x2000, 0x2FDF), (0x2FF0, 0xFFEF), (0x20000, 0x3FFFF))),
    _File("noto-emoji", "NotoEmoji-Regular", ((0x203C, 0x3299), (0x1F000, 0x1FAFF))),
)
_OWN_FACE = {role: index for index, role in enumerate(Role)}
_SANS_FACES = (_OWN_FACE[Role.SANS],)
# The number of the face that has the pictures, the last of all to stand in.
EMOJI = len(_FILES) - 1


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a PDF says of a font, in thousandths of the em."""

    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int


class Face:
    """One font file, opened: which characters it has, and the shapes for them."""

    def __init__(self, index: int) -> None:
        file = _FILES[index]
        path = resource("fonts", file.folder, f"{file.name}.ttf")
        self.index = index
        self.name = file.name
        self.scale = file.scale
        self.face = hb.Face(hb.Blob.from_file_path(str(path)))
        self.font = hb.Font(self.face)
        self.upem: int = self.face.upem
        self.glyph_count: int = self.face.glyph_count
        self._covered: dict[str, bool] = {}
        self._plain: set[str] = set()
        # How far a glyph moves the pen by itself, in font units.
        self.advance: Callable[[int], int] = cache(self.font.get_glyph_h_advance)

    def covers(self, character: str) -> bool:
        """Whether the face has an outline for the character (or needs none, for a space)."""
        covered = self._covered.get(character)
        if covered is None:
            covered = self._covered[character] = self._has(character)
        return covered

    def is_plain(self, text: str) -> bool:
        """Whether the face is the one for every character and nothing has to be reordered for any."""
        if not self._plain.issuperset(text):
            self._plain.update(filter(self._is_plain, text))
        return self._plain.issuperset(text)

    def _is_plain(self, character: str) -> bool:
        reordered = unicodedata.bidirectional(character) in ("R", "AL", "AN", "NSM", "BN")
        return self.covers(character) and not is_emoji(character) and not reordered

    def _has(self, character: str) -> bool:
        glyph = self.font.get_nominal_glyph(ord(character))
        if not glyph:
            return False
        if unicodedata.category(character) in ("Zs", "Cf"):
            return True
        extents = self.font.get_glyph_extents(glyph)
        return extents is not None and (extents.width, extents.height) != (0, 0)

    def glyph(self, character: str) -> int:
        """The number of the character's plain glyph; 0 where the face has none."""
        return self.font.get_nominal_glyph(ord(character)) or 0

    def table(self, tag: str) -> bytes:
        """The bytes of one table of the font file."""
        data: bytes = self.face.reference_table(tag).data
        return data

    def metrics(self) -> Metrics:
        box = struct.unpack(">4h", self.table("head")[36:44])
        ascent, descent = struct.unpack(">2h", self.table("hhea")[4:8])
        os2 = self.table("OS/2")
        cap_height = struct.unpack(">h", os2[88:90])[0] if len(os2) >= 90 else 0
        scaled = [round(value * 1000 / self.upem) for value in (*box, ascent, descent, cap_height or ascent)]
        return Metrics((scaled[0], scaled[1], scaled[2], scaled[3]), *scaled[4:])


@cache
def face(index: int) -> Face:
    """The face with that number, opened on first use and kept."""
    return Face(index)


def own_face(role: Role) -> Face:
    """The face that sets the role's words."""
    return face(_OWN_FACE[role])


@cache
def face_for(role: Role, character: str) -> Face | None:
    """The face that sets the character in that role: the role's own, else a stand-in; None where no bundled font has it.

    Of emoji some text faces have a few: they are set like all others where they can be nothing else.
    """
    code = ord(character)
    own = (_OWN_FACE[role], *_SANS_FACES)
    stand_ins = (index for index, file in enumerate(_FILES) if any(first <= code <= last for first, last in file.spans))
    order = (*stand_ins, *own) if is_emoji(character) else (*own, *stand_ins)
    return next((face(index) for index in order if face(index).covers(character)), None)


def is_emoji(character: str) -> bool:
    """Whether the character is an emoji whatever stands behind it."""
    return "\U0001f000" <= character <= "\U0001faff"
