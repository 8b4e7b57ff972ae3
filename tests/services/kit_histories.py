"""Kits and single sales of their parts, while parts come in on their days."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from typing_extensions import override

from orderdesk.domain.errors import RefusedError
from orderdesk.services import products
from orderdesk.services.steps import Step
from tests.services.histories import ANY, DAYS, FEW, WANTED
from tests.services.slow_model import World, on_order, takes
from tests.services.supply_histories import PurchaseHistories


class KitHistories(PurchaseHistories):
    """What is put together from what."""

    @override
    @initialize(
        stock=st.lists(st.integers(0, 4), min_size=2, max_size=3),
        first=st.lists(WANTED, min_size=2, max_size=4),
        picks=st.dictionaries(st.integers(0, 1), st.integers(1, 3), min_size=1, max_size=2),
    )
    def open_shop(self, stock: list[int | None], first: list[list[tuple[int, int]]], picks: dict[int, int] | None = None) -> None:
        super().open_shop(stock, first)
        if picks:
            self.sell_a_kit(picks)

    @precondition(lambda self: self.world["products"])
    @rule(picks=st.dictionaries(ANY, st.integers(1, 3), min_size=1, max_size=2))
    def sell_a_kit(self, picks: dict[int, int]) -> None:
        """A new product that is put together from others."""
        parts = {self._sku(pick): quantity for pick, quantity in picks.items()}
        self.made += 1
        sku, text = f"K{self.made}", "; ".join(f"{quantity} x {part}" for part, quantity in parts.items())
        kit = {"on_hand": 0, "known": False, "tracked": False, "parts": parts}

        def act() -> int:
            return self.shop.stock(sku, None, parts=text)

        if any(self.world["products"][part]["parts"] for part in parts):
            self._refuse(RefusedError, act)
        else:
            self._take(lambda world: world["products"].update({sku: kit}), act)

    @precondition(lambda self: self.world["products"])
    @rule(pick=ANY, other=ANY, quantity=st.integers(0, 3))
    def change_what_is_in_a_kit(self, pick: int, other: int, quantity: int) -> None:
        """0 makes it a product without parts, which still has no stock of its own."""
        sku, part = self._sku(pick), self._sku(other)
        product, holder = self.world["products"][sku], self.world["products"][part]
        draft = products.draft_of_product(self.shop.store, self._id(sku))
        draft.parts = f"{quantity} x {part}" if quantity else ""
        parts = {part: quantity} if quantity else {}

        def change(world: World) -> None:
            world["products"][sku].update(parts=parts)
            if parts:
                world["products"][sku].update(tracked=False, known=False)

        def act() -> Step:
            return products.edit_product(self.shop.store, self._id(sku), draft, now=self.shop.tick())

        others = (each["parts"] for each in self.world["products"].values())
        own = product["on_hand"] or on_order(self.world, sku)
        if parts != product["parts"] and parts and (sku == part or holder["parts"] or own or any(sku in each for each in others)):
            self._refuse(RefusedError, act)
        else:
            self._take(change, act)

    @precondition(lambda self: any(map(self._waits, self.world["orders"])))
    @rule(pick=ANY, units=FEW, day=DAYS)
    def buy_what_lacks(self, pick: int, units: int, day: int) -> None:
        """What a line that is short takes, of one product or of each part."""
        _, _, line, _, _ = self._line_with(pick, self._short)
        every = sorted(self.world["products"])
        self.draft_a_purchase({every.index(sku): units for sku in takes(self.world, line["sku"])}, day)
        drafts = [place for place, each in enumerate(self.world["purchases"]) if not each["sent"] and not each["canceled"]]
        self.send_a_purchase(len(drafts) * (pick + 1) - 1)
