"""Undo takes back one step and nothing that was built on it."""

from __future__ import annotations

import pytest

from orderdesk.domain.errors import RefusedError
from orderdesk.services import history, products
from orderdesk.services.apologies import apologize
from orderdesk.services.checks import check
from orderdesk.services.coupons import redeem_coupon
from tests.builders import Shop


def test_an_earlier_edit_is_not_undone_over_a_later_one(shop: Shop) -> None:
    product = shop.stock("A", 1)
    for name, value in (("price", "12.00"), ("title", "Better lamp")):
        draft = products.draft_of_product(shop.store, product)
        setattr(draft, name, value)
        products.edit_product(shop.store, product, draft, now=shop.tick())
    with shop.store.read() as view:
        first = view.value("SELECT min(id) FROM event WHERE kind = 'edit_product'")
    with pytest.raises(RefusedError, match="a later one has built on it"):
        history.undo(shop.store, event_id=first, now=shop.tick())


def test_what_stands_in_the_way_of_an_undo_is_named(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 5)
    shop.order("1", ("A", 1))
    shop.order("2", ("B", 1))
    apology = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    with shop.store.read() as view:
        apologized = view.value("SELECT max(id) FROM event")
    assert apology.coupon_code
    redeem_coupon(shop.store, apology.coupon_code, "2", now=shop.tick())
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=apologized, now=shop.tick())
    assert refused.value.remedy.startswith("It can't be taken back: Redeemed coupon")


def test_an_order_never_names_a_letter_that_was_taken_back(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    apologize(shop.store, [shop.orders["1"]], now=shop.tick())
    with shop.store.read() as view:
        apology = view.value("SELECT max(id) FROM event")
    received = shop.receive("A", 1).event_id
    history.undo(shop.store, event_id=apology, now=shop.tick())
    history.undo(shop.store, event_id=received, now=shop.tick())
    assert check(shop.store) == []
    again = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    assert again.first_time
    assert again.letter.exists()
