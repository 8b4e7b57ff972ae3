"""The numbers of orders, as people and channels write them: how long, how they sort, and what of them can be seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from unicodedata import category

from orderdesk.domain.channels import MARKETPLACES, OWN_SHOP

LONGEST_NUMBER = 36
"""The longest number of an order, in characters: as many as a letter about several orders has room for."""


def visible(text: str) -> str:
    """The text without characters that nobody sees, with which two order numbers would look the same."""
    return "".join(letter for letter in text if category(letter) != "Cf").strip()


def told_apart(orders: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """How orders are called that stand together, of (channel, number): by the number, and behind one that another channel has
    too the marketplace, "1001 (Etsy)".
    """
    pairs = list(orders)
    had = Counter(number for _, number in pairs)
    return tuple(
        number if had[number] == 1 or channel == OWN_SHOP else f"{number} ({MARKETPLACES.get(channel, channel)})"
        for channel, number in pairs
    )


def number_key(order_number: str) -> str:
    """A key that sorts order numbers as people count: #999 before #1001."""

    def lengthened(digits: re.Match[str]) -> str:
        number = digits.group().lstrip("0")
        return f"{len(number):03d}{number}"

    return re.sub(r"[0-9]+", lengthened, order_number)
