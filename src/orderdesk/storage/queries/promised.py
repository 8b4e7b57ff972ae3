"""The day that papers name for what follows: one that its customer was given before, or will be, so that word of another one follows."""

from __future__ import annotations

import json
from datetime import date

from orderdesk.domain.cases import day_that_holds
from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries.given import DAY_TOLD, READY_LINE

# Of a line l of the order o: the day that its customer was told and the seller's own in the letter that lies ready.
DAYS = f"json_array(json({DAY_TOLD}), (SELECT rl.chosen_on {READY_LINE}))"


def day_to_repeat(days: str, supply: date | None, today: date) -> date | None:
    """Of DAYS of a line the one that was told, while it holds: its `supply` comes by then, and the seller has no later day for it."""
    told, ready = json.loads(days)
    given, chosen = map(parse_day, told or (None, None))
    return day_that_holds(given, parse_day(ready) or supply, today, chosen=chosen is not None)


def day_to_be_told(days: str, supply: date | None, today: date) -> date | None:
    """Of DAYS of a line that its customer is still to hear of, the one that a letter of today gives."""
    _, ready = json.loads(days)
    day = parse_day(ready) or supply
    return None if day is None or day < today else day
