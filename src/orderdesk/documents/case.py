"""What one letter is about: the facts with what every part of the letter asks of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from orderdesk.documents.text import clean
from orderdesk.documents.wording import in_own_words, locale_of, spelled
from orderdesk.domain.notices import ApologyFacts, DelayedLine
from orderdesk.domain.packs import Remedy


@dataclass(frozen=True, slots=True)
class Case:
    """The facts with what every part of the letter asks of them; `waiting` are the lines that the customer may wait for."""

    facts: ApologyFacts
    words: dict[str, dict[str, Any]]
    locale: str
    orders: tuple[str, ...]
    waiting: tuple[DelayedLine, ...]
    new_dates: tuple[date, ...]

    def is_refunded(self, line: DelayedLine) -> bool:
        """Whether the law leaves only the refund of the line's order."""
        standing = self.facts.standings.get(line.order_number)
        return standing is not None and standing.remedy is Remedy.REFUND

    @property
    def customer(self) -> str:
        return clean(self.facts.customer.name) or clean(self.facts.customer.company)

    @property
    def many(self) -> bool:
        return len(self.facts.lines) > 1

    @property
    def is_mixed(self) -> bool:
        """Whether some orders may wait and the law leaves only the refund of others."""
        return len({standing.remedy for standing in self.facts.standings.values()}) > 1

    def key(self, name: str) -> str:
        """The key of a text in its form for one item or for several."""
        return f"{name}_many" if self.many else name

    def key_of_waiting(self, name: str) -> str:
        """The same for what the customer may choose for."""
        return f"{name}_many" if len(self.waiting) > 1 else name

    def day(self, day: date) -> str:
        return spelled(day, self.locale)


def case_of(facts: ApologyFacts) -> Case:
    """The case behind the facts of a letter."""
    orders = tuple(dict.fromkeys(clean(line.order_number) for line in facts.lines))
    locale = locale_of(facts.language, facts.customer.country, facts.shop.country)
    case = Case(facts, in_own_words(facts.language or "en", facts.own_words), locale, orders, (), ())
    waiting = tuple(line for line in facts.lines if not case.is_refunded(line))
    return replace(case, waiting=waiting, new_dates=tuple(line.new_date for line in waiting if line.new_date is not None))
