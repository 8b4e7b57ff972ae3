"""The offer made by default, and offers as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.goodwill import Offer, OfferKind, default_offer, parse_offer
from orderdesk.domain.money import Money

FREE = Offer(OfferKind.FREE_SHIPPING)


@pytest.mark.parametrize(
    ("delayed", "offered"),
    [
        (Money(6400, "USD"), Money(700, "USD")),
        (Money(900, "USD"), Money(300, "USD")),
        (Money(85, "USD"), None),
        (Money(40000, "USD"), Money(2500, "USD")),
        (Money(0, "USD"), None),
        (Money(99, "USD"), None),
        (Money(100, "USD"), Money(100, "USD")),
        (Money(250, "USD"), Money(250, "USD")),
        (Money(299, "USD"), Money(299, "USD")),
        (Money(300, "USD"), Money(300, "USD")),
        (Money(3000, "USD"), Money(300, "USD")),
        (Money(3001, "USD"), Money(400, "USD")),
        (Money(25000, "EUR"), Money(2500, "EUR")),
        (Money(24000, "EUR"), Money(2400, "EUR")),
        (Money(24001, "EUR"), Money(2500, "EUR")),
        (Money(6400, "JPY"), Money(700, "JPY")),
        (Money(900, "JPY"), Money(300, "JPY")),
        (Money(85, "JPY"), None),
        (Money(99, "KRW"), None),
        (Money(40000, "KRW"), Money(2500, "KRW")),
        (Money(64000, "KWD"), Money(7000, "KWD")),
    ],
)
def test_a_tenth_in_whole_units_from_3_to_25_never_more_than_the_price(delayed: Money, offered: Money | None) -> None:
    assert default_offer(delayed) == (Offer(OfferKind.AMOUNT, amount=offered) if offered else FREE)


@given(st.integers(0, 10**8), st.sampled_from([("USD", 100), ("JPY", 100), ("KWD", 1000)]))
def test_the_default_offer_keeps_its_bounds(minor: int, currency: tuple[str, int]) -> None:
    code, unit = currency
    offer = default_offer(Money(minor, code))
    if minor < unit:
        assert offer == FREE
        return
    assert offer.kind is OfferKind.AMOUNT and offer.amount is not None
    given_minor = offer.amount.minor
    assert unit <= given_minor <= min(25 * unit, minor)
    assert given_minor >= min(3 * unit, minor)
    assert given_minor % unit == 0 or given_minor == minor
    if 3 * unit < given_minor < 25 * unit:
        assert given_minor - unit < minor / 10 <= given_minor


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("free_shipping", FREE),
        ("percent:10", Offer(OfferKind.PERCENT, rate=10)),
        ("percent: 100", Offer(OfferKind.PERCENT, rate=100)),
        ("amount:7.50", Offer(OfferKind.AMOUNT, amount=Money(750, "USD"))),
        ("gift:Tea towel: blue", Offer(OfferKind.GIFT, gift="Tea towel: blue")),
        ("gift_card:25", Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD"))),
    ],
)
def test_offers_as_written(text: str, offer: Offer) -> None:
    assert parse_offer(text, "USD") == offer


@pytest.mark.parametrize(
    "text",
    [
        "",
        "discount",
        "percent",
        "percent:0",
        "percent:101",
        "percent:ten",
        "amount:",
        "amount:NaN",
        "amount:0",
        "gift: ",
        "gift_card:0",
    ],
)
def test_offers_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_offer(text, "USD")


def test_an_offer_holds_exactly_what_its_kind_needs() -> None:
    with pytest.raises(InvalidValueError):
        Offer(OfferKind.PERCENT, rate=10, gift="Mug")
    with pytest.raises(InvalidValueError):
        Offer(OfferKind.AMOUNT)
    with pytest.raises(InvalidValueError):
        Offer(OfferKind.FREE_SHIPPING, amount=Money(100, "USD"))
