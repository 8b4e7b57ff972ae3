"""Letters and coupons as PDF files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from orderdesk.documents import body
from orderdesk.documents.colors import readable
from orderdesk.documents.errors import TextTooLongError
from orderdesk.documents.frame import (
    draw_address,
    draw_cut_line,
    draw_letterhead,
    draw_marks,
    draw_page_head,
    draw_page_number,
    draw_references,
    draw_sender,
    sheets_of,
)
from orderdesk.documents.letter import Letter
from orderdesk.documents.paper import Sheets
from orderdesk.documents.pdf import Description, PdfFile
from orderdesk.documents.pictures import NOTHING, Pictures
from orderdesk.documents.reply import REPLY_HEIGHT, draw_reply
from orderdesk.documents.sheet import Sheet
from orderdesk.documents.table import Row, draw_table, head_height, rows, table
from orderdesk.documents.text import check_text
from orderdesk.documents.ticket import HEIGHT, draw_ticket
from orderdesk.documents.wording import fill, language_of, locale_of, spelled, wording

_ROWS_BESIDE_A_COUPON = 3
_ABOVE_CUT = 20
_COMFORTABLE = 0.6
_TABLE_TOP = 88
_ROWS_KEPT_TOGETHER = 2
_COUPON_TOP = 92
_REPLY_TOP = 98
_BELOW_REPLY = 16

# The letter's blocks at a density, around the one in their middle.
Measured = Callable[[body.Density, body.Block], list[body.Block]]


def render_letter(letter: Letter, pictures: Pictures = NOTHING) -> bytes:
    """The letter as a PDF: address page first, then the coupon below a cut line, then the reply slip.

    `pictures` are the shop's, by SHA-256. The same letter gives the same bytes. Raises UnprintableTextError, TextTooLongError or
    AddressTooLongError.
    """
    return render_batch([letter], pictures)


def render_batch(letters: Sequence[Letter], pictures: Pictures = NOTHING, shop_country: str = "US") -> bytes:
    """Several letters in one PDF with a bookmark for each, titled in the language of the shop's country.

    Raises what `render_letter` raises, and ValueError for none.
    """
    if not letters:
        raise ValueError("a batch needs at least one letter")
    for letter in letters:
        check_characters(letter)
    file = PdfFile(_description(letters, shop_country), pictures)
    for letter in letters:
        file.bookmark_next_page(letter.bookmark or letter.headline)
        _add_letter(file, letter)
    return file.finish()


def render_coupon(letter: Letter) -> bytes:
    """The letter's coupon alone on a sheet of its own. Raises ValueError for a letter without one, else as `render_letter`."""
    coupon = letter.coupon
    if coupon is None:
        raise ValueError("the letter has no coupon")
    check_characters(letter)
    about = Description(f"{coupon.kind}: {coupon.value}", letter.head.shop, letter.subject, letter.language, letter.dated)
    file = PdfFile(about)
    paper = sheets_of(letter)
    sheet = file.new_sheet(paper.width, paper.height)
    top = _COUPON_TOP - paper.rise
    _draw_coupon(file, sheet, letter, paper.left, top)
    draw_sender(sheet, letter, paper, top + HEIGHT + 13)
    draw_cut_line(sheet, paper.folds[0])
    _add_page(file, sheet)
    return file.finish()


def check_printable(letter: Letter, pictures: Pictures = NOTHING) -> int:
    """Makes sure that the letter and its coupon can be rendered, without making a file; how many pages they take.

    Raises UnprintableTextError for a character that no font covers, AddressTooLongError or TextTooLongError for text
    without room.
    """
    check_characters(letter)
    file = PdfFile(_description([letter]), pictures)
    _add_letter(file, letter)
    return file.page_count


def check_characters(letter: Letter) -> None:
    """Raise UnprintableTextError for a character of the letter that no font covers."""
    for where, text, role in letter.printed_texts():
        check_text(text, where, role)


def _description(letters: Sequence[Letter], shop_country: str = "US") -> Description:
    first = letters[0]
    dated = max(letter.dated for letter in letters)
    title = first.headline if len(letters) == 1 else _batch_title(first.head.shop, len(letters), dated, shop_country)
    return Description(title, first.head.shop, first.subject if len(letters) == 1 else title, first.language, dated)


def _batch_title(shop: str, count: int, dated: date, country: str) -> str:
    language = language_of(country)
    day = spelled(dated, locale_of(language, country, country))
    return fill(wording(language)["sheets"]["letters"], shop=shop, count=str(count), date=day)


def _add_letter(file: PdfFile, letter: Letter) -> None:
    """One page where a few lines and the coupon fit it; else the coupon, and where needed the table, on following pages."""
    paper = sheets_of(letter)
    few = letter.coupon is not None and len(letter.facts.rows) <= _ROWS_BESIDE_A_COUPON
    for densities in (body.DENSITIES, body.SMALLER) if few else ():
        if _add_whole_letter(file, letter, densities, paper.cut - _ABOVE_CUT, coupon_below=True):
            return
    # Close rows save a page only where no coupon needs the second one anyway.
    densities = body.DENSITIES[:2] if letter.coupon else body.DENSITIES
    if not _add_whole_letter(file, letter, densities, paper.bottom, coupon_below=False):
        _add_long_letter(file, letter, paper)


def _add_whole_letter(
    file: PdfFile, letter: Letter, densities: Sequence[body.Density], limit: float, *, coupon_below: bool
) -> bool:
    """The words and the table on one page, if they fit above the limit; the coupon below them or on a second page."""
    paper = sheets_of(letter)
    found = _widest_setting(letter, paper, densities, limit)
    if found is None:
        return False
    blocks, top = found
    sheet = _first_page(file, letter, paper, cut=coupon_below)
    body.set_blocks(sheet, blocks, top, limit)
    if letter.coupon is not None and not coupon_below:
        draw_page_number(sheet, paper, _page_label(letter, 1, 2))
        _add_page(file, sheet)
        _add_page(file, _coupon_page(file, letter, paper))
        return True
    _draw_coupon(file, sheet, letter, paper.left, paper.ticket_y)
    _add_page(file, sheet)
    if letter.reply is not None:
        _add_page(file, _reply_page(file, letter, paper, 2))
    return True


def _add_page(file: PdfFile, sheet: Sheet) -> None:
    file.add_page(sheet.width, sheet.height, sheet.content())


def _widest_setting(
    letter: Letter, paper: Sheets, densities: Sequence[body.Density], limit: float
) -> tuple[list[body.Block], float] | None:
    """The blocks in the widest setting that ends above the limit, and their first baseline.

    Closer rows come before tight gaps, and those before regards without a line of their own.
    """
    found = _widest_of(_measured(letter, paper), letter, paper, densities, limit)
    if found is None and letter.regards:
        return _widest_of(_measured(letter, paper, regards_beside=True), letter, paper, densities, limit)
    return found


def _widest_of(
    measured: Measured, letter: Letter, paper: Sheets, densities: Sequence[body.Density], limit: float
) -> tuple[list[body.Block], float] | None:
    tried = []
    for density in densities:
        blocks = measured(density, table(letter, rows(letter, density), paper, density))
        top = paper.headline_y - density.rise
        if body.fits(blocks, top, limit, _COMFORTABLE):
            return blocks, top
        tried.append((blocks, top))
    return next(((blocks, top) for blocks, top in tried if body.fits(blocks, top, limit)), None)


def _coupon_page(file: PdfFile, letter: Letter, paper: Sheets) -> Sheet:
    """A second page for the coupon, in its first panel, cut off at the first fold; the reply slip in the panel below."""
    sheet = file.new_sheet(paper.width, paper.height)
    draw_page_head(sheet, letter, paper, _page_label(letter, 2, 2))
    draw_marks(sheet, paper, cut=paper.folds[0])
    _draw_coupon(file, sheet, letter, paper.left, _COUPON_TOP - paper.rise / 2)
    _draw_reply(sheet, letter, paper, paper.folds[0] + 40)
    return sheet


def _reply_page(file: PdfFile, letter: Letter, paper: Sheets, number: int) -> Sheet:
    """A last page for the reply slip alone."""
    sheet = file.new_sheet(paper.width, paper.height)
    draw_page_head(sheet, letter, paper, _page_label(letter, number, number))
    _draw_reply(sheet, letter, paper, _REPLY_TOP)
    return sheet


def _draw_reply(sheet: Sheet, letter: Letter, paper: Sheets, y: float) -> None:
    if letter.reply is not None:
        draw_reply(sheet, paper.left, y, letter.reply, readable(letter.head.accent))
        draw_cut_line(sheet, y + REPLY_HEIGHT + _BELOW_REPLY)


def _draw_coupon(file: PdfFile, sheet: Sheet, letter: Letter, x: float, y: float) -> None:
    if letter.coupon is not None:
        draw_ticket(file, sheet, x, y, letter.coupon, letter.head.shop, readable(letter.head.accent))


def _measured(letter: Letter, paper: Sheets, *, regards_beside: bool = False) -> Measured:
    """The letter's blocks at a density, around the block in its middle; what looks the same at any is measured once."""
    headline = body.headline(letter, paper)
    options = [body.choices(letter, paper)] if letter.choices else []
    notes = [body.note(letter, paper)] if letter.note else []
    signature = body.signature(letter, paper, letter.regards if regards_beside else "")

    def regards(density: body.Density) -> list[body.Block]:
        own_line = letter.regards and not regards_beside
        return [body.paragraph(letter.regards, paper, density, gap=20, least=16)] if own_line else []

    def blocks(density: body.Density, middle: body.Block) -> list[body.Block]:
        salutation = body.salutation(letter, paper, density)
        opening = body.paragraph(letter.opening, paper, density, gap=18.2, least=14.4)
        closing = body.paragraph(letter.closing, paper, density, gap=25, least=18)
        return [headline, salutation, opening, middle, *options, *notes, closing, *regards(density), signature]

    return blocks


def _add_long_letter(file: PdfFile, letter: Letter, paper: Sheets) -> None:
    """The form for many lines: the words on the first page, the table and then the coupon on the following ones."""
    density, pages = _fewest_pages(letter, paper)
    count = len(pages) + (1 if letter.reply is None else 2)
    last = len(pages) + 1
    roomy = body.DENSITIES[0]
    blocks = _measured(letter, paper)(roomy, body.paragraph(letter.overleaf, paper, roomy, gap=18, least=15))
    if not body.fits(blocks, paper.headline_y, paper.bottom):
        raise TextTooLongError("the letter's text", letter.opening)
    sheet = _first_page(file, letter, paper, cut=False)
    body.set_blocks(sheet, blocks, paper.headline_y, paper.bottom)
    draw_page_number(sheet, paper, _page_label(letter, 1, count))
    for number, page in enumerate(pages, 2):
        _add_page(file, sheet)
        sheet = file.new_sheet(paper.width, paper.height)
        draw_page_head(sheet, letter, paper, _page_label(letter, number, count))
        draw_marks(sheet, paper, cut=paper.cut if letter.coupon is not None and number == last else None)
        if page:
            draw_table(sheet, _TABLE_TOP, letter, page, paper, density)
    _draw_coupon(file, sheet, letter, paper.left, paper.ticket_y)
    _add_page(file, sheet)
    if letter.reply is not None:
        _add_page(file, _reply_page(file, letter, paper, count))


def _page_label(letter: Letter, page: int, pages: int) -> str:
    return fill(letter.page_label, page=str(page), pages=str(pages))


def _first_page(file: PdfFile, letter: Letter, paper: Sheets, *, cut: bool) -> Sheet:
    def furniture(common: Sheet) -> None:
        draw_letterhead(common, letter.head, paper)
        draw_marks(common, paper, cut=paper.cut if cut else None)

    sheet = file.new_sheet(paper.width, paper.height)
    file.furnish(sheet, (letter.head, letter.paper, cut), furniture)
    draw_address(sheet, letter, paper)
    draw_references(sheet, letter.references, paper)
    return sheet


def _fewest_pages(letter: Letter, paper: Sheets) -> tuple[body.Density, list[list[Row]]]:
    """The rows page by page, in the widest setting that needs no more pages than the closest one."""
    tried = [
        (density, _paginated(rows(letter, density), paper, density, letter.coupon is not None)) for density in body.DENSITIES
    ]
    fewest = min(len(pages) for _, pages in tried)
    return next((density, pages) for density, pages in tried if len(pages) == fewest)


def _paginated(measured: Sequence[Row], paper: Sheets, density: body.Density, coupon: bool) -> list[list[Row]]:
    """The rows page by page, so that the last page has room for the coupon below them."""
    room = paper.bottom - _TABLE_TOP - head_height(density)
    last_room = paper.cut - _ABOVE_CUT - _TABLE_TOP - head_height(density) if coupon else room
    pages: list[list[Row]] = []
    rest = list(measured)
    while sum(row.height for row in rest) > last_room:
        taken = _taken(rest, room)
        if taken == len(rest):
            taken = max(len(rest) - _ROWS_KEPT_TOGETHER, 1)
        pages.append(rest[:taken])
        rest = rest[taken:]
    return [*pages, rest]


def _taken(rest: Sequence[Row], room: float) -> int:
    """How many rows fill the page."""
    used = 0.0
    for count, row in enumerate(rest):
        used += row.height
        if used > room:
            if count == 0:
                raise TextTooLongError("a product's title", row.fact.product)
            return count
    return len(rest)
