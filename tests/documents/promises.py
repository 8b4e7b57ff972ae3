"""What every PDF of the app keeps, whatever it holds: one function a promise, each yielding what is wrong in words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from io import BytesIO
from itertools import groupby

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import uharfbuzz as hb  # type: ignore[import-untyped]
from pikepdf import pdfa

from orderdesk.documents.letter import Coupon, Letter, ReplySlip
from orderdesk.documents.pictures import NOTHING, Pictures
from orderdesk.documents.render import render_batch, render_coupon, render_letter
from orderdesk.documents.slip import render_slip
from orderdesk.domain.coupons import printed
from orderdesk.domain.parcels import Parcel
from orderdesk.domain.shop import Paper, ShopProfile
from tests.documents.cases import MM, SAFE, UNION, Box, boxes, codes, lies_within, page_texts, squeezed, touches
from tests.documents.drawn import Color, Mark, Page, fonts_of, pages_of

Promise = Callable[["Document"], Iterator[str]]
_LIGATURES = re.compile("[\ufb00-\ufb06]")
# What could fetch, run or carry something.
_ACTIVE = frozenset(
    ("/AA", "/OpenAction", "/JavaScript", "/JS", "/URI", "/Launch", "/EmbeddedFiles", "/Annots", "/AcroForm", "/AF")
)
_CORNER_SLACK = 1.0
# How far the scissors on the cut line reach below it, in points.
_SCISSORS = 5.0


@dataclass(frozen=True)
class Document:
    """A PDF as the app makes it, and what a reader must find in it. `coupons` and `bookmarks` are in the order of the pages;
    `facts` are of what is no letter.
    """

    make: Callable[[], bytes]
    title: str
    author: str
    language: str
    dated: date
    facts: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    bookmarks: tuple[str, ...] = ()
    replies: tuple[ReplySlip, ...] = ()
    pictures: Pictures = field(default_factory=dict)

    @cached_property
    def pdf(self) -> bytes:
        return self.make()

    @cached_property
    def pages(self) -> list[Page]:
        return pages_of(self.pdf)

    @cached_property
    def texts(self) -> list[str]:
        return [squeezed(page) for page in page_texts(self.pdf)]


def a_letter(letter: Letter, pictures: Pictures = NOTHING) -> Document:
    alone = a_batch([letter])
    return replace(alone, title=letter.headline, make=lambda: render_letter(letter, pictures), pictures=pictures)


def a_batch(letters: list[Letter]) -> Document:
    first = letters[0]
    dated = max(letter.dated for letter in letters)
    return Document(
        make=lambda: render_batch(letters),
        title=f"{first.head.shop}: {len(letters)} letters, {dated:%B} {dated.day}, {dated.year}",
        author=first.head.shop,
        language=first.language,
        dated=dated,
        letters=tuple(letters),
        coupons=tuple(letter.coupon for letter in letters if letter.coupon),
        bookmarks=tuple(letter.bookmark for letter in letters),
        replies=tuple(letter.reply for letter in letters if letter.reply),
    )


def a_coupon(letter: Letter) -> Document:
    coupon = letter.coupon
    assert coupon
    return replace(
        a_letter(letter),
        make=lambda: render_coupon(letter),
        title=f"{coupon.kind}: {coupon.value}",
        facts=facts_of_coupon(coupon),
        letters=(),
        bookmarks=(),
    )


def a_slip(shop: ShopProfile, parcel: Parcel, packed_on: date, title: str, language: str) -> Document:
    lines = tuple(str(fact) for line in parcel.lines for fact in (line.sku, line.title, line.ordered, line.in_parcel))
    return Document(
        make=lambda: render_slip(shop, parcel, packed_on),
        title=f"{title} {parcel.order_number}",
        author=shop.name,
        language=language,
        dated=packed_on,
        facts=(shop.name, shop.email, parcel.address.name, parcel.address.line1, parcel.order_number, title, *lines),
        bookmarks=(f"{title} {parcel.order_number}",),
    )


def facts_of(letter: Letter) -> tuple[str, ...]:
    """What the letter must say on paper."""
    said = [letter.head.shop, letter.head.address, *letter.head.contacts, *letter.address]
    said += [part for reference in letter.references for part in (reference.label.upper(), reference.value)]
    said += [letter.headline, letter.salutation, letter.opening, letter.note, letter.closing, letter.offer, letter.signed]
    said += [head.upper() for head in letter.facts.heads]
    said += [fact for row in letter.facts.rows for fact in (row.product, row.note, row.promised, row.new_date)]
    said += [fact for choice in letter.choices for fact in (choice.title, choice.text)]
    said += facts_of_coupon(letter.coupon) if letter.coupon else ()
    return (*said, *(facts_of_reply(letter.reply) if letter.reply else ()))


def facts_of_coupon(coupon: Coupon) -> tuple[str, ...]:
    labeled = [part for fact in (coupon.valid, coupon.made_out, coupon.redeem) for part in (fact.label.upper(), fact.value)]
    said = (coupon.thanks.upper(), coupon.value, coupon.meaning, coupon.kind, coupon.code_label.upper(), coupon.terms)
    return (*said, printed(coupon.code), *labeled)


def facts_of_reply(reply: ReplySlip) -> tuple[str, ...]:
    labels = (reply.only_label.upper(), reply.date_label.upper(), reply.to_label.upper())
    return (reply.title, reply.about, *reply.options, *labels, *reply.to)


def is_an_archive_file(document: Document) -> Iterator[str]:
    with pikepdf.open(BytesIO(document.pdf)) as opened:
        yield from (str(finding) for finding in pdfa.check(opened, pdfa.Flavour.PDFA_2B).findings)


def says_what_it_is(document: Document) -> Iterator[str]:
    with pikepdf.open(BytesIO(document.pdf)) as opened:
        described = {"Title": document.title, "Author": document.author, "CreationDate": f"D:{document.dated:%Y%m%d}000000Z"}
        found = {name: str(opened.docinfo[f"/{name}"]) for name in described}
        packet = opened.open_metadata()
        found |= {"Lang": str(opened.Root.Lang), "dc:title": packet["dc:title"], "dc:creator": packet["dc:creator"][0]}
        expected = described | {"Lang": document.language, "dc:title": document.title, "dc:creator": document.author}
        yield from (f"{name} is {found[name]!r}" for name in expected if found[name] != expected[name])
        if not opened.Root.ViewerPreferences.DisplayDocTitle:
            yield "the title is not shown"


def is_the_same_again(document: Document) -> Iterator[str]:
    if document.make() != document.pdf:
        yield "the second time other bytes"


def holds_the_shops_pictures_alone_and_nothing_active(document: Document) -> Iterator[str]:
    with pikepdf.open(BytesIO(document.pdf)) as opened:
        things = [thing for thing in opened.objects if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream))]
        yield from (f"{key} in the file" for thing in things for key in _ACTIVE & set(thing.keys()))
        pictures = sum(thing.get("/Subtype") == "/Image" for thing in things)
    if pictures != len(document.pictures):
        yield f"{pictures} pictures in the file"


def has_a_bookmark_for_each_letter(document: Document) -> Iterator[str]:
    titles, pages = _bookmarks(document)
    if titles != document.bookmarks:
        yield f"bookmarks are {titles}"
    if pages != sorted(set(pages)) or pages[:1] not in ([], [0]):
        yield f"bookmarks lead to pages {pages}"
    for title, page in zip(titles, pages, strict=True):
        if not all(word in document.texts[page] for word in title.partition(" · ")[0].split()):
            yield f"{title} is not on page {page}"


def _bookmarks(document: Document) -> tuple[tuple[str, ...], list[int]]:
    with pikepdf.open(BytesIO(document.pdf)) as opened, opened.open_outline() as outline:
        titles = tuple(entry.title for entry in outline.root)
        return titles, [opened.pages.index(pikepdf.Page(entry.destination[0])) for entry in outline.root]  # type: ignore[index]


def shows_the_address_alone_in_the_window(document: Document) -> Iterator[str]:
    """All of the address, whatever way the sheet slips, and never more; but by DIN 5008 the underlined line to return it to."""
    _, pages = _bookmarks(document)
    for letter, place in zip(document.letters, pages, strict=False):
        shown = [box for box in boxes(document.pdf, place) if touches(box, UNION[letter.paper])]
        yield from (f"{box.text!r} slips out of the window" for box in shown if not lies_within(box, SAFE[letter.paper]))
        seen, meant = (
            _characters(_said_in(document.pages[place], UNION[letter.paper])),
            _characters((*_return_line(letter), *letter.address)),
        )
        if seen != meant:
            yield f"the window lacks {''.join(meant - seen)!r} and shows {''.join(seen - meant)!r} besides"
        marks = [mark for mark in document.pages[place].marks if touches(_around(mark), UNION[letter.paper])]
        if len([mark for mark in marks if not _is_at_the_edge(mark)]) != len(_return_line(letter)):
            yield f"{marks} in the window"


def _said_in(page: Page, field: tuple[float, float, float, float]) -> Iterator[str]:
    """What stands on baselines in the field; a span that says something else than its glyphs is heard once."""
    inside = [glyph for glyph in page.glyphs if touches(Box(glyph.text, glyph.x, glyph.y - 1, glyph.right, glyph.y), field)]
    for spoken, glyphs in groupby(inside, key=lambda glyph: glyph.spoken):
        yield "".join(glyph.text for glyph in glyphs) if spoken is None else spoken


def _return_line(letter: Letter) -> tuple[str, ...]:
    return (letter.head.return_line,) if letter.paper in (Paper.A4, Paper.A4_FORM_A) else ()


def _characters(texts: Iterable[str]) -> Counter[str]:
    """How often each character is there; what only differs in form counts as one."""
    return Counter(character for character in unicodedata.normalize("NFKC", "".join(texts)) if character.isalnum())


def _around(mark: Mark) -> Box:
    xs, ys = zip(*mark.corners, strict=True)
    return Box("", min(xs), min(ys), max(xs), max(ys))


def embeds_a_subset_of_every_font(document: Document) -> Iterator[str]:
    """Also that whatever is drawn has a shape in the subset and a text to be found by."""
    shapes = {}
    for font in fonts_of(document.pdf):
        if not re.fullmatch(r"[A-Z]{6}\+\w+-?\w+", font.name):
            yield f"{font.name} is no subset"
        shapes[font.name] = hb.Font(hb.Face(font.program))
    drawn = {(glyph.font, glyph.number, glyph.text, glyph.spoken) for page in document.pages for glyph in page.glyphs}
    for name, number, text, spoken in drawn:
        shape = shapes[name].get_glyph_extents(number)
        said = text if spoken is None else spoken
        if number == 0:
            yield f"{said!r} is drawn as a box"
        if spoken is None and not text:
            yield f"glyph {number} of {name} has no text"
        if text.isalnum() and (shape is None or not shape.width):
            yield f"{text!r} has no shape in {name}"


def says_every_fact(document: Document) -> Iterator[str]:
    """Each letter on its own pages."""
    _, pages = _bookmarks(document)
    parts = [facts_of(letter) for letter in document.letters] or [document.facts]
    starts = pages if document.letters else [0]
    for facts, start, end in zip(parts, starts, [*starts[1:], None], strict=True):
        whole = squeezed(" ".join(document.texts[start:end]))
        yield from (f"{fact!r} is missing" for fact in facts if squeezed(fact) not in whole)


def can_be_searched(document: Document) -> Iterator[str]:
    """No ligature stands for two letters, neither in what readers extract nor in the file's own maps."""
    own = "".join(glyph.text + (glyph.spoken or "") for page in document.pages for glyph in page.glyphs)
    yield from (f"{found!r} in the text" for found in sorted(set(_LIGATURES.findall("".join(document.texts) + own))))


def is_dark_enough_to_read(document: Document) -> Iterator[str]:
    colors = {glyph.color for page in document.pages for glyph in page.glyphs if not glyph.text.isspace()}
    yield from (f"text in {color}: {contrast(color):.2f}:1" for color in colors if contrast(color) < 4.5)


def contrast(color: Color) -> float:
    """The contrast of a gray or of red, green and blue (0 to 1) with white paper, as WCAG 2 reckons it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (color if len(color) == 3 else color * 3)
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def has_codes_that_are_read(document: Document) -> Iterator[str]:
    for coupon, place in zip(document.coupons, _coupon_pages(document), strict=True):
        found = codes(document.pdf, place)
        if len(found) != 2 or set(found.values()) != {coupon.code}:
            yield f"page {place} reads as {found} instead of {coupon.code}"


def has_nothing_but_the_coupon_below_the_cut(document: Document) -> Iterator[str]:
    """It stands whole below the second fold of a letter; on a sheet of its own above the line, and nothing below."""
    for coupon, place in zip(document.coupons, _coupon_pages(document), strict=True):
        page, ticket = document.pages[place], _ticket(document.pages[place])
        cut = max((mark.corners[0][1] for mark in page.marks if mark.dashed and _is_across(mark, page)), default=0)
        if ticket[1] < cut and document.letters:
            yield f"the coupon of page {place} stands above the cut"
        own = (
            {word for fact in (*facts_of_coupon(coupon), document.author) for word in fact.split()} if ticket[1] > cut else set()
        )
        yield from (f"{word!r} below the cut" for word in _words_below(document.pdf, place, cut) - own)
        below = [mark for mark in page.marks if max(y for _, y in mark.corners) > cut + _SCISSORS]
        yield from (f"{mark} below the cut" for mark in below if not (_is_at_the_edge(mark) or _is_within(mark, ticket)))


def _coupon_pages(document: Document) -> list[int]:
    return [
        place for place, text in enumerate(document.texts) if any(printed(coupon.code) in text for coupon in document.coupons)
    ]


def _is_across(mark: Mark, page: Page) -> bool:
    (left, top), *_, (right, bottom) = mark.corners
    return abs(top - bottom) < 1 and right - left > page.width / 2


def _is_at_the_edge(mark: Mark) -> bool:
    return max(x for x, _ in mark.corners) <= 12 * MM


def _ticket(page: Page) -> tuple[float, float, float, float]:
    """The outline of the coupon: the mark with the largest area."""
    box = max(map(_around, page.marks), key=lambda box: (box.right - box.left) * (box.bottom - box.top))
    return box.left, box.top, box.right, box.bottom


def _is_within(mark: Mark, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return all(
        left - _CORNER_SLACK <= x <= right + _CORNER_SLACK and top - _CORNER_SLACK <= y <= bottom + _CORNER_SLACK
        for x, y in mark.corners
    )


def _words_below(pdf: bytes, place: int, cut: float) -> set[str]:
    page = pypdfium2.PdfDocument(pdf)[place]
    return set(squeezed(page.get_textpage().get_text_bounded(0, 0, page.get_width(), page.get_height() - cut)).split())


# Those that hold whatever a text is: reading it back is tried word by word elsewhere.
OF_ANY_TEXT = (
    is_an_archive_file,
    says_what_it_is,
    is_the_same_again,
    holds_the_shops_pictures_alone_and_nothing_active,
    embeds_a_subset_of_every_font,
    can_be_searched,
    is_dark_enough_to_read,
    has_codes_that_are_read,
)
PROMISES = (
    *OF_ANY_TEXT,
    has_a_bookmark_for_each_letter,
    shows_the_address_alone_in_the_window,
    says_every_fact,
    has_nothing_but_the_coupon_below_the_cut,
)


def broken(document: Document, promises: Sequence[Promise] = PROMISES) -> dict[str, list[str]]:
    """The promises that the document breaks, each with what is wrong."""
    found = {promise.__name__: list(promise(document)) for promise in promises}
    return {name: wrong for name, wrong in found.items() if wrong}
