"""What could be sold in a product's place: alike by its words, and abundantly there."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.products import words_of_title
from orderdesk.storage.view import View

_MOST = 3
# Enough for so many units beyond what everybody else waits for.
_LIKE_IT = """
SELECT p.sku, p.title, p.price_minor, p.currency, p.on_hand - p.open_demand
FROM product_search s JOIN product p ON p.id = s.rowid
WHERE product_search MATCH ? AND p.id <> ? AND p.tracked = 1 AND p.discontinued = 0 AND p.on_hand - p.open_demand >= ?
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


def alternatives(view: View, product_id: int, title: str, units: int) -> list[Alternative]:
    """The products most like that one of which so many units are free."""
    words = dict.fromkeys(words_of_title(title))
    if not words:
        return []
    asked = (" OR ".join(f'"{word}"' for word in words), product_id, units, _MOST)
    return [Alternative(*row) for row in view.all(_LIKE_IT, asked)]
