"""Keeping the shop's pictures: each once, named by what it is."""

from __future__ import annotations

import hashlib

from orderdesk.storage.transaction import Transaction


def keep_picture(transaction: Transaction, content: bytes) -> None:
    """Keep the picture under its SHA-256."""
    key = hashlib.sha256(content).hexdigest()
    transaction.execute("INSERT INTO picture (sha256, content) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING", (key, content))
