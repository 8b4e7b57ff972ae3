"""By when a refund is due: one day in letters, lists and exports, counted from when the right to it arose.

16 CFR 435: within 7 working days, Monday to Friday less federal holidays. Ordered on 2026-11-03, to be shipped by 12-03.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from orderdesk.domain.errors import RefusedError, StillOwedError
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait, cancel_what_waits, send_substitute
from orderdesk.services.apologies import Apology, apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.customer_data import erase_customer
from orderdesk.services.drafts import RefundDraft, SubstituteDraft
from orderdesk.services.endings import note_no_answer, write_cancellation
from orderdesk.services.history import redo, undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, cancel_order, mark_paid
from orderdesk.services.refunds import record_refund
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.order_detail import order_detail
from orderdesk.storage.queries.refunds import refunds_owed
from tests.builders import HOLLOW_OAK, Shop
from tests.reading import text_of
from tests.services.test_notices import noon


@pytest.fixture
def late(shop: Shop) -> Shop:
    """Order F1 of 3, none of which is here."""
    shop.stock("LAMP", 0)
    shop.stock("TRAY", 9, price="8.00")
    shop.order("F1", ("LAMP", 3))
    return shop


def tell(shop: Shop, on: str, new_date: str | None) -> Apology:
    wishes = Wishes(new_date=date.fromisoformat(new_date) if new_date else None)
    (made,) = apologize(shop.store, [shop.orders["F1"]], now=noon(on), wishes=wishes).apologies
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=noon(on))
    return made


def due(shop: Shop) -> list[str]:
    with shop.store.read() as view:
        return [row.by.isoformat() for row in refunds_owed(view)]


def says(shop: Shop, on: str) -> str:
    """What a letter of that day about the cancellation says of the refund."""
    text = text_of(write_cancellation(shop.store, shop.orders["F1"], now=noon(on)).letter)
    return text[text.index("We will send your refund by") :].removeprefix("We will send your refund by ").split(", the same")[0]


def pay_back(shop: Shop, amount: str, on: str) -> None:
    record_refund(shop.store, shop.orders["F1"], RefundDraft(amount=amount), now=noon(on))


def test_after_silence_it_is_the_day_that_the_first_letter_gave(late: Shop) -> None:
    first = tell(late, "2026-11-17", "2027-01-10")
    assert "send your refund by January 12, 2027" in text_of(first.letter)
    ended = note_no_answer(late.store, late.orders["F1"], now=noon("2027-01-08"))
    assert ended.letter is not None
    assert "We will send your refund by January 12, 2027" in text_of(ended.letter.letter)
    assert (due(late), says(late, "2027-01-11")) == (["2027-01-12"], "January 12, 2027")


def test_where_the_day_has_passed_a_letter_says_the_next_working_day(late: Shop) -> None:
    tell(late, "2026-11-17", "2027-01-10")
    ended = note_no_answer(late.store, late.orders["F1"], now=noon("2027-01-20"))
    assert ended.letter is not None
    assert "We will send your refund by January 21, 2027" in text_of(ended.letter.letter)
    assert (due(late), says(late, "2027-01-22")) == (["2027-01-12"], "January 25, 2027"), "after a Friday"


def test_who_cancels_waits_seven_working_days_from_their_answer(late: Shop) -> None:
    first = tell(late, "2026-11-17", None)
    assert "within seven working days of your answer" in text_of(first.letter)
    cancel_what_waits(late.store, late.orders["F1"], now=noon("2026-11-18"))
    assert (due(late), says(late, "2026-11-25")) == (["2026-11-30"], "November 30, 2026")


@pytest.mark.parametrize("told", [True, False])
def test_what_is_canceled_has_its_day_with_and_without_letters(late: Shop, told: bool) -> None:
    if told:
        tell(late, "2026-11-17", None)
    cancel_order(late.store, late.orders["F1"], now=noon("2026-11-20"))
    assert (due(late), says(late, "2026-11-23"), due(late)) == (["2026-12-02"], "December 2, 2026", ["2026-12-02"])


def test_a_letter_that_came_too_late_has_given_the_day(late: Shop) -> None:
    letter = tell(late, "2026-12-04", "2026-12-20")
    assert (letter.kind, due(late)) == ("refund", ["2026-12-15"])
    assert says(late, "2026-12-08") == "December 15, 2026"


def test_what_one_letter_said_of_silence_means_nothing_to_a_later_cancellation(late: Shop) -> None:
    tell(late, "2026-11-17", "2027-01-10")
    agree_to_wait(late.store, late.orders["F1"], now=noon("2026-11-18"))
    cancel_line(late.store, late.line("F1", "LAMP"), 1, now=noon("2027-02-01"))
    assert (due(late), says(late, "2027-02-02")) == (["2027-02-10"], "February 10, 2027")


def test_of_several_it_is_the_first_that_was_not_paid_back(late: Shop) -> None:
    line = late.line("F1", "LAMP")
    cancel_line(late.store, line, 1, now=noon("2026-11-18"))
    cancel_line(late.store, line, 1, now=noon("2026-11-20"))
    assert due(late) == ["2026-11-30"]
    pay_back(late, "15.00", "2026-11-23")
    assert due(late) == ["2026-12-02"], "5.00 of the second are left"
    cancel_line(late.store, line, 1, now=noon("2026-11-24"))
    assert due(late) == ["2026-12-04"]
    undo(late.store, now=noon("2026-11-24"))
    assert due(late) == ["2026-12-02"], "what was taken back counts no more"
    undo(late.store, now=noon("2026-11-24"))
    assert due(late) == ["2026-11-30"]
    redo(late.store, now=noon("2026-11-24"))
    assert due(late) == ["2026-12-02"]


def test_another_product_at_the_same_price_owes_nothing(late: Shop) -> None:
    other = SubstituteDraft(sku="TRAY", quantity="1", unit_price="10.00")
    send_substitute(late.store, late.line("F1", "LAMP"), other, now=noon("2026-11-16"))
    assert due(late) == []
    cancel_what_waits(late.store, late.orders["F1"], now=noon("2026-11-20"))
    assert due(late) == ["2026-12-02"]


def test_a_day_is_that_of_the_shops_time_zone_and_its_working_days_of_its_country(late: Shop) -> None:
    save_shop_profile(late.store, replace(HOLLOW_OAK, country="DE", time_zone="Pacific/Kiritimati"), now=late.tick())
    cancel_order(late.store, late.orders["F1"], now=noon("2026-11-24"))  # there it is the 25th already
    assert due(late) == ["2026-12-04"]


def test_what_is_owed_is_not_lost_by_a_mark_of_unpaid_and_keeps_its_day(late: Shop) -> None:
    cancel_order(late.store, late.orders["F1"], now=noon("2026-11-18"))
    unpaid = draft_of_order(late.store, late.orders["F1"])
    unpaid.paid = False
    with pytest.raises(RefusedError, match=r"Order F1 was paid: 30\.00 USD is to be paid back of it\."):
        edit_order(late.store, late.orders["F1"], unpaid, now=noon("2026-11-20"))
    assert due(late) == ["2026-11-30"]
    with late.store.read() as view:
        assert order_detail(view, late.orders["F1"], today=date(2026, 11, 24)).unheard_of
        customer = view.record("orders", late.orders["F1"])["customer_id"]
    with pytest.raises(StillOwedError):
        erase_customer(late.store, customer, now=noon("2026-11-24"))


def test_what_was_canceled_before_it_was_paid_again_was_not_paid(late: Shop) -> None:
    unpaid = draft_of_order(late.store, late.orders["F1"])
    unpaid.paid = False
    edit_order(late.store, late.orders["F1"], unpaid, now=noon("2026-11-18"))
    cancel_line(late.store, late.line("F1", "LAMP"), 1, now=noon("2026-11-19"))
    mark_paid(late.store, late.orders["F1"], now=noon("2026-11-20"))
    undo(late.store, now=noon("2026-11-20"))
    redo(late.store, now=noon("2026-11-20"))
    assert due(late) == []
    with late.store.read() as view:
        assert not order_detail(view, late.orders["F1"], today=date(2026, 11, 24)).unheard_of
