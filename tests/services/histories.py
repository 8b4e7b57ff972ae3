"""What a seller does with a few products and orders, each step mirrored in a slow model that is written only from the rules.

Undo is a stack of copies of the model.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from typing_extensions import override

from orderdesk.domain.errors import InvalidValueError, NothingToDoError, OrderDeskError, RefusedError, TooManyError
from orderdesk.domain.orders import QueuePolicy
from orderdesk.services import history, order_entry, orders, products
from orderdesk.services.checks import check
from orderdesk.services.drafts import LineDraft
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.steps import Step
from orderdesk.storage.queries.refunds import refund_to_make, takings
from orderdesk.storage.store import Store
from tests.builders import HOLLOW_OAK
from tests.services.slow_letters import status
from tests.services.slow_model import (
    World,
    allocation,
    comes_to,
    counts,
    empty_world,
    follow,
    leaving,
    left_to_pay,
    letter_answered,
    move,
    named,
    new_line,
    new_order,
    on_order,
    open_units,
    quantities,
    take_in,
    takes,
    to_come,
    too_dear,
    under_way,
    wanted_units,
)
from tests.services.small_shops import small_shop, stored_facts, stored_quantities

FEW = st.integers(1, 6)
ANY = st.integers(0, 99)  # stands for one of what there is
DAYS = st.integers(1, 4)
CUSTOMERS = ("Dana Whitfield", "Erin Vale")
NUMBERS = st.sampled_from([f"#{number}" for number in (7, 8, 9, 10, 11, 99, 100, 998, 999, 1000, 1001)])
WANTED = st.lists(st.tuples(ANY, FEW), min_size=1, max_size=3)


def some_of(most: int, amount: int) -> int:
    """A number of units from 1 to one more than there are."""
    return 1 + amount % (most + 1)


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(HOLLOW_OAK.time_zone)).astimezone(UTC)


class Done(NamedTuple):
    """A step that can be undone, with what was before it: the model, and the store where that is known."""

    world: World
    facts: dict[str, Any] | None
    event_id: int


class Histories(RuleBasedStateMachine):
    @initialize(
        stock=st.lists(st.one_of(st.none(), st.integers(0, 12)), min_size=2, max_size=3),
        first=st.lists(WANTED, min_size=2, max_size=4),
    )
    def open_shop(self, stock: list[int | None], first: list[list[tuple[int, int]]]) -> None:
        self.opened = small_shop()
        self.shop = self.opened.__enter__()
        self.world = empty_world()
        self.done: list[Done] = []
        self.undone: list[tuple[World, dict[str, Any], list[Done]]] = []
        self.made = self.steps = self.moment = 0
        for on_hand in stock:
            self.add_product(on_hand, True)
        for place, wanted in enumerate(first):
            number, promised = ("#9", "#10", "#999", "#1001")[place], (None, 3, 2, 1)[place]
            self.place_order(number, wanted, 1 + place // 2, place != 2, promised, CUSTOMERS[place % 2])

    @override
    def teardown(self) -> None:
        if hasattr(self, "opened"):
            assert check(self.shop.store) == []
            self.opened.__exit__(None, None, None)

    def _here(self, number: str, line: World) -> int:
        return allocation(self.world).get((number, line["position"]), 0)

    # How a step is taken.

    def _take(self, change: Callable[[World], None], act: Callable[[], object]) -> None:
        """A step that succeeds: the model first, then the shop; nothing to undo where nothing changed."""
        before, facts = copy.deepcopy(self.world), stored_facts(self.shop.store)
        change(self.world)
        outcome = act()
        self._follow(before, facts)
        if isinstance(outcome, Step):
            self._summary_names_who_gained_and_lost(outcome, before)

    def _follow(self, before: World, facts: dict[str, Any]) -> None:
        self.moment += 1
        follow(self.world, self.moment)
        if self.world != before:
            self.done.append(Done(before, facts, self._last_event()))
            self.undone.clear()

    def _refuse(self, error: type[OrderDeskError], act: Callable[[], object]) -> None:
        """A step that is refused and leaves no trace."""
        facts = stored_facts(self.shop.store), self._events()
        with pytest.raises(error):
            act()
        assert (stored_facts(self.shop.store), self._events()) == facts

    def _last_event(self) -> int:
        with self.shop.store.read() as view:
            return int(view.value("SELECT max(id) FROM event WHERE kind NOT IN ('undo', 'redo')"))

    def _events(self) -> int:
        with self.shop.store.read() as view:
            return int(view.value("SELECT count(*) FROM event"))

    def _summary_names_who_gained_and_lost(self, step: Step, before: World) -> None:
        """After a receipt or count, every line whose share moved is named with what it had and has."""
        if not step.summary.startswith(("Received", "Counted")):
            return
        earlier, later = allocation(before), allocation(self.world)
        moved = sorted(
            (key[0], earlier.get(key, 0), later.get(key, 0))
            for key in {*earlier, *later}
            if earlier.get(key, 0) != later.get(key, 0)
        )
        assert sorted((shift.order_number, shift.before, shift.after) for shift in (*step.gained, *step.lost)) == moved

    def _order(self, pick: int) -> tuple[str, World, int]:
        number = sorted(self.world["orders"])[pick % len(self.world["orders"])]
        return number, self.world["orders"][number], orders.find_order(self.shop.store, number)

    def _order_where(self, pick: int, holds: Callable[[str], bool]) -> tuple[str, World, int]:
        """Mostly one of the orders of which that holds, if any does."""
        fitting = [number for number in sorted(self.world["orders"]) if pick % 5 and holds(number)]
        number = fitting[pick % len(fitting)] if fitting else self._order(pick)[0]
        return number, self.world["orders"][number], orders.find_order(self.shop.store, number)

    def _line(self, pick: int) -> tuple[str, World, World, int]:
        number, order, order_id = self._order(pick)
        line = order["lines"][pick % len(order["lines"])]
        with self.shop.store.read() as view:
            line_id = view.value("SELECT id FROM order_line WHERE order_id = ? AND position = ?", (order_id, line["position"]))
        return number, order, line, line_id

    def _line_with(self, pick: int, units: Callable[[str, World], int]) -> tuple[str, World, World, int, int]:
        """One of the lines that have such units, if any does, and how many it has."""
        fitting = [each for each in self._lines() if units(*each)] or self._lines()
        number, line = fitting[pick % len(fitting)]
        order_id = orders.find_order(self.shop.store, number)
        with self.shop.store.read() as view:
            line_id = view.value("SELECT id FROM order_line WHERE order_id = ? AND position = ?", (order_id, line["position"]))
        return number, self.world["orders"][number], line, line_id, units(number, line)

    def _pick_of(self, number: str, line: World, units: Callable[[str, World], int]) -> int:
        """By which pick that line is the one with such units."""
        return [each for each in self._lines() if units(*each)].index((number, line))

    def _lines(self) -> list[tuple[str, World]]:
        return [(number, line) for number, order in sorted(self.world["orders"].items()) for line in order["lines"]]

    def _open(self, _: str, line: World) -> int:
        return open_units(line)

    def _short(self, number: str, line: World) -> int:
        """Units that a line is short of: those of a line that does not count for stock are pending."""
        order = self.world["orders"][number]
        return wanted_units(line) - self._here(number, line) if counts(self.world, order, line) else 0

    def _waits(self, number: str) -> bool:
        return any(self._short(number, line) for line in self.world["orders"][number]["lines"])

    def _answered(self, number: str, kind: str) -> None:
        """An answer of the model: what it is, to which letter, and whether the date of that did not hold by then."""
        self.world["orders"][number]["answers"].append((kind, letter_answered(self.world, number), False))

    def _sku(self, pick: int) -> str:
        return str(sorted(self.world["products"])[pick % len(self.world["products"])])

    def _id(self, sku: str) -> int:
        return products.find_product(self.shop.store, sku)

    # What the seller does.

    def add_product(self, on_hand: int | None, tracked: bool) -> None:
        self.made += 1
        sku = f"P{self.made}"
        product = {"on_hand": on_hand or 0, "known": on_hand is not None, "tracked": tracked, "parts": {}}
        self._take(lambda world: world["products"].update({sku: product}), lambda: self.shop.stock(sku, on_hand, tracked=tracked))

    def _whose(self, _: str, customer: str) -> str:
        """Who places an order of that number."""
        return customer

    def _days_of(self, day: int, ship_by: int | None) -> tuple[date, date | None]:
        """When an order is placed, and until when it was promised."""
        return date(2026, 11, day), date(2026, 11, 20 + ship_by) if ship_by else None

    @precondition(lambda self: self.world["products"])
    @rule(
        number=NUMBERS,
        wanted=WANTED,
        day=DAYS,
        paid=st.booleans(),
        ship_by=st.one_of(st.none(), DAYS),
        customer=st.sampled_from(CUSTOMERS),
    )
    def place_order(
        self, number: str, wanted: list[tuple[int, int]], day: int, paid: bool, ship_by: int | None, customer: str
    ) -> None:
        if number in self.world["orders"]:
            return
        placed, promised = self._days_of(day, ship_by)
        lines = [(self._sku(pick), units) for pick, units in wanted]
        self.shop.products = {sku: self._id(sku) for sku, _ in lines}
        customer = self._whose(number, customer)
        ordered = [new_line(place, sku, units) for place, (sku, units) in enumerate(lines, start=1)]
        order = new_order(customer, start_of(placed), paid, promised, ordered)
        ship_by_text = promised.isoformat() if promised else ""
        self._take(
            lambda world: world["orders"].update({number: order}),
            lambda: self.shop.order(
                number, *lines, placed_on=placed.isoformat(), paid=paid, ship_by=ship_by_text, customer=customer
            ),
        )

    @precondition(lambda self: self.world["products"])
    @rule(pick=ANY, quantity=FEW)
    def receive(self, pick: int, quantity: int) -> None:
        sku = self._sku(pick)

        def act() -> Step:
            return products.receive_stock(self.shop.store, self._id(sku), quantity, now=self.shop.tick())

        if self.world["products"][sku]["parts"]:
            self._refuse(RefusedError, act)
        else:
            self._take(lambda world: take_in(world, sku, quantity), act)

    @precondition(lambda self: self.world["products"])
    @rule(pick=ANY, quantity=st.integers(0, 9))
    def count(self, pick: int, quantity: int) -> None:
        sku = self._sku(pick)

        def change(world: World) -> None:
            world["products"][sku].update(on_hand=quantity, known=True)

        def act() -> Step:
            return products.count_stock(self.shop.store, self._id(sku), quantity, "Shelf", now=self.shop.tick())

        if self.world["products"][sku]["parts"]:
            self._refuse(RefusedError, act)
        else:
            self._take(change, act)

    @precondition(lambda self: any(product["known"] for product in self.world["products"].values()))
    @rule(pick=ANY, quantity=FEW)
    def receive_and_count_back(self, pick: int, quantity: int) -> None:
        known = sorted(sku for sku, product in self.world["products"].items() if product["known"])
        sku = known[pick % len(known)]
        lines = [line for purchase in self.world["purchases"] if under_way(purchase) for line in purchase["lines"]]
        if any(line["for"] and line["sku"] == sku and to_come(line) for line in lines):
            return  # what was bought for a line is kept for it
        before, on_hand = stored_quantities(self.shop.store), self.world["products"][sku]["on_hand"]
        self.receive(pick=sorted(self.world["products"]).index(sku), quantity=quantity)
        self.count(pick=sorted(self.world["products"]).index(sku), quantity=on_hand)
        assert stored_quantities(self.shop.store) == before

    @rule(which=st.integers(0, 5), pick=ANY, on_hand=st.one_of(st.none(), st.integers(0, 6)))
    def do_something_rare(self, which: int, pick: int, on_hand: int | None) -> None:
        match which:
            case 0 if len(self.world["products"]) < 4:
                self.add_product(on_hand, pick % 3 != 0)
            case 1 if self.world["products"]:
                self.begin_or_stop_tracking(pick)
            case 2:
                self.restart()
            case 3 if not self.undone:
                self._refuse(NothingToDoError, lambda: history.redo(self.shop.store, now=self.shop.tick()))
            case 4 if self.world["orders"]:
                self.cancel_order(pick)
            case 5:
                self.change_the_policy_of_the_queue()
            case _:
                pass

    def begin_or_stop_tracking(self, pick: int) -> None:
        sku = self._sku(pick)
        draft = products.draft_of_product(self.shop.store, self._id(sku))
        draft.tracked = not draft.tracked
        self._take(
            lambda world: world["products"][sku].update(tracked=draft.tracked and not world["products"][sku]["parts"]),
            lambda: products.edit_product(self.shop.store, self._id(sku), draft, now=self.shop.tick()),
        )

    def change_the_policy_of_the_queue(self) -> None:
        policy = "ship_by" if self.world["policy"] == "order_date" else "order_date"
        profile = replace(HOLLOW_OAK, queue=QueuePolicy(policy))
        self._take(
            lambda world: world.update(policy=policy),
            lambda: save_shop_profile(self.shop.store, profile, now=self.shop.tick()),
        )

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, amount=ANY)
    def cancel_units(self, pick: int, amount: int) -> None:
        number, _, line, line_id, most = self._line_with(pick, self._open)
        quantity = some_of(most, amount)

        def act() -> Step:
            return orders.cancel_line(self.shop.store, line_id, quantity, now=self.shop.tick())

        if quantity > open_units(line):
            self._refuse(TooManyError, act)
        else:
            self._take(lambda world: self._cancel(world, number, line, quantity), act)

    @staticmethod
    def _cancel(world: World, number: str, line: World, quantity: int) -> None:
        """Backordered units first, then those that the supplier was to send, then those that are here."""
        here = allocation(world).get((number, line["position"]), 0)
        for _ in range(quantity):
            if not wanted_units(line) > here:
                if line["drop_ship"]:
                    line["drop_ship"] -= 1
                else:
                    here -= 1
            line["canceled"] += 1

    def cancel_order(self, pick: int) -> None:
        _, order, order_id = self._order(pick)

        def act() -> Step:
            return orders.cancel_order(self.shop.store, order_id, now=self.shop.tick())

        def change(_: World) -> None:
            for line in order["lines"]:
                line.update(canceled=line["canceled"] + open_units(line), drop_ship=0)

        if any(open_units(line) for line in order["lines"]):
            self._take(change, act)
        else:
            self._refuse(NothingToDoError, act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def hold_or_release(self, pick: int) -> None:
        _, order, order_id = self._order(pick)
        right: Callable[..., Step] = orders.hold_order
        wrong: Callable[..., Step] = orders.release_order
        if order["hold"]:
            right, wrong = wrong, right
        self._refuse(RefusedError, lambda: wrong(self.shop.store, order_id, now=self.shop.tick()))
        self._take(lambda _: order.update(hold=not order["hold"]), lambda: right(self.shop.store, order_id, now=self.shop.tick()))

    @precondition(lambda self: any(not order["paid"] for order in self.world["orders"].values()))
    @rule(pick=ANY)
    def mark_paid(self, pick: int) -> None:
        unpaid = sorted(number for number, order in self.world["orders"].items() if not order["paid"])
        number, now = unpaid[pick % len(unpaid)], self.shop.tick()
        order_id = orders.find_order(self.shop.store, number)
        self._take(
            lambda world: world["orders"][number].update(paid=True, paid_at=now, taken=comes_to(world["orders"][number])),
            lambda: orders.mark_paid(self.shop.store, order_id, now=now),
        )
        self._refuse(RefusedError, lambda: orders.mark_paid(self.shop.store, order_id, now=now))

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def pay_the_rest(self, pick: int) -> None:
        """What a paid order has come to more since is paid too."""
        number, order, order_id = self._order_where(pick, self._lacks_money)
        left = comes_to(order)

        def act() -> Step:
            return orders.mark_paid(self.shop.store, order_id, now=self.shop.tick())

        if self._lacks_money(number):
            self._take(lambda _: order.update(taken=left), act)
        elif order["paid"] and None not in (left, order["taken"]):
            self._refuse(RefusedError, act)

    def _lacks_money(self, number: str) -> bool:
        order = self.world["orders"][number]
        left = comes_to(order)
        return bool(order["paid"] and None not in (left, order["taken"]) and left > order["taken"])

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def ship_what_is_allocated(self, pick: int) -> None:
        number, _, order_id = self._order_where(pick, lambda number: bool(leaving(self.world, number)))
        parcel = leaving(self.world, number)

        def act() -> Step:
            return orders.ship_order(self.shop.store, order_id, now=self.shop.tick())

        if parcel:
            self._take(lambda world: self._ship(world, number, parcel), act)
        else:
            self._refuse(NothingToDoError, act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, amount=ANY)
    def ship_some_units(self, pick: int, amount: int) -> None:
        number, _, line, line_id, most = self._line_with(pick, self._here)
        quantity = some_of(most, amount)
        order_id = orders.find_order(self.shop.store, number)

        def act() -> Step:
            return orders.ship_order(self.shop.store, order_id, {line_id: quantity}, now=self.shop.tick())

        if quantity <= most:
            self._take(lambda world: self._ship(world, number, {line["position"]: quantity}), act)
        else:
            self._refuse(TooManyError, act)

    @staticmethod
    def _ship(world: World, number: str, parcel: dict[int, int]) -> None:
        """What leaves, and what a policy then gives up: units that are not here for a line."""
        order, held = world["orders"][number], allocation(world)
        for line in order["lines"]:
            units, here = parcel.get(line["position"], 0), held.get((number, line["position"]), 0)
            lacking = wanted_units(line) - here
            line["shipped"] += units
            line["firm"] = max(0, line["firm"] - units)
            move(world, line["sku"], -units)
            if (line["policy"] or order["policy"]) == "cancel_remainder":
                line["canceled"] += lacking

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, quantity=st.integers(0, 8))
    def change_the_quantity(self, pick: int, quantity: int) -> None:
        number, order, line, _ = self._line(pick)
        order_id = orders.find_order(self.shop.store, number)
        draft = order_entry.draft_of_order(self.shop.store, order_id)
        draft.lines[order["lines"].index(line)].quantity = str(quantity)

        def act() -> Step:
            return order_entry.edit_order(self.shop.store, order_id, draft, now=self.shop.tick())

        if line.get("extra") and quantity != line["ordered"]:
            self._refuse(RefusedError, act)
        elif quantity < max(1, line["shipped"] + line["canceled"]):
            self._refuse(TooManyError, act)
        elif order["over"] and quantity > line["canceled"]:
            self._refuse(RefusedError, act)
        elif too_dear({**order, "lines": [{**each, "ordered": quantity} if each is line else each for each in order["lines"]]}):
            self._refuse(InvalidValueError, act)
        else:
            self._take(lambda _: self._change_ordered(line, quantity), act)

    @staticmethod
    def _change_ordered(line: World, quantity: int) -> None:
        line["ordered"] = quantity
        line["drop_ship"] = min(line["drop_ship"], open_units(line))

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, product=ANY, quantity=FEW)
    def add_a_line(self, pick: int, product: int, quantity: int) -> None:
        _, order, order_id = self._order(pick)
        sku = self._sku(product)
        draft = order_entry.draft_of_order(self.shop.store, order_id)
        draft.lines.append(LineDraft(product_id=self._id(sku), quantity=str(quantity)))
        position = max(line["position"] for line in order["lines"]) + 1
        line = {**new_line(position, sku, quantity), "price": None}

        def act() -> Step:
            return order_entry.edit_order(self.shop.store, order_id, draft, now=self.shop.tick())

        if order["over"]:
            self._refuse(RefusedError, act)
        else:
            self._take(lambda _: order["lines"].append(line), act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def take_a_line_off(self, pick: int) -> None:
        number, order, line, _ = self._line(pick)
        order_id = orders.find_order(self.shop.store, number)
        draft = order_entry.draft_of_order(self.shop.store, order_id)
        place = order["lines"].index(line)
        del draft.lines[place]

        def act() -> Step:
            return order_entry.edit_order(self.shop.store, order_id, draft, now=self.shop.tick())

        stays = line["shipped"] or line["tied"] or named(self.world, number, line)
        if stays or len(order["lines"]) == 1:
            self._refuse(RefusedError, act)
        elif too_dear({**order, "lines": [each for each in order["lines"] if each is not line]}):
            self._refuse(InvalidValueError, act)
        else:
            self._take(lambda _: order["lines"].pop(place), act)

    # Taking back.

    def _now(self) -> tuple[World, dict[str, Any]]:
        return copy.deepcopy(self.world), stored_facts(self.shop.store)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        if self._is_asked_for(self.done[-1].event_id):
            self._refuse(RefusedError, lambda: history.undo(self.shop.store, now=self.shop.tick()))
            return
        self.undone.append((*self._now(), [*self.done]))
        history.undo(self.shop.store, now=self.shop.tick())
        last = self.done.pop()
        self.world = last.world
        assert last.facts is None or stored_facts(self.shop.store) == last.facts

    def _is_asked_for(self, event_id: int) -> bool:
        """Whether a supplier has a purchase order for the product that the step added, canceled since."""
        sql = """SELECT 1 FROM row_change r JOIN purchase_line b ON b.product_id = r.row_id
            WHERE r.event_id = ? AND r.table_name = 'product' AND r.before IS NULL"""
        with self.shop.store.read() as view:
            return bool(view.value(sql, (event_id,)))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        history.redo(self.shop.store, now=self.shop.tick())
        self.world, facts, self.done = self.undone.pop()
        assert stored_facts(self.shop.store) == facts

    def restart(self) -> None:
        """The history outlives the program."""
        self.shop.store.close()
        self.shop.store = Store.open(self.shop.store.path)

    # What always holds.

    @invariant()
    def the_store_is_as_the_model_says(self) -> None:
        with self.shop.store.read() as view:
            stock = view.all("SELECT sku, on_hand, stock_known, tracked, allocated, on_order FROM product")
        held = allocation(self.world)
        units = dict.fromkeys(self.world["products"], 0)
        for number, order in self.world["orders"].items():
            for line in order["lines"]:
                for sku, each in takes(self.world, line["sku"]).items():
                    units[sku] += each * held.get((number, line["position"]), 0)
        assert {sku: tuple(rest) for sku, *rest in stock} == {
            sku: (
                *(product["on_hand"], product["known"], product["tracked"]),
                *(units[sku] if product["tracked"] else 0, on_order(self.world, sku)),
            )
            for sku, product in self.world["products"].items()
        }
        assert stored_quantities(self.shop.store) == quantities(self.world)

    @invariant()
    def every_order_stands_as_its_units_say(self) -> None:
        with self.shop.store.read() as view:
            stored = dict(view.all("SELECT order_number, status FROM orders"))
        assert stored == {number: status(self.world, number) for number in self.world["orders"]}

    @invariant()
    def what_was_paid_is_what_came_in_and_no_more_of_it_is_owed(self) -> None:
        with self.shop.store.read() as view:
            ids = dict(view.all("SELECT order_number, id FROM orders WHERE paid = 1"))
            paid = {number: takings(view, key).paid for number, key in ids.items()}
            owed = {number: refund_to_make(view, key) for number, key in ids.items()}
        for number, order in self.world["orders"].items():
            if order["paid"] and None not in (left_to_pay(order), order["taken"]):
                assert (sum_paid := paid[number]) is not None
                assert sum_paid.minor == order["taken"]
                assert (due := owed[number]) is None or due.minor <= order["taken"]

    @invariant()
    def the_sums_of_the_rules_hold(self) -> None:
        for ordered, shipped, canceled, drop_ship, firm, allocated, backordered, pending in stored_quantities(
            self.shop.store
        ).values():
            assert ordered == shipped + canceled + drop_ship + allocated + backordered + pending
            assert min(shipped, canceled, drop_ship, firm, allocated, backordered, pending) >= 0
            assert not (backordered and pending)
        with self.shop.store.read() as view:
            tracked = view.all(
                "SELECT on_hand, on_hand - allocated, "
                "(SELECT coalesce(sum(backordered), 0) FROM order_line WHERE product_id = p.id) "
                "FROM product p WHERE tracked = 1"
            )
        for on_hand, idle, backordered in tracked:
            assert on_hand >= 0 and idle >= 0
            assert not (idle and backordered)

    @invariant()
    def no_rule_of_the_shop_is_broken(self) -> None:
        self.steps += 1
        if self.steps % 6 == 0:
            assert check(self.shop.store) == []
