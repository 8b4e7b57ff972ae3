"""What may leave under which policy, what stays with an order, and how its parcels travel."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.errors import AlreadyToldError, NothingToDoError, RefusedError
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.orders import ShipPolicy
from orderdesk.domain.shipping import Waiting, leaving
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.drop_ship import send_direct
from orderdesk.services.endings import write_good_news
from orderdesk.services.firm import keep_units, let_go
from orderdesk.services.history import undo
from orderdesk.services.orders import set_line_policy, set_ship_policy, ship_order, track_parcel
from orderdesk.services.products import draft_of_product, edit_product
from orderdesk.services.slips import save_packing_slip
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries.orders import OrdersView, order_ids, order_rows
from tests.builders import Shop
from tests.reading import text_of
from tests.services.order_1001 import detail

TODAY = date(2026, 11, 17)

lines = st.lists(
    st.builds(Waiting, st.integers(0, 5), st.integers(0, 5), st.none() | st.sampled_from(list(ShipPolicy))),
    min_size=1,
    max_size=6,
)


@given(st.sampled_from(list(ShipPolicy)), lines)
def test_a_line_leaves_with_all_that_is_here_for_it_or_not_at_all(policy: ShipPolicy, lines: list[Waiting]) -> None:
    units = leaving(policy, lines)
    assert all(left in (0, line.allocated) for left, line in zip(units, lines, strict=True))
    followers = [line for line in lines if line.policy is None]
    for left, line in zip(units, lines, strict=True):
        held = line.short if line.policy is not None else sum(each.short for each in followers)
        is_complete = (line.policy or policy) is ShipPolicy.COMPLETE
        assert left == (0 if is_complete and held else line.allocated)


@pytest.fixture
def mixed(shop: Shop) -> Shop:
    """An order of 2 that are here and 3 of which 1 is."""
    shop.stock("A", 2)
    shop.stock("B", 1)
    shop.order("1001", ("A", 2), ("B", 3))
    return shop


def shipped(shop: Shop) -> list[int]:
    return [line.shipped for line in detail(shop).lines]


def policy(shop: Shop, chosen: ShipPolicy, sku: str | None = None) -> None:
    order = shop.orders["1001"]
    if sku:
        set_line_policy(shop.store, order, shop.line("1001", sku), chosen, now=shop.tick())
    else:
        set_ship_policy(shop.store, order, chosen, now=shop.tick())


def ship(shop: Shop) -> str:
    return ship_order(shop.store, shop.orders["1001"], now=shop.tick()).summary


def test_an_order_that_ships_complete_waits_and_keeps_what_it_has(mixed: Shop) -> None:
    policy(mixed, ShipPolicy.COMPLETE)
    assert mixed.status("1001") == "backordered"
    with pytest.raises(NothingToDoError, match="ready to ship"):
        ship(mixed)
    assert mixed.quantities("1001", "A") == (2, 0)
    mixed.receive("B", 2)
    assert ship(mixed) == "Shipped 5 units of order 1001"


def test_the_rest_is_canceled_when_the_parcel_leaves_if_that_is_the_policy(mixed: Shop) -> None:
    policy(mixed, ShipPolicy.CANCEL_REMAINDER)
    assert ship(mixed) == "Shipped 3 units of order 1001 and canceled 2 that would have followed"
    assert mixed.status("1001") == "shipped"
    undo(mixed.store, now=mixed.tick())
    assert (shipped(mixed), mixed.quantities("1001", "B")) == ([0, 0], (1, 2))


def test_a_line_may_go_by_a_policy_of_its_own(mixed: Shop) -> None:
    policy(mixed, ShipPolicy.COMPLETE, "B")
    assert ship(mixed) == "Shipped 2 units of order 1001"
    assert shipped(mixed) == [2, 0]
    assert mixed.quantities("1001", "B") == (1, 2)


def test_a_line_that_goes_ahead_does_not_wait_for_the_others(mixed: Shop) -> None:
    policy(mixed, ShipPolicy.COMPLETE)
    policy(mixed, ShipPolicy.PARTIAL, "B")
    assert ship(mixed) == "Shipped 3 units of order 1001"  # of those that wait for each other, none is short


def test_a_policy_that_holds_already_is_no_step(mixed: Shop) -> None:
    with pytest.raises(RefusedError, match="like that already"):
        policy(mixed, ShipPolicy.PARTIAL)


def test_the_slip_is_for_what_may_leave(mixed: Shop) -> None:
    policy(mixed, ShipPolicy.COMPLETE, "B")
    path = save_packing_slip(mixed.store, mixed.orders["1001"], now=mixed.tick())
    words = text_of(path)
    assert "Product A" in words
    assert [line.firm for line in detail(mixed).lines] == [2, 0]


def slip_text(shop: Shop) -> str:
    return text_of(save_packing_slip(shop.store, shop.orders["1001"], now=shop.tick()))


@pytest.mark.parametrize("sku", [None, "B"])
def test_the_slip_says_that_what_its_parcel_cancels_does_not_follow(mixed: Shop, sku: str | None) -> None:
    deliver_on(mixed, "2026-12-10")
    policy(mixed, ShipPolicy.CANCEL_REMAINDER, sku)
    packed = slip_text(mixed)
    assert "B 3 1 0 no longer on order: 2" in packed
    assert "Keep this slip" not in packed
    ship(mixed)
    assert slip_text(mixed) == packed, "that of the parcel that has left says the same"


def test_the_slip_of_what_never_arrives_and_is_canceled_says_it_once(mixed: Shop) -> None:
    draft = draft_of_product(mixed.store, mixed.products["B"])
    draft.discontinued = True
    edit_product(mixed.store, mixed.products["B"], draft, now=mixed.tick())
    policy(mixed, ShipPolicy.CANCEL_REMAINDER)
    assert "B 3 1 0 no longer on order: 2" in slip_text(mixed)


@pytest.mark.parametrize("chosen", [ShipPolicy.CANCEL_REMAINDER, ShipPolicy.COMPLETE])
def test_the_slip_waits_for_nothing_that_the_supplier_sends_directly(mixed: Shop, chosen: ShipPolicy) -> None:
    policy(mixed, chosen)
    send_direct(mixed.store, mixed.line("1001", "B"), 2, now=mixed.tick())
    assert "B 3 1 2 date not known yet" in slip_text(mixed)
    assert ship(mixed) == "Shipped 3 units of order 1001"


def tell(shop: Shop, new_date: date | None) -> None:
    wishes = Wishes(new_date=new_date)
    made = apologize(shop.store, [shop.orders["1001"]], wishes=wishes, now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())


def deliver_on(shop: Shop, day: str) -> None:
    draft = draft_of_product(shop.store, shop.products["B"])
    draft.on_order, draft.on_order_expected_on = "9", day
    edit_product(shop.store, shop.products["B"], draft, now=shop.tick())


def test_the_slip_gives_the_date_that_the_customer_was_told_last_and_that_holds_or_will_read(mixed: Shop) -> None:
    """Of any other nobody would write once it has slipped."""
    assert "B 3 1 2 date not known yet" in slip_text(mixed)
    deliver_on(mixed, "2026-12-10")
    assert "B 3 1 2 by December 10, 2026" in slip_text(mixed), "they are still to be told"
    apologize(mixed.store, [mixed.orders["1001"]], wishes=Wishes(new_date=date(2026, 12, 12)), now=mixed.tick())
    assert "B 3 1 2 by December 12, 2026" in slip_text(mixed), "the letter says so too"
    tell(mixed, date(2026, 12, 15))
    assert "B 3 1 2 by December 15, 2026" in slip_text(mixed)
    deliver_on(mixed, "2026-12-20")
    assert "B 3 1 2 date not known yet" in slip_text(mixed)
    deliver_on(mixed, "2026-12-14")
    assert "B 3 1 2 by December 15, 2026" in slip_text(mixed)
    apologize(mixed.store, [mixed.orders["1001"]], wishes=Wishes(new_date=date(2026, 12, 18)), now=mixed.tick())
    assert "B 3 1 2 date not known yet" in slip_text(mixed), "the seller means to give a later one"
    tell(mixed, date(2026, 12, 22))
    assert "B 3 1 2 by December 22, 2026" in slip_text(mixed)
    ship(mixed)
    assert "B 3 1 2 by December 22, 2026" in slip_text(mixed)


def test_the_slip_gives_no_date_that_has_passed(mixed: Shop) -> None:
    tell(mixed, date(2026, 11, 20))
    deliver_on(mixed, "2026-11-19")
    for days, said in ((3, "by November 20, 2026"), (1, "date not known yet")):
        mixed.now += timedelta(days=days)
        assert f"B 3 1 2 {said}" in slip_text(mixed)


def test_what_is_packed_stays_when_an_earlier_order_comes_in(mixed: Shop) -> None:
    save_packing_slip(mixed.store, mixed.orders["1001"], now=mixed.tick())
    mixed.order("1000", ("A", 2), placed_on="2026-10-01")
    assert (mixed.quantities("1001", "A"), mixed.quantities("1000", "A")) == ((2, 0), (0, 2))
    undo(mixed.store, now=mixed.tick())
    let_go(mixed.store, mixed.orders["1001"], now=mixed.tick())
    mixed.order("1000", ("A", 2), placed_on="2026-10-01")
    assert (mixed.quantities("1001", "A"), mixed.quantities("1000", "A")) == ((0, 2), (2, 0))


def test_a_slip_printed_again_adds_nothing(mixed: Shop) -> None:
    first = save_packing_slip(mixed.store, mixed.orders["1001"], now=mixed.tick()).read_bytes()
    before = [each.summary for each in detail(mixed).history]
    assert before[0] == "Packed order 1001"
    assert save_packing_slip(mixed.store, mixed.orders["1001"], now=mixed.tick()).read_bytes() == first
    assert [each.summary for each in detail(mixed).history] == before


def test_units_are_kept_and_let_go(mixed: Shop) -> None:
    keep_units(mixed.store, mixed.orders["1001"], now=mixed.tick())
    assert [line.firm for line in detail(mixed).lines] == [2, 1]
    with pytest.raises(NothingToDoError):
        keep_units(mixed.store, mixed.orders["1001"], now=mixed.tick())
    let_go(mixed.store, mixed.orders["1001"], now=mixed.tick())
    with pytest.raises(NothingToDoError):
        let_go(mixed.store, mixed.orders["1001"], now=mixed.tick())


def test_who_was_told_that_it_is_here_gets_it(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    apologize(shop.store, [shop.orders["1001"]], now=shop.tick())
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PRINT, now=shop.tick())
    shop.receive("A", 2)
    made = write_good_news(shop.store, shop.orders["1001"], now=shop.tick())
    assert [line.firm for line in detail(shop).lines] == [0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.order("1000", ("A", 2), placed_on="2026-10-01")
    assert shop.quantities("1001", "A") == (2, 0)


def test_who_was_told_on_the_phone_that_it_is_here_gets_it_too(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    with pytest.raises(AlreadyToldError, match="1001 was told on November 17, 2026"):
        mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    undo(shop.store, now=shop.tick())
    apologize(shop.store, [shop.orders["1001"]], now=shop.tick())
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    shop.receive("A", 2)
    write_good_news(shop.store, shop.orders["1001"], now=shop.tick())
    step = mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    assert step.summary == "Told Dana Whitfield about 1001"
    assert [line.firm for line in detail(shop).lines] == [2]
    with pytest.raises(AlreadyToldError):
        mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    assert [each.kind for each in detail(shop).history if each.kind == "told" and not each.undone] == ["told", "told"]


def test_each_parcel_has_its_own_number(mixed: Shop) -> None:
    ship(mixed)
    track_parcel(mixed.store, mixed.orders["1001"], "UPS", "1Z 999", now=mixed.tick())
    mixed.receive("B", 2)
    ship(mixed)
    assert [(each.units, each.carrier, each.tracking) for each in detail(mixed).parcels] == [(2, "", ""), (3, "UPS", "1Z 999")]
    track_parcel(mixed.store, mixed.orders["1001"], "", "42", now=mixed.tick())
    undo(mixed.store, now=mixed.tick())
    undo(mixed.store, now=mixed.tick())
    assert [each.tracking for each in detail(mixed).parcels] == ["1Z 999"]
    assert "Parcel of order 1001: UPS 1Z 999" in [each.summary for each in detail(mixed).history]


def test_an_order_is_found_by_the_numbers_of_its_parcels_and_shows_them(mixed: Shop) -> None:
    def found(typed: str) -> list[str]:
        with mixed.store.read() as view:
            ids = order_ids(view, OrdersView(search=typed), today=TODAY)
            return [row.tracking for row in order_rows(view, ids, today=TODAY)]

    ship(mixed)
    track_parcel(mixed.store, mixed.orders["1001"], "UPS", "1Z999AA1", now=mixed.tick())
    mixed.receive("B", 2)
    ship(mixed)
    track_parcel(mixed.store, mixed.orders["1001"], "UPS", "RR4711", now=mixed.tick())
    assert found("1z999") == found("rr47") == ["1Z999AA1, RR4711"]
    undo(mixed.store, now=mixed.tick())
    assert (found("1z999"), found("rr47")) == (["1Z999AA1"], [])


def test_what_has_not_left_has_no_number(mixed: Shop) -> None:
    with pytest.raises(NothingToDoError, match="has left"):
        track_parcel(mixed.store, mixed.orders["1001"], "UPS", "1", now=mixed.tick())
