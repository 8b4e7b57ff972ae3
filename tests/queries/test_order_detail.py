"""One order whole: its lines and why they wait, its letters, what happened to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orderdesk.domain.errors import NotFoundError, RefusedError
from orderdesk.domain.kept import KeptBy
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services import orders
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import apologize
from orderdesk.services.drafts import SourceDraft
from orderdesk.services.endings import write_good_news
from orderdesk.services.firm import keep_units, let_go
from orderdesk.services.history import redo, undo
from orderdesk.services.priority import preview_priority
from orderdesk.services.purchases import receive_purchase, source_line
from orderdesk.services.slips import save_packing_slip
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.history import history_of_order
from orderdesk.storage.queries.order_detail import LineRow, order_detail, order_records
from orderdesk.storage.queries.reasons import Holder, Holders, Loss, Why
from orderdesk.storage.view import View
from tests.builders import Shop
from tests.queries.conftest import TODAY


def _lines(view: View, busy: Shop, number: str) -> dict[str, LineRow]:
    return {line.sku: line for line in order_detail(view, busy.orders[number], today=TODAY).lines}


def _why(view: View, shop: Shop, number: str, sku: str) -> Why:
    why = _lines(view, shop, number)[sku].why
    assert why is not None
    return why


def test_quantities_of_a_line_add_up(view: View, busy: Shop) -> None:
    for order in busy.orders.values():
        for line in order_detail(view, order, today=TODAY).lines:
            parts = line.shipped + line.canceled + line.drop_ship + line.allocated + line.backordered + line.pending
            assert line.ordered == parts
            assert not (line.backordered and line.pending)


def test_a_line_that_waits_says_why(view: View, busy: Shop) -> None:
    assert _lines(view, busy, "1001")["LAMP"].why is None
    # 1001 took one lamp and 1002 the other: two of 1002's three are short.
    first, second = Holder("1001", "Amélie Fortin", 1, 1), Holder("1002", "Dana Whitfield", 1, 3)
    assert _why(view, busy, "1002", "LAMP") == Why("LAMP", Holders((first,), 0, 1, 1), Holders(), None, ())
    assert _why(view, busy, "1003", "LAMP") == Why("LAMP", Holders((first, second), 0, 2, 4), Holders(), None, ())
    assert _why(view, busy, "1003", "LAMP").place == 3
    assert _why(view, busy, "1005", "ROBOT") == Why("ROBOT", Holders(), Holders(), None, ())
    assert _lines(view, busy, "1010")["PUZZLE"].why is None


def test_the_first_few_who_are_ahead_are_named_and_the_others_counted(shop: Shop) -> None:
    shop.stock("LAMP", 3)
    for number in range(1001, 1007):
        shop.order(str(number), ("LAMP", 1))
    with shop.store.read() as view:
        ahead = _why(view, shop, "1006", "LAMP").ahead
    assert [(each.order_number, each.held) for each in ahead.named] == [("1001", 1), ("1002", 1), ("1003", 1)]
    assert (ahead.more, ahead.lines, ahead.units) == (2, 5, 5)


def test_whoever_takes_units_in_a_kit_is_ahead_too(shop: Shop) -> None:
    shop.stock("LAMP", 5)
    shop.stock("SHADE", 9)
    shop.stock("SET", None, parts="2 x LAMP; SHADE")
    shop.order("1001", ("SET", 2), customer="Erin Vale")
    shop.order("1002", ("LAMP", 3))
    shop.order("1003", ("SET", 1), customer="Ines Paul")
    kits, single = Holder("1001", "Erin Vale", 4, 4), Holder("1002", "Dana Whitfield", 1, 3)
    with shop.store.read() as view:
        assert _why(view, shop, "1002", "LAMP") == Why("LAMP", Holders((kits,), 0, 1, 4), Holders(), None, ())
        sets = Holder("1001", "Erin Vale", 2, 2)
        assert _why(view, shop, "1003", "SET") == Why("SET", Holders((sets, single), 0, 2, 5), Holders(), None, ("LAMP",))


def test_whose_units_stay_with_them_is_said_to_whoever_is_ahead(shop: Shop) -> None:
    shop.stock("LAMP", 3)
    shop.order("1", ("LAMP", 2), placed_on="2026-11-10", customer="Erin Vale")
    keep_units(shop.store, shop.orders["1"], now=shop.tick())
    shop.order("T-1", ("LAMP", 2), placed_on="2026-11-01")
    with shop.store.read() as view:
        assert _why(view, shop, "T-1", "LAMP") == Why(
            "LAMP", Holders(), Holders((Holder("1", "Erin Vale", 2, 2, KeptBy.HAND),), 0, 1, 2), None, ()
        )


def test_units_that_are_kept_and_gone_are_still_said_to_whoever_is_ahead(shop: Shop) -> None:
    """Their order has the next that come in."""
    shop.stock("LAMP", 2)
    shop.order("1", ("LAMP", 2), placed_on="2026-11-10", customer="Erin Vale")
    keep_units(shop.store, shop.orders["1"], now=shop.tick())
    shop.order("T-1", ("LAMP", 2), placed_on="2026-11-01")
    shop.count("LAMP", 0)
    with shop.store.read() as view:
        assert _why(view, shop, "T-1", "LAMP").keeping == Holders((Holder("1", "Erin Vale", 0, 2, KeptBy.HAND),), 0, 1, 2)


def pack(shop: Shop, order: int, folder: Path) -> None:
    save_packing_slip(shop.store, order, now=shop.tick(), folder=folder)


def pack_and_let_go_by_mistake(shop: Shop, order: int, folder: Path) -> None:
    pack(shop, order, folder)
    undo(shop.store, event_id=let_go(shop.store, order, now=shop.tick()).event_id, now=shop.tick())


def pack_again_what_was_undone(shop: Shop, order: int, folder: Path) -> None:
    pack(shop, order, folder)
    undo(shop.store, now=shop.tick())
    redo(shop.store, now=shop.tick())


def keep(shop: Shop, order: int, _: Path) -> None:
    keep_units(shop.store, order, now=shop.tick())


def tell(shop: Shop, order: int, folder: Path) -> None:
    shop.count("LAMP", 0)
    made = apologize(shop.store, [order], now=shop.tick(), folder=folder).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.count("LAMP", 1)
    mark_told(
        shop.store, write_good_news(shop.store, order, now=shop.tick(), folder=folder).notice_id, ToldBy.PHONE, now=shop.tick()
    )


def buy(shop: Shop, _: int, __: Path) -> None:
    shop.count("LAMP", 0)
    source_line(shop.store, shop.line("1", "LAMP"), SourceDraft("Acme"), now=shop.tick())
    receive_purchase(shop.store, 1, now=shop.tick())


@pytest.mark.parametrize(
    ("act", "by", "said"),
    [
        (pack, KeptBy.SLIP, "1 (its slip is printed)"),
        (pack_and_let_go_by_mistake, KeptBy.SLIP, "1 (its slip is printed)"),
        (pack_again_what_was_undone, KeptBy.SLIP, "1 (its slip is printed)"),
        (keep, KeptBy.HAND, "1 (kept by hand)"),
        (tell, KeptBy.TOLD, "1 (its customer was told that it is here)"),
        (buy, KeptBy.BOUGHT, "1 (bought for it)"),
    ],
)
def test_what_keeps_units_with_an_order_is_said_to_who_waits_for_them(
    shop: Shop, tmp_path: Path, act: Callable[[Shop, int, Path], None], by: KeptBy, said: str
) -> None:
    shop.stock("LAMP", 1)
    act(shop, shop.order("1", ("LAMP", 1), placed_on="2026-11-10", customer="Erin Vale"), tmp_path)
    second = shop.order("2", ("LAMP", 2), placed_on="2026-11-01")
    with shop.store.read() as view:
        assert [each.by for each in _why(view, shop, "2", "LAMP").keeping.named] == [by]
    with pytest.raises(RefusedError, match=re.escape(f"are kept for {said}.")):
        preview_priority(shop.store, second, now=shop.tick())


def test_the_step_that_took_units_is_named_until_they_are_back(shop: Shop) -> None:
    shop.stock("LAMP", 4)
    shop.order("1001", ("LAMP", 2))
    shop.order("1002", ("LAMP", 3))
    shop.count("LAMP", 1)
    lost = Loss(2, "Counted 1 of Product LAMP (LAMP)", date(2026, 11, 17))
    with shop.store.read() as view:
        assert _why(view, shop, "1002", "LAMP").lost == lost
    shop.receive("LAMP", 2)
    assert shop.quantities("1002", "LAMP") == (1, 2)
    with shop.store.read() as view:
        assert _why(view, shop, "1002", "LAMP").lost == lost
    shop.receive("LAMP", 1)
    with shop.store.read() as view:
        assert _why(view, shop, "1002", "LAMP").lost is None


def test_a_step_that_was_undone_has_taken_nothing(shop: Shop) -> None:
    shop.stock("LAMP", 3)
    shop.order("1001", ("LAMP", 3), placed_on="2026-11-10")
    shop.order("1000", ("LAMP", 2), placed_on="2026-11-01")
    with shop.store.read() as view:
        event = history_of_order(view, shop.orders["1000"])[0].event_id
        lost = _why(view, shop, "1001", "LAMP").lost
    assert lost is not None
    assert "1000" in lost.summary
    shop.count("LAMP", 2)
    undo(shop.store, event_id=event, now=shop.tick())
    assert shop.quantities("1001", "LAMP") == (2, 1)
    with shop.store.read() as view:
        assert _why(view, shop, "1001", "LAMP").lost is None


def test_what_happens_in_the_evening_is_of_the_day_that_it_is_where_the_shop_is(shop: Shop) -> None:
    """Eight in the evening of the 17th in Los Angeles is the 18th in UTC."""
    shop.now = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
    shop.stock("LAMP", 2)
    order = shop.order("1001", ("LAMP", 3))
    shop.count("LAMP", 1)
    apologize(shop.store, [order], now=shop.tick())
    mark_order_told(shop.store, order, ToldBy.PHONE, now=shop.tick())
    agree_to_wait(shop.store, order, now=shop.tick())
    with shop.store.read() as view:
        why = _lines(view, shop, "1001")["LAMP"].why
    orders.ship_order(shop.store, order, now=shop.tick())
    with shop.store.read() as view:
        found = order_detail(view, order, today=TODAY)
    (letter,), (parcel,), (answer,) = found.notices, found.parcels, found.answers
    assert letter.coupon is not None
    assert why is not None
    assert why.lost is not None
    days = (found.row.told_on, letter.reserved_on, letter.coupon.issued_on, parcel.left_on, answer.given_on, why.lost.on)
    assert set(days) == {date(2026, 11, 17)}


def test_the_parts_that_a_kit_lacks_are_named(shop: Shop) -> None:
    shop.stock("BASE", 9)
    shop.stock("SHADE", 1)
    shop.stock("SET", None, parts="BASE; 2 x SHADE")
    shop.order("1001", ("SET", 1))
    with shop.store.read() as view:
        why = _why(view, shop, "1001", "SET")
    assert why.lacking == ("SHADE",)


def test_a_kit_lacks_no_part_that_was_left_for_it(shop: Shop) -> None:
    """One shade is left when its turn comes; that somebody behind it took it, as there is no lamp, is not why it waits."""
    shop.stock("LAMP", 6)
    shop.stock("SHADE", 3)
    shop.stock("SET", None, parts="3 x LAMP; SHADE")
    shop.order("1", ("SET", 2), customer="Erin Vale")
    shop.order("2", ("SET", 1), placed_on="2026-11-04")
    shop.order("3", ("SHADE", 1), placed_on="2026-11-05")
    with shop.store.read() as view:
        assert _lines(view, shop, "3")["SHADE"].allocated == 1
        why = _why(view, shop, "2", "SET")
        assert (why.lacking, why.ahead) == (("LAMP",), Holders((Holder("1", "Erin Vale", 2, 2),), 0, 1, 2))
    shop.count("SHADE", 2)
    with shop.store.read() as view:
        why = _why(view, shop, "2", "SET")
    assert (why.lacking, why.ahead.units) == (("LAMP", "SHADE"), 2)


def test_incoming_supply_is_laid_over_the_queue(view: View, busy: Shop) -> None:
    # Four lamps come on 5 December; 1002 is short by 2, 1003 by 1, 1004 by 2: the last is covered by half only.
    assert _lines(view, busy, "1002")["LAMP"].expected_on == date(2026, 12, 5)
    assert _lines(view, busy, "1003")["LAMP"].expected_on == date(2026, 12, 5)
    assert _lines(view, busy, "1004")["LAMP"].expected_on is None
    assert _lines(view, busy, "1005")["ROBOT"].expected_on is None


def test_a_line_shows_its_state_and_its_products(view: View, busy: Shop) -> None:
    line = _lines(view, busy, "1002")["LAMP"]
    assert (line.status, line.ordered, line.allocated, line.backordered) == ("partly_backordered", 3, 1, 2)
    assert line.unit_price == Money(1000, "USD")
    assert _lines(view, busy, "1005")["ROBOT"].discontinued
    assert _lines(view, busy, "1010")["PUZZLE"].count_me
    assert _lines(view, busy, "1004")["WRAP"].status == "ready"


def test_an_order_shows_its_letters_and_its_history(view: View, busy: Shop) -> None:
    detail = order_detail(view, busy.orders["1005"], today=TODAY)
    (notice,) = detail.notices
    assert (notice.customer, notice.order_numbers, notice.told_by) == ("Søren Ibsen", ("1005",), "phone")
    assert (notice.letter_path.parent, notice.letter_path.name) == (view.folder, "1005-2-letter.pdf")
    assert notice.coupon_path == view.folder / "1005-2-coupon.pdf"
    assert notice.coupon is not None
    assert (notice.coupon.status, notice.coupon.customer) == ("issued", "Søren Ibsen")
    assert [step.kind for step in detail.history] == ["told", "apologize", "add_order"]
    assert detail.address.city == "Bellingham"
    assert detail.row.number == "1005"


def test_history_says_whose_units_moved(shop: Shop) -> None:
    shop.stock("LAMP", 3)
    shop.stock("BOOK", 1)
    order = shop.order("1001", ("LAMP", 2), ("BOOK", 1))
    other = shop.order("1002", ("LAMP", 2))
    shop.count("LAMP", 1)
    orders.hold_order(shop.store, other, now=shop.tick())
    with shop.store.read() as view:
        mine, theirs = (order_detail(view, each, today=TODAY).history for each in (order, other))
    assert [(step.kind, step.detail) for step in mine] == [("count", "LAMP 2 → 1"), ("add_order", "")]
    assert [(step.kind, step.detail) for step in theirs] == [("hold", ""), ("count", "LAMP 1 → 0"), ("add_order", "")]
    assert not any(step.undone for step in mine)


def test_an_order_that_is_not_there_is_named(view: View) -> None:
    with pytest.raises(NotFoundError):
        order_detail(view, 999_999, today=TODAY)


def test_records_of_many_orders_are_those_of_each(view: View, busy: Shop) -> None:
    wanted = list(busy.orders.values())[::-1]
    many = order_records(view, wanted, today=TODAY)
    assert [record.row.id for record in many] == wanted
    for record in many:
        (alone,) = order_records(view, [record.row.id], today=TODAY)
        assert record == alone
    assert order_records(view, [], today=TODAY) == []


def test_backordered_lines_stand_in_queue_order(view: View) -> None:
    short = backordered_lines(view, today=TODAY)
    assert [(row.order_number, row.sku, row.ordered, row.allocated, row.backordered) for row in short] == [
        ("1002", "LAMP", 3, 1, 2),
        ("1003", "LAMP", 1, 0, 1),
        ("1004", "LAMP", 2, 0, 2),
        ("1005", "ROBOT", 1, 0, 1),
    ]
    assert [row.expected_on for row in short] == [date(2026, 12, 5), date(2026, 12, 5), None, None]
    assert [row.told_at is not None for row in short] == [False, False, False, True]
    assert [row.discontinued for row in short] == [False, False, False, True]
    assert len({row.customer_id for row in short}) == 3
