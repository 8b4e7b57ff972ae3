"""The numbered scenarios that define allocation, told through the services."""

from __future__ import annotations

import itertools
import random
from datetime import date
from pathlib import Path

import pytest

from orderdesk.domain.errors import AlreadyToldError, RefusedError, TooManyError
from orderdesk.domain.notices import ToldBy
from orderdesk.services import history, orders
from orderdesk.services.apologies import apologize
from orderdesk.services.checks import check
from orderdesk.services.endings import write_good_news
from orderdesk.services.imports import import_files
from orderdesk.services.priority import end_priority, preview_priority, prioritize
from orderdesk.services.purchases import draft_purchase, find_purchase, send_purchase
from orderdesk.services.returns import return_units
from orderdesk.services.slips import save_packing_slip
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.expected import Coverage
from orderdesk.storage.queries.order_detail import order_detail
from orderdesk.storage.queries.orders import order_counts
from orderdesk.storage.queries.today import agenda
from tests.builders import Shop, make_shop
from tests.reading import text_of


def test_1_the_second_order_gets_what_the_first_one_leaves(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    assert (shop.quantities("1001", "A"), shop.status("1001")) == ((2, 0), "ready")
    assert (shop.quantities("1002", "A"), shop.status("1002")) == ((1, 1), "partly_ready")
    with shop.store.read() as view:
        assert [(line.order_number, line.backordered) for line in backordered_lines(view, today=shop.now.date())] == [("1002", 1)]
        assert order_counts(view, today=shop.now.date())["backordered"] == 1


def test_2_a_receipt_completes_the_waiting_order_and_leaves_the_first_alone(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    step = shop.receive("A", 1)
    assert [(shift.order_number, shift.before, shift.after) for shift in step.gained] == [("1002", 1, 2)]
    assert shop.status("1002") == "ready"
    assert shop.quantities("1001", "A") == (2, 0)
    with shop.store.read() as view:
        assert view.all("SELECT backordered_since FROM orders") == [(None,), (None,)]


def test_2_good_news_is_offered_to_who_was_told_to_wait(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1001", ("A", 2))
    waiting = shop.order("1002", ("A", 2), customer="Erin Vale")
    mark_told(shop.store, apologize(shop.store, [waiting], now=shop.tick()).apologies[0].notice_id, ToldBy.PRINT, now=shop.tick())
    assert _good_news(shop) == []
    shop.receive("A", 1)
    assert _good_news(shop) == ["1002"]
    made = write_good_news(shop.store, waiting, now=shop.tick())
    assert "1 × Product A" in text_of(made.letter)
    assert _good_news(shop) == ["1002"]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    assert _good_news(shop) == []


def _good_news(shop: Shop) -> list[str]:
    """The orders for which Today offers to write that what waited is here."""
    with shop.store.read() as view:
        return [row.number for row in agenda(view, today=shop.now.date()).arrived]


def test_3_a_count_down_takes_from_the_last_first_and_undo_gives_it_back(shop: Shop) -> None:
    shop.stock("A", 4)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    step = shop.count("A", 1)
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((1, 1), (0, 2))
    assert {(shift.order_number, shift.before, shift.after) for shift in step.lost} == {("1001", 2, 1), ("1002", 2, 0)}
    with shop.store.read() as view:
        assert [(line.order_number, line.backordered) for line in backordered_lines(view, today=shop.now.date())] == [
            ("1001", 1),
            ("1002", 2),
        ]
    history.undo(shop.store, now=shop.tick())
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((2, 0), (2, 0))
    history.redo(shop.store, now=shop.tick())
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((1, 1), (0, 2))
    shop.count("A", 4)
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((2, 0), (2, 0))


def test_4_an_earlier_order_that_comes_late_takes_units_and_the_loser_is_named(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 3)
    shop.order("E-2", ("A", 3), placed_on="2026-10-20", channel="etsy")
    late = _orders_csv(tmp_path / "late.csv", ("T-1", "2026-10-10", 2))
    result = import_files(shop.store, [late], now=shop.tick())
    assert [(shift.order_number, shift.before, shift.after) for shift in result.lost] == [("E-2", 3, 1)]
    shop.orders["T-1"] = orders.find_order(shop.store, "T-1")
    assert shop.quantities("T-1", "A") == (2, 0)
    assert shop.quantities("E-2", "A") == (1, 2)


def test_5_canceling_the_first_order_frees_its_units_for_the_next(shop: Shop) -> None:
    shop.stock("A", 2)
    for number, wanted in (("1", 2), ("2", 1), ("3", 2)):
        shop.order(number, ("A", wanted))
    orders.cancel_order(shop.store, shop.orders["1"], now=shop.tick())
    assert shop.quantities("2", "A") == (1, 0)
    assert shop.quantities("3", "A") == (1, 1)
    assert shop.status("1") == "canceled"


def test_6_canceling_units_takes_backordered_ones_first_and_never_more_than_is_open(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.order("1", ("A", 5))
    assert shop.quantities("1", "A") == (2, 3)
    with pytest.raises(TooManyError, match="only 5"):
        orders.cancel_line(shop.store, shop.line("1", "A"), 6, now=shop.tick())
    orders.cancel_line(shop.store, shop.line("1", "A"), 3, now=shop.tick())
    assert (shop.quantities("1", "A"), shop.status("1")) == ((2, 0), "ready")


def test_7_priority_takes_units_after_a_preview_that_names_who_loses(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("1", ("A", 1))
    second = shop.order("2", ("A", 1))
    seen = preview_priority(shop.store, second, now=shop.tick())
    assert [(shift.order_number, shift.before, shift.after) for shift in seen.lost] == [("1", 1, 0)]
    assert (shop.quantities("1", "A"), shop.quantities("2", "A")) == ((1, 0), (0, 1))
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM event WHERE kind = 'prioritize'") == 0
    step = prioritize(shop.store, second, now=shop.tick())
    assert (step.gained, step.lost) == (seen.gained, seen.lost)
    assert (shop.quantities("1", "A"), shop.quantities("2", "A")) == ((0, 1), (1, 0))
    with pytest.raises(RefusedError, match="Order 2 waits for no units"):
        prioritize(shop.store, second, now=shop.tick())
    first = prioritize(shop.store, shop.orders["1"], now=shop.tick())
    assert [shift.order_number for shift in first.lost] == ["2"]
    end_priority(shop.store, shop.orders["1"], now=shop.tick())
    assert shop.quantities("2", "A") == (1, 0)
    with pytest.raises(RefusedError, match="in its own place"):
        end_priority(shop.store, shop.orders["1"], now=shop.tick())
    assert check(shop.store) == []


def test_7_an_order_that_gains_nothing_now_comes_first_when_units_come_in(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    second = shop.order("2", ("A", 1))
    seen = preview_priority(shop.store, second, now=shop.tick())
    assert (seen.summary, seen.gained, seen.lost) == ("Put order 2 first for what comes in next", (), ())
    prioritize(shop.store, second, now=shop.tick())
    shop.receive("A", 1)
    assert (shop.quantities("1", "A"), shop.quantities("2", "A")) == ((0, 1), (1, 0))
    end_priority(shop.store, second, now=shop.tick())
    assert shop.quantities("1", "A") == (1, 0)


def test_7_whoever_is_first_already_is_not_put_first(shop: Shop) -> None:
    shop.stock("A", 0)
    first = shop.order("1", ("A", 1))
    shop.order("2", ("A", 1))
    with pytest.raises(RefusedError, match="No order ahead of 1 has or waits for units"):
        prioritize(shop.store, first, now=shop.tick())


def test_7_a_kit_comes_first_for_the_next_parts(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 9)
    shop.stock("KIT", None, parts="2 x A; B")
    shop.order("1", ("A", 2))
    kit = shop.order("2", ("KIT", 1))
    prioritize(shop.store, kit, now=shop.tick())
    shop.receive("A", 2)
    assert (shop.quantities("1", "A"), shop.quantities("2", "KIT")) == ((0, 2), (1, 0))


def test_7_what_is_packed_for_another_order_stays_there(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("1", ("A", 1))
    second = shop.order("2", ("A", 1))
    with shop.store.begin("pack", "Packed", now=shop.tick()) as transaction:
        transaction.order_line(shop.line("1", "A")).firm = 1
    for put_first in (preview_priority, prioritize):
        with pytest.raises(RefusedError, match="kept for 1"):
            put_first(shop.store, second, now=shop.tick())
    assert (shop.quantities("1", "A"), shop.quantities("2", "A")) == ((1, 0), (0, 1))


def test_8_what_comes_back_goes_to_the_next_in_the_queue_unless_it_is_damaged(shop: Shop) -> None:
    shop.stock("A", 1)
    first = shop.order("1", ("A", 1))
    shop.order("2", ("A", 1))
    orders.ship_order(shop.store, first, now=shop.tick())
    damaged = return_units(shop.store, shop.line("1", "A"), 1, resalable=False, now=shop.tick())
    assert damaged.gained == ()
    assert shop.quantities("2", "A") == (0, 1)
    with pytest.raises(TooManyError, match="there are none"):
        return_units(shop.store, shop.line("1", "A"), 1, resalable=True, now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    step = return_units(shop.store, shop.line("1", "A"), 1, resalable=True, now=shop.tick())
    assert [(shift.order_number, shift.after) for shift in step.gained] == [("2", 1)]
    with shop.store.read() as view:
        (line,) = order_detail(view, first, today=shop.now.date()).lines
        assert (line.shipped, line.status) == (1, "returned")
        assert view.value("SELECT returned FROM order_line WHERE order_id = ?", (first,)) == 1
    history.undo(shop.store, now=shop.tick())
    assert shop.quantities("2", "A") == (0, 1)
    assert shop.status("2") == "backordered"
    assert check(shop.store) == []


def test_9_the_order_of_arrival_does_not_decide_who_is_served(tmp_path: Path) -> None:
    wanted = [("1001", "2026-11-03T10:00:00Z", 1), ("1002", "2026-11-03T10:00:00Z", 1), ("998", "2026-11-03T10:01:00Z", 2)]
    results = set()
    for trial, shuffled in enumerate(random.Random(9).choices(list(itertools.permutations(wanted)), k=10)):
        shop = make_shop(tmp_path / str(trial))
        shop.stock("A", 1)
        for number, placed_at, quantity in shuffled:
            path = _orders_csv(tmp_path / f"{trial} {number}.csv", (number, placed_at, quantity))
            import_files(shop.store, [path], now=shop.tick())
        with shop.store.read() as view:
            results.add(
                tuple(
                    (line.order_number, line.allocated, line.backordered)
                    for line in backordered_lines(view, today=shop.now.date())
                )
            )
        shop.store.close()
    assert results == {(("1002", 0, 1), ("998", 0, 2))}


def test_9_numbers_rank_as_people_count(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("#1001", ("A", 1))
    shop.order("#999", ("A", 1))
    assert shop.quantities("#999", "A") == (1, 0)


def test_10_a_partial_shipment_leaves_the_rest_backordered_and_can_be_undone(shop: Shop) -> None:
    shop.stock("A", 3, on_order="2", on_order_expected_on="2026-12-04")
    shop.order("1", ("A", 5))
    with pytest.raises(TooManyError, match="only 3"):
        orders.ship_order(shop.store, shop.orders["1"], {shop.line("1", "A"): 4}, now=shop.tick())
    before = save_packing_slip(shop.store, shop.orders["1"], now=shop.now).read_bytes()
    orders.ship_order(shop.store, shop.orders["1"], now=shop.tick())
    slip = save_packing_slip(shop.store, shop.orders["1"], now=shop.now)
    assert slip.read_bytes() == before
    assert "A 5 3 2 by December 4, 2026" in text_of(slip)
    with shop.store.read() as view:
        assert view.all("SELECT shipped, backordered, allocated FROM order_line") == [(3, 2, 0)]
        assert view.value("SELECT on_hand FROM product") == 0
    history.undo(shop.store, now=shop.tick())
    assert shop.quantities("1", "A") == (3, 2)
    history.redo(shop.store, now=shop.tick())
    assert shop.quantities("1", "A") == (0, 2)


def test_10_the_slip_of_a_second_parcel_adds_up_before_it_leaves_and_after(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1", ("A", 5))
    orders.ship_order(shop.store, shop.orders["1"], now=shop.tick())
    shop.receive("A", 2)
    assert "A 5 3 2 0" in text_of(save_packing_slip(shop.store, shop.orders["1"], now=shop.tick()))
    orders.ship_order(shop.store, shop.orders["1"], now=shop.tick())
    assert "A 5 3 2 0" in text_of(save_packing_slip(shop.store, shop.orders["1"], now=shop.tick()))


def test_11_the_shortage_is_what_is_missing_not_what_was_ordered(shop: Shop) -> None:
    shop.stock("A", 3)
    shop.order("1", ("A", 8))
    made = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    with shop.store.read() as view:
        shown = order_detail(view, shop.orders["1"], today=shop.now.date())
        assert (shown.row.units_short, [line.backordered for line in shown.lines]) == (5, [5])
        assert [line.backordered for line in backordered_lines(view, today=shop.now.date())] == [5]
    assert "5 × Product A" in text_of(made.letter)
    assert "8 × Product A" not in text_of(made.letter)


def test_12_a_second_click_shows_the_same_letter_and_coupon_and_the_customer_is_told_once(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    first, second = (apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0] for _ in range(2))
    assert (second.notice_id, second.coupon_code, second.letter) == (first.notice_id, first.coupon_code, first.letter)
    mark_told(shop.store, first.notice_id, ToldBy.PRINT, now=shop.tick())
    told_at = _told_at(shop)
    with pytest.raises(AlreadyToldError, match="was told on November 17, 2026"):
        mark_told(shop.store, first.notice_id, ToldBy.PRINT, now=shop.tick())
    assert _told_at(shop) == told_at
    with shop.store.read() as view:
        assert (view.value("SELECT count(*) FROM notice"), view.value("SELECT count(*) FROM coupon")) == (1, 1)


def test_14_deliveries_are_laid_over_the_queue_and_what_none_covers_is_unknown(shop: Shop) -> None:
    fifth, twentieth = date(2026, 12, 5), date(2026, 12, 20)
    shop.stock("A", 1)
    for number, wanted in (("1", 3), ("2", 2), ("3", 2), ("4", 4)):
        shop.order(number, ("A", wanted))
    for expected_on, units in ((twentieth, 3), (fifth, 4)):
        number = draft_purchase(shop.store, "Acme", {shop.products["A"]: units}, expected_on=expected_on, now=shop.tick())
        send_purchase(shop.store, find_purchase(shop.store, number), now=shop.tick())
    with shop.store.read() as view:
        short = [(line.backordered, line.expected_on) for line in backordered_lines(view, today=shop.now.date())]
        (last,) = order_detail(view, shop.orders["4"], today=shop.now.date()).lines
    assert short == [(2, fifth), (2, fifth), (2, twentieth), (4, None)]
    assert last.coverage == Coverage(((1, twentieth),), 3)


def _told_at(shop: Shop) -> object:
    with shop.store.read() as view:
        return view.value("SELECT told_at FROM orders")


def _orders_csv(path: Path, *rows: tuple[str, str, int]) -> Path:
    """A file of paid orders for product A: number, when placed, quantity."""
    head = "order_number,channel,placed_at,paid_at,currency,customer_name,sku,title,quantity,unit_price"
    lines = [
        f"{number},own,{placed},{placed},USD,Buyer {number},A,Product A,{quantity},10.00" for number, placed, quantity in rows
    ]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path
