"""What could be sold in a product's place: alike by its words, of about its price, and abundantly there."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.money import Money
from orderdesk.domain.products import words_of_title
from orderdesk.storage.search import in_plain_letters
from orderdesk.storage.view import View

_MOST_SHOWN, _LOOKED_AT = 3, 24
# Enough for so many units beyond what everybody else waits for; what costs less than half or more than twice is another thing.
_LIKE_IT = """
SELECT p.sku, p.title, p.price_minor, p.currency, p.on_hand - p.open_demand
FROM product_search s JOIN product p ON p.id = s.rowid
WHERE product_search MATCH ? AND p.id <> ? AND p.tracked = 1 AND p.discontinued = 0 AND p.on_hand - p.open_demand >= ?
AND (p.price_minor IS NULL OR p.currency IS NOT ? OR 2 * p.price_minor >= ? AND p.price_minor <= 2 * ?)
ORDER BY s.rank, p.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A product in plenty: `free` units that nobody waits for; the price is None where it is not known."""

    sku: str
    title: str
    price_minor: int | None
    currency: str | None
    free: int


def alternatives(view: View, product_id: int, title: str, units: int, price: Money | None) -> list[Alternative]:
    """The products most like that one of which so many units are free, those that share half of the words of either title.

    Any price is like one that is not known.
    """
    words = _words(title)
    if not words:
        return []
    near = (None, None, None) if price is None else (price.currency, price.minor, price.minor)
    asked = (" OR ".join(f'"{in_plain_letters(word)}"' for word in words), product_id, units, *near, _LOOKED_AT)
    found = (Alternative(*row) for row in view.all(_LIKE_IT, asked))
    return [each for each in found if _is_alike(words, _words(each.title))]


def best_alternatives(view: View, product_id: int, title: str, units: int, price: Money | None) -> list[Alternative]:
    """The few of them that the seller chooses from."""
    return alternatives(view, product_id, title, units, price)[:_MOST_SHOWN]


def _words(title: str) -> list[str]:
    return list(dict.fromkeys(words_of_title(title.lower())))


def _is_alike(words: list[str], others: list[str]) -> bool:
    return 2 * len({*words} & {*others}) >= min(len(words), len(others))
