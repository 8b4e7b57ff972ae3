"""The seller's rules for the offer made by default: read, checked, replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from orderdesk.domain.counts import counted
from orderdesk.domain.errors import InvalidRuleError, InvalidValueError
from orderdesk.domain.money import Money
from orderdesk.domain.offer_rules import USUAL, USUAL_MONTHS, OfferRule
from orderdesk.services.draft_fields import Draft, Reader, read_price, read_required, read_units, read_units_or_zero
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.offer_rules import replace_rules
from orderdesk.storage.queries.offer_rules import offer_rules as _stored_rules
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store


@dataclass
class OfferRuleDraft(Draft):
    """A rule as typed, amounts in whole units of `currency`; "" is no condition, and the usual validity."""

    channel: str = ""
    days_late: str = ""
    value_from: str = ""
    told_before: bool = False
    offer: str = USUAL
    minimum_order: str = ""
    months: str = ""
    currency: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {
        "days_late": read_units_or_zero,
        "value_from": read_price,
        "offer": read_required,
        "minimum_order": read_price,
        "months": read_units,
    }

    def rule(self) -> OfferRule:
        """The rule that is meant. Raises InvalidValueError, which names the field."""
        months = self.value("months")
        return OfferRule(
            offer=self.value("offer"),
            channel=self.value("channel"),
            days_late=self.value("days_late"),
            value_from_minor=self.value("value_from"),
            told_before=self.told_before,
            minimum_order_minor=self.value("minimum_order") or None,
            months=USUAL_MONTHS if months is None else months,
        )


def offer_rules(store: Store) -> list[OfferRule]:
    """The rules, in the order they are tried; the first that fits a delay decides."""
    with store.read() as view:
        return _stored_rules(view)


def save_offer_rules(store: Store, rules: Sequence[OfferRule], *, now: datetime) -> Step:
    """Put these rules in the place of the present ones. Raises InvalidRuleError for the first that can't be."""
    summary = f"Saved {counted(len(rules), 'rule')} for offers" if rules else "Cleared the rules for offers"
    with store.begin("offer_rules", summary, now=now) as transaction:
        currency = profile_of(transaction.view).currency
        for place, rule in enumerate(rules, start=1):
            _require_sound(place, rule, currency)
        replace_rules(transaction, rules)
    return step_of(transaction, summary)


def rules_of(drafts: Iterable[OfferRuleDraft]) -> list[OfferRule]:
    """The rules that the forms mean. Raises InvalidRuleError for the first field that can't be read."""
    rules = []
    for place, draft in enumerate(drafts, start=1):
        try:
            rules.append(draft.rule())
        except InvalidValueError as error:
            raise InvalidRuleError(place, error.field, error.value, error.expected) from error
    return rules


def draft_of_rule(rule: OfferRule, currency: str) -> OfferRuleDraft:
    """The form filled with a rule, in a shop of that currency."""

    def amount(minor: int | None) -> str:
        return "" if minor is None else str(Money(minor, currency).amount)

    return OfferRuleDraft(
        channel=rule.channel,
        days_late=str(rule.days_late or ""),
        value_from=amount(rule.value_from_minor),
        told_before=rule.told_before,
        offer=rule.offer,
        minimum_order=amount(rule.minimum_order_minor),
        months=str(rule.months),
        currency=currency,
    )


def _require_sound(place: int, rule: OfferRule, currency: str) -> None:
    try:
        rule.require_sound(currency)
    except InvalidValueError as error:
        raise InvalidRuleError(place, error.field, error.value, error.expected) from error
