"""How a letter falls into pages: the rows that stand on the address page with all the words, those that follow, and the slip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orderdesk.documents import body
from orderdesk.documents.errors import TextTooLongError
from orderdesk.documents.letter import Letter
from orderdesk.documents.paper import Sheets
from orderdesk.documents.reply import REPLY_HEIGHT
from orderdesk.documents.table import Row, head_height, rows, table

TABLE_TOP = 88
_ABOVE_CUT = 20
BELOW_CUT = 34
_FEW_ROWS = 3
# How many of the densities are of the usual sizes.
_USUAL = 2
_COMFORTABLE = 0.6
_ROWS_KEPT_TOGETHER = 2
_UNDER_TABLE = 24
_UNDER_SLIP = 16

_Measured = Callable[[body.Density, body.Block], list[body.Block]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A letter in pages: its blocks on the address page from the baseline `top` to `limit`, the rows of each page behind it, and
    the baseline of the reply slip's title on the last of these pages: None where there is no slip, or it has a page of its own.
    """

    density: body.Density
    blocks: Sequence[body.Block]
    top: float
    limit: float
    following: Sequence[Sequence[Row]]
    slip_y: float | None
    slip_alone: bool

    @property
    def pages(self) -> int:
        return 1 + len(self.following) + self.slip_alone


def planned(letter: Letter, paper: Sheets) -> Plan:
    """One page where the words leave the last panel to coupon or slip, or there is neither; else as few as it takes."""
    return _on_one_page(letter, paper) or _on_several(letter, paper)


def _on_one_page(letter: Letter, paper: Sheets) -> Plan | None:
    """A few rows rather closer or smaller than on two pages. A slip has the last panel, or its own page beside a coupon's."""
    limit = paper.cut - _ABOVE_CUT if letter.coupon or letter.reply else paper.bottom
    few = len(letter.facts.rows) <= _FEW_ROWS
    settings = [body.DENSITIES if few else body.DENSITIES[:_USUAL]]
    if few and (letter.coupon or not letter.reply):
        settings += [body.SMALLER, body.SMALLEST]
    found = next(filter(None, (_widest(letter, paper, some, limit) for some in settings)), None)
    if found is None:
        return None
    slip_y = paper.cut + BELOW_CUT if letter.reply and not letter.coupon else None
    return Plan(*found, limit, (), slip_y, slip_alone=letter.reply is not None and slip_y is None)


def _widest(
    letter: Letter, paper: Sheets, densities: Sequence[body.Density], limit: float
) -> tuple[body.Density, list[body.Block], float] | None:
    """The widest setting that ends above the limit: its blocks and their first baseline.

    Closer rows come before tight gaps; regards give up a line of their own before the rows are set in small type, and the words
    on the coupon theirs last of all.
    """
    lines_given_up = [
        (beside, joined) for joined in _kept_first(letter.note and letter.offer) for beside in _kept_first(letter.regards)
    ]
    for some in (densities[:_USUAL], densities):
        for beside, joined in lines_given_up:
            measured = _measured(letter, paper, regards_beside=beside, joined=joined)
            found = _widest_of(measured, letter, paper, some, limit)
            if found:
                return found
    return None


def _kept_first(text: str) -> tuple[bool, ...]:
    """Whether a text gives up a line of its own, in the order to try: it can't where there is none."""
    return (False, True) if text else (False,)


def _widest_of(
    measured: _Measured, letter: Letter, paper: Sheets, densities: Sequence[body.Density], limit: float
) -> tuple[body.Density, list[body.Block], float] | None:
    tried = []
    for density in densities:
        blocks = measured(density, table(letter, rows(letter, density), paper, density))
        top = paper.headline_y - density.rise
        if body.fits(blocks, top, limit, _COMFORTABLE):
            return density, blocks, top
        tried.append((density, blocks, top))
    return next((each for each in tried if body.fits(*each[1:], limit, each[0].closing)), None)


def _measured(letter: Letter, paper: Sheets, *, regards_beside: bool = False, joined: bool = False) -> _Measured:
    """The letter's blocks at a density, around the block in its middle; what looks the same at any is measured once.

    `joined`: the words on the coupon end the paragraph of the law.
    """
    headline = body.headline(letter, paper)
    law = f"{letter.note} {letter.offer}" if joined else letter.note
    offer = "" if joined else letter.offer
    signature = body.signature(letter, paper, letter.regards if regards_beside else "")

    def regards(density: body.Density) -> list[body.Block]:
        own_line = letter.regards and not regards_beside
        return [body.paragraph(letter.regards, paper, density, gap=20, least=16)] if own_line else []

    def last_words(density: body.Density) -> list[body.Block]:
        """How to answer, what silence means, whose the coupon is; where nothing is to be answered, the law comes first."""
        note = [body.note(law, paper, density)] if law else []
        if letter.choices and note:
            apart = [body.paragraph(offer, paper, density, gap=20, least=16.2)] if offer else []
            return [body.paragraph(letter.closing, paper, density, gap=25, least=18), *note, *apart]
        return [*note, body.paragraph(f"{letter.closing} {offer}".strip(), paper, density, gap=25, least=18)]

    def blocks(density: body.Density, middle: body.Block) -> list[body.Block]:
        options = [body.choices(letter, paper, density)] if letter.choices else []
        salutation = body.salutation(letter, paper, density)
        opening = body.paragraph(letter.opening, paper, density, gap=18.2, least=14.4)
        return [headline, salutation, opening, middle, *options, *last_words(density), *regards(density), signature]

    return blocks


def _on_several(letter: Letter, paper: Sheets) -> Plan:
    """The widest setting that needs no more pages than the closest one."""
    measured = _measured(letter, paper)
    plans = [_plan(letter, paper, density, measured) for density in body.DENSITIES]
    fewest = min(plan.pages for plan in plans)
    return next(plan for plan in plans if plan.pages == fewest)


def _plan(letter: Letter, paper: Sheets, density: body.Density, measured: _Measured) -> Plan:
    """As many rows as leave the words on the address page their room, the others on the following pages above coupon and slip."""
    top = paper.headline_y - density.rise
    all_rows = rows(letter, density)
    blocks, rest = measured(density, table(letter, all_rows, paper, density)), all_rows[:0]
    if not body.fits(blocks, top, paper.bottom, _COMFORTABLE):
        blocks, rest = _begun(letter, paper, density, measured)
    following = _paginated(rest, paper, density, letter.coupon is not None)
    slip_y = _slip_y(letter, paper, density, following[-1]) if letter.reply and following else None
    alone = letter.reply is not None and slip_y is None
    return Plan(density, blocks, top, paper.bottom, following, slip_y, alone)


def _begun(letter: Letter, paper: Sheets, density: body.Density, measured: _Measured) -> tuple[list[body.Block], list[Row]]:
    """The address page with the first rows, and the other rows: all where there is no room for some above the words."""
    top, all_rows = paper.headline_y - density.rise, rows(letter, density)
    for count in range(len(all_rows) - _ROWS_KEPT_TOGETHER, _ROWS_KEPT_TOGETHER - 1, -1):
        blocks = measured(density, table(letter, all_rows[:count], paper, density, letter.overleaf))
        if body.fits(blocks, top, paper.bottom, closing=0):
            return blocks, all_rows[count:]
    blocks = measured(density, body.paragraph(letter.overleaf, paper, density, gap=18, least=15))
    if not body.fits(blocks, top, paper.bottom):
        raise TextTooLongError("the letter's text", letter.opening)
    return blocks, all_rows


def _paginated(rest: Sequence[Row], paper: Sheets, density: body.Density, coupon: bool) -> list[Sequence[Row]]:
    """The rows page by page, so that the last page has room for the coupon below them; none for neither."""
    room = paper.bottom - TABLE_TOP - head_height(density)
    last_room = paper.cut - _ABOVE_CUT - TABLE_TOP - head_height(density) if coupon else room
    pages: list[Sequence[Row]] = []
    while sum(row.height for row in rest) > last_room:
        taken = _taken(rest, room)
        if taken == len(rest):
            taken = max(len(rest) - _ROWS_KEPT_TOGETHER, 1)
        pages.append(rest[:taken])
        rest = rest[taken:]
    return [*pages, rest] if rest or coupon else pages


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


def _slip_y(letter: Letter, paper: Sheets, density: body.Density, above: Sequence[Row]) -> float | None:
    """Where the slip's title stands on the last page: in its last panel, with a coupon in the one above; None without room."""
    end = TABLE_TOP + head_height(density) + sum(row.height for row in above) if above else TABLE_TOP
    if letter.coupon is None:
        return paper.cut + BELOW_CUT if end <= paper.cut - _ABOVE_CUT else None
    top = max(end + _UNDER_TABLE, paper.folds[-2])
    return top + BELOW_CUT if top + BELOW_CUT + REPLY_HEIGHT + _UNDER_SLIP <= paper.cut else None
