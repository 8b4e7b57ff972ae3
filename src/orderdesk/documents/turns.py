"""A line with emoji: pdfium (Chrome) drops them from what it is told, so it is told the words alone and reads emoji by glyph."""

from __future__ import annotations

from itertools import groupby

from orderdesk.documents.fonts import EMOJI
from orderdesk.documents.text import Piece
from orderdesk.documents.told import NOTHING, parts


def is_picture(piece: Piece) -> bool:
    """Whether the piece is set in the emoji's face."""
    return piece.face.index == EMOJI


def has_a_lone_space(line: tuple[Piece, ...]) -> bool:
    """Whether a space is drawn between pieces of other faces, or between emoji alone: readers see none that is."""
    return all(map(is_picture, line)) or any(
        piece.text == " " and before.face is not piece.face is not behind.face
        for before, piece, behind in zip(line, line[1:], line[2:], strict=False)
    )


def by_turns(line: tuple[Piece, ...], text: str) -> list[tuple[list[Piece], str]]:
    """Words and emoji of the line by turns, each with what pdfium is to read; none where what is read is in another order."""
    groups: list[list[Piece]] = [list(run) for _, run in groupby(line, is_picture)]
    if is_picture(line[0]):
        groups.insert(0, [])
    if is_picture(line[-1]):
        groups.append([])
    emoji = {glyph.text for piece in line if is_picture(piece) for glyph in piece.glyphs} - {"", " "}
    said = parts(text, emoji, ends_in_one=not groups[-1])
    return [turn for turn in zip(groups, said, strict=True) if turn[0]] if len(groups) == len(said) else []


def told_apart(words: list[Piece], said: str) -> list[tuple[list[Piece], str]]:
    """The words before an emoji with what they say, the last by itself: from where that ends pdfium looks for a space."""
    last = next(list(run) for _, run in groupby(reversed(words), lambda piece: piece.face.index))[::-1]
    others = words[: -len(last)]
    if all(piece.text.isspace() for piece in others):  # of which pdfium sees nothing
        return [(words, said)]
    before, space, behind = said.rpartition(" ")
    parted = space and behind and others[-1].text == " "
    return [(others, before + space), (last, behind)] if parted else [(others, said), (last, NOTHING)]
