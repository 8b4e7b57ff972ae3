"""The seller's own words in place of the usual ones."""

from __future__ import annotations

from orderdesk.storage.view import View


def own_words(view: View, language: str) -> dict[str, str]:
    """The seller's texts in a language by name ("opening.apology"); what is not in it is as usual."""
    return dict(view.all("SELECT name, text FROM wording WHERE language = ?", (language,)))
