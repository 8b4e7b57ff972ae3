"""The QR code against another library's, module by module."""

from __future__ import annotations

import segno
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.documents.codes import QR_MODULES, qr
from orderdesk.domain.coupons import ALPHABET


def drawn(boxes: str) -> list[bytearray]:
    """The boxes as rows of modules, dark ones 1."""
    rows = [bytearray(QR_MODULES) for _ in range(QR_MODULES)]
    numbers = [int(number) for number in boxes.replace("re", "").split()]
    for x, y, width, height in zip(numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=True):
        assert height == 1
        rows[-y - 1][x : x + width] = b"\x01" * width
    return rows


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12))
def test_every_code_has_the_modules_that_another_library_gives_it(code: str) -> None:
    assert drawn(qr(code)) == list(segno.make_qr(code, error="q", version=1, mask=3, boost_error=False).matrix)
