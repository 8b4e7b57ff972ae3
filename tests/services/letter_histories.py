"""What customers are told and what they answer: letters, told by letter or on the phone, answers, coupons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from orderdesk.documents.letter import Letter
from orderdesk.domain.errors import (
    AlreadyToldError,
    CouponError,
    NothingBackorderedError,
    NothingToDoError,
    OrderDeskError,
    RefusedError,
)
from orderdesk.domain.notices import ToldBy
from orderdesk.services import answers, apologies, coupons, endings, telling
from orderdesk.services.apologies import Apology, ApologyRun
from orderdesk.services.steps import Step
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.coupon_figures import coupon_figures
from orderdesk.storage.queries.outcomes import outcomes
from tests.services.histories import ANY, Histories
from tests.services.slow_letters import (
    asks_as_it_did,
    can_send_rest,
    dates_to_give,
    has_slipped,
    local_day,
    rights,
    says_what_waits,
    speak_of,
    substitutes,
    unheard_lines,
    usual_worth,
    waiting_lines,
)
from tests.services.slow_model import World, has_answered, last_told, left_to_pay, letter_told, open_units
from tests.services.small_shops import stored_facts


def _somebody_waits(history: Histories) -> bool:
    return any(order["case"] is not None for order in history.world["orders"].values())


class LetterHistories(Histories):
    """A letter of the model has the lines it speaks of with the units short, and its coupon's code."""

    @precondition(_somebody_waits)
    @rule(pick=ANY)
    def apologize(self, pick: int) -> None:
        """One letter for all that the customer waits for and does not know of; a second click shows the same."""
        number, order, order_id = self._order_where(pick, self._waits)
        group = self._group(number) if self._waits(number) else []
        before, facts = self._now()
        run = self._apologize(order_id)
        said_all = all(self._is_known(self.world["orders"][each]) and not self._is_news(each) for each in group)
        letter = self.world["letters"].get(order["letter"])
        unsent = not all(self._is_known(self.world["orders"][each]) for each in group)
        says_more = said_all and bool(group) and letter["lines"] != waiting_lines(self.world, group)
        if not group or says_more or (unsent and self._is_old_news(group)):
            assert sorted(each.order_number for each in run.refused) == sorted(group or [number])
            assert (run.apologies, stored_facts(self.shop.store)) == ((), facts)
            return
        (made,) = run.apologies
        assert set(made.order_numbers) == set(group)
        if said_all or self._lies_ready(group):
            assert (made.notice_id, stored_facts(self.shop.store)) == (order["letter"], facts)
        else:
            self._note_letter(group, made)
            self._follow(before, facts)
        self._same_again(order_id, made)

    def _apologize(self, order_id: int) -> ApologyRun:
        return apologies.apologize(self.shop.store, [order_id], now=self.shop.tick())

    def _group(self, number: str) -> list[str]:
        """The orders that one letter is about: those of the letter that the customer has, where it holds, else all that they have
        to hear of, with the others of a letter that does not hold.
        """
        mine, orders = self.world["orders"][number], self.world["orders"]
        waiting = [key for key in orders if orders[key]["customer"] == mine["customer"] and self._waits(key)]
        of_my_letter = [key for key in waiting if orders[key]["letter"] == mine["letter"]]
        if self._is_known(mine) and not any(map(self._is_news, of_my_letter)):
            return of_my_letter
        overtaken = {orders[key]["letter"] for key in waiting if self._has_slipped(key)}
        return [key for key in waiting if key == number or self._has_to_hear(key) or orders[key]["letter"] in overtaken - {None}]

    def _has_to_hear(self, number: str) -> bool:
        """Who does not know of all that waits, was given a day that does not hold, or has a letter to come that says so of any
        order, or is the first about one.
        """
        order = self.world["orders"][number]
        return self._is_news(number) or (self._has_one_to_come(order) and not self._is_old_news(self._orders_of(order["letter"])))

    def _is_old_news(self, numbers: list[str]) -> bool:
        """Whether customers have had letters that say all that there is to say of these orders."""
        return all(self._was_told(number) and not self._is_news(number) for number in numbers if self._waits(number))

    def _is_news(self, number: str) -> bool:
        return bool(unheard_lines(self.world, number)) or self._has_slipped(number)

    def _has_slipped(self, number: str) -> bool:
        return bool(self.world["orders"][number]["told"]) and has_slipped(self.world, number, self._today())

    def _today(self) -> date:
        return local_day(self.shop.now)

    def _lies_ready(self, group: list[str]) -> bool:
        """Whether a letter about these orders is there, as one of today would be."""
        keys = {self.world["orders"][number]["letter"] for number in group}
        letters = [self.world["letters"].get(key) for key in keys]
        return all(
            letter and not self._has_a_dead_coupon(letter) and self._says_how_it_stands(letter, group) for letter in letters
        )

    def _says_how_it_stands(self, letter: World, group: list[str]) -> bool:
        return says_what_waits(self.world, letter, group, self._today()) and asks_as_it_did(self.world, letter, group)

    def _is_known(self, order: World) -> bool:
        """Whether the customer has had the letter about the order's wait."""
        return order["letter"] is not None and bool(self.world["letters"][order["letter"]]["told"])

    def _has_one_to_come(self, order: World) -> bool:
        return order["letter"] is not None and not self.world["letters"][order["letter"]]["told"]

    def _note_letter(self, group: list[str], made: Apology) -> None:
        world = self.world
        said = self._said(group, made.notice_id, made.kind.value)
        replaced = {world["orders"][number]["letter"] for number in group} - {None, made.notice_id}
        for key in self._about(group):
            self._void_if_empty(key)
        offered = [number for number in group if not set(self._coupons_of(number)) - {made.coupon_code}]
        if made.notice_id in world["letters"]:
            letter = world["letters"][made.notice_id]
            assert not letter["told"] and not letter["void"] and letter["coupon"] == made.coupon_code
            assert world["coupons"].get(made.coupon_code, "issued") == "issued", "no letter is made again with a dead coupon"
            letter.update(said)
        else:
            renewed = all(self._was_told(number) for number in group)
            assert (made.coupon_code is None) == (renewed or not offered), "one coupon for a case"
            worth = usual_worth(world, {line: units for line, units in said["lines"].items() if line[0] in offered})
            new = {"told": False, "void": False, "had": False, "made": self.moment, "coupon": made.coupon_code, "worth": worth}
            world["letters"][made.notice_id] = {**said, **new}
            if made.coupon_code is not None:
                world["coupons"][made.coupon_code] = "issued"
        for number in group:
            world["orders"][number]["letter"] = made.notice_id
        for key in replaced:
            self._void_if_empty(key)
        offered = [number for number in group if not set(self._coupons_of(number)) - {made.coupon_code}]
        world["letters"][made.notice_id]["about"] = {number: world["orders"][number]["case"] for number in offered}

    def _said(self, group: list[str], key: int, kind: str) -> World:
        """What a letter of today says of these orders: what waits, until when, by when they hear again, what could go out now."""
        today, lines = self._today(), waiting_lines(self.world, group)
        with self.shop.store.read() as view:
            promised_word = view.value("SELECT update_on FROM notice WHERE id = ?", (key,))
            letter = Letter.from_json(view.record("notice", key)["letter"])
        update_on = promised_word and date.fromisoformat(promised_word)
        days = {line: day for number in group for line, day in dates_to_give(self.world, number, today).items()}
        dates = dict.fromkeys(lines) if kind == "refund" else days
        assert (update_on is not None) == (None in dates.values() and kind != "refund")
        assert update_on is None or today < update_on <= today + timedelta(days=14 + 4)
        possible = substitutes(self.world, group) if kind != "refund" else set()
        offered = next((sku for sku in possible if letter.substitute == f"Product {sku}"), None)
        assert (offered is None) == (not letter.substitute) == (not possible)
        rest = kind != "refund" and can_send_rest(self.world, group)
        assert (letter.sends_rest, letter.dated) == (rest, today)
        offers = {
            "substitute": offered,
            "rest": rest,
            "asks": {number: rights(self.world, number, today)[1:] for number in group},
        }
        return {"kind": kind, "lines": lines, "dates": dates, "update_on": update_on, "dated": today, **offers}

    def _void_if_empty(self, key: int) -> None:
        letter = self.world["letters"][key]
        if not letter["told"] and not letter["had"] and all(order["letter"] != key for order in self.world["orders"].values()):
            letter["void"] = True
            if self.world["coupons"].get(letter["coupon"]) == "issued":
                self.world["coupons"][letter["coupon"]] = "voided"

    def _about(self, group: list[str]) -> list[int]:
        letters = self.world["letters"].items()
        return [key for key, letter in letters if not letter["void"] and any(number in group for number, _ in letter["lines"])]

    def _coupons_of(self, number: str) -> list[str]:
        """The coupons that letters about an order came with, but for those that were voided."""
        letters = [self.world["letters"][key] for key in self._about([number])]
        return [letter["coupon"] for letter in letters if self.world["coupons"].get(letter["coupon"], "voided") != "voided"]

    def _was_told(self, number: str) -> bool:
        """Whether the customer has had a letter about the wait of the order."""
        return last_told(self.world, number) is not None

    def _same_again(self, order_id: int, made: Apology) -> None:
        facts = stored_facts(self.shop.store)
        (again,) = self._apologize(order_id).apologies
        assert (again.notice_id, again.coupon_code, again.letter) == (made.notice_id, made.coupon_code, made.letter)
        assert stored_facts(self.shop.store) == facts

    @precondition(lambda self: _somebody_waits(self) or self.world["letters"])
    @rule(pick=ANY, by=st.sampled_from([ToldBy.PRINT, ToldBy.PHONE]))
    def tell(self, pick: int, by: ToldBy) -> None:
        """By letter or on the phone, once."""
        number, order, order_id = self._order_where(pick, self._waits)
        key = letter_told(self.world, number)
        letter = self.world["letters"].get(key)

        def act() -> Step:
            return telling.mark_order_told(self.shop.store, order_id, by, now=self.shop.tick())

        if letter is None and order["case"] is None:
            self._refuse(NothingBackorderedError, act)
        elif letter["told"] if letter else order["told"]:
            self._refuse(RefusedError if self._says_too_little(key) else AlreadyToldError, act)
        elif letter is not None and self._has_a_dead_coupon(letter):
            self._refuse_to_hand_over(by, act)
        elif letter is not None and not self._may_be_told(key, by):
            self._refuse(RefusedError, act)
        else:
            before, facts = self._now()
            act()
            if key is None:
                speak_of(self.world, number, self.moment)
            else:
                self._told_of(key)
            self._follow(before, facts)
            self._refuse(AlreadyToldError if letter_told(self.world, number) == key else OrderDeskError, act)

    def _told_of(self, key: int) -> None:
        letter, numbers = self.world["letters"][key], self._orders_of(key)
        if not self._says_how_it_stands(letter, numbers):
            letter.update(self._said(numbers, key, letter["kind"]))
        letter.update(told=True, at=self.moment)
        for number in numbers:
            self.world["orders"][number]["told"] = True

    def _orders_of(self, key: int) -> list[str]:
        """The orders that a letter is that of."""
        return [number for number, order in self.world["orders"].items() if order["letter"] == key]

    def _says_too_little(self, key: int | None) -> bool:
        """Whether a letter that went out is the last about orders of which more waits by now."""
        orders = self.world["orders"].items()
        return any(key is not None and order["letter"] == key and unheard_lines(self.world, number) for number, order in orders)

    def _may_be_told(self, key: int, by: ToldBy) -> bool:
        """A letter that lies ready goes out while it says just what waits; on the phone that is said instead."""
        letter, numbers = self.world["letters"][key], self._orders_of(key)
        holds = by is ToldBy.PHONE or self._says_how_it_stands(letter, numbers)
        return holds and bool(waiting_lines(self.world, numbers)) and not self._is_old_news(numbers)

    def _has_a_dead_coupon(self, letter: World) -> bool:
        return self.world["coupons"].get(letter["coupon"], "issued") != "issued"

    def _refuse_to_hand_over(self, by: ToldBy, act: Callable[[], Step]) -> None:
        """What nobody can use goes to nobody; the other letter that follows a call is tried by itself, in test_apologies.py."""
        if by is not ToldBy.PHONE:
            self._refuse(RefusedError, act)

    @precondition(_somebody_waits)
    @rule(pick=ANY)
    def agree_to_wait(self, pick: int) -> None:
        number, _, order_id = self._order_where(pick, self._may_answer)

        def act() -> Step:
            return answers.agree_to_wait(self.shop.store, order_id, "No hurry", now=self.shop.tick())

        if self._may_answer(number):
            self._take(lambda _: self._answered(number, "agreed"), act)
        else:
            self._refuse(NothingToDoError, act)

    def _may_answer(self, number: str) -> bool:
        return self._waits(number)

    @precondition(_somebody_waits)
    @rule(pick=ANY)
    def give_no_answer(self, pick: int) -> None:
        """Their time is never over in these histories: it is noted, and nothing follows."""
        number, order, order_id = self._order_where(pick, lambda number: self.world["orders"][number]["told"])

        def act() -> Step:
            noted = endings.note_no_answer(self.shop.store, order_id, now=self.shop.tick())
            assert noted.letter is None
            return noted.step

        if not self._waits(number):
            self._refuse(NothingToDoError, act)
        elif not order["told"] or has_answered(self.world, number):
            self._refuse(RefusedError, act)
        else:
            self._take(lambda _: self._answered(number, "none"), act)

    # Coupons.

    @precondition(lambda self: self.world["coupons"])
    @rule(pick=ANY)
    def void_a_coupon(self, pick: int) -> None:
        code = self._code(pick)

        def act() -> Step:
            return coupons.void_coupon(self.shop.store, code, "Lost in the mail", now=self.shop.tick())

        if self.world["coupons"][code] == "issued":
            self._take(lambda world: world["coupons"].update({code: "voided"}), act)
        else:
            self._refuse(CouponError, act)

    @precondition(lambda self: self.world["coupons"] and self.world["orders"])
    @rule(pick=ANY, of=ANY)
    def redeem_a_coupon(self, pick: int, of: int) -> None:
        """On an order that is still open and has something left to pay, and none that the coupon was made for."""
        code = self._code(pick)
        made_for = {line for letter in self.world["letters"].values() if letter["coupon"] == code for line, _ in letter["lines"]}
        number, order, _ = self._order_where(of, lambda number: number not in made_for and self._is_open(number))
        worth, left = self._worth(code), left_to_pay(order)
        taken = worth if worth is None or left is None else min(worth, left)

        def act() -> None:
            done = coupons.redeem_coupon(self.shop.store, code, number, now=self.shop.tick())
            assert (done.applied and done.applied.minor) == taken

        def change(world: World) -> None:
            world["coupons"][code] = "redeemed"
            self._letter_with(code)["had"] = True  # who used its coupon, even on an order that was canceled later
            order["used"].append(code)
            order["discount"] += taken or 0

        if not self._is_open(number):
            return
        if self.world["coupons"][code] != "issued" or number in made_for or taken == 0:
            self._refuse(CouponError, act)
        else:
            self._take(change, act)

    def _worth(self, code: str) -> int | None:
        """What the coupon takes off; None where that is the shipping."""
        worth: int | None = self._letter_with(code)["worth"]
        return worth

    def _letter_with(self, code: str) -> World:
        return next(letter for letter in self.world["letters"].values() if letter["coupon"] == code)

    @precondition(_somebody_waits)
    @rule(pick=ANY, of=ANY)
    def use_what_a_letter_brought(self, pick: int, of: int) -> None:
        self.apologize(pick)
        self.tell(pick, ToldBy.PRINT)
        if self.world["coupons"]:
            self.redeem_a_coupon(pick, of)

    @precondition(lambda self: any(order["used"] for order in self.world["orders"].values()))
    @rule(pick=ANY)
    def cancel_what_a_coupon_was_used_on(self, pick: int) -> None:
        places = [place for place, number in enumerate(sorted(self.world["orders"])) if self.world["orders"][number]["used"]]
        self.cancel_order(places[pick % len(places)])

    def _is_open(self, number: str) -> bool:
        return any(map(open_units, self.world["orders"][number]["lines"]))

    def _code(self, pick: int) -> str:
        return str([*self.world["coupons"]][pick % len(self.world["coupons"])])  # in the order of their letters: codes are random

    # What always holds.

    def _all(self, sql: str) -> list[tuple[Any, ...]]:
        with self.shop.store.read() as view:
            return view.all(sql)

    @invariant()
    def letters_are_as_the_model_says(self) -> None:
        stored = self._all("SELECT id, told_at IS NOT NULL FROM notice WHERE voided_at IS NULL")
        assert dict(stored) == {key: letter["told"] for key, letter in self.world["letters"].items() if not letter["void"]}
        lines = self._all(
            "SELECT n.notice_id, o.order_number, l.position, n.quantity "
            "FROM notice_line n JOIN order_line l ON l.id = n.order_line_id "
            "JOIN orders o ON o.id = l.order_id JOIN notice t ON t.id = n.notice_id WHERE t.voided_at IS NULL"
        )
        assert {(key, (number, place), units) for key, number, place, units in lines} == {
            (key, line, units)
            for key, letter in self.world["letters"].items()
            if not letter["void"]
            for line, units in letter["lines"].items()
        }
        cases = self._all("SELECT order_number, backordered_since IS NOT NULL, notice_id, told_at IS NOT NULL FROM orders")
        assert {number: tuple(rest) for number, *rest in cases} == {
            number: (order["case"] is not None, order["letter"], order["told"]) for number, order in self.world["orders"].items()
        }

    @invariant()
    def each_line_says_whether_its_customer_knows_of_it(self) -> None:
        with self.shop.store.read() as view:
            lines = [(row.order_number, row.sku, row.told_at is not None) for row in backordered_lines(view, today=self._today())]
        assert sorted(lines) == sorted(
            (number, line["sku"], (number, line["position"]) not in unheard_lines(self.world, number))
            for number, order in self.world["orders"].items()
            for line in order["lines"]
            if self._short(number, line)
        )

    @invariant()
    def who_has_to_hear_is_found(self) -> None:
        """Who does not know of all that waits, whose date has slipped, whose letter has still to go out."""
        assert set(apologies.orders_to_tell(self.shop.store, now=self.shop.now)) == {
            order_id for number, order_id in self._waiting_ids().items() if self._has_to_hear(number)
        }

    def _waiting_ids(self) -> dict[str, int]:
        return {number: key for number, key in self._all("SELECT order_number, id FROM orders") if self._waits(number)}

    @invariant()
    def nobody_has_two_coupons_for_a_case(self) -> None:
        standing = {code: status for code, status in self._all("SELECT code, status FROM coupon") if status != "voided"}
        assert standing == {code: status for code, status in self.world["coupons"].items() if status != "voided"}
        letters = [
            letter for letter in self.world["letters"].values() if self.world["coupons"].get(letter["coupon"], "") != "voided"
        ]
        for number, order in self.world["orders"].items():
            of_this_case = [
                letter
                for letter in letters
                if letter["coupon"] and order["case"] is not None and letter["about"].get(number) == order["case"]
            ]
            assert len(of_this_case) <= 1

    @invariant()
    def figures_have_what_coupons_took_off_and_were_not_given_back(self) -> None:
        with self.shop.store.read() as view:
            found, spent = coupon_figures(view, today=self._today()), outcomes(view).goodwill
        standing = [order for order in self.world["orders"].values() if not order["over"]]
        taken = sum(order["discount"] for order in standing)
        assert sum(each.taken_off.minor for each in found) == sum(each.minor for each in spent) == taken
        used = {code for order in standing for code in order["used"] if self.world["coupons"][code] != "voided"}
        assert sum(each.used for each in found) == len(used)

    @invariant()
    def a_balance_is_what_its_ledger_adds_up_to(self) -> None:
        assert not self._all(
            "SELECT c.code FROM coupon c JOIN coupon_entry e ON e.coupon_id = c.id WHERE c.balance_minor IS NOT NULL "
            "GROUP BY c.id HAVING c.balance_minor <> sum(e.amount_minor)"
        )
