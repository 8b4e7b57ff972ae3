"""What customers who wait have answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orderdesk.storage.instants import parse_instant
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer as recorded; `words` are the customer's own, "" where they are not known."""

    kind: str
    words: str
    at: datetime


def answers_of_order(view: View, order_id: int) -> list[AnswerRow]:
    """The answers about an order, newest first."""
    rows = view.all("SELECT kind, words, at FROM answer WHERE order_id = ? ORDER BY id DESC", (order_id,))
    return [AnswerRow(kind, words, parse_instant(at)) for kind, words, at in rows]
