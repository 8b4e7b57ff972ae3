"""The table of what is late: measured rows, set on one page or continued over several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orderdesk.documents.body import Block, Density
from orderdesk.documents.colors import readable
from orderdesk.documents.fonts import Role
from orderdesk.documents.letter import FactRow, Letter
from orderdesk.documents.paper import COLUMN, GUTTER, PITCH, TEXT_WIDTH, Sheets
from orderdesk.documents.setting import shrunk, wrapped
from orderdesk.documents.sheet import HAIRLINE, SOFT, Sheet, Type
from orderdesk.documents.ticket import LABEL

_PRODUCT = Type(Role.SERIF, 12.2, 14.6)
_NOTE = Type(Role.SANS, 8.7, 11, SOFT)
_DATE = Type(Role.SERIF, 11.6, 14)
_NEW_DATE = Type(Role.SERIF_BOLD, 11.6, 14)
_WRAPPED_PRODUCT = 0.86
_HEAD = 14.2


@dataclass(frozen=True, slots=True)
class Row:
    """One measured line: `height` from the rule above its product to the rule below, `above` down to its first baseline."""

    fact: FactRow
    product: Type
    names: tuple[str, ...]
    note: Type
    note_x: float | None
    notes: tuple[str, ...]
    above: float
    height: float


def rows(letter: Letter, density: Density) -> list[Row]:
    """All lines of the letter, measured, in one size: the largest at which every product stands on one line, if there is one."""
    width = 2 * COLUMN + GUTTER + (0 if letter.facts.heads[1] else PITCH)
    full = _PRODUCT.at(density.product)
    least = density.product * _WRAPPED_PRODUCT
    size = min(shrunk(fact.product, full, width, least).size for fact in letter.facts.rows)
    return [_row(fact, full.at(size), width, density) for fact in letter.facts.rows]


def _row(fact: FactRow, product: Type, width: float, density: Density) -> Row:
    names = wrapped(fact.product, product, width)
    beside = product.width(names[-1]) + 6.5
    note = _NOTE.at(density.small)
    inline = not fact.note or beside + note.width(fact.note) <= width
    notes = () if inline else wrapped(fact.note, note, width)
    lines = (len(names) - 1) * product.leading + len(notes) * note.leading
    height = density.above + lines + (1 if notes else 0) + density.below
    return Row(fact, product, names, note, beside if inline else None, notes, density.above, height)


def head_height(density: Density) -> float:
    """From the accent rule on top to where the first row begins."""
    return _HEAD + density.under_labels


def table(letter: Letter, measured: Sequence[Row], paper: Sheets, density: Density) -> Block:
    """The table as one block; its first baseline is the accent rule on top."""
    height = head_height(density) + sum(row.height for row in measured)

    def draw(sheet: Sheet, y: float) -> None:
        draw_table(sheet, y, letter, measured, paper, density)

    return Block(height, 18.6, 13, draw)


def draw_table(sheet: Sheet, y: float, letter: Letter, measured: Sequence[Row], paper: Sheets, density: Density) -> None:
    """Sets the labels and the rows below the accent rule at y."""
    accent = readable(letter.head.accent)
    columns = (paper.left, paper.left + 2 * PITCH, paper.left + 3 * PITCH)
    sheet.rule(paper.left, y, paper.right, y, accent, 1.1)
    for x, label, color in zip(columns, letter.facts.heads, (SOFT, SOFT, accent), strict=True):
        sheet.text(x, y + _HEAD, label.upper(), shrunk(label.upper(), LABEL.in_color(color), COLUMN, 5.5))
    y += head_height(density)
    for place, row in enumerate(measured):
        _draw_row(sheet, y + row.above, row, columns, accent)
        y += row.height
        last = place == len(measured) - 1
        sheet.rule(paper.left, y, paper.left + TEXT_WIDTH, y, HAIRLINE, 0.45 if last else 0.3)


def _draw_row(sheet: Sheet, y: float, row: Row, columns: tuple[float, float, float], accent: str) -> None:
    x, promised_x, new_x = columns
    size = min(_DATE.size, row.product.size)
    last = y + (len(row.names) - 1) * row.product.leading
    for place, name in enumerate(row.names):
        sheet.text(x, y + place * row.product.leading, name, row.product)
    if row.note_x is not None:
        sheet.text(x + row.note_x, last, row.fact.note, row.note)
    for place, note in enumerate(row.notes, 1):
        sheet.text(x, last + 1 + place * row.note.leading, note, row.note)
    sheet.text(promised_x, y, row.fact.promised, shrunk(row.fact.promised, _DATE.at(size), COLUMN, 7))
    sheet.text(new_x, y, row.fact.new_date, shrunk(row.fact.new_date, _NEW_DATE.in_color(accent).at(size), COLUMN, 7))
