"""What silence has canceled stays so when it comes in after all, until the seller says whether its customer still wants it."""

from __future__ import annotations

from datetime import date

import pytest

from orderdesk.domain.errors import NothingToDoError, RefusedError
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait, cancel_what_waits
from orderdesk.services.apologies import apologize
from orderdesk.services.checks import check
from orderdesk.services.endings import cancel_without_answer, note_no_answer, write_good_news
from orderdesk.services.orders import ship_order
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.orders import OrdersView, order_ids
from orderdesk.storage.queries.today import Today, agenda
from tests.builders import Shop
from tests.reading import text_of
from tests.services.test_notices import noon

LATE = "2027-01-05"


@pytest.fixture
def told(shop: Shop) -> Shop:
    """Two of three lamps wait; without an answer by January 2 they are canceled."""
    shop.stock("LAMP", 1)
    shop.order("1", ("LAMP", 3))
    (made,) = apologize(shop.store, [shop.orders["1"]], now=noon("2026-11-17")).apologies
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=noon("2026-11-17"))
    return shop


@pytest.fixture
def silent(told: Shop) -> Shop:
    """They came in, and nobody has answered in time."""
    told.now = noon(LATE)
    told.receive("LAMP", 2)
    return told


def listed(shop: Shop, name: str) -> bool:
    with shop.store.read() as view:
        return shop.orders["1"] in order_ids(view, OrdersView(filter=name), today=shop.now.date())


def todo(shop: Shop) -> Today:
    with shop.store.read() as view:
        return agenda(view, today=shop.now.date())


def units(shop: Shop) -> tuple[int, int]:
    """(canceled, shipped)"""
    with shop.store.read() as view:
        found = view.record("order_line", shop.line("1", "LAMP"))
    return found["canceled"], found["shipped"]


def test_a_cancellation_by_silence_stays_to_be_decided_when_units_come_in(silent: Shop) -> None:
    assert (listed(silent, "unanswered"), listed(silent, "arrived")) == (True, False)
    found = todo(silent)
    assert [(each.order.id, each.deadline.answer_by) for each in found.unanswered] == [(silent.orders["1"], date(2027, 1, 2))]
    assert (found.unanswered_count, found.arrived_count, found.ready_count) == (1, 0, 0)
    with pytest.raises(NothingToDoError):
        write_good_news(silent.store, silent.orders["1"], now=silent.tick())


def test_what_silence_has_canceled_does_not_ship_unasked(silent: Shop) -> None:
    order, line = silent.orders["1"], silent.line("1", "LAMP")
    with pytest.raises(RefusedError, match="none came") as refused:
        ship_order(silent.store, order, now=silent.tick())
    assert "agreed to wait" in refused.value.remedy
    with pytest.raises(RefusedError, match="none came"):
        ship_order(silent.store, order, {line: 2}, now=silent.tick())
    ship_order(silent.store, order, {line: 1}, now=silent.tick())
    assert units(silent) == (0, 1), "what never waited leaves"


def test_who_agreed_after_all_gets_it(silent: Shop) -> None:
    order = silent.orders["1"]
    agree_to_wait(silent.store, order, now=silent.tick())
    assert (listed(silent, "unanswered"), listed(silent, "arrived")) == (False, True)
    assert "2 × Product LAMP" in text_of(write_good_news(silent.store, order, now=silent.tick()).letter)
    ship_order(silent.store, order, now=silent.tick())
    assert units(silent) == (0, 3)


def test_without_an_answer_it_is_canceled_and_written_of(silent: Shop) -> None:
    letter = cancel_without_answer(silent.store, silent.orders["1"], now=silent.tick()).letter
    assert "2 × Product LAMP" in text_of(letter)
    assert units(silent) == (2, 0)
    assert not listed(silent, "unanswered")
    assert check(silent.store) == []


def test_that_no_answer_came_is_noted_with_the_same_result(silent: Shop) -> None:
    assert note_no_answer(silent.store, silent.orders["1"], now=silent.tick()).letter is not None
    assert (units(silent), listed(silent, "unanswered")) == ((2, 0), False)


def test_who_cancels_after_all_gets_what_never_waited(silent: Shop) -> None:
    cancel_what_waits(silent.store, silent.orders["1"], now=silent.tick())
    assert (units(silent), listed(silent, "unanswered")) == ((2, 0), False)
    ship_order(silent.store, silent.orders["1"], now=silent.tick())
    assert units(silent) == (2, 1)


def test_what_came_in_in_part_is_canceled_with_the_rest(told: Shop) -> None:
    told.now = noon(LATE)
    told.receive("LAMP", 1)
    cancel_without_answer(told.store, told.orders["1"], now=told.tick())
    assert units(told) == (2, 0)


def test_what_ships_while_there_is_time_to_answer_is_theirs(told: Shop) -> None:
    told.now = noon("2027-01-02")
    told.receive("LAMP", 2)
    assert (listed(told, "unanswered"), listed(told, "arrived")) == (False, True)
    ship_order(told.store, told.orders["1"], now=told.tick())
    assert units(told) == (0, 3)
