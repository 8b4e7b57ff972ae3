"""The packing slip: what was ordered, what is in this parcel, what follows and when. No prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orderdesk.documents.addresses import address_lines
from orderdesk.documents.colors import readable
from orderdesk.documents.fonts import Role
from orderdesk.documents.frame import draw_address, draw_letterhead, draw_marks, draw_page_number, draw_references, letterhead
from orderdesk.documents.letter import Letterhead, Reference
from orderdesk.documents.paper import SHEETS, TEXT_WIDTH, Sheets
from orderdesk.documents.pdf import Description, PdfFile
from orderdesk.documents.pictures import NOTHING, Pictures
from orderdesk.documents.setting import balanced, shrunk, wrapped
from orderdesk.documents.sheet import HAIRLINE, SOFT, Sheet, Type
from orderdesk.documents.text import check_text, clean
from orderdesk.documents.ticket import LABEL
from orderdesk.documents.wording import fill, in_own_words, language_for, locale_of, spelled
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.domain.shop import Paper, ShopProfile

_TITLE = Type(Role.SERIF_BOLD, 15.2, 19)
_PRODUCT = Type(Role.SERIF, 11.2, 13.6)
_SKU = Type(Role.SANS, 8.7, 11, SOFT)
_NUMBER = Type(Role.SERIF_BOLD, 11.2, 13.6)
_THANKS = Type(Role.SERIF, 10, 13.8)
_NAME_WIDTH = 206.0
_NUMBERS_RIGHT = (254.0, 334.0)
_FOLLOWS_X = 356.0
_RUNNING = Type(Role.SANS, 8.2, 10, SOFT)
_ABOVE, _BELOW = 14.0, 7.0
_FOOT = 56.0
_LATER_PAGES_TOP = 70.0


@dataclass(frozen=True, slots=True)
class _Slip:
    """The slip as words, with what the frame of a letter asks for."""

    paper: Paper
    head: Letterhead
    address: tuple[str, ...]
    references: tuple[Reference, ...]
    title: str
    heads: tuple[str, str, str, str]
    rows: tuple[_Row, ...]
    thanks: str
    page_label: str


@dataclass(frozen=True, slots=True)
class _Row:
    names: tuple[str, ...]
    sku: str
    ordered: str
    in_parcel: str
    to_follow: str
    follows: str

    @property
    def height(self) -> float:
        beside = _SKU.leading if self.follows else 0
        below = max((len(self.names) - 1) * _PRODUCT.leading + (_SKU.leading if self.sku else 0), beside)
        return _ABOVE + below + _BELOW


def render_slip(
    shop: ShopProfile, parcel: Parcel, packed_on: date, own_words: Mapping[str, str] = NOTHING, pictures: Pictures = NOTHING
) -> bytes:
    """The packing slip of a parcel as a PDF, in the customer's language, in the seller's own words by name where there are any.

    Raises ValueError for a parcel without lines, UnprintableTextError, TextTooLongError or AddressTooLongError.
    """
    if not parcel.lines:
        raise ValueError("a packing slip needs at least one line")
    language = language_for(parcel.language)
    locale = locale_of(language, parcel.address.country, shop.country)
    slip = _compose(shop, parcel, packed_on, in_own_words(language or "en", own_words), locale)
    _check_characters(slip)
    paper = SHEETS[slip.paper]
    title = f"{slip.title} {clean(parcel.order_number)}"
    file = PdfFile(Description(title, slip.head.shop, title, locale.replace("_", "-"), packed_on), pictures)
    file.bookmark_next_page(title)
    pages = _pages(slip, paper)
    for number, rows in enumerate(pages, 1):
        sheet = file.new_sheet(paper.width, paper.height)
        top = _first_head(sheet, slip, paper) if number == 1 else _later_head(sheet, slip, title, paper)
        end = _draw_table(sheet, top, slip, rows, paper)
        if number == len(pages):
            for place, line in enumerate(balanced(slip.thanks, _THANKS, TEXT_WIDTH)):
                sheet.text(paper.left, end + 26 + place * _THANKS.leading, line, _THANKS)
        if len(pages) > 1:
            draw_page_number(sheet, paper, fill(slip.page_label, page=str(number), pages=str(len(pages))))
        file.add_page(paper.width, paper.height, sheet.content())
    return file.finish()


def _compose(shop: ShopProfile, parcel: Parcel, packed_on: date, words: dict[str, dict[str, Any]], locale: str) -> _Slip:
    labels, slip = words["labels"], words["slip"]
    references = (
        Reference(labels["date"], spelled(packed_on, locale)),
        Reference(labels["order"], clean(parcel.order_number)),
        Reference(labels["placed"], spelled(parcel.placed_on, locale)),
    )
    return _Slip(
        paper=shop.paper,
        head=letterhead(shop),
        address=address_lines(parcel.address, shop.country),
        references=references,
        title=slip["title"],
        heads=(slip["product"], slip["ordered"], slip["in_parcel"], slip["to_follow"]),
        rows=tuple(_row(line, slip, locale) for line in parcel.lines),
        thanks=slip["thanks"],
        page_label=labels["page"],
    )


def _row(line: ParcelLine, words: dict[str, str], locale: str) -> _Row:
    known = fill(words["follows"], date=spelled(line.expected_on, locale)) if line.expected_on else words["follows_undated"]
    names = wrapped(clean(line.title), _PRODUCT, _NAME_WIDTH)
    numbers = str(line.ordered), str(line.in_parcel), str(line.to_follow)
    return _Row(names, clean(line.sku), *numbers, known if line.to_follow else "")


def _check_characters(slip: _Slip) -> None:
    for line in slip.address:
        check_text(line, "the customer's address")
    for row in slip.rows:
        for name in row.names:
            check_text(name, "a product's title", Role.SERIF)
        check_text(row.sku, "a product's SKU")


def _pages(slip: _Slip, paper: Sheets) -> list[list[_Row]]:
    """The rows page by page; the last page has room for the thanks."""
    pages: list[list[_Row]] = [[]]
    room = paper.bottom - _FOOT - paper.headline_y - 60
    for row in slip.rows:
        if pages[-1] and row.height > room:
            pages.append([])
            room = paper.bottom - _FOOT - _LATER_PAGES_TOP - 30
        pages[-1].append(row)
        room -= row.height
    return pages


def _first_head(sheet: Sheet, slip: _Slip, paper: Sheets) -> float:
    """What stands around the words of a first page; where the table begins."""
    draw_letterhead(sheet, slip.head, paper)
    draw_address(sheet, slip, paper)
    draw_references(sheet, slip.references, paper)
    draw_marks(sheet, paper, cut=None)
    sheet.text(paper.left, paper.headline_y, slip.title, _TITLE)
    return paper.headline_y + 22


def _later_head(sheet: Sheet, slip: _Slip, title: str, paper: Sheets) -> float:
    sheet.text(paper.left, _LATER_PAGES_TOP - 14, f"{slip.head.shop} · {title}", _RUNNING)
    return _LATER_PAGES_TOP


def _draw_table(sheet: Sheet, y: float, slip: _Slip, rows: Sequence[_Row], paper: Sheets) -> float:
    """The table from the accent rule at y; where it ends."""
    accent = readable(slip.head.accent)
    sheet.rule(paper.left, y, paper.right, y, accent, 1.1)
    product, *numbers, follows = (head.upper() for head in slip.heads)
    sheet.text(paper.left, y + 14.2, product, LABEL)
    for right, head in zip(_NUMBERS_RIGHT, numbers, strict=True):
        sheet.text_right(paper.left + right, y + 14.2, head, shrunk(head, LABEL, 66, 4.5))
    sheet.text(paper.left + _FOLLOWS_X, y + 14.2, follows, shrunk(follows, LABEL, TEXT_WIDTH - _FOLLOWS_X, 4.5))
    y += 16
    for row in rows:
        _draw_row(sheet, y + _ABOVE, row, paper.left, accent)
        y += row.height
        sheet.rule(paper.left, y, paper.right, y, HAIRLINE, 0.3)
    return y


def _draw_row(sheet: Sheet, y: float, row: _Row, left: float, accent: str) -> None:
    for place, name in enumerate(row.names):
        sheet.text(left, y + place * _PRODUCT.leading, name, _PRODUCT)
    if row.sku:
        sheet.text(left, y + (len(row.names) - 1) * _PRODUCT.leading + _SKU.leading, row.sku, _SKU)
    for right, number, type_ in zip(_NUMBERS_RIGHT, (row.ordered, row.in_parcel), (_PRODUCT, _NUMBER), strict=True):
        sheet.text_right(left + right, y, number, type_)
    sheet.text(left + _FOLLOWS_X, y, row.to_follow, _PRODUCT)
    if row.follows:
        room = TEXT_WIDTH - _FOLLOWS_X
        sheet.text(left + _FOLLOWS_X, y + _SKU.leading, row.follows, shrunk(row.follows, _SKU.in_color(accent), room, 5))
