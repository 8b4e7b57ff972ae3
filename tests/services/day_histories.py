"""Days go by: deadlines pass, deliveries are late, silence comes to mean something, and who waits has to hear again.

Each order has a customer of its own here, so that a letter is about one order: `_group` is the one place that says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from typing_extensions import override

from orderdesk.domain.errors import AlreadyToldError, NothingBackorderedError, NothingToDoError, RefusedError
from orderdesk.domain.notices import ToldBy
from orderdesk.services import endings, orders, telling
from orderdesk.services.apologies import Apology
from orderdesk.services.checks import check
from orderdesk.services.endings import EndingLetter
from orderdesk.services.steps import Step
from orderdesk.storage.queries.deadlines import deadlines
from orderdesk.storage.queries.orders import OrdersView, order_ids
from tests.services.histories import ANY, WANTED, some_of
from tests.services.letter_histories import LetterHistories, _somebody_waits
from tests.services.slow_letters import (
    OF_A_WAIT,
    arrived_lines,
    asked_by,
    beside,
    canceled_by_silence,
    canceled_lines,
    due_back,
    due_from_the_shelf,
    endings_of,
    given_by,
    has_slipped,
    in_silence,
    letter_due,
    local_day,
    may_be_told,
    news,
    says_how_it_stands,
    short_lines,
    silent_letter,
    speak_of,
    usual_worth,
)
from tests.services.slow_model import LineKey, World, has_answered, last_told, leaving, letter_answered, letter_told
from tests.services.small_shops import stored_facts
from tests.services.supply_histories import PurchaseHistories

_STORED_LETTERS = """
SELECT n.id, o.order_number, l.position, nl.new_date, nl.silence, nl.answer_by
FROM notice n JOIN notice_line nl ON nl.notice_id = n.id JOIN order_line l ON l.id = nl.order_line_id
JOIN orders o ON o.id = l.order_id WHERE n.voided_at IS NULL AND n.kind NOT IN ('good_news', 'cancellation')
"""


class DayHistories(PurchaseHistories, LetterHistories):
    @initialize(stock=st.lists(st.integers(0, 6), min_size=2, max_size=3), first=st.lists(WANTED, min_size=2, max_size=4))
    def open_shop(self, stock: list[int | None], first: list[list[tuple[int, int]]]) -> None:
        super().open_shop(stock, first)

    @rule(days=st.one_of(st.integers(1, 12), st.integers(1, 40)))
    def days_go_by(self, days: int) -> None:
        """Nothing changes by that alone."""
        facts = stored_facts(self.shop.store)
        self.shop.now += timedelta(days=days)
        assert stored_facts(self.shop.store) == facts

    @precondition(_somebody_waits)
    @rule(pick=ANY, days=st.integers(0, 40))
    def let_know(self, pick: int, days: int) -> None:
        """A letter is made and goes out, today or when it has lain for a while."""
        self.apologize(pick)
        self.days_go_by(days // 8 if pick % 4 else days)
        self.tell(pick, ToldBy.PRINT)

    @precondition(_somebody_waits)
    @rule(steps=st.lists(st.tuples(st.integers(0, 7), ANY, st.integers(1, 20)), min_size=3, max_size=8))
    def keep_waiting(self, steps: list[tuple[int, int, int]]) -> None:
        """A wait is mostly this: letters, days, answers and deliveries in some order."""
        for which, pick, days in steps:
            if which == 0:
                self.let_know(pick, days)
            elif which == 1:
                self.buy_what_lacks(pick, 1 + days % 4, days % 5)
            elif which == 2 and self.world["purchases"]:
                self.receive_a_purchase(pick, days, pick % 2 == 0)
            elif which == 3:
                self.agree_to_wait(pick)
            elif which == 4:
                self.give_no_answer(pick)
            elif which == 5:
                self.apologize(pick)
            else:
                self.days_go_by(days)
            self.letters_say_what_the_law_makes_of_the_delay()

    @precondition(_somebody_waits)
    @rule(pick=ANY, units=st.integers(1, 6), day=st.integers(0, 4))
    def buy_what_lacks(self, pick: int, units: int, day: int) -> None:
        """For a line that is short, with a day of its own or the usual one."""
        _, _, line, _, _ = self._line_with(pick, self._short)
        self.draft_a_purchase({sorted(self.world["products"]).index(line["sku"]): units}, day or None)
        drafts = [place for place, each in enumerate(self.world["purchases"]) if not each["sent"] and not each["canceled"]]
        self.send_a_purchase(len(drafts) * (pick + 1) - 1)

    @override
    def _whose(self, number: str, _: str) -> str:
        return f"Buyer of {number}"

    @override
    def _days_of(self, day: int, ship_by: int | None) -> tuple[date, date | None]:
        today = self._today()
        return today - timedelta(days=2 * day), today + timedelta(days=6 * ship_by) if ship_by else None

    @override
    def _group(self, number: str) -> list[str]:
        return [number]

    # Letters about a wait.

    @precondition(_somebody_waits)
    @rule(pick=ANY)
    def apologize(self, pick: int) -> None:
        """The letter that is due by law and by what was said before; the same one for the same lines."""
        number, order, order_id = self._order_where(pick, self._waits)
        before, facts = self._now()
        run = self._apologize(order_id)
        due = letter_due(self.world, number, self._today()) if self._waits(number) else None
        if due is None:
            assert [each.order_number for each in run.refused] == [number]
            assert (run.apologies, stored_facts(self.shop.store)) == ((), facts)
            return
        (made,) = run.apologies
        how, kind = due
        assert (made.order_numbers, made.kind) == ((number,), kind)
        assert (how == "new") == (made.notice_id not in before["letters"])
        if how == "same":
            assert (made.notice_id, stored_facts(self.shop.store)) == (order["letter"], facts)
        else:
            self._write_down(number, made, kind)
            self._follow(before, facts)
        self._same_again(order_id, made)

    def _write_down(self, number: str, made: Apology, kind: str) -> None:
        world, order = self.world, self.world["orders"][number]
        said = self._said([number], made.notice_id, kind)
        for key in self._about([number]):
            self._void_if_empty(key)
        former, known = order["letter"], world["letters"].get(made.notice_id)
        if known is None:
            self._require_one_coupon(number, made, kind)
            known = {"told": False, "void": False, "had": False, "made": self.moment, "coupon": made.coupon_code}
            known["worth"] = usual_worth(world, said["lines"])
            world["letters"][made.notice_id] = known
            world["coupons"] |= {made.coupon_code: "issued"} if made.coupon_code else {}
        known.update(said, about={number: order["case"]})
        order["letter"] = made.notice_id
        if former not in (None, made.notice_id):
            self._void_if_empty(former)

    def _require_one_coupon(self, number: str, made: Apology, kind: str) -> None:
        """The first letter and the refund bring one, unless there is one that the customer has."""
        letters = [self.world["letters"][key] for key in self._about([number])]
        had = [each for each in letters if each["told"] or each["coupon"] != self._to_come(number)]
        standing = [each["coupon"] for each in had if self.world["coupons"].get(each["coupon"], "voided") != "voided"]
        if standing or kind in ("renewed", "date_change"):
            assert made.coupon_code is None, "one coupon for a case"
        elif not any(each["coupon"] for each in had):
            assert made.coupon_code is not None

    def _to_come(self, number: str) -> str | None:
        key = self.world["orders"][number]["letter"]
        return None if key is None else self.world["letters"][key]["coupon"]

    @override
    def _about(self, group: list[str]) -> list[int]:
        return [key for key in super()._about(group) if self.world["letters"][key]["kind"] in OF_A_WAIT]

    @precondition(lambda self: _somebody_waits(self) or self.world["letters"])
    @rule(pick=ANY, by=st.sampled_from([ToldBy.PRINT, ToldBy.PHONE]))
    def tell(self, pick: int, by: ToldBy) -> None:
        """By the letter that there is, or on the phone without one."""
        number, order, order_id = self._order_where(pick, self._waits)
        key = letter_told(self.world, number)
        if key is not None:
            self._tell(key, number, by)
            return

        def act() -> Step:
            return telling.mark_order_told(self.shop.store, order_id, by, now=self.shop.tick())

        if order["case"] is None:
            self._refuse(NothingBackorderedError, act)
        elif order["told"]:
            self._refuse(AlreadyToldError, act)
        else:
            self._take(lambda world: speak_of(world, number, self.moment), act)

    @precondition(lambda self: self.world["letters"])
    @rule(pick=ANY, by=st.sampled_from([ToldBy.PRINT, ToldBy.PHONE]))
    def send_a_letter(self, pick: int, by: ToldBy) -> None:
        """Any of them, also one that something else has come of since; mostly one that is still to go out."""
        letters = self.world["letters"]
        to_go = [key for key in sorted(letters) if pick % 5 and not letters[key]["told"] and not letters[key]["void"]]
        keys = to_go or sorted(letters)
        key = keys[pick % len(keys)]
        self._tell(key, next(number for number, _ in letters[key]["lines"]), by)

    def _tell(self, key: int, number: str, by: ToldBy) -> None:
        letter = self.world["letters"][key]

        def act() -> Step:
            return telling.mark_told(self.shop.store, key, by, now=self.shop.tick())

        if letter["void"]:
            self._refuse(RefusedError, act)
        elif letter["told"]:
            self._refuse(RefusedError if self._says_too_little(key) else AlreadyToldError, act)
        elif self._has_a_dead_coupon(letter):
            self._refuse_to_hand_over(by, act)
        elif not may_be_told(self.world, key, number, self._today(), on_the_phone=by is ToldBy.PHONE):
            self._refuse(RefusedError, act)
        else:
            before, facts = self._now()
            act()
            if letter["kind"] in OF_A_WAIT and not says_how_it_stands(self.world, letter, number, self._today()):
                letter.update(self._said([number], key, letter["kind"]))
            self._told(self.world, key, number)
            self._follow(before, facts)

    def _told(self, world: World, key: int, number: str) -> None:
        """What came too late is canceled, what is here is theirs."""
        letter, order = world["letters"][key], world["orders"][number]
        for line in order["lines"]:
            units = letter["lines"].get((number, line["position"]), 0)
            if letter["kind"] == "good_news" and units:
                line["firm"] = max(line["firm"], self._here(number, line))
            elif letter["kind"] == "refund":
                line["canceled"] += units
        letter.update(told=True, at=self.moment, due=due_from_the_shelf(world, number))
        order["told"] = order["told"] or order["letter"] == key

    @precondition(lambda self: any(letter["told"] and letter["coupon"] for letter in self.world["letters"].values()))
    @rule(pick=ANY, of=ANY)
    def redeem_a_coupon(self, pick: int, of: int) -> None:
        """One that the customer has: it came with a letter that went out."""
        letters = self.world["letters"].values()
        if any(letter["told"] and letter["coupon"] == self._code(pick) for letter in letters):
            super().redeem_a_coupon(pick, of)

    # How a wait ends.

    def _in_silence(self, number: str) -> dict[LineKey, int]:
        return in_silence(self.world, number, self._today())

    @override
    def _may_answer(self, number: str) -> bool:
        return self._waits(number) or bool(self._in_silence(number))

    @override
    def _answered(self, number: str, kind: str) -> None:
        """An answer is to the letter by which silence has canceled what is here, where there is one."""
        asked = silent_letter(self.world, number, self._today()) or letter_answered(self.world, number)
        over = has_slipped(self.world, number, self._today())
        self.world["orders"][number]["answers"].append((kind, asked, over))
        if asked is not None and kind != "none":
            self.world["letters"][asked]["answered"] = True

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def ship_what_is_allocated(self, pick: int) -> None:
        """Not what silence has canceled."""
        number, _, order_id = self._order_where(pick, lambda number: bool(leaving(self.world, number)))
        parcel = leaving(self.world, number)
        if any(place in parcel for _, place in self._in_silence(number)):
            self._refuse(RefusedError, lambda: orders.ship_order(self.shop.store, order_id, now=self.shop.tick()))
        else:
            super().ship_what_is_allocated(pick)

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, amount=ANY)
    def ship_some_units(self, pick: int, amount: int) -> None:
        """Those that never waited."""
        number, _, line, line_id, most = self._line_with(pick, self._here)
        quantity, came_in = some_of(most, amount), self._in_silence(number).get((number, line["position"]), 0)
        order_id = orders.find_order(self.shop.store, number)
        if came_in and quantity > most - came_in:
            sent = {line_id: quantity}
            self._refuse(RefusedError, lambda: orders.ship_order(self.shop.store, order_id, sent, now=self.shop.tick()))
        else:
            super().ship_some_units(pick, amount)

    @precondition(_somebody_waits)
    @rule(pick=ANY)
    def give_no_answer(self, pick: int) -> None:
        """Nothing follows while they have time; then what they were told of silence."""
        number, order, order_id = self._order_where(
            pick, lambda number: self.world["orders"][number]["told"] or bool(self._in_silence(number))
        )
        letter, answer_by = self._known(number), self._answer_by(number)
        over = answer_by is not None and answer_by < self._today()
        came_in = self._in_silence(number)
        asked_of = [line for line in short_lines(self.world, number) if line in letter["dates"]]
        silent = canceled_by_silence(letter, number, self._today()) and not has_answered(self.world, number)
        asked_of = asked_of if silent else []
        written: list[EndingLetter | None] = []

        def act() -> Step:
            noted = endings.note_no_answer(self.shop.store, order_id, now=self.shop.tick())
            written.append(noted.letter)
            return noted.step

        if came_in or asked_of:
            self._end_by_silence(number, asked_of, act, written)
        elif not self._waits(number):
            self._refuse(NothingToDoError, act)
        elif not order["told"] or has_answered(self.world, number):
            self._refuse(RefusedError, act)
        else:
            self._take(lambda _: self._answered(number, "silence" if over else "none"), act)
            assert written == [None]

    @precondition(_somebody_waits)
    @rule(pick=ANY, early=st.integers(0, 2))
    def wait_in_vain(self, pick: int, early: int) -> None:
        """The day passes until which they may answer, or nearly."""
        number, order, _ = self._order_where(pick, lambda number: self.world["orders"][number]["told"])
        answer_by = self._answer_by(number)
        if order["told"] and answer_by and answer_by >= self._today():
            self.days_go_by((answer_by - self._today()).days + 1 - early // 2)
            self.give_no_answer(pick)

    @precondition(_somebody_waits)
    @rule(pick=ANY, steps=st.lists(st.integers(0, 4), min_size=1, max_size=3))
    def come_in_too_late(self, pick: int, steps: list[int]) -> None:
        """Nobody answers in time, and what waits comes in after that; then something is done about it."""
        number, order, _ = self._order_where(pick, lambda number: bool(self._answer_by(number)))
        answer_by, skus = self._answer_by(number), sorted(self.world["products"])
        if order["told"] and answer_by and answer_by >= self._today():
            self.days_go_by((answer_by - self._today()).days + 1)
        for line in order["lines"]:
            if self._short(number, line):
                self.receive(skus.index(line["sku"]), self._short(number, line))
        self.who_has_not_answered_is_found()
        acts = (self.agree_to_wait, self.give_no_answer, self.write_good_news, self.ship_what_is_allocated)
        for step in steps:
            if step < len(acts):
                acts[step](pick)
            else:
                self.ship_some_units(pick, step)

    def _known(self, number: str) -> World:
        """What the customer's last letter said; nothing of silence where they have had none."""
        known: World = self.world["letters"].get(last_told(self.world, number), {"dates": {}, "asks": {}})
        return known

    def _answer_by(self, number: str) -> date | None:
        return asked_by(self._known(number), number)[1]

    def _end_by_silence(self, number: str, asked_of: list[LineKey], act: Any, written: list[EndingLetter | None]) -> None:
        """What they were asked of is canceled; of the rest they have not heard, and may wait."""
        before, facts = self._now()
        ended = {key: units for key, units in short_lines(self.world, number).items() if key in asked_of}
        came_in = self._in_silence(number)
        act()
        self._answered(number, "none" if set(short_lines(self.world, number)) - set(asked_of) else "silence")
        for line in self.world["orders"][number]["lines"]:
            key = (number, line["position"])
            line["canceled"] += came_in.get(key, 0) + ended.get(key, 0)
        (letter,) = written
        assert letter is not None
        self._add_ending(letter, "cancellation", number)
        self._follow(before, facts)

    @precondition(lambda self: self.world["letters"])
    @rule(pick=ANY)
    def write_good_news(self, pick: int) -> None:
        number, _, order_id = self._order_where(pick, lambda number: bool(arrived_lines(self.world, number, self._today())))
        lines = arrived_lines(self.world, number, self._today())
        self._write_ending(
            "good_news", number, lines, lambda: endings.write_good_news(self.shop.store, order_id, now=self.shop.tick())
        )

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY)
    def write_of_what_was_canceled(self, pick: int) -> None:
        number, order, order_id = self._order_where(pick, lambda number: bool(canceled_lines(self.world, number)))
        lines = canceled_lines(self.world, number) if order["paid"] else {}
        self._write_ending(
            "cancellation", number, lines, lambda: endings.write_cancellation(self.shop.store, order_id, now=self.shop.tick())
        )

    def _write_ending(self, kind: str, number: str, lines: dict[LineKey, int], act: Any) -> None:
        """What the customer has not heard yet, once: by the letter that is there, or by one in its place."""
        if not lines:
            self._refuse(NothingToDoError, act)
            return
        made = max(endings_of(self.world, kind, number), default=None)
        before, facts = self._now()
        letter = act()
        if letter.notice_id in before["letters"]:
            assert (letter.notice_id, stored_facts(self.shop.store)) == (made, facts)
            left = news(self.world, kind, number, self._today())
            assert self.world["letters"][made]["lines"] == left or not left
            return
        self._add_ending(letter, kind, number)
        self._follow(before, facts)

    def _add_ending(self, letter: EndingLetter, kind: str, number: str) -> None:
        """Letters of these kinds bring no coupon, and take the place of those that nobody was told of."""
        said, still = (find(self.world, kind, number, self._today()) for find in (news, beside))
        back = due_back(self.world, kind, number)
        for other in self.world["letters"].values():
            if other["kind"] == kind and not other["told"] and any(of == number for of, _ in other["lines"]):
                other["void"] = True
        usual = {"told": False, "void": False, "had": False, "made": self.moment, "coupon": None, "about": {}}
        with self.shop.store.read() as view:
            day = "SELECT max(iif(:news, new_date, refund_by)) FROM notice_line WHERE notice_id = :letter"
            named = date.fromisoformat(view.value(day, {"news": kind == "good_news", "letter": letter.notice_id}))
        days = {"dated": self._today(), "names": named}
        self.world["letters"][letter.notice_id] = {**usual, **days, "kind": kind, "lines": said, "beside": still, "back": back}

    # What always holds.

    @invariant()
    def who_has_not_answered_is_found(self) -> None:
        """Whose silence has canceled what waits, or what came in since."""
        with self.shop.store.read() as view:
            found = set(order_ids(view, OrdersView(filter="unanswered"), today=self._today()))
        silent = {number for number in self.world["orders"] if self._in_silence(number) or self._is_over(number)}
        assert found == {orders.find_order(self.shop.store, number) for number in silent}

    def _is_over(self, number: str) -> bool:
        known = self._known(number)
        asked = canceled_by_silence(known, number, self._today())
        return asked and not has_answered(self.world, number) and bool(set(short_lines(self.world, number)) & set(known["dates"]))

    @invariant()
    def letters_say_what_the_law_makes_of_the_delay(self) -> None:
        stored = {(key, number, place): tuple(rest) for key, number, place, *rest in self._all(_STORED_LETTERS)}
        assert stored == {
            (key, *line): tuple(day and str(day) for day in (letter["dates"][line], *asked_by(letter, line[0])))
            for key, letter in self.world["letters"].items()
            if not letter["void"] and letter["kind"] in OF_A_WAIT
            for line in letter["lines"]
        }

    @invariant()
    def who_was_told_is_held_to_the_last_letter_that_they_have_had(self) -> None:
        """Whatever lies ready since."""
        world, ids = self.world, self._waiting_ids()
        with self.shop.store.read() as view:
            found = deadlines(view, ids.values(), today=local_day(self.shop.now))
        for number in (each for each in ids if world["orders"][each]["told"]):
            known, said = self._known(number), found[ids[number]]
            assert said.given == (given_by(known, number) if known["dates"] else None)
            silence = (None, None) if has_answered(world, number) else asked_by(known, number)
            assert (said.silence, said.answer_by) == silence

    @invariant()
    def no_rule_of_the_shop_is_broken(self) -> None:
        assert check(self.shop.store) == []
