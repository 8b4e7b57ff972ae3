"""Which unit is whose: kept, packed, put first, sent directly, canceled, replaced, taken back, bought elsewhere."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from orderdesk.domain.errors import NothingToDoError, RefusedError, TooManyError
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services import answers, drop_ship, firm, orders, priority, purchases, returns
from orderdesk.services.drafts import SourceDraft, SubstituteDraft
from orderdesk.services.steps import Step
from tests.services.histories import ANY, CUSTOMERS, DAYS, FEW, NUMBERS, some_of
from tests.services.kit_histories import KitHistories
from tests.services.slow_letters import local_day
from tests.services.slow_model import (
    World,
    allocation,
    leaving,
    move,
    new_line,
    new_purchase,
    open_units,
    somebody_ahead_waits,
    to_come,
    under_way,
    wanted_units,
)
from tests.services.supply_histories import SupplyHistories

_DIRECT = (drop_ship.send_direct, drop_ship.send_from_shelf, drop_ship.supplier_shipped)


class UnitHistories(KitHistories, SupplyHistories):
    """Everything that is about which unit is whose, beyond placing, receiving and shipping."""

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def keep_what_is_here(self, pick: int) -> None:
        number, order, order_id = self._order_where(pick, self._holds_more_than_it_keeps)

        def change(_: World) -> None:
            for line in order["lines"]:
                line["firm"] = max(line["firm"], self._here(number, line))

        def act() -> Step:
            return firm.keep_units(self.shop.store, order_id, now=self.shop.tick())

        if self._holds_more_than_it_keeps(number):
            self._take(change, act)
        else:
            self._refuse(NothingToDoError, act)

    def _holds_more_than_it_keeps(self, number: str) -> bool:
        return any(self._here(number, line) > line["firm"] for line in self.world["orders"][number]["lines"])

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, units=FEW, number=NUMBERS)
    def keep_units_from_who_comes_first(self, pick: int, units: int, number: str) -> None:
        """What is kept stays with its order when one comes that stands before it."""
        self.keep_what_is_here(pick)
        _, _, line, _, _ = self._line_with(pick, lambda _, line: line["firm"])
        product = sorted(self.world["products"]).index(line["sku"])
        self.place_order(number, [(product, units)], 1, True, 1, CUSTOMERS[pick % 2])

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def pack(self, pick: int) -> None:
        number, order, order_id = self._order(pick)
        parcel = leaving(self.world, number)
        more = [line for line in order["lines"] if parcel.get(line["position"], 0) > line["firm"]]

        def change(_: World) -> None:
            for line in more:
                line["firm"] = parcel[line["position"]]

        def act() -> Step:
            return firm.keep_packed(self.shop.store, order_id, now=self.shop.tick())

        if more:
            self._take(change, act)
        else:
            self._refuse(NothingToDoError, act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def let_go(self, pick: int) -> None:
        _, order, order_id = self._order(pick)

        def act() -> Step:
            return firm.let_go(self.shop.store, order_id, now=self.shop.tick())

        if any(line["firm"] for line in order["lines"]):
            self._take(lambda _: [line.update(firm=0) for line in order["lines"]], act)
        else:
            self._refuse(NothingToDoError, act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def put_first_or_back(self, pick: int) -> None:
        number, order, order_id = self._order(pick)
        if order["priority"]:
            self._take(
                lambda _: order.update(priority=0),
                lambda: priority.end_priority(self.shop.store, order_id, now=self.shop.tick()),
            )
            return
        highest = max(each["priority"] for each in self.world["orders"].values())
        before = allocation(self.world)
        order["priority"] = highest + 1
        gains = sum(allocation(self.world).values()) and any(
            allocation(self.world).get(key, 0) > before.get(key, 0)
            for key in allocation(self.world)
            if self.world["orders"][key[0]] is order
        )
        order["priority"] = 0

        def act() -> Step:
            return priority.prioritize(self.shop.store, order_id, now=self.shop.tick())

        if gains or somebody_ahead_waits(self.world, number):
            self._take(lambda _: order.update(priority=highest + 1), act)
        else:
            self._refuse(RefusedError, act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, policy=st.sampled_from(list(ShipPolicy)), of_line=st.booleans())
    def change_how_it_ships(self, pick: int, policy: ShipPolicy, of_line: bool) -> None:
        number, order, line, line_id = self._line(pick)
        order_id = orders.find_order(self.shop.store, number)
        whose = line if of_line else order

        def act() -> Step:
            if of_line:
                return orders.set_line_policy(self.shop.store, order_id, line_id, policy, now=self.shop.tick())
            return orders.set_ship_policy(self.shop.store, order_id, policy, now=self.shop.tick())

        if whose["policy"] == policy.value:
            self._refuse(RefusedError, act)
        else:
            self._take(lambda _: whose.update(policy=policy.value), act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, amount=ANY, resalable=st.booleans(), exchanged=st.booleans())
    def take_back(self, pick: int, amount: int, resalable: bool, exchanged: bool) -> None:
        _, order, line, line_id, most = self._line_with(pick, lambda _, line: line["shipped"] - line["returned"])
        sku, store, quantity = line["sku"], self.shop.store, some_of(most, amount)

        def change(world: World) -> None:
            line["returned"] += quantity
            move(world, sku, quantity if resalable else 0)
            if exchanged:
                self._stand_in(order, line, sku, quantity)

        def act() -> Step:
            if exchanged:
                return returns.exchange_units(store, line_id, quantity, self._id(sku), resalable=resalable, now=self.shop.tick())
            return returns.return_units(store, line_id, quantity, resalable=resalable, now=self.shop.tick())

        if quantity > most:
            self._refuse(TooManyError, act)
        else:
            self._take(change, act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, amount=ANY, resalable=st.booleans(), exchanged=st.booleans())
    def send_and_take_back(self, pick: int, amount: int, resalable: bool, exchanged: bool) -> None:
        """More often than two steps by chance."""
        self.ship_what_is_allocated(pick)
        self.take_back(pick, amount, resalable, exchanged)

    @staticmethod
    def _stand_in(order: World, line: World, sku: str, units: int) -> None:
        other = {**new_line(max(each["position"] for each in order["lines"]) + 1, sku, units), "extra": True}
        order["lines"].append(other)
        line["tied"] += 1
        other["tied"] += 1

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def cancel_what_waits(self, pick: int) -> None:
        number, order, order_id = self._order_where(pick, self._waits)

        def change(_: World) -> None:
            self._answered(number, "canceled")
            for line, short in [(line, self._short(number, line)) for line in order["lines"]]:
                line["canceled"] += short

        def act() -> Step:
            return answers.cancel_what_waits(self.shop.store, order_id, now=self.shop.tick())

        if any(self._short(number, line) for line in order["lines"]):
            self._take(change, act)
        else:
            self._refuse(NothingToDoError, act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, product=ANY, amount=ANY)
    def send_a_substitute(self, pick: int, product: int, amount: int) -> None:
        number, order, line, line_id, short = self._line_with(pick, self._short)
        sku, quantity = self._sku(product), some_of(short, amount)
        draft = SubstituteDraft(sku=sku, quantity=str(quantity))

        def change(_: World) -> None:
            self._answered(number, "substitute")
            line["canceled"] += quantity
            self._stand_in(order, line, sku, quantity)

        def act() -> Step:
            return answers.send_substitute(self.shop.store, line_id, draft, now=self.shop.tick())

        if 0 < quantity <= short and sku == line["sku"]:
            self._refuse(RefusedError, act)
        elif 0 < quantity <= short:
            self._take(change, act)
        else:
            waits = any(self._short(number, each) for each in order["lines"])
            self._refuse(TooManyError if waits else NothingToDoError, act)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, amount=ANY, which=st.integers(0, 2))
    def leave_it_to_the_supplier(self, pick: int, amount: int, which: int) -> None:
        _, _, line, line_id, most = self._line_with(pick, lambda _, line: line["drop_ship"] if which else wanted_units(line))
        act, quantity = _DIRECT[which], some_of(most, amount)

        def change(_: World) -> None:
            line["drop_ship"] += -quantity if which else quantity
            line["shipped"] += quantity if which == 2 else 0

        def step() -> Step:
            return act(self.shop.store, line_id, quantity, now=self.shop.tick())

        if quantity > most:
            self._refuse(TooManyError, step)
        else:
            self._take(change, step)

    @precondition(lambda self: any(self._wanted(*each) for each in self._lines()))
    @rule(pick=ANY, amount=ANY, more=ANY)
    def cancel_of_what_the_supplier_sends(self, pick: int, amount: int, more: int) -> None:
        """Of a line of which the supplier sends some, more is canceled than waits."""
        number, _, line, _, most = self._line_with(pick, self._wanted)
        self.leave_it_to_the_supplier(pick, amount % most, 0)
        short = self._short(number, line)
        self.cancel_units(self._pick_of(number, line, self._open), short + more % (open_units(line) - short))

    @staticmethod
    def _wanted(_: str, line: World) -> int:
        return wanted_units(line)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, day=st.one_of(st.none(), DAYS))
    def buy_elsewhere(self, pick: int, day: int | None) -> None:
        number, _, line, line_id, _ = self._line_with(pick, self._short)
        key = (number, line["position"])
        lines = [each for purchase in self.world["purchases"] if under_way(purchase) for each in purchase["lines"]]
        lacking = self._short(number, line) - sum(to_come(each) for each in lines if each["for"] == key)
        bought = {"sku": line["sku"], "quantity": lacking, "received": 0, "canceled": 0, "for": key}
        expected = day and local_day(self.shop.now) + timedelta(days=10 * day)

        def change(world: World) -> None:
            world["purchases"].append(new_purchase(self.moment, [bought], expected, sent=True))
            line["tied"] += 1

        def act() -> Step:
            draft = SourceDraft("Acme", expected_on=expected.isoformat() if expected else "")
            return purchases.source_line(self.shop.store, line_id, draft, now=self.shop.tick()).step

        if self.world["products"][line["sku"]]["parts"]:
            self._refuse(RefusedError, act)
        elif lacking > 0:
            self._take(change, act)
        else:
            self._refuse(NothingToDoError, act)
