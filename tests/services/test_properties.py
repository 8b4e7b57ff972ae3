"""Random histories of a shop, checked after every step against a slow model written only from the rules of allocation."""

from __future__ import annotations

import copy
import os
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from orderdesk.domain.errors import OrderDeskError, TooManyError
from orderdesk.services import history, order_entry, orders
from orderdesk.services.checks import check
from orderdesk.storage.store import Store
from tests.builders import HOLLOW_OAK, Shop, make_shop

FEW = st.integers(1, 6)
DAYS = st.integers(1, 5).map(lambda day: f"2026-11-0{day}")


@dataclass
class Line:
    product: str
    ordered: int
    shipped: int = 0
    canceled: int = 0

    @property
    def open(self) -> int:
        return self.ordered - self.shipped - self.canceled


@dataclass
class ModelOrder:
    number: str
    since: datetime
    paid: bool
    hold: bool
    lines: list[Line]


@dataclass
class Model:
    """The rules, slowly: who stands where in the queue, and what each line gets."""

    on_hand: dict[str, int | None] = field(default_factory=dict)
    orders: dict[str, ModelOrder] = field(default_factory=dict)

    def allocated(self, product: str) -> dict[tuple[str, int], int]:
        """Units by (order number, place in the order); lines that do not count are left out."""
        left = self.on_hand[product]
        if left is None:
            return {}
        answer = {}
        for order in sorted(self.orders.values(), key=lambda order: (order.since, self._as_counted(order.number))):
            for place, line in enumerate(order.lines):
                if line.product == product and order.paid and not order.hold and line.open:
                    answer[order.number, place] = min(left, line.open)
                    left -= answer[order.number, place]
        return answer

    @staticmethod
    def _as_counted(number: str) -> list[object]:
        return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", number)]


@cache
def _empty_shop() -> Path:
    folder = Path(tempfile.mkdtemp())
    make_shop(folder).store.close()
    return folder / "shop.orderdesk"


class Histories(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(_empty_shop(), self.folder / "shop.orderdesk")
        self.shop = Shop(Store.open(self.folder / "shop.orderdesk"))
        self.model = Model()
        self.done: list[Model] = []
        self.undone: list[Model] = []
        self.named = 0

    def _step(self) -> None:
        """Remember the state before a step, for undo."""
        self.done.append(copy.deepcopy(self.model))
        self.undone.clear()

    @rule(on_hand=st.one_of(st.none(), st.integers(0, 6)))
    def add_product(self, on_hand: int | None) -> None:
        self._step()
        self.named += 1
        sku = f"P{self.named}"
        self.shop.stock(sku, on_hand)
        self.model.on_hand[sku] = on_hand

    @precondition(lambda self: self.model.on_hand)
    @rule(data=st.data(), day=DAYS, paid=st.booleans())
    def place_order(self, data: st.DataObject, day: str, paid: bool) -> None:
        wanted = data.draw(st.lists(st.tuples(st.sampled_from(sorted(self.model.on_hand)), FEW), min_size=1, max_size=3))
        self.named += 1
        number = f"#{data.draw(st.integers(1, 30))}/{self.named}"
        self._step()
        self.shop.order(number, *wanted, placed_on=day, paid=paid)
        since = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(HOLLOW_OAK.time_zone)).astimezone(UTC)
        self.model.orders[number] = ModelOrder(number, since, paid, False, [Line(*line) for line in wanted])

    @precondition(lambda self: self.model.on_hand)
    @rule(data=st.data(), quantity=FEW)
    def receive(self, data: st.DataObject, quantity: int) -> None:
        product = data.draw(st.sampled_from(sorted(self.model.on_hand)))
        self._step()
        self.shop.receive(product, quantity)
        self.model.on_hand[product] = (self.model.on_hand[product] or 0) + quantity

    @precondition(lambda self: self.model.on_hand)
    @rule(data=st.data(), quantity=st.integers(0, 9))
    def count(self, data: st.DataObject, quantity: int) -> None:
        product = data.draw(st.sampled_from(sorted(self.model.on_hand)))
        if self.model.on_hand[product] == quantity:
            return  # a count that finds what was known changes nothing and is no step to undo
        self._step()
        self.shop.count(product, quantity)
        self.model.on_hand[product] = quantity

    @precondition(lambda self: self.model.orders)
    @rule(data=st.data(), quantity=FEW)
    def cancel_units(self, data: st.DataObject, quantity: int) -> None:
        order, place = self._some_line(data)
        line, line_id = order.lines[place], self._line_ids(order.number)[place]
        if quantity > line.open:
            with pytest.raises(TooManyError):
                orders.cancel_line(self.shop.store, line_id, quantity, now=self.shop.tick())
            return
        self._step()
        orders.cancel_line(self.shop.store, line_id, quantity, now=self.shop.tick())
        line.canceled += quantity

    @precondition(lambda self: self.model.orders)
    @rule(data=st.data())
    def hold_or_release(self, data: st.DataObject) -> None:
        order = self._some_order(data)
        self._step()
        act = orders.release_order if order.hold else orders.hold_order
        act(self.shop.store, self.shop.orders[order.number], now=self.shop.tick())
        order.hold = not order.hold

    @precondition(lambda self: any(not order.paid for order in self.model.orders.values()))
    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        unpaid = sorted(number for number, order in self.model.orders.items() if not order.paid)
        order = self.model.orders[data.draw(st.sampled_from(unpaid))]
        self._step()
        now = self.shop.tick()
        orders.mark_paid(self.shop.store, self.shop.orders[order.number], now=now)
        order.paid, order.since = True, now

    @precondition(lambda self: self.model.orders)
    @rule(data=st.data())
    def ship(self, data: st.DataObject) -> None:
        order = self._some_order(data)
        parcel = {
            place: units
            for product in self.model.on_hand
            for (number, place), units in self.model.allocated(product).items()
            if number == order.number and units
        }
        if not parcel:
            with pytest.raises(OrderDeskError):
                orders.ship_order(self.shop.store, self.shop.orders[order.number], now=self.shop.tick())
            return
        self._step()
        orders.ship_order(self.shop.store, self.shop.orders[order.number], now=self.shop.tick())
        for place, units in parcel.items():
            order.lines[place].shipped += units
            self.model.on_hand[order.lines[place].product] -= units  # type: ignore[operator]

    @precondition(lambda self: self.model.orders)
    @rule(data=st.data(), quantity=FEW)
    def change_quantity(self, data: st.DataObject, quantity: int) -> None:
        order, place = self._some_line(data)
        line = order.lines[place]
        draft = order_entry.draft_of_order(self.shop.store, self.shop.orders[order.number])
        draft.lines[place].quantity = str(quantity)
        if quantity < line.shipped + line.canceled:
            with pytest.raises(TooManyError):
                order_entry.edit_order(self.shop.store, self.shop.orders[order.number], draft, now=self.shop.tick())
            return
        if quantity != line.ordered:
            self._step()
        order_entry.edit_order(self.shop.store, self.shop.orders[order.number], draft, now=self.shop.tick())
        line.ordered = quantity

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.undone.append(copy.deepcopy(self.model))
        history.undo(self.shop.store, now=self.shop.tick())
        self.model = self.done.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.done.append(copy.deepcopy(self.model))
        history.redo(self.shop.store, now=self.shop.tick())
        self.model = self.undone.pop()

    @invariant()
    def store_and_model_agree(self) -> None:
        with self.shop.store.read() as view:
            known = dict(view.all("SELECT sku, CASE WHEN stock_known THEN on_hand END FROM product"))
            lines = view.all(
                "SELECT o.order_number, l.position - 1, l.ordered, l.shipped, l.canceled, l.allocated, l.backordered, l.pending "
                "FROM order_line l JOIN orders o ON o.id = l.order_id"
            )
        assert known == self.model.on_hand
        shares = {key: units for product in self.model.on_hand for key, units in self.model.allocated(product).items()}
        expected = []
        for order in self.model.orders.values():
            for place, line in enumerate(order.lines):
                counts = order.paid and not order.hold and self.model.on_hand[line.product] is not None
                units = shares.get((order.number, place), 0)
                short, pending = (line.open - units, 0) if counts else (0, line.open)
                expected.append((order.number, place, line.ordered, line.shipped, line.canceled, units, short, pending))
        assert sorted(lines) == sorted(expected)

    @invariant()
    def every_rule_of_the_shop_holds(self) -> None:
        assert check(self.shop.store) == []

    def teardown(self) -> None:
        self.shop.store.close()
        shutil.rmtree(self.folder)

    def _some_order(self, data: st.DataObject) -> ModelOrder:
        return self.model.orders[data.draw(st.sampled_from(sorted(self.model.orders)))]

    def _some_line(self, data: st.DataObject) -> tuple[ModelOrder, int]:
        order = self._some_order(data)
        return order, data.draw(st.integers(0, len(order.lines) - 1))

    def _line_ids(self, number: str) -> list[int]:
        with self.shop.store.read() as view:
            return [row[0] for row in view.all("SELECT id FROM order_line WHERE order_id = ? ORDER BY position", (self.shop.orders[number],))]


TestHistories = pytest.mark.timeout(300)(Histories.TestCase)
# ORDERDESK_HISTORIES=10000 is the nightly size.
TestHistories.settings = settings(
    max_examples=int(os.environ.get("ORDERDESK_HISTORIES", "40")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_receiving_and_counting_back_is_the_identity(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.order("1", ("A", 3))
    shop.order("2", ("A", 3))
    before = shop.quantities("1", "A"), shop.quantities("2", "A")
    shop.receive("A", 3)
    shop.count("A", 2)
    assert (shop.quantities("1", "A"), shop.quantities("2", "A")) == before

