"""Letters and coupons as PDF files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from orderdesk.documents.colors import readable
from orderdesk.documents.frame import draw_cut_line, draw_sender, sheets_of
from orderdesk.documents.letter import Letter
from orderdesk.documents.pages import add_letter
from orderdesk.documents.pdf import Description, PdfFile
from orderdesk.documents.pictures import NOTHING, Pictures
from orderdesk.documents.text import check_text
from orderdesk.documents.ticket import HEIGHT, draw_ticket
from orderdesk.documents.wording import fill, language_of, locale_of, spelled, wording

_COUPON_TOP = 92


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
        add_letter(file, letter)
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
    draw_ticket(file, sheet, paper.left, top, coupon, letter.head.shop, readable(letter.head.accent))
    draw_sender(sheet, letter, paper, top + HEIGHT + 13)
    draw_cut_line(sheet, paper.folds[0])
    file.add_page(sheet.width, sheet.height, sheet.content())
    return file.finish()


def check_printable(letter: Letter, pictures: Pictures = NOTHING) -> int:
    """Makes sure that the letter and its coupon can be rendered, without making a file; how many pages they take.

    Raises UnprintableTextError for a character that no font covers, AddressTooLongError or TextTooLongError for text
    without room.
    """
    check_characters(letter)
    file = PdfFile(_description([letter]), pictures)
    add_letter(file, letter)
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
