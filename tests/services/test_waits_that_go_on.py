"""Units that came in and were lost again before their customer heard of it: to the customer it is one wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from orderdesk.domain.notices import NoticeKind, ToldBy
from orderdesk.services import history
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import Apology, apologize, orders_to_tell
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.endings import write_good_news
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.order_detail import order_detail
from orderdesk.storage.queries.orders import OrderRow
from tests.builders import Shop

TOLD_FIRST, LATER, SOONER = date(2027, 3, 1), date(2027, 4, 1), date(2027, 2, 1)


@pytest.fixture
def waiting(shop: Shop) -> Shop:
    """Dana was told that her lamps come on March 1."""
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 2))
    tell(shop, letter(shop, TOLD_FIRST))
    return shop


def letter(shop: Shop, new_date: date) -> Apology:
    (made,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick(), wishes=Wishes(new_date=new_date)).apologies
    return made


def tell(shop: Shop, made: Apology) -> None:
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def row(shop: Shop) -> OrderRow:
    with shop.store.read() as view:
        return order_detail(view, shop.orders["1001"], today=shop.now.date()).row


def lose_what_came(shop: Shop) -> None:
    shop.receive("LAMP", 2)
    assert row(shop).backordered_since is None
    shop.count("LAMP", 0)


def test_their_customer_is_told_nothing_they_know(waiting: Shop) -> None:
    began = row(waiting)
    lose_what_came(waiting)
    assert (row(waiting).backordered_since, row(waiting).told_at) == (began.backordered_since, began.told_at)
    assert orders_to_tell(waiting.store, now=waiting.now) == []
    assert check(waiting.store) == []


@pytest.mark.parametrize(("day", "kind"), [(LATER, NoticeKind.RENEWED), (SOONER, NoticeKind.DATE_CHANGE)])
def test_a_new_date_is_told_without_another_apology_or_coupon(waiting: Shop, day: date, kind: NoticeKind) -> None:
    lose_what_came(waiting)
    made = letter(waiting, day)
    assert (made.kind, made.new_date, made.coupon_code) == (kind, day, None)


def test_who_agreed_to_wait_is_still_asked_after_the_legal_day(waiting: Shop) -> None:
    agree_to_wait(waiting.store, waiting.orders["1001"], now=waiting.tick())
    waiting.now += timedelta(days=60)
    lose_what_came(waiting)
    assert letter(waiting, SOONER).kind is NoticeKind.DATE_CHANGE


def test_undo_of_the_loss_and_of_the_delivery_leaves_the_wait_as_it_was(waiting: Shop) -> None:
    before = row(waiting)
    lose_what_came(waiting)
    history.undo(waiting.store, now=waiting.tick())
    assert row(waiting).backordered_since is None
    history.undo(waiting.store, now=waiting.tick())
    assert row(waiting) == before


def test_who_heard_that_it_is_here_waits_anew(waiting: Shop) -> None:
    waiting.receive("LAMP", 2)
    news = write_good_news(waiting.store, waiting.orders["1001"], now=waiting.tick())
    mark_told(waiting.store, news.notice_id, ToldBy.PRINT, now=waiting.tick())
    waiting.count("LAMP", 0)
    assert row(waiting).told_at is None
    assert letter(waiting, LATER).kind is NoticeKind.FIRST


def test_another_line_that_waits_later_is_a_wait_of_its_own(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.stock("CUP", 1)
    shop.order("1001", ("LAMP", 2), ("CUP", 1))
    tell(shop, letter(shop, TOLD_FIRST))
    shop.receive("LAMP", 2)
    shop.count("CUP", 0)
    assert row(shop).told_at is None
