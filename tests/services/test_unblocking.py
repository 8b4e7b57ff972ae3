"""Units that lie with orders which can't leave, and the orders that could leave with them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.orders import OrderStatus, ShipPolicy
from orderdesk.domain.unblocking import Held, Way, ways_out
from orderdesk.services.firm import keep_units
from orderdesk.services.orders import set_line_policy, set_ship_policy
from orderdesk.services.priority import prioritize
from orderdesk.storage.queries.unblocking import Unblocked, unblocked
from tests.builders import Shop

units = st.integers(1, 3)
orders = st.integers(1, 6)
products = st.integers(1, 3)
needs = st.dictionaries(orders, st.dictionaries(products, units, min_size=1), max_size=6)
holdings = st.dictionaries(st.tuples(st.none() | orders, products), units, max_size=8).map(
    lambda found: [Held(order, product, held) for (order, product), held in found.items()]
)


def blocked(shop: Shop) -> Shop:
    """1001 waits for B and holds the only A, which 1002 lacks."""
    shop.stock("A", 1)
    shop.stock("B", 0)
    shop.order("1001", ("A", 1), ("B", 1))
    shop.order("1002", ("A", 1), customer="Erin Vale")
    set_ship_policy(shop.store, shop.orders["1001"], ShipPolicy.COMPLETE, now=shop.tick())
    return shop


def found(shop: Shop) -> list[Unblocked]:
    with shop.store.read() as view:
        return unblocked(view)


def test_an_order_that_lacks_what_lies_idle_is_found(shop: Shop) -> None:
    blocked(shop)
    assert found(shop) == [Unblocked(shop.orders["1002"], "1002", "Erin Vale", OrderStatus.BACKORDERED, 1, ("1001",))]
    prioritize(shop.store, shop.orders["1002"], now=shop.tick())
    assert (shop.status("1002"), found(shop)) == ("ready", [])


def test_a_line_that_waits_to_be_complete_holds_units_too(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.order("1", ("A", 3))
    set_line_policy(shop.store, shop.orders["1"], shop.line("1", "A"), ShipPolicy.COMPLETE, now=shop.tick())
    shop.order("2", ("A", 2), customer="Erin Vale")
    assert found(shop) == [Unblocked(shop.orders["2"], "2", "Erin Vale", OrderStatus.BACKORDERED, 2, ("1",))]
    prioritize(shop.store, shop.orders["2"], now=shop.tick())
    assert (shop.status("2"), found(shop)) == ("ready", [])


def test_lines_that_leave_whatever_another_one_lacks_hold_nothing_back(shop: Shop) -> None:
    """The line that is short ships as it comes; those that wait for each other are all here."""
    blocked(shop)
    set_line_policy(shop.store, shop.orders["1001"], shop.line("1001", "B"), ShipPolicy.PARTIAL, now=shop.tick())
    assert found(shop) == []


def test_what_is_kept_or_can_leave_is_nobody_elses(shop: Shop) -> None:
    blocked(shop)
    keep_units(shop.store, shop.orders["1001"], now=shop.tick())
    assert found(shop) == []


def test_an_order_that_would_still_lack_something_is_not_named(shop: Shop) -> None:
    blocked(shop)
    shop.stock("C", 0)
    shop.order("1003", ("A", 1), ("C", 1))
    assert [each.order_number for each in found(shop)] == ["1002"]


def kits_and_parts(shop: Shop) -> None:
    """A set is a cup and two saucers."""
    shop.stock("CUP", 2)
    shop.stock("SAUCER", 2)
    shop.stock("TRAY", 0)
    shop.stock("SET", None, parts="CUP; 2 x SAUCER")


def test_parts_that_a_waiting_kit_holds_complete_an_order_for_one_of_them(shop: Shop) -> None:
    kits_and_parts(shop)
    shop.order("1001", ("SET", 1), ("TRAY", 1))
    set_ship_policy(shop.store, shop.orders["1001"], ShipPolicy.COMPLETE, now=shop.tick())
    shop.order("1002", ("SAUCER", 2), customer="Erin Vale")
    assert found(shop) == [Unblocked(shop.orders["1002"], "1002", "Erin Vale", OrderStatus.BACKORDERED, 2, ("1001",))]
    prioritize(shop.store, shop.orders["1002"], now=shop.tick())
    assert (shop.status("1002"), found(shop)) == ("ready", [])


def test_a_kit_is_completed_with_a_part_that_waits_and_one_that_lies_idle(shop: Shop) -> None:
    kits_and_parts(shop)
    shop.order("1001", ("SAUCER", 2), ("TRAY", 1))
    set_ship_policy(shop.store, shop.orders["1001"], ShipPolicy.COMPLETE, now=shop.tick())
    shop.order("1002", ("SET", 1), customer="Erin Vale")
    shop.order("1003", ("SET", 2), customer="Ines Paul")
    assert found(shop) == [Unblocked(shop.orders["1002"], "1002", "Erin Vale", OrderStatus.BACKORDERED, 2, ("1001",))]
    prioritize(shop.store, shop.orders["1002"], now=shop.tick())
    assert (shop.status("1002"), found(shop)) == ("ready", [])


def test_what_lies_idle_is_used_before_anybody_gives_up_a_unit() -> None:
    assert ways_out({2: {1: 2}}, [Held(None, 1, 1), Held(1, 1, 2)]) == [Way(2, 1, (1,))]


def test_one_order_stays_behind_where_two_can_leave_without_it() -> None:
    small, needs_p, needs_q = {1: 1, 2: 1}, {1: 3}, {2: 3}
    held = [Held(1, 1, 3), Held(1, 2, 3)]
    assert [way.order_id for way in ways_out({2: small, 3: needs_p, 4: needs_q}, held)] == [3, 4]


@given(needs, holdings)
def test_no_unit_is_given_twice_and_no_order_gives_what_it_leaves_with(
    short: dict[int, dict[int, int]], held: list[Held]
) -> None:
    ways = ways_out(short, held)
    leaving = {way.order_id for way in ways}
    assert len(leaving) == len(ways)
    assert not leaving.intersection(holder for way in ways for holder in way.holders)
    for product in {each.product_id for each in held}:
        needed = sum(short[order].get(product, 0) for order in leaving)
        assert needed <= sum(each.units for each in held if each.product_id == product)
    idle = sum(each.units for each in held if each.order_id is None)
    needed = sum(sum(short[way.order_id].values()) for way in ways)
    assert needed - idle <= sum(way.units for way in ways) <= needed
