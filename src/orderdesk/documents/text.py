"""From text to glyphs: cleaning, a face for each character, right-to-left order, shaping, and widths.

Every string that reaches paper comes through here. A character that no bundled font covers raises
UnprintableTextError; nothing is dropped or replaced by a box.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz as hb  # type: ignore[import-untyped]
from bidi import get_display  # type: ignore[import-untyped]

from orderdesk.documents.fonts import Face, Role, face_for, own_face
from orderdesk.domain.errors import UnprintableTextError

_LATIN_FEATURES = {"kern": True, "liga": False, "clig": False, "calt": False, "dlig": False, "rlig": False}
# Joiners steer the shapes of Arabic and Indic letters; every other format character is invisible and only reorders text.
_JOINERS = "\u200c\u200d"
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_TOKENS = re.compile(r" +|[^ ]+")


class Glyph(NamedTuple):
    """One shape: its number, the text it stands for ("" when an earlier glyph stands for it too), and where it goes."""

    number: int
    text: str
    advance: int
    dx: int
    dy: int


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Glyphs of one face in the order they are drawn. `width` is in thousandths of the em.

    `shown` is the inside of a PDF text array; None where marks are raised and the array depends on the size.
    `whole` marks text whose glyphs do not stand for one character each.
    """

    face: Face
    text: str
    glyphs: tuple[Glyph, ...]
    width: float
    shown: str | None
    whole: bool


def clean(text: str) -> str:
    """The text as it is printed: composed (NFC), line breaks and control characters as single spaces, no invisible marks.

    A ligature that is one character, as some programs copy it, is its letters again: so it can be searched for.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    composed = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), unicodedata.normalize("NFC", text))
    return " ".join("".join(_visible(character) for character in composed).split())


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if category == "Cf":
        return character if character in _JOINERS else ""
    return "" if "\ufe00" <= character <= "\ufe0f" else character


def check_text(text: str, where: str, role: Role = Role.SANS) -> None:
    """Raises UnprintableTextError for the first character that no bundled font covers; `where` names the text."""
    character = _uncovered(text, role)
    if character:
        name = unicodedata.name(character, "no name")
        raise UnprintableTextError(character, f"U+{ord(character):04X} {name}", where)


@lru_cache(maxsize=4_000)
def _uncovered(text: str, role: Role) -> str:
    """The first character that no bundled font covers; "" where there is none."""
    lacking = (character for character in text if face_for(role, character) is None and character not in _JOINERS)
    return next(lacking, "")


def covered(text: str, role: Role) -> bool:
    """Whether the role's own face has every character."""
    return all(own_face(role).covers(character) for character in text)


@lru_cache(maxsize=20_000)
def pieces(role: Role, text: str) -> tuple[Piece, ...]:
    """The text, cleaned already, as pieces from left to right."""
    face = own_face(role)
    if all(_is_plain(face, character) for character in set(text)):
        return tuple(_shape(face, token, False) for token in _TOKENS.findall(text))
    display: str = get_display(text, base_dir="L")
    return tuple(_shape(face, segment, rtl) for face, segment, rtl in _segments(role, display))


@lru_cache(maxsize=8_000)
def _is_plain(face: Face, character: str) -> bool:
    """Whether the face has the character and nothing has to be reordered for it."""
    return face.covers(character) and unicodedata.bidirectional(character) not in ("R", "AL", "AN", "NSM", "BN")


def _segments(role: Role, display: str) -> Iterator[tuple[Face, str, bool]]:
    """Runs of one face and direction, from left to right; the text of a right-to-left run is in reading order."""
    runs: list[tuple[tuple[Face, bool], list[str]]] = []
    for character in display:
        key = _face_and_direction(role, character, runs[-1][0] if runs else None)
        if runs and runs[-1][0] == key and " " not in (character, runs[-1][1][-1]):
            runs[-1][1].append(character)
        else:
            runs.append((key, [character]))
    for (face, rtl), run in runs:
        yield face, "".join(reversed(run) if rtl else run), rtl


def _face_and_direction(role: Role, character: str, before: tuple[Face, bool] | None) -> tuple[Face, bool]:
    kind = unicodedata.bidirectional(character)
    if before is not None and kind in ("NSM", "BN") and (character in _JOINERS or before[0].covers(character)):
        return before
    check_text(character, "the text", role)
    # A joiner with nothing before it shows as nothing, in any face.
    face = face_for(role, character) or own_face(role)
    return face, kind in ("R", "AL") or (kind == "NSM" and "\u0590" <= character <= "\u08ff")


@lru_cache(maxsize=20_000)
def _shape(face: Face, text: str, rtl: bool) -> Piece:
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character) for character in text])
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    latin = text.isascii() or buffer.script in ("Latn", "Grek", "Cyrl", "Zyyy")
    hb.shape(face.font, buffer, _LATIN_FEATURES if latin else {"kern": True})
    return _piece(face, text, _glyphs(text, buffer))


def _glyphs(text: str, buffer: hb.Buffer) -> tuple[Glyph, ...]:
    infos = buffer.glyph_infos
    spoken = _spoken(text, [info.cluster for info in infos])
    return tuple(
        Glyph(info.codepoint, says, at.x_advance, at.x_offset, at.y_offset)
        for info, says, at in zip(infos, spoken, buffer.glyph_positions, strict=True)
    )


def _spoken(text: str, clusters: list[int]) -> Iterator[str]:
    """The part of the text that each glyph stands for; the first of several that share a part speaks for all."""
    ends = dict(pairwise([*sorted(set(clusters)), len(text)]))
    for cluster in clusters:
        yield text[cluster : ends.pop(cluster, cluster)]


def _piece(face: Face, text: str, glyphs: tuple[Glyph, ...]) -> Piece:
    width = sum(glyph.advance for glyph in glyphs) * 1000 / face.upem
    raised = any(glyph.dy for glyph in glyphs)
    whole = any(len(glyph.text) != 1 for glyph in glyphs)
    return Piece(face, text, glyphs, width, None if raised else shown(face, glyphs), whole)


def shown(face: Face, glyphs: tuple[Glyph, ...], size: float = 0) -> str:
    """The inside of a PDF text array: hexadecimal glyph numbers, pen corrections in thousandths between them.

    With a size, marks are raised by the Ts operator, which closes and reopens the array.
    """
    scale = 1000 / face.upem
    parts: list[str] = []
    pen = 0.0
    for glyph in glyphs:
        shift = pen + glyph.dx * scale
        pen = (glyph.advance - glyph.dx - face.advance(glyph.number)) * scale
        if round(shift):
            parts.append(f">{-shift:.0f}<")
        if glyph.dy and size:
            parts.append(f">]TJ {glyph.dy * size / face.upem:.2f} Ts [<{glyph.number:04x}>]TJ 0 Ts [<")
        else:
            parts.append(f"{glyph.number:04x}")
    tail = f">{-pen:.0f}" if round(pen) else ">"
    return ("<" + "".join(parts) + tail).replace("<>", "")
