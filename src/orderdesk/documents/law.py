"""What the law of a country has a letter say: what silence means, what else the customer may do, by when the refund comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from orderdesk.documents.wording import fill
from orderdesk.domain.packs import Remedy, Standing

Day = Callable[[date], str]


def what_the_law_says(standings: Mapping[str, Standing], words: Mapping[str, Any], day: Day) -> list[str]:
    """The sentences for all orders, or those of each order where they differ."""
    mixed = len({each.remedy for each in standings.values()}) > 1
    said = {number: _sentences(each, words, day, mixed=mixed) for number, each in standings.items()}
    if len(set(said.values())) == 1:
        return [text for text in set(said.values()) if text]
    return [fill(words["of_order"], order=number, sentence=text) for number, text in said.items() if text]


def _sentences(standing: Standing, words: Mapping[str, Any], day: Day, *, mixed: bool) -> str:
    days = {
        name: day(known) if known is not None else ""
        for name, known in (("answer_by", standing.answer_by), ("refund_by", standing.refund_by), ("deadline", standing.deadline))
    }
    late = ["late"] if mixed and standing.remedy is Remedy.REFUND else []
    return " ".join(fill(words[key], **days) for key in (*late, *standing.sentences))
