"""Orders changed by hand: whose they are, and where they go."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orderdesk.domain.errors import AlreadyThereError, InvalidValueError
from orderdesk.domain.refunds import refund_by
from orderdesk.services.apologies import apologize
from orderdesk.services.checks import check
from orderdesk.services.customers import add_customer
from orderdesk.services.drafts import CustomerDraft, LineDraft, OrderDraft
from orderdesk.services.history import undo
from orderdesk.services.order_entry import add_order, draft_of_order, edit_order
from orderdesk.services.orders import cancel_order
from orderdesk.storage.queries.notices import addresses_of
from orderdesk.storage.queries.orders import order_rows
from orderdesk.storage.queries.refunds import refunds_owed
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.queries.today import agenda
from orderdesk.storage.store import Store
from tests.builders import NOW, Shop

ERIN = CustomerDraft(
    name="Erin Vale",
    email="erin@vale.example",
    phone="555-0100",
    username="erin_v",
    line1="9 Quay",
    city="Astoria",
    region="OR",
    postal_code="97103",
    country="US",
)
THEIRS = ("buyer_name", "email", "phone", "username", "ship_name", "ship_line1", "ship_city", "ship_postal_code")


@pytest.fixture
def placed(shop: Shop) -> Shop:
    """An order of Dana Whitfield's at her address, and Erin Vale, who is known too."""
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    add_customer(shop.store, ERIN, now=shop.tick())
    return shop


def give_to_erin(shop: Shop, **typed: str) -> tuple[str, ...]:
    """What the order says of its customer once it is hers."""
    draft = draft_of_order(shop.store, shop.orders["1001"])
    with shop.store.read() as view:
        draft.customer_id = view.value("SELECT id FROM customer WHERE name = 'Erin Vale'")
    for name, value in typed.items():
        setattr(draft, name, value)
    edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())
    return said(shop)


def said(shop: Shop) -> tuple[str, ...]:
    with shop.store.read() as view:
        row = view.record("orders", shop.orders["1001"])
    return tuple(row[name] for name in THEIRS)


def test_an_order_of_another_customer_has_their_contacts_and_address(placed: Shop) -> None:
    before = said(placed)
    contacts = ("Erin Vale", "erin@vale.example", "555-0100", "erin_v")
    assert give_to_erin(placed) == (*contacts, "Erin Vale", "9 Quay", "Astoria", "97103")
    undo(placed.store, now=placed.tick())
    assert said(placed) == before


def test_a_part_of_the_address_that_was_typed_stays_as_typed(placed: Shop) -> None:
    assert give_to_erin(placed, ship_name="Sam Vale")[4:] == ("Sam Vale", "9 Quay", "Astoria", "97103")


def test_an_address_that_was_not_the_former_customer_s_stays(placed: Shop) -> None:
    draft = draft_of_order(placed.store, placed.orders["1001"])
    draft.ship_name, draft.ship_line1 = "Aunt May", "20 Ingram St"
    edit_order(placed.store, placed.orders["1001"], draft, now=placed.tick())
    assert give_to_erin(placed)[4:] == ("Aunt May", "20 Ingram St", "Bellingham", "98225")


def test_their_letter_goes_to_no_address_of_the_former_customer(placed: Shop) -> None:
    with placed.store.begin("test", "", now=placed.tick()) as transaction:
        transaction.order(placed.orders["1001"]).email = "dana@post.example"
    give_to_erin(placed)
    made = apologize(placed.store, [placed.orders["1001"]], now=placed.tick()).apologies[0]
    with placed.store.read() as view:
        assert set(addresses_of(view, made.notice_id)) == {"erin@vale.example"}


@pytest.mark.parametrize(
    ("typed", "field", "expected"),
    [
        ({"placed_on": "2030-01-01"}, "placed_on", "2026-11-17 or an earlier day"),
        ({"placed_on": "2026-11-18", "ship_by": "2026-11-20"}, "placed_on", "2026-11-17 or an earlier day"),
        ({"placed_on": "2026-11-10", "ship_by": "2026-11-09"}, "ship_by", "2026-11-10 or a later day"),
        ({"ship_by": "2026-11-16"}, "ship_by", "2026-11-17 or a later day"),
    ],
)
def test_an_order_of_a_day_to_come_or_to_be_sent_before_it_was_placed_is_refused(
    placed: Shop, typed: dict[str, str], field: str, expected: str
) -> None:
    line = LineDraft(product_id=placed.products["LAMP"])
    with pytest.raises(InvalidValueError) as refused:
        add_order(placed.store, OrderDraft(customer=CustomerDraft(name="Erin Vale"), lines=[line], **typed), now=NOW)
    assert (refused.value.field, refused.value.expected) == (field, expected)
    draft = draft_of_order(placed.store, placed.orders["1001"])
    for name, text in ({"placed_on": "2026-11-17"} | typed).items():
        setattr(draft, name, text)
    with pytest.raises(InvalidValueError) as refused:
        edit_order(placed.store, placed.orders["1001"], draft, now=NOW)
    assert (refused.value.field, refused.value.expected) == (field, expected)


def test_days_that_came_with_a_file_stay_when_something_else_is_changed(placed: Shop) -> None:
    with placed.store.begin("test", "", now=NOW) as transaction:
        transaction.order(placed.orders["1001"]).ship_by = date(2026, 11, 1)
    draft = draft_of_order(placed.store, placed.orders["1001"])
    draft.note = "Ring the bell"
    edit_order(placed.store, placed.orders["1001"], draft, now=NOW)
    draft.ship_by = "2026-11-02"
    with pytest.raises(InvalidValueError):
        edit_order(placed.store, placed.orders["1001"], draft, now=NOW)


def test_an_order_does_not_move_to_a_channel_that_has_another_one_of_its_number(shop: Shop) -> None:
    shop.stock("A", 5)
    shop.order("1001", ("A", 1), channel="ebay")
    own = shop.order("1001", ("A", 1))
    draft = draft_of_order(shop.store, own)
    draft.channel = "ebay"
    with pytest.raises(AlreadyThereError, match="There already is an order 1001"):
        edit_order(shop.store, own, draft, now=shop.tick())
    draft.channel = "etsy"
    edit_order(shop.store, own, draft, now=shop.tick())
    assert draft_of_order(shop.store, own).channel == "etsy"


@pytest.fixture
def _in_california() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/Los_Angeles")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="This system's zone can't be set for a test.")
@pytest.mark.usefixtures("_in_california")
def test_until_the_shop_has_a_time_zone_a_day_is_that_of_the_computer(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "new.orderdesk")
    lamp = OrderDraft(customer=ERIN, lines=[LineDraft(title="Owl lamp", quantity="1", unit_price="5")])
    key = add_order(store, lamp, now=datetime(2026, 11, 24, 3, tzinfo=UTC))
    with store.read() as view:
        (row,) = order_rows(view, [key], today=date(2026, 11, 23))
        assert (row.placed_on, shop_zone(view)) == (date(2026, 11, 23), None)
    cancel_order(store, key, now=datetime(2026, 11, 25, 3, tzinfo=UTC))
    with store.read() as view:
        assert [refund.by for refund in refunds_owed(view)] == [refund_by(date(2026, 11, 24), "US")]
        assert agenda(view, today=date(2026, 11, 24)).refunds != []
    store.close()


def test_the_last_line_of_an_order_gives_way_to_another_product_in_one_edit(placed: Shop) -> None:
    placed.stock("BOOK", 1)
    draft = draft_of_order(placed.store, placed.orders["1001"])
    draft.lines = [LineDraft(product_id=placed.products["BOOK"], quantity="1", unit_price="5.00")]
    edit_order(placed.store, placed.orders["1001"], draft, now=placed.tick())
    assert placed.quantities("1001", "BOOK") == (1, 0)
    undo(placed.store, now=placed.tick())
    assert placed.quantities("1001", "LAMP") == (0, 1)
    assert check(placed.store) == []
