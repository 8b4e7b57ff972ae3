"""What the law of a country has a letter say: what silence means, what else the customer may do, by when the refund comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from orderdesk.documents.letter import Reference
from orderdesk.documents.wording import fill
from orderdesk.domain.packs import Remedy, Standing, rule_behind

Day = Callable[[date], str]


def what_the_law_says(standings: Mapping[str, Standing], words: Mapping[str, Any], day: Day) -> list[str]:
    """The sentences for all orders, or those of each order where they differ."""
    mixed = _is_mixed(standings)
    said = {number: _sentences(each, words, day, mixed=mixed) for number, each in standings.items()}
    if len(set(said.values())) == 1:
        return [text for text in set(said.values()) if text]
    return [fill(words["of_order"], order=number, sentence=text) for number, text in said.items() if text]


def rules(
    standings: Mapping[str, Standing], words: Mapping[str, Any], day: Day, *, shop_country: str, buyer_country: str
) -> tuple[Reference, ...]:
    """Each sentence that the law asks for once, under the rule that it comes from and the day as of which that is known."""
    mixed = _is_mixed(standings)
    found = {}
    for standing in standings.values():
        for key in _ids(standing, mixed=mixed):
            if behind := rule_behind(key, shop_country, buyer_country):
                rule, as_of = behind
                found[_filled(key, standing, words, day)] = f"{rule} ({as_of.isoformat()})"
    return tuple(Reference(rule, sentence) for sentence, rule in found.items())


def _is_mixed(standings: Mapping[str, Standing]) -> bool:
    return len({each.remedy for each in standings.values()}) > 1


def _sentences(standing: Standing, words: Mapping[str, Any], day: Day, *, mixed: bool) -> str:
    return " ".join(_filled(key, standing, words, day) for key in _ids(standing, mixed=mixed))


def _ids(standing: Standing, *, mixed: bool) -> tuple[str, ...]:
    """What the law has the letter say; beside orders that may wait, also that this one may not."""
    return (*(("late",) if mixed and standing.remedy is Remedy.REFUND else ()), *standing.sentences)


def _filled(key: str, standing: Standing, words: Mapping[str, Any], day: Day) -> str:
    days = {"answer_by": standing.answer_by, "refund_by": standing.refund_by, "deadline": standing.deadline}
    return fill(words[key], **{name: day(known) if known is not None else "" for name, known in days.items()})
