"""Writing the seller's rules for the offer made by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from orderdesk.domain.offer_rules import OfferRule
from orderdesk.storage.transaction import Transaction

_ADD = """
INSERT INTO offer_rule (position, offer, channel, days_late, value_from_minor, told_before, minimum_order_minor, months)
VALUES (:position, :offer, :channel, :days_late, :value_from_minor, :told_before, :minimum_order_minor, :months)
"""


def replace_rules(transaction: Transaction, rules: Sequence[OfferRule]) -> None:
    """These rules, in this order, and no others."""
    transaction.execute("DELETE FROM offer_rule")
    transaction.execute_many(_ADD, [asdict(rule) | {"position": place} for place, rule in enumerate(rules, start=1)])
