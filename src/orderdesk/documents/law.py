"""What the law of a country has a letter say: what silence means, what else the customer may do, by when the refund comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from orderdesk.documents.case import Case
from orderdesk.documents.letter import Reference
from orderdesk.documents.wording import fill, priced
from orderdesk.domain.days import spelled_out
from orderdesk.domain.packs import Remedy, Standing, rule_behind

# Behind the dot after a word: the one after a number may be that of a day ("10. Dezember").
_SENTENCE_END = re.compile(r"(?<=[^\W\d]{3}\.) ")
_DAYS = ("answer_by", "refund_by", "deadline")
# What stands for a sentence about a refund where nothing is left to refund.
_NOTHING_LEFT = {
    **dict.fromkeys(("refund", "refund_of", "refund_of_untaxed"), "refund_none"),
    **{key: f"{key}_none" for key in ("us_canceled", "us_renewed", "never")},
}


def what_the_law_says(case: Case) -> list[str]:
    """The sentences that hold for all orders once, and those of each order where they differ."""
    said = {number: [_filled(key, number, case) for key in _ids(each, case)] for number, each in case.facts.standings.items()}
    first = next(iter(said.values()), [])
    shared = [sentence for sentence in first if all(sentence in sentences for sentences in said.values())]
    own = {number: " ".join(each for each in sentences if each not in shared) for number, sentences in said.items()}
    of_order = case.words["law"]["of_order"]
    differing = [fill(of_order, order=number, sentence=text) for number, text in own.items() if text]
    return [*shared, *differing] if shared[:1] == first[:1] else [*differing, *shared]


def in_short(case: Case) -> str:
    """The same for a message, which has little room: each sentence once for all orders that it is about, their days behind it."""
    together: dict[tuple[str | bool, ...], list[str]] = {}
    for number, each in case.facts.standings.items():
        alone = (number,) if each.never or number in case.facts.given_back else ()
        together.setdefault((*_ids(each, case), *alone, case.was_free(number)), []).append(number)
    said = {", ".join(numbers): _of_orders(numbers, case) for numbers in together.values()}
    if len(said) == 1:
        return " ".join(next(iter(said.values())))
    of_order, end = case.words["law"]["of_order"], _shared_end(said.values())
    own = {numbers: " ".join(sentences[: len(sentences) - len(end)]) for numbers, sentences in said.items()}
    return " ".join([*(fill(of_order, order=numbers, sentence=text) for numbers, text in own.items() if text), *end])


def _shared_end(said: Iterable[Sequence[str]]) -> list[str]:
    """The sentences with which all of them end."""
    backwards = zip(*map(reversed, said), strict=False)
    return [sentence for sentence, *_ in takewhile(lambda each: len(set(each)) == 1, backwards)][::-1]


def _of_orders(numbers: Sequence[str], case: Case) -> list[str]:
    """What the law says of orders alike, with the days in which they differ listed by order."""
    words, standings = case.words["law"], [case.facts.standings[number] for number in numbers]
    keys = _ids(standings[0], case)
    differing = [
        name
        for name in _DAYS
        if len({getattr(each, name) for each in standings}) > 1
        and any(f"{{{name}}}" in words[_text(key, numbers[0], case)] for key in keys)
    ]
    said = [sentence for key in keys for sentence in _SENTENCE_END.split(_filled(key, numbers[0], case, listed=differing))]
    for number, each in zip(numbers, standings, strict=True) if differing else ():
        days = "; ".join(fill(words[f"listed_{name}"], date=case.day(getattr(each, name))) for name in differing)
        said.append(fill(words["of_order"], order=number, sentence=f"{days}."))
    return said


def rules(case: Case) -> tuple[Reference, ...]:
    """Each sentence that the law asks for once, under the rule that it comes from and the day as of which that is known."""
    found = {}
    for number, standing in case.facts.standings.items():
        for key in _ids(standing, case):
            if behind := rule_behind(key, case.facts.shop.country, case.facts.customer.country):
                rule, as_of = behind
                found[_filled(key, number, case)] = f"{rule}, as of {spelled_out(as_of)}"
    return tuple(Reference(rule, sentence) for sentence, rule in found.items())


def _ids(standing: Standing, case: Case) -> tuple[str, ...]:
    """What the law has the letter say; beside orders that may wait, also that this one may not."""
    late = ("late",) if case.is_mixed and standing.remedy is Remedy.REFUND else ()
    return (*late, *standing.sentences, *(standing.never.sentences if standing.never else ()))


def _filled(key: str, number: str, case: Case, listed: Sequence[str] = ()) -> str:
    """A sentence about an order; `listed` are the days that stand elsewhere."""
    standing, back = case.facts.standings[number], case.facts.given_back.get(number)
    if standing.never and key in standing.never.sentences:
        standing = standing.never
    elif key == "silence" and standing.never:
        key = "silence_some"
    days = {name: getattr(standing, name) for name in _DAYS}
    known = {name: case.day(day) if day is not None else "" for name, day in days.items()}
    known |= dict.fromkeys(listed, case.words["law"]["listed"])
    if key == "refund" and back is not None:  # among the options is what may be canceled, not this
        known["refund"] = priced(back.amount, case.locale)
        key = "refund_of_untaxed" if back.lacks_tax else "refund_of"
    return fill(case.words["law"][_text(key, number, case)], **known)


def _text(key: str, number: str, case: Case) -> str:
    """The key of a sentence in its form for an order of which nothing is left to refund, where it has one."""
    found = _NOTHING_LEFT.get(key, key) if case.pays_nothing_back(number) else key
    return "refund_free" if found == "refund_none" and case.was_free(number) else found
