"""Verbs about coupons as a whole, and the rules for the offer made by default."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from orderdesk.cli import documents, texts
from orderdesk.cli.context import Answer, Context
from orderdesk.cli.verbs_entry import filled
from orderdesk.domain.errors import InvalidRuleError, InvalidValueError
from orderdesk.domain.money import Money
from orderdesk.domain.offer_rules import OfferRule
from orderdesk.exchange.rule_files import read_rule_rows
from orderdesk.services import offer_rules
from orderdesk.services.offer_rules import OfferRuleDraft


def offers(context: Context, words: Namespace) -> Answer:
    """The rules as they are, once those of a file have taken their place or all of them are gone."""
    if words.set or words.clear:
        rows = read_rule_rows(Path(words.set)) if words.set else []
        drafts = [_draft(context, place, row) for place, row in enumerate(rows, start=1)]
        offer_rules.save_offer_rules(context.store, offer_rules.rules_of(drafts), now=context.now)
    rules, currency = offer_rules.offer_rules(context.store), context.profile.currency
    columns = ("Channel", "Days late", "Value from", "Told before", "Offer", "On orders from", "Months")
    cells = [_cells(rule, currency) for rule in rules]
    empty = "No rules: everyone is made the usual offer, for 12 months."
    return Answer([documents.offer_rule(rule, currency) for rule in rules], texts.table(columns, cells, empty=empty))


def _draft(context: Context, place: int, row: dict[str, str]) -> OfferRuleDraft:
    # An empty cell is no condition; an offer has to be named.
    given = {name: cell for name, cell in row.items() if cell or name == "offer"}
    try:
        return filled(OfferRuleDraft(currency=context.profile.currency), given)
    except InvalidValueError as error:
        raise InvalidRuleError(place, error.field, error.value, error.expected) from error


def _cells(rule: OfferRule, currency: str) -> tuple[object, ...]:
    bounds = [None if minor is None else Money(minor, currency) for minor in (rule.value_from_minor, rule.minimum_order_minor)]
    told = "yes" if rule.told_before else ""
    return rule.channel or "any", rule.days_late or "", bounds[0], told, rule.offer, bounds[1], rule.months
