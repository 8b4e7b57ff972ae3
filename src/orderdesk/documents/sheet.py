"""One page under way: words, lines and shapes put at points measured from the sheet's top left corner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from orderdesk.documents.embedding import FontUse
from orderdesk.documents.fonts import Role
from orderdesk.documents.pictures import PictureUse
from orderdesk.documents.text import line_of

MM = 72 / 25.4
INK = "#1C1C1A"
SOFT = "#55554F"
# Dark enough to survive a printer that knows only black and white; kept light by its width.
HAIRLINE = "#7A7A74"
# Where a Bézier curve's handles lie to draw a quarter circle.
_ARC = 0.5523


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """How a kind of words is set: role, size and leading in points, extra space after each glyph, color.

    There are few of them, each made once: they are told apart by identity, which what is kept by type is looked up with.
    """

    role: Role
    size: float
    leading: float
    color: str = INK
    tracking: float = 0

    def at(self, size: float, leading: float | None = None) -> Type:
        """The same type at another size, its leading in proportion or as given."""
        return _resized(self, size, leading)

    def in_color(self, color: str) -> Type:
        return _colored(self, color)

    def width(self, text: str) -> float:
        """How wide the text is in points."""
        line = line_of(self.role, text)
        return line.width * self.size / 1000 + line.gaps * self.tracking


@lru_cache(maxsize=1_000)
def _resized(type_: Type, size: float, leading: float | None) -> Type:
    return replace(type_, size=size, leading=type_.leading * size / type_.size if leading is None else leading)


@lru_cache(maxsize=1_000)
def _colored(type_: Type, color: str) -> Type:
    return replace(type_, color=color)


Ink: TypeAlias = tuple[str, float]
Drawing: TypeAlias = "Callable[[Sheet, float], None]"


class Sheet:
    """The drawing operators of one page of `width` × `height` points; `ink`: the color and tracking of the text set last."""

    def __init__(self, width: float, height: float, fonts: FontUse, pictures: PictureUse) -> None:
        self.width = width
        self.height = height
        self._fonts = fonts
        self._pictures = pictures
        self._parts: list[str] = []
        self.ink: Ink = ("", 0)

    def content(self) -> str:
        """The page's operators so far."""
        return "\n".join(self._parts)

    def put(self, operators: str, ink: Ink) -> None:
        """Adds what was drawn apart, from the ink here to that one."""
        if operators:
            self._parts.append(operators)
            self.ink = ink

    def text(self, x: float, y: float, text: str, type_: Type) -> None:
        """Sets the text with its baseline at y, from x."""
        ink = (type_.color, type_.tracking)
        if ink != self.ink:
            self.ink = ink
            self._parts.append(f"{_rgb(type_.color)} rg {type_.tracking:g} Tc")
        shown = self._fonts.show(type_.role, text, type_.size, type_.tracking > 0)
        self._parts.append(f"BT {x:.2f} {self.height - y:.2f} Td\n{shown} ET")

    def text_right(self, right: float, y: float, text: str, type_: Type) -> None:
        """Sets the text so that it ends at `right`."""
        self.text(right - type_.width(text), y, text, type_)

    def text_centered(self, center: float, y: float, text: str, type_: Type) -> None:
        """Sets the text around `center`."""
        self.text(center - type_.width(text) / 2, y, text, type_)

    def rule(self, x0: float, y0: float, x1: float, y1: float, color: str, width: float, dash: str = "") -> None:
        """A straight line; `dash` is a PDF dash array such as "4 3"."""
        ends = f"{x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S"
        self._parts.append(f"q {_stroke(color)} {width:g} w [{dash}] 0 d {ends} Q")

    def dots(self, x: float, y0: float, y1: float, color: str, diameter: float, pitch: float) -> None:
        """A vertical row of round dots."""
        ends = f"{x:.2f} {self.height - y0:.2f} m {x:.2f} {self.height - y1:.2f} l S"
        self._parts.append(f"q {_stroke(color)} 1 J {diameter:g} w [0 {pitch:g}] 0 d {ends} Q")

    def circle(self, x: float, y: float, radius: float, color: str, width: float) -> None:
        """A circle's outline."""
        r, k = radius, radius * _ARC
        self.outline(
            [
                ("m", x + r, y),
                ("c", x + r, y + k, x + k, y + r, x, y + r),
                ("c", x - k, y + r, x - r, y + k, x - r, y),
                ("c", x - r, y - k, x - k, y - r, x, y - r),
                ("c", x + k, y - r, x + r, y - k, x + r, y),
            ],
            color,
            width,
        )

    def outline(self, path: Iterable[tuple[str | float, ...]], color: str, width: float, *, closed: bool = True) -> None:
        """A path of move (m), line (l) and curve (c) steps, each with its points."""
        steps = _steps(tuple(path), self.height)
        self._parts.append(f"q {_stroke(color)} {width:g} w 1 j 1 J {steps} {'s' if closed else 'S'} Q")

    def box(self, x: float, y: float, side: float, color: str, width: float) -> None:
        """A square's outline from its top left corner, to be ticked."""
        self.outline([("m", x, y), ("l", x + side, y), ("l", x + side, y + side), ("l", x, y + side)], color, width)

    def picture(self, x: float, y: float, width: float, height: float, sha256: str) -> float:
        """The picture as large as fits the space, from its left edge and centered in its height; returns how wide it is, 0 where
        there is none.
        """
        found = self._pictures.draw(sha256)
        if found is None:
            return 0
        name, image = found
        scale = min(width / image.width, height / image.height)
        wide, high = image.width * scale, image.height * scale
        bottom = self.height - y - (height + high) / 2
        self._parts.append(f"q {wide:.2f} 0 0 {high:.2f} {x:.2f} {bottom:.2f} cm /{name} Do Q")
        return wide

    def form(self, name: str) -> None:
        """What the file keeps under that name, drawn in its place."""
        self._parts.append(f"/{name} Do")

    def modules(self, x: float, y: float, module: float, boxes: str) -> None:
        """Black boxes given in modules (`x y width height re` with y upward) from the corner at x, y."""
        self._parts.append(f"q 0 g {module:.4f} 0 0 {module:.4f} {x:.2f} {self.height - y:.2f} cm {boxes} f Q")


@lru_cache(maxsize=64)
def _steps(path: tuple[tuple[str | float, ...], ...], height: float) -> str:
    """A path as operators on a page of that height; the same few shapes stand on every page of a batch."""
    return " ".join(_step(step, height) for step in path)


def _step(step: Sequence[str | float], height: float) -> str:
    numbers = [float(value) for value in step[1:]]
    points = zip(numbers[::2], numbers[1::2], strict=True)
    return " ".join(f"{x:.2f} {height - y:.2f}" for x, y in points) + f" {step[0]}"


@lru_cache(maxsize=64)
def _rgb(color: str) -> str:
    return " ".join(f"{int(color[start : start + 2], 16) / 255:.3f}" for start in (1, 3, 5))


def _stroke(color: str) -> str:
    return f"{_rgb(color)} RG"
