"""A day that the seller gives by hand is for the lines that it was asked for, and stays theirs once it is told."""

from __future__ import annotations

from datetime import date

import pytest

from orderdesk.domain.notices import ToldBy
from orderdesk.services import products
from orderdesk.services.apologies import Apology, apologize, orders_to_tell, revise_apology
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes
from orderdesk.services.checks import check
from orderdesk.services.drafts import LineDraft
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.deadlines import deadlines
from orderdesk.storage.queries.parcels import parcel
from tests.builders import Shop

CHOSEN, SUPPLY = date(2026, 12, 15), date(2026, 12, 4)
BY_HAND = Wishes(new_date=CHOSEN)


@pytest.fixture
def lamp(shop: Shop) -> Shop:
    """A lamp of which nothing is on order, and a book that is on its way."""
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 0, on_order="5", on_order_expected_on=SUPPLY.isoformat())
    shop.order("1", ("LAMP", 1))
    return shop


def click(shop: Shop, *numbers: str, wishes: Wishes = BY_DEFAULT) -> Apology:
    run = apologize(shop.store, [shop.orders[number] for number in numbers], wishes=wishes, now=shop.tick())
    assert run.refused == ()
    (made,) = run.apologies
    return made


def days(shop: Shop, made: Apology) -> dict[str, date | None]:
    """By SKU, what the letter promises."""
    assert made.letter.exists()
    assert check(shop.store) == []
    with shop.store.read() as view:
        rows = view.all(
            "SELECT l.sku, nl.new_date FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id WHERE nl.notice_id = ?",
            (made.notice_id,),
        )
    return {sku: day and date.fromisoformat(day) for sku, day in rows}


def add_line(shop: Shop, sku: str) -> None:
    draft = draft_of_order(shop.store, shop.orders["1"])
    draft.lines.append(LineDraft(product_id=shop.products[sku], sku=sku, title=sku, quantity="1", unit_price="10.00"))
    edit_order(shop.store, shop.orders["1"], draft, now=shop.tick())


def tell(shop: Shop, made: Apology) -> None:
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def test_another_order_in_the_letter_keeps_its_own_date(lamp: Shop) -> None:
    lamp.order("2", ("BOOK", 1))
    made = click(lamp, "1", wishes=BY_HAND)
    assert days(lamp, made) == {"LAMP": CHOSEN, "BOOK": SUPPLY}
    assert click(lamp, "2").notice_id == made.notice_id
    assert days(lamp, made) == {"LAMP": CHOSEN, "BOOK": SUPPLY}
    tell(lamp, made)


def test_what_joins_a_letter_later_keeps_its_own_date(lamp: Shop) -> None:
    made = click(lamp, "1", wishes=BY_HAND)
    lamp.order("2", ("BOOK", 1))
    again = click(lamp, "2")
    assert (again.notice_id, days(lamp, again)) == (made.notice_id, {"LAMP": CHOSEN, "BOOK": SUPPLY})
    add_line(lamp, "BOOK")
    assert days(lamp, click(lamp, "1")) == {"LAMP": CHOSEN, "BOOK": SUPPLY}


def test_each_order_may_have_a_day_of_its_own_by_hand(lamp: Shop) -> None:
    click(lamp, "1", wishes=BY_HAND)
    lamp.order("2", ("BOOK", 1))
    made = click(lamp, "2", wishes=Wishes(new_date=date(2026, 12, 20)))
    assert days(lamp, made) == {"LAMP": CHOSEN, "BOOK": date(2026, 12, 20)}
    revise_apology(lamp.store, made.notice_id, wishes=Wishes(concern="I need it for the fair"), now=lamp.tick())
    assert days(lamp, made) == {"LAMP": CHOSEN, "BOOK": date(2026, 12, 20)}
    made = click(lamp, "1", wishes=Wishes(by_deliveries=True))
    assert days(lamp, made) == {"LAMP": None, "BOOK": date(2026, 12, 20)}


def test_the_deadline_is_by_the_day_that_each_line_will_be_given(lamp: Shop) -> None:
    click(lamp, "1", wishes=Wishes(new_date=date(2027, 1, 20)))
    with lamp.store.read() as view:
        assert deadlines(view, [lamp.orders["1"]], today=lamp.now.date())[lamp.orders["1"]].silence == "cancellation"
    add_line(lamp, "BOOK")
    click(lamp, "1", wishes=BY_HAND)
    with lamp.store.read() as view:
        assert deadlines(view, [lamp.orders["1"]], today=lamp.now.date())[lamp.orders["1"]].silence == "consent"


def test_a_day_that_was_told_stays_that_of_its_line(lamp: Shop) -> None:
    first = click(lamp, "1", wishes=BY_HAND)
    tell(lamp, first)
    add_line(lamp, "BOOK")
    made = click(lamp, "1")
    assert made.notice_id != first.notice_id
    assert days(lamp, made) == {"LAMP": CHOSEN, "BOOK": SUPPLY}
    tell(lamp, made)


def test_the_seller_may_take_a_day_back_that_was_told(lamp: Shop) -> None:
    tell(lamp, click(lamp, "1", wishes=BY_HAND))
    add_line(lamp, "BOOK")
    made = click(lamp, "1", wishes=Wishes(by_deliveries=True))
    assert days(lamp, made) == {"LAMP": None, "BOOK": SUPPLY}
    assert days(lamp, click(lamp, "1")) == {"LAMP": None, "BOOK": SUPPLY}


def test_a_new_day_for_an_order_that_was_told_and_one_that_was_not_is_one_letter(lamp: Shop) -> None:
    tell(lamp, click(lamp, "1"))
    lamp.order("2", ("BOOK", 1))
    made = click(lamp, "1", "2", wishes=BY_HAND)
    assert made.order_numbers == ("1", "2")
    assert days(lamp, made) == {"LAMP": CHOSEN, "BOOK": CHOSEN}
    tell(lamp, made)
    assert click(lamp, "1", "2", wishes=BY_HAND).notice_id == made.notice_id


def test_a_day_told_before_is_no_news_in_the_letter_about_a_date_that_slipped_and_holds_again(lamp: Shop) -> None:
    click(lamp, "1", wishes=BY_HAND)
    lamp.order("2", ("BOOK", 1))
    tell(lamp, click(lamp, "2"))
    expect(lamp, "2026-12-20")
    made = click(lamp, "2")
    assert days(lamp, made) == {"LAMP": CHOSEN, "BOOK": date(2026, 12, 20)}
    assert orders_to_tell(lamp.store, now=lamp.now) == [lamp.orders["1"], lamp.orders["2"]]
    expect(lamp, SUPPLY.isoformat())
    assert orders_to_tell(lamp.store, now=lamp.now) == []


def test_the_slip_gives_each_line_its_own_day_once_it_is_told(lamp: Shop) -> None:
    click(lamp, "1", wishes=BY_HAND)
    add_line(lamp, "BOOK")
    tell(lamp, click(lamp, "1"))
    with lamp.store.read() as view:
        followed = parcel(view, lamp.orders["1"], today=lamp.now.date())
    assert [(line.sku, line.promised_on) for line in followed.lines] == [("LAMP", CHOSEN), ("BOOK", SUPPLY)]


def expect(shop: Shop, day: str) -> None:
    draft = products.draft_of_product(shop.store, shop.products["BOOK"])
    draft.on_order_expected_on = day
    products.edit_product(shop.store, shop.products["BOOK"], draft, now=shop.tick())
