"""The seller's rules for the offer made by default."""

from __future__ import annotations

from orderdesk.domain.offer_rules import OfferRule
from orderdesk.storage.view import View


def offer_rules(view: View) -> list[OfferRule]:
    """The rules, in the order they are tried."""
    rows = view.all(
        "SELECT offer, channel, days_late, value_from_minor, told_before, minimum_order_minor, months FROM offer_rule ORDER BY position"
    )
    return [
        OfferRule(offer, channel, days_late, value_from, bool(told_before), minimum_order, months)
        for offer, channel, days_late, value_from, told_before, minimum_order, months in rows
    ]
