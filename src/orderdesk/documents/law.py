"""What the law of a country has a letter say: what silence means, what else the customer may do, by when the refund comes."""

from __future__ import annotations

from orderdesk.documents.case import Case
from orderdesk.documents.letter import Reference
from orderdesk.documents.wording import fill, priced
from orderdesk.domain.packs import Remedy, Standing, rule_behind


def what_the_law_says(case: Case) -> list[str]:
    """The sentences that hold for all orders once, and those of each order where they differ."""
    said = {number: [_filled(key, number, case) for key in _ids(each, case)] for number, each in case.facts.standings.items()}
    first = next(iter(said.values()), [])
    shared = [sentence for sentence in first if all(sentence in sentences for sentences in said.values())]
    own = {number: " ".join(each for each in sentences if each not in shared) for number, sentences in said.items()}
    of_order = case.words["law"]["of_order"]
    differing = [fill(of_order, order=number, sentence=text) for number, text in own.items() if text]
    return [*shared, *differing] if shared[:1] == first[:1] else [*differing, *shared]


def rules(case: Case) -> tuple[Reference, ...]:
    """Each sentence that the law asks for once, under the rule that it comes from and the day as of which that is known."""
    found = {}
    for number, standing in case.facts.standings.items():
        for key in _ids(standing, case):
            if behind := rule_behind(key, case.facts.shop.country, case.facts.customer.country):
                rule, as_of = behind
                found[_filled(key, number, case)] = f"{rule} ({as_of.isoformat()})"
    return tuple(Reference(rule, sentence) for sentence, rule in found.items())


def _ids(standing: Standing, case: Case) -> tuple[str, ...]:
    """What the law has the letter say; beside orders that may wait, also that this one may not."""
    late = ("late",) if case.is_mixed and standing.remedy is Remedy.REFUND else ()
    return (*late, *standing.sentences, *(standing.never.sentences if standing.never else ()))


def _filled(key: str, number: str, case: Case) -> str:
    standing, back = case.facts.standings[number], case.facts.given_back.get(number)
    if standing.never and key in standing.never.sentences:
        standing = standing.never
    elif key == "silence" and standing.never:
        key = "silence_some"
    days = {"answer_by": standing.answer_by, "refund_by": standing.refund_by, "deadline": standing.deadline}
    known = {name: case.day(day) if day is not None else "" for name, day in days.items()}
    if key == "refund" and back is not None:  # among the options is what may be canceled, not this
        known["refund"] = priced(back.amount, case.locale)
        key = "refund_of_untaxed" if back.lacks_tax else "refund_of"
    return fill(case.words["law"][key], **known)
