"""A letter about what was canceled says what goes back and its customer has not been told: no more, and no less."""

from __future__ import annotations

from pathlib import Path

import pytest

from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services.drafts import RefundDraft
from orderdesk.services.endings import write_cancellation
from orderdesk.services.orders import cancel_line
from orderdesk.services.refunds import record_refund
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.order_detail import order_detail
from orderdesk.storage.queries.today import agenda
from tests.builders import Shop
from tests.reading import text_of
from tests.services.test_coupons import fill_in
from tests.services.test_refunds import import_order


@pytest.fixture
def five(shop: Shop) -> Shop:
    """An order of 5 at 10.00 with 9.00 shipping."""
    shop.stock("LAMP", 5)
    shop.order("77", ("LAMP", 5), shipping="9.00")
    return shop


def cancel_one(shop: Shop) -> None:
    cancel_line(shop.store, shop.line("77", "LAMP"), 1, now=shop.tick())


def told(shop: Shop) -> str:
    """What the letter of now says goes back, of which the customer is told."""
    written = write_cancellation(shop.store, shop.orders["77"], now=shop.tick())
    mark_told(shop.store, written.notice_id, ToldBy.PRINT, now=shop.tick())
    text = text_of(written.letter)
    return "nothing" if "Nothing is left to refund." in text else text.split("We are refunding you ")[1].split()[0].rstrip(",.")


def pay_back(shop: Shop, amount: str) -> None:
    draft = RefundDraft(amount=amount)
    record_refund(shop.store, shop.orders["77"], draft, although_not_owed=True, now=shop.tick())


def test_what_an_order_was_lowered_by_since_the_last_letter_is_in_the_next(five: Shop) -> None:
    cancel_one(five)
    assert told(five) == "$10.00"
    fill_in(five, "77", shipping="4.00")
    cancel_one(five)
    assert told(five) == "$15.00"
    cancel_one(five)
    assert told(five) == "$10.00"


def test_what_was_lowered_before_the_first_letter_is_in_that(five: Shop) -> None:
    fill_in(five, "77", shipping="4.00")
    cancel_one(five)
    assert told(five) == "$15.00"
    cancel_one(five)
    assert told(five) == "$10.00"


@pytest.mark.parametrize(("went_back", "first"), [("4.00", "$6.00"), ("10.00", "nothing"), ("13.00", "nothing")])
@pytest.mark.parametrize("before", [True, False])
def test_what_has_gone_back_is_told_once(five: Shop, went_back: str, first: str, before: bool) -> None:
    cancel_one(five)
    if before:
        pay_back(five, went_back)
    assert told(five) == (first if before else "$10.00")
    if not before:
        pay_back(five, went_back)
    cancel_one(five)
    assert told(five) == "$10.00"


def test_a_lower_price_of_what_was_told_is_told_with_what_is_canceled_next(five: Shop) -> None:
    cancel_one(five)
    assert told(five) == "$10.00"
    fill_in(five, "77", discount="5.00")
    cancel_one(five)
    assert told(five) == "$13.00", "5.00 less was to be paid, of which 2.00 are the share of what is canceled"


def test_what_a_channel_pays_back_later_takes_nothing_off_what_is_told_of_here(shop: Shop, tmp_path: Path) -> None:
    import_order(shop, tmp_path, 0)
    cancel_one(shop)
    assert told(shop) == "$10.00"
    import_order(shop, tmp_path, 2)
    assert told(shop) == "nothing"


def test_of_what_a_channel_canceled_no_letter_is_asked_for_where_the_order_is_lowered_here(shop: Shop, tmp_path: Path) -> None:
    import_order(shop, tmp_path, 1)
    fill_in(shop, "77", shipping="4.00")
    with shop.store.read() as view:
        found = agenda(view, today=shop.now.date())
        assert [(each.order_number, each.amount) for each in found.refunds] == [("77", Money(100, "USD"))]
        assert found.unheard_of == set()
        assert not order_detail(view, shop.orders["77"], today=shop.now.date()).unheard_of
    cancel_one(shop)
    with shop.store.read() as view:
        assert agenda(view, today=shop.now.date()).unheard_of == {shop.orders["77"]}
