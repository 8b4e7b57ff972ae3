"""Who was told stays told: what counts is the last letter that they have had, whatever has been prepared since."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from orderdesk.domain.days import later
from orderdesk.domain.errors import OvertakenError
from orderdesk.domain.notices import NoticeKind, ToldBy
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import Apology, apologize, orders_to_tell
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.endings import note_no_answer
from orderdesk.services.history import take_back_letters, undo
from orderdesk.services.telling import mark_order_told
from orderdesk.storage.queries.figures import figures
from orderdesk.storage.queries.telling import letters_ready, to_tell
from orderdesk.storage.queries.today import agenda
from tests.builders import Shop
from tests.services.order_1001 import deadline, detail, unanswered

FIRST, SECOND = date(2027, 3, 1), date(2027, 3, 20)
LAST_DAY = date(2027, 1, 2)


@pytest.fixture
def told(shop: Shop) -> Shop:
    """Dana was told of a day so late that silence cancels, and the letter about a later one only lies ready."""
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    write(shop, FIRST)
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PRINT, now=shop.tick())
    return shop


def write(shop: Shop, day: date | None = None) -> Apology:
    (made,) = apologize(shop.store, [shop.orders["1001"]], wishes=Wishes(new_date=day), now=shop.tick()).apologies
    return made


def test_a_letter_that_lies_ready_changes_nothing_of_what_the_customer_was_told(told: Shop) -> None:
    known, told_at = deadline(told), detail(told).row.told_at
    assert (known.given, known.silence, known.answer_by) == (FIRST, "cancellation", LAST_DAY)
    made = write(told, SECOND)
    assert (made.kind, detail(told).row.letter_ready) == (NoticeKind.RENEWED, True)
    assert (deadline(told), detail(told).row.told_at, detail(told).row.promised_on) == (known, told_at, FIRST)
    assert unanswered(told, later(LAST_DAY, 1)) == [told.orders["1001"]]
    again = told.tick()
    mark_order_told(told.store, told.orders["1001"], ToldBy.PRINT, now=again)
    assert (deadline(told).given, detail(told).row.told_at, detail(told).row.letter_ready) == (SECOND, again, False)
    assert check(told.store) == []


def test_who_stays_silent_is_canceled_by_the_letter_that_they_have_had(told: Shop) -> None:
    write(told, SECOND)
    told.now = datetime.combine(later(LAST_DAY, 1), time(20), UTC)
    noted = note_no_answer(told.store, told.orders["1001"], now=told.now)
    assert (noted.letter is not None, told.quantities("1001", "LAMP")) == (True, (0, 0))
    assert check(told.store) == []


def test_an_answer_is_to_the_letter_that_the_customer_has_had(told: Shop) -> None:
    write(told, SECOND)
    agree_to_wait(told.store, told.orders["1001"], now=told.tick())
    assert (deadline(told).answer, unanswered(told, later(LAST_DAY, 1))) == ("agreed", [])
    with pytest.raises(OvertakenError, match="gives order 1001 other days for an answer or a refund than hold now"):
        mark_order_told(told.store, told.orders["1001"], ToldBy.PRINT, now=told.tick())
    apologize(told.store, [told.orders["1001"]], now=told.tick())
    mark_order_told(told.store, told.orders["1001"], ToldBy.PRINT, now=told.tick())
    assert deadline(told).answer is None, "the second letter asks anew"


def test_how_fast_customers_are_told_is_counted_to_the_first_letter(told: Shop) -> None:
    def notifying() -> object:
        with told.store.read() as view:
            return figures(view, now=told.now).notifying

    before = notifying()
    told.now += timedelta(days=3)
    write(told, SECOND)
    assert notifying() == before
    mark_order_told(told.store, told.orders["1001"], ToldBy.PRINT, now=told.tick())
    assert notifying() == before


def test_a_letter_that_lies_ready_is_among_what_is_to_be_told_today(told: Shop) -> None:
    assert orders_to_tell(told.store, now=told.now) == []
    made = write(told, SECOND)
    assert orders_to_tell(told.store, now=told.now) == [told.orders["1001"]]
    with told.store.read() as view:
        (who,) = to_tell(view, today=told.now.date(), shown=5).first
        assert letters_ready(view, today=told.now.date()) == [made.notice_id]
    assert (who.notice_id, who.slipped, who.deadline.given) == (made.notice_id, False, FIRST)
    (again,) = apologize(told.store, orders_to_tell(told.store, now=told.now), now=told.tick()).apologies
    assert (again.notice_id, again.first_time) == (made.notice_id, False)
    mark_order_told(told.store, told.orders["1001"], ToldBy.PRINT, now=told.tick())
    assert orders_to_tell(told.store, now=told.now) == []


def test_a_letter_that_is_taken_back_leaves_the_customer_told(told: Shop) -> None:
    known = deadline(told)
    made = write(told, SECOND)
    take_back_letters(told.store, [made.notice_id], now=told.tick())
    assert (deadline(told), detail(told).row.letter_ready) == (known, False)
    assert (detail(told).row.told_at is not None, orders_to_tell(told.store, now=told.now)) == (True, [])


def test_units_that_come_and_are_taken_back_leave_the_customer_told(told: Shop) -> None:
    """The letter that lay ready when they came was taken back in between."""
    known, told_at = deadline(told), detail(told).row.told_at
    made = write(told, SECOND)
    step = told.receive("LAMP", 1)
    take_back_letters(told.store, [made.notice_id], now=told.tick())
    undo(told.store, event_id=step.event_id, now=told.tick())
    assert (deadline(told), detail(told).row.told_at, detail(told).row.letter_ready) == (known, told_at, False)
    assert check(told.store) == []


def due(shop: Shop, today: date) -> list[str]:
    with shop.store.read() as view:
        found = agenda(view, today=today)
    assert found.due_count == len(found.due)
    return [each.order.number for each in found.due]


def test_a_day_that_was_told_is_due_three_days_ahead_until_it_is_over(told: Shop) -> None:
    """The last day to answer; of who agreed to wait, the date that they were given."""
    for last, given in ((LAST_DAY, False), (FIRST, True)):
        if given:
            agree_to_wait(told.store, told.orders["1001"], now=told.tick())
        days = [later(last, day) for day in range(-5, 3)]
        assert [day for day in days if due(told, day)] == [later(last, day) for day in range(-3, 1)]


def test_what_the_customer_has_to_hear_of_anyway_is_not_due_besides(told: Shop) -> None:
    write(told, SECOND)
    assert due(told, LAST_DAY) == []
    with told.store.read() as view:
        assert [who.order_numbers for who in agenda(view, today=LAST_DAY).to_tell.first] == [("1001",)]
