"""Good news is of units that a customer was told to wait for, that came in since, and that are still for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from orderdesk.documents.messages import Channel
from orderdesk.domain.errors import NothingToDoError, OvertakenError, RefusedError
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services.answers import agree_to_wait, cancel_what_waits
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.drop_ship import send_direct
from orderdesk.services.endings import write_cancellation, write_good_news
from orderdesk.services.history import undo
from orderdesk.services.messages import write_message
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, hold_order, release_order, set_line_policy, set_ship_policy, ship_order
from orderdesk.services.products import draft_of_product, edit_product
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries.orders import OrdersView, order_ids
from tests.builders import Shop
from tests.reading import text_of


@pytest.fixture(params=["by letter", "on the phone"])
def told(shop: Shop, request: pytest.FixtureRequest) -> Shop:
    """Three of five are here, and the customer knows that two wait."""
    shop.stock("LAMP", 3)
    shop.order("1", ("LAMP", 5))
    if request.param == "by letter":
        (made,) = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies
        mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    else:
        mark_order_told(shop.store, shop.orders["1"], ToldBy.PHONE, now=shop.tick())
    return shop


def offered(shop: Shop) -> bool:
    with shop.store.read() as view:
        return shop.orders["1"] in order_ids(view, OrdersView(filter="arrived"), today=shop.now.date())


def good_news(shop: Shop) -> str:
    return text_of(write_good_news(shop.store, shop.orders["1"], now=shop.tick()).letter)


def they_cancel(shop: Shop) -> None:
    cancel_what_waits(shop.store, shop.orders["1"], now=shop.tick())


def the_seller_cancels(shop: Shop) -> None:
    cancel_line(shop.store, shop.line("1", "LAMP"), 2, now=shop.tick())


def the_supplier_sends_it(shop: Shop) -> None:
    send_direct(shop.store, shop.line("1", "LAMP"), 2, now=shop.tick())


@pytest.mark.parametrize("ended", [they_cancel, the_seller_cancels, the_supplier_sends_it])
def test_what_never_came_in_is_no_good_news(told: Shop, ended: Callable[[Shop], None]) -> None:
    ended(told)
    assert not offered(told)
    with pytest.raises(NothingToDoError, match="no good news"):
        good_news(told)


def put_on_hold_for_a_while(shop: Shop) -> None:
    hold_order(shop.store, shop.orders["1"], now=shop.tick())
    release_order(shop.store, shop.orders["1"], now=shop.tick())


def a_parcel_leaves_and_the_rest_is_found_again(shop: Shop) -> None:
    ship_order(shop.store, shop.orders["1"], {shop.line("1", "LAMP"): 1}, now=shop.tick())
    shop.count("LAMP", 0)
    shop.count("LAMP", 2)


@pytest.mark.parametrize("meanwhile", [put_on_hold_for_a_while, a_parcel_leaves_and_the_rest_is_found_again])
def test_what_was_here_by_the_time_they_were_told_is_no_good_news(told: Shop, meanwhile: Callable[[Shop], None]) -> None:
    meanwhile(told)
    assert not offered(told)
    told.receive("LAMP", 1)
    assert "1 × Product LAMP" in good_news(told)


def test_good_news_counts_what_came_in_and_not_what_was_canceled(told: Shop) -> None:
    told.receive("LAMP", 1)
    cancel_line(told.store, told.line("1", "LAMP"), 1, now=told.tick())
    assert offered(told)
    assert "1 × Product LAMP" in good_news(told)
    assert offered(told)
    mark_told(told.store, write_good_news(told.store, told.orders["1"], now=told.tick()).notice_id, ToldBy.PRINT, now=told.tick())
    assert not offered(told)


def test_good_news_after_a_parcel_is_of_what_came_in(told: Shop) -> None:
    """What was here for them from the start leaves first."""
    ship_order(told.store, told.orders["1"], now=told.tick())
    assert not offered(told)
    told.receive("LAMP", 2)
    assert offered(told)
    assert "2 × Product LAMP" in good_news(told)


def test_good_news_is_of_no_more_than_they_were_told_of(told: Shop) -> None:
    draft = draft_of_order(told.store, told.orders["1"])
    draft.lines[0].quantity = "9"
    edit_order(told.store, told.orders["1"], draft, now=told.tick())
    told.receive("LAMP", 6)
    assert "2 × Product LAMP" in good_news(told)


def test_units_that_were_lost_and_came_back_are_no_good_news(told: Shop) -> None:
    told.count("LAMP", 0)
    told.receive("LAMP", 3)
    assert not offered(told)
    told.receive("LAMP", 2)
    assert "2 × Product LAMP" in good_news(told)


@pytest.fixture
def candles(shop: Shop) -> Shop:
    """Dana waits for two candles and a jam, and knows it; one candle and the jam came in."""
    shop.stock("CANDLE", 0)
    shop.stock("JAM", 0)
    shop.order("1", ("CANDLE", 2), ("JAM", 1))
    (made,) = apologize(shop.store, [shop.orders["1"]], now=shop.tick(), wishes=Wishes(new_date=date(2026, 12, 20))).apologies
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.receive("CANDLE", 1)
    shop.receive("JAM", 1)
    return shop


def test_good_news_of_a_part_says_what_still_waits(candles: Shop) -> None:
    assert offered(candles)
    text = good_news(candles)
    assert "Two of your three items will ship by November 18, 2026" in text
    assert "Part of what you were waiting for has arrived" in text
    assert text.count("1 × Product CANDLE") == 2
    assert "December 20, 2026" in text
    assert "SHIP DATE" in text and "NEW SHIP DATE" not in text, "the day of what waits still is the one they know"


@pytest.mark.parametrize(("supply", "said"), [("2026-12-01", "December 20, 2026"), ("2026-12-22", "Not known yet")])
def test_good_news_gives_what_still_waits_no_day_that_was_never_told(candles: Shop, supply: str, said: str) -> None:
    """One that is told anew has its own letter."""
    draft = draft_of_product(candles.store, candles.products["CANDLE"])
    draft.on_order, draft.on_order_expected_on = "5", supply
    edit_product(candles.store, candles.products["CANDLE"], draft, now=candles.tick())
    text = good_news(candles)
    assert said in text
    assert "December 22" not in text and "December 1," not in text


def the_supply_is_late(shop: Shop) -> None:
    draft = draft_of_product(shop.store, shop.products["CANDLE"])
    draft.on_order, draft.on_order_expected_on = "5", "2026-12-22"
    edit_product(shop.store, shop.products["CANDLE"], draft, now=shop.tick())


def the_rest_is_canceled(shop: Shop) -> None:
    cancel_line(shop.store, shop.line("1", "CANDLE"), 1, now=shop.tick())


@pytest.mark.parametrize("changed", [the_supply_is_late, the_rest_is_canceled])
def test_good_news_that_says_of_what_still_waits_what_is_not_so_does_not_leave(
    candles: Shop, changed: Callable[[Shop], None]
) -> None:
    made = write_good_news(candles.store, candles.orders["1"], now=candles.tick())
    changed(candles)
    with pytest.raises(OvertakenError, match="does not say how what still waits stands now"):
        mark_told(candles.store, made.notice_id, ToldBy.PRINT, now=candles.tick())
    with pytest.raises(OvertakenError):
        write_message(candles.store, made.notice_id, Channel.EBAY, now=candles.tick())
    again = write_good_news(candles.store, candles.orders["1"], now=candles.tick())
    assert "December 20" not in text_of(again.letter)
    mark_told(candles.store, again.notice_id, ToldBy.PRINT, now=candles.tick())


@pytest.mark.parametrize("day", ["2026-12-01", "2026-12-20"])
def test_good_news_leaves_while_the_day_of_what_still_waits_holds(candles: Shop, day: str) -> None:
    made = write_good_news(candles.store, candles.orders["1"], now=candles.tick())
    draft = draft_of_product(candles.store, candles.products["CANDLE"])
    draft.on_order, draft.on_order_expected_on = "5", day
    edit_product(candles.store, candles.products["CANDLE"], draft, now=candles.tick())
    assert write_good_news(candles.store, candles.orders["1"], now=candles.tick()).notice_id == made.notice_id
    mark_told(candles.store, made.notice_id, ToldBy.PRINT, now=candles.tick())


def test_good_news_whose_customer_has_agreed_since_asks_no_more(shop: Shop) -> None:
    for sku in ("CANDLE", "JAM"):
        shop.stock(sku, 0)
    shop.order("1", ("CANDLE", 1), ("JAM", 1))
    (first,) = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies
    mark_told(shop.store, first.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.receive("JAM", 1)
    made = write_good_news(shop.store, shop.orders["1"], now=shop.tick())
    agree_to_wait(shop.store, shop.orders["1"], now=shop.tick())
    with pytest.raises(OvertakenError, match="how what still waits stands now"):
        mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    again = write_good_news(shop.store, shop.orders["1"], now=shop.tick())
    assert "agree to wait" not in text_of(again.letter)
    mark_told(shop.store, again.notice_id, ToldBy.PRINT, now=shop.tick())


def test_who_was_told_on_the_phone_reads_no_day_that_nobody_gave_them(shop: Shop) -> None:
    shop.stock("CANDLE", 0, on_order="5", on_order_expected_on="2026-12-01")
    shop.order("1", ("CANDLE", 2))
    mark_order_told(shop.store, shop.orders["1"], ToldBy.PHONE, now=shop.tick())
    shop.receive("CANDLE", 1)
    text = good_news(shop)
    assert "Not known yet" in text and "December 1" not in text


@pytest.mark.parametrize("answered", [False, True])
def test_good_news_of_a_part_says_until_when_the_rest_waits_for_an_answer(shop: Shop, answered: bool) -> None:
    """Without one it is canceled, as the letter said that asked for it."""
    for sku in ("CANDLE", "JAM"):
        shop.stock(sku, 0)
    shop.order("1", ("CANDLE", 1), ("JAM", 1))
    (made,) = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies
    asked = "Please tell us by January 2, 2027 that you agree to wait."
    assert asked in text_of(made.letter)
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    if answered:
        agree_to_wait(shop.store, shop.orders["1"], now=shop.tick())
    shop.receive("JAM", 1)
    text = good_news(shop)
    assert (asked in text) is not answered
    assert ("we cancel what is late and send your refund by January 12, 2027" in text) is not answered
    shop.receive("CANDLE", 1)
    assert "agree to wait" not in good_news(shop), "nothing waits any more"


def test_good_news_of_the_rest_is_of_that_alone(candles: Shop) -> None:
    first = write_good_news(candles.store, candles.orders["1"], now=candles.tick())
    mark_told(candles.store, first.notice_id, ToldBy.PRINT, now=candles.tick())
    assert not offered(candles)
    candles.receive("CANDLE", 1)
    assert offered(candles)
    text = good_news(candles)
    assert "What you were waiting for has arrived" in text
    assert "1 × Product CANDLE" in text and "JAM" not in text


def test_a_part_that_may_not_leave_is_no_good_news(candles: Shop) -> None:
    set_ship_policy(candles.store, candles.orders["1"], ShipPolicy.COMPLETE, now=candles.tick())
    assert not offered(candles)
    with pytest.raises(NothingToDoError, match="no good news"):
        good_news(candles)
    candles.receive("CANDLE", 1)
    text = good_news(candles)
    assert "Your three items are ready to ship" in text


def lost(shop: Shop) -> None:
    shop.count("LAMP", 0)


def canceled_by_the_seller(shop: Shop) -> None:
    cancel_line(shop.store, shop.line("1", "LAMP"), 5, now=shop.tick())


def held(shop: Shop) -> None:
    hold_order(shop.store, shop.orders["1"], now=shop.tick())


@pytest.mark.parametrize("gone", [lost, canceled_by_the_seller, held])
def test_nobody_hears_that_it_is_here_once_it_is_not(told: Shop, gone: Callable[[Shop], None]) -> None:
    told.receive("LAMP", 2)
    made = write_good_news(told.store, told.orders["1"], now=told.tick())
    gone(told)
    for way in (
        lambda: mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick()),
        lambda: write_message(told.store, made.notice_id, Channel.EBAY, now=told.tick()),
    ):
        with pytest.raises(RefusedError, match="Dana Whitfield says is here has left, or is not there for them"):
            way()


def test_good_news_of_more_than_is_here_does_not_leave_and_follows_once_written_again(told: Shop) -> None:
    told.receive("LAMP", 2)
    made = write_good_news(told.store, told.orders["1"], now=told.tick())
    told.count("LAMP", 4)
    with pytest.raises(OvertakenError, match="says so of 2 × “Product LAMP”, and it is so of 1 by now"):
        mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    again = write_good_news(told.store, told.orders["1"], now=told.tick())
    assert "1 × Product LAMP" in text_of(again.letter)
    mark_told(told.store, again.notice_id, ToldBy.PRINT, now=told.tick())


def test_what_was_not_canceled_after_all_is_not_told_of(told: Shop) -> None:
    step = cancel_line(told.store, told.line("1", "LAMP"), 2, now=told.tick())
    made = write_cancellation(told.store, told.orders["1"], now=told.tick())
    undo(told.store, event_id=step.event_id, now=told.tick())
    with pytest.raises(RefusedError, match="says was canceled is not"):
        mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())


@pytest.mark.parametrize("of_line", [True, False])
def test_good_news_says_nothing_of_a_rest_that_its_parcel_cancels(told: Shop, of_line: bool) -> None:
    told.receive("LAMP", 1)
    assert "Not known yet" in good_news(told)
    if of_line:
        set_line_policy(told.store, told.orders["1"], told.line("1", "LAMP"), ShipPolicy.CANCEL_REMAINDER, now=told.tick())
    else:
        set_ship_policy(told.store, told.orders["1"], ShipPolicy.CANCEL_REMAINDER, now=told.tick())
    text = good_news(told)
    assert "Product LAMP" in text
    assert "Not known yet" not in text
