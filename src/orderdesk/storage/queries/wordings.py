"""The seller's own words in place of the usual ones."""

from __future__ import annotations

from orderdesk.storage.view import View


def own_words(view: View, language: str) -> dict[str, str]:
    """The seller's texts in a language by name ("opening.apology"); what is not in it is as usual."""
    return dict(view.all("SELECT name, text FROM wording WHERE language = ?", (language,)))


# Wherever a name may stand: one is often bought from once, and never entered at a product.
_SUPPLIERS = """
SELECT name FROM supplier UNION SELECT supplier FROM product WHERE supplier <> '' UNION SELECT supplier FROM purchase_order ORDER BY 1
"""


def suppliers(view: View) -> list[str]:
    """Every supplier's name in the shop, as it is written there."""
    return [name for (name,) in view.all(_SUPPLIERS)]
