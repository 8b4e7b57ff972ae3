"""One coupon and many programs that redeem it at the same moment, some killed while at it: exactly one of them does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import pytest

from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from tests.builders import Shop, make_shop
from tests.storage.processes import another_program, hear, tell

PROGRAMS, COUPONS, GIFT_CARDS = 8, 100, 6
# Every so many coupons one of the programs is killed in the middle of it, and another takes its place.
KILL_EVERY = 12
REDEEM = """
from orderdesk.domain.errors import CouponError
from orderdesk.domain.money import Money
from orderdesk.services.coupons import redeem_coupon
from orderdesk.storage.store import Store
from tests.builders import NOW
store, order, asked = Store.open(path), sys.argv[2], int(sys.argv[3])
say("ready")
while code := wait():
    try:
        used = redeem_coupon(store, code, order, amount=Money(asked, "USD") if asked else None, now=NOW)
    except CouponError:
        say("refused")
    else:
        say(f"applied {used.applied.minor if used.applied else 0}")
store.close()
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = make_shop(tmp_path)
    made.stock("LAMP", 0)
    made.stock("BOOK", 99)
    for number in range(PROGRAMS):
        made.order(f"U{number}", ("BOOK", 99))
    yield made
    made.store.close()


class Programs:
    """Programs that have the shop open, each with an order of its own to use coupons on."""

    def __init__(self, shop: Shop, asked: int, stack: ExitStack) -> None:
        self._shop, self._asked, self._stack = shop, asked, stack
        self._running = [self._start(place) for place in range(PROGRAMS)]
        self._greet(self._running)

    def all_try(self, code: str, *, killed: int | None = None) -> list[str]:
        """What each says that tried the code at the same moment; "" where it was killed before it could."""
        for program in self._running:
            tell(program, code)
        if killed is not None:
            self._running[killed].kill()
        said = sorted(hear(program) for program in self._running)
        if killed is not None:
            self._running[killed] = self._start(killed)
            self._greet([self._running[killed]])
        return said

    def end(self) -> None:
        for program in self._running:
            tell(program, "")

    def _start(self, place: int) -> Popen[str]:
        return self._stack.enter_context(another_program(REDEEM, self._shop.store.path, f"U{place}", str(self._asked)))

    def _greet(self, started: list[Popen[str]]) -> None:
        assert {hear(program) for program in started} == {"ready"}


def _codes(shop: Shop, count: int, offer: Offer) -> list[str]:
    for number in range(count):
        shop.order(f"C{number}", ("LAMP", 2), customer=f"Customer {number}")
    made = apologize(
        shop.store, [shop.orders[f"C{number}"] for number in range(count)], now=shop.tick(), wishes=Wishes(offer=offer)
    ).apologies
    codes = [apology.coupon_code for apology in made if apology.coupon_code]
    assert len(set(codes)) == count
    return codes


def _victim(place: int) -> int | None:
    """Who is killed while that coupon is tried: another one each time."""
    return place // KILL_EVERY % PROGRAMS if place % KILL_EVERY == KILL_EVERY - 1 else None


def _taken_off(shop: Shop) -> int:
    with shop.store.read() as view:
        return int(view.value("SELECT sum(discount_minor) FROM orders") or 0)


@pytest.mark.timeout(300)
def test_each_of_a_hundred_coupons_is_redeemed_exactly_once(shop: Shop) -> None:
    codes = _codes(shop, COUPONS, Offer(OfferKind.AMOUNT, amount=Money(700, "USD")))
    with ExitStack() as stack:
        programs = Programs(shop, 0, stack)
        for place, code in enumerate(codes):
            victim = _victim(place)
            said = programs.all_try(code, killed=victim)
            if victim is None:
                assert said == ["applied 700"] + ["refused"] * (PROGRAMS - 1)
            else:  # who was killed may have redeemed it, and could not say so
                assert said.count("applied 700") <= 1 and set(said) <= {"applied 700", "refused", ""}
        programs.end()
    with shop.store.read() as view:
        winners = view.all("SELECT coupon_id, count(*) FROM coupon_entry WHERE kind = 'redeemed' GROUP BY coupon_id")
        assert len(winners) == COUPONS
        assert {count for _, count in winners} == {1}
        assert view.value("SELECT count(*) FROM coupon WHERE status = 'redeemed' AND balance_minor = 0") == COUPONS
    assert _taken_off(shop) == COUPONS * 700
    assert check(shop.store) == []


@pytest.mark.timeout(300)
def test_gift_cards_are_spent_to_the_cent_and_no_further(shop: Shop) -> None:
    codes = _codes(shop, GIFT_CARDS, Offer(OfferKind.GIFT_CARD, amount=Money(2000, "USD")))
    spent = ["applied 200"] + ["applied 300"] * 6 + ["refused"]
    with ExitStack() as stack:
        programs = Programs(shop, 300, stack)
        for place, code in enumerate(codes):
            victim = place % PROGRAMS if place % 2 else None
            said = programs.all_try(code, killed=victim)
            assert said == spent if victim is None else said.count("applied 300") <= 6
        programs.end()
    with shop.store.read() as view:
        cards = view.all(
            "SELECT c.balance_minor, c.status, -sum(e.amount_minor) FROM coupon c JOIN coupon_entry e ON e.coupon_id = c.id "
            "WHERE e.kind = 'redeemed' GROUP BY c.id ORDER BY c.id"
        )
    assert [card for place, card in enumerate(cards) if not place % 2] == [(0, "redeemed", 2000)] * (GIFT_CARDS // 2)
    assert all(left >= 0 and left + used == 2000 and (status == "redeemed") == (left == 0) for left, status, used in cards)
    assert _taken_off(shop) == sum(used for *_, used in cards)
    assert check(shop.store) == []
