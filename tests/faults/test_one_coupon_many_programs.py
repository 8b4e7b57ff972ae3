"""One coupon and many programs that redeem it at the same moment: exactly one of them does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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

PROGRAMS, COUPONS = 8, 20
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
        made.order(f"U{number}", ("BOOK", 1))
    yield made
    made.store.close()


@contextmanager
def _programs(shop: Shop, asked: int) -> Iterator[list[Popen[str]]]:
    with ExitStack() as stack:
        started = [
            stack.enter_context(another_program(REDEEM, shop.store.path, f"U{number}", str(asked))) for number in range(PROGRAMS)
        ]
        assert {hear(program) for program in started} == {"ready"}
        yield started
        for program in started:
            tell(program, "")


def _codes(shop: Shop, count: int, offer: Offer) -> list[str]:
    for number in range(count):
        shop.order(f"C{number}", ("LAMP", 2), customer=f"Customer {number}")
    made = apologize(
        shop.store, [shop.orders[f"C{number}"] for number in range(count)], now=shop.tick(), wishes=Wishes(offer=offer)
    ).apologies
    codes = [apology.coupon_code for apology in made if apology.coupon_code]
    assert len(set(codes)) == count
    return codes


def _all_try(programs: list[Popen[str]], code: str) -> list[str]:
    for program in programs:
        tell(program, code)
    return sorted(hear(program) for program in programs)


def test_each_coupon_is_redeemed_exactly_once(shop: Shop) -> None:
    codes = _codes(shop, COUPONS, Offer(OfferKind.AMOUNT, amount=Money(700, "USD")))
    with _programs(shop, asked=0) as programs:
        answers = [_all_try(programs, code) for code in codes]
    assert answers == [["applied 700"] + ["refused"] * (PROGRAMS - 1)] * COUPONS
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM coupon_entry WHERE kind = 'redeemed'") == COUPONS
        assert view.value("SELECT count(*) FROM coupon WHERE status = 'redeemed' AND balance_minor = 0") == COUPONS
    assert check(shop.store) == []


def test_a_gift_card_is_spent_to_the_cent_and_no_further(shop: Shop) -> None:
    (code,) = _codes(shop, 1, Offer(OfferKind.GIFT_CARD, amount=Money(2000, "USD")))
    with _programs(shop, asked=300) as programs:
        answers = _all_try(programs, code)
    assert answers == ["applied 200"] + ["applied 300"] * 6 + ["refused"]
    with shop.store.read() as view:
        assert view.all("SELECT status, balance_minor FROM coupon") == [("redeemed", 0)]
    assert check(shop.store) == []
