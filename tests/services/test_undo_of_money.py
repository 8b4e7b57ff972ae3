"""What rests on money that came in or went back, or on what a customer was told, keeps it from being undone alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orderdesk.domain.errors import RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services.answers import agree_to_wait, send_substitute
from orderdesk.services.apologies import apologize
from orderdesk.services.coupons import Redemption, redeem_coupon
from orderdesk.services.drafts import LineDraft, RefundDraft, SubstituteDraft
from orderdesk.services.history import redo, undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, cancel_order, mark_paid, set_line_policy, ship_order
from orderdesk.services.refunds import record_refund
from orderdesk.services.steps import Step
from orderdesk.services.telling import mark_order_told
from tests.builders import Shop
from tests.services.test_coupons import fill_in, issued
from tests.services.test_refunds import owed


@pytest.fixture
def two_here(shop: Shop) -> Shop:
    """A paid order of 3 at 10.00, of which 2 are here."""
    shop.stock("LAMP", 2)
    shop.stock("BOOK", 9, price="8.00")
    shop.order("1001", ("LAMP", 3))
    return shop


def lower(shop: Shop, quantity: str = "2") -> Step:
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.lines[0].quantity = quantity
    return edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())


def cancel(shop: Shop) -> Step:
    return cancel_line(shop.store, shop.line("1001", "LAMP"), 1, now=shop.tick())


def substitute(shop: Shop) -> Step:
    return send_substitute(shop.store, shop.line("1001", "LAMP"), SubstituteDraft(sku="BOOK"), now=shop.tick())


def add_a_book(shop: Shop) -> Step:
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.lines.append(LineDraft(product_id=shop.products["BOOK"], quantity="1", unit_price="8.00"))
    return edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())


def unpay(shop: Shop) -> Step:
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.paid = False
    return edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())


def pay_back(shop: Shop, amount: str, number: str = "1001") -> Step:
    return record_refund(shop.store, shop.orders[number], RefundDraft(amount=amount), now=shop.tick())


def refusal(shop: Shop, step: Step | Redemption) -> str:
    with pytest.raises(RefusedError, match="can't be undone: a later one has built on it") as refused:
        undo(shop.store, event_id=step.event_id, now=shop.tick())
    return refused.value.remedy


@pytest.mark.parametrize(("give_up", "back"), [(cancel, "10.00"), (lower, "10.00"), (substitute, "2.00")])
def test_what_was_paid_back_for_is_not_given_away(two_here: Shop, give_up: Callable[[Shop], Step], back: str) -> None:
    step = give_up(two_here)
    pay_back(two_here, back)
    assert refusal(two_here, step) == f"First undo: Paid back {back} USD of order 1001"
    undo(two_here.store, now=two_here.tick())
    undo(two_here.store, event_id=step.event_id, now=two_here.tick())


def test_what_was_given_beside_what_is_owed_keeps_nothing_from_being_undone(two_here: Shop) -> None:
    step = cancel(two_here)
    back = pay_back(two_here, "10.00")
    goodwill = RefundDraft(amount="5.00")
    record_refund(two_here.store, two_here.orders["1001"], goodwill, although_not_owed=True, now=two_here.tick())
    assert refusal(two_here, step) == f"First undo: {back.summary}"
    for each in (back, step):
        undo(two_here.store, event_id=each.event_id, now=two_here.tick())
    assert owed(two_here) is None


def test_a_coupon_is_not_good_again_while_its_money_is_paid_back(shop: Shop) -> None:
    step = redeem_coupon(shop.store, issued(shop), "2000", now=shop.tick())
    pay_back(shop, "3.00", "2000")
    assert refusal(shop, step) == "First undo: Paid back 3.00 USD of order 2000"


def test_what_raised_an_order_is_undone_beside_a_refund(two_here: Shop) -> None:
    note = fill_in(two_here, "1001", note="Gift wrap")
    dearer = fill_in(two_here, "1001", shipping="4.00")
    cheaper = fill_in(two_here, "1001", discount="9.00")
    pay_back(two_here, "5.00")
    assert refusal(two_here, cheaper) == "First undo: Paid back 5.00 USD of order 1001"
    for step in (note, dearer):
        undo(two_here.store, event_id=step.event_id, now=two_here.tick())
    assert owed(two_here) == Money(400, "USD")


def test_an_order_stays_paid_once_it_was_sent_or_money_went_back(two_here: Shop) -> None:
    two_here.order("1002", ("BOOK", 2), paid=False)
    order = two_here.orders["1002"]
    paid = mark_paid(two_here.store, order, now=two_here.tick())
    ship_order(two_here.store, order, now=two_here.tick())
    assert refusal(two_here, paid) == "First undo: Shipped 2 units of order 1002"
    undo(two_here.store, now=two_here.tick())
    draft = RefundDraft(amount="1.00")
    record_refund(two_here.store, order, draft, although_not_owed=True, now=two_here.tick())
    assert refusal(two_here, paid).startswith("First undo: Paid back 1.00 USD of order 1002")
    undo(two_here.store, now=two_here.tick())
    undo(two_here.store, event_id=paid.event_id, now=two_here.tick())
    assert two_here.status("1002") == "awaiting_payment"


def test_an_order_stays_paid_while_the_rest_of_it_is(two_here: Shop) -> None:
    order = two_here.order("1002", ("BOOK", 2), paid=False)
    paid = mark_paid(two_here.store, order, now=two_here.tick())
    fill_in(two_here, "1002", shipping="4.00")
    mark_paid(two_here.store, order, now=two_here.tick())
    assert refusal(two_here, paid) == "First undo: Marked the rest of order 1002 as paid, 4.00 USD"
    for _ in range(3):
        undo(two_here.store, now=two_here.tick())
    assert two_here.status("1002") == "awaiting_payment"


def test_an_order_stays_what_it_came_to_when_it_was_paid(two_here: Shop) -> None:
    two_here.order("1002", ("BOOK", 2), paid=False)
    note, dearer = fill_in(two_here, "1002", note="Gift wrap"), fill_in(two_here, "1002", shipping="4.00")
    mark_paid(two_here.store, two_here.orders["1002"], now=two_here.tick())
    undo(two_here.store, event_id=note.event_id, now=two_here.tick())
    assert refusal(two_here, dearer) == "First undo: Marked order 1002 as paid"
    redo(two_here.store, now=two_here.tick())
    undo(two_here.store, event_id=note.event_id, now=two_here.tick())
    cancel_order(two_here.store, two_here.orders["1002"], now=two_here.tick())
    assert owed(two_here, "1002") == Money(2400, "USD")


def test_a_price_is_undone_for_as_many_units_as_it_was_changed_for(two_here: Shop) -> None:
    draft = draft_of_order(two_here.store, two_here.orders["1001"])
    draft.lines[0].unit_price = "8.00"
    cheaper = edit_order(two_here.store, two_here.orders["1001"], draft, now=two_here.tick())
    fewer = lower(two_here)
    assert owed(two_here) == Money(3 * 200 + 800, "USD")
    assert refusal(two_here, cheaper) == f"First undo: {fewer.summary}"
    undo(two_here.store, event_id=fewer.event_id, now=two_here.tick())
    undo(two_here.store, event_id=cheaper.event_id, now=two_here.tick())
    assert owed(two_here) is None


def test_an_order_is_paid_again_only_as_it_was_paid(two_here: Shop) -> None:
    unpaid, dearer = unpay(two_here), fill_in(two_here, "1001", shipping="4.00")
    assert refusal(two_here, unpaid) == "First undo: Edited order 1001"
    undo(two_here.store, now=two_here.tick())
    undo(two_here.store, event_id=unpaid.event_id, now=two_here.tick())
    assert (two_here.status("1001"), dearer.undoable) == ("partly_ready", True)


def test_an_order_is_paid_again_whatever_was_noted_of_it_since(two_here: Shop) -> None:
    unpaid = unpay(two_here)
    fill_in(two_here, "1001", note="Rings at noon")
    undo(two_here.store, event_id=unpaid.event_id, now=two_here.tick())
    with two_here.store.read() as view:
        assert view.one("SELECT paid, note FROM orders WHERE order_number = '1001'") == (1, "Rings at noon")


@pytest.mark.parametrize("change", [cancel, lower, add_a_book])
def test_an_order_is_paid_again_only_with_the_lines_that_were_paid(two_here: Shop, change: Callable[[Shop], Step]) -> None:
    unpaid = unpay(two_here)
    changed = change(two_here)
    assert refusal(two_here, unpaid) == f"First undo: {changed.summary}"
    undo(two_here.store, now=two_here.tick())
    undo(two_here.store, event_id=unpaid.event_id, now=two_here.tick())
    assert owed(two_here) is None


def test_a_note_is_undone_whatever_became_of_the_money_since(two_here: Shop) -> None:
    store, order = two_here.store, two_here.order("1002", ("BOOK", 3), paid=False)
    steps = [fill_in(two_here, "1002", note="Unpaid")]
    mark_paid(store, order, now=two_here.tick())
    steps += [fill_in(two_here, "1002", note="Paid")]
    cancel_line(store, two_here.line("1002", "BOOK"), 1, now=two_here.tick())
    ship_order(store, order, now=two_here.tick())
    pay_back(two_here, "10.00", "1002")
    for step in reversed(steps):
        undo(store, event_id=step.event_id, now=two_here.tick())
    assert owed(two_here, "1002") is None


def test_a_line_is_sent_again_as_its_order_is_whatever_was_canceled_of_it_since(two_here: Shop) -> None:
    store, order, line = two_here.store, two_here.orders["1001"], two_here.line("1001", "LAMP")
    step = set_line_policy(store, order, line, ShipPolicy.COMPLETE, now=two_here.tick())
    cancel(two_here)
    pay_back(two_here, "10.00")
    undo(store, event_id=step.event_id, now=two_here.tick())
    assert owed(two_here) is None


def test_a_note_of_a_paid_order_is_undone_once_it_is_marked_as_unpaid(two_here: Shop) -> None:
    note = fill_in(two_here, "1001", note="Gift wrap")
    unpay(two_here)
    undo(two_here.store, event_id=note.event_id, now=two_here.tick())
    assert two_here.status("1001") == "awaiting_payment"


def test_what_was_undone_is_redone_paid_before_it_is_sent(two_here: Shop) -> None:
    two_here.order("1002", ("BOOK", 2), paid=False)
    mark_paid(two_here.store, two_here.orders["1002"], now=two_here.tick())
    ship_order(two_here.store, two_here.orders["1002"], now=two_here.tick())
    states = []
    for step in (undo, undo, redo, redo):
        step(two_here.store, now=two_here.tick())
        states.append(two_here.status("1002"))
    assert states == ["ready", "awaiting_payment", "ready", "shipped"]


@pytest.mark.parametrize("by_letter", [True, False])
def test_a_customer_who_has_answered_was_told(two_here: Shop, by_letter: bool) -> None:
    store, order = two_here.store, two_here.orders["1001"]
    if by_letter:
        apologize(store, [order], now=two_here.tick())
    told = mark_order_told(store, order, ToldBy.PHONE, now=two_here.tick())
    agree_to_wait(store, order, now=two_here.tick())
    assert refusal(two_here, told) == "First undo: Dana Whitfield agreed to wait for order 1001"
    undo(store, now=two_here.tick())
    undo(store, event_id=told.event_id, now=two_here.tick())
