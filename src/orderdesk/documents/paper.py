"""The sheets with the windows of their envelopes: where things stand, in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium

from orderdesk.documents.sheet import MM
from orderdesk.domain.shop import Paper


@dataclass(frozen=True, slots=True)
class Window:
    """Where the address stands: its left and right edge, what is always visible from `top` to `bottom`.

    Up to `lines` lines stand at full size from the first `baseline`; more fill the height in smaller type.
    """

    x: float
    right: float
    top: float
    bottom: float
    lines: int
    baseline: float


@dataclass(frozen=True, slots=True)
class Sheets:
    """One kind of paper. `folds` are the heights of the fold marks; the last one is the cut line. `rise`: how much higher the
    letterhead stands than on the others.
    """

    width: float
    height: float
    left: float
    folds: tuple[float, ...]
    hole: float | None
    window: Window
    return_baseline: float | None
    references_x: float
    references_y: float
    headline_y: float
    ticket_y: float
    rise: float = 0

    @property
    def right(self) -> float:
        return self.left + TEXT_WIDTH

    @property
    def cut(self) -> float:
        return self.folds[-1]

    @property
    def bottom(self) -> float:
        """Where text ends on a page without the coupon."""
        return self.height - 66


TEXT_WIDTH = 468.0
GUTTER = 16.0
COLUMN = (TEXT_WIDTH - 3 * GUTTER) / 4
PITCH = COLUMN + GUTTER

_FORM_B = Sheets(
    width=210 * MM,
    height=297 * MM,
    left=25 * MM,
    folds=(105 * MM, 210 * MM),
    hole=148.5 * MM,
    window=Window(25 * MM, 98 * MM, 62.7 * MM, 88 * MM, 6, 186.3),
    return_baseline=171.3,
    references_x=125 * MM,
    references_y=174.6,
    headline_y=293,
    ticket_y=623,
)
# Everything below the letterhead stands 18 mm higher than on form B.
_HIGHER = 18 * MM
_FORM_A = replace(
    _FORM_B,
    folds=(87 * MM, 192 * MM),
    window=Window(25 * MM, 98 * MM, 44.7 * MM, 70 * MM, 6, 186.3 - _HIGHER),
    return_baseline=171.3 - _HIGHER,
    references_y=174.6 - _HIGHER,
    headline_y=293 - _HIGHER,
    ticket_y=623 - _HIGHER,
    rise=24,
)
_UK = replace(
    _FORM_B, hole=None, window=Window(25 * MM, 98 * MM, 59 * MM, 85 * MM, 6, 177.2), return_baseline=None, headline_y=297
)
SHEETS = {
    Paper.LETTER: Sheets(
        width=612,
        height=792,
        left=72,
        folds=(100 * MM, 200 * MM),
        hole=None,
        window=Window(76.5, 108 * MM, 66.7 * MM, 84.1 * MM, 4, 199.4),
        return_baseline=None,
        references_x=435.5,
        references_y=182.8,
        headline_y=285,
        ticket_y=591,
    ),
    Paper.A4: _FORM_B,
    Paper.A4_FORM_A: _FORM_A,
    Paper.A4_UK: _UK,
}


def media_of(pdf: Path) -> str:
    """What printers call the paper of the file's first page: Letter or A4, as every page that is made here has one of them."""
    document = pdfium.PdfDocument(pdf)
    try:
        width, _ = document.get_page_size(0)
    finally:
        document.close()
    return "Letter" if round(width) == SHEETS[Paper.LETTER].width else "A4"
