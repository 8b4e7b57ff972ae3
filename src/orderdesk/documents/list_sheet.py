"""A sheet with a list: under the letterhead and the address, rows of products with numbers, over as many pages as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orderdesk.documents.colors import readable
from orderdesk.documents.fonts import Role
from orderdesk.documents.frame import draw_address, draw_letterhead, draw_marks, draw_page_number, draw_references
from orderdesk.documents.letter import Letterhead, Reference
from orderdesk.documents.paper import SHEETS, TEXT_WIDTH, Sheets
from orderdesk.documents.pdf import Description, PdfFile
from orderdesk.documents.pictures import Pictures
from orderdesk.documents.setting import balanced, shrunk, wrapped
from orderdesk.documents.sheet import HAIRLINE, SOFT, Sheet, Type
from orderdesk.documents.text import check_text, clean
from orderdesk.documents.ticket import LABEL
from orderdesk.documents.wording import fill
from orderdesk.domain.shop import Paper

_TITLE = Type(Role.SERIF_BOLD, 15.2, 19)
_PRODUCT = Type(Role.SERIF, 11.2, 13.6)
_SKU = Type(Role.SANS, 8.7, 11, SOFT)
_NUMBER = Type(Role.SERIF_BOLD, 11.2, 13.6)
_CLOSING = Type(Role.SERIF, 10, 13.8)
# By how many columns of numbers there are: how wide names may be, where the numbers end, how wide their heads may be.
_NAME_WIDTH = {2: 206.0, 3: 168.0}
_NUMBERS_RIGHT = {2: (254.0, 334.0), 3: (216.0, 282.0, 346.0)}
_HEAD_WIDTH = {2: 66.0, 3: 60.0}
_LAST_X = 356.0
_BESIDE_NAMES = 12.0
_RUNNING = Type(Role.SANS, 8.2, 10, SOFT)
_ABOVE, _BELOW = 14.0, 7.0
_FOOT = 56.0
_LATER_PAGES_TOP = 70.0


@dataclass(frozen=True, slots=True)
class ListRow:
    """A product with its number for the reader, two or three numbers, what is said on the right, and a remark below it or ""."""

    names: tuple[str, ...]
    sku: str
    numbers: tuple[str, ...]
    last: str
    remark: str

    @property
    def height(self) -> float:
        beside = _SKU.leading if self.remark else 0
        below = max((len(self.names) - 1) * _PRODUCT.leading + (_SKU.leading if self.sku else 0), beside)
        return _ABOVE + below + _BELOW


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The sheet as words, with what the frame of a letter asks for; `number` tells it from others of its kind."""

    paper: Paper
    language: str
    head: Letterhead
    address: tuple[str, ...]
    references: tuple[Reference, ...]
    title: str
    number: str
    heads: tuple[str, ...]
    rows: tuple[ListRow, ...]
    closing: str
    page_label: str


def list_row(title: str, sku: str, numbers: tuple[str, ...], last: str, remark: str = "", below: tuple[str, ...] = ()) -> ListRow:
    """A row whose title, with what there is to say of it below, is broken to the width of its column."""
    lines = [wrapped(clean(text), _PRODUCT, _NAME_WIDTH[len(numbers)]) for text in (title, *below) if text]
    return ListRow(tuple(line for text in lines for line in text), clean(sku), numbers, last, remark)


def render_list(made: ListSheet, about: Description, pictures: Pictures) -> bytes:
    """The sheet as a PDF. Raises UnprintableTextError, TextTooLongError or AddressTooLongError."""
    _check_characters(made)
    paper = SHEETS[made.paper]
    file = PdfFile(about, pictures)
    file.bookmark_next_page(about.title)
    pages = _pages(made, paper)
    for number, rows in enumerate(pages, 1):
        sheet = file.new_sheet(paper.width, paper.height)
        top = _first_head(sheet, made, paper) if number == 1 else _later_head(sheet, made, about.title, paper)
        end = _draw_table(sheet, top, made, rows, paper)
        if number == len(pages):
            for place, line in enumerate(balanced(made.closing, _CLOSING, TEXT_WIDTH)):
                sheet.text(paper.left, end + 26 + place * _CLOSING.leading, line, _CLOSING)
        if len(pages) > 1:
            draw_page_number(sheet, paper, fill(made.page_label, page=str(number), pages=str(len(pages))))
        file.add_page(paper.width, paper.height, sheet.content())
    return file.finish()


def _check_characters(made: ListSheet) -> None:
    for line in made.address:
        check_text(line, "the address")
    for row in made.rows:
        for name in row.names:
            check_text(name, "a product's title", Role.SERIF)
        check_text(row.sku, "a product's SKU")


def _pages(made: ListSheet, paper: Sheets) -> list[list[ListRow]]:
    """The rows page by page; the last page has room for what closes it."""
    pages: list[list[ListRow]] = [[]]
    room = paper.bottom - _FOOT - paper.headline_y - 60
    for row in made.rows:
        if pages[-1] and row.height > room:
            pages.append([])
            room = paper.bottom - _FOOT - _LATER_PAGES_TOP - 30
        pages[-1].append(row)
        room -= row.height
    return pages


def _first_head(sheet: Sheet, made: ListSheet, paper: Sheets) -> float:
    """What stands around the words of a first page; where the table begins."""
    draw_letterhead(sheet, made.head, paper)
    draw_address(sheet, made, paper)
    draw_references(sheet, made.references, paper)
    draw_marks(sheet, paper, cut=None)
    sheet.text(paper.left, paper.headline_y, made.title, _TITLE)
    return paper.headline_y + 22


def _later_head(sheet: Sheet, made: ListSheet, title: str, paper: Sheets) -> float:
    sheet.text(paper.left, _LATER_PAGES_TOP - 14, f"{made.head.shop} · {title}", _RUNNING)
    return _LATER_PAGES_TOP


def _draw_table(sheet: Sheet, y: float, made: ListSheet, rows: Sequence[ListRow], paper: Sheets) -> float:
    """The table from the accent rule at y; where it ends."""
    accent = readable(made.head.accent)
    sheet.rule(paper.left, y, paper.right, y, accent, 1.1)
    product, *numbers, last = (head.upper() for head in made.heads)
    sheet.text(paper.left, y + 14.2, product, LABEL)
    for right, head in zip(_NUMBERS_RIGHT[len(numbers)], numbers, strict=True):
        sheet.text_right(paper.left + right, y + 14.2, head, shrunk(head, LABEL, _HEAD_WIDTH[len(numbers)], 4.5))
    sheet.text_right(paper.right, y + 14.2, last, shrunk(last, LABEL, TEXT_WIDTH - _LAST_X, 4.5))
    y += 16
    for row in rows:
        _draw_row(sheet, y + _ABOVE, row, made, paper)
        y += row.height
        sheet.rule(paper.left, y, paper.right, y, HAIRLINE, 0.3)
    return y


def _draw_row(sheet: Sheet, y: float, row: ListRow, made: ListSheet, paper: Sheets) -> None:
    left = paper.left
    for place, name in enumerate(row.names):
        sheet.text(left, y + place * _PRODUCT.leading, name, _PRODUCT)
    if row.sku:
        type_ = shrunk(row.sku, _SKU, _NAME_WIDTH[len(row.numbers)], 5)
        sheet.text(left, y + (len(row.names) - 1) * _PRODUCT.leading + _SKU.leading, row.sku, type_)
    types = (*[_PRODUCT] * (len(row.numbers) - 1), _NUMBER)
    for right, number, type_ in zip(_NUMBERS_RIGHT[len(row.numbers)], row.numbers, types, strict=True):
        sheet.text_right(left + right, y, number, type_)
    sheet.text_right(paper.right, y, row.last, _PRODUCT)
    if row.remark:
        room = TEXT_WIDTH - _NAME_WIDTH[len(row.numbers)] - _BESIDE_NAMES
        type_ = shrunk(row.remark, _SKU.in_color(readable(made.head.accent)), room, 5)
        sheet.text_right(paper.right, y + _SKU.leading, row.remark, type_)
