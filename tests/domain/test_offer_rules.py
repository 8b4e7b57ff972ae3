"""Which rule decides, and what it gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.goodwill import Offer, OfferKind, default_offer
from orderdesk.domain.money import Money
from orderdesk.domain.offer_rules import NO_OFFER, USUAL, Chosen, OfferRule, Situation, choose, standing_offer

CASE = Situation("etsy", 14, Money(6400, "USD"), told_before=True, shop_currency="USD")
TEN_PERCENT = Offer(OfferKind.PERCENT, rate=10)
RULE = OfferRule("percent:10")


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ({}, True),
        ({"channel": "etsy"}, True),
        ({"channel": "ebay"}, False),
        ({"days_late": 14}, True),
        ({"days_late": 15}, False),
        ({"value_from_minor": 6400}, True),
        ({"value_from_minor": 6401}, False),
        ({"told_before": True}, True),
        ({"channel": "etsy", "days_late": 14, "value_from_minor": 6400, "told_before": True}, True),
        ({"channel": "etsy", "days_late": 15, "value_from_minor": 6400, "told_before": True}, False),
    ],
)
def test_a_rule_fits_where_all_of_its_conditions_hold(condition: dict[str, Any], fits: bool) -> None:
    assert replace(RULE, **condition).fits(CASE) is fits


def test_a_rule_for_who_was_told_before_is_for_nobody_else() -> None:
    assert not replace(RULE, told_before=True).fits(replace(CASE, told_before=False))
    assert RULE.fits(replace(CASE, told_before=False))


def test_an_unknown_date_is_later_than_any_and_an_earlier_one_is_no_delay() -> None:
    assert replace(RULE, days_late=1_000_000).fits(replace(CASE, days_late=None))
    assert not replace(RULE, days_late=1).fits(replace(CASE, days_late=-3))


@pytest.mark.parametrize(
    "rule", [OfferRule("amount:5"), OfferRule(value_from_minor=100), OfferRule(minimum_order_minor=100), OfferRule("gift_card:9")]
)
def test_a_rule_that_names_money_is_for_orders_in_the_shops_currency(rule: OfferRule) -> None:
    assert rule.fits(CASE)
    assert not rule.fits(replace(CASE, delayed=Money(6400, "EUR")))
    assert RULE.fits(replace(CASE, delayed=Money(6400, "EUR")))


@pytest.mark.parametrize(
    ("rules", "offer"),
    [
        ([], USUAL),
        ([OfferRule("free_shipping", channel="etsy")], "free_shipping"),
        ([OfferRule("free_shipping", channel="ebay")], USUAL),
        ([OfferRule("free_shipping"), OfferRule(NO_OFFER)], "free_shipping"),
        ([OfferRule("percent:10", days_late=14), OfferRule("percent:10")], "percent:10"),
        ([OfferRule("percent:10", days_late=14)], ""),
        ([OfferRule("percent:10", minimum_order_minor=2000)], ""),
        ([OfferRule("gift:Tea towel")], ""),
        ([OfferRule("gift_card:9")], "gift_card:9"),
        ([OfferRule("percent:10", told_before=True), OfferRule(NO_OFFER)], NO_OFFER),
        ([OfferRule(NO_OFFER, value_from_minor=100)], NO_OFFER),
    ],
)
def test_what_every_order_of_a_channel_gets_can_be_said_up_front(rules: list[OfferRule], offer: str) -> None:
    assert standing_offer(rules, "etsy") == offer


def test_the_first_rule_that_fits_decides() -> None:
    rules = [replace(RULE, channel="ebay"), replace(RULE, offer="gift:Tea towel", months=6), RULE]
    assert choose(rules, CASE) == Chosen(Offer(OfferKind.GIFT, gift="Tea towel"), None, 6)
    assert choose(rules[:1], CASE) == choose([], CASE) == Chosen(default_offer(CASE.delayed), None, 12)


def test_a_rule_gives_the_usual_offer_on_its_own_terms_or_none() -> None:
    rule = OfferRule(minimum_order_minor=5000, months=3)
    assert choose([rule], CASE) == Chosen(default_offer(CASE.delayed), Money(5000, "USD"), 3)
    assert choose([replace(rule, offer=NO_OFFER)], CASE).offer is None


@given(st.sampled_from(["amount", "gift_card"]), st.integers(1, 10**6), st.integers(1, 10**6))
def test_no_amount_is_above_the_price_of_what_is_late(kind: str, cents: int, delayed: int) -> None:
    rule = OfferRule(f"{kind}:{Money(cents, 'USD').amount}")
    offer = choose([rule], replace(CASE, delayed=Money(delayed, "USD"))).offer
    assert offer is not None and offer.amount == Money(min(cents, delayed), "USD")


def test_a_price_that_is_not_known_bounds_nothing() -> None:
    offer = choose([OfferRule("amount:7.50")], replace(CASE, delayed=Money(0, "USD"))).offer
    assert offer == Offer(OfferKind.AMOUNT, amount=Money(750, "USD"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"offer": "kiss"}, "offer"),
        ({"offer": "percent:200"}, "offer"),
        ({"offer": "amount:dear"}, "offer"),
        ({"days_late": -1}, "days_late"),
        ({"value_from_minor": -1}, "value_from"),
        ({"minimum_order_minor": 0}, "minimum_order"),
        ({"months": 0}, "months"),
        ({"months": 121}, "months"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_by_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        replace(RULE, **wrong).require_sound("USD")
    assert refused.value.field == field
