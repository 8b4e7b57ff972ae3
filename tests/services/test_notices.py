"""What a letter is, by the law and by what the customer has heard before: first, renewed, date change, refund."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orderdesk.domain.errors import AlreadyToldError, NothingToDoError, RefusedError
from orderdesk.domain.notices import NoticeKind, ToldBy
from orderdesk.services import history, order_entry, orders
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import Apology, apologize
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes
from orderdesk.services.checks import check
from orderdesk.services.customers import draft_of_customer, edit_customer, find_customer
from orderdesk.services.deliveries import require_deliverable
from orderdesk.services.endings import write_cancellation, write_good_news
from orderdesk.services.imports import import_files
from orderdesk.services.letters import wording_of
from orderdesk.services.orders import cancel_line
from orderdesk.services.products import draft_of_product, edit_product
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.services.ways_out import telling_would_cancel
from orderdesk.storage.queries.notices import untold_letters
from orderdesk.storage.queries.orders import OrdersView, order_ids, order_rows
from orderdesk.storage.queries.telling import letters_ready, to_tell
from orderdesk.storage.queries.today import agenda
from tests.builders import HOLLOW_OAK, Shop
from tests.reading import text_of

PLACED = "2026-11-03"  # so an American order is due on December 3


def letter(shop: Shop, on: str, new_date: str | None = None, number: str = "1042") -> Apology:
    """Apologize at noon of that day."""
    wishes = Wishes(new_date=date.fromisoformat(new_date)) if new_date else BY_DEFAULT
    run = apologize(shop.store, [shop.orders[number]], now=noon(on), wishes=wishes)
    assert run.refused == ()
    return run.apologies[0]


def noon(on: str) -> datetime:
    return datetime.fromisoformat(f"{on}T20:00:00").replace(tzinfo=UTC)


def expect(shop: Shop, day: str, on: str) -> None:
    """What waits is on order, for that day."""
    draft = draft_of_product(shop.store, shop.products["LAMP"])
    draft.on_order, draft.on_order_expected_on = "2", day
    edit_product(shop.store, shop.products["LAMP"], draft, now=noon(on))


def told(shop: Shop, made: Apology, on: str) -> None:
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=noon(on))


@pytest.fixture
def short(shop: Shop) -> Shop:
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2), placed_on=PLACED)
    return shop


@pytest.mark.parametrize(
    ("new_date", "silence", "answer_by", "refund_by", "sentence"),
    [
        (
            "2027-01-02",
            "consent",
            "2027-01-02",
            None,
            "from you by January 2, 2027, or before your order ships if that is earlier, we take it that you agree",
        ),
        (
            "2027-01-03",
            "cancellation",
            "2027-01-02",
            "2027-01-12",
            "we cancel what is late and send your refund by January 12",
        ),
        (None, "cancellation", "2027-01-02", "2027-01-12", "You may cancel at any time until it ships"),
    ],
)
def test_a_first_letter_says_what_silence_means(
    short: Shop, new_date: str | None, silence: str, answer_by: str, refund_by: str | None, sentence: str
) -> None:
    made = letter(short, "2026-11-17", new_date)
    (said,) = made.said
    assert (made.kind, said.silence) == (NoticeKind.FIRST, silence)
    assert (said.answer_by, said.refund_by) == (
        date.fromisoformat(answer_by),
        date.fromisoformat(refund_by) if refund_by else None,
    )
    assert sentence in text_of(made.letter)
    assert text_of(made.letter).count("sorry") == 1


def test_a_later_date_for_a_customer_who_was_told_is_a_renewed_letter_without_apology_or_coupon(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")
    renewed = letter(short, "2026-12-08", "2026-12-20")
    assert (renewed.kind, renewed.coupon_code, renewed.new_date) == (NoticeKind.RENEWED, None, date(2026, 12, 20))
    (said,) = renewed.said
    assert (said.silence, said.answer_by) == ("cancellation", date(2026, 12, 10))
    assert "sorry" not in text_of(renewed.letter)
    assert letter(short, "2026-12-08").notice_id == renewed.notice_id
    told(short, renewed, "2026-12-08")
    assert letter(short, "2026-12-09", "2026-12-20").notice_id == renewed.notice_id
    assert check(short.store) == []


def test_an_earlier_date_is_a_date_change(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-20"), "2026-11-17")
    changed = letter(short, "2026-11-20", "2026-12-05")
    assert changed.kind is NoticeKind.DATE_CHANGE
    assert "ships earlier than we told you" in text_of(changed.letter)
    assert "No answer is needed" in text_of(changed.letter)


UNKNOWN = None
MOVES = [
    # (date given first, then; whether she agreed in words; kind, what the letter says of the dates, silence, answer by)
    ("2026-12-15", "2026-12-10", False, "date_change", "ships earlier than we told you", "consent", "2026-12-10"),
    ("2026-12-15", "2026-12-28", False, "renewed", "a new, later date", "cancellation", "2026-12-15"),
    ("2026-12-15", "2026-12-28", True, "renewed", "a new, later date", "cancellation", "2026-12-15"),
    ("2027-01-10", "2026-12-20", False, "date_change", "ships earlier than we told you", "consent", "2026-12-20"),
    ("2027-01-10", "2027-01-05", False, "date_change", "ships earlier than we told you", "cancellation", "2027-01-02"),
    ("2027-01-10", "2027-01-05", True, "date_change", "ships earlier than we told you", "consent", "2027-01-05"),
    (UNKNOWN, "2026-12-20", False, "date_change", "We now have a date for your order", "consent", "2026-12-20"),
    (UNKNOWN, "2027-01-10", False, "date_change", "We now have a date for your order", "cancellation", "2027-01-02"),
    (UNKNOWN, "2027-01-10", True, "date_change", "We now have a date for your order", "consent", "2027-01-10"),
]


@pytest.mark.parametrize(("first", "then", "agreed", "kind", "said", "silence", "answer_by"), MOVES)
def test_a_letter_about_another_date_asks_for_no_more_than_was_agreed(
    short: Shop, first: str | None, then: str, agreed: bool, kind: str, said: str, silence: str, answer_by: str
) -> None:
    told(short, letter(short, "2026-11-17", first), "2026-11-17")
    if agreed:
        agree_to_wait(short.store, short.orders["1042"], now=noon("2026-11-18"))
    made = letter(short, "2026-11-20", then)
    assert made.kind == kind
    assert [(each.silence, each.answer_by) for each in made.said] == [(silence, date.fromisoformat(answer_by))]
    text = text_of(made.letter)
    assert said in text
    assert ("we ship as listed here" in text) == (silence == "consent")
    assert ("If we do not hear from you by then, we cancel" in text) == (silence == "cancellation")
    assert "sorry" not in text


def test_an_earlier_date_leaves_a_question_as_it_was_asked(short: Shop) -> None:
    """She was asked by December 15 whether she waits until December 28: until she says so, she has not agreed to the 20th."""
    told(short, letter(short, "2026-11-17", "2026-12-15"), "2026-11-17")
    told(short, letter(short, "2026-11-20", "2026-12-28"), "2026-11-20")
    (asked,) = letter(short, "2026-11-25", "2026-12-20").said
    assert (asked.silence, asked.answer_by) == ("cancellation", date(2026, 12, 15))


def test_an_earlier_date_than_the_one_she_agreed_to_asks_and_cancels_nothing(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-15"), "2026-11-17")
    told(short, letter(short, "2026-11-20", "2026-12-28"), "2026-11-20")
    agree_to_wait(short.store, short.orders["1042"], now=noon("2026-11-21"))
    made = letter(short, "2026-11-25", "2026-12-20")
    (kept,) = made.said
    assert (kept.silence, kept.answer_by, kept.refund_by) == ("consent", date(2026, 12, 20), None)
    text = text_of(made.letter)
    assert "No answer is needed: without one, we ship as listed here." in text
    assert "we cancel" not in text


def test_who_agreed_without_a_date_is_asked_nothing_until_a_date_is_given(short: Shop) -> None:
    told(short, letter(short, "2026-11-17"), "2026-11-17")
    agree_to_wait(short.store, short.orders["1042"], now=noon("2026-11-18"))
    dated = letter(short, "2027-02-01", "2027-03-01")
    assert [(each.silence, each.answer_by) for each in dated.said] == [("consent", date(2027, 3, 1))]
    told(short, dated, "2027-02-01")
    (later,) = letter(short, "2027-02-20", "2027-03-15").said
    assert (later.silence, later.answer_by) == ("cancellation", date(2027, 3, 1))


def test_who_agrees_once_the_date_has_passed_waits_until_it_comes(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")
    agree_to_wait(short.store, short.orders["1042"], now=noon("2026-12-11"))
    assert letter(short, "2026-12-12").kind is NoticeKind.RENEWED
    dated = letter(short, "2026-12-12", "2027-02-01")
    assert [(each.silence, each.answer_by) for each in dated.said] == [("consent", date(2027, 2, 1))]
    told(short, dated, "2026-12-12")
    (later,) = letter(short, "2027-01-20", "2027-03-15").said
    assert (later.silence, later.answer_by) == ("cancellation", date(2027, 2, 1))
    assert letter(short, "2027-02-02").kind is NoticeKind.REFUND
    assert check(short.store) == []


def test_who_agrees_to_a_date_that_has_slipped_waits_until_it_comes(short: Shop) -> None:
    expect(short, "2026-12-10", "2026-11-17")
    told(short, letter(short, "2026-11-17"), "2026-11-17")
    expect(short, "2026-12-20", "2026-11-20")
    agree_to_wait(short.store, short.orders["1042"], now=noon("2026-11-20"))
    assert [each.silence for each in letter(short, "2026-12-11").said] == ["consent"]


def test_an_agreement_to_a_date_that_holds_is_for_that_date(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")
    agree_to_wait(short.store, short.orders["1042"], now=noon("2026-12-10"))
    assert letter(short, "2026-12-11").kind is NoticeKind.REFUND


def test_the_refund_letter_does_not_leave_once_they_agree_after_the_date(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")
    refund = letter(short, "2026-12-11")
    assert refund.kind is NoticeKind.REFUND
    agree_to_wait(short.store, short.orders["1042"], now=noon("2026-12-11"))
    with pytest.raises(RefusedError, match="would cancel order 1042, and its customer agreed to wait") as refused:
        told(short, refund, "2026-12-11")
    assert refused.value.remedy == "Apologize again: the letter follows."
    with short.store.read() as view:
        assert telling_would_cancel(view, short.orders["1042"], today=date(2026, 12, 11)) is None
    told(short, letter(short, "2026-12-11"), "2026-12-11")
    assert short.quantities("1042", "LAMP") == (0, 2)
    (still,) = letter(short, "2026-12-31", "2027-02-01").said
    assert still.silence == "consent"
    assert check(short.store) == []


def test_a_date_that_passes_before_the_order_was_due_still_leaves_a_choice(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-11-25"), "2026-11-17")
    made = letter(short, "2026-11-26", "2026-12-20")
    (said,) = made.said
    assert (made.kind, said.silence, said.answer_by) == (NoticeKind.RENEWED, "cancellation", date(2026, 12, 3))
    assert "We are refunding you" not in text_of(made.letter)
    assert letter(short, "2026-12-04").kind is NoticeKind.REFUND


def test_the_list_of_orders_says_when_they_were_told_last(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")
    short.order("1043", ("LAMP", 1), placed_on=PLACED, customer="Erin Vale")
    told(short, letter(short, "2026-11-18", "2026-12-10", "1043"), "2026-11-18")
    told(short, letter(short, "2026-11-20", "2026-12-15"), "2026-11-20")
    with short.store.read() as view:
        ids = order_ids(view, OrdersView(sort=(("told", False),)), today=date(2026, 11, 21))
        rows = order_rows(view, ids, today=date(2026, 11, 21))
    assert [(row.number, row.told_on) for row in rows] == [("1043", date(2026, 11, 18)), ("1042", date(2026, 11, 20))]


def test_a_cancellation_told_of_another_line_is_no_date_given(short: Shop) -> None:
    short.stock("BOOK", 0)
    short.order("1060", ("LAMP", 1), ("BOOK", 1), customer="Erin Vale", placed_on=PLACED)
    told(short, letter(short, "2026-11-17", "2026-12-10", "1060"), "2026-11-17")
    cancel_line(short.store, short.line("1060", "BOOK"), 1, now=noon("2026-11-18"))
    written = write_cancellation(short.store, short.orders["1060"], now=noon("2026-11-18"))
    mark_told(short.store, written.notice_id, ToldBy.PRINT, now=noon("2026-11-18"))
    (said,) = letter(short, "2026-11-20", "2026-12-20", "1060").said
    assert said.answer_by == date(2026, 12, 10)


def test_without_another_date_a_customer_who_was_told_gets_no_second_letter(short: Shop) -> None:
    first = letter(short, "2026-11-17", "2026-12-10")
    told(short, first, "2026-11-17")
    assert letter(short, "2026-11-18").notice_id == first.notice_id
    run = apologize(short.store, [short.orders["1042"]], now=noon("2026-11-18"), wishes=Wishes(concern="A birthday"))
    assert "was told on November 17, 2026" in run.refused[0].reason


def test_after_the_deadline_only_the_refund_is_left(short: Shop) -> None:
    made = letter(short, "2026-12-04", "2026-12-15")
    (said,) = made.said
    assert (made.kind, said.silence, said.refund_by) == (NoticeKind.REFUND, None, date(2026, 12, 15))
    text = text_of(made.letter)
    assert "We are refunding you $20.00" in text
    assert "We will send your refund by December 15, 2026" in text
    assert "Wait" not in text
    assert made.coupon_code is not None


def test_a_letter_that_was_made_in_time_is_not_printed_once_it_is_too_late(short: Shop) -> None:
    made = letter(short, "2026-12-03", "2026-12-15")
    require_deliverable(short.store, made.notice_id, now=noon("2026-12-03"))
    with pytest.raises(RefusedError, match="came too late to leave a choice"):
        require_deliverable(short.store, made.notice_id, now=noon("2026-12-04"))
    refund = letter(short, "2026-12-04")
    assert refund.kind is NoticeKind.REFUND
    require_deliverable(short.store, refund.notice_id, now=noon("2026-12-05"))
    with short.store.read() as view:
        assert view.all("SELECT status FROM coupon ORDER BY id") == [("voided",), ("issued",)]


def test_nobody_counts_as_told_by_a_letter_that_came_too_late(short: Shop) -> None:
    made = letter(short, "2026-12-03", "2026-12-15")
    for tell in (
        lambda: told(short, made, "2026-12-04"),
        lambda: mark_order_told(short.store, short.orders["1042"], ToldBy.PHONE, now=noon("2026-12-04")),
    ):
        with pytest.raises(RefusedError, match="The letter to Dana Whitfield came too late to leave a choice"):
            tell()
    told(short, made, "2026-12-03")
    with pytest.raises(AlreadyToldError):  # who was told in time stays told
        told(short, made, "2026-12-05")


def test_who_agreed_to_wait_is_not_told_that_the_order_is_canceled(short: Shop) -> None:
    """Who said so on the phone before there was a letter has said it as well as who said it with one under way."""
    refund = letter(short, "2026-12-04")
    assert refund.kind is NoticeKind.REFUND
    agree_to_wait(short.store, short.orders["1042"], now=noon("2026-12-05"))
    with pytest.raises(RefusedError, match="would cancel order 1042, and its customer agreed to wait") as refused:
        told(short, refund, "2026-12-05")
    assert refused.value.remedy == "Apologize again: the letter follows."
    told(short, letter(short, "2026-12-05", "2026-12-15"), "2026-12-05")
    assert short.quantities("1042", "LAMP") == (0, 2)
    short.order("1043", ("LAMP", 1), placed_on=PLACED, customer="Erin Vale")
    agree_to_wait(short.store, short.orders["1043"], now=noon("2026-12-05"))
    made = letter(short, "2026-12-06", "2026-12-15", "1043")
    assert [(made.kind, each.refund_by) for each in made.said] == [(NoticeKind.FIRST, None)]
    told(short, made, "2026-12-06")
    assert short.quantities("1043", "LAMP") == (0, 1)
    assert check(short.store) == []


def test_a_letter_about_orders_of_both_kinds_says_each(short: Shop) -> None:
    short.order("1060", ("LAMP", 1), placed_on="2026-11-20")
    made = letter(short, "2026-12-05", "2026-12-15", "1060")
    assert (made.kind, made.order_numbers) == (NoticeKind.FIRST, ("1042", "1060"))
    assert [said.silence for said in made.said] == [None, "consent"]
    text = text_of(made.letter)
    assert "Order 1042: We did not ask you in time" in text
    assert "Order 1060: If we do not hear from you by December 15, 2026" in text
    assert "Your money back" in text


def test_a_wait_that_a_letter_has_apologized_for_is_not_apologized_for_again_beside_a_new_one(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-15"), "2026-11-17")
    short.stock("MUG", 0)
    short.order("1060", ("MUG", 1), placed_on="2026-11-20")
    alone = letter(short, "2026-12-01", "2026-12-28", "1060")
    assert alone.order_numbers == ("1060",), "what the customer knows of, and still holds, needs no word"
    made = letter(short, "2026-12-16", "2026-12-28", "1060")
    assert (made.kind, made.order_numbers) == (NoticeKind.FIRST, ("1042", "1060"))
    text = " ".join(text_of(made.letter).split())
    assert "We have run out of the items" not in text, "of one of them the customer has heard"
    assert text.count("We are sorry") == 1
    assert "You already know that order 1042 waits; the list shows how it stands now." in text


def test_a_letter_about_orders_of_both_kinds_tells_what_each_gives_back(short: Shop) -> None:
    short.order("1060", ("LAMP", 1), placed_on="2026-11-20")
    made = letter(short, "2026-12-05", "2026-12-15", "1060")
    text = text_of(made.letter)
    assert "We will send you $20.00, plus any tax you paid on it, by December 15, 2026, the same way you paid." in text
    assert "You get $10.00 back, plus any tax you paid on it, within seven working days" in text
    assert "For all" not in text and "Cancel any or all" not in text
    assert "wait for new stock" not in text
    (rule,) = [law for said, law in wording_of(short.store, made.notice_id).rules.items() if "We will send you $20.00" in said]
    assert rule.startswith("FTC Mail Order Rule, 16 CFR 435.2(c)")
    assert [said.new_date for said in made.said] == [None, date(2026, 12, 15)]
    assert made.new_date == date(2026, 12, 15)


def test_a_buyer_in_the_eu_never_agrees_by_silence(shop: Shop) -> None:
    save_shop_profile(shop.store, replace(HOLLOW_OAK, country="DE", time_zone="Europe/Berlin"), now=shop.tick())
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2), placed_on=PLACED)
    made = letter(shop, "2027-02-01", "2027-02-15")
    (said,) = made.said
    assert (made.kind, said.silence, said.answer_by, said.refund_by) == (NoticeKind.FIRST, None, None, None)
    assert "Since your order did not reach you by December 3, 2026, you may now set us a reasonable" in text_of(made.letter)
    assert "If we do not hear from you, your order stays open as it is. You may still cancel at any time" in text_of(made.letter)
    assert list(wording_of(shop.store, made.notice_id).rules.values()) == [
        "BGB §§ 312g, 355, as of November 1, 2026",
        "BGB §§ 323, 475, as of November 1, 2026",
    ]


@pytest.mark.parametrize(
    ("language", "ahead", "now"),
    [
        ("en", "If your order has not reached you by", "Since your order did not reach you by 3 December 2026, you may now"),
        (
            "de",
            "Hat Ihre Bestellung Sie bis zum",
            "Da Ihre Bestellung Sie bis zum 3. Dezember 2026 nicht erreicht hat, können Sie",
        ),
        ("fr", "Si votre commande ne vous est pas", "Votre commande ne vous étant pas parvenue au 3 décembre 2026, vous pouvez"),
        ("es", "Si no ha recibido su pedido", "Como no ha recibido su pedido a más tardar el 3 de diciembre de 2026, ya puede"),
    ],
)
@pytest.mark.parametrize(("sells", "lives"), [("DE", "DE"), ("GB", "GB"), ("FR", "FR"), ("US", "DE")])
def test_a_right_is_there_now_once_its_day_has_passed(
    shop: Shop, sells: str, lives: str, language: str, ahead: str, now: str
) -> None:
    save_shop_profile(shop.store, replace(HOLLOW_OAK, country=sells), now=shop.tick())
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2), placed_on=PLACED)
    buyer = find_customer(shop.store, "Dana Whitfield")
    edit_customer(shop.store, buyer, replace(draft_of_customer(shop.store, buyer), language=language), now=shop.tick())
    sent = order_entry.draft_of_order(shop.store, shop.orders["1042"])
    sent.ship_country = lives
    order_entry.edit_order(shop.store, shop.orders["1042"], sent, now=shop.tick())
    first = letter(shop, "2026-11-17", "2027-01-02")
    assert ahead in text_of(first.letter)
    told(shop, first, "2026-11-17")
    on_the_day = text_of(letter(shop, "2026-12-03", "2027-01-19").letter)
    assert ahead in on_the_day
    past = letter(shop, "2026-12-04", "2027-01-20")
    assert (past.kind, ahead in text_of(past.letter), now in text_of(past.letter)) == (NoticeKind.RENEWED, False, True)
    assert len(wording_of(shop.store, past.notice_id).rules) == 2


def test_good_news_goes_to_a_customer_who_was_told_and_whose_parcel_has_not_left(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")
    with pytest.raises(NothingToDoError, match="no good news"):
        write_good_news(short.store, short.orders["1042"], now=noon("2026-11-20"))
    short.receive("LAMP", 2)
    made = write_good_news(short.store, short.orders["1042"], now=noon("2026-11-20"))
    text = text_of(made.letter)
    assert "2 × Product LAMP" in text
    assert "Thank you for waiting." in text
    assert "sorry" not in text
    orders.ship_order(short.store, short.orders["1042"], now=short.tick())
    with pytest.raises(NothingToDoError, match="no good news about order 1042"):
        write_good_news(short.store, short.orders["1042"], now=noon("2026-11-21"))
    assert check(short.store) == []


@pytest.mark.parametrize(
    ("handling", "on", "leaves"),
    [
        (0, "2026-11-20", "November 23, 2026"),  # a Friday: the next working day
        (2, "2026-11-23", "November 25, 2026"),
        (3, "2026-11-23", "November 27, 2026"),  # the 26th is Thanksgiving
    ],
)
def test_good_news_names_the_day_by_which_the_parcel_leaves(short: Shop, handling: int, on: str, leaves: str) -> None:
    save_shop_profile(short.store, replace(HOLLOW_OAK, handling_days=handling), now=short.tick())
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")
    short.receive("LAMP", 2)
    made = write_good_news(short.store, short.orders["1042"], now=noon(on))
    assert f"What you were waiting for has arrived, and we will send it to you by {leaves}." in text_of(made.letter)


@pytest.mark.parametrize(
    ("country", "on", "leaves"),
    [
        ("DE", "2026-11-25", "November 26, 2026"),  # Thanksgiving, in another country
        ("DE", "2026-12-23", "December 24, 2026"),
        ("DE", "2026-12-24", "December 28, 2026"),
        ("GB", "2026-12-24", "December 29, 2026"),  # Boxing Day is a Saturday, and kept on Monday
        ("US", "2026-11-25", "November 27, 2026"),
    ],
)
def test_what_is_here_leaves_on_a_working_day_of_the_shops_country(short: Shop, country: str, on: str, leaves: str) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")
    save_shop_profile(short.store, replace(HOLLOW_OAK, country=country), now=short.tick())
    short.receive("LAMP", 2)
    made = write_good_news(short.store, short.orders["1042"], now=noon(on))
    assert f"we will send it to you by {leaves}." in text_of(made.letter)


def test_an_order_that_is_canceled_without_an_answer_is_not_said_to_stay_open(short: Shop) -> None:
    text = text_of(letter(short, "2026-11-17").letter)
    assert "If you agree to wait, your order stays open" in text
    assert "If we do not hear from you by then, we cancel what is late" in text


def test_who_was_never_told_of_a_delay_gets_no_good_news(short: Shop) -> None:
    letter(short, "2026-11-17")
    short.receive("LAMP", 2)
    with pytest.raises(NothingToDoError, match="no good news about order 1042"):
        write_good_news(short.store, short.orders["1042"], now=noon("2026-11-20"))


def test_a_cancellation_names_the_refund_and_its_last_day(short: Shop) -> None:
    with pytest.raises(NothingToDoError, match="Nothing of order 1042 was canceled"):
        write_cancellation(short.store, short.orders["1042"], now=noon("2026-11-20"))
    orders.cancel_order(short.store, short.orders["1042"], now=noon("2026-11-20"))
    made = write_cancellation(short.store, short.orders["1042"], now=noon("2026-11-24"))
    text = text_of(made.letter)
    assert "We are refunding you $20.00" in text
    assert "We will send your refund by December 2, 2026, the same way you paid." in text
    assert list(wording_of(short.store, made.notice_id).rules.values()) == [
        "FTC Mail Order Rule, 16 CFR 435.2(c), as of November 1, 2026"
    ]
    history.undo(short.store, now=short.tick())
    assert not made.letter.exists()
    assert check(short.store) == []


def test_a_wait_has_one_apology_wherever_it_ends(short: Shop) -> None:
    orders.cancel_order(short.store, short.orders["1042"], now=short.tick())
    assert text_of(write_cancellation(short.store, short.orders["1042"], now=noon("2026-11-20")).letter).count("sorry") == 1
    short.order("1060", ("LAMP", 1), customer="Erin Vale", placed_on=PLACED)
    told(short, letter(short, "2026-11-17", "2026-12-10", "1060"), "2026-11-17")
    orders.cancel_order(short.store, short.orders["1060"], now=short.tick())
    text = text_of(write_cancellation(short.store, short.orders["1060"], now=noon("2026-11-20")).letter)
    assert "Thank you for waiting." in text
    assert "sorry" not in text


def test_a_shop_elsewhere_names_the_refund_by_no_rule_of_the_united_states(short: Shop) -> None:
    save_shop_profile(short.store, replace(HOLLOW_OAK, country="CA", region="BC"), now=short.tick())
    orders.cancel_order(short.store, short.orders["1042"], now=noon("2026-11-20"))
    made = write_cancellation(short.store, short.orders["1042"], now=noon("2026-11-20"))
    assert "We will send your refund by December 1, 2026, the same way you paid." in text_of(made.letter)
    assert wording_of(short.store, made.notice_id).rules == {}


def test_good_news_is_offered_when_it_is_here_and_withheld_when_the_parcel_has_left(short: Shop) -> None:
    told(short, letter(short, "2026-11-17", "2026-12-10"), "2026-11-17")

    def offered() -> list[int]:
        with short.store.read() as view:
            return [order.id for order in agenda(view, today=date(2026, 11, 18)).arrived]

    assert offered() == []
    short.receive("LAMP", 9)
    assert offered() == [short.orders["1042"]]
    made = write_good_news(short.store, short.orders["1042"], now=noon("2026-11-18"))
    assert offered() == [short.orders["1042"]]
    with short.store.read() as view:
        assert letters_ready(view, today=date(2026, 11, 18)) == untold_letters(view) == [made.notice_id]
    orders.ship_order(short.store, short.orders["1042"], now=noon("2026-11-18"))
    assert offered() == []
    with short.store.read() as view:
        assert untold_letters(view) == []
    with pytest.raises(RefusedError, match="says is here has left, or is not there"):
        mark_told(short.store, made.notice_id, ToldBy.PRINT, now=noon("2026-11-18"))
    history.undo(short.store, now=short.tick())
    mark_told(short.store, made.notice_id, ToldBy.PRINT, now=noon("2026-11-18"))
    assert offered() == []


def in_country(shop: Shop, sells: str, lives: str) -> None:
    """Sold there, order 1042 to that country."""
    save_shop_profile(shop.store, replace(HOLLOW_OAK, country=sells), now=shop.tick())
    sent = order_entry.draft_of_order(shop.store, shop.orders["1042"])
    sent.ship_country = lives
    order_entry.edit_order(shop.store, shop.orders["1042"], sent, now=shop.tick())


def in_english(shop: Shop, on: str) -> str:
    """What a letter of that day says whose date is far off."""
    wishes = Wishes(new_date=date(2027, 2, 1), language="en")
    (made,) = apologize(shop.store, [shop.orders["1042"]], now=noon(on), wishes=wishes).apologies
    return text_of(made.letter)


@pytest.mark.parametrize("placed_by", ["hand", "file"])
@pytest.mark.parametrize(
    ("sells", "lives", "due"),
    [
        ("DE", "DE", "2026-12-03"),
        ("FR", "FR", "2026-12-03"),
        ("GB", "GB", "2026-12-03"),
        ("DE", "US", "2026-12-03"),
        ("US", "FR", "2026-12-03"),
        ("US", "US", "2026-12-10"),
    ],
)
def test_the_day_of_payment_begins_the_time_in_the_united_states_alone(
    shop: Shop, tmp_path: Path, sells: str, lives: str, due: str, placed_by: str
) -> None:
    shop.stock("LAMP", 0)
    if placed_by == "hand":
        shop.order("1042", ("LAMP", 2), placed_on=PLACED, paid=False)
        orders.mark_paid(shop.store, shop.orders["1042"], now=noon("2026-11-10"))
    else:
        file = tmp_path / "orders.csv"
        file.write_text(
            "order_number,channel,placed_at,paid_at,currency,customer_name,ship_name,ship_line1,ship_city,ship_postal_code,"
            "ship_country,sku,title,quantity,unit_price\n"
            "1042,own,2026-11-03,2026-11-10,USD,Ann Hill,Ann Hill,1 Lane,Hood River,97031,US,LAMP,Lamp,2,10.00\n",
            encoding="utf-8",
        )
        import_files(shop.store, [file], now=shop.tick())
        with shop.store.read() as view:
            shop.orders["1042"] = view.value("SELECT id FROM orders")
    in_country(shop, sells, lives)
    with shop.store.read() as view:
        (waiting,) = agenda(view, today=date(2026, 11, 17)).to_tell.first
    assert waiting.deadline.tell_by == date.fromisoformat(due)
    said = in_english(shop, "2026-12-04")
    passed = "December 3, 2026" if lives == "US" else "3 December 2026"
    assert (f"by {passed}, you may now" in said) == (due == "2026-12-03")
    assert ("January 9, 2027" in said) == (sells == lives == "US")  # thirty days after the tenth


def test_a_buyer_abroad_has_their_own_day_whatever_the_shop_is_allowed(short: Shop) -> None:
    """On credit an American shop has until December 23."""
    in_country(short, "US", "FR")
    sold = order_entry.draft_of_order(short.store, short.orders["1042"])
    sold.on_credit = True
    order_entry.edit_order(short.store, short.orders["1042"], sold, now=short.tick())
    said = in_english(short, "2026-12-02")
    assert "If your order has not reached you by 3 December 2026, you may give us" in said
    assert "23 December" not in said


def test_who_is_told_first_is_found_by_each_buyers_own_day(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    for number, country, placed_on, paid_on in (
        ("1041", "US", "2026-11-04", "2026-11-04"),
        ("1042", "FR", PLACED, "2026-11-10"),
        ("1043", "US", "2026-11-02", "2026-11-09"),
    ):
        shop.order(number, ("LAMP", 1), placed_on=placed_on, paid=False, customer=f"Buyer {number}")
        orders.mark_paid(shop.store, shop.orders[number], now=noon(paid_on))
        sent = order_entry.draft_of_order(shop.store, shop.orders[number])
        sent.ship_country = country
        order_entry.edit_order(shop.store, shop.orders[number], sent, now=shop.tick())
    with shop.store.read() as view:
        found = [to_tell(view, today=date(2026, 11, 17), shown=shown).first for shown in (1, 2, 3)]
    assert [[who.order_numbers[0] for who in first] for first in found] == [["1042"], ["1042", "1041"], ["1042", "1041", "1043"]]
