"""A letter that lies ready and says what is not so any more does not leave, whichever way; asked for again it follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orderdesk.documents.mail import Mail
from orderdesk.documents.messages import Channel
from orderdesk.domain.errors import AlreadyToldError, OvertakenError, RefusedError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.notices import ToldBy, Way
from orderdesk.domain.offer_rules import OfferRule
from orderdesk.domain.orders import ShipPolicy
from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.services.apologies import Apology, apologize, orders_to_tell, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.coupons import find_coupon, redeem_coupon
from orderdesk.services.customers import draft_of_customer, edit_customer, find_customer
from orderdesk.services.deliveries import record
from orderdesk.services.drafts import RefundDraft
from orderdesk.services.endings import write_cancellation
from orderdesk.services.history import redo, undo
from orderdesk.services.messages import draft_letter, send_letter, write_message
from orderdesk.services.offer_rules import save_offer_rules
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_order, hold_order, set_line_policy, ship_order
from orderdesk.services.printing import print_letters
from orderdesk.services.refunds import record_refund
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries.backorders import backordered_lines
from tests.builders import HOLLOW_OAK, Shop
from tests.reading import text_of
from tests.services.test_coupons import issued


@dataclass
class Gone:
    """A printer and a mail server: what has left the house."""

    papers: list[tuple[Path, str, str]] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)

    def queues(self) -> list[Queue]:
        return []

    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        self.papers.append((path, title, settings.name))

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


@pytest.fixture
def made(shop: Shop) -> Apology:
    """A letter about one of two lamps; the mug of the same order is here."""
    shop.stock("LAMP", 1)
    shop.stock("MUG", 1)
    order = shop.order("1001", ("LAMP", 2), ("MUG", 1))
    with shop.store.begin("edit", "", now=shop.tick()) as transaction:
        transaction.customer(transaction.order(order).customer_id).email = "dana@example.com"
    return click(shop)


def click(shop: Shop) -> Apology:
    (made,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    return made


def ways(shop: Shop, made: Apology, gone: Gone) -> list[Callable[[], object]]:
    """Every way in which a letter leaves, or counts as told."""
    store, letter = shop.store, made.notice_id
    return [
        lambda: write_message(store, letter, Channel.EBAY, now=shop.tick()),
        lambda: draft_letter(store, letter, now=shop.tick()),
        lambda: send_letter(store, letter, gone, now=shop.tick()),
        lambda: print_letters(store, [letter], gone, now=shop.tick()),
        lambda: record(store, letter, Way.COPIED, "eBay", now=shop.tick()),
        lambda: mark_told(store, letter, ToldBy.PRINT, now=shop.tick()),
        lambda: mark_order_told(store, shop.orders["1001"], ToldBy.OTHER, now=shop.tick()),
    ]


def stays(shop: Shop, made: Apology, says: str) -> None:
    """Every way is refused with that sentence and a remedy, and the customer counts as not told."""
    gone = Gone()
    for way in ways(shop, made, gone):
        with pytest.raises(RefusedError, match=says) as caught:
            way()
        assert "Dana Whitfield" in str(caught.value)
        assert caught.value.remedy
    assert gone == Gone()
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM notice WHERE told_at IS NOT NULL") == 0
        assert view.value("SELECT count(*) FROM delivery") == 0


def follows(shop: Shop, made: Apology) -> str:
    """Asked for again it is the same letter with the same coupon, and leaves; what it says."""
    again = click(shop)
    assert (again.notice_id, again.coupon_code, again.letter) == (made.notice_id, made.coupon_code, made.letter)
    text, gone = text_of(again.letter), Gone()
    print_letters(shop.store, [again.notice_id], gone, now=shop.tick())
    assert gone.papers == [(again.letter, "Letter to Dana Whitfield", "")]
    assert orders_to_tell(shop.store, now=shop.now) == []
    assert check(shop.store) == []
    return text


def test_a_letter_that_says_what_is_so_leaves_in_every_way(shop: Shop, made: Apology) -> None:
    for way in ways(shop, made, Gone())[:4]:
        way()
    with pytest.raises(AlreadyToldError):
        mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def test_another_quantity_is_not_told(shop: Shop, made: Apology) -> None:
    shop.count("LAMP", 0)
    stays(shop, made, "says 1 × “Product LAMP”, of which 2 wait now")
    assert "2 × Product LAMP" in follows(shop, made)


def test_a_sum_that_went_back_meanwhile_is_not_promised(shop: Shop, made: Apology) -> None:
    record_refund(shop.store, shop.orders["1001"], RefundDraft(amount="30.00"), although_not_owed=True, now=shop.tick())
    stays(shop, made, r"says that 10\.00 USD goes back, and 0\.00 USD is left to go back")
    assert "Nothing is left to refund." in follows(shop, made)


def test_what_was_given_meanwhile_leaves_a_promise_as_it_is(shop: Shop, made: Apology) -> None:
    record_refund(shop.store, shop.orders["1001"], RefundDraft(amount="4.00"), although_not_owed=True, now=shop.tick())
    assert click(shop).notice_id == made.notice_id


def test_a_coupon_that_is_used_on_its_order_leaves_what_a_letter_promises(shop: Shop) -> None:
    code = issued(shop)
    shop.stock("VASE", 0)
    shop.order("1001", ("VASE", 2), customer="Erin Vale")
    made = click(shop)
    redeem_coupon(shop.store, code, "1001", now=shop.tick())
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def test_a_letter_without_a_line_that_waits_too_stays_here(shop: Shop, made: Apology) -> None:
    shop.count("MUG", 0)
    stays(shop, made, "leaves out “Product MUG”, which waits too")
    text = follows(shop, made)
    assert "1 × Product LAMP" in text and "1 × Product MUG" in text


def test_a_letter_about_what_has_come_in_too_stays_here(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.stock("MUG", 0)
    shop.order("1001", ("LAMP", 1), ("MUG", 1))
    made = click(shop)
    shop.receive("MUG", 1)
    stays(shop, made, "speaks of “Product MUG”, which does not wait any more")
    text = follows(shop, made)
    assert "Product MUG" not in text and "Send the rest now" in text


def test_a_letter_that_offers_the_rest_stays_here_once_the_rest_has_left(shop: Shop) -> None:
    shop.stock("LAMP", 3)
    order = shop.order("1001", ("LAMP", 5))
    made = click(shop)
    assert "Send the rest now" in text_of(made.letter)
    ship_order(shop.store, order, now=shop.tick())
    stays(shop, made, "offers to send the rest now, and nothing of it is here any more")
    assert "Send the rest now" not in follows(shop, made)


def test_the_rest_is_not_offered_where_sending_it_cancels_what_waits(shop: Shop) -> None:
    save_shop_profile(shop.store, replace(HOLLOW_OAK, reply_slip=True), now=shop.tick())
    shop.stock("LAMP", 3)
    order = shop.order("1001", ("LAMP", 5))
    made = click(shop)
    assert "Send what is ready now" in text_of(made.letter)
    set_line_policy(shop.store, order, shop.line("1001", "LAMP"), ShipPolicy.CANCEL_REMAINDER, now=shop.tick())
    stays(shop, made, "offers to send the rest now, which would cancel what still waits")
    text = follows(shop, made)
    assert "Send the rest now" not in text and "Send what is ready now" not in text
    assert "cannot ship in full yet" in text, "some of it is here"


@pytest.mark.parametrize("facts", [{"price": "12.00"}, {"ship_line1": "77 New Road"}, {"ship_by": "2026-11-20"}])
def test_a_letter_whose_order_says_another_price_day_or_address_does_not_leave(
    shop: Shop, made: Apology, facts: dict[str, str]
) -> None:
    draft = draft_of_order(shop.store, shop.orders["1001"])
    for name, value in facts.items():
        setattr(draft.lines[0] if name == "price" else draft, "unit_price" if name == "price" else name, value)
    edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())
    stays(shop, made, "does not say what its order does any more: a price, a promised day or an address is another")
    said = follows(shop, made)
    assert {"price": "$12.00", "ship_line1": "77 New Road", "ship_by": "November 20, 2026"}[next(iter(facts))] in said


@pytest.mark.parametrize(("name", "value"), [("discount", "5.00"), ("shipping", "1.00"), ("tax", "0.50")])
def test_a_sum_that_another_discount_shipping_or_tax_makes_untrue_is_not_promised(shop: Shop, name: str, value: str) -> None:
    shop.stock("LAMP", 0)
    shop.stock("CUP", 1)
    order = shop.order("1001", ("LAMP", 2), ("CUP", 1))
    edit(shop, order, shipping="8.00", tax="4.00")
    made = click(shop)
    said = said_sum(made)
    edit(shop, order, **{name: value})
    with pytest.raises(OvertakenError, match=rf"says that {said} USD goes back, and [\d.]+ USD is left to go back for it"):
        mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    again = click(shop)
    assert (again.notice_id, said_sum(again) == said) == (made.notice_id, False)
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def edit(shop: Shop, order: int, **facts: str | bool) -> None:
    draft = draft_of_order(shop.store, order)
    for name, value in facts.items():
        setattr(draft, name, value)
    edit_order(shop.store, order, draft, now=shop.tick())


def said_sum(made: Apology) -> str:
    return text_of(made.letter).partition("You get $")[2].partition(" ")[0]


def test_the_days_for_an_answer_follow_that_its_customer_buys_on_credit(shop: Shop, made: Apology) -> None:
    edit(shop, shop.orders["1001"], on_credit=True)
    with pytest.raises(OvertakenError, match="gives order 1001 other days for an answer or a refund than hold now"):
        mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    (said,), (again,) = made.said, click(shop).said
    assert (said.answer_by, again.answer_by) == (date(2027, 1, 2), date(2027, 1, 22))
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("fact", ["email", "phone", "site", "line1", "owner", "name", "accent"])
def test_the_letter_of_a_cancellation_gives_the_shop_as_it_is_by_now(shop: Shop, fact: str) -> None:
    cancel_order(shop.store, shop.orders["1001"], now=shop.tick())
    letter = write_cancellation(shop.store, shop.orders["1001"], now=shop.tick()).notice_id
    new = {"email": "new@oak.example", "site": "new.oak.example", "accent": "#333333"}.get(fact, "212 555 0199")
    save_shop_profile(shop.store, replace(HOLLOW_OAK, **{fact: new}), now=shop.tick())  # type: ignore[arg-type]
    if fact != "accent":
        with pytest.raises(OvertakenError, match="does not say who the shop is, or how to reach it, as its profile does now"):
            mark_told(shop.store, letter, ToldBy.PRINT, now=shop.tick())
        again = write_cancellation(shop.store, shop.orders["1001"], now=shop.tick())
        letter = again.notice_id
        assert new in text_of(again.letter)
    mark_told(shop.store, letter, ToldBy.PRINT, now=shop.tick())


@pytest.mark.parametrize("ended", ["it came in", "canceled", "on hold", "shipped"])
def test_nobody_hears_of_a_wait_that_is_over(shop: Shop, made: Apology, ended: str) -> None:
    order = shop.orders["1001"]
    match ended:
        case "canceled":
            cancel_order(shop.store, order, now=shop.tick())
        case "on hold":
            hold_order(shop.store, order, "Fraud check", now=shop.tick())
        case _:
            shop.receive("LAMP", 1)
    if ended == "shipped":
        ship_order(shop.store, order, now=shop.tick())
    stays(shop, made, "Nothing that the letter to Dana Whitfield is about waits any more")
    with pytest.raises(RefusedError):
        mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())


def test_on_the_phone_they_hear_how_it_stands_and_the_letter_follows(shop: Shop, made: Apology) -> None:
    shop.count("LAMP", 0)
    shop.count("MUG", 0)
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    with shop.store.read() as view:
        assert [row.told_at == shop.now for row in backordered_lines(view, today=shop.now.date())] == [True, True]
    assert orders_to_tell(shop.store, now=shop.now) == []
    text = text_of(made.letter)
    assert "2 × Product LAMP" in text and "1 × Product MUG" in text
    assert check(shop.store) == []


def test_what_was_said_on_the_phone_is_taken_back_with_the_letter_that_followed(shop: Shop, made: Apology) -> None:
    shop.count("LAMP", 0)
    before = facts_of_letter(shop, made)
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    after = facts_of_letter(shop, made)
    assert before != after
    for turn, facts in ((undo, before), (redo, after), (undo, before)):
        turn(shop.store, now=shop.tick())
        assert facts_of_letter(shop, made) == facts
    assert check(shop.store) == []


def facts_of_letter(shop: Shop, made: Apology) -> object:
    with shop.store.read() as view:
        lines = view.all("SELECT order_line_id, quantity FROM notice_line WHERE notice_id = ?", (made.notice_id,))
        return view.record("notice", made.notice_id), lines


@pytest.fixture
def month_long(shop: Shop) -> Apology:
    """A letter of November 17 about a day in February, with a coupon for a month; nothing of it is overtaken until then."""
    save_shop_profile(shop.store, replace(HOLLOW_OAK, country="DE"), now=shop.tick())
    save_offer_rules(shop.store, [OfferRule(months=1)], now=shop.tick())
    shop.stock("LAMP", 0)
    order = shop.order("1001", ("LAMP", 2))
    with shop.store.begin("edit", "", now=shop.tick()) as transaction:
        transaction.customer(transaction.order(order).customer_id).email = "dana@example.com"
    (made,) = apologize(shop.store, [order], now=shop.tick(), wishes=Wishes(new_date=date(2027, 2, 15))).apologies
    assert made.valid_through == date(2026, 12, 17)
    return made


def on_day(shop: Shop, day: str) -> None:
    shop.now = datetime.fromisoformat(f"{day}T20:00:00").replace(tzinfo=UTC)


def test_a_letter_leaves_for_a_week_and_no_longer(shop: Shop, month_long: Apology) -> None:
    on_day(shop, "2026-11-24")
    write_message(shop.store, month_long.notice_id, Channel.EBAY, now=shop.tick())
    on_day(shop, "2026-11-25")
    stays(shop, month_long, r"is dated November 17, 2026, more than 7 days ago")
    text = follows(shop, month_long)
    assert "November 25, 2026" in text and "November 17, 2026" not in text
    assert "December 25, 2026" in text and "December 17, 2026" not in text, "the coupon counts from then too"


@pytest.mark.parametrize("wishes", [Wishes(offer=Offer(OfferKind.PERCENT, rate=5)), Wishes(concern="It is a gift.")])
@pytest.mark.parametrize(("day", "through"), [("2026-12-15", date(2027, 1, 15)), ("2026-12-20", date(2027, 1, 20))])
def test_the_coupon_of_a_letter_that_is_written_anew_lasts_from_that_day(
    shop: Shop, month_long: Apology, day: str, through: date, wishes: Wishes
) -> None:
    on_day(shop, day)
    (again,) = apologize(shop.store, orders_to_tell(shop.store, now=shop.now), now=shop.tick(), wishes=wishes).apologies
    assert (again.notice_id, again.coupon_code) == (month_long.notice_id, month_long.coupon_code)
    assert again.valid_through == through
    undo(shop.store, now=shop.tick())
    assert find_coupon(shop.store, month_long.coupon_code or "").valid_through == date(2026, 12, 17)
    assert check(shop.store) == []


def test_a_coupon_that_was_used_before_its_letter_was_told_is_left_as_it_is(shop: Shop, month_long: Apology) -> None:
    shop.stock("BOOK", 5)
    shop.order("2001", ("BOOK", 5))
    redeem_coupon(shop.store, month_long.coupon_code or "", "2001", now=shop.tick())
    on_day(shop, "2026-12-20")
    (again,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick(), wishes=Wishes(concern="It is a gift.")).apologies
    assert (again.coupon_code, again.notice_id == month_long.notice_id) == (None, False)
    assert find_coupon(shop.store, month_long.coupon_code or "").valid_through == date(2026, 12, 17)
    mark_told(shop.store, again.notice_id, ToldBy.PRINT, now=shop.tick())


def test_what_customers_have_had_leaves_again_as_long_as_it_waits(shop: Shop, made: Apology) -> None:
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    handed_over = ways(shop, made, Gone())[:4]
    for way in handed_over:
        way()
    cancel_order(shop.store, shop.orders["1001"], now=shop.tick())
    record_refund(shop.store, shop.orders["1001"], RefundDraft(amount="30.00"), now=shop.tick())
    for way in handed_over:
        with pytest.raises(RefusedError, match="Nothing that the letter to Dana Whitfield is about waits any more") as caught:
            way()
        assert caught.value.remedy == "Write to them of what has become of it instead."


def test_a_letter_in_another_language_than_its_customer_reads_by_now_does_not_leave(shop: Shop, made: Apology) -> None:
    reads(shop, "de")
    stays(shop, made, "is not in the language of its customer")
    assert "Guten Tag" in follows(shop, made)


def test_the_language_that_the_seller_picked_for_a_letter_stays(shop: Shop, made: Apology) -> None:
    revise_apology(shop.store, made.notice_id, wishes=Wishes(language="en"), now=shop.tick())
    reads(shop, "de")
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def reads(shop: Shop, language: str) -> None:
    customer = find_customer(shop.store, "Dana Whitfield")
    draft = draft_of_customer(shop.store, customer)
    draft.language = language
    edit_customer(shop.store, customer, draft, now=shop.tick())


@pytest.mark.usefixtures("made")
def test_the_letter_of_a_cancellation_is_in_the_language_of_its_customer(shop: Shop) -> None:
    cancel_order(shop.store, shop.orders["1001"], now=shop.tick())
    letter = write_cancellation(shop.store, shop.orders["1001"], now=shop.tick()).notice_id
    reads(shop, "fr")
    with pytest.raises(OvertakenError, match="is not in the language of its customer"):
        mark_told(shop.store, letter, ToldBy.PRINT, now=shop.tick())
    again = write_cancellation(shop.store, shop.orders["1001"], now=shop.tick()).notice_id
    mark_told(shop.store, again, ToldBy.PRINT, now=shop.tick())
