"""What every verb needs: the shop, the day, where progress goes; and what every verb gives back."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from typing_extensions import override

from orderdesk.domain.shop import ShopProfile
from orderdesk.services.days import local_day, noon
from orderdesk.services.letters import finish_letters
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store


class UsageError(Exception):
    """Words that make no command; says what is missing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb gives back: one JSON document, the same for people, and, where it could not be done, why.

    An iterator as `document` is a list that is never whole in memory.
    """

    document: Any
    text: str
    refusal: str = ""


@dataclass
class Context:
    """One call of the command line. `day` is that of --today; None is the real one. `notes` go to standard error.

    `must_be_there`: a file that is not there is a mistyped one, not a shop to begin.
    """

    data: Path
    day: date | None = None
    must_be_there: bool = False
    notes: list[str] = field(default_factory=list)

    @cached_property
    def store(self) -> Store:
        store = Store.open(self.data, must_be_there=self.must_be_there)
        # A crash may have come between the record of a letter and its file.
        self.notes += [f"{error} {error.remedy}" for error in finish_letters(store)]
        return store

    @cached_property
    def profile(self) -> ShopProfile:
        with self.store.read() as view:
            return profile_of(view)

    @property
    def now(self) -> datetime:
        """This instant; with --today, noon of that day where the shop is."""
        if self.day is None:
            return datetime.now(UTC)
        return noon(self.day, self.profile.time_zone)

    @property
    def today(self) -> date:
        return self.day or local_day(self.now, self.profile.time_zone)

    def day_of(self, instant: datetime | None) -> date | None:
        """The calendar day of an instant where the shop is."""
        return None if instant is None else local_day(instant, self.profile.time_zone)

    def close(self) -> None:
        if "store" in self.__dict__:
            self.store.close()


class StandardErrorProgress(Progress):
    """Progress as one rewritten line on a terminal, and silence elsewhere."""

    @override
    def step(self, done: int, total: int, text: str = "") -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {total} {text[:50]:50}", end="" if done < total else "\n", file=sys.stderr, flush=True)


PROGRESS = StandardErrorProgress()
