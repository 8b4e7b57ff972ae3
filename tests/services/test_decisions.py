"""What can be done about a line that is short, and what each way costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait, send_substitute
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.coupons import void_coupon
from orderdesk.services.drafts import ProductDraft, SourceDraft, SubstituteDraft, SupplierProductDraft
from orderdesk.services.history import undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import mark_paid
from orderdesk.services.products import draft_of_product, edit_product
from orderdesk.services.purchase_edits import draft_of_purchase, edit_purchase
from orderdesk.services.purchases import cancel_purchase, draft_purchase, find_purchase, send_purchase, source_line
from orderdesk.services.refunds import owed
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.suppliers import set_offer
from orderdesk.services.telling import mark_order_told
from orderdesk.services.ways_out import ways_out
from orderdesk.storage.queries.decisions import Choice, Option, options
from orderdesk.storage.queries.product_detail import product_detail
from tests.builders import HOLLOW_OAK, Shop

TODAY = date(2026, 11, 17)


def product(shop: Shop, sku: str, on_hand: int, title: str, **facts: str) -> None:
    key = shop.stock(sku, on_hand)
    draft: ProductDraft = draft_of_product(shop.store, key)
    draft.title = title
    for name, value in facts.items():
        setattr(draft, name, value)
    edit_product(shop.store, key, draft, now=shop.tick())


@pytest.fixture
def short(shop: Shop) -> Shop:
    """5 red mugs are wanted at 10.00, of which 2 are here."""
    product(shop, "MUG-RED", 2, "Enamel mug, red", cost="6.00", lead_time_days="4", supplier="Acme")
    shop.order("1001", ("MUG-RED", 5))
    return shop


def ways(shop: Shop) -> dict[Choice, Option]:
    with shop.store.read() as view:
        return {each.choice: each for each in reversed(ways_out(view, shop.line("1001", "MUG-RED"), today=TODAY, now=shop.now))}


def test_each_way_has_its_day_and_its_money(short: Shop) -> None:
    found = ways(short)
    assert set(found) == {Choice.WAIT, Choice.BUY_ELSEWHERE, Choice.SHIP_REST, Choice.CANCEL}
    assert found[Choice.WAIT].on is None
    bought = found[Choice.BUY_ELSEWHERE]
    assert (bought.on, str(bought.money), bought.detail) == (TODAY + timedelta(days=4), "12.00 USD", "Acme")
    assert (found[Choice.SHIP_REST].detail, found[Choice.SHIP_REST].on) == ("2", TODAY)
    assert str(found[Choice.CANCEL].money) == "-30.00 USD"


def test_waiting_says_what_is_kept_and_what_it_is_offered_for(short: Shop) -> None:
    """3 of 5 mugs are short: 30.00 is kept, for the usual tenth of it, 3 at the least."""
    wait = ways(short)[Choice.WAIT]
    assert (wait.days, str(wait.value), wait.offer) == (None, "30.00 USD", Offer(OfferKind.AMOUNT, Money(300, "USD")))
    apologize(short.store, [short.orders["1001"]], now=short.tick())
    mark_order_told(short.store, short.orders["1001"], ToldBy.PRINT, now=short.tick())
    assert ways(short)[Choice.WAIT].offer is None  # one offer is made for an order


def test_waiting_is_offered_what_the_letter_that_lies_ready_offers(short: Shop) -> None:
    card = Offer(OfferKind.GIFT_CARD, Money(2000, "USD"))
    made = apologize(short.store, [short.orders["1001"]], now=short.tick(), wishes=Wishes(offer=card)).apologies[0]
    assert ways(short)[Choice.WAIT].offer == card
    assert made.coupon_code is not None
    void_coupon(short.store, made.coupon_code, "Printed badly", now=short.tick())
    assert ways(short)[Choice.WAIT].offer == Offer(OfferKind.AMOUNT, Money(300, "USD"))  # another letter takes its place


def expect(shop: Shop, day: str) -> None:
    draft = draft_of_product(shop.store, shop.products["MUG-RED"])
    draft.on_order, draft.on_order_expected_on = "9" if day else "", day
    edit_product(shop.store, shop.products["MUG-RED"], draft, now=shop.tick())


def agreed_until(shop: Shop, today: date = TODAY) -> date | None:
    with shop.store.read() as view:
        found = ways_out(view, shop.line("1001", "MUG-RED"), today=today, now=shop.now)
    return next(each.consent_after for each in found if each.choice is Choice.WAIT)


def test_a_wait_in_the_us_needs_the_customers_word_where_silence_cancels_or_they_are_told_too_late(short: Shop) -> None:
    """Ordered on November 3: to be told by December 3, and the last day that silence consents to is January 2."""
    for day, after in (("", date(2027, 1, 2)), ("2027-01-03", date(2027, 1, 2)), ("2027-01-02", None)):
        expect(short, day)
        assert agreed_until(short) == after
    assert agreed_until(short, date(2026, 12, 4)) == date(2026, 12, 3)
    apologize(short.store, [short.orders["1001"]], now=short.tick())
    mark_order_told(short.store, short.orders["1001"], ToldBy.PRINT, now=short.tick())
    assert agreed_until(short) is None
    expect(short, "2027-01-20")
    assert agreed_until(short) == date(2027, 1, 2), "silence consented to the date they were given, to no later one"
    agree_to_wait(short.store, short.orders["1001"], now=short.tick())
    assert agreed_until(short) is None, "nobody agrees to a date that has slipped, but to wait until it comes"


@pytest.mark.parametrize("country", ["DE", "GB"])
def test_where_silence_is_never_consent_a_wait_beyond_the_deadline_needs_the_customers_word(short: Shop, country: str) -> None:
    draft = draft_of_order(short.store, short.orders["1001"])
    draft.ship_country = country
    edit_order(short.store, short.orders["1001"], draft, now=short.tick())
    expect(short, "2026-12-03")
    assert agreed_until(short) is None
    expect(short, "2026-12-20")
    assert agreed_until(short) == date(2026, 12, 3)
    apologize(short.store, [short.orders["1001"]], now=short.tick())
    mark_order_told(short.store, short.orders["1001"], ToldBy.PRINT, now=short.tick())
    assert agreed_until(short) == date(2026, 12, 3), "that they said nothing to the date they were given is no consent to it"
    agree_to_wait(short.store, short.orders["1001"], now=short.tick())
    assert agreed_until(short) is None
    expect(short, "2027-01-20")
    assert agreed_until(short) == date(2026, 12, 20)


def test_shipping_the_rest_says_what_leaves_and_what_still_waits(short: Shop) -> None:
    rest = ways(short)[Choice.SHIP_REST]
    assert (rest.days, str(rest.value), str(rest.waits)) == (0, "20.00 USD", "30.00 USD")
    draft = draft_of_order(short.store, short.orders["1001"])
    draft.lines[0].unit_price = ""
    edit_order(short.store, short.orders["1001"], draft, now=short.tick())
    found = ways(short)
    rest, wait = found[Choice.SHIP_REST], found[Choice.WAIT]
    assert (rest.value, rest.waits, wait.value, found[Choice.CANCEL].money) == (None, None, None, None)


def test_a_discount_is_taken_off_every_way_alike(short: Shop) -> None:
    draft = draft_of_order(short.store, short.orders["1001"])
    draft.discount = "5.00"
    edit_order(short.store, short.orders["1001"], draft, now=short.tick())
    found = ways(short)
    rest = found[Choice.SHIP_REST]
    assert (str(rest.value), str(rest.waits)) == ("18.00 USD", "27.00 USD")
    assert (str(found[Choice.WAIT].value), str(found[Choice.CANCEL].money)) == ("27.00 USD", "-27.00 USD")


def test_what_is_on_order_gives_the_day_to_wait_for(short: Shop) -> None:
    draft = draft_of_product(short.store, short.products["MUG-RED"])
    draft.on_order, draft.on_order_expected_on = "9", "2026-12-05"
    edit_product(short.store, short.products["MUG-RED"], draft, now=short.tick())
    assert (ways(short)[Choice.WAIT].on, ways(short)[Choice.WAIT].days) == (date(2026, 12, 5), 18)


def test_a_supplier_who_is_late_with_what_is_on_order_is_no_quicker_with_more(short: Shop) -> None:
    for name, days in (("Acme", "4"), ("Fast", "1")):
        set_offer(short.store, short.products["MUG-RED"], SupplierProductDraft(name, lead_time_days=days), now=short.tick())
    number = draft_purchase(short.store, "acme", {short.products["MUG-RED"]: 9}, expected_on=date(2026, 12, 5), now=short.tick())
    purchase = find_purchase(short.store, number)

    def bought_from() -> dict[str, date | None]:
        with short.store.read() as view:
            found = options(view, short.line("1001", "MUG-RED"), today=TODAY, now=short.now)
        return {each.detail: each.on for each in found if each.choice is Choice.BUY_ELSEWHERE}

    fast, acme = TODAY + timedelta(days=1), TODAY + timedelta(days=4)
    assert bought_from() == {"Fast": fast, "Acme": acme}, "a draft is not on order"
    send_purchase(short.store, purchase, now=short.tick())
    assert bought_from() == {"Fast": fast, "Acme": date(2026, 12, 5)}
    spring = draft_purchase(short.store, "Acme", {short.products["MUG-RED"]: 50}, expected_on=date(2027, 3, 1), now=short.tick())
    send_purchase(short.store, find_purchase(short.store, spring), now=short.tick())
    assert bought_from() == {"Fast": fast, "Acme": date(2026, 12, 5)}, "what is planned for later is not late"
    cancel_purchase(short.store, find_purchase(short.store, spring), now=short.tick())
    save_shop_profile(short.store, replace(HOLLOW_OAK, handling_days=2), now=short.tick())
    assert bought_from() == {"Fast": fast + timedelta(days=2), "Acme": ways(short)[Choice.WAIT].on}
    cancel_purchase(short.store, purchase, now=short.tick())
    assert bought_from() == {"Fast": fast + timedelta(days=2), "Acme": acme + timedelta(days=2)}


def test_what_was_bought_elsewhere_already_is_said_and_not_offered_again(short: Shop) -> None:
    line = short.line("1001", "MUG-RED")
    source_line(short.store, line, SourceDraft("Corner Shop", "", "2026-12-05"), now=short.tick())
    found = ways(short)
    assert Choice.BUY_ELSEWHERE not in found
    assert (found[Choice.WAIT].detail, found[Choice.WAIT].on) == ("PO-1", date(2026, 12, 5))
    draft = draft_of_purchase(short.store, 1)
    draft.lines[0].quantity = "1"
    edit_purchase(short.store, 1, draft, now=short.tick())
    found = ways(short)
    assert (str(found[Choice.BUY_ELSEWHERE].money), found[Choice.WAIT].detail) == ("8.00 USD", "PO-1")
    cancel_purchase(short.store, 1, now=short.tick())
    assert ways(short)[Choice.WAIT].detail == ""


def test_what_is_bought_without_a_day_is_expected_when_the_card_said(short: Shop) -> None:
    """A day to wait for comes of what is known of that supplier alone: nobody has said when others would send it."""
    set_offer(short.store, short.products["MUG-RED"], SupplierProductDraft("Fast", lead_time_days="1"), now=short.tick())
    line = short.line("1001", "MUG-RED")
    assert ways(short)[Choice.BUY_ELSEWHERE].on == TODAY + timedelta(days=1)
    for supplier, day in (("Fast", TODAY + timedelta(days=1)), ("Acme", TODAY + timedelta(days=4)), ("Corner Shop", None)):
        source_line(short.store, line, SourceDraft(supplier.lower()), now=short.tick())
        assert ways(short)[Choice.WAIT].on == day
        undo(short.store, now=short.tick())


def test_alternatives_are_alike_and_there_in_plenty(short: Shop) -> None:
    product(short, "MUG-BLUE", 9, "Enamel mug, blue", price="8.00")
    product(short, "MUG-FEW", 2, "Enamel mug, green")
    product(short, "MUG-OLD", 9, "Enamel mug, gray")
    old = draft_of_product(short.store, short.products["MUG-OLD"])
    old.discontinued = True
    edit_product(short.store, short.products["MUG-OLD"], old, now=short.tick())
    product(short, "LAMP", 9, "Desk lamp")
    with short.store.read() as view:
        found = [
            each
            for each in options(view, short.line("1001", "MUG-RED"), today=TODAY, now=short.now)
            if each.choice is Choice.SUBSTITUTE
        ]
    assert [(each.detail, each.title, each.days, str(each.money), str(each.difference)) for each in found] == [
        ("MUG-BLUE", "Enamel mug, blue", 0, "-6.00 USD", "-6.00 USD")
    ]
    blue = draft_of_product(short.store, short.products["MUG-BLUE"])
    blue.price = "12.00"  # it goes at the lower price
    edit_product(short.store, short.products["MUG-BLUE"], blue, now=short.tick())
    dearer = ways(short)[Choice.SUBSTITUTE]
    assert (str(dearer.money), str(dearer.difference)) == ("0.00 USD", "6.00 USD")


@pytest.mark.parametrize(
    ("price", "back"), [("7.00", "8.78 USD"), ("7.50", "7.31 USD"), ("10.00", "0.00 USD"), ("12.00", "0.00 USD")]
)
def test_a_substitute_gives_back_what_the_card_said(short: Shop, price: str, back: str) -> None:
    """3 of 5 at 10.00 are short; of what is cheaper the customer gets back its share of the discount less, of the tax more."""
    product(short, "MUG-BLUE", 9, "Enamel mug, blue", price=price)
    draft = draft_of_order(short.store, short.orders["1001"])
    draft.discount, draft.tax, draft.shipping = "5.00", "3.75", "4.00"
    edit_order(short.store, short.orders["1001"], draft, now=short.tick())
    mark_paid(short.store, short.orders["1001"], now=short.tick())
    said = ways(short)[Choice.SUBSTITUTE].money
    send_substitute(short.store, short.line("1001", "MUG-RED"), SubstituteDraft(sku="MUG-BLUE"), now=short.tick())
    due = owed(short.store, short.orders["1001"]) or Money(0, "USD")
    assert said is not None
    assert (str(Money(-said.minor, "USD")), str(due)) == (back, back)


@pytest.mark.parametrize(("price", "is_one"), [("4.99", False), ("5.00", True), ("20.00", True), ("20.01", False), ("", True)])
def test_what_costs_less_than_half_or_more_than_twice_is_no_substitute(short: Shop, price: str, is_one: bool) -> None:
    product(short, "MUG-BLUE", 9, "Enamel mug, blue", price=price)
    assert (Choice.SUBSTITUTE in ways(short)) == is_one


def test_one_word_in_common_makes_no_substitute(short: Shop) -> None:
    product(short, "PUZZLE", 9, "Wooden puzzle, red fox")
    assert Choice.SUBSTITUTE not in ways(short)


def test_what_is_still_to_be_paid_earns_nothing_yet(short: Shop) -> None:
    """5 mugs were paid and 7 are wanted now, of which 5 are short: they bring 50.00 less the 20.00 to come, and cost 30.00."""
    draft = draft_of_order(short.store, short.orders["1001"])
    draft.lines[0].quantity = "7"
    edit_order(short.store, short.orders["1001"], draft, now=short.tick())
    assert str(ways(short)[Choice.BUY_ELSEWHERE].money) == "0.00 USD"
    mark_paid(short.store, short.orders["1001"], now=short.tick())
    assert str(ways(short)[Choice.BUY_ELSEWHERE].money) == "20.00 USD"


def test_an_unknown_cost_makes_an_unknown_margin(short: Shop) -> None:
    draft = draft_of_product(short.store, short.products["MUG-RED"])
    draft.cost = ""
    edit_product(short.store, short.products["MUG-RED"], draft, now=short.tick())
    assert ways(short)[Choice.BUY_ELSEWHERE].money is None


def test_an_unknown_lead_time_gives_no_day(short: Shop) -> None:
    draft = draft_of_product(short.store, short.products["MUG-RED"])
    draft.lead_time_days = ""
    edit_product(short.store, short.products["MUG-RED"], draft, now=short.tick())
    bought = ways(short)[Choice.BUY_ELSEWHERE]
    assert (bought.on, bought.days) == (None, None)


def test_where_nothing_is_short_nothing_has_to_be_decided(short: Shop) -> None:
    short.receive("MUG-RED", 9)
    with pytest.raises(NothingToDoError):
        ways(short)


def test_what_is_alike_and_in_plenty_is_shown_where_a_product_has_run_out(short: Shop) -> None:
    product(short, "MUG-BLUE", 9, "Enamel mug, blue")
    with short.store.read() as view:
        assert [other.sku for other in product_detail(view, short.products["MUG-RED"], today=TODAY).instead] == ["MUG-BLUE"]
        assert product_detail(view, short.products["MUG-BLUE"], today=TODAY).instead == []
