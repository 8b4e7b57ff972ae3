"""The shop's figures on shops small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.errors import CouponError
from orderdesk.domain.figures import AGES, Filling, Served, Share, Worth, by_age, fill_rate
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services.apologies import apologize
from orderdesk.services.coupons import find_coupon, redeem_coupon
from orderdesk.services.drafts import LineDraft
from orderdesk.services.drop_ship import send_direct, supplier_shipped
from orderdesk.services.history import redo, undo
from orderdesk.services.imports import import_files
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_order, hold_order, mark_paid, release_order, ship_order
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries.causes import Cause
from orderdesk.storage.queries.figures import Figures, figures
from orderdesk.storage.queries.outcomes import OUTCOMES
from orderdesk.storage.queries.trends import MONTHS, WEEKS
from tests.builders import HOLLOW_OAK, NOW, Shop

TOMORROW = date(2026, 12, 1)
LATER = datetime(2026, 12, 1, 20, tzinfo=UTC)


def of(shop: Shop, days_later: int = 0) -> Figures:
    with shop.store.read() as view:
        return figures(view, now=NOW + timedelta(days=days_later))


def test_the_fill_rate_by_unit_line_and_order(shop: Shop) -> None:
    """Scenario 17."""
    for sku, on_hand in (("A", 10), ("B", 1), ("C", 0)):
        shop.stock(sku, on_hand)
    shop.order("1", ("A", 4), ("B", 1))
    shop.order("2", ("A", 6))
    shop.order("3", ("B", 2))
    shop.order("4", ("A", 1), ("C", 1))
    found = of(shop).open_fill
    assert found == of(shop).fill
    assert (found.units, found.lines, found.orders) == (Share(11, 15), Share(3, 6), Share(2, 4))


def test_what_is_backordered_is_worth_so_much_and_has_its_causes(shop: Shop) -> None:
    shop.stock("A", 0, supplier="Acme")
    shop.stock("B", 1)
    shop.order("1", ("A", 4), ("B", 2))
    shop.order("2", ("A", 1))
    found = of(shop)
    assert (found.lines, found.units, found.orders) == (3, 6, 2)
    assert found.value == (Worth("USD", Money(6000, "USD")),)
    assert found.products == (Cause("Product A", "A", 2, 5, 2), Cause("Product B", "B", 1, 1, 1))
    assert found.suppliers == (Cause("Acme", "", 2, 5, 2),)


def test_what_was_short_most_often_comes_first_whatever_is_short_now(shop: Shop) -> None:
    """A was short for two orders and is not any more, B for one and still is; C never was."""
    shop.stock("A", 1, supplier="Acme")
    shop.stock("B", 0, supplier="Bolt")
    shop.stock("C", 9, supplier="Acme")
    shop.order("1", ("A", 3), ("C", 1))
    shop.order("2", ("A", 1))
    shop.order("3", ("B", 7), ("C", 1))
    shop.receive("A", 3)
    found = of(shop)
    assert found.products == (Cause("Product A", "A", 2, 0, 0), Cause("Product B", "B", 1, 7, 1))
    assert found.suppliers == (Cause("Acme", "", 2, 0, 0), Cause("Bolt", "", 1, 7, 1))


def test_a_shortage_counts_each_time_it_comes_but_not_for_every_delivery(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 2))
    shop.receive("A", 1)
    assert of(shop).products == (Cause("Product A", "A", 1, 1, 1),)
    shop.receive("A", 1)
    shop.count("A", 1)
    assert of(shop).products == (Cause("Product A", "A", 2, 1, 1),)


def test_what_was_canceled_or_sent_directly_was_short_too(shop: Shop) -> None:
    for sku in "AB":
        shop.stock(sku, 0)
    shop.order("1", ("A", 2))
    shop.order("2", ("B", 2))
    cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    send_direct(shop.store, shop.line("2", "B"), 2, now=shop.tick())
    supplier_shipped(shop.store, shop.line("2", "B"), 2, now=shop.tick())
    assert of(shop).products == (Cause("Product A", "A", 1, 0, 0), Cause("Product B", "B", 1, 0, 0))


def test_what_was_given_up_with_a_short_line_was_not_short_itself(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.stock("B", 5)
    shop.order("1", ("A", 2), ("B", 2))
    cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    assert of(shop).products == (Cause("Product A", "A", 1, 0, 0),)


def test_what_was_counted_or_asked_for_while_its_order_waited_for_something_else_was_not_short(shop: Shop) -> None:
    """A is short; B gets its units once somebody has counted them, C and more of D are asked for later, and are there."""
    for sku, on_hand in (("A", 0), ("B", None), ("C", 3), ("D", 3)):
        shop.stock(sku, on_hand)
    order = shop.order("1", ("A", 1), ("B", 1), ("D", 1))
    shop.count("B", 3)
    draft = draft_of_order(shop.store, order)
    draft.lines[2].quantity = "2"
    draft.lines.append(LineDraft(product_id=shop.products["C"], sku="C", title="Product C", quantity="1", unit_price="10.00"))
    edit_order(shop.store, order, draft, now=shop.tick())
    assert [shop.quantities("1", sku) for sku in "ABCD"] == [(0, 1), (1, 0), (1, 0), (2, 0)]
    assert of(shop).products == (Cause("Product A", "A", 1, 1, 1),)
    shop.receive("A", 1)
    assert of(shop).products == (Cause("Product A", "A", 1, 0, 0),)


def test_shortages_that_were_over_before_the_time_asked_for_are_not_counted(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 2))
    shop.receive("A", 2)
    with shop.store.read() as view:
        assert figures(view, now=LATER, since=NOW.date() + timedelta(days=1)).products == ()
        assert len(figures(view, now=LATER, since=NOW.date() - timedelta(days=1)).products) == 1


def test_a_count_that_was_undone_has_made_nothing_short(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.order("1", ("A", 2))
    shop.count("A", 0)
    undo(shop.store, now=shop.tick())
    assert of(shop).products == ()


@pytest.mark.parametrize(("days", "place"), [(0, 0), (2, 0), (3, 1), (7, 1), (8, 2), (14, 2), (15, 3), (30, 3), (31, 4), (99, 4)])
def test_backorders_by_age(shop: Shop, days: int, place: int) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 4))
    assert of(shop, days).ages == tuple(int(place == each) for each in range(len(AGES)))


def test_how_fast_customers_are_told(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    shop.order("2", ("A", 1), customer="Erin Vale")
    assert (of(shop).notifying.told, of(shop).notifying.waiting, of(shop).notifying.median) == (0, 2, None)
    shop.now += timedelta(hours=30)
    made = apologize(shop.store, [shop.orders["1"]], now=shop.now).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())
    told = of(shop).notifying
    assert (told.told, told.waiting, told.within_a_day) == (1, 1, Share(0, 1))
    assert told.worst is not None
    assert told.worst > timedelta(hours=30)


def test_who_does_not_know_when_the_day_is_over_was_not_told_within_it(shop: Shop) -> None:
    shop.stock("A", 0)
    for number in ("1", "2", "3"):
        shop.order(number, ("A", 1), customer=f"Customer {number}")
    mark_order_told(shop.store, shop.orders["1"], ToldBy.PHONE, now=shop.tick())
    assert of(shop).notifying.within_a_day == Share(1, 1), "the day of the others is not over"
    later = of(shop, days_later=2)
    assert (later.notifying.within_a_day, later.notifying.waiting) == (Share(1, 3), 2)
    assert later.weeks[-1].told.within_a_day == Share(1, 3)
    cancel_order(shop.store, shop.orders["2"], now=NOW + timedelta(hours=2))
    assert of(shop, days_later=2).notifying.within_a_day == Share(1, 2), "whose wait was over first had nothing to hear"
    mark_order_told(shop.store, shop.orders["3"], ToldBy.PHONE, now=NOW + timedelta(days=3))
    assert of(shop, days_later=9).notifying.within_a_day == Share(1, 2)


def test_what_came_in_later_was_not_filled_at_once(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.order("1", ("A", 4))
    shop.receive("A", 2)
    assert of(shop).fill.units == Share(2, 4)
    assert of(shop).open_fill.units == Share(4, 4)


def test_what_left_before_the_rest_came_in_was_filled_at_once(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1", ("A", 5))
    ship_order(shop.store, shop.orders["1"], now=shop.tick())
    shop.receive("A", 2)
    ship_order(shop.store, shop.orders["1"], now=shop.tick())
    assert of(shop).fill.units == Share(3, 5)


def test_units_lost_to_somebody_else_were_there_at_once(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.order("2", ("A", 2))
    shop.order("1", ("A", 2), placed_on="2026-10-01")
    assert of(shop).fill.units == Share(4, 4)
    assert of(shop).open_fill.units == Share(2, 4)


def test_a_line_is_judged_from_when_it_counts(shop: Shop) -> None:
    """Once it is paid, released, its product counted, its quantity raised."""
    shop.stock("A", 9)
    shop.stock("NEW", None)
    shop.order("unpaid", ("A", 1), paid=False)
    shop.order("held", ("A", 1))
    hold_order(shop.store, shop.orders["held"], now=shop.tick())
    shop.order("uncounted", ("NEW", 2))
    shop.order("raised", ("A", 1))
    mark_paid(shop.store, shop.orders["unpaid"], now=shop.tick())
    release_order(shop.store, shop.orders["held"], now=shop.tick())
    shop.count("NEW", 1)
    draft = draft_of_order(shop.store, shop.orders["raised"])
    draft.lines[0].quantity = "3"
    edit_order(shop.store, shop.orders["raised"], draft, now=shop.tick())
    shop.receive("NEW", 1)
    found = of(shop).fill
    assert (found.units, found.orders) == (Share(6, 7), Share(3, 4))


def test_how_long_it_took_until_orders_were_filled(shop: Shop) -> None:
    shop.stock("A", 0)
    for number in ("1", "2", "3"):
        shop.order(number, ("A", 1), customer=f"Customer {number}")
    assert of(shop).filling == Filling(0, None, None)
    made = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())
    shop.now += timedelta(days=2)
    shop.receive("A", 1)
    shop.now += timedelta(days=4)
    cancel_order(shop.store, shop.orders["3"], now=shop.tick())
    shop.receive("A", 1)
    undo(shop.store, now=shop.tick())
    found = of(shop, 6)
    assert (found.filling.filled, found.filling.worst, found.filling.median) == (1, found.filling.worst, found.filling.worst)
    assert found.filling.worst is not None
    assert timedelta(days=2) <= found.filling.worst < timedelta(days=2, hours=1)
    assert (found.notifying.told, found.notifying.waiting) == (1, 1), "who was told is remembered when the wait is over"
    shop.receive("A", 1)
    assert of(shop, 6).filling.filled == 2
    with shop.store.read() as view:
        assert figures(view, now=LATER, since=TOMORROW).filling.filled == 0


def test_the_days_that_figures_are_of_begin_where_the_shop_is(shop: Shop) -> None:
    save_shop_profile(shop.store, replace(HOLLOW_OAK, time_zone="Europe/Berlin"), now=shop.now)
    shop.now = datetime(2026, 11, 2, 23, 10, tzinfo=UTC)
    shop.stock("A", 0)
    shop.stock("B", 1)
    shop.order("1", ("A", 1), placed_on="2026-11-03")
    shop.order("0", ("B", 1), placed_on="2026-10-01", customer="Ada Birch")
    made = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())
    shop.receive("A", 1)
    redeem_coupon(shop.store, str(made.coupon_code), "0", now=shop.tick())
    with shop.store.read() as view:
        of_the_day, later = (figures(view, now=LATER, since=date(2026, 11, day)) for day in (3, 4))
    assert (of_the_day.fill.units, of_the_day.filling.filled) == (Share(0, 1), 1)
    assert dict(zip(OUTCOMES, of_the_day.outcomes.orders, strict=True))["waited"] == 1
    assert (of_the_day.outcomes.kept, len(of_the_day.outcomes.goodwill)) == (Share(0, 1), 1)
    assert (later.fill.units, later.filling.filled, sum(later.outcomes.orders)) == (Share(0, 0), 0, 0)
    assert (later.outcomes.kept, later.outcomes.goodwill) == (Share(0, 0), ())


@pytest.mark.parametrize(("zone", "week"), [("Europe/Berlin", 2), ("America/Los_Angeles", 1)])
def test_weeks_begin_on_mondays_where_the_shop_is(shop: Shop, zone: str, week: int) -> None:
    """Told on Sunday the 8th at 23:30 in UTC, which is Monday in Berlin."""
    save_shop_profile(shop.store, replace(HOLLOW_OAK, time_zone=zone), now=shop.now)
    shop.now = datetime(2026, 11, 7, 23, 0, tzinfo=UTC)
    shop.stock("A", 1)
    for number, day in (("1", "2026-11-01"), ("2", "2026-11-02"), ("3", "2026-11-08")):
        shop.order(number, ("A", 1), placed_on=day, customer=f"Customer {number}")
    for number, at in (("2", datetime(2026, 11, 8, 23, 30, tzinfo=UTC)), ("3", datetime(2026, 11, 8, 7, 0, tzinfo=UTC))):
        made = apologize(shop.store, [shop.orders[number]], now=at).apologies[0]
        mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=at)
    with shop.store.read() as view:
        found = figures(view, now=datetime(2026, 11, 13, 20, tzinfo=UTC), since=date(2026, 11, 13)).weeks
    assert (len(found), found[-1].begins) == (WEEKS, date(2026, 11, 9))
    assert [week.fill for week in found[-3:]] == [Share(1, 1), Share(0, 2), Share(0, 0)]
    told = [each.told.told for each in found[-2:]]
    assert told == [[2, 0], [1, 1]][week - 1]
    assert found[-2].told.median is not None


def test_months_have_what_coupons_took_off_and_who_came_back_once(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.now = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
    shop.order("1", ("A", 1), placed_on="2026-09-09")
    made = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())
    shop.now = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)  # still September in Hood River
    shop.order("2", ("A", 1), placed_on="2026-09-30")
    redeem_coupon(shop.store, str(made.coupon_code), "2", now=shop.tick())
    shop.order("3", ("A", 1), placed_on="2026-10-20")
    found = of(shop).months
    assert (len(found), found[-1].begins) == (MONTHS, date(2026, 11, 1))
    assert [month.kept for month in found] == [0, 0, 0, 1, 0, 0]
    assert [len(month.goodwill) for month in found] == [0, 0, 0, 1, 0, 0]
    assert found[3].goodwill == of(shop).outcomes.goodwill


def test_a_coupon_that_an_order_gave_back_has_cost_nothing_in_any_figure(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 9)
    shop.order("1", ("A", 3))
    made = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())
    for number in ("2", "3"):
        shop.order(number, ("B", 1))
    code = str(made.coupon_code)
    redeem_coupon(shop.store, code, "2", now=shop.tick())
    assert taken_off(shop) == (1, "3.00 USD")
    cancel_order(shop.store, shop.orders["2"], now=shop.tick())
    assert taken_off(shop) == (0, "0.00 USD")
    assert find_coupon(shop.store, code).used_on == ()
    undo(shop.store, now=shop.tick())
    assert taken_off(shop) == (1, "3.00 USD")
    redo(shop.store, now=shop.tick())
    redeem_coupon(shop.store, code, "3", now=shop.tick())
    assert taken_off(shop) == (1, "3.00 USD")
    with pytest.raises(CouponError, match=r"used up on order 3\."):
        redeem_coupon(shop.store, code, "1", now=shop.tick())


def taken_off(shop: Shop) -> tuple[int, str]:
    """How many coupons were used, and what they took off by every figure that says so."""
    found = of(shop)
    (coupons,), (per_case,) = found.coupons, found.outcomes.per_case
    said = [coupons.taken_off, per_case.cost, *found.outcomes.goodwill, *found.months[-1].goodwill]
    assert len(said) == (4 if coupons.used else 3)
    assert (coupons.median_days is None) == (not coupons.used)
    (amount,) = set(map(str, said))
    return coupons.used, amount


@pytest.mark.parametrize(("shipped", "canceled", "filled"), [(3, 0, 1), (1, 2, 0)])
def test_an_order_that_a_file_says_has_left_was_filled(
    shop: Shop, tmp_path: Path, shipped: int, canceled: int, filled: int
) -> None:
    """As channels tell it that the seller ships from; what they canceled was not."""
    shop.stock("A", 1)
    shop.stock("B", 1)
    shop.order("1", ("A", 3), ("B", 1))
    file = tmp_path / "orders.csv"
    file.write_text(
        "order_number,placed_at,sku,title,quantity,shipped,canceled,unit_price,currency\n"
        f"1,2026-11-03,A,Product A,3,{shipped},{canceled},10.00,USD\n1,2026-11-03,B,Product B,1,1,0,10.00,USD\n"
    )
    import_files(shop.store, [file], now=shop.tick())
    found = of(shop)
    assert (found.filling.filled, found.lines) == (filled, 0)
    assert found.products == (Cause("Product A", "A", 1, 0, 0),)


def test_an_order_that_another_left_its_units_to_was_filled(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("1", ("A", 1))
    shop.order("2", ("A", 1))
    cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    assert of(shop).filling.filled == 1


def test_an_empty_shop_has_no_rates(shop: Shop) -> None:
    found = of(shop)
    assert (found.fill.units.rate, found.value, sum(found.ages)) == (None, (), 0)


@given(st.lists(st.integers(0, 400)))
def test_every_line_falls_into_one_age(days: list[int]) -> None:
    assert sum(by_age(days)) == len(days)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 9), st.integers(0, 9))))
def test_no_rate_is_beyond_one_and_orders_are_the_hardest_to_fill(rows: list[tuple[int, int, int]]) -> None:
    found = fill_rate(Served(order, wanted, min(filled, wanted)) for order, wanted, filled in sorted(rows))
    assert found.orders.part <= found.lines.part <= found.units.part
    assert all(share.part <= share.whole for share in (found.units, found.lines, found.orders))
