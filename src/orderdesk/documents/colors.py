"""Colors as sRGB has them, and the shop's accent color, dark enough to be read on paper."""

from __future__ import annotations

from functools import lru_cache

_LEAST_CONTRAST = 4.5
_PLAIN = "#1F4F3C"


@lru_cache(maxsize=64)
def readable(color: str) -> str:
    """The color, darkened step by step until its contrast with white paper is at least 4.5:1.

    Anything that is not #RRGGBB becomes the default accent.
    """
    try:
        channels = [int(color[start : start + 2], 16) for start in (1, 3, 5)]
    except ValueError:
        return _PLAIN
    if len(color) != 7 or color[0] != "#":
        return _PLAIN
    while contrast_with_white(channels) < _LEAST_CONTRAST:
        channels = [int(channel * 0.95) for channel in channels]
    return "#" + "".join(f"{channel:02X}" for channel in channels)


def contrast_with_white(channels: list[int]) -> float:
    """The WCAG contrast ratio of red, green and blue (0 to 255) against white, 1 to 21."""
    red, green, blue = (linear(channel / 255) for channel in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def linear(value: float) -> float:
    """How much light a channel of sRGB stands for; both are 0 to 1."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
