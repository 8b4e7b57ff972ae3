"""Letters at the end of a wait go out once: asked for again they are the same, and what has changed takes their place."""

from __future__ import annotations

from datetime import date

import pytest

from orderdesk.domain.errors import NothingToDoError, OrderDeskError, OvertakenError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import cancel_what_waits
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.drafts import RefundDraft
from orderdesk.services.endings import EndingLetter, cancel_without_answer, write_cancellation, write_good_news
from orderdesk.services.history import redo, undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line
from orderdesk.services.printing import letters_to_print
from orderdesk.services.refunds import owed, record_refund
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.today import agenda
from tests.builders import Shop
from tests.reading import text_of
from tests.services.test_notices import noon


@pytest.fixture
def told(shop: Shop) -> Shop:
    """Two of P0 and one of P1 wait, and the customer was told on November 17 of a day in January."""
    shop.stock("P0", 0)
    shop.stock("P1", 0)
    shop.order("C1", ("P0", 2), ("P1", 1), tax="3.00")
    run = apologize(shop.store, [shop.orders["C1"]], now=noon("2026-11-17"), wishes=Wishes(new_date=date(2027, 1, 10)))
    mark_told(shop.store, run.apologies[0].notice_id, ToldBy.PRINT, now=noon("2026-11-17"))
    return shop


def canceled(shop: Shop, on: str) -> EndingLetter:
    return write_cancellation(shop.store, shop.orders["C1"], now=noon(on))


def good_news(shop: Shop, on: str) -> EndingLetter:
    return write_good_news(shop.store, shop.orders["C1"], now=noon(on))


def tell(shop: Shop, letter: EndingLetter, on: str) -> None:
    mark_told(shop.store, letter.notice_id, ToldBy.PRINT, now=noon(on))


def steps(shop: Shop) -> int:
    with shop.store.read() as view:
        return int(view.value("SELECT count(*) FROM event"))


def to_print(shop: Shop) -> list[int]:
    """On the day of the last letter."""
    with shop.store.read() as view:
        written_at = parse_instant(view.value("SELECT max(reserved_at) FROM notice"))
    return letters_to_print(shop.store, now=written_at).notice_ids


def test_a_cancellation_is_written_of_once(told: Shop) -> None:
    cancel_what_waits(told.store, told.orders["C1"], now=noon("2026-11-18"))
    first = canceled(told, "2026-11-18")
    done = steps(told)
    assert [canceled(told, on) for on in ("2026-11-18", "2026-11-19", "2026-11-25")] == [first] * 3
    assert (to_print(told), steps(told)) == ([first.notice_id], done)
    tell(told, first, "2026-11-25")
    assert canceled(told, "2026-11-26") == first, "what was told stays"


def test_a_letter_of_silence_is_that_of_the_cancellation(told: Shop) -> None:
    ended = cancel_without_answer(told.store, told.orders["C1"], now=noon("2027-01-08"))
    assert canceled(told, "2027-01-08") == ended
    assert canceled(told, "2027-01-11") == ended
    late = canceled(told, "2027-01-13")
    assert to_print(told) == [late.notice_id]
    assert "We will send your refund by January 14, 2027" in text_of(late.letter)
    assert not ended.letter.exists()


def test_what_is_canceled_since_takes_the_letters_place_while_nobody_knows_it(told: Shop) -> None:
    cancel_line(told.store, told.line("C1", "P0"), 1, now=noon("2026-11-18"))
    first = canceled(told, "2026-11-18")
    assert "$11.00" in text_of(first.letter)
    cancel_what_waits(told.store, told.orders["C1"], now=noon("2026-11-19"))
    both = canceled(told, "2026-11-19")
    assert to_print(told) == [both.notice_id]
    assert "We are refunding you $33.00" in text_of(both.letter)
    assert not first.letter.exists()
    undo(told.store, now=noon("2026-11-19"))
    assert (first.letter.exists(), both.letter.exists()) == (True, False)
    with pytest.raises(NothingToDoError, match="leaves out “Product P1”"):
        to_print(told)
    redo(told.store, now=noon("2026-11-19"))
    assert to_print(told) == [both.notice_id]
    assert check(told.store) == []


def test_what_is_canceled_after_the_customer_heard_has_a_letter_of_its_own(told: Shop) -> None:
    cancel_line(told.store, told.line("C1", "P0"), 1, now=noon("2026-11-18"))
    first = canceled(told, "2026-11-18")
    tell(told, first, "2026-11-18")
    cancel_line(told.store, told.line("C1", "P1"), 1, now=noon("2026-11-20"))
    second = canceled(told, "2026-11-20")
    text = text_of(second.letter)
    assert "1 × Product P1" in text
    assert "Product P0" not in text
    assert "We are refunding you $11.00" in text
    assert canceled(told, "2026-11-23") == second
    assert owed(told.store, told.orders["C1"]) == Money(2200, "USD")


def test_another_amount_makes_another_letter(told: Shop) -> None:
    cancel_what_waits(told.store, told.orders["C1"], now=noon("2026-11-18"))
    first = canceled(told, "2026-11-18")
    record_refund(told.store, told.orders["C1"], RefundDraft(amount="5"), now=told.tick())
    second = canceled(told, "2026-11-18")
    assert "We are refunding you $28.00" in text_of(second.letter)
    assert to_print(told) == [second.notice_id] != [first.notice_id]


def test_good_news_of_one_order_is_one_letter(told: Shop) -> None:
    told.receive("P0", 2)
    first = good_news(told, "2026-11-20")
    assert good_news(told, "2026-11-20") == first
    told.receive("P1", 1)
    both = good_news(told, "2026-11-20")
    assert to_print(told) == [both.notice_id]
    text = text_of(both.letter)
    assert "2 × Product P0" in text
    assert "1 × Product P1" in text
    later = good_news(told, "2026-11-25")
    assert "by November 27, 2026" in text_of(later.letter), "it leaves later by then"
    assert to_print(told) == [later.notice_id]


def test_good_news_that_was_told_is_not_told_again(told: Shop) -> None:
    told.receive("P0", 2)
    first = good_news(told, "2026-11-20")
    tell(told, first, "2026-11-20")
    assert good_news(told, "2026-11-23") == first
    told.receive("P1", 1)
    text = text_of(good_news(told, "2026-11-23").letter)
    assert "1 × Product P1" in text
    assert "Product P0" not in text


def test_good_news_of_an_earlier_wait_does_not_stay_behind(told: Shop) -> None:
    told.receive("P0", 2)
    good_news(told, "2026-11-20")
    told.count("P0", 0)
    again = apologize(told.store, [told.orders["C1"]], now=noon("2026-11-23"), wishes=Wishes(new_date=date(2027, 2, 1)))
    mark_told(told.store, again.apologies[0].notice_id, ToldBy.PRINT, now=noon("2026-11-23"))
    told.receive("P0", 2)
    new = good_news(told, "2026-11-24")
    assert to_print(told) == [new.notice_id]


def test_once_it_is_taken_back_the_button_that_writes_another_is_named(told: Shop) -> None:
    cancel_line(told.store, told.line("C1", "P0"), 2, now=noon("2026-11-20"))
    made = canceled(told, "2026-11-20")
    undo(told.store, now=noon("2026-11-20"))
    with pytest.raises(RefusedError, match="was taken back") as refused:
        tell(told, made, "2026-11-20")
    assert refused.value.remedy == "Choose “Write: it was canceled” in its order for a new one."


def test_who_was_told_without_a_letter_hears_that_it_is_here(shop: Shop) -> None:
    """Of the lines that waited then, as they come; another wait is told of anew."""
    shop.stock("P0", 0)
    shop.stock("P1", 0)
    shop.stock("P2", 1)
    shop.order("C1", ("P0", 2), ("P1", 1), ("P2", 1))
    order = shop.orders["C1"]

    def offered() -> list[int]:
        with shop.store.read() as view:
            return [each.id for each in agenda(view, today=shop.now.date()).arrived]

    def news() -> EndingLetter:
        return write_good_news(shop.store, order, now=shop.tick())

    mark_order_told(shop.store, order, ToldBy.PHONE, now=shop.tick())
    with pytest.raises(NothingToDoError, match="no good news"):
        news()
    shop.receive("P0", 2)
    assert offered() == [order]
    first = news()
    assert "Product P0 $10.00 each November 18, 2026 1 × Product P1 $10.00 Not known yet" in text_of(first.letter)
    assert (offered(), news()) == ([order], first)
    mark_told(shop.store, first.notice_id, ToldBy.PRINT, now=shop.tick())
    assert offered() == []
    shop.receive("P1", 1)
    assert offered() == [order]
    text = text_of(news().letter)
    assert [name for name in ("P0", "P1", "P2") if f"Product {name}" in text] == ["P1"]
    assert check(shop.store) == []


def refused(shop: Shop, letter: EndingLetter, on: str, says: str) -> None:
    """On that day nobody can print it or count it as told, and the list of what to print says why."""
    for leave in (lambda: letters_to_print(shop.store, now=noon(on)), lambda: tell(shop, letter, on)):
        with pytest.raises(OrderDeskError, match=f"The letter to Dana Whitfield {says}.*") as caught:
            leave()
        assert "Write it again: one of today takes its place." in f"{caught.value} {caught.value.remedy}"


def test_good_news_whose_day_has_passed_stays_here_until_it_is_written_again(told: Shop) -> None:
    told.receive("P0", 2)
    first = good_news(told, "2026-11-20")
    refused(told, first, "2026-11-25", "names November 23, 2026, which has passed")
    again = good_news(told, "2026-11-25")
    tell(told, again, "2026-11-25")
    assert not first.letter.exists()


def test_a_letter_about_what_was_canceled_leaves_for_a_week(told: Shop) -> None:
    cancel_what_waits(told.store, told.orders["C1"], now=noon("2026-11-18"))
    first = canceled(told, "2026-11-18")
    refused(told, first, "2026-11-26", "is dated November 18, 2026, more than 7 days ago")
    again = canceled(told, "2026-11-26")
    assert "by November 30, 2026" in text_of(again.letter), "the refund has the day that it had"
    tell(told, again, "2026-11-26")
    assert not first.letter.exists()


@pytest.mark.parametrize(
    ("name", "value"), [("unit_price", "12.00"), ("unit_price", "8.00"), ("discount", ""), ("discount", "9.00")]
)
def test_a_letter_of_what_was_canceled_names_what_is_owed(shop: Shop, name: str, value: str) -> None:
    shop.stock("P0", 0)
    shop.order("C1", ("P0", 3), discount="3.00")
    cancel_line(shop.store, shop.line("C1", "P0"), 1, now=noon("2026-11-18"))
    first = canceled(shop, "2026-11-18")
    assert "We are refunding you $9.00" in text_of(first.letter)
    draft = draft_of_order(shop.store, shop.orders["C1"])
    setattr(draft if name == "discount" else draft.lines[0], name, value)
    edit_order(shop.store, shop.orders["C1"], draft, now=noon("2026-11-18"))
    with pytest.raises(OvertakenError, match=r"says that 9\.00 USD goes back, and \d+\.00 USD is left to go back"):
        tell(shop, first, "2026-11-18")
    again = canceled(shop, "2026-11-18")
    assert "We are refunding you $9.00" not in text_of(again.letter)
    tell(shop, again, "2026-11-18")
