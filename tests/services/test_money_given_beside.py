"""Money for units that came back, or given as goodwill, stands by itself: no refund for other units is less for it."""

from __future__ import annotations

import pytest

from orderdesk.domain.errors import NotOwedError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.services.answers import cancel_what_waits, send_substitute
from orderdesk.services.apologies import apologize
from orderdesk.services.drafts import RefundDraft, SubstituteDraft
from orderdesk.services.endings import write_cancellation
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, mark_paid, ship_order
from orderdesk.services.refunds import record_refund
from orderdesk.services.returns import exchange_units, return_units
from orderdesk.services.steps import Step
from orderdesk.storage.queries.decisions import Choice, options
from orderdesk.storage.queries.orders import order_rows
from orderdesk.storage.queries.refunds import margin_of, refund_to_make
from tests.builders import Shop
from tests.reading import text_of


@pytest.fixture
def shipped(shop: Shop) -> Shop:
    """2 vases at 18.00, of which 1 was here, a dish at 10.00 and 4.00 for shipping; what was here has shipped."""
    shop.stock("VASE", 1)
    shop.stock("DISH", 1)
    shop.order("1001", ("VASE", 2), ("DISH", 1), paid=False)
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.lines[0].unit_price, draft.shipping, draft.paid = "18.00", "4.00", True
    edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())
    ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    return shop


def give(shop: Shop, amount: str) -> Step:
    draft = RefundDraft(amount=amount)
    return record_refund(shop.store, shop.orders["1001"], draft, although_not_owed=True, now=shop.tick())


def take_back(shop: Shop, sku: str, units: int = 1) -> Step:
    return return_units(shop.store, shop.line("1001", sku), units, resalable=False, now=shop.tick())


def owed(shop: Shop) -> Money | None:
    with shop.store.read() as view:
        return refund_to_make(view, shop.orders["1001"])


def has_rest(shop: Shop) -> bool:
    with shop.store.read() as view:
        (row,) = order_rows(view, [shop.orders["1001"]], today=shop.now.date())
    return row.has_rest_to_pay


def test_what_went_back_for_units_that_came_back_is_taken_off_no_other_refund(shipped: Shop) -> None:
    take_back(shipped, "DISH")
    give(shipped, "10.00")
    (made,) = apologize(shipped.store, [shipped.orders["1001"]], now=shipped.tick()).apologies
    assert "You get $18.00 back" in text_of(made.letter)
    vase = shipped.line("1001", "VASE")
    with shipped.store.read() as view:
        ways = {each.choice: each for each in options(view, vase, today=shipped.now.date(), now=shipped.now)}
        assert margin_of(view, vase, 1, Money(1600, "USD")) == Money(200, "USD")
    assert ways[Choice.CANCEL].money == Money(-1800, "USD")
    assert ways[Choice.WAIT].value == Money(1800, "USD")
    cancel_what_waits(shipped.store, shipped.orders["1001"], now=shipped.tick())
    assert owed(shipped) == Money(1800, "USD")
    letter = write_cancellation(shipped.store, shipped.orders["1001"], now=shipped.tick()).letter
    assert "We are refunding you $18.00" in text_of(letter)
    give(shipped, "18.00")
    assert (owed(shipped), has_rest(shipped)) == (None, False)


def test_what_went_back_for_units_that_came_back_is_not_asked_for_again(shipped: Shop) -> None:
    take_back(shipped, "VASE")
    give(shipped, "18.00")
    assert not has_rest(shipped)
    with pytest.raises(RefusedError, match="Order 1001 is paid already"):
        mark_paid(shipped.store, shipped.orders["1001"], now=shipped.tick())


def test_a_cheaper_substitute_gives_back_the_difference_whatever_came_back(shipped: Shop) -> None:
    take_back(shipped, "VASE")
    give(shipped, "18.00")
    shipped.stock("BOWL", 1, price="12.00")
    send_substitute(shipped.store, shipped.line("1001", "VASE"), SubstituteDraft(sku="BOWL"), now=shipped.tick())
    assert owed(shipped) == Money(600, "USD")


def test_goodwill_is_said_to_count_for_nothing_that_is_canceled_later_and_does_not(shop: Shop) -> None:
    shop.stock("BOWL", 0)
    shop.order("1001", ("BOWL", 1))
    with pytest.raises(NotOwedError) as refused:
        record_refund(shop.store, shop.orders["1001"], RefundDraft(amount="3"), now=shop.tick())
    assert "cancel first what it is for" in refused.value.remedy
    assert give(shop, "3").summary == (
        "Paid back 3.00 USD of order 1001; 3.00 USD of that was not owed and counts for nothing that is canceled later"
    )
    (made,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    assert "You get $10.00 back" in text_of(made.letter)
    cancel_line(shop.store, shop.line("1001", "BOWL"), 1, now=shop.tick())
    step = record_refund(shop.store, shop.orders["1001"], RefundDraft(amount="10"), now=shop.tick())
    assert step.summary == "Paid back 10.00 USD of order 1001"
    assert owed(shop) is None


def test_of_a_refund_in_one_sum_that_which_was_owed_is_settled(shipped: Shop) -> None:
    take_back(shipped, "DISH")
    cancel_line(shipped.store, shipped.line("1001", "VASE"), 1, now=shipped.tick())
    assert give(shipped, "28.00").summary == (
        "Paid back 28.00 USD of order 1001; 10.00 USD of that was not owed and counts for nothing that is canceled later"
    )
    assert (owed(shipped), has_rest(shipped)) == (None, False)


def test_what_came_back_is_said_with_what_was_paid_for_it(shipped: Shop) -> None:
    assert (
        take_back(shipped, "VASE").summary == "Took back 1 of Product VASE from order 1001, damaged; 18.00 USD was paid for that"
    )
    line, dish = shipped.line("1001", "DISH"), shipped.products["DISH"]
    step = exchange_units(shipped.store, line, 1, dish, resalable=False, now=shipped.tick())
    assert step.summary == "Took back 1 of Product DISH from order 1001, damaged, in exchange for Product DISH"
