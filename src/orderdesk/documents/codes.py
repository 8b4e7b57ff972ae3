"""The coupon code as Code 128 bars and as a QR code, both as boxes counted in modules."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate, islice
from struct import unpack

import zxingcpp

# Widths of bars and spaces for the symbols of Code 128 (ISO/IEC 15417), six and a space each, and of the stop pattern.
_PATTERNS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 "
    "123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 "
    "131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 "
    "213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 "
    "141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 "
    "124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 "
    "411131 211412 211214 211232"
)
_STOP = "2331112"
_START_B = 104
_DARK = re.compile(b"\x00+")
QR_MODULES = 21
_QR_PART = 7
_QR_PARTS = QR_MODULES**2 // _QR_PART
_SYMBOL_MODULES = 11


def bar_modules(code: str) -> int:
    """How many modules wide the bars of the code are: 11 for each symbol, the start and the check, 13 for the stop."""
    return _SYMBOL_MODULES * (len(code) + 2) + 13


@lru_cache(maxsize=64)
def bars(code: str, height: float) -> str:
    """Code 128 (set B) of the code: its bars as PDF boxes `height` modules high."""
    values = [ord(symbol) - 32 for symbol in code]
    check = (_START_B + sum(place * value for place, value in enumerate(values, 1))) % 103
    patterns = [_PATTERNS[7 * value : 7 * value + 6] for value in (_START_B, *values, check)]
    return " ".join(_symbol(pattern, _SYMBOL_MODULES * place, height) for place, pattern in enumerate((*patterns, _STOP)))


@lru_cache(maxsize=4_000)
def _symbol(pattern: str, x: int, height: float) -> str:
    """The three or four bars of one symbol that begins at x; all codes are put together from these."""
    widths = [int(width) for width in pattern]
    starts = accumulate(widths, initial=x)
    bars_and_spaces = zip(starts, widths, strict=False)
    return " ".join(f"{start} 0 {width} {height:.3f} re" for start, width in islice(bars_and_spaces, None, None, 2))


@lru_cache(maxsize=64)
def qr(code: str) -> str:
    """The QR code (version 1, quartile correction) as PDF boxes of dark modules side by side; y counts downward from 0."""
    # A fixed mask is valid for any content and spares trying all eight.
    made = zxingcpp.create_barcode(code, zxingcpp.QRCode, ec_level="Q", version=1, data_mask=3)
    cells = bytes(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[call-overload]  # it is a buffer
    return " ".join(filter(None, map(_third, range(_QR_PARTS), unpack(f"{_QR_PART}s" * _QR_PARTS, cells))))


@cache
def _third(place: int, cells: bytes) -> str:
    """The runs of dark modules of a third of a row; few enough are possible that most codes find theirs made already."""
    row, third = divmod(place, QR_MODULES // _QR_PART)
    return _runs(_QR_PART * third, cells).replace("y", str(-row - 1))


@cache
def _runs(x: int, cells: bytes) -> str:
    """The runs of dark modules of a third that begins at x, in a row y."""
    return " ".join(f"{x + run.start()} y {len(run[0])} 1 re" for run in _DARK.finditer(cells))
