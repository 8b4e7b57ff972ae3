"""What a customer who waits answers: recorded, carried out, taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from orderdesk.domain.errors import NotFoundError, NothingToDoError, RefusedError, TooManyError
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait, cancel_what_waits, send_substitute, waiting_line
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.drafts import SubstituteDraft
from orderdesk.services.endings import cancel_without_answer, note_no_answer, write_cancellation
from orderdesk.services.history import redo, undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, ship_order
from orderdesk.services.telling import mark_order_told
from orderdesk.storage.queries.deadlines import Deadline
from orderdesk.storage.queries.notices import notice
from tests.builders import Shop
from tests.reading import text_of
from tests.services.order_1001 import deadline, detail, unanswered

LATE = date(2027, 3, 1)
AFTER_THE_LAST_DAY = date(2027, 1, 5)


@pytest.fixture
def waiting(shop: Shop) -> Shop:
    """An order of 5 of which 2 are here, and whose customer was told of a date so late that silence cancels."""
    shop.stock("A", 2)
    shop.stock("B", 10, price="8.00")
    shop.order("1001", ("A", 5))
    apologize(shop.store, [shop.orders["1001"]], wishes=Wishes(new_date=LATE), now=shop.tick())
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PRINT, now=shop.tick())
    return shop


def test_silence_cancels_until_the_customer_agrees_to_wait(waiting: Shop) -> None:
    assert (deadline(waiting).silence, deadline(waiting).answer) == ("cancellation", None)
    step = agree_to_wait(waiting.store, waiting.orders["1001"], "No hurry!", now=waiting.tick())
    assert step.summary == "Dana Whitfield agreed to wait for order 1001"
    assert deadline(waiting) == Deadline(None, LATE, answer="agreed")
    assert [(each.kind, each.words) for each in detail(waiting).answers] == [("agreed", "No hurry!")]
    undo(waiting.store, now=waiting.tick())
    assert deadline(waiting).silence == "cancellation"
    assert [each.summary for each in detail(waiting).history][:2] == ["Undid: " + step.summary, step.summary]


def test_who_has_not_answered_is_found_once_the_day_has_passed(waiting: Shop) -> None:
    last = deadline(waiting).answer_by
    assert last is not None
    assert unanswered(waiting, last) == []
    assert unanswered(waiting, last + timedelta(days=1)) == [waiting.orders["1001"]]
    agree_to_wait(waiting.store, waiting.orders["1001"], now=waiting.tick())
    assert unanswered(waiting, AFTER_THE_LAST_DAY) == []


def test_without_an_answer_it_is_canceled_as_the_letter_said(waiting: Shop) -> None:
    waiting.now = datetime.combine(AFTER_THE_LAST_DAY, time(20), UTC)
    made = cancel_without_answer(waiting.store, waiting.orders["1001"], now=waiting.tick())
    assert waiting.quantities("1001", "A") == (2, 0)
    assert [each.kind for each in detail(waiting).answers] == ["silence"]
    assert detail(waiting).history[0].summary == "Canceled 3 units that order 1001 was waiting for, as nobody answered"
    assert "$30.00" in text_of(made.letter)
    undo(waiting.store, now=waiting.tick())
    assert waiting.quantities("1001", "A") == (2, 3)
    with waiting.store.read() as view:
        letter = notice(view, made.notice_id)
    assert letter is not None
    assert letter.voided_at is not None
    assert check(waiting.store) == []


def test_nothing_is_canceled_for_want_of_an_answer_before_their_time_is_over_or_once_they_gave_one(waiting: Shop) -> None:
    order, after = waiting.orders["1001"], datetime.combine(AFTER_THE_LAST_DAY, time(20), UTC)
    last = deadline(waiting).answer_by
    assert last is not None
    with pytest.raises(RefusedError, match=f"order 1001 has until {last:%B} {last.day}, {last.year} to answer"):
        cancel_without_answer(waiting.store, order, now=datetime.combine(last, time(20), UTC))
    agree_to_wait(waiting.store, order, now=waiting.tick())
    with pytest.raises(RefusedError, match="order 1001 has answered"):
        cancel_without_answer(waiting.store, order, now=after)
    assert (waiting.quantities("1001", "A"), [each.kind for each in detail(waiting).answers]) == ((2, 3), ["agreed"])


def test_nothing_is_canceled_for_want_of_an_answer_that_nobody_was_asked_for(shop: Shop) -> None:
    shop.stock("A", 0)
    order, after = shop.order("1001", ("A", 1)), datetime(2027, 3, 1, 20, tzinfo=UTC)
    with pytest.raises(RefusedError, match="order 1001 was not told that it waits"):
        cancel_without_answer(shop.store, order, now=after)
    apologize(shop.store, [order], wishes=Wishes(new_date=date(2026, 12, 10)), now=shop.tick())
    mark_order_told(shop.store, order, ToldBy.PRINT, now=shop.tick())
    assert deadline(shop).silence == "consent"
    with pytest.raises(RefusedError, match="not told that without an answer it is canceled"):
        cancel_without_answer(shop.store, order, now=after)
    assert (shop.quantities("1001", "A"), list(detail(shop).answers)) == ((0, 1), [])


def test_no_answer_is_noted_while_there_is_time_and_then_cancels_as_the_letter_said(waiting: Shop) -> None:
    last = deadline(waiting).answer_by
    assert last is not None
    noted = note_no_answer(waiting.store, waiting.orders["1001"], "Voice mail", now=waiting.tick())
    until = f"{last:%B} {last.day}, {last.year}"
    assert noted.step.summary == f"Dana Whitfield gave no answer about order 1001 yet, and has until {until}"
    assert (noted.letter, waiting.quantities("1001", "A")) == (None, (2, 3))
    assert [(each.kind, each.words) for each in detail(waiting).answers] == [("none", "Voice mail")]
    assert (deadline(waiting).silence, unanswered(waiting, AFTER_THE_LAST_DAY)) == ("cancellation", [waiting.orders["1001"]])
    waiting.now = datetime.combine(AFTER_THE_LAST_DAY, time(20), UTC)
    over = note_no_answer(waiting.store, waiting.orders["1001"], now=waiting.now)
    assert over.step.summary == "Canceled 3 units that order 1001 was waiting for, as nobody answered"
    assert over.letter is not None
    assert "$30.00" in text_of(over.letter.letter)
    assert (waiting.quantities("1001", "A"), detail(waiting).answers[0].kind) == ((2, 0), "silence")
    undo(waiting.store, now=waiting.tick())
    assert (waiting.quantities("1001", "A"), detail(waiting).answers[0].kind) == ((2, 3), "none")
    assert check(waiting.store) == []


def test_silence_means_nothing_to_a_letter_that_never_went_out(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 1))
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    apologize(shop.store, [shop.orders["1001"]], now=shop.tick())
    assert (deadline(shop).silence, deadline(shop).answer_by) == (None, None)
    assert unanswered(shop, AFTER_THE_LAST_DAY) == []
    noted = note_no_answer(shop.store, shop.orders["1001"], now=datetime.combine(AFTER_THE_LAST_DAY, time(20), UTC))
    assert (noted.letter, shop.quantities("1001", "A")) == (None, (0, 1))


def test_silence_that_counts_as_consent_keeps_the_order(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 1))
    with pytest.raises(RefusedError, match="not told"):
        note_no_answer(shop.store, shop.orders["1001"], now=shop.tick())
    apologize(shop.store, [shop.orders["1001"]], wishes=Wishes(new_date=date(2026, 12, 10)), now=shop.tick())
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PRINT, now=shop.tick())
    assert deadline(shop).silence == "consent"
    noted = note_no_answer(shop.store, shop.orders["1001"], now=datetime(2026, 12, 12, 20, tzinfo=UTC))
    assert noted.step.summary == "Dana Whitfield gave no answer about order 1001, which counts as consent to wait"
    assert (noted.letter, shop.quantities("1001", "A"), deadline(shop).answer) == (None, (0, 1), "silence")
    with pytest.raises(RefusedError, match="has answered"):
        note_no_answer(shop.store, shop.orders["1001"], now=shop.tick())


def test_another_letter_asks_again(waiting: Shop) -> None:
    agree_to_wait(waiting.store, waiting.orders["1001"], now=waiting.tick())
    renewed = Wishes(new_date=LATE + timedelta(days=30))
    apologize(waiting.store, [waiting.orders["1001"]], wishes=renewed, now=waiting.tick())
    mark_order_told(waiting.store, waiting.orders["1001"], ToldBy.PRINT, now=waiting.tick())
    assert (deadline(waiting).answer, deadline(waiting).silence) == (None, "cancellation")


def test_canceling_takes_off_what_waits_and_leaves_what_is_here(waiting: Shop, tmp_path: Path) -> None:
    step = cancel_what_waits(waiting.store, waiting.orders["1001"], now=waiting.tick())
    assert step.summary == "Dana Whitfield canceled 3 units that order 1001 was waiting for"
    assert waiting.quantities("1001", "A") == (2, 0)
    assert waiting.status("1001") == "ready"
    made = write_cancellation(waiting.store, waiting.orders["1001"], now=waiting.tick(), folder=tmp_path)
    assert "$30.00" in text_of(made.letter)


def test_an_order_of_which_nothing_is_left_is_canceled(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 1))
    cancel_what_waits(shop.store, shop.orders["1001"], now=shop.tick())
    assert detail(shop).canceled
    assert shop.status("1001") == "canceled"


def test_a_substitute_takes_the_place_in_the_queue_at_the_lower_price(waiting: Shop) -> None:
    waiting.count("B", 2)
    waiting.order("1002", ("B", 1), placed_on="2026-11-05")
    before = detail(waiting).row.total
    step = send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="B", quantity="2"), now=waiting.tick())
    assert step.summary == "Dana Whitfield takes 2 of B for Product A in order 1001"
    first, other = detail(waiting).lines
    assert (first.canceled, first.backordered) == (2, 1)
    assert (other.sku, other.ordered, other.allocated, str(other.unit_price)) == ("B", 2, 2, "8.00 USD")
    assert waiting.quantities("1002", "B") == (0, 1)
    assert detail(waiting).row.total == before
    undo(waiting.store, now=waiting.tick())
    assert [line.sku for line in detail(waiting).lines] == ["A"]
    assert waiting.quantities("1002", "B") == (1, 0)
    redo(waiting.store, now=waiting.tick())
    assert waiting.quantities("1001", "B") == (2, 0)


def test_the_refund_is_what_the_substitute_costs_less(waiting: Shop, tmp_path: Path) -> None:
    send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="B", quantity="2"), now=waiting.tick())
    cancel_what_waits(waiting.store, waiting.orders["1001"], now=waiting.tick())
    made = write_cancellation(waiting.store, waiting.orders["1001"], now=waiting.tick(), folder=tmp_path)
    assert "$14.00" in text_of(made.letter)  # one of 10, and 2 less on each of two


def test_a_substitute_that_is_canceled_too_gives_everything_back(waiting: Shop, tmp_path: Path) -> None:
    send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="B"), now=waiting.tick())
    cancel_line(waiting.store, waiting.line("1001", "B"), 3, now=waiting.tick())
    made = write_cancellation(waiting.store, waiting.orders["1001"], now=waiting.tick(), folder=tmp_path)
    assert "$30.00" in text_of(made.letter)


def test_a_substitute_may_have_its_own_price(waiting: Shop) -> None:
    draft = SubstituteDraft(sku="B", quantity="1", unit_price="12.50")
    send_substitute(waiting.store, waiting.line("1001", "A"), draft, now=waiting.tick())
    other = detail(waiting).lines[1]
    assert (other.sku, str(other.unit_price)) == ("B", "12.50 USD")


def test_a_substitute_is_named_by_its_title_too_and_is_never_new_to_the_shop(waiting: Shop) -> None:
    with pytest.raises(NotFoundError, match="There is no product Z"):
        send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="Z"), now=waiting.tick())
    assert [line.sku for line in detail(waiting).lines] == ["A"]
    for named in ("Product B", "b"):
        send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku=named, quantity="1"), now=waiting.tick())
    assert [line.sku for line in detail(waiting).lines] == ["A", "B", "B"]


@pytest.mark.parametrize("named", ["A", "product a"])
def test_nothing_stands_in_for_itself(waiting: Shop, named: str) -> None:
    with pytest.raises(RefusedError, match="Product A is what they wait for"):
        send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku=named), now=waiting.tick())
    assert [line.sku for line in detail(waiting).lines] == ["A"]


def test_more_than_waits_can_not_be_substituted(waiting: Shop) -> None:
    with pytest.raises(TooManyError):
        send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="B", quantity="4"), now=waiting.tick())
    assert [line.sku for line in detail(waiting).lines] == ["A"]


def test_where_nothing_waits_there_is_nothing_to_answer(shop: Shop) -> None:
    shop.stock("A", 5)
    shop.order("1001", ("A", 1))
    for act in (agree_to_wait, cancel_what_waits):
        with pytest.raises(NothingToDoError):
            act(shop.store, shop.orders["1001"], now=shop.tick())
    with pytest.raises(NothingToDoError):
        send_substitute(shop.store, shop.line("1001", "A"), SubstituteDraft(sku="A"), now=shop.tick())


def test_the_line_that_waits_is_found_where_it_is_the_only_one(shop: Shop) -> None:
    for sku in ("A", "B"):
        shop.stock(sku, 0)
    shop.order("1001", ("A", 1), ("B", 1))
    with pytest.raises(RefusedError, match="2 lines of this order wait"):
        waiting_line(shop.store, shop.orders["1001"])
    assert waiting_line(shop.store, shop.orders["1001"], "B") == shop.line("1001", "B")
    shop.receive("A", 1)
    assert waiting_line(shop.store, shop.orders["1001"]) == shop.line("1001", "B")


def test_neither_line_of_a_substitution_can_be_taken_off(waiting: Shop) -> None:
    send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="B"), now=waiting.tick())
    draft = draft_of_order(waiting.store, waiting.orders["1001"])
    draft.lines = draft.lines[:1]
    with pytest.raises(RefusedError, match="stands in"):
        edit_order(waiting.store, waiting.orders["1001"], draft, now=waiting.tick())


@pytest.mark.parametrize("changed", [{"quantity": "4"}, {"quantity": "2"}, {"unit_price": "5.00"}, {"unit_price": ""}])
def test_what_stands_in_keeps_its_units_and_its_price(waiting: Shop, changed: dict[str, str]) -> None:
    """They are what the canceled units have paid for."""
    send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="B"), now=waiting.tick())
    draft = draft_of_order(waiting.store, waiting.orders["1001"])
    for name, typed in changed.items():
        setattr(draft.lines[1], name, typed)
    with pytest.raises(RefusedError, match="goes out in place of something else") as refused:
        edit_order(waiting.store, waiting.orders["1001"], draft, now=waiting.tick())
    assert refused.value.remedy == "Cancel units of it, or add a line for more."


def test_the_price_of_what_stands_in_may_be_found_out_and_its_policy_changed(waiting: Shop) -> None:
    draft = draft_of_order(waiting.store, waiting.orders["1001"])
    draft.lines[0].unit_price = ""
    edit_order(waiting.store, waiting.orders["1001"], draft, now=waiting.tick())
    waiting.stock("C", 3, price="")
    send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="C"), now=waiting.tick())
    draft = draft_of_order(waiting.store, waiting.orders["1001"])
    draft.lines[1].unit_price, draft.lines[1].ship_policy = "9.00", "complete"
    edit_order(waiting.store, waiting.orders["1001"], draft, now=waiting.tick())
    assert [(str(line.unit_price), line.ship_policy) for line in detail(waiting).lines[1:]] == [("9.00 USD", "complete")]


def test_a_substitute_ships_like_any_line(waiting: Shop) -> None:
    send_substitute(waiting.store, waiting.line("1001", "A"), SubstituteDraft(sku="B"), now=waiting.tick())
    ship_order(waiting.store, waiting.orders["1001"], now=waiting.tick())
    assert [(line.sku, line.shipped) for line in detail(waiting).lines] == [("A", 2), ("B", 3)]
    assert waiting.status("1001") == "shipped"


def test_an_order_that_is_ordered_from_again_is_canceled_no_more(shop: Shop) -> None:
    shop.stock("A", 5)
    shop.order("1001", ("A", 2))
    cancel_line(shop.store, shop.line("1001", "A"), 2, now=shop.tick())
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.lines[0].quantity = "3"
    edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())
    assert (detail(shop).canceled, shop.status("1001")) == (False, "ready")
