"""What came in, less what went back of what was owed and what the customer keeps, is what is owed or still to be paid: after
every step, whatever was given beside.
"""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from orderdesk.domain.errors import OrderDeskError
from orderdesk.services.drafts import RefundDraft
from orderdesk.services.history import undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, mark_paid, ship_order
from orderdesk.services.refunds import record_refund
from orderdesk.services.returns import return_units
from orderdesk.services.steps import Step
from orderdesk.storage.queries.orders import order_rows
from orderdesk.storage.queries.refunds import refunds_left, refunds_owed, takings
from tests.builders import Shop
from tests.services.small_shops import small_shop

NUMBER = "1001"
STEPS = st.one_of(
    st.tuples(st.sampled_from(["cancel", "return"]), st.sampled_from(["LAMP", "BOOK"]), st.integers(1, 2)),
    st.tuples(st.just("quantity"), st.integers(0, 1), st.integers(1, 6)),
    st.tuples(st.just("price"), st.integers(0, 1), st.integers(1, 1500)),
    st.tuples(st.just("charge"), st.sampled_from(["shipping", "tax", "discount"]), st.none() | st.integers(0, 999)),
    st.tuples(st.just("refund"), st.integers(1, 4), st.just(0)),
    st.tuples(st.just("undo"), st.integers(0, 20), st.just(0)),
    st.tuples(st.sampled_from(["paid", "unpaid", "ship", "note"]), st.just(0), st.just(0)),
)


class Books:
    """An order's payments and refunds, written down beside the shop: what each step took in, paid back of what was owed, and gave
    beside that.
    """

    def __init__(self, shop: Shop) -> None:
        self.shop, self.order = shop, shop.orders[NUMBER]
        self.moved: dict[int, tuple[int, int, int]] = {}
        self.notes: set[int] = set()

    def facts(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        with self.shop.store.read() as view:
            lines = [view.record("order_line", key) for (key,) in view.all("SELECT id FROM order_line ORDER BY id")]
            return view.record("orders", self.order), lines

    def kept(self) -> int:
        """What is not canceled costs with its share of discount and tax; the shipping goes with the last unit."""
        order, lines = self.facts()
        shipping, tax, discount = (order[f"{name}_minor"] or 0 for name in ("shipping", "tax", "discount"))
        goods = sum(line["ordered"] * line["unit_price_minor"] for line in lines)
        gone = sum(line["canceled"] * line["unit_price_minor"] for line in lines)
        shares = [int(part * gone / goods + 0.5) if goods else 0 for part in (discount, tax)]
        all_gone = all(line["canceled"] == line["ordered"] for line in lines)
        return int(goods + shipping + tax - discount - max(0, gone - shares[0] + shares[1] + shipping * all_gone))

    @property
    def so_far(self) -> tuple[int, int, int]:
        came, back, given = zip(*self.moved.values(), strict=True) if self.moved else ((), (), ())
        return sum(came), sum(back), sum(given)

    def owed(self) -> int:
        """Who got back all they paid is owed nothing, whatever it was for."""
        came, back, given = self.so_far
        return max(0, came - back - self.kept()) if back + given < came else 0

    def step_to_undo(self, what: int) -> int:
        steps = sorted(self.moved)
        return steps[-1 - what % len(steps)] if steps else 0

    def may_refuse(self, kind: str, what: Any, much: Any) -> bool:
        """Whether the shop may refuse a step: a note it never does, nor to undo one but for later notes."""
        (came, back, given), (order, lines) = self.so_far, self.facts()
        match kind:
            case "undo":
                step_id = self.step_to_undo(what)
                later = {each for each in self.moved if each > step_id}
                return not step_id or bool(later & self.notes if step_id in self.notes else later)
            case "cancel":
                return any(each["sku"] == what and each["ordered"] - each["shipped"] - each["canceled"] < much for each in lines)
            case "ship":
                return not any(each["allocated"] for each in lines)
            case "paid":
                return bool(order["paid"]) and came - back >= self.kept()
            case "unpaid":
                return back + given > 0 or self.owed() > 0 or any(each["shipped"] for each in lines)
            case "refund":
                return came - back - given <= 0
            case "return":
                return any(each["sku"] == what and each["shipped"] - each["returned"] < much for each in lines)
        return kind != "note"  # less may not be ordered than was sent, nor come to less than nothing

    def take(self, kind: str, what: Any, much: Any) -> None:
        came, back, given = self.so_far
        if kind == "paid":
            self._do(mark_paid(self.shop.store, self.order, now=self.shop.tick()), came=self.kept() - came + back)
        elif kind == "refund":
            amount = max(1, self.owed() // what, (came - back - given) // what)
            of_owed = min(amount, self.owed())
            draft = RefundDraft(amount=f"{amount / 100:.2f}")
            step = record_refund(self.shop.store, self.order, draft, although_not_owed=True, now=self.shop.tick())
            self._do(step, back=of_owed, given=amount - of_owed)
        elif kind == "cancel":
            self._do(cancel_line(self.shop.store, self.shop.line(NUMBER, what), much, now=self.shop.tick()))
        elif kind == "return":
            line = self.shop.line(NUMBER, what)
            self._do(return_units(self.shop.store, line, much, resalable=True, now=self.shop.tick()))
        elif kind == "ship":
            self._do(ship_order(self.shop.store, self.order, now=self.shop.tick()))
        elif kind == "undo":
            step_id = self.step_to_undo(what)
            undo(self.shop.store, event_id=step_id, now=self.shop.tick())
            del self.moved[step_id]
        else:
            self._edit(kind, what, much)

    def _edit(self, kind: str, what: Any, much: int | None) -> None:
        draft = draft_of_order(self.shop.store, self.order)
        if kind == "quantity":
            draft.lines[what].quantity = str(much)
        elif kind == "price":
            draft.lines[what].unit_price = f"{(much or 0) / 100:.2f}"
        elif kind == "unpaid":
            draft.paid = False
        elif kind == "note":
            draft.note = f"Step {self.shop.now}"
        else:
            setattr(draft, what, "" if much is None else f"{much / 100:.2f}")
        came = -self.so_far[0] if kind == "unpaid" else 0
        step = edit_order(self.shop.store, self.order, draft, now=self.shop.tick())
        self._do(step, came=came)
        if kind == "note":
            self.notes.add(step.event_id)

    def _do(self, step: Step, *, came: int = 0, back: int = 0, given: int = 0) -> None:
        if step.undoable:
            self.moved[step.event_id] = (came, back, given)

    def check(self) -> None:
        """The shop's own sums are those of the books; where the order is paid, for until then nothing is owed."""
        (came, back, given), kept = self.so_far, self.kept()
        with self.shop.store.read() as view:
            money, left = takings(view, self.order), refunds_left(view, [self.order])[self.order]
            (row,) = order_rows(view, [self.order], today=self.shop.now.date())
            listed = sum(each.amount.minor for each in refunds_owed(view) if each.amount)
        assert money.back.minor == back + given
        assert left is not None
        if row.paid:
            assert money.paid is not None
            assert money.paid.minor == came
            assert left.minor == listed == self.owed()
            assert row.has_rest_to_pay == (came - back < kept)
        else:
            assert (came, back, given, left.minor, listed, row.has_rest_to_pay) == (0, 0, 0, 0, 0, False)


@example(paid=True, steps=[("cancel", "LAMP", 1), ("unpaid", 0, 0), ("undo", 0, 0)])
@example(paid=False, steps=[("note", 0, 0), ("paid", 0, 0), ("ship", 0, 0), ("undo", 2, 0)])
@example(paid=True, steps=[("price", 1, 1), ("quantity", 1, 1), ("undo", 1, 0)])
@example(paid=True, steps=[("quantity", 0, 4), ("paid", 0, 0), ("undo", 2, 0)])
@example(paid=True, steps=[("ship", 0, 0), ("return", "LAMP", 2), ("refund", 2, 0), ("cancel", "BOOK", 1), ("refund", 1, 0)])
@given(paid=st.booleans(), steps=st.lists(STEPS, max_size=14))
def test_the_money_of_an_order_adds_up(paid: bool, steps: list[tuple[str, Any, Any]]) -> None:
    with small_shop() as shop:
        shop.stock("LAMP", 3)
        shop.stock("BOOK", 1)
        shop.order(NUMBER, ("LAMP", 3), ("BOOK", 2), paid=False, discount="4.99", tax="1.01", shipping="5.00")
        books = Books(shop)
        for step in [("paid", 0, 0), *steps] if paid else steps:
            with suppress(OrderDeskError) if books.may_refuse(*step) else nullcontext():  # what is refused changes nothing
                books.take(*step)
            books.check()
