"""What one letter is about: the facts with what every part of the letter asks of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from orderdesk.documents.text import clean
from orderdesk.documents.wording import fill, in_own_words, locale_of, spelled
from orderdesk.domain.notices import ApologyFacts, DelayedLine
from orderdesk.domain.packs import Remedy


@dataclass(frozen=True, slots=True)
class Case:
    """The facts with what every part of the letter asks of them.

    `waiting` are the lines that the customer may wait for, `never` those that never arrive; of both it is theirs to choose, of
    the others the law leaves only the refund.
    """

    facts: ApologyFacts
    words: dict[str, dict[str, Any]]
    locale: str
    orders: tuple[str, ...]
    waiting: tuple[DelayedLine, ...]
    never: tuple[DelayedLine, ...]
    new_dates: tuple[date, ...]

    def is_refunded(self, order_number: str) -> bool:
        """Whether the law leaves only the refund of the order."""
        standing = self.facts.standings.get(order_number)
        return standing is not None and standing.remedy is Remedy.REFUND

    def is_apart(self, order_number: str) -> bool:
        """Whether the law leaves only the refund of the order, while others may wait."""
        return self.is_mixed and self.is_refunded(order_number)

    def pays_nothing_back(self, order_number: str) -> bool:
        """Whether nothing is left to refund of the order; of those that may wait and were paid, of all of them."""
        if self.was_free(order_number):
            return True
        back = self.facts.given_back.get(order_number)
        return back is not None and not back.amount.minor if self.is_apart(order_number) else self.facts.nothing_goes_back

    def was_free(self, order_number: str) -> bool:
        """Whether nothing was to be paid for what the letter is about of the order, and nothing was."""
        return order_number in self.facts.free

    @property
    def all_free(self) -> bool:
        """The same of all orders, but for those of which the law leaves only the refund while others may wait."""
        return all(self.was_free(line.order_number) for line in self.facts.lines if not self.is_apart(line.order_number))

    @property
    def customer(self) -> str:
        return clean(self.facts.customer.name) or clean(self.facts.customer.company)

    @property
    def made_out(self) -> str:
        """The customer; of one without a name the order that they placed first."""
        return self.customer or fill(self.words["coupon"]["bearer"], order=self.orders[0])

    @property
    def many(self) -> bool:
        return len(self.facts.lines) > 1

    @property
    def is_mixed(self) -> bool:
        """Whether some orders may wait and the law leaves only the refund of others."""
        return len({standing.remedy for standing in self.facts.standings.values()}) > 1

    @property
    def has_no_dates(self) -> bool:
        """Whether there is nothing to say of any line but that it never arrives."""
        return self.facts.nothing_comes and not self.is_mixed

    def key(self, name: str) -> str:
        """The key of a text in its form for one item or for several."""
        return f"{name}_many" if self.many else name

    @property
    def key_of_nothing(self) -> str:
        """The key of what is said where nothing is left to refund, or nothing was paid."""
        return "refund_free" if self.all_free else "refund_none"

    def key_by_refund(self, name: str) -> str:
        """The same for what is canceled, also where nothing is left to refund of it."""
        return self.key(f"{name}_none" if self.facts.nothing_goes_back else name)

    def key_of_chosen(self, name: str) -> str:
        """The same for what the customer may choose for."""
        return f"{name}_many" if len(self.waiting) + len(self.never) > 1 else name

    def key_by_what_comes(self, name: str) -> str:
        """The key of a text in its form for lines that can be waited for, for some of them, or for none."""
        if not self.never:
            return name
        return f"{name}_some" if self.waiting else f"{name}_never"

    def day(self, day: date) -> str:
        return spelled(day, self.locale)


def case_of(facts: ApologyFacts) -> Case:
    """The case behind the facts of a letter."""
    orders = tuple(dict.fromkeys(clean(line.order_number) for line in facts.lines))
    locale = locale_of(facts.language, facts.customer.country, facts.shop.country)
    case = Case(facts, in_own_words(facts.language or "en", facts.own_words), locale, orders, (), (), ())
    chosen = [line for line in facts.lines if not case.is_refunded(line.order_number)]
    waiting = tuple(line for line in chosen if not line.never_arrives)
    never = tuple(line for line in chosen if line.never_arrives)
    return replace(
        case, waiting=waiting, never=never, new_dates=tuple(line.new_date for line in waiting if line.new_date is not None)
    )
