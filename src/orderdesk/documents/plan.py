"""How a letter falls into pages: the address page with all the words, the table on it or behind it, coupon and slip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orderdesk.documents import body
from orderdesk.documents.errors import TextTooLongError
from orderdesk.documents.letter import Letter
from orderdesk.documents.paper import Sheets
from orderdesk.documents.reply import REPLY_HEIGHT
from orderdesk.documents.table import Row, head_height, rows, table

BELOW_CUT = 34
SLIP_Y = 98
_TABLE_TOP = 88
_ABOVE_CUT = 16
_UNDER_SLIP = 16
_FEW_ROWS = 3
# How many of the densities are of the usual sizes.
_USUAL = 2
_COMFORTABLE = 0.6
_ROWS_KEPT_TOGETHER = 2

_Measured = Callable[[body.Density], list[body.Block]]
_Found = tuple[body.Density, list[body.Block], float]


@dataclass(frozen=True, slots=True)
class _Form:
    """What the words come with: the table or what leads to it; regards on a line of their own or beside the name.

    `joined`: the words on the coupon end the paragraph of the law.
    """

    tabled: bool = True
    regards_beside: bool = False
    joined: bool = False


_Settings = Sequence[tuple[_Form, Sequence[body.Density]]]
_PLAIN, _BESIDE, _JOINED = _Form(), _Form(regards_beside=True), _Form(regards_beside=True, joined=True)
_ALONE, _ALONE_BESIDE = _Form(tabled=False), _Form(tabled=False, regards_beside=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """A letter in pages: its blocks on the address page from the baseline `top` to `limit`, and the rows of each page behind it
    at their density.

    `panel_first`: what is cut off from the last panel of a page, the coupon, else the slip, is on the address page; else on the
    last one. `slip_cut`: where a slip beside a coupon is cut off from the top of the second page; None where there is none.
    """

    density: body.Density
    blocks: Sequence[body.Block]
    top: float
    limit: float
    following: Sequence[Sequence[Row]]
    panel_first: bool
    slip_cut: float | None

    @property
    def pages(self) -> int:
        return 1 + len(self.following)

    def table_top(self, page: int) -> float:
        """Where the table begins on a page behind the first: below the slip on the second."""
        return _table_top(self.slip_cut if page == 2 else None)


def planned(letter: Letter, paper: Sheets) -> Plan:
    """The address page with the table and the last panel where there is room for both; else the table behind it, whole.

    Where the words alone leave the last panel no room, that is on the last page.
    """
    has_panel = letter.coupon is not None or letter.reply is not None
    limit = paper.cut - _ABOVE_CUT if has_panel else paper.bottom
    slip_cut = max(paper.folds[0], SLIP_Y + REPLY_HEIGHT + _UNDER_SLIP) if letter.coupon and letter.reply else None
    if found := _with_table(letter, paper, limit):
        density, blocks, top = found
        return Plan(density, blocks, top, limit, [()] if slip_cut else (), has_panel, slip_cut)
    panel_first = has_panel
    found = _words_alone(letter, paper, limit)
    if found is None:
        panel_first, limit = False, paper.bottom
        found = _words_alone(letter, paper, limit)
    if found is None:
        raise TextTooLongError("the letter's text", letter.opening)
    density, following = _behind(letter, paper, slip_cut, panel=has_panel and not panel_first)
    return Plan(density, *found[1:], limit, following, panel_first, slip_cut)


def _behind(letter: Letter, paper: Sheets, slip_cut: float | None, *, panel: bool) -> tuple[body.Density, list[Sequence[Row]]]:
    """The rows of each page at the widest setting that needs no more pages than the closest one."""
    tried = [(each, _paginated(rows(letter, each), paper, each, slip_cut, panel=panel)) for each in body.DENSITIES]
    fewest = min(len(pages) for _, pages in tried)
    return next((density, pages) for density, pages in tried if len(pages) == fewest)


def _with_table(letter: Letter, paper: Sheets, limit: float) -> _Found | None:
    """The best setting in which words and table end above the limit: of more than a few rows only one of the usual sizes.

    Rows come closer before regards give up a line of their own, then small type gets smaller, and last of all the words on the
    coupon give up theirs. Where there is a second page anyway, a table of several goes there before anything gets smaller.
    """
    if len(letter.facts.rows) > _FEW_ROWS:
        return _best([(_PLAIN, body.DENSITIES[:_USUAL])], letter, paper, limit)
    usual = [(_PLAIN, body.DENSITIES), (_BESIDE, body.DENSITIES)]
    if letter.coupon and letter.reply and len(letter.facts.rows) > 1:
        return _best(usual, letter, paper, limit)
    smaller = [(_BESIDE, body.SMALLER)], [(_JOINED, (*body.DENSITIES, *body.SMALLER))], [(_JOINED, body.SMALLEST)]
    return next(filter(None, (_best(settings, letter, paper, limit) for settings in (usual, *smaller))), None)


def _words_alone(letter: Letter, paper: Sheets, limit: float) -> _Found | None:
    """The best setting of the words, which say where to find the table."""
    usual = [(_ALONE, body.DENSITIES), (_ALONE_BESIDE, body.DENSITIES)]
    smaller = [(_ALONE_BESIDE, (*body.SMALLER, *body.SMALLEST))]
    return _best(usual, letter, paper, limit) or _best(smaller, letter, paper, limit)


def _best(settings: _Settings, letter: Letter, paper: Sheets, limit: float) -> _Found | None:
    """The first that is comfortable above the limit, else the first that fits: density, blocks and their first baseline."""
    tried = []
    for form, densities in settings:
        measured = _measured(letter, paper, form)
        for density in densities:
            blocks, top = measured(density), paper.headline_y - density.rise
            if body.fits(blocks, top, limit, _COMFORTABLE):
                return density, blocks, top
            tried.append((density, blocks, top))
    return next((each for each in tried if body.fits(*each[1:], limit, each[0].closing)), None)


def _measured(letter: Letter, paper: Sheets, form: _Form) -> _Measured:
    """The letter's blocks at a density; what looks the same at any is measured once."""
    words = letter.opening if form.tabled else f"{letter.opening} {letter.overleaf}"
    headline = body.headline(letter, paper)
    law = f"{letter.note} {letter.offer}".strip() if form.joined else letter.note
    offer = "" if form.joined else letter.offer
    signature = body.signature(letter, paper, letter.regards if form.regards_beside else "")

    def regards(density: body.Density) -> list[body.Block]:
        own_line = letter.regards and not form.regards_beside
        return [body.paragraph(letter.regards, paper, density, gap=20, least=17)] if own_line else []

    def last_words(density: body.Density) -> list[body.Block]:
        """How to answer, what silence means, whose the coupon is; where nothing is to be answered, the law comes first."""
        note = [body.note(law, paper, density)] if law else []
        if letter.choices and note:
            apart = [body.paragraph(offer, paper, density, gap=20, least=16.2)] if offer else []
            return [body.paragraph(letter.closing, paper, density, gap=25, least=18), *note, *apart]
        return [*note, body.paragraph(f"{letter.closing} {offer}".strip(), paper, density, gap=25, least=18)]

    def blocks(density: body.Density) -> list[body.Block]:
        facts = [table(letter, rows(letter, density), paper, density)] if form.tabled else []
        options = [body.choices(letter, paper, density)] if letter.choices else []
        salutation = body.salutation(letter, paper, density)
        opening = body.paragraph(words, paper, density, gap=19, least=16.6)
        return [headline, salutation, opening, *facts, *options, *last_words(density), *regards(density), signature]

    return blocks


def _table_top(slip_cut: float | None) -> float:
    return _TABLE_TOP if slip_cut is None else slip_cut + BELOW_CUT


def _paginated(
    rest: Sequence[Row], paper: Sheets, density: body.Density, slip_cut: float | None, *, panel: bool
) -> list[Sequence[Row]]:
    """The rows page by page, so that the last page has room for what is cut off its last panel, if it has one."""
    pages: list[Sequence[Row]] = []
    while True:
        used = _table_top(None if pages else slip_cut) + head_height(density)
        if sum(row.height for row in rest) <= (paper.cut - _ABOVE_CUT if panel else paper.bottom) - used:
            return [*pages, rest]
        taken = _taken(rest, paper.bottom - used)
        if taken == len(rest):
            taken = max(len(rest) - _ROWS_KEPT_TOGETHER, 1)
        pages.append(rest[:taken])
        rest = rest[taken:]


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
