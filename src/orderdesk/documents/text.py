"""From text to glyphs: cleaning, a face for each character, right-to-left order, shaping, and widths.

Every string that reaches paper comes through here. A character that no bundled font covers raises
UnprintableTextError; nothing is dropped or replaced by a box.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import uharfbuzz as hb  # type: ignore[import-untyped]
from bidi import get_display  # type: ignore[import-untyped]

from orderdesk.documents.emoji import is_picture, is_steered, signs
from orderdesk.documents.fonts import EMOJI, Face, Role, face, face_for, own_face
from orderdesk.documents.told import runs_from_the_right
from orderdesk.domain.errors import UnprintableTextError

_LATIN_FEATURES = {"kern": True, "liga": False, "clig": False, "calt": False, "dlig": False, "rlig": False}
# Joiners steer the shapes of Arabic and Indic letters; every other format character is invisible and only reorders text.
_JOINERS = "\u200c\u200d"
_WITHOUT_IGNORABLES = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
_LIGATURES = re.compile("[\ufb00-\ufb06]")
# Signs of an old book that no bundled font has, of no direction like emoji.
_HOLDERS = [chr(code) for code in range(0x1D300, 0x1D357)]
_TOKENS = re.compile(r" +|[^ ]+")
# Signs of one face and direction (True: from the right).
_Run: TypeAlias = tuple[tuple[Face, bool], list[str]]


class Glyph(NamedTuple):
    """One shape: its number, the text it stands for ("" when an earlier glyph stands for it too), and where it goes."""

    number: int
    text: str
    advance: int
    dx: int
    dy: int


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Glyphs of one face in the order they are drawn. `width` is in thousandths of the type's size.

    `shown` is the inside of a PDF text array; None where marks are raised and the array depends on the size.
    `whole` marks text whose glyphs do not stand for one character each.
    """

    face: Face
    text: str
    glyphs: tuple[Glyph, ...]
    width: float
    shown: str | None
    whole: bool


class Line(NamedTuple):
    """Text as pieces from left to right, how wide it is in thousandths of its size, and how often a glyph follows another."""

    pieces: tuple[Piece, ...]
    width: float
    gaps: int


def clean(text: str) -> str:
    """The text as it is printed: composed (NFC), line breaks and control characters as single spaces, no invisible marks.

    A ligature that is one character, as some programs copy it, is its letters again: so it can be searched for.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    composed = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), unicodedata.normalize("NFC", text))
    parts = signs(composed) if is_steered(composed) else composed
    return " ".join("".join(sign if len(sign) > 1 else _visible(sign) for sign in parts).split())


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
    if own_face(role).is_plain(text):
        return ""
    lacking = (character for character in text if face_for(role, character) is None and not is_steered(character))
    return next(lacking, "")


def covered(text: str, role: Role) -> bool:
    """Whether the role's own face has every character."""
    return all(own_face(role).covers(character) for character in text)


@lru_cache(maxsize=20_000)
def line_of(role: Role, text: str) -> Line:
    """The text, cleaned already, as it stands on one line."""
    pieces = _pieces(role, text)
    glyphs = sum(len(piece.glyphs) for piece in pieces)
    return Line(pieces, sum(piece.width for piece in pieces), max(glyphs - 1, 0))


def _pieces(role: Role, text: str) -> tuple[Piece, ...]:
    face = own_face(role)
    if face.is_plain(text):
        return tuple(_shape(face, token, False) for token in _TOKENS.findall(text))
    display = _display(text) if runs_from_the_right(text) else signs(text)
    segments = _segments(role, display)
    return tuple(
        _space_among_emoji(role) if run == " " and in_.index == EMOJI else _shape(in_, run, rtl) for in_, run, rtl in segments
    )


@cache
def _space_among_emoji(role: Role) -> Piece:
    """A space of the emoji's face as wide as the role's: pdfium sees none that is drawn alone, and theirs is as wide as one."""
    wide, own = _shape(face(EMOJI), " ", False), own_face(role)
    width = own.advance(own.glyph(" ")) / own.upem
    return replace(wide, width=width * 1000, glyphs=(wide.glyphs[0]._replace(advance=round(width * wide.face.upem)),))


def _display(text: str) -> list[str]:
    """The signs from left to right; one character holds the place of several, which would be turned around inside."""
    several = dict.fromkeys(sign for sign in signs(text) if len(sign) > 1)
    held = dict(zip(several, (holder for holder in _HOLDERS if holder not in text), strict=False))
    line = "".join(held.get(sign, sign) for sign in signs(text))
    meant = {holder: sign for sign, holder in held.items()}
    return [meant.get(sign, sign) for sign in signs(get_display(line, base_dir="L"))]


def _segments(role: Role, display: Iterable[str]) -> Iterator[tuple[Face, str, bool]]:
    """Runs of one face and direction, from left to right; the text of a right-to-left run is in reading order."""
    runs: list[_Run] = []
    for sign in _set_as_one(role, display):
        key = _face_and_direction(role, sign, runs[-1][0] if runs else None)
        if runs and runs[-1][0] == key and " " not in (sign, runs[-1][1][-1]):
            runs[-1][1].append(sign)
        else:
            runs.append((key, [sign]))
    for (set_in, rtl), run in _joined_by_their_spaces(runs):
        yield set_in, "".join(reversed(run) if rtl else run), rtl


def _joined_by_their_spaces(runs: list[_Run]) -> Iterator[_Run]:
    """The runs, a space between two emoji in their face."""
    emoji = [set_in.index == EMOJI for (set_in, _), _ in runs]
    for place, (key, run) in enumerate(runs):
        between = run == [" "] and emoji[place - 1 : place] == emoji[place + 1 : place + 2] == [True]
        yield (runs[place - 1][0] if between else key), run


def _set_as_one(role: Role, display: Iterable[str]) -> Iterator[str]:
    """The signs, but the characters of one that no face has whole."""
    for sign in display:
        yield from (sign,) if len(sign) == 1 or _whole_face(role, sign) else sign


@lru_cache(maxsize=2_000)
def _whole_face(role: Role, sign: str) -> Face | None:
    """The face that has all of a sign of several characters; None where none has."""
    found = face(EMOJI) if is_picture(sign) else face_for(role, sign[0])
    return found if found and all(is_steered(character) or found.covers(character) for character in sign) else None


def _face_and_direction(role: Role, sign: str, before: tuple[Face, bool] | None) -> tuple[Face, bool]:
    if len(sign) > 1 and (face := _whole_face(role, sign)):
        return face, False
    kind = unicodedata.bidirectional(sign)
    if before is not None and kind in ("NSM", "BN") and (is_steered(sign) or before[0].covers(sign)):
        return before
    check_text(sign, "the text", role)
    # A joiner with nothing before it shows as nothing, in any face.
    face = face_for(role, sign) or own_face(role)
    return face, kind in ("R", "AL") or (kind == "NSM" and "\u0590" <= sign <= "\u08ff")


@lru_cache(maxsize=20_000)
def _shape(face: Face, text: str, rtl: bool) -> Piece:
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character) for character in text])
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.flags = _WITHOUT_IGNORABLES
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


def _spoken(text: str, clusters: list[int]) -> Sequence[str]:
    """The part of the text that each glyph stands for; the first of several that share a part speaks for all."""
    if clusters == [*range(len(text))]:
        return text
    ends = dict(pairwise([*sorted(set(clusters)), len(text)]))
    return [text[cluster : ends.pop(cluster, cluster)] for cluster in clusters]


def _piece(face: Face, text: str, glyphs: tuple[Glyph, ...]) -> Piece:
    width = sum(glyph.advance for glyph in glyphs) * 1000 * face.scale / face.upem
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
    for number, _, advance, dx, dy in glyphs:
        shift = pen + dx * scale
        pen = (advance - dx - face.advance(number)) * scale
        if round(shift):
            parts.append(f">{-shift:.0f}<")
        if dy and size:
            parts.append(f">]TJ {dy * size / face.upem:.2f} Ts [<{number:04x}>]TJ 0 Ts [<")
        else:
            parts.append(f"{number:04x}")
    tail = f">{-pen:.0f}" if round(pen) else ">"
    return ("<" + "".join(parts) + tail).replace("<>", "")
