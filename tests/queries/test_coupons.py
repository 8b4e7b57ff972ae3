"""The coupons page's questions, and what the coupons have cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from orderdesk.domain.coupons import printed
from orderdesk.domain.errors import CouponError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.coupons import redeem_coupon, void_coupon
from orderdesk.services.history import undo
from orderdesk.services.printouts import coupons_to_cut
from orderdesk.services.priority import prioritize
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.coupon_figures import CouponFigures, coupon_figures
from orderdesk.storage.queries.coupons import (
    _SORTS,
    COUPON_FILTERS,
    CouponRow,
    CouponsView,
    coupon_counts,
    coupon_ids,
    coupon_rows,
)
from orderdesk.storage.queries.customers import customer_rows
from tests.builders import HOLLOW_OAK, Shop, make_shop

TODAY = date(2027, 11, 20)
MEANT = {
    "all": {"Ann", "Bea", "Cat", "Dee", "Eva", "Fay", "Gus"},
    "open": {"Dee", "Eva", "Fay"},
    "not_given": {"Gus"},
    "used": {"Bea"},
    "voided": {"Cat"},
    "expired": {"Ann"},
}
OFFERS = {
    "Ann": Offer(OfferKind.AMOUNT, amount=Money(300, "USD")),
    "Bea": Offer(OfferKind.PERCENT, rate=10),
    "Cat": Offer(OfferKind.AMOUNT, amount=Money(500, "USD")),
    "Dee": Offer(OfferKind.GIFT_CARD, amount=Money(1000, "USD")),
    "Eva": Offer(OfferKind.FREE_SHIPPING),
    "Fay": Offer(OfferKind.AMOUNT, amount=Money(700, "USD")),
    "Gus": Offer(OfferKind.AMOUNT, amount=Money(200, "USD")),
}


@pytest.fixture
def couponed(tmp_path: Path) -> Iterator[Shop]:
    """A coupon in every state; Ann's is of the first day, the others of three days later. Gus got what he waited for instead."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 99)
    shop.order("2000", ("BOOK", 5))
    shop.order("2001", ("BOOK", 5))
    for place, (name, offer) in enumerate(OFFERS.items()):
        shop.now += timedelta(days=3 * (place == 1))
        number = f"10{place}"
        shop.order(number, ("LAMP", 1), customer=f"{name} Hill")
        apologize(shop.store, [shop.orders[number]], now=shop.tick(), wishes=Wishes(offer=offer))
    prioritize(shop.store, shop.orders["106"], now=shop.tick())
    shop.receive("LAMP", 1)
    codes = {row.customer[:3]: row.code for row in rows_of(shop)}
    void_coupon(shop.store, codes["Cat"], "Lost", now=shop.tick())
    shop.now += timedelta(days=4)
    redeem_coupon(shop.store, codes["Bea"], "2000", now=shop.tick())
    shop.now += timedelta(days=5)
    redeem_coupon(shop.store, codes["Dee"], "2000", amount=Money(250, "USD"), now=shop.tick())
    shop.now += timedelta(days=2)
    redeem_coupon(shop.store, codes["Dee"], "2001", amount=Money(150, "USD"), now=shop.tick())
    yield shop
    shop.store.close()


def rows_of(shop: Shop, wanted: CouponsView | None = None) -> list[CouponRow]:
    with shop.store.read() as view:
        return coupon_rows(view, coupon_ids(view, wanted or CouponsView(), today=TODAY))


@pytest.mark.parametrize("name", COUPON_FILTERS)
def test_a_filter_shows_what_it_says_and_counts_what_it_shows(couponed: Shop, name: str) -> None:
    rows = rows_of(couponed, CouponsView(filter=name))
    assert {row.customer[:3] for row in rows} == MEANT[name]
    assert name == "all" or {row.state(TODAY) for row in rows} == {name}
    with couponed.store.read() as view:
        assert coupon_counts(view, today=TODAY)[name] == len(rows)
        assert coupon_counts(view, search="dee", today=TODAY)[name] == ("Dee" in MEANT[name])


def test_a_row_says_for_which_orders_it_was_and_where_it_was_used(couponed: Shop) -> None:
    rows = {row.customer[:3]: row for row in rows_of(couponed)}
    assert (rows["Dee"].order_numbers, rows["Dee"].used_on, rows["Dee"].balance) == (
        ("103",),
        ("2000", "2001"),
        Money(600, "USD"),
    )
    assert (rows["Ann"].order_numbers, rows["Ann"].used_on) == (("100",), ())


def test_a_coupon_is_found_by_its_code_or_its_beginning_and_by_its_customer(couponed: Shop) -> None:
    (dee,) = rows_of(couponed, CouponsView(search="dee hi"))
    for typed in (printed(dee.code), dee.code.lower(), printed(dee.code)[:9], f" {dee.code[:11]}"):
        assert dee in rows_of(couponed, CouponsView(search=typed))
        assert len(rows_of(couponed, CouponsView(search=typed))) == 1
    assert rows_of(couponed, CouponsView(search=printed(dee.code), filter="used")) == []
    assert rows_of(couponed, CouponsView(search="nobody")) == []


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", _SORTS)
def test_coupons_come_in_the_order_of_the_column(couponed: Shop, key: str, descending: bool) -> None:
    field = {"issued": "issued_at"}.get(key, key)
    values = [getattr(row, field) for row in rows_of(couponed, CouponsView(sort=((key, descending),)))]
    known = sorted((value for value in values if value is not None), reverse=descending)
    assert values == known + [None] * (len(values) - len(known))


def test_the_last_valid_day_is_open(couponed: Shop) -> None:
    (ann,) = rows_of(couponed, CouponsView(search="ann"))
    assert (ann.state(ann.valid_through), ann.state(ann.valid_through + timedelta(days=1))) == ("open", "expired")


def test_figures_say_what_is_owed_what_was_taken_off_and_how_soon(couponed: Shop) -> None:
    with couponed.store.read() as view:
        (figures,) = coupon_figures(view, today=TODAY)
    assert figures == CouponFigures(
        currency="USD",
        issued=7,
        open=3,
        not_given=1,
        redeemed=1,
        voided=1,
        expired=1,
        outstanding=Money(1300, "USD"),  # 6.00 on the gift card, and 7.00
        pieces=1,
        taken_off=Money(900, "USD"),  # 5.00 of the percentage, 4.00 of the gift card
        used=2,
        median_days=6.5,  # 4 and 9
    )
    assert figures.redemption_rate == 2 / 5


def test_figures_are_by_currency_and_an_empty_shop_has_none(shop: Shop) -> None:
    with shop.store.read() as view:
        assert coupon_figures(view, today=TODAY) == []
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    apologize(shop.store, [shop.orders["1"]], now=shop.tick())
    void_coupon(shop.store, rows_of(shop)[0].code, "Lost", now=shop.tick())
    with shop.store.read() as view:
        (figures,) = coupon_figures(view, today=TODAY)
    assert (figures.outstanding, figures.redemption_rate, figures.median_days) == (Money(0, "USD"), None, None)


def test_a_coupon_is_owed_once_its_letter_went_out_or_while_it_still_may(shop: Shop) -> None:
    """A letter that nobody was told of has come too late once what it is about is there; who knows the code can use it anyway."""
    today = shop.now.date()

    def state() -> tuple[str, Money, int]:
        with shop.store.read() as view:
            (figures,), (customer,) = coupon_figures(view, today=today), customer_rows(view, [1], today=today)
        (row,) = rows_of(shop)
        return row.state(today), figures.outstanding, customer.open_coupons

    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    (made,) = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies
    owed, nothing = ("open", Money(300, "USD"), 1), ("not_given", Money(0, "USD"), 0)
    assert state() == owed
    shop.receive("LAMP", 1)
    assert state() == nothing
    with pytest.raises(CouponError, match="was not given out"):
        coupons_to_cut(shop.store, [rows_of(shop)[0].code], now=shop.tick())
    undo(shop.store, now=shop.tick())
    assert state() == owed
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.receive("LAMP", 1)
    assert state() == owed
    shop.stock("MAT", 0)
    shop.order("2", ("MAT", 1), customer="Ann Hill")
    apologize(shop.store, [shop.orders["2"]], now=shop.tick())
    shop.receive("MAT", 1)
    (ann,) = rows_of(shop, CouponsView(search="ann"))
    redeem_coupon(shop.store, ann.code, "1", now=shop.tick())
    assert rows_of(shop, CouponsView(search="ann"))[0].state(today) == "used"


def test_days_are_those_of_the_shops_calendar(shop: Shop) -> None:
    save_shop_profile(shop.store, replace(HOLLOW_OAK, time_zone="Asia/Tokyo"), now=shop.tick())
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 9)
    shop.order("1", ("LAMP", 1))
    shop.order("2", ("BOOK", 1))
    shop.now = shop.now.replace(hour=14, minute=30)
    apologize(shop.store, [shop.orders["1"]], now=shop.tick())
    shop.now = shop.now.replace(hour=15, minute=30)  # past midnight in Tokyo
    redeem_coupon(shop.store, rows_of(shop)[0].code, "2", now=shop.tick())
    with shop.store.read() as view:
        assert coupon_figures(view, today=TODAY)[0].median_days == 1
