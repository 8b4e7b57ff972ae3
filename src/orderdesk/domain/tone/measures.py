"""Measures of English: words, syllables, how hard a text reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_YOU = frozenset(("you", "your", "yours", "yourself"))
_WE = frozenset(("we", "our", "ours", "us", "i", "my", "me", "mine"))


def words_of(text: str) -> list[str]:
    """The words of a text, without figures."""
    return _WORD.findall(text)


def is_about_you(word: str) -> bool:
    return _stem(word) in _YOU


def is_about_us(word: str) -> bool:
    return _stem(word) in _WE


def grade(words: Sequence[str], sentences: int) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975): the years of American school that a text asks for."""
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / max(sentences, 1) + 11.8 * syllables / len(words) - 15.59


def _stem(word: str) -> str:
    return re.split("['’]", word.lower())[0]


def _syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    low = word.lower()
    count = len(_VOWELS.findall(low))
    if low.endswith("e") and not low.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(count, 1)
