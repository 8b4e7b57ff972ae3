"""Two programs that work on one shop at once: every unit and every order of both is there in the end.

For some seconds as a rule, for a minute with `--hypothesis-profile=nightly`.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from orderdesk.services.checks import check
from tests.builders import make_shop
from tests.storage.processes import another_program, hear, tell

SECONDS = 60 if settings.get_current_profile_name() == "nightly" else 5
SKUS = ("LAMP", "BOOK", "MUG")
# Refusals are part of the work, as the other program may have been there first; anything but those and "busy" ends the program.
WORK = """
import json, random, time
from collections import Counter
from orderdesk.domain.errors import AlreadyToldError, NothingBackorderedError, NothingToDoError
from orderdesk.domain.errors import RefusedError, StoreError, TooManyError
from orderdesk.services import orders, products
from orderdesk.services.apologies import apologize, orders_to_tell
from orderdesk.services.telling import mark_order_told
from orderdesk.domain.notices import ToldBy
from orderdesk.storage.store import Store
from tests.builders import Shop

name, seconds = sys.argv[2], int(sys.argv[3])
chance, did, letters = random.Random(name), Counter(), set()
shop = Shop(Store.open(path))
shop.products = json.loads(sys.argv[4])
shop.tick = lambda: shop.now

def place():
    sku, units = chance.choice(sorted(shop.products)), chance.randrange(1, 4)
    shop.order(f"{name}-{did['orders'] + 1}", (sku, units), customer=f"Customer {chance.randrange(9)}")
    did["orders"] += 1
    did["ordered " + sku] += units

def receive():
    sku, units = chance.choice(sorted(shop.products)), chance.randrange(1, 4)
    shop.receive(sku, units)
    did["received " + sku] += units

def ship():
    with shop.store.read() as view:
        ready = view.all("SELECT id, allocated_units FROM orders WHERE status IN ('ready', 'partly_ready') LIMIT 9")
    if ready:
        step = orders.ship_order(shop.store, chance.choice(ready)[0], now=shop.now)
        did["shipped"] += int(step.summary.split()[1])

def tell():
    told = apologize(shop.store, orders_to_tell(shop.store, now=shop.now)[:2], now=shop.now).apologies
    letters.update(made.notice_id for made in told)
    for made in told:
        mark_order_told(shop.store, orders.find_order(shop.store, made.order_numbers[0]), ToldBy.PRINT, now=shop.now)

say("ready")
wait()
end = time.monotonic() + seconds
while time.monotonic() < end:
    try:
        chance.choice((place, place, receive, receive, ship, tell))()
    except (AlreadyToldError, NothingBackorderedError, NothingToDoError, RefusedError, TooManyError):
        did["refused"] += 1
    except StoreError as error:
        assert "busy" in str(error) and "again" in error.remedy, error
        did["busy"] += 1
shop.store.close()
say(json.dumps({**did, "letters": sorted(letters)}))
wait()
"""


@pytest.mark.timeout(SECONDS + 120)
def test_no_order_unit_or_letter_is_lost_and_none_is_there_twice(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    for sku in SKUS:
        shop.stock(sku, 0)
    with ExitStack() as stack:
        words = (str(SECONDS), json.dumps(shop.products))
        programs = [stack.enter_context(another_program(WORK, shop.store.path, name, *words)) for name in ("A", "B")]
        assert [hear(program) for program in programs] == ["ready", "ready"]
        for program in programs:
            tell(program)
        did = [json.loads(hear(program)) for program in programs]
    both: Counter[str] = Counter()
    for each in did:
        both.update({what: count for what, count in each.items() if what != "letters"})
    letters = {letter for each in did for letter in each["letters"]}
    assert all(each["orders"] > 5 and each["letters"] and each["shipped"] > 0 for each in did)
    assert check(shop.store) == []
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM orders") == both["orders"]
        assert view.value("SELECT sum(shipped) FROM order_line") == both["shipped"]
        assert {row[0] for row in view.all("SELECT id FROM notice")} == letters
        sums = view.all(
            "SELECT p.sku, sum(l.ordered), sum(l.shipped), p.on_hand FROM product p "
            "JOIN order_line l ON l.product_id = p.id GROUP BY p.id"
        )
    assert {(sku, ordered, shipped + on_hand) for sku, ordered, shipped, on_hand in sums} == {
        (sku, both[f"ordered {sku}"], both[f"received {sku}"]) for sku in SKUS
    }
    shop.store.close()
