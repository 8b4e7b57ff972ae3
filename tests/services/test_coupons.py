"""Coupons are redeemed and voided by code, exactly once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderdesk.domain.coupons import printed
from orderdesk.domain.errors import CouponError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.services import history
from orderdesk.services.apologies import apologize, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.coupons import coupon_ledger_of, find_coupon, redeem_coupon, void_coupon
from tests.builders import Shop


def issued(shop: Shop, offer: Offer | None = None) -> str:
    """A coupon's code, given for an order that can't be filled; order 2000 is there to use it on."""
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 9)
    shop.order("1042", ("LAMP", 3))
    shop.order("2000", ("BOOK", 1))
    shop.order("2001", ("BOOK", 1))
    code = apologize(shop.store, [shop.orders["1042"]], now=shop.tick(), wishes=Wishes(offer=offer)).apologies[0].coupon_code
    assert code is not None
    return code


def test_a_coupon_is_used_once_however_it_is_typed(shop: Shop) -> None:
    code = issued(shop)
    redemption = redeem_coupon(shop.store, printed(code).lower(), "2000", now=shop.tick())
    assert (redemption.coupon.status, redemption.applied) == ("redeemed", Money(300, "USD"))
    with pytest.raises(CouponError, match="used up on order 2000"):
        redeem_coupon(shop.store, code, "2001", now=shop.tick())
    assert check(shop.store) == []


def test_a_gift_card_is_spent_in_parts_and_never_overspent(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    assert redeem_coupon(shop.store, code, "2000", amount=Money(1840, "USD"), now=shop.tick()).coupon.balance == Money(660, "USD")
    second = redeem_coupon(shop.store, code, "2001", amount=Money(1000, "USD"), now=shop.tick())
    assert (second.applied, second.coupon.status) == (Money(660, "USD"), "redeemed")
    with pytest.raises(CouponError, match="2000, 2001"):
        redeem_coupon(shop.store, code, "1042", amount=Money(1, "USD"), now=shop.tick())
    assert [entry.amount and entry.amount.minor for entry in coupon_ledger_of(shop.store, code)] == [2500, -1840, -660]


def test_an_order_takes_a_gift_card_once(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    redeem_coupon(shop.store, code, "2000", amount=Money(500, "USD"), now=shop.tick())
    with pytest.raises(CouponError, match="applied to order 2000 before"):
        redeem_coupon(shop.store, code, "2000", amount=Money(500, "USD"), now=shop.tick())
    assert find_coupon(shop.store, code).balance == Money(2000, "USD")


def test_the_last_valid_day_counts_and_the_next_does_not(shop: Shop) -> None:
    code = issued(shop)
    last = find_coupon(shop.store, code).valid_through
    late = shop.now + (last - shop.now.date()) + timedelta(days=1)
    with pytest.raises(CouponError, match="was valid through"):
        redeem_coupon(shop.store, code, "2000", now=late)
    assert redeem_coupon(shop.store, code, "2000", now=late - timedelta(days=1)).coupon.status == "redeemed"


def test_a_voided_coupon_is_worthless_until_the_void_is_undone(shop: Shop) -> None:
    code = issued(shop)
    void_coupon(shop.store, code, "Refunded instead", now=shop.tick())
    with pytest.raises(CouponError, match="voided: Refunded instead"):
        redeem_coupon(shop.store, code, "2000", now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    assert redeem_coupon(shop.store, code, "2000", now=shop.tick()).coupon.status == "redeemed"
    assert check(shop.store) == []


@pytest.mark.parametrize("typed", ["K7QF-9M2X-4TBW", "K7QF-9M2X", "K7QF-9M2X-4TUV"])
def test_a_mistyped_code_says_so(shop: Shop, typed: str) -> None:
    with pytest.raises(CouponError):
        find_coupon(shop.store, typed)


def test_changing_the_offer_never_refills_what_was_spent(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    redeem_coupon(shop.store, code, "2000", amount=Money(2000, "USD"), now=shop.tick())
    with pytest.raises(CouponError, match="was used or voided"):
        revise_apology(shop.store, 1, wishes=Wishes(offer=Offer(OfferKind.GIFT_CARD, amount=Money(2600, "USD"))), now=shop.tick())
    assert find_coupon(shop.store, code).balance == Money(500, "USD")
