"""Two histories that must come to the same, and steps that are undone out of turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from typing_extensions import override

from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.notices import ToldBy
from orderdesk.services import history, orders, products
from orderdesk.services.apologies import apologize
from orderdesk.services.checks import check
from orderdesk.services.telling import mark_order_told
from tests.builders import Shop
from tests.services.small_shops import small_shop, stored_facts, stored_quantities

FEW = st.integers(1, 6)
ANY = st.integers(0, 99)  # stands for one of what there is
NUMBERS = st.sampled_from([f"#{number}" for number in (9, 10, 11, 99, 100, 998, 999, 1000, 1001)])


@st.composite
def _moment(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """Things that happen at one moment, each at most once to the same order or product."""
    numbers = draw(st.lists(NUMBERS, min_size=1, max_size=6, unique=True))
    events: list[tuple[str, Any]] = []
    for number in numbers:
        lines = draw(st.lists(st.tuples(st.sampled_from("AB"), FEW), min_size=1, max_size=2))
        events.append(("order", (number, lines, draw(st.booleans()))))
    events += [("receive", (sku, draw(FEW))) for sku in "AB" if draw(st.booleans())]
    events += [(kind, None) for kind in ("hold", "pay", "cancel") if draw(st.booleans())]
    return events


def _happens(shop: Shop, kind: str, facts: Any) -> None:
    if kind == "order":
        number, lines, paid = facts
        shop.order(number, *lines, paid=paid)
    elif kind == "receive":
        products.receive_stock(shop.store, shop.products[facts[0]], facts[1], now=shop.now)
    elif kind == "hold":
        orders.hold_order(shop.store, shop.orders["1"], now=shop.now)
    elif kind == "pay":
        orders.mark_paid(shop.store, shop.orders["2"], now=shop.now)
    else:
        orders.cancel_line(shop.store, shop.line("3", "A"), 2, now=shop.now)


class _OneMoment(Shop):
    @override
    def tick(self) -> datetime:
        return self.now


@given(events=_moment(), draw=st.randoms(use_true_random=False))
@settings(max_examples=max(20, settings().max_examples // 4))
def test_the_order_of_events_of_one_moment_does_not_matter(events: list[tuple[str, Any]], draw: Any) -> None:
    outcomes = []
    for _ in range(2):
        with small_shop() as shop:
            for sku in "AB":
                shop.stock(sku, 4)
            shop.order("1", ("A", 2), ("B", 1))
            shop.order("2", ("A", 2), paid=False)
            shop.order("3", ("A", 3), ("B", 2))
            shop.__class__ = _OneMoment
            for kind, facts in events:
                _happens(shop, kind, facts)
            outcomes.append(stored_quantities(shop.store))
            assert check(shop.store) == []
        draw.shuffle(events)
    assert outcomes[0] == outcomes[1]


@given(
    seed=st.integers(0, 2**32),
    steps=st.lists(st.tuples(st.integers(0, 9), ANY, FEW), min_size=3, max_size=14),
    undone=st.lists(ANY, max_size=8),
)
# A receipt ended the wait of an order that has a letter; the letter was undone, then the receipt.
@example(seed=0, steps=[(0, 0, 1), (6, 0, 1), (0, 0, 1), (0, 1, 1), (1, 0, 4), (0, 1, 1)], undone=[58, 97])
def test_undoing_any_step_out_of_turn_is_sound_or_refused_without_a_trace(
    seed: int, steps: Sequence[tuple[int, int, int]], undone: list[int]
) -> None:
    with small_shop() as shop:
        for sku in "AB":
            shop.stock(sku, seed % 5)
        for step in steps:
            _one_of_many(shop, *step)
        with shop.store.read() as view:
            events = [row[0] for row in view.all("SELECT id FROM event WHERE undoable = 1 ORDER BY id")]
        for pick in undone:
            before = stored_facts(shop.store)
            try:
                history.undo(shop.store, event_id=events[pick % len(events)], now=shop.tick())
            except OrderDeskError:
                assert stored_facts(shop.store) == before
            assert check(shop.store) == []


def _one_of_many(shop: Shop, kind: int, pick: int, quantity: int) -> None:
    """Some step, or none where it is refused."""
    sku = "AB"[pick % 2]
    numbers = sorted(shop.orders)
    order_id = shop.orders[numbers[pick % len(numbers)]] if numbers else 0
    steps: list[Callable[[], object]] = [
        lambda: shop.order(f"#{1000 - len(numbers)}", ("A", quantity), (sku, 1), placed_on=f"2026-11-{1 + pick % 9:02}"),
        lambda: shop.receive(sku, quantity),
        lambda: shop.count(sku, quantity),
        lambda: orders.ship_order(shop.store, order_id, now=shop.tick()),
        lambda: orders.cancel_order(shop.store, order_id, now=shop.tick()),
        lambda: orders.hold_order(shop.store, order_id, now=shop.tick()),
        lambda: apologize(shop.store, [order_id], now=shop.tick()),
        lambda: mark_order_told(shop.store, order_id, ToldBy.PHONE, now=shop.tick()),
        lambda: history.undo(shop.store, now=shop.tick()),
        lambda: history.redo(shop.store, now=shop.tick()),
    ]
    try:
        steps[kind if numbers or kind in (1, 2) else 0]()
    except OrderDeskError:
        return
    shop.now += timedelta(seconds=pick)
