"""The tone check on sentences that nobody tuned it by: as good as it is to be."""

from __future__ import annotations

import pytest

from orderdesk.domain.tone.reasons import REASONS
from tests.domain.tone_figures import RULES, SEEN, UNSEEN, Labeled, agreement, figures, labeled_sentences, overall
from tests.domain.whole_letters import LETTERS, Whole
from tests.domain.whole_letters import RULES as WHOLE_RULES

# The goal, of all marks together; false alarms also of each rule by itself. A change of the rules may mend what is found by
# looking at other sentences than the unseen ones.
RECALL, FALSE_ALARMS = 0.90, 0.05


@pytest.fixture(scope="module")
def unseen() -> list[Labeled]:
    return labeled_sentences(UNSEEN)


def test_there_are_enough_sentences_and_readers_who_agree(unseen: list[Labeled]) -> None:
    assert len({each.text for each in unseen}) == len(unseen) == 267
    seen = [labeled_sentences(name) for name in SEEN]
    assert not {each.text for each in unseen} & {each.text for read in seen for each in read}
    assert all(agreement(read) > 0.98 for read in (*seen, unseen))


@pytest.mark.parametrize("name", [SEEN[1], UNSEEN])
def test_the_check_finds_nine_of_ten_faults_and_lets_clean_sentences_pass(name: str) -> None:
    labeled = labeled_sentences(name)
    found = overall(labeled)
    assert found.recall >= RECALL
    assert found.false_alarms <= FALSE_ALARMS
    assert [mark for mark in RULES if figures(labeled, mark).false_alarms > FALSE_ALARMS] == []
    assert [mark for mark in ("sales_talk", "credit_for_refund") if figures(labeled, mark).recall < RECALL] == []


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: f"{letter.rule}-{'found' if letter.faulty else 'passes'}")
def test_rules_of_whole_letters_find_their_fault_and_nothing_else(letter: Whole) -> None:
    assert (letter.rule in letter.found()) == letter.faulty


def test_every_rule_has_figures_or_whole_letters_of_both_sorts() -> None:
    assert {(each.rule, each.faulty) for each in LETTERS} == {(rule, faulty) for rule in WHOLE_RULES for faulty in (True, False)}
    assert set(REASONS) == {*RULES.values(), *WHOLE_RULES}
