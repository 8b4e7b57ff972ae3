"""Pictures inside a PDF: their compressed rows are taken over as they lie in the PNG."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# A shop's pictures by their SHA-256.
Pictures = Mapping[str, bytes]
NOTHING: Mapping[str, Any] = {}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Raster:
    """A canonical picture as a PDF takes it: size in pixels, color space, and its compressed rows as they lie in the PNG."""

    width: int
    height: int
    colors: int
    rows: bytes

    def entries(self) -> bytes:
        """The image's dictionary entries."""
        space = b"/DeviceGray" if self.colors == 1 else b"/DeviceRGB"
        return (
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace %s /Filter /FlateDecode"
            b" /DecodeParms << /Predictor 15 /Colors %d /BitsPerComponent 8 /Columns %d >> "
            % (self.width, self.height, space, self.colors, self.width)
        )


def raster(png: bytes) -> Raster:
    """Read a canonical picture. Raises ValueError for a file that `canonical_picture` did not make."""
    if not png.startswith(_SIGNATURE):
        raise ValueError("no canonical picture")
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    if depth != 8 or kind not in (0, 2):
        raise ValueError("no canonical picture")
    rows, place = [], 8
    while place < len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        if png[place + 4 : place + 8] == b"IDAT":
            rows.append(png[place + 8 : place + 8 + length])
        place += length + 12
    return Raster(width, height, 1 if kind == 0 else 3, b"".join(rows))


class PictureUse:
    """The pictures that a PDF may draw, by SHA-256, and those that it did."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._used: dict[str, Raster] = {}

    def draw(self, sha256: str) -> tuple[str, Raster] | None:
        """The name and size of a picture for the page; None where there is none of that sum."""
        if sha256 not in self._used:
            png = self._pictures.get(sha256)
            if png is None:
                return None
            self._used[sha256] = raster(png)
        return f"P{list(self._used).index(sha256)}", self._used[sha256]

    def embedded(self) -> list[Raster]:
        """What was drawn, in the order of its names."""
        return list(self._used.values())
