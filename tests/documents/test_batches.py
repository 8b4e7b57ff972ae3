"""Many letters in one file: each as it is alone, and no dearer than what is new in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.render import render_batch, render_letter
from orderdesk.documents.text import line_of
from tests.documents.cases import DANA, apology


def letter_to(name: str, count: int = 2) -> Letter:
    return compose_apology(apology(count, customer=replace(DANA, name=name)))


def drawn(pdf: bytes) -> Iterator[bytes]:
    """The operators of each page."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        yield from [page.Contents.read_bytes() for page in opened.pages]


def test_a_letter_among_others_is_drawn_as_it_is_alone() -> None:
    letters = [letter_to(f"Customer {count}", count) for count in (1, 3, 2, 1, 3, 5, 2)]
    alone = [page for letter in letters for page in drawn(render_letter(letter))]
    assert list(drawn(render_batch(letters))) == alone


def test_of_a_further_letter_only_its_own_words_are_set() -> None:
    first, second = letter_to("Dana Whitfield"), letter_to("Ada Unlike")
    render_batch([first])
    before = line_of.cache_info().misses
    render_batch([first, second])
    assert line_of.cache_info().misses - before == 3  # the address, the greeting, and whom the coupon is made out to
