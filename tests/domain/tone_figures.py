"""How well the tone check does on sentences labeled by readers who did not know its rules.

python -m tests.domain.tone_figures

`sentences_seen.json` are those that rules were mended by, and `sentences_once_unseen.json` those by which they were measured
before; `sentences_unseen.json` nobody looks at, so that only their figures say anything. These (but for four greetings) were
written and labeled before their writer read a rule; where one can read a sentence both ways, `first` and `second` differ.
Their writer mended rules afterwards, by others and without reading these again, but may have remembered some: a stranger's
sentences may fare a little worse.
Recall counts what every reader marked; a false alarm is a finding where none did. The rules that look at a letter as a whole
have letters of their own, `whole_letters.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orderdesk.domain.tone.check import check_letter, own_words
from orderdesk.domain.tone.rules import APOLOGY
from tests.domain import whole_letters

SEEN = ("sentences_seen.json", "sentences_once_unseen.json")
UNSEEN = "sentences_unseen.json"
# What the readers marked, and the rule that is to find it.
RULES = {
    "apology": "T01",
    "overdone": "T03",
    "non_apology": "T04",
    "blames_others": "T05",
    "blames_customer": "T06",
    "negative": "T07",
    "promise": "T08",
    "cliche": "T09",
    "vague_time": "T10",
    "sales_talk": "T11",
    "credit_for_refund": "T12",
    "shouting": "T13",
    "placeholder": "T15",
    "numeric_date": "T16",
    "impersonal": "T18",
}


@dataclass(frozen=True, slots=True)
class Labeled:
    """A sentence and what each of the two readers marked."""

    text: str
    first: frozenset[str]
    second: frozenset[str]

    def is_marked(self, mark: str) -> bool | None:
        """What the readers agree on; None where they differ."""
        return mark in self.first if (mark in self.first) == (mark in self.second) else None


@dataclass(frozen=True, slots=True)
class Figures:
    """How a rule does: of so many marked sentences it finds some, of so many clean ones it alarms at some."""

    marked: int
    found: int
    clean: int
    alarms: int

    @property
    def recall(self) -> float:
        return self.found / self.marked if self.marked else 1.0

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.clean if self.clean else 0.0


def labeled_sentences(name: str) -> list[Labeled]:
    rows = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return [Labeled(row["text"], frozenset(row["first"]), frozenset(row["second"])) for row in rows]


def found_marks(text: str) -> set[str]:
    """What the check finds in a sentence, as the readers' marks."""
    ids = {finding.id for finding in check_letter("", text)}
    marks = {mark for mark, rule in RULES.items() if rule in ids} - {"apology"}
    return marks | ({"apology"} if APOLOGY.search(own_words(text)) else set())


def figures(sentences: list[Labeled], mark: str, find: Callable[[str], set[str]] = found_marks) -> Figures:
    marked = [each for each in sentences if each.is_marked(mark)]
    clean = [each for each in sentences if each.is_marked(mark) is False]
    return Figures(
        len(marked),
        sum(mark in find(each.text) for each in marked),
        len(clean),
        sum(mark in find(each.text) for each in clean),
    )


def overall(sentences: list[Labeled]) -> Figures:
    """All rules together: marks found of those to find, and clean sentences (no mark by anybody) at which any rule alarms."""
    each = [figures(sentences, mark) for mark in RULES]
    spotless = [sentence for sentence in sentences if not sentence.first | sentence.second]
    return Figures(
        sum(one.marked for one in each),
        sum(one.found for one in each),
        len(spotless),
        sum(bool(found_marks(sentence.text)) for sentence in spotless),
    )


def agreement(sentences: list[Labeled]) -> float:
    """In how many of the marks, given or not, the readers agree."""
    return sum(each.is_marked(mark) is not None for each in sentences for mark in RULES) / (len(sentences) * len(RULES))


def of_whole_letters(rule: str) -> Figures:
    """How a rule of whole letters does on those that were written for it."""
    letters = [each for each in whole_letters.LETTERS if each.rule == rule]
    hits = [rule in each.found() for each in letters]
    faulty = [each.faulty for each in letters]
    found = sum(hit for hit, wrong in zip(hits, faulty, strict=True) if wrong)
    return Figures(sum(faulty), found, len(letters) - sum(faulty), sum(hits) - found)


if __name__ == "__main__":
    for name in (*SEEN, UNSEEN):
        labeled = labeled_sentences(name)
        print(f"{name}: {len(labeled)} sentences, the readers agree in {agreement(labeled):.1%} of the marks")
        for mark, rule in RULES.items():
            one = figures(labeled, mark)
            print(f"  {rule} {mark:18} {one.found:3} of {one.marked:3} found, {one.alarms:2} false alarms in {one.clean}")
        whole = overall(labeled)
        print(f"  together: recall {whole.recall:.3f}; an alarm at {whole.alarms} of {whole.clean} sentences without any mark")
    print("whole letters, written with the rules at hand: they show that a rule works, not how well")
    for rule in whole_letters.RULES:
        one = of_whole_letters(rule)
        print(f"  {rule} {one.found:3} of {one.marked:3} found, {one.alarms:2} false alarms in {one.clean}")
