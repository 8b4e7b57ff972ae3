"""Two records that become one, who a customer was taken out, and what they want to hear of."""

from __future__ import annotations

from pathlib import Path

import pytest

from orderdesk.domain.errors import RefusedError
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import apologize, mark_told
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.backups import back_up
from orderdesk.services.checks import check
from orderdesk.services.customer_data import erase_customer, export_customer
from orderdesk.services.customers import (
    add_customer,
    draft_of_customer,
    edit_customer,
    find_customer,
    merge_customers,
)
from orderdesk.services.drafts import CustomerDraft
from orderdesk.services.history import undo
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import ship_order
from orderdesk.storage.queries.customers import customer_detail
from tests.builders import Shop
from tests.reading import text_of

PERSONAL = ("Dana", "Whitfield", "418 Alder", "Bellingham", "98225", "dana@post.example", "555-0199", "grandmother")


@pytest.fixture
def served(shop: Shop) -> Shop:
    """A customer with a letter and coupon, an answer in her own words, notes, and a parcel that has left."""
    shop.stock("A", 0)
    shop.order("1001", ("A", 1))
    shop.order("2001", ("A", 1), customer="Erin Vale")
    dana = find_customer(shop.store, "Dana Whitfield")
    draft = draft_of_customer(shop.store, dana)
    draft.email, draft.phone, draft.note = "dana@post.example", "555-0199", "Dana is a grandmother"
    edit_customer(shop.store, dana, draft, now=shop.tick())
    concern = Wishes(concern="It is for my grandmother")
    made = apologize(shop.store, [shop.orders["1001"]], wishes=concern, now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    agree_to_wait(shop.store, shop.orders["1001"], "My grandmother can wait", now=shop.tick())
    order = draft_of_order(shop.store, shop.orders["1001"])
    order.note = "Whitfield, by the back door"
    edit_order(shop.store, shop.orders["1001"], order, now=shop.tick())
    shop.receive("A", 2)
    ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    return shop


def dana(shop: Shop) -> int:
    with shop.store.read() as view:
        return int(view.value("SELECT customer_id FROM orders WHERE order_number = '1001'"))


def test_nothing_says_any_more_who_an_erased_customer_was(served: Shop, tmp_path: Path) -> None:
    customer = dana(served)
    with served.store.read() as view:
        total = view.value("SELECT total_minor FROM orders WHERE order_number = '1001'")
    erase_customer(served.store, customer, now=served.tick())
    export_customer(served.store, customer, tmp_path / "known.json")
    known = (tmp_path / "known.json").read_text("utf-8")
    assert not [word for word in PERSONAL if word.casefold() in known.casefold()]
    assert f"Erased customer {customer}" in known
    with served.store.read() as view:
        assert view.value("SELECT total_minor FROM orders WHERE order_number = '1001'") == total
        assert view.value("SELECT count(*) FROM coupon") == 1
    assert check(served.store) == []


def test_the_file_itself_holds_no_word_of_them(served: Shop, tmp_path: Path) -> None:
    erase_customer(served.store, dana(served), now=served.tick())
    copy = tmp_path / "copy.orderdesk"
    back_up(served.store, copy)
    content = copy.read_bytes()
    assert not [word for word in (*PERSONAL[:2], *PERSONAL[5:]) if word.encode() in content]  # both live in one street


def test_the_letter_on_disk_is_drawn_again_without_them(served: Shop) -> None:
    with served.store.read() as view:
        (letter,) = customer_detail(view, dana(served), today=served.now.date()).notices
    assert "Dana" in text_of(letter.letter_path)
    erase_customer(served.store, dana(served), now=served.tick())
    words = text_of(letter.letter_path)
    assert not [word for word in PERSONAL if word in words]
    assert "Product A" in words


def test_the_other_customer_is_as_before(served: Shop) -> None:
    other = find_customer(served.store, "Erin Vale")
    before = draft_of_customer(served.store, other)
    erase_customer(served.store, dana(served), now=served.tick())
    assert draft_of_customer(served.store, other) == before


def test_erasing_can_not_be_undone_and_undoing_what_came_before_brings_nobody_back(served: Shop) -> None:
    customer = dana(served)
    erase_customer(served.store, customer, now=served.tick())
    for _ in range(3):
        try:
            undo(served.store, now=served.tick())
        except RefusedError:
            break
    assert draft_of_customer(served.store, customer).name == f"Erased customer {customer}"
    assert draft_of_customer(served.store, customer).email == ""


def test_who_still_waits_for_something_is_not_erased(served: Shop) -> None:
    with served.store.read() as view:
        erin = int(view.value("SELECT customer_id FROM orders WHERE order_number = '2001'"))
    with pytest.raises(RefusedError, match="2001 of this customer is still open"):
        erase_customer(served.store, erin, now=served.tick())


def test_two_records_become_one_and_two_again(served: Shop) -> None:
    draft = CustomerDraft(name="D. Whitfield", username="dana_w", phone="555-7777", country="US", postal_code="98225")
    other = add_customer(served.store, draft, now=served.tick())
    kept = dana(served)
    step = merge_customers(served.store, other, kept, now=served.tick())
    assert step.summary == "Merged customer Dana Whitfield into D. Whitfield"
    with served.store.read() as view:
        found = customer_detail(view, other, today=served.now.date())
    assert (found.row.name, found.row.phone, found.row.email) == ("D. Whitfield", "555-7777", "dana@post.example")
    assert [order.number for order in found.orders] == ["1001"]
    assert (len(found.notices), len(found.coupons)) == (1, 1)
    served.order("1003", ("A", 1))  # the same name and address again
    with served.store.read() as view:
        assert view.value("SELECT customer_id FROM orders WHERE order_number = '1003'") == other
    assert check(served.store) == []
    undo(served.store, now=served.tick())
    undo(served.store, now=served.tick())
    assert dana(served) == kept
    assert draft_of_customer(served.store, kept).name == "Dana Whitfield"
    assert check(served.store) == []


def test_nobody_is_merged_with_themselves(served: Shop) -> None:
    with pytest.raises(RefusedError, match="the same customer"):
        merge_customers(served.store, dana(served), dana(served), now=served.tick())


def test_consent_to_offers_is_given_withdrawn_and_never_merged(served: Shop) -> None:
    customer = dana(served)
    draft = draft_of_customer(served.store, customer)
    assert not draft.marketing
    draft.marketing = True
    edit_customer(served.store, customer, draft, now=served.tick())
    assert draft_of_customer(served.store, customer).marketing
    draft.marketing = False
    edit_customer(served.store, customer, draft, now=served.tick())
    assert not draft_of_customer(served.store, customer).marketing
    with served.store.read() as view:
        assert view.one("SELECT count(*), count(withdrawn_at) FROM marketing_consent") == (1, 1)
    undo(served.store, now=served.tick())
    other = add_customer(served.store, CustomerDraft(name="D. Whitfield"), now=served.tick())
    merge_customers(served.store, other, customer, now=served.tick())
    assert not draft_of_customer(served.store, other).marketing
