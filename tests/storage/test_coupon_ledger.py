"""The one statement that spends a coupon refuses by itself, whatever its caller has looked at before."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest

from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.coupons import find_coupon
from orderdesk.storage.coupon_ledger import spend, void
from tests.builders import Shop

TODAY = date(2026, 11, 18)
LONG_AFTER = date(2028, 1, 1)


def _coupon(shop: Shop, offer: Offer) -> int:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 2))
    code = apologize(shop.store, [shop.orders["1"]], now=shop.tick(), wishes=Wishes(offer=offer)).apologies[0].coupon_code
    assert code is not None
    return find_coupon(shop.store, code).id


def _spend(shop: Shop, coupon: int, amount: int | None, today: date = TODAY) -> tuple[bool, int | None]:
    """Whether it was spent, and what is left of it; then taken back."""
    with contextlib.suppress(InterruptedError), shop.store.begin("probe", "Probe", now=shop.tick()) as transaction:
        spent = spend(transaction, coupon, amount, today), transaction.view.value("SELECT balance_minor FROM coupon")
        raise InterruptedError
    return spent


@pytest.mark.parametrize(
    ("amount", "outcome"), [(2000, (True, 0)), (1999, (True, 1)), (2001, (False, 2000)), (0, (False, 2000)), (-5, (False, 2000))]
)
def test_of_a_gift_card_no_more_is_spent_than_is_left(shop: Shop, amount: int, outcome: tuple[bool, int]) -> None:
    coupon = _coupon(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2000, "USD")))
    assert _spend(shop, coupon, amount) == outcome


def test_nothing_is_spent_after_the_last_day(shop: Shop) -> None:
    coupon = _coupon(shop, Offer(OfferKind.PERCENT, rate=10))
    assert _spend(shop, coupon, None, LONG_AFTER) == (False, None)
    assert _spend(shop, coupon, None) == (True, None)


def test_nothing_is_spent_of_what_was_spent_or_voided(shop: Shop) -> None:
    coupon = _coupon(shop, Offer(OfferKind.AMOUNT, amount=Money(700, "USD")))
    with shop.store.begin("probe", "Probe", now=shop.tick()) as transaction:
        assert spend(transaction, coupon, 700, TODAY)
        assert not spend(transaction, coupon, 700, TODAY)
        assert not void(transaction, coupon, "Too late")
