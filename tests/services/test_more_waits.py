"""More waits than a customer was told of: they hear of it, by one more letter without another apology or coupon."""

from __future__ import annotations

import pytest

from orderdesk.domain.errors import AlreadyToldError, RefusedError
from orderdesk.domain.notices import NoticeKind, ToldBy
from orderdesk.services.apologies import Apology, apologize, orders_to_tell
from orderdesk.services.checks import check
from orderdesk.services.days import local_day
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.customers import customer_rows
from orderdesk.storage.queries.orders import OrdersView, order_counts, order_ids, order_rows
from orderdesk.storage.queries.product_detail import product_detail
from orderdesk.storage.queries.telling import to_tell
from tests.builders import HOLLOW_OAK, Shop
from tests.reading import text_of

MORE_WAITS = "More of your items have to wait than we last told you"


@pytest.fixture
def told(shop: Shop) -> Shop:
    """Dana was told of two lamps that are late; the mug of the same order lies ready."""
    shop.stock("LAMP", 0)
    shop.stock("MUG", 1)
    shop.order("1001", ("LAMP", 2), ("MUG", 1))
    mark_told(shop.store, write(shop).notice_id, ToldBy.PRINT, now=shop.tick())
    return shop


def write(shop: Shop) -> Apology:
    (made,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    return made


def told_lines(shop: Shop) -> dict[str, bool]:
    with shop.store.read() as view:
        return {row.sku: row.told_at is not None for row in backordered_lines(view, today=shop.now.date())}


def queued(shop: Shop) -> bool:
    """Whether every list of those who are to be told has Dana, or none has."""
    today = local_day(shop.now, HOLLOW_OAK.time_zone)
    order = shop.orders["1001"]
    with shop.store.read() as view:
        (row,) = order_rows(view, [order], today=today)
        (customer,) = customer_rows(view, [row.customer_id], today=today)
        waiting = [who.told for product in shop.products.values() for who in product_detail(view, product, today=today).waiting]
        said = {
            order in orders_to_tell(shop.store, now=shop.now),
            list(order_ids(view, OrdersView(filter="not_told"), today=today)) == [order],
            order_counts(view, today=today)["not_told"] == 1,
            to_tell(view, today=today, shown=9).count == 1,
            not row.told,
            not customer.told,
            not all(waiting),
        }
    assert len(said) == 1
    return said.pop()


def test_a_line_that_becomes_short_later_is_told_by_a_letter_about_everything(told: Shop) -> None:
    assert not queued(told)
    told.count("MUG", 0)
    assert queued(told)
    assert told_lines(told) == {"LAMP": True, "MUG": False}
    with pytest.raises(RefusedError, match="More waits than the letter told Dana Whitfield"):
        mark_order_told(told.store, told.orders["1001"], ToldBy.PHONE, now=told.tick())
    made = write(told)
    text = text_of(made.letter)
    assert (made.kind, made.coupon_code, made.first_time) == (NoticeKind.RENEWED, None, True)
    assert "2 × Product LAMP" in text and "1 × Product MUG" in text
    assert MORE_WAITS in text and "We have no confirmed date for new stock yet" in text
    assert "sorry" not in text.lower() and "later date" not in text
    assert write(told).notice_id == made.notice_id
    mark_told(told.store, made.notice_id, ToldBy.PRINT, now=told.tick())
    assert not queued(told)
    assert told_lines(told) == {"LAMP": True, "MUG": True}
    assert check(told.store) == []


def test_more_units_of_a_line_are_told_and_fewer_are_not(told: Shop) -> None:
    told.receive("LAMP", 1)
    assert told_lines(told) == {"LAMP": True}
    assert not queued(told)
    with pytest.raises(AlreadyToldError):
        mark_order_told(told.store, told.orders["1001"], ToldBy.PRINT, now=told.tick())
    told.count("LAMP", 0)
    assert not queued(told), "they know of two"


def test_what_comes_back_before_anybody_hears_needs_no_letter(told: Shop) -> None:
    told.count("MUG", 0)
    assert queued(told)
    told.count("MUG", 1)
    assert not queued(told)
    assert told_lines(told) == {"LAMP": True}


def test_a_letter_about_less_is_followed_by_one_about_the_units_that_grew(shop: Shop) -> None:
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 2))
    mark_told(shop.store, write(shop).notice_id, ToldBy.PRINT, now=shop.tick())
    shop.count("LAMP", 0)
    assert queued(shop)
    assert told_lines(shop) == {"LAMP": False}
    made = write(shop)
    assert (made.kind, made.coupon_code) == (NoticeKind.RENEWED, None)
    assert "2 × Product LAMP" in text_of(made.letter)


def test_a_letter_that_says_too_little_of_one_order_is_followed_by_one_about_all_whichever_is_asked_for(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.stock("MUG", 1)
    shop.order("1001", ("LAMP", 2))
    shop.order("1002", ("LAMP", 1), ("MUG", 1))
    mark_told(shop.store, write(shop).notice_id, ToldBy.PRINT, now=shop.tick())
    shop.order("1003", ("LAMP", 1))
    assert write(shop).order_numbers == ("1001", "1002")
    shop.count("MUG", 0)
    made, again = write(shop), write(shop)
    assert made.order_numbers == ("1001", "1002", "1003")
    assert (again.notice_id, again.first_time) == (made.notice_id, False)
    assert check(shop.store) == []


def test_who_was_told_on_the_phone_was_told_of_everything(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 2))
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    assert not queued(shop)
    assert told_lines(shop) == {"LAMP": True}
