"""Logo and signature: any picture a seller has, brought into the one form that a PDF takes as it is."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

from orderdesk.documents.drawings import WIDTH, draw
from orderdesk.domain.errors import InvalidValueError

_MOST_BYTES = 5_000_000
_MOST_PIXELS = 30_000_000
_SVG = re.compile(rb"<svg[\s>]")
# A drawing may name its own parts and pictures inside itself, nothing else.
_FOREIGN_LINK = re.compile(rb"""(?:href\s*=\s*["']|url\(\s*["']?)(?!\s*(?:#|data:))([^"')\s]*)""", re.IGNORECASE)
_EXPECTED = "a PNG, JPEG or SVG picture of at most 5 MB"
# Everything lighter than this counts as paper when the margins are cut off.
_PAPER = 250


def read_picture(field: str, path: Path) -> bytes:
    """What a picture's file holds. Raises InvalidValueError for what is no file or too large, OSError where it can't be read."""
    if path.exists() and not path.is_file():
        raise InvalidValueError(field, str(path), _EXPECTED)
    _require_small(field, path.stat().st_size)
    return path.read_bytes()


def _require_small(field: str, size: int) -> None:
    if size > _MOST_BYTES:
        raise InvalidValueError(field, f"{size / 1e6:.0f} MB", _EXPECTED)


def canonical_picture(field: str, content: bytes) -> bytes:
    """The picture as a PNG on white, without its margins, in gray or RGB, at most 1,200 pixels wide or high.

    `content` is a PNG, JPEG or SVG file. Raises InvalidValueError for anything else, for one that is empty, or for a drawing that
    names other files.
    """
    _require_small(field, len(content))
    try:
        drawn = _from_svg(field, content) if _SVG.search(content[:4_000]) else content
        opened = _opened(drawn)
        if opened.width * opened.height > _MOST_PIXELS:
            raise InvalidValueError(field, f"{opened.width} × {opened.height} pixels", "a smaller picture")
        picture = _on_white(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InvalidValueError(field, "a picture of that many pixels", "a smaller picture") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise InvalidValueError(field, "a damaged or other file", _EXPECTED) from error
    picture = _without_margins(field, picture)
    picture.thumbnail((WIDTH, WIDTH), Image.Resampling.LANCZOS)
    saved = io.BytesIO()
    picture.save(saved, "PNG", optimize=True)
    return saved.getvalue()


def _opened(content: bytes) -> Image.Image:
    """Raises DecompressionBombWarning where Pillow would print it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))


def _from_svg(field: str, content: bytes) -> bytes:
    if link := _FOREIGN_LINK.search(content):
        name = link.group(1).decode(errors="replace")
        raise InvalidValueError(field, f"an SVG that names “{name}”", "an SVG with everything in it, pictures too")
    return draw(field, content)


def _on_white(picture: Image.Image) -> Image.Image:
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    colored = paper.convert("RGB")
    gray = colored.convert("L")
    return gray if ImageChops.difference(gray.convert("RGB"), colored).getbbox() is None else colored


def _without_margins(field: str, picture: Image.Image) -> Image.Image:
    ink = picture.convert("L").point(lambda light: 0 if light > _PAPER else 255).getbbox()
    if ink is None:
        raise InvalidValueError(field, "an empty picture", "a picture with something on it")
    return picture.crop(ink)
