"""Random histories of a shop, compared after every step with a slow model that is written only from the rules.

`--hypothesis-profile=nightly` tries many more histories.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.services.day_histories import DayHistories
from tests.services.kit_histories import KitHistories
from tests.services.letter_histories import LetterHistories
from tests.services.older_steps import OlderSteps
from tests.services.supply_histories import SupplyHistories
from tests.services.unit_histories import UnitHistories


class WholeHistories(UnitHistories, LetterHistories):
    """Units and what customers are told of them."""


# Of everything together, and more often of what letters, deliveries and kits do, and of steps taken back from among others.
TestHistories = pytest.mark.timeout(4 * 3600)(WholeHistories.TestCase)
TestLetters = pytest.mark.timeout(4 * 3600)(LetterHistories.TestCase)
TestSupply = pytest.mark.timeout(4 * 3600)(SupplyHistories.TestCase)
TestKits = pytest.mark.timeout(4 * 3600)(KitHistories.TestCase)
TestDays = pytest.mark.timeout(4 * 3600)(DayHistories.TestCase)
TestOlderSteps = pytest.mark.timeout(4 * 3600)(OlderSteps.TestCase)
for machine in (TestHistories, TestLetters, TestSupply, TestKits, TestDays, TestOlderSteps):
    machine.settings = settings(stateful_step_count=40)
