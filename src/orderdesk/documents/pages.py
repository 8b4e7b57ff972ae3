"""The pages of a letter, drawn as planned: the address page, those behind it, and what is cut off from them."""

from __future__ import annotations

from orderdesk.documents import body
from orderdesk.documents.colors import readable
from orderdesk.documents.frame import (
    address_setting,
    draw_address,
    draw_cut_line,
    draw_letterhead,
    draw_marks,
    draw_number_below_head,
    draw_page_head,
    draw_references,
    sheets_of,
)
from orderdesk.documents.letter import Letter
from orderdesk.documents.paper import Sheets
from orderdesk.documents.pdf import PdfFile
from orderdesk.documents.plan import BELOW_CUT, SLIP_Y, Plan, planned
from orderdesk.documents.reply import draw_reply
from orderdesk.documents.sheet import Sheet
from orderdesk.documents.table import draw_table
from orderdesk.documents.ticket import draw_ticket
from orderdesk.documents.wording import fill


def add_letter(file: PdfFile, letter: Letter) -> None:
    """The letter's pages. Raises what `planned` raises, and AddressTooLongError."""
    paper = sheets_of(letter)
    address_setting(letter.address, paper.window)  # first: of an endless name the greeting has too much as well
    plan = planned(letter, paper)
    sheet = _address_page(file, letter, paper, plan)
    if plan.panel_first:
        _draw_panel(file, sheet, letter, paper)
    for page in range(2, plan.pages + 1):
        file.add_page(sheet.width, sheet.height, sheet.content())
        sheet = _following_page(file, letter, paper, plan, page)
    if (letter.coupon or letter.reply) and not plan.panel_first:
        draw_cut_line(sheet, paper.cut)
        _draw_panel(file, sheet, letter, paper)
    file.add_page(sheet.width, sheet.height, sheet.content())


def _address_page(file: PdfFile, letter: Letter, paper: Sheets, plan: Plan) -> Sheet:
    cut = paper.cut if plan.panel_first else None

    def furniture(common: Sheet) -> None:
        draw_letterhead(common, letter.head, paper)
        draw_marks(common, paper, cut=cut)

    sheet = file.new_sheet(paper.width, paper.height)
    file.furnish(sheet, (letter.head, letter.paper, cut), furniture)
    draw_address(sheet, letter, paper)
    draw_references(sheet, letter.references, paper)
    body.set_blocks(file, sheet, plan.blocks, plan.top, plan.limit)
    if plan.pages > 1:
        draw_number_below_head(sheet, paper, _page_label(letter, 1, plan.pages))
    return sheet


def _following_page(file: PdfFile, letter: Letter, paper: Sheets, plan: Plan, page: int) -> Sheet:
    """Its rows, and on the second page above them the reply slip where the coupon has the panel that it is cut off from."""
    sheet = file.new_sheet(paper.width, paper.height)
    draw_page_head(sheet, letter, paper, _page_label(letter, page, plan.pages))
    draw_marks(sheet, paper, cut=plan.slip_cut if page == 2 else None)
    if letter.reply is not None and plan.slip_cut is not None and page == 2:
        draw_reply(sheet, paper.left, SLIP_Y, letter.reply, readable(letter.head.accent))
    if measured := plan.following[page - 2]:
        draw_table(sheet, plan.table_top(page), letter, measured, paper, plan.density)
    return sheet


def _draw_panel(file: PdfFile, sheet: Sheet, letter: Letter, paper: Sheets) -> None:
    """What is cut off from a page's last panel: the coupon, else the slip."""
    accent = readable(letter.head.accent)
    if letter.coupon is not None:
        draw_ticket(file, sheet, paper.left, paper.ticket_y, letter.coupon, letter.head.shop, accent)
    elif letter.reply is not None:
        draw_reply(sheet, paper.left, paper.cut + BELOW_CUT, letter.reply, accent)


def _page_label(letter: Letter, page: int, pages: int) -> str:
    return fill(letter.page_label, page=str(page), pages=str(pages))
