"""What a PDF puts on its pages, read from the operators themselves: every glyph with its place and color, every line and area."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

Color = tuple[float, ...]
BLACK: Color = (0.0,)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph on paper, in points from the page's top left; `y` is its baseline.

    `text` is what the font says it stands for, `spoken` what the outermost span around it says instead.
    """

    font: str
    number: int
    text: str
    spoken: str | None
    x: float
    y: float
    right: float
    size: float
    color: Color


@dataclass(frozen=True, slots=True)
class Mark:
    """A line or an area that is no text: its corners, in points from the top left; handles of curves count as corners."""

    corners: tuple[tuple[float, float], ...]
    color: Color
    dashed: bool
    painted: str


@dataclass(frozen=True, slots=True)
class Font:
    """An embedded font: what its numbers stand for, how far they move the pen (thousandths), and its program."""

    name: str
    texts: dict[int, str]
    widths: dict[int, float]
    program: bytes


@dataclass
class Page:
    """One page, read."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def pages_of(pdf: bytes) -> list[Page]:
    """Every page of the file. Fails for an operator that the app is not known to use."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        known: dict[tuple[int, int], Font] = {}
        return [_Reader(page, _fonts(page, known)).read() for page in opened.pages]


def fonts_of(pdf: bytes) -> list[Font]:
    """The fonts of the file, each once."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        known: dict[tuple[int, int], Font] = {}
        for page in opened.pages:
            _fonts(page, known)
        return list(known.values())


def _fonts(page: pikepdf.Page, known: dict[tuple[int, int], Font]) -> dict[str, Font]:
    found = {}
    for name, font in page.Resources.Font.as_dict().items():
        if font.objgen not in known:
            known[font.objgen] = _font(font)
        found[name] = known[font.objgen]
    return found


def _font(font: Any) -> Font:
    descendant = font.DescendantFonts[0]
    widths: dict[int, float] = {}
    listed = list(descendant.W)
    for first, row in zip(listed[::2], listed[1::2], strict=True):
        widths |= {int(first) + place: float(width) for place, width in enumerate(row)}
    mapped = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", font.ToUnicode.read_bytes().partition(b"beginbfchar")[2])
    texts = {int(number, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for number, text in mapped}
    return Font(str(font.BaseFont)[1:], texts, widths, descendant.FontDescriptor.FontFile2.read_bytes())


@dataclass(slots=True)
class _State:
    """What q keeps and Q brings back."""

    fill: Color = BLACK
    stroke: Color = BLACK
    dashed: bool = False
    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)


class _Reader:
    """Follows the operators of one page."""

    def __init__(self, page: pikepdf.Page, fonts: dict[str, Font]) -> None:
        self._source = page
        self._fonts = fonts
        self._left, bottom, right, self._top = map(float, page.MediaBox)
        self._page = Page(right - self._left, self._top - bottom)
        self._states = [_State()]
        self._path: list[tuple[float, float]] = []
        self._spoken: list[str] = []
        self._pen = (0.0, 0.0)
        self._font = ("", 0.0)
        self._tracking = self._raised = 0.0

    def read(self) -> Page:
        self._follow(self._source)
        assert len(self._states) == 1
        return self._page

    def _follow(self, source: Any) -> None:
        for operands, operator in pikepdf.parse_content_stream(source):
            _OPERATORS[str(operator)](self, *operands)

    def save(self) -> None:
        now = self._states[-1]
        self._states.append(_State(now.fill, now.stroke, now.dashed, now.matrix))

    def restore(self) -> None:
        self._states.pop()

    def transform(self, *matrix: Any) -> None:
        a, b, c, d, e, f = map(float, matrix)
        p, q, r, s, t, u = self._states[-1].matrix
        self._states[-1].matrix = (
            *(a * p + b * r, a * q + b * s, c * p + d * r),
            *(c * q + d * s, e * p + f * r + t, e * q + f * s + u),
        )

    def fill_color(self, *channels: Any) -> None:
        self._states[-1].fill = tuple(map(float, channels))

    def stroke_color(self, *channels: Any) -> None:
        self._states[-1].stroke = tuple(map(float, channels))

    def dash(self, pattern: Any, _phase: Any) -> None:
        self._states[-1].dashed = len(pattern) > 0

    def corners(self, *numbers: Any) -> None:
        values = list(map(float, numbers))
        for x, y in zip(values[::2], values[1::2], strict=True):
            self._corner(x, y)

    def rectangle(self, x: Any, y: Any, width: Any, height: Any) -> None:
        self._corner(float(x), float(y))
        self._corner(float(x + width), float(y + height))

    def _corner(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self._states[-1].matrix
        self._path.append((a * x + c * y + e - self._left, self._top - (b * x + d * y + f)))

    def stroked(self) -> None:
        self._paint(self._states[-1].stroke, "stroke")

    def filled(self) -> None:
        self._paint(self._states[-1].fill, "fill")

    def _paint(self, color: Color, painted: str) -> None:
        self._page.marks.append(Mark(tuple(self._path), color, self._states[-1].dashed, painted))
        self._path = []

    def thing(self, name: Any) -> None:
        """A form, whose operators count as the page's own, or a picture."""
        found = self._source.Resources.XObject[name]
        if found.Subtype == "/Form":
            self._follow(found)
        else:
            self._picture()

    def _picture(self) -> None:
        for x, y in ((0, 0), (1, 1)):
            self._corner(x, y)
        self._paint(self._states[-1].fill, "picture")

    def begin_text(self) -> None:
        assert self._states[-1].matrix == (1, 0, 0, 1, 0, 0)

    def place_text(self, x: Any, y: Any) -> None:
        self._pen = (float(x) - self._left, self._top - float(y))

    def choose_font(self, name: Any, size: Any) -> None:
        self._font = (str(name), float(size))

    def track(self, space: Any) -> None:
        self._tracking = float(space)

    def raise_text(self, rise: Any) -> None:
        self._raised = float(rise)

    def begin_span(self, _tag: Any, about: Any) -> None:
        self._spoken.append(str(about.ActualText))

    def end_span(self) -> None:
        self._spoken.pop()

    def show(self, array: Any) -> None:
        font, size = self._fonts[self._font[0]], self._font[1]
        x, y = self._pen
        for part in array:
            if not isinstance(part, pikepdf.String):
                x -= float(part) * size / 1000
                continue
            codes = bytes(part)
            for number in (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2)):
                right = x + font.widths[number] * size / 1000
                spoken = self._spoken[0] if self._spoken else None
                drawn = (font.name, number, font.texts.get(number, ""), spoken)
                self._page.glyphs.append(Glyph(*drawn, x, y - self._raised, right, size, self._states[-1].fill))
                x = right + self._tracking
        self._pen = (x, y)


def _nothing(*_: Any) -> None:
    """Operators that change neither place nor color."""


_OPERATORS: dict[str, Callable[..., None]] = {
    **dict.fromkeys(("m", "l", "c"), _Reader.corners),
    **dict.fromkeys(("S", "s"), _Reader.stroked),
    **dict.fromkeys(("w", "j", "J", "ET"), _nothing),
    "q": _Reader.save,
    "Q": _Reader.restore,
    "cm": _Reader.transform,
    "re": _Reader.rectangle,
    "f": _Reader.filled,
    **dict.fromkeys(("rg", "g"), _Reader.fill_color),
    "Do": _Reader.thing,
    "RG": _Reader.stroke_color,
    "d": _Reader.dash,
    "BDC": _Reader.begin_span,
    "EMC": _Reader.end_span,
    "BT": _Reader.begin_text,
    "Td": _Reader.place_text,
    "Tf": _Reader.choose_font,
    "Tc": _Reader.track,
    "Ts": _Reader.raise_text,
    "TJ": _Reader.show,
}


def runs_of(page: Page) -> Iterator[list[Glyph]]:
    """The glyphs of a page line by line: those on one baseline without a gap wider than two ems, from left to right."""
    lines: dict[float, list[Glyph]] = {}
    for glyph in page.glyphs:
        lines.setdefault(round(glyph.y, 1), []).append(glyph)
    for _, line in sorted(lines.items()):
        run: list[Glyph] = []
        for glyph in sorted(line, key=lambda each: each.x):
            if run and glyph.x - run[-1].right > 2 * glyph.size:
                yield run
                run = []
            run.append(glyph)
        yield run
