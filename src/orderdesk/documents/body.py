"""The words of a letter as blocks that are measured first, then set one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from orderdesk.documents.colors import readable
from orderdesk.documents.errors import TextTooLongError
from orderdesk.documents.fonts import Role
from orderdesk.documents.letter import Choice, Letter
from orderdesk.documents.paper import GUTTER, TEXT_WIDTH, Sheets
from orderdesk.documents.pdf import PdfFile
from orderdesk.documents.setting import balanced, even, fitted, shrunk, wrapped
from orderdesk.documents.sheet import SOFT, Drawing, Sheet, Type
from orderdesk.documents.text import covered

_HEADLINE = Type(Role.SERIF_BOLD, 15.2, 19)
_BODY = Type(Role.SERIF, 10, 13.8)
_CHOICE = Type(Role.SANS_BOLD, 9.3, 12)
_CHOICE_TEXT = Type(Role.SANS, 8.7, 11.3)
_NUMBER = Type(Role.SANS_BOLD, 8, 10)
_SIGNATURE = Type(Role.SCRIPT, 21, 24)
_SIGNED = Type(Role.SANS, 8.7, 11, SOFT)
_CIRCLE = 5.5
_CHOICE_INDENT = 16
# From an option's title down to its text, in sizes of the text.
_UNDER_TITLE = 1.655
_HAND_WIDTH = 240
# What the name by hand leaves of the line to the name in print.
_PRINT_WIDTH = 170
_LEAST_HEADLINE = 13
_LEAST_SALUTATION = 8.7


@dataclass(frozen=True, slots=True)
class Density:
    """How closely a letter is set: body and product size, the room under the table's labels and inside its rows, and
    how far the headline moves up, in points; `closing`: the share that may be taken of what the gaps can give, `small`: the size
    of what stands below products and options, `law`: that of what the law adds.
    """

    body: float
    product: float
    under_labels: float
    above: float
    below: float
    rise: float
    closing: float = 1
    small: float = 8.7
    law: float = 8.7


# Tried in this order until the letter fits its page; letters of one batch are to be read in one size of body.
DENSITIES = (
    Density(10, 12.2, 0, 15.4, 9.4, 0),
    Density(10, 11.2, 1.6, 13.8, 7.4, 4),
    Density(10, 10.2, 2.6, 12.4, 6, 8),
    Density(10, 9.6, 2.4, 11.4, 5, 9),
)
# Where only that keeps a letter of few lines on one page: what the law adds gives way first, down to the size of a coupon's
# terms, then what stands below products and options, and last of all the body.
SMALLER = (
    Density(10, 9.6, 2.4, 11.4, 5, 9, law=7.8),
    Density(10, 9.2, 2, 10.8, 4.4, 9, closing=1.3, small=8.2, law=7.8),
    Density(10, 9.2, 2, 10.8, 4.4, 9, closing=1.3, small=8.2, law=7),
)
SMALLEST = (
    Density(10, 9.2, 1.2, 9.8, 3.5, 11, closing=1.35, small=8, law=7),
    Density(9.5, 9.2, 1.2, 9.8, 3.5, 11, closing=1.35, small=8, law=7),
    Density(9.2, 9.2, 1.2, 9.8, 3.5, 11, closing=1.35, small=7, law=7),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the letter: from its first baseline it takes `height` points down to its last.

    `gap` is the distance from the block above that looks best, `least` the smallest that still looks good.
    """

    height: float
    gap: float
    least: float
    draw: Drawing


def set_blocks(file: PdfFile, sheet: Sheet, blocks: Sequence[Block], top: float, limit: float) -> None:
    """Draws the blocks from the first baseline at `top`, closing the gaps as far as needed to end at `limit`."""
    natural = sum(block.height + block.gap for block in blocks) - blocks[0].gap
    give = sum(block.gap - block.least for block in blocks[1:])
    share = max((top + natural - limit) / give, 0) if give else 0
    y = top
    for place, block in enumerate(blocks):
        y += block.gap - share * (block.gap - block.least) if place else 0
        file.place(sheet, block.draw, y)
        y += block.height


def fits(blocks: Sequence[Block], top: float, limit: float, closing: float = 1) -> bool:
    """Whether the blocks end above the limit when that share of what the gaps can give is taken."""
    needed = sum(block.height + block.gap - closing * (block.gap - block.least) for block in blocks)
    return top + needed - blocks[0].gap <= limit


def headline(letter: Letter, paper: Sheets) -> Block:
    """The headline: on one line, smaller if need be, else on two of like length."""
    one = fitted(letter.headline, _HEADLINE, TEXT_WIDTH, 1, _LEAST_HEADLINE)
    set_lines = one or fitted(letter.headline, _HEADLINE, TEXT_WIDTH, 2, 11)
    if set_lines is None:
        raise TextTooLongError("the headline", letter.headline)
    type_, lines = set_lines
    return _lines(paper.left, type_, lines if one else even(letter.headline, type_, TEXT_WIDTH), gap=0, least=0)


def salutation(letter: Letter, paper: Sheets, density: Density) -> Block:
    """The greeting: a long name on one line in smaller type rather than broken."""
    type_ = _BODY.at(density.body)
    on_one = fitted(letter.salutation, type_, TEXT_WIDTH, 1, _LEAST_SALUTATION)
    set_lines = on_one or (type_, wrapped(letter.salutation, type_, TEXT_WIDTH, beside=True))
    return _lines(paper.left, *set_lines, gap=23, least=19)


def paragraph(text: str, paper: Sheets, density: Density, *, gap: float, least: float) -> Block:
    """Body text over the full width."""
    type_ = _BODY.at(density.body)
    return _lines(paper.left, type_, balanced(text, type_, TEXT_WIDTH), gap=gap, least=least)


@lru_cache(maxsize=500)
def _lines(x: float, type_: Type, lines: tuple[str, ...], *, gap: float, least: float) -> Block:
    """The lines as a block, which is kept: a file draws a block that it knows, at the height it knows, only once."""

    def draw(sheet: Sheet, y: float) -> None:
        for place, line in enumerate(lines):
            sheet.text(x, y + place * type_.leading, line, type_)

    return Block(max(len(lines) - 1, 0) * type_.leading, gap, least, draw)


def choices(letter: Letter, paper: Sheets, density: Density) -> Block:
    """The numbered options side by side in equal columns."""
    return _columns(paper.left, letter.choices, _CHOICE_TEXT.at(density.small), readable(letter.head.accent))


@lru_cache(maxsize=500)
def _columns(left: float, choices: tuple[Choice, ...], small: Type, accent: str) -> Block:
    count = len(choices)
    column = (TEXT_WIDTH - (count - 1) * GUTTER) / count
    titles = [wrapped(choice.title, _CHOICE, column - _CHOICE_INDENT) for choice in choices]
    texts = [balanced(choice.text, small, column) for choice in choices]
    lower = (max(map(len, titles)) - 1) * _CHOICE.leading + _UNDER_TITLE * small.size

    def draw(sheet: Sheet, y: float) -> None:
        for place, (title, lines) in enumerate(zip(titles, texts, strict=True)):
            x = left + place * (column + GUTTER)
            _draw_choice(sheet, x, y, str(place + 1), title, accent)
            for row, line in enumerate(lines):
                sheet.text(x, y + lower + row * small.leading, line, small)

    return Block(lower + (max(map(len, texts)) - 1) * small.leading, 22, 17, draw)


def note(text: str, paper: Sheets, density: Density) -> Block:
    """What the law adds to the options, in their type over the full width."""
    small = _CHOICE_TEXT.at(density.law)
    return _lines(paper.left, small, balanced(text, small, TEXT_WIDTH), gap=20, least=16.2)


def _draw_choice(sheet: Sheet, x: float, y: float, number: str, title: Sequence[str], accent: str) -> None:
    sheet.circle(x + _CIRCLE, y - 3.3, _CIRCLE, accent, 0.9)
    sheet.text_centered(x + _CIRCLE, y - 0.5, number, _NUMBER.in_color(accent))
    for place, line in enumerate(title):
        sheet.text(x + _CHOICE_INDENT, y + place * _CHOICE.leading, line, _CHOICE)


def signature(letter: Letter, paper: Sheets, regards: str) -> Block:
    """The owner's name by hand with their name and shop in print; in print alone where the script lacks a letter of it.

    `regards` stand before it, where they have no line of their own.
    """
    if letter.signature_picture:
        return _signature_as_picture(letter, paper, regards)
    if not letter.signature or not covered(letter.signature, Role.SCRIPT):
        return _signature_in_print(letter, paper, regards)
    room = min(_HAND_WIDTH, TEXT_WIDTH - _behind(regards) - _PRINT_WIDTH)
    script = shrunk(letter.signature, _SIGNATURE.in_color(readable(letter.head.accent)), room, 12)
    if script.width(letter.signature) > room:
        return _signature_in_print(letter, paper, regards)
    return _by_hand(letter.signature, script, letter.signed, paper.left, regards)


@lru_cache(maxsize=100)
def _by_hand(name: str, script: Type, signed: str, x: float, regards: str) -> Block:
    left = _behind(regards)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.text(x, y - 1, regards, _BODY)
        sheet.text(x + left - 1, y, name, script)
        _draw_signed(sheet, x + left + script.width(name) + 13, y - 1, signed, x + TEXT_WIDTH)

    return Block(0, 34, 25, draw)


def _behind(regards: str) -> float:
    """How far in the name begins behind the regards that stand before it."""
    return _BODY.width(regards) + 14 if regards else 0


def _draw_signed(sheet: Sheet, x: float, y: float, signed: str, right: float) -> None:
    """The name in print with its baseline at y, a long one with its last."""
    type_, lines = _whole(signed, _SIGNED, right - x)
    for below, line in enumerate(lines, 1 - len(lines)):
        sheet.text(x, y + below * type_.leading, line, type_)


def _signature_as_picture(letter: Letter, paper: Sheets, regards: str) -> Block:
    """The seller's own hand, its middle on the line of the printed name."""
    left = _behind(regards)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.text(paper.left, y - 1, regards, _BODY)
        wide = sheet.picture(paper.left + left, y - 21, 150, 30, letter.signature_picture)
        _draw_signed(sheet, paper.left + left + (wide + 14 if wide else 0), y - 1, letter.signed, paper.right)

    return Block(0, 34, 25, draw)


def _signature_in_print(letter: Letter, paper: Sheets, regards: str) -> Block:
    text = f"{regards} {letter.signed}".strip()
    return _lines(paper.left, *_whole(text, _BODY.in_color(readable(letter.head.accent)), TEXT_WIDTH), gap=24, least=17)


def _whole(signed: str, type_: Type, room: float) -> tuple[Type, tuple[str, ...]]:
    """Who signs, on one line or two, never cut. Raises TextTooLongError."""
    set_lines = fitted(signed, type_, room, 1, 6.5) or fitted(signed, type_, room, 2, 5)
    if set_lines is None:
        raise TextTooLongError("the signature", signed)
    return set_lines
