"""Coupon codes: what a check symbol must catch and what typing is forgiven."""

from __future__ import annotations

import random
import secrets

import pytest

from orderdesk.domain.coupons import ALPHABET, check_symbol, new_code, parse_code, printed
from orderdesk.domain.errors import CouponError

VECTORS = ("K7QF-9M2X-4TBV", "3ZN8-WQ6D-HV5X", "T2CJ-70XE-9KM1")
SEED = 20261117


def _random_codes(count: int) -> list[str]:
    draw = random.Random(SEED)
    return [new_code(draw.choice) for _ in range(count)]


@pytest.mark.parametrize("code", VECTORS)
def test_published_codes_are_whole(code: str) -> None:
    assert printed(parse_code(code)) == code
    assert check_symbol(code.replace("-", "")[:-1]) == code[-1]


def test_the_alphabet_has_no_letter_that_is_misread() -> None:
    assert len(ALPHABET) == 32 == len(set(ALPHABET))
    assert not set("ILOU") & set(ALPHABET)


def _is_caught(mistyped: str) -> bool:
    return check_symbol(mistyped[:-1]) != mistyped[-1]


@pytest.fixture(scope="module")
def codes() -> list[str]:
    return _random_codes(10_000)


def test_every_single_substitution_is_caught(codes: list[str]) -> None:
    """Each symbol of each code as each other symbol: 3.7 million mistyped codes."""
    missed = [
        mistyped
        for code in codes
        for place, symbol in enumerate(code)
        for mistyped in [code[:place] + other + code[place + 1 :] for other in ALPHABET if other != symbol]
        if not _is_caught(mistyped)
    ]
    assert missed == []


def test_every_transposition_of_neighbors_is_caught(codes: list[str]) -> None:
    swapped = [
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for code in codes
        for place in range(11)
        if code[place] != code[place + 1]
    ]
    assert len(swapped) > 100_000
    assert [mistyped for mistyped in swapped if not _is_caught(mistyped)] == []


def test_every_twin_error_is_caught() -> None:
    for code in _random_codes(200):
        for place in range(11):
            if code[place] == code[place + 1]:
                for other in set(ALPHABET) - {code[place]}:
                    mistyped = code[:place] + other * 2 + code[place + 2 :]
                    assert check_symbol(mistyped[:-1]) != mistyped[-1], (code, mistyped)


@pytest.mark.parametrize(
    "typed",
    ["K7QF-9M2X-4TBV", "k7qf-9m2x-4tbv", "  K7QF9M2X4TBV\n", "K7QF 9M2X 4TBV", "k7-qf 9m–2x 4t‐bv", "K7QF‑9M2X‑4TBV"],
)
def test_case_spaces_and_dashes_are_forgiven(typed: str) -> None:
    assert parse_code(typed) == "K7QF9M2X4TBV"


@pytest.mark.parametrize("typed", ["T2CJ-7OXE-9KM1", "t2cj-7oxe-9kml", "T2CJ-70XE-9KMI"])
def test_look_alikes_are_forgiven(typed: str) -> None:
    assert parse_code(typed) == "T2CJ70XE9KM1"


@pytest.mark.parametrize("typed", ["U7QF-9M2X-4TBV", "K7QF-9M2X-4TB!", "K7QF-9M2X-4TBÉ"])
def test_a_symbol_that_never_occurs_is_named(typed: str) -> None:
    with pytest.raises(CouponError, match="never occurs"):
        parse_code(typed)


@pytest.mark.parametrize("typed", ["", "-", "K7QF-9M2X-4TB", "K7QF-9M2X-4TBVV"])
def test_a_code_of_another_length_is_none(typed: str) -> None:
    with pytest.raises(CouponError, match="not 12"):
        parse_code(typed)


def test_a_mistyped_code_says_so() -> None:
    with pytest.raises(CouponError, match="mistyped"):
        parse_code("K7QF-9M2X-4TBW")


def test_fresh_codes_are_whole_and_differ() -> None:
    codes = {new_code(secrets.choice) for _ in range(2000)}
    assert len(codes) == 2000
    assert all(parse_code(code) == code for code in codes)


def test_rude_words_are_drawn_again() -> None:
    queue = iter("SEX" + "0" * 8 + "K7QF9M2X4TB")
    assert new_code(lambda _: next(queue)) == "K7QF9M2X4TBV"
