"""The numbers of orders, as people and channels write them: how long, how they sort, and what of them can be seen."""

from __future__ import annotations

import re
from unicodedata import category

LONGEST_NUMBER = 36
"""The longest number of an order, in characters: as many as a letter about several orders has room for."""


def visible(text: str) -> str:
    """The text without characters that nobody sees, with which two order numbers would look the same."""
    return "".join(letter for letter in text if category(letter) != "Cf").strip()


def number_key(order_number: str) -> str:
    """A key that sorts order numbers as people count: #999 before #1001."""

    def lengthened(digits: re.Match[str]) -> str:
        number = digits.group().lstrip("0")
        return f"{len(number):03d}{number}"

    return re.sub(r"[0-9]+", lengthened, order_number)
