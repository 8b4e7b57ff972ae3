"""What the law of a country has a letter say: what silence means, what else the customer may do, by when the refund comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from orderdesk.documents.wording import fill
from orderdesk.domain.packs import Remedy, Standing

Day = Callable[[date], str]
Standings = Mapping[str, Standing]


def what_silence_means(standings: Standings, words: Mapping[str, Any], day: Day) -> list[str]:
    """A sentence for all orders that may wait, or one for each where they differ; none where silence means nothing."""
    waiting = {number: each for number, each in standings.items() if each.remedy is Remedy.OPTIONS}
    said = {number: _sentences(each, words, day, of_silence=True) for number, each in waiting.items()}
    return _by_order(said, words, alone=len(waiting) == len(standings))


def what_the_law_adds(standings: Standings, words: Mapping[str, Any], day: Day) -> list[str]:
    """The other sentences: the rights that a deadline gives, or the refund and its last day; by order where they differ."""
    mixed = len({each.remedy for each in standings.values()}) > 1
    said = {}
    for number, each in standings.items():
        late = [words["late"]] if mixed and each.remedy is Remedy.REFUND else []
        said[number] = " ".join([*late, _sentences(each, words, day, of_silence=False)]).strip()
    return _by_order(said, words, alone=True)


def _by_order(said: Mapping[str, str], words: Mapping[str, Any], *, alone: bool) -> list[str]:
    texts = set(said.values())
    if alone and len(texts) == 1:
        return [text for text in texts if text]
    return [fill(words["of_order"], order=number, sentence=text) for number, text in said.items() if text]


def _sentences(standing: Standing, words: Mapping[str, Any], day: Day, *, of_silence: bool) -> str:
    days = {
        name: day(known) if known is not None else ""
        for name, known in (("answer_by", standing.answer_by), ("refund_by", standing.refund_by), ("deadline", standing.deadline))
    }
    keys = [key for key in standing.sentences if (key in words["of_silence"]) == of_silence]
    return " ".join(fill(words[key], **days) for key in keys)
