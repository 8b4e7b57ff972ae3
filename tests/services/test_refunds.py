"""What is owed for canceled units, what has been paid back, and what letters have promised."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.documents.wording import LANGUAGES, wording
from orderdesk.domain.errors import InvalidValueError, NothingToDoError, NotOwedError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.orders import ShipPolicy
from orderdesk.domain.refunds import refund_due
from orderdesk.services.answers import cancel_what_waits, send_substitute
from orderdesk.services.apologies import apologize
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.customer_data import erase_customer, export_customer
from orderdesk.services.drafts import RefundDraft, SubstituteDraft
from orderdesk.services.endings import write_cancellation
from orderdesk.services.history import redo, undo
from orderdesk.services.imports import import_files
from orderdesk.services.order_entry import add_order, draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, cancel_order, find_order, mark_paid, set_ship_policy, ship_order
from orderdesk.services.refunds import draft_of_refund, record_refund
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.steps import Step
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.customers import CustomersView, customer_ids, customer_rows
from orderdesk.storage.queries.decisions import Choice, options
from orderdesk.storage.queries.history import history_of_order
from orderdesk.storage.queries.lookup import line_ids
from orderdesk.storage.queries.refunds import refund_if_canceled, refund_to_make, refunds_of_order, refunds_owed
from orderdesk.ui.refund_letters import canceling_words
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.reading import text_of
from tests.services.test_coupons import fill_in, forget_price, issued

amounts = st.integers(0, 10**7)


@pytest.fixture
def canceled(shop: Shop) -> Shop:
    """4 at 10.00 with 2.00 off, 3.20 tax and 5.00 shipping; 1 was here and the 3 that were short are canceled."""
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 4), discount="2.00", tax="3.20", shipping="5.00")
    cancel_line(shop.store, shop.line("1001", "LAMP"), 3, now=shop.tick())
    return shop


def owed(shop: Shop, number: str = "1001") -> Money | None:
    with shop.store.read() as view:
        return refund_to_make(view, shop.orders[number])


def pay_back(shop: Shop, amount: str, number: str = "1001", **more: str) -> None:
    """What went back, owed or as goodwill."""
    draft = RefundDraft(amount=amount, **more)
    record_refund(shop.store, shop.orders[number], draft, although_not_owed=True, now=shop.tick())


def listed(shop: Shop) -> list[tuple[str, Money | None]]:
    with shop.store.read() as view:
        return [(row.order_number, row.amount) for row in refunds_owed(view)]


def due(shop: Shop) -> list[str]:
    with shop.store.read() as view:
        return [f"{row.order_number} {row.by}" for row in refunds_owed(view)]


def test_canceled_units_are_owed_with_their_share_of_discount_and_tax(canceled: Shop) -> None:
    assert owed(canceled) == Money(3000 - 150 + 240, "USD")
    cancel_order(canceled.store, canceled.orders["1001"], now=canceled.tick())
    assert owed(canceled) == Money(4000 - 200 + 320 + 500, "USD"), "all of it, with the shipping"


@given(lines=st.lists(amounts, max_size=5).filter(any), discount=amounts, tax=amounts, shipping=amounts)
def test_no_part_of_an_order_gives_back_more_than_was_paid_for_all_of_it(
    lines: list[int], discount: int, tax: int, shipping: int
) -> None:
    whole = sum(lines)
    discount = min(discount, whole + tax + shipping)  # free shipping comes off what the lines cost too
    paid = whole - discount + tax + shipping
    assert refund_due(whole, whole, discount, tax, shipping) == paid
    assert all(refund_due(sum(lines[:number]), whole, discount, tax, 0) <= paid for number in range(len(lines)))


@given(price=st.integers(1, 10**6), units=st.integers(1, 50), discount=amounts, tax=amounts, shipping=amounts)
def test_who_cancels_everything_gets_all_they_paid(price: int, units: int, discount: int, tax: int, shipping: int) -> None:
    whole = price * units
    discount = min(discount, whole)
    assert refund_due(whole, whole, discount, tax, shipping) == whole - discount + tax + shipping


@pytest.mark.parametrize(
    ("units", "here", "facts", "owed_before", "back"),
    [
        (5, 0, {"shipping": "5", "tax": "10"}, 0, 6500),  # all of it: 50.00 + 10.00 tax + 5.00 shipping
        (4, 1, {"shipping": "5", "tax": "3.20", "discount": "2"}, 0, 3090),  # 3 of 4, the fourth still comes
        (4, 1, {"shipping": "5", "tax": "3.33", "discount": "1.01"}, 1, 2116),  # 1 of the 3 was canceled before
        (3, 0, {"tax": "0"}, 0, 3000),
    ],
)
def test_letter_card_and_books_name_the_same_refund(
    shop: Shop, units: int, here: int, facts: dict[str, str], owed_before: int, back: int
) -> None:
    shop.stock("LAMP", here)
    shop.order("1001", ("LAMP", units), **facts)
    line = shop.line("1001", "LAMP")
    if owed_before:
        cancel_line(shop.store, line, owed_before, now=shop.tick())
    before = owed(shop) or Money(0, "USD")
    with shop.store.read() as view:
        ways = {each.choice: each.money for each in options(view, line, today=NOW.date(), now=NOW)}
    assert ways[Choice.CANCEL] == Money(-back, "USD")
    (letter,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    assert f"You get ${back // 100}.{back % 100:02} back within seven working days of your answer." in text_of(letter.letter)
    cancel_what_waits(shop.store, shop.orders["1001"], now=shop.tick())
    assert owed(shop) == Money(before.minor + back, "USD")
    said = text_of(write_cancellation(shop.store, shop.orders["1001"], now=shop.tick()).letter)
    assert f"We are refunding you ${(before.minor + back) / 100:.2f} " in f"{said} "
    assert "any tax" not in said


def promised_back(shop: Shop, number: str = "1001") -> tuple[str, Money]:
    """What an apology says, and what the answer form and the card say goes back where the customer cancels."""
    (letter,) = apologize(shop.store, [shop.orders[number]], now=shop.tick()).apologies
    with shop.store.read() as view:
        due = refund_if_canceled(view, [shop.orders[number]], line_ids(view, shop.orders[number]))
        (way,) = (
            each for each in options(view, shop.line(number, "LAMP"), today=NOW.date(), now=NOW) if each.choice is Choice.CANCEL
        )
    assert due and way.money == Money(-due.amount.minor, "USD")
    goes_back = f"${due.amount.amount} goes back" if due.amount.minor else "nothing is left to pay back"
    assert canceling_words(due) == f"If they cancel, {goes_back}."
    return text_of(letter.letter), due.amount


@pytest.mark.parametrize(("before", "left"), [("10", 2650), ("26.50", 0)])
def test_only_where_all_that_was_paid_went_back_before_nothing_is_promised(shop: Shop, before: str, left: int) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 2), shipping="5", tax="1.50")
    pay_back(shop, before)
    said, canceling = promised_back(shop)
    assert canceling == Money(left, "USD")
    cancel_what_waits(shop.store, shop.orders["1001"], now=shop.tick())
    written = text_of(write_cancellation(shop.store, shop.orders["1001"], now=shop.tick()).letter)
    if left:
        assert "You get $26.50 back within seven working days of your answer." in said
        assert "We are refunding you $26.50" in written
        assert listed(shop) == [("1001", Money(2650, "USD"))]
    else:
        assert "26.50" not in said + written
        assert "You may cancel until it ships. Nothing is left to refund." in said
        assert "Your refund is complete" in written and "Nothing is left to refund." in written
        assert "send your refund" not in said + written and "refund what you paid" not in said + written
        assert listed(shop) == []


def test_who_cancels_one_line_is_promised_what_the_books_then_owe_for_it(shop: Shop) -> None:
    shop.stock("BOOK", 1)
    shop.stock("LAMP", 0)
    shop.order("1001", ("BOOK", 1), ("LAMP", 2), paid=False)  # 10.00 and 20.00
    fill_in(shop, "1001", shipping="5", tax="3", discount="6")
    mark_paid(shop.store, shop.orders["1001"], now=shop.tick())
    cancel_line(shop.store, shop.line("1001", "BOOK"), 1, now=shop.tick())
    assert owed(shop) == Money(1000 - 200 + 100, "USD")
    pay_back(shop, "12")  # 3.00 more than that, as goodwill
    said, canceling = promised_back(shop)
    assert "You get $23.00 back" in said
    assert canceling == Money(3200 - 900, "USD")
    cancel_what_waits(shop.store, shop.orders["1001"], now=shop.tick())
    assert owed(shop) == canceling
    assert "We are refunding you $23.00" in text_of(write_cancellation(shop.store, shop.orders["1001"], now=shop.tick()).letter)


def test_a_letter_about_what_was_canceled_does_not_leave_with_a_sum_that_went_back(canceled: Shop) -> None:
    store, order = canceled.store, canceled.orders["1001"]
    written = write_cancellation(store, order, now=canceled.tick())
    pay_back(canceled, "10")
    with pytest.raises(RefusedError, match=r"says that 30\.90 USD goes back, and 20\.90 USD is left to go back") as refused:
        mark_told(store, written.notice_id, ToldBy.PRINT, now=canceled.tick())
    assert refused.value.remedy == "Write it again: one of today takes its place."
    again = write_cancellation(store, order, now=canceled.tick())
    assert again.notice_id != written.notice_id
    assert "We are refunding you $20.90" in text_of(again.letter)
    mark_told(store, again.notice_id, ToldBy.PRINT, now=canceled.tick())
    pay_back(canceled, "20.90")
    assert write_cancellation(store, order, now=canceled.tick()).notice_id == again.notice_id, "they have had it"


def test_tax_that_is_not_known_is_said_to_come_on_top(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 2))
    (letter,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    assert "You get $20.00 back, plus any tax you paid on it, within seven working days of your answer." in text_of(letter.letter)
    cancel_order(shop.store, shop.orders["1001"], now=shop.tick())
    said = text_of(write_cancellation(shop.store, shop.orders["1001"], now=shop.tick()).letter)
    assert "We are refunding you $20.00 plus any tax you paid" in said


@pytest.mark.parametrize("country", ["DE", "GB", "FR", "CA"])
def test_where_prices_include_tax_none_comes_on_top(shop: Shop, country: str) -> None:
    save_shop_profile(shop.store, replace(HOLLOW_OAK, country=country), now=shop.tick())
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 2))
    (letter,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    cancel_order(shop.store, shop.orders["1001"], now=shop.tick())
    last = write_cancellation(shop.store, shop.orders["1001"], now=shop.tick())
    said = (text_of(letter.letter), text_of(last.letter))
    assert all("20.00" in each for each in said)
    assert [" tax" in each for each in said] == [country == "CA"] * 2


def test_a_share_of_tax_needs_the_price_of_every_line(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 1)
    shop.order("1001", ("BOOK", 1), ("LAMP", 1), tax="1.00")
    forget_price(shop, "1001")
    (letter,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    assert "You get back all you paid for what you cancel" in text_of(letter.letter)


def test_what_went_back_is_noted_in_parts_and_never_beyond_what_was_paid(canceled: Shop) -> None:
    pay_back(canceled, "10.00", day="2026-11-12", how=" By card ")
    assert owed(canceled) == Money(2090, "USD")
    assert draft_of_refund(canceled.store, canceled.orders["1001"]).amount == "20.90"
    pay_back(canceled, "20.90")
    assert owed(canceled) is None
    with canceled.store.read() as view:
        rows = refunds_of_order(view, canceled.orders["1001"])
    assert [(str(row.on), str(row.amount), row.how) for row in rows] == [
        ("2026-11-17", "20.90 USD", ""),
        ("2026-11-12", "10.00 USD", "By card"),
    ]
    pay_back(canceled, "15.30")
    with pytest.raises(RefusedError, match=r"0\.01 USD is too much: order 1001 came to 46\.20 USD, and 46\.20 USD has gone back"):
        pay_back(canceled, "0.01")


def test_more_than_is_owed_goes_back_only_where_that_is_meant(canceled: Shop) -> None:
    def note(amount: str, *, although_not_owed: bool = False) -> None:
        draft = RefundDraft(amount=amount)
        record_refund(canceled.store, canceled.orders["1001"], draft, although_not_owed=although_not_owed, now=canceled.tick())

    with pytest.raises(NotOwedError, match=r"31\.00 USD is more than is to be paid back of order 1001: 30\.90 USD") as refused:
        note("31")
    assert refused.value.remedy.startswith("Check the amount, and cancel first what it is for")
    note("30.90")
    with pytest.raises(NotOwedError, match=r"Nothing is to be paid back of order 1001\."):
        note("1")
    note("1", although_not_owed=True)
    with pytest.raises(RefusedError, match="too much"):
        note("15", although_not_owed=True)


@pytest.mark.parametrize("amount", ["0", "-1", "", "ten", "0.001", "nan"])
def test_an_amount_is_above_nothing_and_in_whole_cents(canceled: Shop, amount: str) -> None:
    with pytest.raises(InvalidValueError, match="amount"):
        pay_back(canceled, amount)


def test_an_order_of_which_money_went_back_was_paid(canceled: Shop) -> None:
    pay_back(canceled, "10.00")
    draft = draft_of_order(canceled.store, canceled.orders["1001"])
    draft.paid = False
    with pytest.raises(RefusedError, match=r"Order 1001 was paid: 10\.00 USD of it has gone back"):
        edit_order(canceled.store, canceled.orders["1001"], draft, now=canceled.tick())


def test_an_order_of_which_money_is_owed_was_paid(canceled: Shop) -> None:
    draft = draft_of_order(canceled.store, canceled.orders["1001"])
    draft.paid = False
    with pytest.raises(RefusedError, match=r"Order 1001 was paid: 30\.90 USD is to be paid back of it") as refused:
        edit_order(canceled.store, canceled.orders["1001"], draft, now=canceled.tick())
    assert refused.value.remedy == "Leave it as paid, or first undo that."
    assert owed(canceled) == Money(3090, "USD")


def test_an_order_of_which_something_was_sent_was_paid(shop: Shop) -> None:
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 2))
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.paid = False
    ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    with pytest.raises(RefusedError, match="Order 1001 was paid: some of it has shipped"):
        edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())


def test_nothing_is_owed_for_what_was_never_paid_nor_a_refund_listed(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1), paid=False)
    cancel_order(shop.store, shop.orders["1001"], now=shop.tick())
    assert owed(shop) is None
    with pytest.raises(RefusedError, match="never paid"):
        pay_back(shop, "1.00")
    with pytest.raises(NothingToDoError, match="never paid"):
        write_cancellation(shop.store, shop.orders["1001"], now=shop.tick())


def test_a_price_that_is_not_known_leaves_what_is_owed_open(canceled: Shop) -> None:
    forget_price(canceled, "1001")
    assert owed(canceled) is None
    write_cancellation(canceled.store, canceled.orders["1001"], now=canceled.tick())
    assert listed(canceled) == [("1001", None)]
    pay_back(canceled, "12.00")
    assert listed(canceled) == []


def test_a_customer_has_spent_what_did_not_go_back(canceled: Shop) -> None:
    pay_back(canceled, "12.00")
    with canceled.store.read() as view:
        today = canceled.now.date()
        (row,) = customer_rows(view, customer_ids(view, CustomersView(), today=today), today=today)
    assert row.spent == (Money(4620 - 1200, "USD"),)


def test_what_is_owed_stands_until_all_of_it_went_back(canceled: Shop) -> None:
    assert listed(canceled) == [("1001", Money(3090, "USD"))]
    pay_back(canceled, "30.00")
    assert listed(canceled) == [("1001", Money(90, "USD"))]
    pay_back(canceled, "0.90")
    assert listed(canceled) == []
    undo(canceled.store, now=canceled.tick())
    assert listed(canceled) == [("1001", Money(90, "USD"))]
    redo(canceled.store, now=canceled.tick())
    assert listed(canceled) == []
    with canceled.store.read() as view:
        said = [step.summary for step in history_of_order(view, canceled.orders["1001"])]
    assert "Paid back 30.00 USD of order 1001" in said


def test_all_that_is_owed_is_listed_what_is_due_first_before_the_rest(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.stock("B", 5, price="8.00")
    for number in ("1001", "1002", "1003", "1004"):
        shop.order(number, ("A", 2))
    set_ship_policy(shop.store, shop.orders["1001"], ShipPolicy.CANCEL_REMAINDER, now=shop.tick())
    ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    send_substitute(shop.store, shop.line("1002", "A"), SubstituteDraft(sku="B"), now=shop.tick())
    shop.now -= timedelta(days=3)
    cancel_order(shop.store, shop.orders["1003"], now=shop.tick())
    assert listed(shop) == [("1003", Money(2000, "USD")), ("1001", Money(1000, "USD")), ("1002", Money(400, "USD"))]
    shop.now += timedelta(days=3)
    pay_back(shop, "10.00", "1001")
    assert [number for number, _ in listed(shop)] == ["1003", "1002"]


HEAD = "order_number,channel,placed_at,paid_status,currency,customer_name,sku,title,quantity,unit_price,shipping,canceled"


def import_order(shop: Shop, folder: Path, canceled: int, *, paid: str = "paid", price: str = "10.00") -> None:
    """A file of the channel's: order 77 of 3 lamps with 5.00 shipping, so many of them canceled."""
    path = folder / "orders.csv"
    row = f"77,own,2026-11-01T08:00:00Z,{paid},USD,Erin Vale,LAMP,Lamp,3,{price},5.00,{canceled}"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    import_files(shop.store, [path], now=shop.tick())
    shop.orders["77"] = find_order(shop.store, "77")


def test_what_a_file_says_was_canceled_has_been_paid_back_where_it_was(shop: Shop, tmp_path: Path) -> None:
    for canceled in (0, 1):
        import_order(shop, tmp_path, canceled)
    assert (owed(shop, "77"), due(shop)) == (None, [])
    letter = write_cancellation(shop.store, shop.orders["77"], now=shop.tick())
    assert "Nothing is left to refund." in text_of(letter.letter)
    assert (owed(shop, "77"), due(shop)) == (None, [])
    cancel_line(shop.store, shop.line("77", "LAMP"), 1, now=shop.tick())
    assert owed(shop, "77") == Money(1000, "USD"), "for the one that was canceled here"
    import_order(shop, tmp_path, 3)
    assert owed(shop, "77") == Money(1000, "USD"), "the last one and the shipping went back by the channel"
    with pytest.raises(RefusedError, match=r"came to 10\.00 USD"):
        pay_back(shop, "10.01", "77")
    undo(shop.store, now=shop.tick())
    cancel_order(shop.store, shop.orders["77"], now=shop.tick())
    assert owed(shop, "77") == Money(2500, "USD"), "with the shipping"


@pytest.mark.parametrize("paid", ["paid", "unpaid"])
def test_what_was_canceled_in_the_first_file_was_never_kept(shop: Shop, tmp_path: Path, paid: str) -> None:
    import_order(shop, tmp_path, 1, paid=paid)
    if paid == "unpaid":
        mark_paid(shop.store, shop.orders["77"], now=shop.tick())
    assert listed(shop) == []
    cancel_order(shop.store, shop.orders["77"], now=shop.tick())
    assert listed(shop) == [("77", Money(2500, "USD"))]


def test_what_a_file_cancels_before_it_is_paid_is_not_paid(shop: Shop, tmp_path: Path) -> None:
    for canceled, paid in ((0, "unpaid"), (1, "unpaid"), (1, "paid")):
        import_order(shop, tmp_path, canceled, paid=paid)
    cancel_order(shop.store, shop.orders["77"], now=shop.tick())
    assert listed(shop) == [("77", Money(2500, "USD"))]


def test_what_was_canceled_here_before_the_customer_paid_was_not_paid(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 3), paid=False)
    cancel_line(shop.store, shop.line("1001", "LAMP"), 1, now=shop.tick())
    mark_paid(shop.store, shop.orders["1001"], now=shop.tick())
    assert listed(shop) == []
    cancel_order(shop.store, shop.orders["1001"], now=shop.tick())
    assert listed(shop) == [("1001", Money(2000, "USD"))]


def test_the_day_counts_from_what_was_canceled_of_what_was_paid(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 3), paid=False)
    cancel_line(shop.store, shop.line("1001", "LAMP"), 1, now=shop.tick())
    mark_paid(shop.store, shop.orders["1001"], now=shop.tick())
    shop.now += timedelta(days=30)
    cancel_line(shop.store, shop.line("1001", "LAMP"), 1, now=shop.tick())
    assert due(shop) == ["1001 2026-12-29"]


def test_a_file_that_corrects_what_it_had_canceled_some_of_leaves_nothing_open(shop: Shop, tmp_path: Path) -> None:
    import_order(shop, tmp_path, 1)
    import_order(shop, tmp_path, 1, price="9.00")
    assert (listed(shop), owed(shop, "77")) == ([], None)
    with pytest.raises(RefusedError, match="paid already"):
        mark_paid(shop.store, shop.orders["77"], now=shop.tick())
    fill_in(shop, "77", shipping="3.00")
    assert listed(shop) == [("77", Money(200, "USD"))]


def test_a_channel_that_was_paid_in_full_for_what_was_canceled_here_is_owed_for_it(shop: Shop, tmp_path: Path) -> None:
    import_order(shop, tmp_path, 0, paid="unpaid")
    cancel_line(shop.store, shop.line("77", "LAMP"), 1, now=shop.tick())
    import_order(shop, tmp_path, 0)
    assert listed(shop) == [("77", Money(1000, "USD"))]


def test_the_history_says_by_how_much_an_edited_order_is_not_even(canceled: Shop) -> None:
    draft = draft_of_order(canceled.store, canceled.orders["1001"])
    draft.lines[0].unit_price = "9.00"
    step = edit_order(canceled.store, canceled.orders["1001"], draft, now=canceled.tick())
    ((_, amount),) = listed(canceled)
    assert step.summary == f"Edited order 1001; it comes to {amount} less than was paid"


def test_an_order_with_a_refund_is_not_undone_away(shop: Shop) -> None:
    shop.stock("LAMP", 3)
    shop.order("1001", ("LAMP", 1))
    with shop.store.read() as view:
        added = view.value("SELECT max(id) FROM event")
    pay_back(shop, "1.00")
    with pytest.raises(RefusedError, match="a later one has built on it") as refused:
        undo(shop.store, event_id=added, now=shop.tick())
    assert refused.value.remedy.startswith("First undo: Paid back 1.00 USD of order 1001")


def test_refunds_are_in_the_customers_file_and_stay_without_words_when_they_are_erased(canceled: Shop, tmp_path: Path) -> None:
    pay_back(canceled, "30.90", how="To dana@example.org")
    customer = 1
    export_customer(canceled.store, customer, tmp_path / "all.json")
    (order,) = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["orders"]
    assert order["refunds"] == [{"amount_minor": 3090, "refunded_on": "2026-11-17", "how": "To dana@example.org"}]
    cancel_order(canceled.store, canceled.orders["1001"], now=canceled.tick())
    erase_customer(canceled.store, customer, although_owed=True, now=canceled.tick())
    assert b"dana@example.org" not in canceled.store.path.read_bytes()
    with canceled.store.read() as view:
        assert [(str(row.amount), row.how) for row in refunds_of_order(view, canceled.orders["1001"])] == [("30.90 USD", "")]


def spent(shop: Shop) -> Money:
    with shop.store.read() as view:
        (row,) = customer_rows(view, customer_ids(view, CustomersView(), today=NOW.date()), today=NOW.date())
    (amount,) = row.spent
    return amount


def test_what_a_coupon_takes_off_a_paid_order_is_owed_back(shop: Shop) -> None:
    code = issued(shop)
    redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert owed(shop, "2000") == Money(300, "USD")
    assert listed(shop) == [("2000", Money(300, "USD"))]
    undo(shop.store, now=shop.tick())
    assert listed(shop) == []
    redo(shop.store, now=shop.tick())
    assert listed(shop) == [("2000", Money(300, "USD"))]
    with pytest.raises(RefusedError, match=r"came to 10\.00 USD"):
        pay_back(shop, "10.01", "2000")
    pay_back(shop, "3.00", "2000")
    assert listed(shop) == []
    assert owed(shop, "2000") is None
    assert spent(shop) == Money(700 + 1000 + 3000, "USD")  # 2000 for 7.00, 2001 and 1042 as they came in


def test_money_for_a_coupon_and_for_what_is_canceled_never_comes_to_more_than_was_paid(shop: Shop) -> None:
    redeem_coupon(shop.store, issued(shop), "2000", now=shop.tick())
    cancel_order(shop.store, shop.orders["2000"], now=shop.tick())
    assert listed(shop) == [("2000", Money(1000, "USD"))]
    pay_back(shop, "3.00", "2000")
    assert listed(shop) == [("2000", Money(700, "USD"))]
    pay_back(shop, "7.00", "2000")
    assert listed(shop) == []


@pytest.mark.parametrize("paid_later", [True, False])
def test_a_coupon_that_was_redeemed_before_the_payment_owes_nothing(shop: Shop, paid_later: bool) -> None:
    code = issued(shop)
    shop.order("3000", ("BOOK", 1), paid=False)
    redeem_coupon(shop.store, code, "3000", now=shop.tick())
    if paid_later:
        mark_paid(shop.store, shop.orders["3000"], now=shop.tick())
    assert listed(shop) == []


def test_an_order_added_with_its_coupon_and_paid_owes_nothing(shop: Shop) -> None:
    code = issued(shop)
    draft = draft_of_order(shop.store, shop.orders["2000"])
    draft.order_number, draft.coupon = "3000", code
    add_order(shop.store, draft, now=shop.tick())
    assert listed(shop) == []


def test_a_coupon_typed_into_a_paid_order_is_owed_back_until_the_discount_is_taken_off_again(shop: Shop) -> None:
    fill_in(shop, "2000", coupon=issued(shop), note="Gift wrap")
    assert listed(shop) == [("2000", Money(300, "USD"))]
    fill_in(shop, "2000", discount="")
    assert listed(shop) == []


def test_a_coupon_that_a_paid_order_came_in_with_owes_nothing(shop: Shop, tmp_path: Path) -> None:
    code = issued(shop)
    file = tmp_path / "orders.csv"
    file.write_text(
        "order_number,channel,currency,coupon_codes,discount,sku,title,quantity,unit_price,paid_status\n"
        f"3000,shopify,USD,{code},3.00,BOOK,Product BOOK,1,10.00,paid\n",
        encoding="utf-8",
    )
    import_files(shop.store, [file], now=shop.tick())
    shop.orders["3000"] = find_order(shop.store, "3000")
    fill_in(shop, "3000", coupon=code, note="Gift wrap")
    assert listed(shop) == []


@pytest.fixture
def five(shop: Shop) -> Shop:
    """A paid order of 5 at 10.00 with 5.00 off and 6.00 shipping, which comes to 51.00; none is here."""
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 5), discount="5.00", shipping="6.00")
    return shop


def change_lamps(shop: Shop, quantity: str = "5", price: str = "10.00") -> Step:
    draft = draft_of_order(shop.store, shop.orders["1"])
    draft.lines[0].quantity, draft.lines[0].unit_price = quantity, price
    return edit_order(shop.store, shop.orders["1"], draft, now=shop.tick())


@pytest.mark.parametrize(
    ("change", "less"),
    [
        (lambda shop: change_lamps(shop, "3"), 2000),
        (lambda shop: change_lamps(shop, price="9.50"), 250),
        (lambda shop: fill_in(shop, "1", discount="8.00"), 300),
        (lambda shop: fill_in(shop, "1", shipping="2.00"), 400),
    ],
)
def test_what_an_edit_takes_off_a_paid_order_is_paid_back(five: Shop, change: Callable[[Shop], object], less: int) -> None:
    change(five)
    amount = Money(less, "USD")
    with five.store.read() as view:
        (row,) = refunds_owed(view)
        assert history_of_order(view, five.orders["1"])[0].summary == f"Edited order 1; it comes to {amount} less than was paid"
    assert (row.order_number, row.amount, row.canceled, row.by) == ("1", amount, False, date(2026, 11, 27))
    undo(five.store, now=five.tick())
    assert listed(five) == []
    redo(five.store, now=five.tick())
    with pytest.raises(RefusedError, match=r"came to 51\.00 USD"):
        pay_back(five, "51.01", "1")
    pay_back(five, str(amount.amount), "1")
    assert listed(five) == []
    cancel_order(five.store, five.orders["1"], now=five.tick())
    assert listed(five) == [("1", Money(5100 - less, "USD"))]


def test_shipping_and_tax_that_an_edit_adds_are_still_to_be_paid(shop: Shop) -> None:
    """Of an order that says nothing of them the customer has paid none."""
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    step = fill_in(shop, "1", shipping="5.00", tax="1.00")
    assert step.summary == "Edited order 1; it comes to 6.00 USD more than was paid"
    undo(shop.store, now=shop.tick())
    redo(shop.store, now=shop.tick())
    assert mark_paid(shop.store, shop.orders["1"], now=shop.tick()).summary == "Marked the rest of order 1 as paid, 6.00 USD"
    assert fill_in(shop, "1", shipping="").summary == "Edited order 1; it comes to 5.00 USD less than was paid"
    assert listed(shop) == [("1", Money(500, "USD"))]
    cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    assert listed(shop) == [("1", Money(1600, "USD"))]


def test_waiting_is_said_to_add_no_cost_whatever_is_still_to_be_paid(five: Shop) -> None:
    change_lamps(five, "7")
    (letter,) = apologize(five.store, [five.orders["1"]], now=five.tick()).apologies
    said = text_of(letter.letter)
    assert "Waiting adds no cost." in said
    assert "nothing more" not in said


def test_a_letter_gives_back_what_is_listed_with_what_the_order_was_lowered_by(five: Shop) -> None:
    change_lamps(five, "3")
    cancel_line(five.store, five.line("1", "LAMP"), 1, now=five.tick())
    ((_, amount),) = listed(five)
    assert amount == Money(2000 + 1000 - 167, "USD")
    letter = write_cancellation(five.store, five.orders["1"], now=five.tick())
    assert "We are refunding you $28.33" in text_of(letter.letter)
    mark_told(five.store, letter.notice_id, ToldBy.PRINT, now=five.tick())
    cancel_line(five.store, five.line("1", "LAMP"), 1, now=five.tick())
    letter = write_cancellation(five.store, five.orders["1"], now=five.tick())
    assert "We are refunding you $8.34" in text_of(letter.letter), "beside what they were told"


def test_what_was_not_paid_is_not_paid_back(five: Shop) -> None:
    assert change_lamps(five, "7").summary == "Edited order 1; it comes to 20.00 USD more than was paid"
    cancel_line(five.store, five.line("1", "LAMP"), 2, now=five.tick())
    assert listed(five) == []
    cancel_order(five.store, five.orders["1"], now=five.tick())
    assert listed(five) == [("1", Money(5100, "USD"))]


def test_the_rest_of_a_paid_order_is_marked_as_paid(five: Shop) -> None:
    with pytest.raises(RefusedError, match="paid already"):
        mark_paid(five.store, five.orders["1"], now=five.tick())
    change_lamps(five, "7")
    assert mark_paid(five.store, five.orders["1"], now=five.tick()).summary == "Marked the rest of order 1 as paid, 20.00 USD"
    cancel_order(five.store, five.orders["1"], now=five.tick())
    assert listed(five) == [("1", Money(7100, "USD"))]


def test_what_went_back_is_still_to_come_in_once_the_order_is_raised_again(five: Shop) -> None:
    change_lamps(five, "4")
    pay_back(five, "10", number="1")
    assert change_lamps(five, "5").summary == "Edited order 1; it comes to 10.00 USD more than was paid"
    assert mark_paid(five.store, five.orders["1"], now=five.tick()).summary == "Marked the rest of order 1 as paid, 10.00 USD"
    cancel_order(five.store, five.orders["1"], now=five.tick())
    assert listed(five) == [("1", Money(5100, "USD"))]


@pytest.mark.parametrize(("canceled", "rest"), [(1, "10.71"), (2, "1.43"), (3, None)])
def test_what_was_canceled_since_is_no_rest_to_pay(five: Shop, canceled: int, rest: str | None) -> None:
    change_lamps(five, "7")
    cancel_line(five.store, five.line("1", "LAMP"), canceled, now=five.tick())
    if rest is None:
        with pytest.raises(RefusedError, match="paid already"):
            mark_paid(five.store, five.orders["1"], now=five.tick())
        return
    said = mark_paid(five.store, five.orders["1"], now=five.tick()).summary
    assert said == f"Marked the rest of order 1 as paid, {rest} USD"
    assert listed(five) == []


def test_letters_promise_no_more_than_was_paid(five: Shop) -> None:
    change_lamps(five, "7")
    with five.store.read() as view:
        due = refund_if_canceled(view, [five.orders["1"]], [five.line("1", "LAMP")])
    assert due is not None
    assert due.amount == Money(5100, "USD")


def test_steps_before_and_after_an_edit_are_taken_back_each_alone(five: Shop) -> None:
    raised = change_lamps(five, "7")
    fill_in(five, "1", shipping="1.00")
    assert listed(five) == []
    undo(five.store, event_id=raised.event_id, now=five.tick())
    assert listed(five) == [("1", Money(500, "USD"))]


def test_a_file_that_says_another_sum_settles_it_itself(five: Shop, tmp_path: Path) -> None:
    """What a channel changed, it has paid back or taken in."""
    file = tmp_path / "orders.csv"
    head = "order_number,channel,currency,paid_status,line_id,sku,title,quantity,unit_price\n"
    for quantity in (4, 2):
        file.write_text(f"{head}77,shopify,USD,paid,L1,LAMP,Lamp,{quantity},10.00\n", encoding="utf-8")
        import_files(five.store, [file], now=five.tick())
    assert listed(five) == []


_OF_NOTHING = {
    "en": ("There is nothing for you to pay", "Nothing was to be paid for it and nothing was"),
    "de": ("Für Sie ist nichts zu zahlen", "Zu zahlen war nichts und bezahlt wurde nichts"),
    "fr": ("Vous n’avez rien à payer", "Rien n’était à payer et rien n’a été payé"),
    "es": ("No tiene nada que pagar", "No había nada que pagar y no se pagó nada"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("price", ["0.00", "10.00"])
def test_a_letter_about_what_cost_nothing_speaks_of_no_refund(shop: Shop, language: str, price: str) -> None:
    shop.stock("LAMP", 0)
    order = shop.order("1001", ("LAMP", 2), paid=False, discount="0.00" if price == "0.00" else "20.00")
    draft = draft_of_order(shop.store, order)
    draft.lines[0].unit_price = price
    edit_order(shop.store, order, draft, now=shop.tick())
    with shop.store.begin("edit", "", now=shop.tick()) as transaction:
        transaction.customer(transaction.order(order).customer_id).language = language
    mark_paid(shop.store, order, now=shop.tick())
    cancel_order(shop.store, order, now=shop.tick())
    written = " ".join(text_of(write_cancellation(shop.store, order, now=shop.tick()).letter).split())
    assert all(said in written for said in _OF_NOTHING[language])
    labels = wording(language)["labels"]
    assert not [label for label in ("instead", "refunded") if labels[label].lower() in written.lower()]
