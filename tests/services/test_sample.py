"""The sample shop: everything a seller may meet, sound, the same every time, and printable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.render import check_printable
from orderdesk.domain.coupons import printed
from orderdesk.domain.errors import CanceledError, OrderDeskError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, DelayedLine
from orderdesk.domain.shop import Address, ShopProfile
from orderdesk.services import apologies, customers, history, products
from orderdesk.services.checks import check
from orderdesk.services.drafts import CustomerDraft, ProductDraft
from orderdesk.services.sample import make_sample_shop
from orderdesk.services.shop import save_shop_profile, shop_profile
from orderdesk.storage.queries.customers import customer_counts
from orderdesk.storage.queries.order_detail import lines_of_orders
from orderdesk.storage.queries.orders import OrdersView, channels, order_counts, order_ids
from orderdesk.storage.queries.products import product_counts
from orderdesk.storage.queries.today import agenda
from orderdesk.storage.store import Store

NOW = datetime(2026, 11, 17, 18, 0, tzinfo=UTC)
TODAY = NOW.date()
# Midnight here and there, the morning before the sample's day is over, both changes of the clocks, a leap day, a new year.
MOMENTS = ("2026-11-17T00:00", "2026-11-17T12:59", "2026-11-01T12:30", "2027-03-14T12:30", "2028-02-29T20:00", "2027-01-01T05:01")


def sample(folder: Path, now: datetime = NOW) -> Store:
    folder.mkdir(exist_ok=True)
    store = Store.open(folder / "sample.orderdesk")
    make_sample_shop(store, now=now)
    return store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample shop, for tests that only read it."""
    store = sample(tmp_path_factory.mktemp("made"))
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    empty = Store.open(tmp_path / "empty.orderdesk")
    yield empty
    empty.close()


def asked(store: Store, sql: str) -> list[tuple[Any, ...]]:
    with store.read() as view:
        return view.all(sql)


def sizes(store: Store) -> tuple[int, int, int]:
    with store.read() as view:
        counts = (order_counts(view, today=TODAY), product_counts(view, today=TODAY), customer_counts(view, today=TODAY))
    return counts[0]["all"], counts[1]["all"], counts[2]["all"]


def short(store: Store, condition: str = "1") -> set[str]:
    """Order numbers with a backordered line of that kind; o is the order, l the line, p the product."""
    rows = asked(
        store,
        "SELECT o.order_number FROM order_line l JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id "
        f"WHERE l.backordered > 0 AND {condition}",
    )
    return {row[0] for row in rows}


def test_it_has_forty_products_twenty_five_customers_and_sixty_orders_and_is_sound(made: Store) -> None:
    assert sizes(made) == (60, 40, 25)
    assert check(made) == []
    with made.read() as view:
        assert channels(view) == ["amazon", "ebay", "etsy", "own", "shopify"]
    assert asked(made, "SELECT count(DISTINCT customer_id) FROM orders") == [(25,)]


def test_every_order_status_and_filter_that_a_first_month_can_have_is_there(made: Store) -> None:
    with made.read() as view:
        counts = order_counts(view, today=TODAY)
    assert counts == {
        "all": 60,
        "to_do": 24,
        "backordered": 12,
        "not_told": 9,
        "unanswered": 0,
        "slipped": 1,
        "arrived": 0,
        "over_allocated": 0,
        "discontinued": 2,
        "ready": 11,
        "partly_ready": 5,
        "awaiting_supplier": 0,
        "overdue": 2,
        "awaiting_payment": 2,
        "on_hold": 2,
        "shipped": 30,
        "canceled": 2,
    }
    assert {row[0] for row in asked(made, "SELECT status FROM orders")} == {
        "awaiting_payment",
        "on_hold",
        "backordered",
        "partly_ready",
        "ready",
        "pending",
        "shipped",
        "canceled",
    }


def test_every_line_status_that_a_first_month_can_have_is_there(made: Store) -> None:
    with made.read() as view:
        ids = order_ids(view, OrdersView(), today=TODAY)
        statuses = {line.status for lines in lines_of_orders(view, ids, today=TODAY).values() for line in lines}
    assert statuses == {"ready", "partly_backordered", "backordered", "part_shipped", "shipped", "canceled", "pending"}


def test_backordered_lines_are_there_in_every_state(made: Store) -> None:
    assert len(short(made)) == 12
    assert short(made, "l.allocated > 0") == {"1016", "1021", "113-4407718-9930025"}
    assert short(made, "l.shipped > 0") == {"14-10366-30455"}
    assert short(made, "o.told_at IS NOT NULL AND o.notice_id IS NOT NULL") == {"1009", "14-10340-30377"}
    assert short(made, "o.told_at IS NOT NULL AND o.notice_id IS NULL") == {"1012"}
    assert short(made, "o.told_at IS NULL AND o.notice_id IS NOT NULL") == {"#2006"}
    assert short(made, "p.discontinued = 1") == {"1012", "14-10366-30455"}
    assert short(made, "p.discontinued = 0 AND p.on_order_expected_on IS NULL") == {
        "1009",
        "14-10340-30377",
        "3190170888",
        "1021",
    }
    dated = {"#2006", "1014", "1016", "#2008", "3190161043", "113-4407718-9930025"}
    assert short(made, "p.on_order_expected_on IS NOT NULL") == dated
    # No promise is kept by the new date, or the letter would apologize for nothing.
    assert short(made, "p.on_order_expected_on <= o.ship_by") == set()


def test_one_customer_waits_for_two_orders_untold_and_another_knows_of_one_only(made: Store) -> None:
    with made.read() as view:
        waiting = {each.customer: each.order_numbers for each in agenda(view, today=TODAY).to_tell.first}
    assert len(waiting) == 8
    assert waiting["小川 みのり"] == ("1014", "1021")
    assert waiting["Søren Ibsen"] == ("1009", "3190170888"), "he was promised word of 1009 by today"


def test_products_run_low_are_out_uncounted_discontinued_or_have_no_stock_at_all(made: Store) -> None:
    with made.read() as view:
        counts = product_counts(view, today=TODAY)
    assert counts == {"all": 40, "low": 8, "out": 9, "backordered": 9, "count_me": 1, "supply_old": 1, "discontinued": 2}
    assert asked(made, "SELECT title FROM product WHERE tracked = 0") == [("Gift wrapping",)]
    assert {row[0] for row in asked(made, "SELECT DISTINCT kind FROM stock_movement")} == {"adjusted", "received", "shipped"}


def test_a_coupon_has_been_used_on_the_order_whose_discount_it_was(made: Store) -> None:
    rows = asked(
        made,
        "SELECT o.order_number, o.discount_minor, -e.amount_minor, c.status FROM coupon_entry e "
        "JOIN orders o ON o.id = e.order_id JOIN coupon c ON c.id = e.coupon_id",
    )
    assert rows == [("#2009", 1000, 1000, "redeemed")]
    assert asked(made, "SELECT count(*), sum(status = 'issued') FROM coupon") == [(4, 3)]


def test_the_letters_made_are_on_disk(made: Store) -> None:
    names = {path.name for path in made.folder.glob("*.pdf")}
    assert names == {
        f"{stem}-{kind}.pdf" for stem in ("1002-1", "1009-2", "14-10340-30377-3", "2006-4") for kind in ("letter", "coupon")
    }


def test_the_rest_can_be_apologized_for_at_one_click(tmp_path: Path) -> None:
    store = sample(tmp_path)
    run = apologies.apologize(store, apologies.orders_to_tell(store, now=NOW), now=NOW)
    assert (len(run.apologies), run.refused) == (8, ())
    assert [each.order_numbers for each in run.apologies if each.coupon_code is None] == [("113-4407718-9930025",)]
    assert ("1009", "3190170888") in [
        each.order_numbers for each in run.apologies
    ]  # told of one, and in the same letter of the other
    assert check(store) == []
    store.close()


def test_numbers_and_addresses_look_like_those_of_their_channels_and_are_nobodys(made: Store) -> None:
    shapes = {
        "own": "1[0-9]{3}",
        "ebay": "14-[0-9]{5}-[0-9]{5}",
        "etsy": "[0-9]{10}",
        "shopify": "#2[0-9]{3}",
        "amazon": "[0-9]{3}-[0-9]{7}-[0-9]{7}",
    }
    for channel, number in asked(made, "SELECT channel, order_number FROM orders"):
        assert re.fullmatch(shapes[channel], number), (channel, number)
    profile = shop_profile(made)
    assert profile is not None
    addresses = [row[0] for row in asked(made, "SELECT email FROM customer WHERE email <> ''")]
    assert all(address.endswith(".example") for address in (*addresses, profile.email, profile.site))
    phones = [row[0] for row in asked(made, "SELECT phone FROM customer WHERE phone <> ''")]
    # Number ranges that are kept free for fiction: 555-01xx in North America, 1632 960 in Britain, 5550 elsewhere.
    assert all(re.search(r"555.01\d\d$|1632 960|5550", phone) for phone in (*phones, profile.phone))


def test_the_month_is_told_in_order_and_ends_before_now(made: Store) -> None:
    moments = [datetime.fromisoformat(row[0]) for row in asked(made, "SELECT at FROM event ORDER BY id")]
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert NOW - timedelta(days=32) < moments[0]
    assert NOW - timedelta(hours=8) < moments[-1] <= NOW
    oldest, newest = asked(made, "SELECT min(placed_on), max(placed_on) FROM orders")[0]
    assert (oldest, newest) == ((TODAY - timedelta(days=29)).isoformat(), TODAY.isoformat())
    late = asked(made, "SELECT count(*) FROM orders WHERE backordered_since < placed_at OR told_at < backordered_since")
    assert late == [(0,)]


@pytest.mark.parametrize("moment", MOMENTS)
def test_at_any_moment_it_is_the_same_month_and_none_of_it_lies_ahead(tmp_path: Path, moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    store = sample(tmp_path, now)
    assert sizes(store) == (60, 40, 25)
    assert len(short(store)) == 12
    assert check(store) == []
    last = max(asked(store, "SELECT max(at) FROM event")[0][0], asked(store, "SELECT max(placed_at) FROM orders")[0][0])
    assert datetime.fromisoformat(last) <= now
    expected = asked(store, "SELECT min(on_order_expected_on) FROM product")[0][0]
    assert date.fromisoformat(expected) > now.date()
    store.close()


def test_the_same_moment_gives_the_same_shop_but_for_coupon_codes(made: Store, tmp_path: Path) -> None:
    again = sample(tmp_path)
    assert without_codes(again) == without_codes(made)
    again.close()


def without_codes(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; codes, the hashes of PDFs with them and the shop's folder are masked."""
    masks = {str(store.folder): "FOLDER"}
    for place, (code,) in enumerate(asked(store, "SELECT code FROM coupon ORDER BY id")):
        masks |= {code: f"CODE{place}", printed(code): f"CODE{place}"}
    for hashes in asked(store, "SELECT letter_sha256, coupon_sha256 FROM notice"):
        masks |= {sha256: "HASH" for sha256 in hashes if sha256}
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%search%'"
    tables = [row[0] for row in asked(store, named)]
    assert {"orders", "order_line", "notice", "coupon", "event", "row_change"} <= set(tables)
    return {
        table: [tuple(masked(value, masks) for value in row) for row in asked(store, f"SELECT * FROM {table} ORDER BY 1")]
        for table in tables
    }


def masked(value: Any, masks: dict[str, str]) -> Any:
    if isinstance(value, str):
        for text, mask in masks.items():
            value = value.replace(text, mask)
    return value


def test_every_customer_can_be_written_to_about_every_product(made: Store) -> None:
    profile = shop_profile(made)
    assert profile is not None
    titles = asked(made, "SELECT sku, title FROM product")
    lines = tuple(DelayedLine("1001", TODAY, sku, title, 1, Money(1000, "USD"), TODAY, TODAY) for sku, title in titles)
    people = asked(made, f"SELECT {', '.join(Address.__dataclass_fields__)} FROM customer")
    for person in people:
        check_printable(compose_apology(ApologyFacts(profile, Address(*person), TODAY, lines, True, None, "", None, None, None)))
    names = "".join(person[0] for person in people)
    blocks = {
        "Greek": "Ελ",
        "Cyrillic": "Ок",
        "kana": "みの",
        "Hangul": "김",
        "Han": "林",
        "Arabic": "لي",
        "Hebrew": "דנ",
        "Thai": "มะ",
        "Devanagari": "रव",
        "Vietnamese": "ị",
    }
    assert [script for script, letters in blocks.items() if letters not in names] == []


def test_undo_right_after_takes_nothing_apart(tmp_path: Path) -> None:
    store = sample(tmp_path)
    before = without_codes(store)
    assert history.undoable(store) is None
    with pytest.raises(RefusedError):
        history.undo(store, now=NOW)
    assert without_codes(store) == before
    store.close()


def test_no_single_step_of_it_can_be_undone_to_something_half(tmp_path: Path) -> None:
    store = sample(tmp_path)
    for (event_id,) in asked(store, "SELECT id FROM event ORDER BY id DESC"):
        try:
            history.undo(store, event_id=event_id, now=NOW)
        except OrderDeskError:
            continue
    assert sizes(store) == (60, 40, 25)
    assert check(store) == []
    store.close()


def test_a_shop_in_use_is_refused_and_stays_as_it_is(made: Store, store: Store) -> None:
    with pytest.raises(RefusedError, match="of its own"):
        make_sample_shop(made, now=NOW)
    assert sizes(made) == (60, 40, 25)
    customers.add_customer(store, CustomerDraft(name="Ann Hill"), now=NOW)
    with pytest.raises(RefusedError):
        make_sample_shop(store, now=NOW)
    assert sizes(store) == (0, 0, 1)


def test_a_shop_with_a_product_only_is_refused_too(store: Store) -> None:
    products.add_product(store, ProductDraft(sku="OWL-LAMP", title="Lamp"), now=NOW)
    with pytest.raises(RefusedError):
        make_sample_shop(store, now=NOW)
    assert sizes(store) == (0, 1, 0)


def test_the_sellers_own_letterhead_is_kept(store: Store) -> None:
    mine = ShopProfile(name="Hollow Oak Trading Co.", country="JP", phone="1", currency="JPY", time_zone="Asia/Tokyo")
    save_shop_profile(store, mine, now=NOW - timedelta(days=1))
    make_sample_shop(store, now=NOW)
    assert shop_profile(store) == replace(mine, owner="Winifred Lark")
    assert check(store) == []


def test_canceled_before_it_begins_it_leaves_an_empty_shop(store: Store) -> None:
    progress = Mock(step=Mock(side_effect=CanceledError))
    with pytest.raises(CanceledError):
        make_sample_shop(store, now=NOW, progress=progress)
    assert asked(store, "SELECT count(*) FROM event") == [(0,)]


def test_what_the_sample_shop_came_with_stays_as_no_customer_holds_it(made: Store) -> None:
    ((came_in,),) = asked(made, "SELECT id FROM event WHERE summary = 'Listings came in'")
    with pytest.raises(RefusedError, match="“Listings came in” can't be undone") as refused:
        history.undo(made, event_id=came_in, now=NOW)
    assert refused.value.remedy == "The sample shop comes with it; what you do there can be undone."
