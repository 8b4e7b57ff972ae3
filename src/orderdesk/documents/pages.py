"""The pages of a letter, drawn as planned: the address page, those behind it, and what is cut off from the last panel."""

from __future__ import annotations

from orderdesk.documents import body
from orderdesk.documents.colors import readable
from orderdesk.documents.frame import (
    draw_address,
    draw_cut_line,
    draw_letterhead,
    draw_marks,
    draw_page_head,
    draw_page_number,
    draw_references,
    sheets_of,
)
from orderdesk.documents.letter import Letter
from orderdesk.documents.paper import Sheets
from orderdesk.documents.pdf import PdfFile
from orderdesk.documents.plan import BELOW_CUT, TABLE_TOP, Plan, planned
from orderdesk.documents.reply import REPLY_HEIGHT, draw_reply
from orderdesk.documents.sheet import Sheet
from orderdesk.documents.table import draw_table
from orderdesk.documents.ticket import draw_ticket
from orderdesk.documents.wording import fill

_SLIP_TOP = 98
_UNDER_SLIP = 16


def add_letter(file: PdfFile, letter: Letter) -> None:
    """The letter's pages. Raises what `planned` raises, and AddressTooLongError."""
    paper = sheets_of(letter)
    plan = planned(letter, paper)
    sheet = _address_page(file, letter, paper, plan)
    for number, rows in enumerate(plan.following, 2):
        _add_page(file, sheet)
        sheet = file.new_sheet(paper.width, paper.height)
        draw_page_head(sheet, letter, paper, _page_label(letter, number, plan.pages))
        draw_marks(sheet, paper, cut=None)
        if rows:
            draw_table(sheet, TABLE_TOP, letter, rows, paper, plan.density)
    _draw_panels(file, sheet, letter, paper, plan)
    _add_page(file, sheet)
    if plan.slip_alone:
        _add_page(file, _slip_page(file, letter, paper, plan.pages))


def _add_page(file: PdfFile, sheet: Sheet) -> None:
    file.add_page(sheet.width, sheet.height, sheet.content())


def _address_page(file: PdfFile, letter: Letter, paper: Sheets, plan: Plan) -> Sheet:
    cut = paper.cut if plan.limit < paper.cut else None

    def furniture(common: Sheet) -> None:
        draw_letterhead(common, letter.head, paper)
        draw_marks(common, paper, cut=cut)

    sheet = file.new_sheet(paper.width, paper.height)
    file.furnish(sheet, (letter.head, letter.paper, cut), furniture)
    draw_address(sheet, letter, paper)
    draw_references(sheet, letter.references, paper)
    body.set_blocks(sheet, plan.blocks, plan.top, plan.limit)
    if cut is None and plan.pages > 1:  # below the cut line there is nothing but the coupon
        draw_page_number(sheet, paper, _page_label(letter, 1, plan.pages))
    return sheet


def _draw_panels(file: PdfFile, sheet: Sheet, letter: Letter, paper: Sheets, plan: Plan) -> None:
    """The coupon in the last panel, the slip above it or in its place, each below a line to cut along."""
    if plan.following and letter.coupon is not None:
        draw_cut_line(sheet, paper.cut)
    if plan.following and plan.slip_y is not None:
        draw_cut_line(sheet, plan.slip_y - BELOW_CUT)
    if letter.coupon is not None:
        draw_ticket(file, sheet, paper.left, paper.ticket_y, letter.coupon, letter.head.shop, readable(letter.head.accent))
    if letter.reply is not None and plan.slip_y is not None:
        draw_reply(sheet, paper.left, plan.slip_y, letter.reply, readable(letter.head.accent))


def _slip_page(file: PdfFile, letter: Letter, paper: Sheets, number: int) -> Sheet:
    """A last page for the reply slip alone."""
    assert letter.reply is not None
    sheet = file.new_sheet(paper.width, paper.height)
    draw_page_head(sheet, letter, paper, _page_label(letter, number, number))
    draw_reply(sheet, paper.left, _SLIP_TOP, letter.reply, readable(letter.head.accent))
    draw_cut_line(sheet, _SLIP_TOP + REPLY_HEIGHT + _UNDER_SLIP)
    return sheet


def _page_label(letter: Letter, page: int, pages: int) -> str:
    return fill(letter.page_label, page=str(page), pages=str(pages))
