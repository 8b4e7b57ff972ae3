"""Coupons three to a sheet, to be cut apart: for parcels, and for whoever lost the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from orderdesk.documents.colors import readable
from orderdesk.documents.frame import draw_cut_line, draw_sender
from orderdesk.documents.letter import Letter
from orderdesk.documents.paper import SHEETS, Sheets
from orderdesk.documents.pdf import Description, PdfFile
from orderdesk.documents.render import check_characters
from orderdesk.documents.sheet import Sheet
from orderdesk.documents.text import clean
from orderdesk.documents.ticket import HEIGHT, draw_ticket
from orderdesk.documents.wording import language_of, priced, wording
from orderdesk.domain.money import Money
from orderdesk.domain.shop import ShopProfile

_PER_SHEET = 3
_TOP = 57.0
_SENDER_BELOW = 13.0


def render_coupon_sheets(letters: Sequence[Letter], shop: ShopProfile, printed_on: date) -> bytes:
    """The coupons of these letters as a PDF on the shop's paper, with lines to cut along between them.

    Raises ValueError for no letter or one without a coupon, else as `render_letter` does.
    """
    if not letters or any(letter.coupon is None for letter in letters):
        raise ValueError("a sheet of coupons needs letters with coupons")
    for letter in letters:
        check_characters(letter)
    paper, language = SHEETS[shop.paper], language_of(shop.country)
    title = f"{wording(language)['sheets']['coupons']} ({len(letters)})"
    file = PdfFile(Description(title, clean(shop.name), title, language, printed_on))
    for start in range(0, len(letters), _PER_SHEET):
        sheet = file.new_sheet(paper.width, paper.height)
        _fill(file, sheet, letters[start : start + _PER_SHEET], paper)
        file.add_page(sheet.width, sheet.height, sheet.content())
    return file.finish()


def worth_now(letter: Letter, balance: Money) -> Letter:
    """The letter with a coupon of that worth in place of the one that it was issued with."""
    if letter.coupon is None:
        return letter
    value = priced(balance, letter.language.replace("-", "_"), short=True)
    return replace(letter, coupon=replace(letter.coupon, value=value))


def _fill(file: PdfFile, sheet: Sheet, letters: Sequence[Letter], paper: Sheets) -> None:
    """Each coupon in a third of the sheet, with its sender below it and a cut line between it and the next."""
    for place, letter in enumerate(letters):
        top = place * paper.height / _PER_SHEET
        assert letter.coupon is not None
        draw_ticket(file, sheet, paper.left, top + _TOP, letter.coupon, letter.head.shop, readable(letter.head.accent))
        draw_sender(sheet, letter, paper, top + _TOP + HEIGHT + _SENDER_BELOW)
        if place < _PER_SHEET - 1:
            draw_cut_line(sheet, top + paper.height / _PER_SHEET)
