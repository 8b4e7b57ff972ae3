"""How waits ended, who came back, and what it cost."""

from __future__ import annotations

from datetime import date

from orderdesk.domain.figures import PerCase, Share
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import cancel_what_waits, send_substitute
from orderdesk.services.apologies import apologize
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.drafts import SourceDraft, SubstituteDraft
from orderdesk.services.drop_ship import send_direct
from orderdesk.services.history import undo
from orderdesk.services.orders import ship_order
from orderdesk.services.purchases import receive_purchase, source_line
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries.outcomes import OUTCOMES, Outcomes, outcomes
from tests.builders import Shop


def found(shop: Shop, since: date | None = None) -> Outcomes:
    with shop.store.read() as view:
        return outcomes(view, since=since)


def test_each_order_is_counted_once_by_what_was_done_about_it(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 9)
    codes = {}
    for number in ("1001", "1002", "1003", "1004", "1005", "1006"):
        shop.order(number, ("A", 1), customer=f"Customer {number}")
        if number != "1006":  # nobody told this one
            (made,) = apologize(shop.store, [shop.orders[number]], now=shop.tick()).apologies
            mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
            codes[number] = made.coupon_code
    assert dict(zip(OUTCOMES, found(shop).orders, strict=True))["waiting"] == 6, "told or not"
    source_line(shop.store, shop.line("1002", "A"), SourceDraft("Acme"), now=shop.tick())
    receive_purchase(shop.store, 1, now=shop.tick())
    send_substitute(shop.store, shop.line("1003", "A"), SubstituteDraft(sku="B"), now=shop.tick())
    cancel_what_waits(shop.store, shop.orders["1004"], now=shop.tick())
    shop.receive("A", 1)
    ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    assert found(shop).orders == (1, 1, 1, 1, 2)
    assert (found(shop).kept, found(shop).goodwill) == (Share(0, 5), (Money(0, "USD"),))
    mark_order_told(shop.store, shop.orders["1006"], ToldBy.PHONE, now=shop.tick())
    shop.receive("A", 9)
    assert found(shop).orders == (3, 1, 1, 1, 0)
    undo(shop.store, now=shop.tick())
    undo(shop.store, now=shop.tick())
    assert found(shop).orders == (1, 1, 1, 1, 2)
    shop.order("2001", ("B", 9), placed_on="2026-11-20", customer="Customer 1001")
    redeem_coupon(shop.store, str(codes["1001"]), "2001", now=shop.tick())
    assert found(shop).kept == Share(1, 5)
    assert [amount.currency for amount in found(shop).goodwill] == ["USD"]
    assert found(shop, date(2027, 1, 1)).orders == (0, 0, 0, 0, 3)


def test_who_orders_on_the_day_of_the_letter_and_after_it_has_ordered_again(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 1))
    shop.order("1002", ("A", 1), placed_on="2026-11-17")
    (made,) = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    assert found(shop).kept == Share(0, 1)
    shop.order("1003", ("A", 1), placed_on="2026-11-17")
    assert found(shop).kept == Share(1, 1)


def test_what_the_supplier_sends_was_got_elsewhere(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    send_direct(shop.store, shop.line("1001", "A"), 2, now=shop.tick())
    assert dict(zip(OUTCOMES, found(shop).orders, strict=True)) == {**dict.fromkeys(OUTCOMES, 0), "sourced": 1}


def test_how_the_wait_for_an_old_order_ended_counts_by_when_it_did(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 1), placed_on="2010-12-05")
    mark_letter_told(shop, "1001")
    assert dict(zip(OUTCOMES, found(shop, date(2026, 9, 1)).orders, strict=True))["canceled"] == 1


def mark_letter_told(shop: Shop, number: str) -> None:
    (made,) = apologize(shop.store, [shop.orders[number]], now=shop.tick()).apologies
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def test_what_goodwill_cost_is_spread_over_all_orders_that_letters_spoke_of(shop: Shop) -> None:
    shop.stock("A", 0)
    codes = []
    for number in ("1001", "1002", "1003"):
        shop.order(number, ("A", 1), customer=f"Customer {number}")
        (made,) = apologize(shop.store, [shop.orders[number]], now=shop.tick()).apologies
        codes.append(made.coupon_code)
    assert found(shop).per_case == ()
    for number in ("1001", "1002", "1003"):
        mark_order_told(shop.store, shop.orders[number], ToldBy.PRINT, now=shop.tick())
    assert found(shop).per_case == (PerCase(3, Money(0, "USD")),)
    shop.stock("B", 9)
    shop.order("2001", ("B", 5), customer="Customer 1001")
    redeem_coupon(shop.store, str(codes[0]), "2001", now=shop.tick())
    (per_case,) = found(shop).per_case
    assert (per_case.cases, per_case.cost, per_case.average) == (3, Money(300, "USD"), Money(100, "USD"))
    assert found(shop, date(2027, 1, 1)).per_case == ()


def test_half_a_cent_per_case_goes_up() -> None:
    assert PerCase(2, Money(5, "USD")).average == Money(3, "USD")
    assert PerCase(3, Money(4, "USD")).average == Money(1, "USD")
