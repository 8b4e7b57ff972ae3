"""What comes in from outside: purchase orders and what becomes of them, files with orders, listings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from orderdesk.domain.errors import NothingToDoError, RefusedError, TooManyError
from orderdesk.services import imports, listings, purchases
from orderdesk.services.days import shop_day
from orderdesk.services.import_results import ImportResult
from orderdesk.services.steps import Step
from orderdesk.storage.queries.expected import coverage
from orderdesk.storage.queries.listings import ListingsView, listing_ids, listing_rows
from tests.services.histories import ANY, DAYS, FEW, NUMBERS, Histories, some_of, start_of
from tests.services.slow_letters import expected_units, local_day
from tests.services.slow_model import (
    World,
    allocation,
    counts,
    fill,
    new_line,
    new_order,
    new_purchase,
    on_order,
    takes,
    to_come,
    under_way,
    wanted_units,
)
from tests.services.small_shops import STANDING_PURCHASE, stored_facts

_USUAL_LEAD = timedelta(days=14)
_ORDERS = "order_number,channel,placed_at,paid_at,currency,customer_name,sku,title,quantity,unit_price"
_LISTINGS = "listing_id,channel,sku,format,quantity,bids,price,currency,ends_at"


class PurchaseHistories(Histories):
    """What the seller buys."""

    @precondition(lambda self: self.world["products"])
    @rule(wanted=st.dictionaries(ANY, FEW, min_size=1, max_size=2), day=st.one_of(st.none(), DAYS))
    def draft_a_purchase(self, wanted: dict[int, int], day: int | None) -> None:
        units = {self._sku(pick): quantity for pick, quantity in wanted.items()}
        expected = day and local_day(self.shop.now) + timedelta(days=10 * day)
        lines = [{"sku": sku, "quantity": quantity, "received": 0, "canceled": 0, "for": None} for sku, quantity in units.items()]
        purchase = new_purchase(self.moment, lines, expected)

        def act() -> str:
            by_id = {self._id(sku): quantity for sku, quantity in units.items()}
            return purchases.draft_purchase(self.shop.store, "Acme", by_id, expected_on=expected, now=self.shop.tick())

        if any(self.world["products"][sku]["parts"] for sku in units):
            self._refuse(RefusedError, act)
        else:
            self._take(lambda world: world["purchases"].append(purchase), act)

    def _purchase(self, pick: int, holds: Callable[[World], bool]) -> tuple[World, int]:
        """Mostly one of the purchase orders of which that holds, if any does."""
        every = self.world["purchases"]
        places = [place for place, purchase in enumerate(every) if pick % 5 and holds(purchase)] or list(range(len(every)))
        place = places[pick % len(places)]
        with self.shop.store.read() as view:
            ids = [key for (key,) in view.all(f"SELECT id FROM purchase_order WHERE id {STANDING_PURCHASE} ORDER BY id")]
        return self.world["purchases"][place], ids[place]

    @precondition(lambda self: self.world["purchases"])
    @rule(pick=ANY)
    def send_a_purchase(self, pick: int) -> None:
        purchase, key = self._purchase(pick, lambda each: not each["sent"])
        with self.shop.store.read() as view:
            today = shop_day(view, self.shop.now)

        def act() -> Step:
            return purchases.send_purchase(self.shop.store, key, now=self.shop.tick())

        kits = [line for line in purchase["lines"] if self.world["products"][line["sku"]]["parts"]]
        if purchase["sent"] or purchase["canceled"] or kits:
            self._refuse(RefusedError, act)
        else:
            self._take(lambda _: purchase.update(sent=True, expected=purchase["expected"] or today + _USUAL_LEAD), act)

    @precondition(lambda self: self.world["purchases"])
    @rule(pick=ANY, amount=ANY, whole=st.booleans())
    def receive_a_purchase(self, pick: int, amount: int, whole: bool) -> None:
        """All that is to come of it, or some units of one of its lines."""
        purchase, key = self._purchase(pick, under_way)
        place = pick % len(purchase["lines"])
        line = purchase["lines"][place]
        with self.shop.store.read() as view:
            sql = "SELECT id FROM purchase_line WHERE purchase_order_id = ? ORDER BY position"
            line_id = [key for (key,) in view.all(sql, (key,))][place]
        came = [(each, to_come(each)) for each in purchase["lines"]] if whole else [(line, some_of(to_come(line), amount))]

        def change(world: World) -> None:
            for each, units in came:
                if units:
                    world["products"][each["sku"]]["on_hand"] += units
                    world["products"][each["sku"]]["known"] = True
                    fill(world, each, units)

        def act() -> Step:
            units = None if whole else {line_id: came[0][1]}
            return purchases.receive_purchase(self.shop.store, key, units, now=self.shop.tick())

        if not under_way(purchase) or not any(map(to_come, purchase["lines"])):
            self._refuse(RefusedError, act)
        elif any(units > to_come(each) for each, units in came):
            self._refuse(TooManyError, act)
        else:
            self._take(change, act)

    @precondition(lambda self: self.world["purchases"])
    @rule(pick=ANY)
    def cancel_a_purchase(self, pick: int) -> None:
        purchase, key = self._purchase(pick, under_way)

        def change(_: World) -> None:
            purchase["canceled"] = True
            for line in purchase["lines"]:
                line["canceled"] = line["quantity"] - line["received"]

        def act() -> Step:
            return purchases.cancel_purchase(self.shop.store, key, now=self.shop.tick())

        if purchase["canceled"] or not any(map(to_come, purchase["lines"])):
            self._refuse(RefusedError, act)
        else:
            self._take(change, act)

    @invariant()
    def purchases_are_as_the_model_says(self) -> None:
        with self.shop.store.read() as view:
            rows = view.all(
                "SELECT o.id, o.sent_on IS NOT NULL, o.canceled_on IS NOT NULL, o.expected_on, "
                "p.sku, b.quantity, b.received, b.canceled "
                "FROM purchase_order o JOIN purchase_line b ON b.purchase_order_id = o.id JOIN product p ON p.id = b.product_id "
                f"WHERE o.id {STANDING_PURCHASE} ORDER BY o.id, b.position"
            )
        assert [tuple(row[1:]) for row in rows] == [
            (
                *(purchase["sent"], purchase["canceled"], purchase["expected"] and purchase["expected"].isoformat()),
                *(line[name] for name in ("sku", "quantity", "received", "canceled")),
            )
            for purchase in self.world["purchases"]
            for line in purchase["lines"]
        ]
        assert all(on_order(self.world, sku) >= 0 for sku in self.world["products"])

    @invariant()
    def units_come_when_the_deliveries_of_the_queue_do(self) -> None:
        with self.shop.store.read() as view:
            today = local_day(self.shop.now)
            covered = coverage(view, [key for (key,) in view.all("SELECT id FROM product")], today=today)
            names = view.all("SELECT l.id, o.order_number, l.position FROM order_line l JOIN orders o ON o.id = l.order_id")
        lines = {key: (number, place) for key, number, place in names}
        days = {lines[key]: [day for units, day in each.parts for _ in range(units)] for key, each in covered.items()}
        rest = {lines[key]: each.uncovered for key, each in covered.items()}
        coming = expected_units(self.world, today)
        expected = {key: sorted(filter(None, units)) for key, units in coming.items() if any(units)}
        assert {key: sorted(each) for key, each in days.items()} == expected
        assert rest == {key: coming[key].count(None) for key in expected}


class SupplyHistories(PurchaseHistories):
    """What comes in from outside: deliveries, and files."""

    def _import(self, name: str, head: str, rows: list[str]) -> ImportResult:
        path = self.shop.store.path.parent / name
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return imports.import_files(self.shop.store, [Path(path)], now=self.shop.tick())

    @precondition(lambda self: self.world["products"])
    @rule(number=NUMBERS, wanted=st.dictionaries(ANY, FEW, min_size=1, max_size=2), day=DAYS)
    def import_an_order(self, number: str, wanted: dict[int, int], day: int) -> None:
        """An order as a file has it, which takes units from later ones; the same file a second time changes nothing."""
        if number in self.world["orders"]:
            return
        units = {self._sku(pick): quantity for pick, quantity in wanted.items()}
        placed = date(2026, 11, day)
        rows = [
            f"{number},own,{placed},{placed},USD,Buyer of {number},{sku},Product {sku},{quantity},10.00"
            for sku, quantity in units.items()
        ]
        lines = [new_line(place, sku, quantity) for place, (sku, quantity) in enumerate(units.items(), start=1)]
        order = new_order(f"file {number}", start_of(placed), True, None, lines)
        earlier = allocation(self.world)
        made: list[ImportResult] = []
        self._take(
            lambda world: world["orders"].update({number: order}),
            lambda: made.append(self._import("orders.csv", _ORDERS, rows)),
        )
        later, (done,) = allocation(self.world), made
        moved = [key for key in {*earlier, *later} if key[0] != number and earlier.get(key, 0) != later.get(key, 0)]
        assert sorted((each.order_number, each.before, each.after) for each in (*done.lost, *done.gained)) == sorted(
            (key[0], earlier.get(key, 0), later.get(key, 0)) for key in moved
        )
        facts = stored_facts(self.shop.store)
        assert self._import("orders.csv", _ORDERS, rows).import_id is None
        assert stored_facts(self.shop.store) == facts

    @precondition(lambda self: self.world["products"])
    @rule(pick=ANY, listing=st.integers(1, 2), quantity=st.integers(1, 9))
    def list_units(self, pick: int, listing: int, quantity: int) -> None:
        """A listing as a file has it: new, or changed."""
        sku, number = self._sku(pick), str(listing)
        self._take(
            lambda world: world["listings"].update({(number, sku): quantity}),
            lambda: self._import("listings.csv", _LISTINGS, [f"{number},ebay,{sku},fixed_price,{quantity},0,10.00,USD,"]),
        )

    @precondition(lambda self: self.world["listings"])
    @rule(pick=ANY)
    def follow_the_advice(self, pick: int) -> None:
        """Fixed prices are taken back to what is free to list."""
        key = sorted(self.world["listings"])[pick % len(self.world["listings"])]
        ids = self._listing_ids()
        keep = self._may_keep()[key]

        def act() -> Step:
            return listings.mark_done(self.shop.store, [ids[key]], now=self.shop.tick())

        if keep < self.world["listings"][key]:
            self._take(lambda world: world["listings"].update({key: keep}), act)
        else:
            self._refuse(NothingToDoError, act)

    def _listing_ids(self) -> dict[tuple[str, str], int]:
        with self.shop.store.read() as view:
            sql = "SELECT i.listing_id, p.sku, i.id FROM listing i JOIN product p ON p.id = i.product_id"
            return {(number, sku): key for number, sku, key in view.all(sql)}

    def _free(self, sku: str) -> int:
        """Units on hand that nobody wants."""
        demand = 0
        for order in self.world["orders"].values():
            for line in order["lines"]:
                if counts(self.world, order, line):
                    demand += wanted_units(line) * takes(self.world, line["sku"]).get(sku, 0)
        return max(0, int(self.world["products"][sku]["on_hand"]) - demand)

    def _may_keep(self) -> dict[tuple[str, str], int]:
        """By listing what may stay on offer, the first one first, alone and in kits; all of it where stock is not counted."""
        products, keep = self.world["products"], {}
        rest = {sku: self._free(sku) if product["known"] else 0 for sku, product in products.items() if product["tracked"]}
        for (number, sku), quantity in self.world["listings"].items():
            is_unknown = products[sku]["tracked"] and not products[sku]["known"]
            taken = {} if is_unknown else {part: each for part, each in takes(self.world, sku).items() if part in rest}
            keep[number, sku] = min([quantity, *(rest[part] // each for part, each in taken.items())])
            for part, each in taken.items():
                rest[part] -= keep[number, sku] * each
        return keep

    # What always holds.

    @invariant()
    def listings_are_as_the_model_says(self) -> None:
        with self.shop.store.read() as view:
            today = shop_day(view, self.shop.now)
            rows = listing_rows(view, listing_ids(view, ListingsView(), today=today), today=today)
        assert {(row.listing_id, row.sku): row.quantity for row in rows} == self.world["listings"]
        assert {(row.listing_id, row.sku): row.keep for row in rows} == self._may_keep()
