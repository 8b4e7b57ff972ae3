"""Random histories of a shop, compared after every step with a slow model that is written only from the rules.

`--hypothesis-profile=nightly` tries many more histories.
"""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.services.day_histories import DayHistories
from tests.services.kit_histories import KitHistories
from tests.services.letter_histories import LetterHistories
from tests.services.older_steps import OlderSteps
from tests.services.supply_histories import SupplyHistories
from tests.services.unit_histories import UnitHistories


class WholeHistories(UnitHistories, LetterHistories):
    """Units and what customers are told of them."""


# Of everything together, and more often of what letters, deliveries and kits do, and of steps taken back from among others.
_MACHINES = (WholeHistories, LetterHistories, SupplyHistories, KitHistories, DayHistories, OlderSteps)


@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("machine", _MACHINES)
def test_every_history_is_as_the_rules_say(machine: type[RuleBasedStateMachine]) -> None:
    few = settings().max_examples // 2  # a history is forty steps, and all of the rules after each
    run_state_machine_as_test(machine, settings=settings(stateful_step_count=40, max_examples=few))  # type: ignore[no-untyped-call]
