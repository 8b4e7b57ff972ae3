"""Who was not asked in time gets their money back: told so, their order is canceled in the same step."""

from __future__ import annotations

from datetime import date

import pytest

from orderdesk.domain.errors import NothingToDoError, OrderDeskError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import NoticeKind, ToldBy, Way
from orderdesk.services.apologies import Apology
from orderdesk.services.checks import check
from orderdesk.services.deliveries import record, require_deliverable
from orderdesk.services.drafts import RefundDraft
from orderdesk.services.endings import write_cancellation, write_good_news
from orderdesk.services.history import redo, take_back_letters, undo
from orderdesk.services.orders import cancel_line, ship_order
from orderdesk.services.refunds import record_refund
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries.cancels import telling_cancels
from orderdesk.storage.queries.history import history_of_order
from orderdesk.storage.queries.notices import notice
from orderdesk.storage.queries.refunds import refunds_owed
from orderdesk.storage.queries.telling import letters_ready
from orderdesk.ui.refund_letters import telling_words
from tests.builders import Shop
from tests.reading import text_of
from tests.services.test_notices import PLACED, letter, noon, told

LATE = "2026-12-04"  # the day after the last one to tell who ordered on PLACED


@pytest.fixture
def late(shop: Shop) -> Shop:
    """3 at 10.00 with 3.00 tax and 5.00 shipping; 1 is here, and nobody was told of the other 2."""
    shop.stock("LAMP", 1)
    shop.order("1042", ("LAMP", 3), placed_on=PLACED, tax="3.00", shipping="5.00")
    return shop


def promised(shop: Shop) -> list[tuple[str, str, Money | None]]:
    with shop.store.read() as view:
        return [(row.order_number, row.by.isoformat() if row.by else "", row.amount) for row in refunds_owed(view)]


def waits(shop: Shop, number: str = "1042") -> tuple[int, int, str]:
    return *shop.quantities(number, "LAMP"), shop.status(number)


def state(shop: Shop) -> tuple[object, ...]:
    with shop.store.read() as view:
        row = view.one(
            "SELECT o.backordered_since, o.notice_id, o.told_at, o.canceled_on, l.canceled, n.told_at FROM orders o "
            "JOIN order_line l ON l.order_id = o.id JOIN notice n ON n.id = o.notice_id"
        )
    assert row
    return row


def test_telling_cancels_what_the_letter_says_is_canceled_and_owes_the_refund(late: Shop) -> None:
    made = letter(late, LATE)
    assert made.kind is NoticeKind.REFUND
    assert "We are refunding you $22.00" in text_of(made.letter)
    assert made.advice[0] == (
        "Order 1042 came too late for a choice: telling the customer cancels what waits; refund due by December 15, 2026."
    )
    assert (waits(late), promised(late)) == ((1, 2, "partly_ready"), [])
    told(late, made, LATE)
    assert waits(late) == (1, 0, "ready")
    assert promised(late) == [("1042", "2026-12-15", Money(2200, "USD"))]
    late.receive("LAMP", 5)
    assert waits(late) == (1, 0, "ready")
    with late.store.read() as view:
        summaries = [step.summary for step in history_of_order(view, late.orders["1042"])]
    assert "Told Dana Whitfield about 1042; 2 units that came too late are canceled" in summaries
    assert check(late.store) == []


def test_where_all_that_was_paid_went_back_before_nothing_is_promised_once_more(late: Shop) -> None:
    record_refund(late.store, late.orders["1042"], RefundDraft(amount="38"), although_not_owed=True, now=noon("2026-12-01"))
    made = letter(late, LATE)
    said = text_of(made.letter)
    assert "Your refund is complete" in said and "Nothing is left to refund." in said
    assert "22.00" not in said and "38.00" not in said and "get your money back" not in said
    with late.store.read() as view:
        assert telling_words(telling_cancels(view, [made.notice_id])[made.notice_id], date(2026, 12, 4)) == (
            "Telling the customer cancels 2 units; nothing is left to pay back"
        )
    told(late, made, LATE)
    assert promised(late) == []


def given(shop: Shop, made: Apology) -> tuple[list[date | None], date | None, date | None]:
    """The day that a letter gives for each of its orders, and for all, when it is made and later."""
    with shop.store.read() as view:
        shown = notice(view, made.notice_id)
    assert shown is not None
    return [each.new_date for each in made.said], made.new_date, shown.new_date


def test_a_refund_gives_no_date_and_leaves_that_of_the_rest_alone(late: Shop) -> None:
    new_date = date(2026, 12, 15)
    assert given(late, letter(late, LATE, "2026-12-15")) == ([None], None, None)
    late.order("1060", ("LAMP", 2), placed_on="2026-11-20")
    assert given(late, letter(late, "2026-12-05", "2026-12-15", "1060")) == ([None, new_date], new_date, new_date)


def test_whichever_way_the_letter_leaves_its_order_is_canceled(late: Shop) -> None:
    for way, canceled in ((Way.DRAFTED, False), (Way.COPIED, True)):
        made = letter(late, LATE)
        record(late.store, made.notice_id, way, "", now=noon(LATE))
        assert (waits(late) == (1, 0, "ready")) == canceled
    record(late.store, made.notice_id, Way.PRINTED, "", now=noon("2026-12-07"))  # once more
    assert waits(late) == (1, 0, "ready")
    assert promised(late) == [("1042", "2026-12-15", Money(2200, "USD"))]


def test_an_order_of_which_nothing_else_is_left_is_canceled_whole_with_its_shipping(late: Shop) -> None:
    late.count("LAMP", 0)
    made = letter(late, LATE)
    assert "We are refunding you $38.00" in text_of(made.letter)
    mark_order_told(late.store, late.orders["1042"], ToldBy.PHONE, now=noon(LATE))
    assert waits(late) == (0, 0, "canceled")
    assert promised(late) == [("1042", "2026-12-15", Money(3800, "USD"))]
    with pytest.raises(OrderDeskError):
        ship_order(late.store, late.orders["1042"], now=late.tick())


def test_undo_gives_it_all_back_and_redo_takes_it_again(late: Shop) -> None:
    made = letter(late, LATE)
    before = state(late)
    told(late, made, LATE)
    undo(late.store, now=noon(LATE))
    assert (state(late), waits(late), promised(late)) == (before, (1, 2, "partly_ready"), [])
    redo(late.store, now=noon(LATE))
    assert waits(late) == (1, 0, "ready")
    assert promised(late) == [("1042", "2026-12-15", Money(2200, "USD"))]
    assert made.letter.exists()
    assert check(late.store) == []


def test_a_letter_that_was_told_is_taken_back_with_what_it_canceled(late: Shop) -> None:
    made = letter(late, LATE)
    told(late, made, LATE)
    take_back_letters(late.store, [made.notice_id], now=noon(LATE))
    assert (waits(late), promised(late)) == ((1, 2, "partly_ready"), [])
    assert made.letter.exists()
    assert letter(late, LATE).notice_id != made.notice_id
    assert check(late.store) == []


def test_until_it_is_told_it_is_one_letter_that_waits_to_go_out(late: Shop) -> None:
    made = letter(late, LATE)
    assert letter(late, "2026-12-07").notice_id == made.notice_id
    require_deliverable(late.store, made.notice_id, now=noon("2026-12-08"))
    with late.store.read() as view:
        assert letters_ready(view, today=date(2026, 12, 8)) == [made.notice_id]


@pytest.mark.parametrize("come_in", [1, 2])
def test_it_does_not_go_out_about_what_has_come_in_meanwhile(late: Shop, come_in: int) -> None:
    made = letter(late, LATE)
    late.receive("LAMP", come_in)
    for tell in (lambda: told(late, made, LATE), lambda: record(late.store, made.notice_id, Way.COPIED, "", now=noon(LATE))):
        with pytest.raises(RefusedError, match=r"says 2 × .* of which 1 waits now|is about waits any more"):
            tell()
    if come_in == 1:
        told(late, letter(late, LATE), LATE)
        assert waits(late) == (2, 0, "ready")
        assert promised(late) == [("1042", "2026-12-15", Money(1100, "USD"))]


@pytest.fixture
def mixed(late: Shop) -> Shop:
    late.order("1060", ("LAMP", 2), placed_on="2026-11-20")
    return late


def test_a_letter_about_both_kinds_cancels_one_and_leaves_the_choice_of_the_other(mixed: Shop) -> None:
    made = letter(mixed, "2026-12-05", "2026-12-15")
    assert (made.kind, made.order_numbers) == (NoticeKind.FIRST, ("1042", "1060"))
    text = text_of(made.letter)
    assert "Order 1042: We did not ask you in time" in text
    assert "You get $20.00 back, plus any tax you paid on it, within seven working days of your answer." in text
    told(mixed, made, "2026-12-05")
    assert (waits(mixed), waits(mixed, "1060")) == ((1, 0, "ready"), (0, 2, "backordered"))
    assert promised(mixed) == [("1042", "2026-12-15", Money(2200, "USD"))]
    assert check(mixed.store) == []


def test_beside_an_order_that_may_wait_nothing_is_left_of_one_that_went_back_whole(mixed: Shop) -> None:
    record_refund(mixed.store, mixed.orders["1042"], RefundDraft(amount="38"), although_not_owed=True, now=noon("2026-12-01"))
    text = text_of(letter(mixed, "2026-12-05", "2026-12-15").letter)
    assert "so we now cancel it. Nothing is left to refund." in text
    assert "You get $20.00 back" in text and "22.00" not in text


def test_what_was_refunded_is_in_no_letter_about_the_rest(mixed: Shop) -> None:
    made = letter(mixed, "2026-12-05", "2026-12-15", "1060")
    told(mixed, made, "2026-12-05")
    assert letter(mixed, "2026-12-06", number="1060").notice_id == made.notice_id
    renewed = letter(mixed, "2026-12-08", "2026-12-20", "1060")
    assert (renewed.kind, renewed.order_numbers) == (NoticeKind.RENEWED, ("1060",))
    with pytest.raises(NothingToDoError, match="no good news about order 1042"):
        write_good_news(mixed.store, mixed.orders["1042"], now=noon("2026-12-08"))
    assert promised(mixed) == [("1042", "2026-12-15", Money(2200, "USD"))]


def test_a_cancellation_that_is_told_cancels_nothing_more(late: Shop) -> None:
    cancel_line(late.store, late.line("1042", "LAMP"), 1, now=noon("2026-11-20"))
    written = write_cancellation(late.store, late.orders["1042"], now=noon("2026-11-20"))
    mark_told(late.store, written.notice_id, ToldBy.PRINT, now=noon("2026-11-20"))
    assert waits(late) == (1, 1, "partly_ready")
