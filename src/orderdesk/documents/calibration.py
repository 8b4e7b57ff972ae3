"""The calibration page: two printed scales that say by how much a printer puts everything beside its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from orderdesk.documents.addresses import shop_block
from orderdesk.documents.colors import readable
from orderdesk.documents.fonts import Role
from orderdesk.documents.frame import draw_address, draw_marks, letterhead
from orderdesk.documents.letter import Letterhead
from orderdesk.documents.paper import SHEETS, TEXT_WIDTH, Sheets
from orderdesk.documents.pdf import Description, PdfFile
from orderdesk.documents.setting import wrapped
from orderdesk.documents.sheet import HAIRLINE, INK, MM, Sheet, Type
from orderdesk.documents.text import check_text
from orderdesk.documents.wording import language_of, wording
from orderdesk.domain.shop import ShopProfile

_TITLE = Type(Role.SERIF_BOLD, 15.2, 19)
_STEP = Type(Role.SERIF, 10, 13.8)
_STEP_NUMBER = Type(Role.SERIF_BOLD, 12, 13.8)
_NUMBER = Type(Role.SANS, 8.2, 9)
# Where a ruler is read: an inch from the edge of the paper, which either ruler shows.
_READ_AT_MM = 25.4
_REACH_MM = 10
# Where neither an address nor a mark is, on any paper.
_DOWN_X = 137 * MM
_RIGHT_Y = 180 * MM
_BETWEEN_STEPS = 9.0
_INDENT = 20.0
_LINE_MM = 100


@dataclass(frozen=True, slots=True)
class _Specimen:
    """The shop's own address, as a letter to it would show it in the window."""

    head: Letterhead
    address: tuple[str, ...]


def render_calibration(shop: ShopProfile, printed_on: date) -> bytes:
    """The page as a PDF on the shop's paper, to be printed without an offset.

    The number that a scale shows an inch from the paper's edge is the offset to enter, in millimeters. Raises
    UnprintableTextError or AddressTooLongError for the shop's own address.
    """
    paper, language = SHEETS[shop.paper], language_of(shop.country)
    words = wording(language)["sheets"]
    specimen = _Specimen(letterhead(shop), shop_block(shop, shop.country, "en"))
    for line in (specimen.head.return_line, *specimen.address):
        check_text(line, "the shop's address")
    title, accent = words["calibration"], readable(shop.accent)
    file = PdfFile(Description(title, specimen.head.shop, title, language, printed_on))
    sheet = file.new_sheet(paper.width, paper.height)
    sheet.text(paper.left, 52 - paper.rise, title, _TITLE.in_color(accent))
    draw_address(sheet, specimen, paper)
    draw_marks(sheet, paper, cut=None)
    _draw_down(sheet)
    _draw_right(sheet, _RIGHT_Y)
    _draw_steps(sheet, paper, words, accent)
    file.add_page(sheet.width, sheet.height, sheet.content())
    return file.finish()


def _draw_steps(sheet: Sheet, paper: Sheets, words: Mapping[str, str], accent: str) -> None:
    """What to do one after the other, each with what it is about below it."""
    y = paper.headline_y
    for number, step in enumerate(("scale", "down", "right", "enter", "window"), 1):
        sheet.text(paper.left, y, str(number), _STEP_NUMBER.in_color(accent))
        for line in wrapped(words[step], _STEP, TEXT_WIDTH - _INDENT):
            sheet.text(paper.left + _INDENT, y, line, _STEP)
            y += _STEP.leading
        if step == "scale":
            _draw_line(sheet, paper.left + _INDENT, y + 6)
            y += 24
        y += _BETWEEN_STEPS


def _draw_right(sheet: Sheet, y: float) -> None:
    """The scale across, around an inch from the left edge; its numbers fall to the left of it and rise to the right."""
    for millimeters in range(-_REACH_MM, _REACH_MM + 1):
        x = (_READ_AT_MM + millimeters) * MM
        sheet.rule(x, y, x, y + _tick(millimeters), INK, 0.4)
        if _is_numbered(millimeters):
            sheet.text_centered(x, y + 23, _signed(millimeters), _NUMBER)
    sheet.rule((_READ_AT_MM - _REACH_MM) * MM, y, (_READ_AT_MM + _REACH_MM) * MM, y, INK, 0.4)
    sheet.rule(0, y, (_READ_AT_MM - _REACH_MM) * MM, y, HAIRLINE, 0.4, "2 2")


def _draw_down(sheet: Sheet) -> None:
    """The scale down, around an inch from the top edge."""
    for millimeters in range(-_REACH_MM, _REACH_MM + 1):
        y = (_READ_AT_MM + millimeters) * MM
        sheet.rule(_DOWN_X, y, _DOWN_X + _tick(millimeters), y, INK, 0.4)
        if _is_numbered(millimeters):
            sheet.text(_DOWN_X + 17, y + _NUMBER.size * 0.35, _signed(millimeters), _NUMBER)
    sheet.rule(_DOWN_X, (_READ_AT_MM - _REACH_MM) * MM, _DOWN_X, (_READ_AT_MM + _REACH_MM) * MM, INK, 0.4)
    sheet.rule(_DOWN_X, 0, _DOWN_X, (_READ_AT_MM - _REACH_MM) * MM, HAIRLINE, 0.4, "2 2")


def _draw_line(sheet: Sheet, x: float, y: float) -> None:
    """The line whose length shows whether the printer scales."""
    sheet.rule(x, y, x + _LINE_MM * MM, y, INK, 0.4)
    for end in (x, x + _LINE_MM * MM):
        sheet.rule(end, y - 4, end, y + 4, INK, 0.4)


def _is_numbered(millimeters: int) -> bool:
    return millimeters % 5 == 0


def _tick(millimeters: int) -> float:
    return 14 if millimeters == 0 else 10 if _is_numbered(millimeters) else 6


def _signed(millimeters: int) -> str:
    return f"{millimeters:+d}".replace("-", "\N{MINUS SIGN}") if millimeters else "0"
