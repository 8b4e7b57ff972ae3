"""The tone check on sentences that nobody tuned it by: no worse than measured."""

from __future__ import annotations

import pytest

from tests.domain.tone_figures import Labeled, agreement, labeled_sentences, overall

# What was measured; a change of the rules may raise the first and lower the second, by looking at other sentences than these.
RECALL, FALSE_ALARMS = 0.90, 0.05


@pytest.fixture(scope="module")
def unseen() -> list[Labeled]:
    return labeled_sentences("sentences_unseen.json")


def test_there_are_enough_sentences_and_readers_who_agree(unseen: list[Labeled]) -> None:
    assert len({each.text for each in unseen}) == len(unseen) == 196
    seen = labeled_sentences("sentences_seen.json")
    assert not {each.text for each in unseen} & {each.text for each in seen}
    assert all(agreement(read) > 0.98 for read in (seen, unseen))


def test_the_check_is_no_worse_on_unseen_sentences_than_it_was(unseen: list[Labeled]) -> None:
    found = overall(unseen)
    assert found.recall >= RECALL
    assert found.false_alarms <= FALSE_ALARMS
