"""The seller's rules decide which offer a letter brings, and on which terms."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from orderdesk.domain.errors import InvalidRuleError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.offer_rules import NO_OFFER, OfferRule
from orderdesk.services import history
from orderdesk.services.apologies import Apology, apologize, revise_apology
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes
from orderdesk.services.checks import check
from orderdesk.services.coupons import find_coupon
from orderdesk.services.offer_rules import OfferRuleDraft, draft_of_rule, offer_rules, rules_of, save_offer_rules
from orderdesk.services.telling import mark_told
from tests.builders import Shop
from tests.reading import text_of

USUAL = Offer(OfferKind.AMOUNT, amount=Money(300, "USD"))
FREE = Offer(OfferKind.FREE_SHIPPING)
TENTH = Offer(OfferKind.PERCENT, rate=10)


@pytest.fixture
def short(shop: Shop) -> Shop:
    """No lamp is there; two cost 20.00."""
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2), ship_by="2026-11-20")
    return shop


def rule(shop: Shop, *rules: OfferRule) -> None:
    save_offer_rules(shop.store, rules, now=shop.tick())


def click(shop: Shop, number: str = "1042", wishes: Wishes = BY_DEFAULT) -> Apology:
    (made,) = apologize(shop.store, [shop.orders[number]], now=shop.tick(), wishes=wishes).apologies
    return made


def test_without_rules_it_is_the_usual_offer_for_a_year(short: Shop) -> None:
    made = click(short)
    assert (made.offer, made.valid_through) == (USUAL, date(2027, 11, 17))
    assert "on an order of any size" in text_of(made.letter)


def test_the_first_rule_that_fits_decides_offer_minimum_and_validity(short: Shop) -> None:
    rule(short, OfferRule("gift:Towel", channel="etsy"), OfferRule("percent:10", minimum_order_minor=5000, months=6), OfferRule())
    made = click(short)
    assert (made.offer, made.valid_through) == (TENTH, date(2027, 5, 17))
    assert made.coupon_code is not None and made.coupon is not None
    assert find_coupon(short.store, made.coupon_code).minimum_order == Money(5000, "USD")
    for file in (made.letter, made.coupon):
        assert "on an order of $50.00 or more" in text_of(file)
    assert check(short.store) == []


@pytest.mark.parametrize(
    ("new_date", "ship_by", "offer"),
    [
        (date(2026, 12, 3), "2026-11-20", USUAL),  # 13 days
        (date(2026, 12, 4), "2026-11-20", FREE),
        (None, "2026-11-20", FREE),  # later than any
        (date(2026, 11, 30), "", USUAL),  # none was promised: 13 days from the letter on November 17
        (date(2026, 12, 1), "", FREE),
    ],
)
def test_days_late_count_from_the_day_promised_else_from_the_letter(
    shop: Shop, new_date: date | None, ship_by: str, offer: Offer
) -> None:
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2), ship_by=ship_by)
    rule(shop, OfferRule("free_shipping", days_late=14))
    assert click(shop, wishes=Wishes(new_date=new_date)).offer == offer


def test_a_rule_can_be_for_a_channel_a_value_or_who_was_told_before(short: Shop) -> None:
    rule(
        short,
        OfferRule("gift:Towel", channel="etsy"),
        OfferRule("free_shipping", told_before=True),
        OfferRule("percent:10", value_from_minor=2000),
    )
    first = click(short)
    assert first.offer == TENTH
    mark_told(short.store, first.notice_id, ToldBy.PRINT, now=short.tick())
    short.order("1043", ("LAMP", 1))
    assert click(short, "1043").offer == FREE
    short.order("1044", ("LAMP", 1), customer="Ann Hill")
    assert click(short, "1044").offer == USUAL
    short.order("1045", ("LAMP", 1), customer="Bea Wood", channel="etsy")
    assert click(short, "1045").offer == Offer(OfferKind.GIFT, gift="Towel")


def test_amazon_buyers_are_offered_nothing_whatever_the_rules_say(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("113-1", ("LAMP", 1), channel="amazon")
    with pytest.raises(InvalidRuleError, match="offer of rule 2") as refused:
        rule(shop, OfferRule(NO_OFFER, channel="amazon"), OfferRule("percent:10", channel="amazon"))
    assert "Amazon forbids coupons" in refused.value.remedy
    rule(shop, OfferRule(NO_OFFER, channel="amazon"), OfferRule("percent:10"))
    assert click(shop, "113-1").coupon_code is None


def test_a_rule_can_say_that_nothing_is_offered_and_a_wish_goes_before_it(short: Shop) -> None:
    rule(short, OfferRule(NO_OFFER, minimum_order_minor=5000))
    short.order("1043", ("LAMP", 1), customer="Ann Hill")
    assert (click(short).offer, click(short, "1043", Wishes(offer=FREE)).offer) == (None, FREE)


def test_a_rules_amount_is_never_above_the_price_of_what_is_late(short: Shop) -> None:
    rule(short, OfferRule("gift_card:50"))
    assert click(short).offer == Offer(OfferKind.GIFT_CARD, amount=Money(2000, "USD"))


@pytest.mark.parametrize(("price", "offer"), [("20.00", Offer(OfferKind.GIFT, gift="GOLD")), ("20.01", USUAL)])
def test_a_rules_gift_that_is_dearer_than_what_is_late_makes_way_for_the_usual_offer(
    short: Shop, price: str, offer: Offer
) -> None:
    short.stock("GOLD", 3, price=price)
    rule(short, OfferRule("gift:GOLD"))
    assert click(short).offer == offer


def test_another_offer_by_the_seller_leaves_the_rules_minimum_behind(short: Shop) -> None:
    rule(short, OfferRule("percent:10", minimum_order_minor=5000))
    made = click(short)
    concerned = revise_apology(short.store, made.notice_id, wishes=Wishes(concern="It is a gift."), now=short.tick())
    assert "on an order of $50.00 or more" in text_of(concerned.letter)
    changed = revise_apology(short.store, made.notice_id, wishes=Wishes(offer=FREE), now=short.tick())
    assert "on an order of any size" in text_of(changed.letter)
    assert changed.coupon_code is not None
    assert find_coupon(short.store, changed.coupon_code).minimum_order is None


def test_other_rules_leave_a_letter_that_is_made_as_it_is(short: Shop) -> None:
    made = click(short)
    rule(short, OfferRule("percent:10"))
    again = click(short)
    assert (again.offer, again.coupon_code, again.first_time) == (made.offer, made.coupon_code, False)


def test_rules_are_replaced_as_a_whole_and_undone_as_a_whole(short: Shop) -> None:
    first = [OfferRule("percent:10", "etsy", 3, 1000, True, 2000, 6), OfferRule()]
    rule(short, *first)
    rule(short, OfferRule("free_shipping"))
    assert offer_rules(short.store) == [OfferRule("free_shipping")]
    history.undo(short.store, now=short.tick())
    assert offer_rules(short.store) == first
    history.undo(short.store, now=short.tick())
    assert offer_rules(short.store) == []
    history.redo(short.store, now=short.tick())
    assert offer_rules(short.store) == first
    assert [draft_of_rule(each, "USD").rule() for each in first] == first


def test_a_rule_that_cannot_be_is_named_by_place_and_field_and_nothing_is_saved(short: Shop) -> None:
    rule(short, OfferRule("free_shipping"))
    with pytest.raises(InvalidRuleError, match=r"'kiss' can't be the offer of rule 2\.") as refused:
        rule(short, OfferRule(), OfferRule("kiss"))
    assert (refused.value.place, refused.value.field) == (2, "offer")
    with pytest.raises(InvalidRuleError, match=r"'soon' can't be the days late of rule 1\."):
        rules_of([OfferRuleDraft(days_late="soon")])
    assert offer_rules(short.store) == [OfferRule("free_shipping")]


@pytest.mark.parametrize(
    ("offer", "placed_on", "months", "through"),
    [
        ("gift_card:5", "2028-02-28", 60, date(2033, 3, 1)),  # five years from a February 29
        ("percent:10", "2028-02-28", 60, date(2033, 3, 1)),
        ("percent:10", "2028-02-28", 48, date(2032, 2, 29)),
        ("free_shipping", "2026-12-30", 2, date(2027, 3, 1)),  # from December 31
    ],
)
def test_no_coupon_lasts_a_day_less_than_its_months(shop: Shop, offer: str, placed_on: str, months: int, through: date) -> None:
    shop.now = datetime.fromisoformat(f"{placed_on}T20:00Z") + timedelta(days=1)
    rule(shop, OfferRule(offer, months=months))
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2), placed_on=placed_on)
    assert click(shop).valid_through == through
