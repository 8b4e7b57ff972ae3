"""Keeping the seller's own words."""

from __future__ import annotations

from orderdesk.storage.transaction import Transaction


def keep_words(transaction: Transaction, language: str, name: str, text: str) -> None:
    transaction.execute(
        "INSERT INTO wording (language, name, text) VALUES (?, ?, ?) ON CONFLICT (language, name) DO UPDATE SET text = excluded.text",
        (language, name, text),
    )


def drop_words(transaction: Transaction, language: str, name: str) -> None:
    """The usual words again."""
    transaction.execute("DELETE FROM wording WHERE language = ? AND name = ?", (language, name))
