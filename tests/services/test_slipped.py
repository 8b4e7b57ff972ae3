"""A date that a customer was given and that will not hold: found, told anew without another apology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.documents.letter import Letter
from orderdesk.domain.cases import has_slipped
from orderdesk.domain.coupons import CouponStatus
from orderdesk.domain.days import spelled_out
from orderdesk.domain.errors import InvalidValueError, RefusedError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import NoticeKind, ToldBy
from orderdesk.services import products, purchase_edits, purchases
from orderdesk.services.apologies import ApologyRun, apologize, orders_to_tell, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.coupons import find_coupon, redeem_coupon
from orderdesk.services.days import local_day
from orderdesk.services.deliveries import require_deliverable
from orderdesk.services.drafts import SourceDraft
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_told
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.notices import notice
from orderdesk.storage.queries.order_detail import order_detail
from orderdesk.storage.queries.orders import OrdersView, order_counts, order_ids
from orderdesk.storage.queries.shop import shop_profile
from orderdesk.storage.queries.today import agenda
from tests.builders import HOLLOW_OAK, Shop, make_shop
from tests.reading import text_of

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def told(shop: Shop) -> Shop:
    """Dana was told that her lamp comes on December 4, with what is on order."""
    shop.stock("LAMP", 0, on_order="1", on_order_expected_on="2026-12-04")
    shop.order("1001", ("LAMP", 1))
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    return shop


def delay(shop: Shop, day: str) -> None:
    draft = products.draft_of_product(shop.store, shop.products["LAMP"])
    draft.on_order_expected_on = day
    products.edit_product(shop.store, shop.products["LAMP"], draft, now=shop.tick())


def slipped(shop: Shop) -> list[int]:
    today = local_day(shop.now, HOLLOW_OAK.time_zone)
    with shop.store.read() as view:
        found = list(order_ids(view, OrdersView(filter="slipped"), today=today))
        assert order_counts(view, today=today)["slipped"] == len(found)
        assert [who.slipped for who in agenda(view, today=today).to_tell.first] == [True] * len(found)
    return found


def tell_again(shop: Shop) -> ApologyRun:
    return apologize(shop.store, orders_to_tell(shop.store, now=shop.now), now=shop.tick())


def test_a_date_that_holds_is_told_once(told: Shop) -> None:
    assert slipped(told) == []
    assert orders_to_tell(told.store, now=told.now) == []
    delay(told, "2026-12-01")
    assert slipped(told) == []


def test_the_days_for_packing_are_in_what_customers_are_told(told: Shop) -> None:
    with told.store.read() as view:
        profile = shop_profile(view)
    assert profile is not None
    save_shop_profile(told.store, replace(profile, handling_days=2), now=told.tick())
    assert slipped(told) == [told.orders["1001"]], "packed on December 6, two days after the lamp comes in"
    (made,) = tell_again(told).apologies
    assert made.said[0].new_date == date(2026, 12, 6)
    mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    assert slipped(told) == []
    for days in (-1, 61):
        with pytest.raises(InvalidValueError, match="handling days"):
            save_shop_profile(told.store, replace(profile, handling_days=days), now=told.tick())


def test_supply_that_comes_later_opens_a_renewed_letter_with_the_new_date_and_no_coupon(told: Shop) -> None:
    delay(told, "2026-12-18")
    assert slipped(told) == [told.orders["1001"]]
    (made,) = tell_again(told).apologies
    assert (made.kind, made.coupon_code, made.said[0].new_date) == (NoticeKind.RENEWED, None, date(2026, 12, 18))
    assert "December 18, 2026" in text_of(made.letter)
    assert "sorry" not in text_of(made.letter).lower()
    mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    assert slipped(told) == []


def test_a_date_that_comes_back_to_what_was_told_last_is_no_news(told: Shop) -> None:
    delay(told, "2026-12-18")
    (made,) = tell_again(told).apologies
    delay(told, "2026-12-04")
    assert orders_to_tell(told.store, now=told.now) == []
    (refused,) = apologize(told.store, [told.orders["1001"]], now=told.tick()).refused
    assert refused.reason.startswith("What Dana Whitfield was told before holds: a letter would say nothing new.")
    for by in ToldBy:
        with pytest.raises(RefusedError, match="a letter would say nothing new"):
            mark_told(told.store, made.notice_id, by, now=told.tick())
    delay(told, "2026-12-18")
    assert orders_to_tell(told.store, now=told.now) == [told.orders["1001"]]
    mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    assert slipped(told) == []


def test_a_day_that_the_seller_chose_is_news_though_the_date_came_back(told: Shop) -> None:
    wishes = Wishes(new_date=date(2026, 12, 30))
    (made,) = apologize(told.store, [told.orders["1001"]], wishes=wishes, now=told.tick()).apologies
    assert orders_to_tell(told.store, now=told.now) == [told.orders["1001"]]
    mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())


def test_a_renewed_letter_calls_promised_what_was_told_last(shop: Shop) -> None:
    shop.stock("LAMP", 0, on_order="1", on_order_expected_on="2026-12-04")
    shop.order("1001", ("LAMP", 1), ship_by="2026-11-25")
    for known, given_day in (("November 25", "2026-12-04"), ("December 4", "2026-12-18"), ("December 18", "2026-12-23")):
        delay(shop, given_day)
        (made,) = tell_again(shop).apologies
        (row,) = letter_of(shop, made.notice_id).facts.rows
        assert (row.promised, row.new_date) == (f"{known}, 2026", spelled_out(date.fromisoformat(given_day)))
        mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def letter_of(shop: Shop, notice_id: int) -> Letter:
    with shop.store.read() as view:
        return Letter.from_json(reserved(view, notice_id).letter)


def test_renewed_letters_are_about_the_same_backorder_however_many_they_are(told: Shop) -> None:
    for day in ("2026-12-18", "2026-12-28", "2027-01-08"):
        delay(told, day)
        (made,) = tell_again(told).apologies
        assert (made.kind, made.advice) == (NoticeKind.RENEWED, ())
        mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    told.order("1002", ("LAMP", 1))
    (made,) = tell_again(told).apologies
    assert made.advice == ("Dana Whitfield has had a letter about an earlier backorder: a phone call may do more.",)


@pytest.mark.parametrize("lost", ["nothing is on order", "no day is known"])
def test_a_delivery_that_is_lost_opens_a_renewed_letter_that_says_the_date_is_not_known(told: Shop, lost: str) -> None:
    draft = products.draft_of_product(told.store, told.products["LAMP"])
    draft.on_order, draft.on_order_expected_on = ("0", "") if lost == "nothing is on order" else ("1", "")
    products.edit_product(told.store, told.products["LAMP"], draft, now=told.tick())
    assert slipped(told) == [told.orders["1001"]]
    with told.store.read() as view:
        assert order_detail(view, told.orders["1001"], today=told.now.date()).slipped
    (made,) = tell_again(told).apologies
    assert (made.kind, made.coupon_code, made.new_date) == (NoticeKind.RENEWED, None, None)
    assert "The date we gave you no longer holds: new stock has not come in" in text_of(made.letter)
    assert (again := tell_again(told).apologies[0]).notice_id == made.notice_id and not again.first_time
    assert slipped(told) == [told.orders["1001"]], "until they have heard of it"
    mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    assert slipped(told) == []
    assert check(told.store) == []


def test_a_purchase_that_is_canceled_takes_the_date_along_that_it_gave(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    bought = purchases.source_line(
        shop.store, shop.line("1001", "LAMP"), SourceDraft("Acme", expected_on="2026-12-04"), now=shop.tick()
    )
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    assert made.new_date == date(2026, 12, 4)
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    assert slipped(shop) == []
    purchases.cancel_purchase(shop.store, purchases.find_purchase(shop.store, bought.number), now=shop.tick())
    assert slipped(shop) == [shop.orders["1001"]]


@pytest.fixture
def two_lines(shop: Shop) -> Shop:
    """Dana was told of one order: no date for its lamp, December 5 for its book, which was bought for it."""
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 0)
    shop.order("1001", ("LAMP", 1), ("BOOK", 1))
    purchases.source_line(shop.store, shop.line("1001", "BOOK"), SourceDraft("Acme", expected_on="2026-12-05"), now=shop.tick())
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    assert "December 5, 2026" in text_of(made.letter)
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    return shop


def comes(shop: Shop, sku: str, day: str) -> None:
    draft = products.draft_of_product(shop.store, shop.products[sku])
    draft.on_order, draft.on_order_expected_on = ("1", day) if day else ("0", "")
    products.edit_product(shop.store, shop.products[sku], draft, now=shop.tick())


@pytest.mark.parametrize("lost", [False, True], ids=["later", "canceled"])
def test_a_date_given_beside_a_line_without_one_is_held_to_as_any(two_lines: Shop, lost: bool) -> None:
    assert slipped(two_lines) == []
    bought = purchases.find_purchase(two_lines.store, "PO-1")
    if lost:
        purchases.cancel_purchase(two_lines.store, bought, now=two_lines.tick())
    else:
        draft = purchase_edits.draft_of_purchase(two_lines.store, bought)
        draft.expected_on = "2026-12-25"
        purchase_edits.edit_purchase(two_lines.store, bought, draft, now=two_lines.tick())
    assert slipped(two_lines) == [two_lines.orders["1001"]]
    (made,) = tell_again(two_lines).apologies
    text = text_of(made.letter)
    assert (made.kind, made.coupon_code, made.new_date) == (NoticeKind.RENEWED, None, None)
    assert ("The dates we gave you no longer hold" if lost else "We have new, later dates for your items") in text
    assert lost or "December 25, 2026" in text
    mark_told(two_lines.store, made.notice_id, ToldBy.PRINT, now=two_lines.tick())
    assert slipped(two_lines) == []
    assert check(two_lines.store) == []


def test_the_first_of_two_dates_is_held_to_though_the_last_is_not_past(shop: Shop) -> None:
    for sku, day in (("LAMP", "2026-12-12"), ("BOOK", "2026-12-05")):
        shop.stock(sku, 0, on_order="1", on_order_expected_on=day)
    shop.order("1001", ("LAMP", 1), ("BOOK", 1))
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    comes(shop, "BOOK", "2026-12-11")
    assert slipped(shop) == [shop.orders["1001"]]
    (made,) = tell_again(shop).apologies
    assert (made.kind, made.new_date) == (NoticeKind.RENEWED, date(2026, 12, 12)), "the order's own date stays the last of them"
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    assert slipped(shop) == []
    shop.now += timedelta(days=25)  # December 12
    assert slipped(shop) == [shop.orders["1001"]], "the book should have been here yesterday"


def test_a_date_is_not_held_to_once_its_line_waits_no_more(two_lines: Shop) -> None:
    two_lines.receive("BOOK", 1)
    two_lines.now += timedelta(days=13)
    assert slipped(two_lines) == [], "December 5 has no line any more"
    two_lines.now += timedelta(days=1)
    assert slipped(two_lines) == [two_lines.orders["1001"]], "word of the lamp is due on December 1"


def test_a_date_for_the_line_that_had_none_is_good_news_beside_one_that_holds(two_lines: Shop) -> None:
    comes(two_lines, "LAMP", "2026-12-10")
    assert slipped(two_lines) == []
    two_lines.now += timedelta(days=14)
    (made,) = tell_again(two_lines).apologies
    assert (made.kind, made.new_date) == (NoticeKind.DATE_CHANGE, date(2026, 12, 10))
    assert "We have news of the dates for your items" in text_of(made.letter)


def test_a_day_that_the_seller_wishes_is_news_of_each_line_that_had_another(shop: Shop) -> None:
    for sku, day in (("LAMP", "2026-12-12"), ("BOOK", "2026-12-05")):
        shop.stock(sku, 0, on_order="1", on_order_expected_on=day)
    shop.order("1001", ("LAMP", 1), ("BOOK", 1))
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    wishes = Wishes(new_date=date(2026, 12, 12))
    again, once_more = (apologize(shop.store, [shop.orders["1001"]], wishes=wishes, now=shop.tick()).apologies[0] for _ in "12")
    assert again.notice_id == once_more.notice_id != made.notice_id
    mark_told(shop.store, again.notice_id, ToldBy.PRINT, now=shop.tick())
    third = apologize(shop.store, [shop.orders["1001"]], wishes=wishes, now=shop.tick()).apologies[0]
    assert third.notice_id == again.notice_id


def test_twice_is_the_same_renewed_letter(told: Shop) -> None:
    delay(told, "2026-12-18")
    first, second = (tell_again(told).apologies[0] for _ in range(2))
    assert (first.notice_id, first.letter) == (second.notice_id, second.letter)


def test_a_day_that_has_passed_has_slipped(told: Shop) -> None:
    told.now += timedelta(days=16)  # December 3
    assert slipped(told) == []
    told.now += timedelta(days=2)
    assert slipped(told) == [told.orders["1001"]]


def test_who_was_given_no_date_is_not_told_again_for_one_that_moves(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    assert slipped(shop) == []
    again = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    assert again.notice_id == made.notice_id


def test_a_date_that_the_seller_gave_holds_until_it_has_passed(told: Shop) -> None:
    made = apologize(told.store, [told.orders["1001"]], wishes=Wishes(new_date=date(2026, 12, 20)), now=told.tick()).apologies[0]
    mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    assert slipped(told) == []
    draft = products.draft_of_product(told.store, told.products["LAMP"])
    draft.on_order, draft.on_order_expected_on = "0", ""
    products.edit_product(told.store, told.products["LAMP"], draft, now=told.tick())
    assert slipped(told) == [], "the seller gave it without any delivery"
    assert apologize(told.store, [told.orders["1001"]], now=told.tick()).apologies[0].notice_id == made.notice_id
    draft = products.draft_of_product(told.store, told.products["LAMP"])
    draft.on_order, draft.on_order_expected_on = "1", "2026-12-21"
    products.edit_product(told.store, told.products["LAMP"], draft, now=told.tick())
    assert slipped(told) == [told.orders["1001"]]


@given(given_day=DAYS, expected=st.none() | DAYS, today=DAYS, chosen=st.booleans())
def test_what_has_slipped_stays_slipped(given_day: date, expected: date | None, today: date, chosen: bool) -> None:
    later = expected and expected + timedelta(days=1)
    if has_slipped(given_day, expected, today, chosen=chosen):
        assert has_slipped(given_day, expected, today + timedelta(days=1), chosen=chosen)
        assert has_slipped(given_day, later, today, chosen=chosen)
        assert has_slipped(given_day, expected, today, chosen=False)
    else:
        assert today <= given_day
        assert chosen or expected is not None
    assert has_slipped(given_day, None, today) and not has_slipped(None, expected, today)


def test_who_was_given_no_date_hears_again_on_the_day_the_letter_names(shop: Shop) -> None:
    """Two weeks after November 17, on a Tuesday; the letter of that day still knows no more, and names the next one."""
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    assert "no confirmed date for new stock yet; we will write to you again by December 1, 2026." in text_of(made.letter)
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.now += timedelta(days=13)
    assert slipped(shop) == []
    shop.now += timedelta(days=1)
    assert slipped(shop) == [shop.orders["1001"]]
    again = tell_again(shop).apologies[0]
    text = text_of(again.letter)
    assert (again.kind, again.coupon_code, again.new_date) == (NoticeKind.RENEWED, None, None)
    assert "New stock has not come in, and we still have no confirmed date for it." in text
    assert "We will write to you again by December 15, 2026." in text
    assert "sorry" not in text
    mark_told(shop.store, again.notice_id, ToldBy.PRINT, now=shop.tick())
    assert slipped(shop) == []
    with shop.store.read() as view:
        assert view.all("SELECT update_on FROM notice ORDER BY id") == [("2026-12-01",), ("2026-12-15",)]


def test_who_may_still_answer_does_not_hear_every_day_that_nothing_is_known(told: Shop) -> None:
    """They were given December 4, which is their last day to answer now that the lamp comes on no day."""
    told.now += timedelta(days=13)
    delay(told, "")
    made = tell_again(told).apologies[0]
    text = text_of(made.letter)
    assert "December 4, 2026" in text
    assert "We will write to you again by December 7, 2026." in text
    mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    for _ in range(4):
        told.now += timedelta(days=1)
        assert slipped(told) == []
    told.now += timedelta(days=3)
    with told.store.read() as view:
        assert agenda(view, today=local_day(told.now, HOLLOW_OAK.time_zone)).unanswered


def test_the_day_of_the_next_word_is_that_of_the_letter_when_it_is_drawn_again(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    before = made.letter.read_bytes()
    made.letter.unlink()
    shop.now += timedelta(days=5)
    assert apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0].letter.read_bytes() == before


@pytest.fixture
def both(told: Shop) -> Shop:
    """Of order 1001 the date has slipped; order 1002 is short too, and Dana does not know of it."""
    told.stock("BOOK", 0, price="40.00")
    told.order("1002", ("BOOK", 5))
    delay(told, "2026-12-11")
    return told


@pytest.mark.parametrize("asked", [["1001"], ["1002"], ["1002", "1001"]])
def test_who_knows_of_one_order_and_not_of_another_hears_of_both_in_one_letter(both: Shop, asked: list[str]) -> None:
    (made,) = apologize(both.store, [both.orders[number] for number in asked], now=both.tick()).apologies
    text = text_of(made.letter)
    assert (made.kind, made.order_numbers, text.count("sorry")) == (NoticeKind.FIRST, ("1001", "1002"), 1)
    assert made.offer == Offer(OfferKind.AMOUNT, Money(500, "USD")), "a tenth of order 1002: 1001 has had its coupon"
    assert (again := tell_again(both).apologies[0]).letter.read_bytes() == made.letter.read_bytes()
    assert (again.notice_id, again.coupon_code, again.first_time) == (made.notice_id, made.coupon_code, False)
    assert set(orders_to_tell(both.store, now=both.now)) == {both.orders["1001"], both.orders["1002"]}
    mark_told(both.store, made.notice_id, ToldBy.PRINT, now=both.tick())
    assert orders_to_tell(both.store, now=both.now) == []
    assert check(both.store) == []


def test_a_letter_about_a_new_date_takes_in_what_becomes_short_before_it_is_told(told: Shop) -> None:
    delay(told, "2026-12-11")
    renewed = tell_again(told).apologies[0]
    assert (renewed.kind, renewed.coupon_code) == (NoticeKind.RENEWED, None)
    told.stock("BOOK", 0, price="40.00")
    told.order("1002", ("BOOK", 5))
    (made,) = tell_again(told).apologies
    assert (made.kind, made.order_numbers, made.coupon_code is not None) == (NoticeKind.FIRST, ("1001", "1002"), True)
    with told.store.read() as view:
        assert view.value("SELECT voided_at IS NOT NULL FROM notice WHERE id = ?", (renewed.notice_id,))
    told.receive("BOOK", 5)
    (alone,) = tell_again(told).apologies
    assert (alone.kind, alone.order_numbers, alone.coupon_code) == (NoticeKind.RENEWED, ("1001",), None)
    assert find_coupon(told.store, made.coupon_code or "").status == CouponStatus.VOIDED
    assert check(told.store) == []


def test_two_dates_that_slipped_are_told_in_one_letter_whichever_is_asked_for(both: Shop) -> None:
    for number in ("1001", "1002"):
        made = apologize(both.store, [both.orders[number]], wishes=Wishes(new_date=date(2026, 12, 11)), now=both.tick())
        mark_told(both.store, made.apologies[0].notice_id, ToldBy.PRINT, now=both.tick()) if number == "1001" else None
    both.now = both.now.replace(month=12, day=13)
    for number in ("1001", "1002"):
        (made_now,) = apologize(both.store, [both.orders[number]], now=both.tick()).apologies
        assert made_now.order_numbers == ("1001", "1002")


def test_the_refund_of_who_was_told_in_time_brings_no_second_coupon(told: Shop) -> None:
    told.now = told.now.replace(month=12, day=10)
    (made,) = apologize(told.store, [told.orders["1001"]], now=told.tick()).apologies
    assert (made.kind, made.coupon_code) == (NoticeKind.REFUND, None)
    text = text_of(made.letter)
    assert "We have taken what is listed here off your order" in text
    assert "did not ask" not in text
    assert "sorry" not in text
    assert set(orders_to_tell(told.store, now=told.now)) == {told.orders["1001"]}


def test_a_letter_that_lies_ready_follows_its_delivery_when_it_is_asked_for_again(shop: Shop) -> None:
    shop.stock("LAMP", 0, on_order="1", on_order_expected_on="2026-12-04")
    shop.order("1001", ("LAMP", 1))
    first = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    assert "December 4, 2026" in text_of(first.letter)
    delay(shop, "2026-12-11")
    with pytest.raises(RefusedError, match="gives a date that does not hold"):
        require_deliverable(shop.store, first.notice_id, now=shop.now)
    again = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    require_deliverable(shop.store, again.notice_id, now=shop.now)
    assert (again.notice_id, again.coupon_code, again.new_date) == (first.notice_id, first.coupon_code, date(2026, 12, 11))
    assert "December 11, 2026" in text_of(again.letter)
    assert "December 4" not in text_of(again.letter)


@pytest.mark.parametrize("expected", ["2026-12-11", ""], ids=["on order", "nothing known"])
def test_a_day_that_the_seller_chose_does_not_go_out_once_it_has_passed(shop: Shop, expected: str) -> None:
    shop.stock("LAMP", 0, on_order="1" if expected else "", on_order_expected_on=expected)
    shop.order("1001", ("LAMP", 1))
    first = apologize(shop.store, [shop.orders["1001"]], wishes=Wishes(new_date=date(2026, 11, 20)), now=shop.tick()).apologies[0]
    shop.now += timedelta(days=3)
    require_deliverable(shop.store, first.notice_id, now=shop.now)
    shop.now += timedelta(days=1)
    with pytest.raises(RefusedError, match="letter to Dana Whitfield gives a date that does not hold"):
        require_deliverable(shop.store, first.notice_id, now=shop.now)
    again = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    require_deliverable(shop.store, again.notice_id, now=shop.now)
    assert (again.notice_id, again.coupon_code) == (first.notice_id, first.coupon_code)
    assert again.new_date == (date.fromisoformat(expected) if expected else None)
    assert "November 20" not in text_of(again.letter)
    with shop.store.read() as view:
        assert (row := notice(view, again.notice_id)) is not None and row.wished_date is None, "nothing of it is left in the pane"


@given(ago=st.integers(1, 400))
def test_no_day_that_has_passed_is_promised(short_once: Shop, ago: int) -> None:
    today = local_day(short_once.now, HOLLOW_OAK.time_zone)
    wishes = Wishes(new_date=today - timedelta(days=ago))
    with pytest.raises(InvalidValueError, match=f"{today - timedelta(days=ago)}.* can't be the new date"):
        apologize(short_once.store, [short_once.orders["1001"]], wishes=wishes, now=short_once.now)
    with pytest.raises(InvalidValueError, match="can't be the new date"):
        revise_apology(short_once.store, 1, wishes=wishes, now=short_once.now)


@pytest.fixture(scope="module")
def short_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """An order with a letter that lies ready; the tests change nothing of it."""
    shop = make_shop(tmp_path_factory.mktemp("short"))
    shop.stock("LAMP", 0)
    apologize(shop.store, [shop.order("1001", ("LAMP", 1))], now=shop.tick())
    yield shop
    shop.store.close()


def word_promised(shop: Shop) -> date:
    with shop.store.read() as view:
        return date.fromisoformat(str(view.value("SELECT update_on FROM notice")))


def test_a_letter_that_lies_ready_past_the_day_of_its_next_word_names_a_later_one(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    first = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    word_by = word_promised(shop)
    assert spelled_out(word_by) in text_of(first.letter)
    shop.now += word_by - local_day(shop.now, HOLLOW_OAK.time_zone)
    again = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    assert (again.notice_id, again.coupon_code) == (first.notice_id, first.coupon_code)
    assert word_promised(shop) > word_by
    assert spelled_out(word_promised(shop)) in text_of(again.letter)


def test_a_coupon_that_was_used_before_its_letter_went_out_is_the_one_of_its_case(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 5)
    shop.order("1001", ("LAMP", 3))
    shop.order("2000", ("BOOK", 1))
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    redeem_coupon(shop.store, made.coupon_code or "", "2000", now=shop.tick())
    shop.now += timedelta(days=20)
    (refund,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    assert (refund.kind, refund.coupon_code) == (NoticeKind.REFUND, None)
    assert check(shop.store) == []
